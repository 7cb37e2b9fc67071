"""The comparison's player in a browser: wipe, difference, keys, grids, coming and going."""

import io
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from hailuo_nb.views.bundles import bundle
from hailuo_nb.views.facts import Facts
from hailuo_nb.views.tile import clip_figure
from tests.runner.service import until as hold
from tests.views.axe import BARE_PAGE
from tests.views.comparing import DRAWN, Opened, button, found, stepped_to, until
from tests.views.reels import reel
from tests.views.samples import snapshot
from tests.views.site import Site

STAGED = '[...document.querySelectorAll(".stage video")].map((v) => v.getAttribute("src"))'


def grid_page(site: Site, number: int) -> str:
    """Serve a grid of so many equal clips as a table and return its address."""
    cells = "".join(
        f"<td>{clip_figure(reel('short', label=f'cell {cell}'))}</td>" for cell in range(number)
    )
    table = f"<table style='table-layout:fixed;width:100%'><tr>{cells}</tr></table>"
    script = f'<script type="module">{bundle("compare")}</script>'
    body = f'<main><div class="hailuo-compare hailuo-grid">{table}</div>{script}</main>'
    return site.put("grid", body)


def shown_grey(root: Locator, *, at: float) -> int:
    """Return the grey of the stage's picture, at a share of its width from the left.

    A browser tells of a frame before it is on the screen: what it is to be is held for.
    """
    picture = Image.open(io.BytesIO(root.locator(".stage").screenshot()))
    pixel = picture.convert("L").getpixel((int(picture.width * at), picture.height * 3 // 4))
    assert isinstance(pixel, int)
    return pixel


def test_the_wipe_shows_two_clips_over_each_other(page: Page, opened: Opened) -> None:
    """Left of the divider is A, right of it B; the others wait out of sight."""
    root = opened("a", "b", "short")
    stepped_to(page, root, 30)
    button(root, "Wipe").click()
    root.get_by_label("Clip B").select_option(label="B short")
    until(page, "still && frames[0] === 30")
    assert found(page, STAGED) == ["/page-clips/a.mp4", "/page-clips/short.mp4"]
    hold(lambda: shown_grey(root, at=0.2) < shown_grey(root, at=0.8) - 50)
    expect(root.locator(".hailuo-clips")).to_be_hidden()
    button(root, "Play").click()
    until(page, "playing.length === 2")


def test_the_divider_moves_by_keys(page: Page, opened: Opened) -> None:
    """W goes to the divider; arrows, Page and Home and End keys move it, within the picture."""
    root = opened("a", "short")
    stepped_to(page, root, 1)
    page.keyboard.press("w")
    divider = root.get_by_role("slider", name="Divider between a and short")
    expect(divider).to_be_focused()
    for keys, value in (
        (["ArrowLeft"], "49"),
        (["Shift+ArrowRight", "ArrowUp"], "60"),
        (["PageDown"], "50"),
        (["End", "ArrowRight"], "100"),
        (["Home", "ArrowDown"], "0"),
    ):
        for key in keys:
            page.keyboard.press(key)
        expect(divider).to_have_attribute("aria-valuenow", value)
    assert found(page, "frames[0]") == 1


def test_the_divider_moves_by_drag(page: Page, opened: Opened) -> None:
    """A press anywhere in the picture takes the divider there, and it follows the pointer."""
    root = opened("a", "b")
    button(root, "Wipe").click()
    divider, box = root.locator(".divider"), root.locator(".stage").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.25, box["y"] + 50)
    page.mouse.down()
    expect(divider).to_have_attribute("aria-valuenow", "25")
    page.mouse.move(box["x"] + box["width"] * 0.75, box["y"] + 90, steps=4)
    expect(divider).to_have_attribute("aria-valuenow", "75")
    page.mouse.up()
    page.mouse.move(box["x"] + 10, box["y"] + 50)
    page.evaluate(DRAWN)
    expect(divider).to_have_attribute("aria-valuenow", "75")
    assert found(page, "playing.length") == 0


def test_a_drag_beside_the_picture_stays_at_its_edge(page: Page, opened: Opened) -> None:
    """The divider never leaves the picture."""
    root = opened("a", "b")
    button(root, "Wipe").click()
    box = root.locator(".stage").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 50, box["y"] + 50)
    page.mouse.down()
    page.mouse.move(box["x"] - 40, box["y"] + 50)
    expect(root.locator(".divider")).to_have_attribute("aria-valuenow", "0")


def test_difference_is_black_where_clips_agree(page: Page, opened: Opened) -> None:
    """Equal frames cancel out; what differs is bright."""
    root = opened("a", "b", "short")
    stepped_to(page, root, 23)
    button(root, "Difference").click()
    expect(button(root, "Difference")).to_have_attribute("aria-pressed", "true")
    until(page, "still && document.querySelectorAll('.stage video').length === 2")
    hold(lambda: shown_grey(root, at=0.5) < 8)
    root.get_by_label("Clip B").select_option(label="B short")
    until(page, "still && frames[2] === 23")
    hold(lambda: shown_grey(root, at=0.5) > 50)


def test_clips_are_swapped_and_never_set_against_themselves(page: Page, opened: Opened) -> None:
    """X swaps A and B; choosing one clip twice brings another in."""
    root = opened("a", "b", "short")
    root.focus()
    page.keyboard.press("d")
    page.keyboard.press("x")
    assert found(page, STAGED) == ["/page-clips/b.mp4", "/page-clips/a.mp4"]
    root.get_by_label("Clip B").select_option(label="B b")
    first, second = found(page, STAGED)
    assert first != second


def test_leaving_the_wipe_brings_every_clip_home(page: Page, opened: Opened) -> None:
    """Escape returns to side by side: each clip in its figure, all at one time, still playing."""
    root = opened("a", "b", "tall")
    button(root, "Play").click()
    until(page, "playing.length === 3")
    root.focus()
    page.keyboard.press("w")
    until(page, "playing.length === 2")
    page.keyboard.press("Escape")
    until(page, "playing.length === 3 && spread < 1 / 24")
    expect(root.locator(".hailuo-clips figure > video")).to_have_count(3)
    expect(root.locator(".stage")).to_be_hidden()
    page.keyboard.press("k")
    until(page, "still")


@pytest.mark.parametrize(
    ("keys", "frame"),
    [
        (["ArrowRight", "ArrowRight", "ArrowLeft"], 1),
        ([".", ".", ","], 1),
        (["l"], 24),
        (["l", "Shift+ArrowRight", "j"], 24),
        (["Shift+ArrowRight", "Shift+ArrowLeft"], 0),
        (["End"], 71),
        (["End", "Home"], 0),
        (["5"], 36),
        (["L"], 24),
    ],
)
def test_keys_move_in_time(page: Page, opened: Opened, keys: list[str], frame: int) -> None:
    """Frames, seconds, tenths, start and end all have their key."""
    root = opened("a", "b")
    stepped_to(page, root, 0)
    for key in keys:
        page.keyboard.press(key)
    until(page, "still && are(frames, arg) && videos[0].readyState > 1", frame)


def test_keys_play_loop_and_change_speed(page: Page, opened: Opened) -> None:
    """Space and K play, R loops, brackets and signs change the speed within its range."""
    root = opened("a", "b")
    root.focus()
    page.keyboard.press(" ")
    until(page, "playing.length === 2")
    page.keyboard.press("k")
    until(page, "still")
    page.keyboard.press("r")
    expect(button(root, "Loop")).to_have_attribute("aria-pressed", "false")
    for key, speed in (("]", "1.5"), ("+", "2"), ("]", "2"), ("-", "1.5"), ("[", "1")):
        page.keyboard.press(key)
        expect(root.get_by_label("Speed")).to_have_value(speed)


def test_keys_leave_controls_and_the_host_alone(page: Page, opened: Opened) -> None:
    """A list takes its own letters, Space presses the focused button, chords pass by."""
    root = opened("a", "b")
    root.get_by_label("Speed").focus()
    page.keyboard.press("w")
    button(root, "Loop").focus()
    page.keyboard.press(" ")
    root.focus()
    page.keyboard.press("Control+d")
    page.keyboard.press("Alt+w")
    assert root.get_attribute("data-view") is None
    assert found(page, "playing.length") == 0
    expect(button(root, "Loop")).to_have_attribute("aria-pressed", "false")


def test_the_host_does_not_see_the_keys_that_are_used(page: Page, opened: Opened) -> None:
    """What the player takes goes no further; what it does not know goes on to the notebook."""
    root = opened("a", "b")
    page.evaluate("""() => {
      window.seen = [];
      document.addEventListener("keydown", ({ key }) => window.seen.push(key));
    }""")
    root.focus()
    for key in ("d", "Escape", "Escape", "z", "Enter", "0"):
        page.keyboard.press(key)
    assert page.evaluate("() => window.seen") == ["Escape", "z", "Enter"]
    expect(root).to_have_attribute("data-lm-suppress-shortcuts", "true")


def test_help_lists_the_keys_and_goes_again(page: Page, opened: Opened) -> None:
    """? opens the list, ? and Escape and Close shut it, and focus comes back."""
    root = opened("a", "b")
    root.focus()
    keys = root.get_by_role("dialog", name="Keys")
    for leave in ("?", "Escape", "Enter"):
        page.keyboard.press("?")
        expect(keys).to_be_visible()
        for what in ("play or pause", "one frame", "full screen", "swap A and B"):
            expect(keys.get_by_text(what)).to_be_visible()
        page.keyboard.press(leave)
        expect(keys).to_be_hidden()
        expect(root).to_be_focused()


def test_full_screen_comes_and_goes(page: Page, opened: Opened) -> None:
    """F fills the screen with the comparison, and F leaves it."""
    root = opened("a", "b")
    root.focus()
    page.keyboard.press("f")
    page.wait_for_function("() => document.fullscreenElement?.matches('.hailuo-compare')")
    expect(root.locator(".hailuo-notes")).to_be_hidden()
    page.keyboard.press("f")
    page.wait_for_function("() => !document.fullscreenElement")


def test_a_grid_lets_the_person_pick(page: Page, site: Site, reels: Path) -> None:
    """Up to nine clips of a grid all take part; a tick less and one plays by itself again."""
    page.goto(grid_page(site, 3))
    root = page.locator(".hailuo-compare")
    expect(root.get_by_role("checkbox")).to_have_count(3)
    root.get_by_label("Compare cell 1").uncheck()
    button(root, "Play").click()
    until(page, "playing.length === 2 && videos[1].paused")
    button(root, "Pause").click()
    until(page, "still")
    root.locator("video").nth(1).click()
    until(page, "playing.length === 1 && !videos[1].paused && videos[1].controls")


def test_of_a_large_grid_at_most_nine_are_picked(page: Page, site: Site, reels: Path) -> None:
    """Four are ticked at first; with nine no tenth can be."""
    page.goto(grid_page(site, 12))
    root = page.locator(".hailuo-compare")
    ticks = root.get_by_role("checkbox")
    expect(root.get_by_role("checkbox", checked=True)).to_have_count(4)
    for number in range(4, 9):
        ticks.nth(number).check()
    expect(root.get_by_role("checkbox", checked=True)).to_have_count(9)
    expect(ticks.nth(9)).to_be_disabled()
    ticks.nth(0).uncheck()
    expect(ticks.nth(9)).to_be_enabled()


def test_clips_that_arrive_later_join(page: Page, opened: Opened) -> None:
    """A figure that comes while others play is taken in; one that goes is let go."""
    root = opened("a", Facts(label="soon", snapshot=snapshot("failed"), src=None))
    button(root, "Play").click()
    until(page, "playing.length === 1")
    page.evaluate(
        "(html) => { document.querySelectorAll('figure')[1].outerHTML = html; }",
        clip_figure(reel("b", label="soon")),
    )
    until(page, "playing.length === 2 && spread < 1 / 24")
    page.evaluate("() => document.querySelector('figure').remove()")
    until(page, "videos.length === 1 && playing.length === 1")


def test_a_figure_that_goes_takes_its_wipe_along(page: Page, opened: Opened) -> None:
    """If one of two clips disappears, the player falls back to side by side."""
    root = opened("a", "b", "tall")
    button(root, "Wipe").click()
    page.evaluate("() => document.querySelector('figure').remove()")
    expect(root.locator(".hailuo-clips figure > video")).to_have_count(2)
    expect(root.locator(".stage")).to_be_hidden()


def test_leaving_the_page_ends_everything(page: Page, opened: Opened) -> None:
    """Taken out, it is plain players again; put back, it works, where it was."""
    root = opened("a", "b")
    button(root, "Wipe").click()
    button(root, "Play").click()
    until(page, "playing.length === 2 && times[0] > 0.3")
    page.evaluate("""() => {
      window.root = document.querySelector(".hailuo-compare");
      window.root.remove();
    }""")
    page.wait_for_function("() => !window.root.querySelector('.tools')")
    assert (
        page.evaluate("""() => [...window.root.querySelectorAll("figure > video")].map(
      (video) => [video.paused, video.controls, video.loop])""")
        == [[True] * 3] * 2
    )
    page.evaluate("() => document.querySelector('main').append(window.root)")
    expect(root.locator(".tools")).to_have_count(1)
    root.focus()
    page.keyboard.press(".")
    until(page, "still && are(frames, frames[0]) && frames[0] > 6")


def test_two_comparisons_do_not_disturb_each_other(page: Page, site: Site, reels: Path) -> None:
    """Each has one toolbar and its own clock, though each brings the script."""
    from hailuo_nb.views.compare.compare import comparison_html

    both = comparison_html([reel("a"), reel("b")]) + comparison_html([reel("tall"), reel("short")])
    page.goto(site.put("two", f"<main>{both}</main>"))
    expect(page.locator(".tools")).to_have_count(2)
    button(page.locator(".hailuo-compare").first, "Play").click()
    until(page, "playing.length === 2 && !videos[0].paused && !videos[1].paused")
    page.evaluate(DRAWN)
    expect(page.locator(".tools")).to_have_count(2)


@pytest.mark.parametrize("look", ["light", "dark", "contrast"])
@pytest.mark.parametrize("key", ["", "w", "d", "?"])
def test_axe_finds_nothing(page: Page, opened: Opened, look: str, key: str) -> None:
    """In light, dark and high contrast, in every view, axe-core has nothing to say."""
    forced = "active" if look == "contrast" else "none"
    scheme = "dark" if look == "dark" else "light"
    page.emulate_media(color_scheme=scheme, forced_colors=forced)
    failed = Facts(label="refused", snapshot=snapshot("failed", prompt="A dragon."), src=None)
    root = opened("a", "b", failed)
    page.add_style_tag(content="html { color-scheme: light dark } body { background: Canvas }")
    page.evaluate("() => { document.title = 'A notebook'; }")
    root.focus()
    page.keyboard.press(key or ".")
    page.evaluate(DRAWN)
    assert problems(page) == []


def test_axe_finds_nothing_in_a_grid(page: Page, site: Site, reels: Path) -> None:
    """The tick boxes are named and large enough to be told apart."""
    page.goto(grid_page(site, 10))
    page.evaluate("() => { document.title = 'A notebook'; }")
    expect(page.get_by_role("checkbox")).to_have_count(10)
    assert problems(page) == []


def problems(page: Page) -> list[str]:
    """Return what axe-core finds, but for the lack of a level-one heading in a bare page."""
    found = Axe().run(page, options=BARE_PAGE)
    return [
        f"{one['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for one in found.response["violations"]
        for node in one["nodes"]
    ]


def test_the_module_leaves_no_global_and_asks_no_other_server(
    page: Page, site: Site, opened: Opened
) -> None:
    """The player adds no name to the page and loads nothing but the clips."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site.put("blank", "<p>nothing</p>"))
    names = set(page.evaluate("() => Object.getOwnPropertyNames(window)"))
    opened("a", "b")
    assert set(page.evaluate("() => Object.getOwnPropertyNames(window)")) <= names
    assert [url for url in asked if not url.startswith((site.origin, "data:"))] == []


def test_another_script_may_follow_in_the_same_text(page: Page, site: Site) -> None:
    """Joined with a script of its own names, both run."""
    other = "const make = 1, say = 2, FPS = 3, enhance = 4; document.title = 'both';"
    body = f'<div class="hailuo-compare"></div><script type="module">{bundle("compare")}\n{other}'
    page.goto(site.put("joined", f"{body}</script>"))
    page.wait_for_function("() => document.title === 'both'")
    expect(page.locator(".hailuo-compare > .hailuo-bar > .tools")).to_have_count(1)


def test_the_script_is_small_and_cannot_end_its_own_tag() -> None:
    """What every saved comparison carries stays under 27 kB, among all its clips."""
    assert "</script" not in bundle("compare")
    assert len(bundle("compare").encode()) < 27_000
