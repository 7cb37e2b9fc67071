"""Sound in the comparison's player, in a browser: one clip at most is heard, and none at first."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from hailuo_nb.views.bundles import bundle
from hailuo_nb.views.tile import clip_figure
from tests.views.comparing import button, found, show, stepped_to, until
from tests.views.reels import reel
from tests.views.site import Site

Opened = Callable[..., Locator]
HEARD = 'videos.filter((v) => !v.muted).map((v) => v.src.split("/").pop())'

COUNT_THE_LOUD = """
  window.most = 0;
  const count = () => {
    const loud = [...document.querySelectorAll("video")].filter((video) => !video.muted);
    window.most = Math.max(window.most, loud.length);
  };
  const { get, set } = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, "muted");
  Object.defineProperty(HTMLMediaElement.prototype, "muted", {
    get,
    set(value) { set.call(this, value); count(); },
  });
"""
"""Note the most clips that were unmuted at once, whoever unmutes them and however briefly."""


@pytest.fixture
def opened(page: Page, site: Site, reels: Path) -> Opened:
    """Return a function that shows clips side by side, loaded, and counts those that are loud."""
    page.add_init_script(COUNT_THE_LOUD)

    def opened(*names: str) -> Locator:
        root = show(page, site, *names)
        stepped_to(page, root, 1)
        return root

    return opened


def sound(root: Locator) -> Locator:
    """Return the one control for sound."""
    return root.locator("[aria-label=Sound]")


def test_no_control_where_nothing_sounds(page: Page, opened: Opened) -> None:
    """Silent clips play to their end without a control for sound, and M does nothing."""
    root = opened("a", "short")
    button(root, "Loop").click()
    button(root, "Play").click()
    until(page, "still && times[0] > 2.9")
    expect(sound(root)).to_be_hidden()
    root.press("m")
    assert found(page, HEARD) == []


def test_all_are_muted_until_one_is_chosen(page: Page, opened: Opened) -> None:
    """The control offers silence and the clips that sound; whoever is chosen sounds alone."""
    root = opened("song", "a", "tune")
    expect(sound(root)).to_be_visible()
    assert sound(root).locator("option").all_text_contents() == ["Sound off", "♪ song", "♪ tune"]
    expect(sound(root)).to_have_value("-1")
    assert found(page, HEARD) == []
    for label, heard in (("♪ tune", ["tune.mp4"]), ("♪ song", ["song.mp4"]), ("Sound off", [])):
        sound(root).select_option(label=label)
        assert found(page, HEARD) == heard
    assert page.evaluate("most") == 1


def test_the_key_goes_round(page: Page, opened: Opened) -> None:
    """M is each clip that sounds in turn, then none; the help names it."""
    root = opened("song", "a", "tune")
    expect(sound(root)).to_be_visible()
    for heard in (["song.mp4"], ["tune.mp4"], [], ["song.mp4"]):
        root.press("m")
        assert found(page, HEARD) == heard
    assert page.evaluate("most") == 1
    root.press("?")
    expect(root.get_by_role("dialog")).to_contain_text("sound of the next clip, and off")


def test_what_is_out_of_sight_is_not_heard(page: Page, opened: Opened) -> None:
    """A wipe offers the sound of its two; back side by side the chosen one is heard again."""
    root = opened("song", "a", "tune")
    sound(root).select_option(label="♪ tune")
    root.press("w")
    assert found(page, HEARD) == []
    assert sound(root).locator("option").all_text_contents() == ["Sound off", "♪ song"]
    root.press("Escape")
    assert found(page, HEARD) == ["tune.mp4"]
    root.press("d")
    root.press("m")
    assert found(page, HEARD) == ["song.mp4"]
    root.press("x")
    root.press("d")
    assert found(page, HEARD) == ["song.mp4"]
    expect(sound(root)).to_have_value("0")
    assert page.evaluate("most") == 1


def test_a_clip_that_is_replaced_takes_its_sound_away(page: Page, opened: Opened) -> None:
    """The new clip is silent until it is chosen, the old one for good."""
    root = opened("song", "tune")
    sound(root).select_option(label="♪ song")
    page.evaluate("""() => {
      window.old = document.querySelector("video");
      const made = document.createElement("video");
      made.src = "/page-clips/tune.mp4";
      window.old.replaceWith(made);
    }""")
    until(page, "videos.every((v) => v.muted) && old.muted")
    stepped_to(page, root, 2)
    expect(sound(root)).to_have_value("-1")
    root.press("m")
    assert found(page, "videos.map((v) => v.muted)") == [False, True]
    assert page.evaluate("most") == 1


def test_a_clip_that_is_gone_takes_its_sound_away(page: Page, opened: Opened) -> None:
    """With the last clip that sounds goes the control."""
    root = opened("song", "a", "b")
    sound(root).select_option(label="♪ song")
    page.evaluate("""() => document.querySelector("figure.hailuo-clip").remove()""")
    expect(sound(root)).to_be_hidden()
    assert found(page, HEARD) == []


def test_a_clip_that_plays_by_itself_takes_the_sound(page: Page, site: Site, reels: Path) -> None:
    """In a grid, what is unmuted by its own controls silences the others, and the other way."""
    cells = "".join(
        f"<td>{clip_figure(reel(name, label=f'{name} {cell}'))}</td>"
        for cell, name in enumerate(["song"] * 2 + ["a"] * 2 + ["tune"] * 6)
    )
    script = f'<script type="module">{bundle("compare")}</script>'
    table = f"<table><tr>{cells}</tr></table>"
    page.goto(site.put("grid", f'<div class="hailuo-compare hailuo-grid">{table}</div>{script}'))
    root = page.locator(".hailuo-compare")
    root.locator("video").last.click()
    until(page, "videos.at(-1).currentTime > 0.1")
    expect(sound(root)).to_be_hidden()
    root.press(".")
    sound(root).select_option(label="♪ song 1")
    until(page, "videos.findIndex((v) => !v.muted) === 1")
    page.evaluate("""() => { [...document.querySelectorAll("video")].at(-1).muted = false; }""")
    until(page, "videos.findIndex((v) => !v.muted) === 9")
    expect(sound(root)).to_have_value("-1")
    root.press("m")
    assert found(page, "videos.map((v) => v.muted).indexOf(false)") == 0
    assert found(page, "videos.filter((v) => !v.muted).length") == 1


def test_steps_are_silent(page: Page, opened: Opened) -> None:
    """A clip that is heard is sought from frame to frame: nothing of it is played."""
    root = opened("song", "tune")
    sound(root).select_option(label="♪ song")
    page.evaluate("""() => {
      window.played = [];
      for (const video of document.querySelectorAll("video"))
        video.addEventListener("play", () => window.played.push(video.src.split("/").pop()));
    }""")
    stepped_to(page, root, 5)
    played = page.evaluate("played")
    assert "song.mp4" not in played
    assert "tune.mp4" in played


def test_the_one_that_is_heard_keeps_its_pace(page: Page, opened: Opened) -> None:
    """Who strays catches up with the sound; the sound itself is never sped or slowed."""
    root = opened("song", "tune", "a")
    sound(root).select_option(label="♪ tune")
    page.evaluate("""() => {
      window.paces = [[], [], []];
      for (const [at, video] of document.querySelectorAll("video").entries())
        video.addEventListener("ratechange", () => window.paces[at].push(video.playbackRate));
    }""")
    button(root, "Play").click()
    until(page, "playing.length === 3 && Math.min(...times) > 0.3")
    for clip in (0, 2):
        page.evaluate(
            "(at) => { document.querySelectorAll('video')[at].currentTime -= 0.12; }", clip
        )
    until(page, "window.paces[0].some((pace) => pace > 1)")
    assert set(page.evaluate("paces[1]")) <= {1}
