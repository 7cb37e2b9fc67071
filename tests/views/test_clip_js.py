"""The settled card's player in a browser, with a real clip."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.views.axe import BARE_PAGE
from tests.views.samples import FPS, PROMPT, poster, settled_html, snapshot, strip
from tests.views.site import Site

Opened = Callable[..., Locator]
FRAME = f"(video) => Math.floor(video.currentTime * {FPS} + 0.01)"
DRAWN = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"


@pytest.fixture
def opened(page: Page, site: Site) -> Opened:
    """Return a function that shows a settled card whose clip lies at an address."""

    def show(src: str = "/page-clips/clip.mp4", *, name: str = "samurai") -> Locator:
        card = settled_html(replace(snapshot("done"), name=name), src=src)
        page.goto(site.put("clip", f"<main>{card}</main>"))
        figure = page.locator("figure.hailuo-card")
        expect(figure.get_by_role("button", name="Next frame")).to_be_visible()
        return figure

    return show


def until(video: Locator, condition: str) -> None:
    """Wait until the condition holds for the video, called ``v``."""
    handle = video.element_handle()
    video.page.wait_for_function(f"(v) => {condition}", arg=handle)


def halfway(video: Locator) -> None:
    """Go to frame 24 of 48: where it was paused could have been the last one."""
    video.evaluate("(v) => { v.currentTime = 24.5 / 24; }")
    until(video, f"!v.seeking && ({FRAME})(v) === 24")


def test_nothing_is_loaded_before_the_first_play(page: Page, opened: Opened) -> None:
    """A notebook full of cards fetches no clip until someone plays one."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    video = opened().locator("video")
    page.evaluate(DRAWN)
    assert [url for url in asked if url.endswith(".mp4")] == []
    video.evaluate("(video) => video.play()")
    until(video, "v.currentTime > 0.1")
    assert any(url.endswith(".mp4") for url in asked)


def test_the_poster_follows_the_pointer(page: Page, opened: Opened) -> None:
    """It shows the frame of that moment, by keys too, and is itself again once one looks away."""
    card = opened()
    video = card.locator("video")
    now = card.locator("[data-now]")
    box = video.bounding_box()
    assert box is not None
    for share, frame in ((0.1, 0), (0.4, 1), (0.6, 2), (0.9, 3)):
        page.mouse.move(box["x"] + share * box["width"], box["y"] + 9)
        expect(video).to_have_attribute("poster", strip()[frame])
        expect(now).to_have_attribute("alt", f"samurai (simulated) at {2 * frame} s")
    page.mouse.move(0, 0)
    expect(video).to_have_attribute("poster", poster())
    video.focus()
    for key, frame in (("Right", 0), ("Right", 1), ("Left", 0), ("Left", 0)):
        page.keyboard.press(f"Arrow{key}")
        expect(video).to_have_attribute("poster", strip()[frame])
    page.keyboard.press("Shift+Tab")
    expect(video).to_have_attribute("poster", poster())
    assert video.evaluate("(v) => [v.paused, v.readyState, v.currentTime]") == [True, 0, 0]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page: Page, opened: Opened, scheme: Any) -> None:
    """Picture, strip and bar have names, roles and contrast, also while the poster follows."""
    page.emulate_media(color_scheme=scheme)
    video = opened().locator("video")
    page.add_style_tag(content="html { color-scheme: light dark } body { background: Canvas }")
    page.evaluate("() => { document.title = 'A notebook'; }")
    video.press("ArrowRight")
    expect(page.locator("[data-now]")).to_have_count(1)
    found = Axe().run(page, options=BARE_PAGE)
    assert [one["id"] for one in found.response["violations"]] == [], found.generate_report()


def test_what_was_begun_follows_no_pointer(page: Page, opened: Opened) -> None:
    """A click plays as ever; from then on pointer and arrows are the player's alone."""
    card = opened()
    video = card.locator("video")
    video.click(position={"x": 9, "y": 9})
    until(video, "v.currentTime > 0.1 && !v.paused")
    expect(video).to_have_attribute("poster", poster())
    video.hover(position={"x": 200, "y": 50})
    expect(card.locator("[data-now]")).to_have_count(0)
    expect(video).to_have_attribute("poster", poster())
    video.click()
    until(video, "v.paused && !v.seeking")
    halfway(video)
    video.press("ArrowRight")
    until(video, f"!v.seeking && ({FRAME})(v) === 25")


def test_frames_step_one_by_one(opened: Opened) -> None:
    """Next and Previous move by exactly one frame and stop playing, from the first click on."""
    card = opened()
    video = card.locator("video")
    for clicks in range(1, 4):
        card.get_by_role("button", name="Next frame").click()
        until(video, f"({FRAME})(v) === {clicks} && !v.seeking && v.paused")
    expect(card.get_by_role("status")).to_have_text("0.15 s")
    card.get_by_role("button", name="Previous frame").click()
    until(video, f"({FRAME})(v) === 2")
    expect(card.get_by_role("status")).to_have_text("0.10 s")


def test_stepping_stays_within_the_clip(opened: Opened) -> None:
    """Before the first and after the last frame there is nothing to step to."""
    card = opened()
    video = card.locator("video")
    card.get_by_role("button", name="Previous frame").click()
    until(video, f"v.readyState > 1 && !v.seeking && ({FRAME})(v) === 0")
    video.evaluate("(v) => { v.currentTime = v.duration - 0.02; }")
    until(video, "!v.seeking && v.currentTime > 1.9")
    card.get_by_role("button", name="Next frame").click()
    until(video, f"!v.seeking && ({FRAME})(v) === 47")


@pytest.mark.parametrize("speed", ["0.25", "0.5", "1.5", "2"])
def test_speed_is_set_and_kept(opened: Opened, speed: str) -> None:
    """The chosen speed holds, also for a clip that loads only afterwards."""
    card = opened()
    card.get_by_label("Speed").select_option(speed)
    card.locator("video").evaluate("(video) => video.play()")
    until(card.locator("video"), f"v.currentTime > 0 && v.playbackRate === {speed}")


def test_loop_is_a_switch(opened: Opened) -> None:
    """Loop starts on; off, the clip ends."""
    card = opened()
    button, video = card.get_by_role("button", name="Loop"), card.locator("video")
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    card.get_by_label("Speed").select_option("2")
    video.evaluate("(video) => video.play()")
    until(video, "v.ended")


def test_keys_play_and_step_when_the_card_has_focus(page: Page, opened: Opened) -> None:
    """Space plays and pauses, full stop and comma step; other keys pass by."""
    card = opened()
    video = card.locator("video")
    card.focus()
    page.keyboard.press(" ")
    until(video, "!v.paused && v.currentTime > 0")
    page.keyboard.press(" ")
    until(video, "v.paused")
    halfway(video)
    page.keyboard.press(".")
    until(video, f"!v.seeking && ({FRAME})(v) === 25")
    page.keyboard.press(",")
    until(video, f"!v.seeking && ({FRAME})(v) === 24")
    page.keyboard.press("Control+.")
    page.keyboard.press("x")
    assert video.evaluate(FRAME) == 24


def test_a_card_knows_the_keys_of_a_comparison(page: Page, opened: Opened) -> None:
    """One set of keys for every player: seconds, tenths, ends, speed, loop and sound."""
    card = opened()
    video = card.locator("video")
    card.focus()
    for key, frame in (("l", 24), ("Shift+ArrowRight", 47), ("j", 23), ("Home", 0), ("5", 24)):
        page.keyboard.press(key)
        until(video, f"!v.seeking && ({FRAME})(v) === {frame}")
    page.keyboard.press("+")
    expect(card.get_by_label("Speed")).to_have_value("1.5")
    page.keyboard.press("r")
    expect(card.get_by_role("button", name="Loop")).to_have_attribute("aria-pressed", "false")
    for is_muted in (True, False, True):
        assert video.evaluate("(v) => v.muted") is is_muted
        page.keyboard.press("m")


def test_a_click_on_the_picture_plays_it(page: Page, opened: Opened) -> None:
    """A click plays and pauses; after it Space, arrows, comma and full stop do what they say."""
    video = opened().locator("video")
    video.click()
    until(video, "!v.paused && v.currentTime > 0.1")
    video.click()
    until(video, "v.paused")
    for key, condition in (
        (" ", "!v.paused && v.currentTime > 0"),
        (" ", "v.paused"),
        ("Home", f"!v.seeking && ({FRAME})(v) === 0"),
        ("ArrowRight", f"!v.seeking && ({FRAME})(v) === 1"),
        (".", f"!v.seeking && ({FRAME})(v) === 2"),
        ("ArrowLeft", f"!v.seeking && ({FRAME})(v) === 1"),
        (",", f"!v.seeking && ({FRAME})(v) === 0"),
    ):
        page.keyboard.press(key)
        until(video, condition)
        page.evaluate(DRAWN)
        until(video, condition)


def test_the_bar_seeks_and_shows_what_is(page: Page, opened: Opened) -> None:
    """Play becomes Pause, and the slider brings the clip to a time."""
    card = opened()
    video = card.locator("video")
    card.get_by_role("button", name="Play").click()
    card.get_by_role("button", name="Pause").click()
    until(video, "v.paused && v.readyState > 1")
    card.get_by_label("Position").fill("1")
    until(video, "!v.seeking && v.currentTime === 1")
    expect(card.get_by_role("button", name="Sound")).to_be_hidden()


def test_full_screen_has_the_same_bar_and_keys(page: Page, opened: Opened) -> None:
    """The clip fills what the bar leaves, and nothing of the browser's own answers to them."""
    card = opened()
    video = card.locator("video")
    card.focus()
    page.keyboard.press("f")
    page.wait_for_function(
        "() => document.fullscreenElement?.contains(document.querySelector('video'))"
    )
    until(video, "v.clientWidth > innerWidth - 40 && v.clientHeight > 0.75 * innerHeight")
    bar = card.locator(".hailuo-bar")
    expect(bar.get_by_role("button", name="Next frame")).to_be_in_viewport(ratio=1)
    expect(bar.get_by_label("Position")).to_be_in_viewport(ratio=1)
    assert video.evaluate("(v) => v.controls") is False
    for press, condition in (
        (lambda: page.keyboard.press("."), f"!v.seeking && ({FRAME})(v) === 1"),
        (lambda: page.keyboard.press("ArrowRight"), f"!v.seeking && ({FRAME})(v) === 2"),
        (lambda: page.keyboard.press(" "), "!v.paused && v.currentTime > 0.2"),
        (video.click, "v.paused"),
        (lambda: page.keyboard.press("Home"), f"!v.seeking && ({FRAME})(v) === 0"),
    ):
        press()
        until(video, condition)
        page.evaluate(DRAWN)
        until(video, condition)
    page.keyboard.press("f")
    page.wait_for_function("() => !document.fullscreenElement")
    until(video, "v.clientWidth < 0.6 * innerWidth")


def test_space_on_a_button_presses_that_button(page: Page, opened: Opened) -> None:
    """The card's keys do not take Space away from its own controls."""
    card = opened()
    card.get_by_role("button", name="Loop").focus()
    page.keyboard.press(" ")
    expect(card.get_by_role("button", name="Loop")).to_have_attribute("aria-pressed", "false")
    assert card.locator("video").evaluate("(video) => video.paused")


def test_the_clip_can_be_downloaded(page: Page, opened: Opened, clip: Path) -> None:
    """Download saves the very file under the name of the clip."""
    card = opened()
    with page.expect_download() as download:
        card.get_by_role("link", name="Download MP4").click()
    assert download.value.suggested_filename == "samurai.mp4"
    assert download.value.path().read_bytes() == clip.read_bytes()


def test_without_range_the_clip_still_seeks(opened: Opened) -> None:
    """From a server that cannot send parts, the page keeps a copy and seeks in it."""
    card = opened("/without-range/clip.mp4")
    video = card.locator("video")
    card.get_by_role("button", name="Next frame").click()
    until(video, f"!v.seeking && ({FRAME})(v) === 1 && v.src.startsWith('blob:')")
    video.evaluate("(v) => { v.currentTime = 1.5; }")
    until(video, "!v.seeking && v.currentTime === 1.5")


def test_with_range_no_copy_is_made(opened: Opened) -> None:
    """From a server that sends parts, the clip keeps its own address."""
    card = opened()
    card.get_by_role("button", name="Next frame").click()
    until(card.locator("video"), f"!v.seeking && ({FRAME})(v) === 1")
    assert card.locator("video").get_attribute("src") == "/page-clips/clip.mp4"


def test_leaving_the_page_ends_everything(page: Page, opened: Opened) -> None:
    """A card taken out pauses, drops controls, listeners and copy; put back, it works again."""
    card = opened("/without-range/clip.mp4")
    card.get_by_role("button", name="Next frame").click()
    until(card.locator("video"), "!v.seeking && v.src.startsWith('blob:')")
    page.evaluate("""() => {
      window.figure = document.querySelector("figure.hailuo-card");
      window.figure.querySelector("video").play().catch(() => {});
      window.figure.remove();
    }""")
    page.wait_for_function("() => !window.figure.querySelector('button')")
    assert page.evaluate("""() => {
      const video = window.figure.querySelector("video");
      window.figure.dispatchEvent(new KeyboardEvent("keydown", { key: " ", bubbles: true }));
      return [video.paused, video.getAttribute("src"), window.figure.querySelectorAll("a").length];
    }""") == [True, "/without-range/clip.mp4", 2]
    page.evaluate("() => document.querySelector('main').append(window.figure)")
    card.get_by_role("button", name="Next frame").click()
    until(card.locator("video"), f"!v.seeking && ({FRAME})(v) === 1")


def test_a_saved_card_copies_what_made_it(page: Page, opened: Opened) -> None:
    """By keyboard, with no kernel: prompt, cell, last frame and where the history has it."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    card = opened(name='"><i>fox')
    expect(card.get_by_role("link", name="Download MP4")).to_have_attribute("download", "i fox.mp4")
    card.get_by_text("More", exact=True).focus()
    page.keyboard.press("Enter")
    copied = {}
    for name in ("Copy prompt", "Copy as cell", "Last frame", "Show in history"):
        page.keyboard.press("Tab")
        expect(card.get_by_role("button", name=name)).to_be_focused()
        page.keyboard.press("Enter")
        expect(card.locator(".hailuo-acts output")).to_have_text("Copied.")
        copied[name] = page.evaluate("() => navigator.clipboard.readText()")
        page.evaluate("() => navigator.clipboard.writeText('')")
    line, _, prompt = copied["Copy as cell"].partition("\n")
    assert line.startswith("%%hailuo --image sample:peak --model 02-i2v --duration 6 ")
    assert (copied["Copy prompt"], prompt) == (PROMPT, PROMPT)
    assert copied["Last frame"] == "--image clip:k3f9x2m7"
    assert copied["Show in history"] == "%hailuo history k3f9x2m7"
    assert card.locator("video").evaluate("(v) => v.paused")


def test_two_cards_with_two_scripts_are_enhanced_once_each(page: Page, site: Site) -> None:
    """Each saved card brings the script; every card still gets one set of controls."""
    card = settled_html(snapshot("done"), src="/page-clips/clip.mp4")
    page.goto(site.put("two", card + card))
    expect(page.get_by_role("button", name="Next frame")).to_have_count(2)
    page.evaluate(DRAWN)
    expect(page.get_by_role("button", name="Next frame")).to_have_count(2)


def test_the_script_leaves_no_global_and_loads_nothing_else(
    page: Page, site: Site, opened: Opened
) -> None:
    """The card adds no name to the page and asks no other server."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site.put("blank", "<p>nothing</p>"))
    names = set(page.evaluate("() => Object.getOwnPropertyNames(window)"))
    opened()
    assert set(page.evaluate("() => Object.getOwnPropertyNames(window)")) <= names
    assert [url for url in asked if not url.startswith((site.origin, "data:"))] == []


def test_the_script_is_small_and_cannot_end_its_own_tag() -> None:
    """What every saved card carries stays under 8 kB."""
    html = settled_html(snapshot("done"), src="a.mp4")
    script = html.partition('<script type="module">')[2]
    assert html.count("</script>") == 1
    assert len(script) < 8_000


def test_a_page_from_a_disk_plays_an_embedded_clip(page: Page, clip: Path, tmp_path: Path) -> None:
    """One offline file holds the clip, plays it, steps through it and offers it for download."""
    import base64

    src = "data:video/mp4;base64," + base64.b64encode(clip.read_bytes()).decode()
    file = tmp_path / "clip.html"
    file.write_text("<!doctype html>" + settled_html(snapshot("done"), src=src), encoding="utf-8")
    page.goto(file.as_uri())
    page.get_by_role("button", name="Next frame").click()
    until(page.locator("video"), f"!v.seeking && ({FRAME})(v) === 1")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download MP4").click()
    assert download.value.path().read_bytes() == clip.read_bytes()


def test_a_clip_that_is_not_there_says_how_to_get_it(page: Page, opened: Opened) -> None:
    """A notebook that came without its clips is no grey button without a word."""
    card = opened("/page-clips/26112nowhere.mp4")
    expect(card.get_by_role("alert")).to_have_count(0)
    card.get_by_role("button", name="Play").click()
    told = "26112nowhere.mp4 is missing or damaged. Put it back beside the notebook, or %hailuo "
    expect(card.get_by_role("alert")).to_contain_text(f"{told}resume 26112nowhere fetches it")
