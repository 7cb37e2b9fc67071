"""What the tests of the comparison's player share: the page, its conditions, its buttons."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Error, Locator, Page, expect

from hailuo_nb.views.compare.compare import comparison_html
from hailuo_nb.views.facts import Facts
from tests.views.reels import reel
from tests.views.site import Site

Opened = Callable[..., Locator]
DRAWN = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"

TOOLS = """
  const videos = [...document.querySelectorAll("video")];
  const playing = videos.filter((v) => !v.paused);
  const times = videos.map((v) => v.currentTime);
  const spread = Math.max(...times) - Math.min(...times);
  const still = videos.every((v) => v.paused && !v.seeking);
  const frame = (time) => Math.floor(time * 24 + 0.01);
  const frames = times.map(frame);
  const are = (list, value) => list.length > 0 && list.every((one) => one === value);
"""
"""What the conditions of these tests may name."""

STANDING = """videos.map(({ currentTime, duration, paused, seeking, ended, readyState, error }) =>
  ({ currentTime, duration, paused, seeking, ended, readyState, error: error && error.message }))"""

SHOWN_GREYS = """() => [...document.querySelectorAll("video")].map((video) => {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [1, 1];
  const drawing = canvas.getContext("2d");
  drawing.drawImage(video, 0, 0, 1, 1);
  return drawing.getImageData(0, 0, 1, 1).data[0];
})"""


def grey_of_all(page: Page) -> int:
    """Hold until the pictures of all clips are one and the same and stay so; return its grey.

    A browser tells of a frame before it is on the screen, and may be late with all of them.
    """
    page.evaluate("() => { window.greys = []; }")
    grey: int = page.wait_for_function(
        f"() => {{ window.greys = [...window.greys, ...({SHOWN_GREYS})()].slice(-60);"
        " const [first, ...others] = window.greys;"
        " return others.length === 59 && others.every((one) => one === first) && first + 1; }"
    ).json_value()
    return grey - 1


def show(page: Page, site: Site, *names: str | Facts) -> Locator:
    """Show clips side by side, by name or as they are given, and return the comparison."""
    clips = [reel(name) if isinstance(name, str) else name for name in names]
    page.goto(site.put("compare", f"<main>{comparison_html(clips)}</main>"))
    expect(page.locator(".hailuo-compare > .hailuo-bar > .tools")).to_be_visible()
    return page.locator(".hailuo-compare")


def until(page: Page, condition: str, arg: Any = None) -> None:
    """Wait until the condition holds; see `TOOLS` for what it may name.

    Where it never does, the error says how the clips stand.
    """
    try:
        page.wait_for_function(f"(arg) => {{ {TOOLS} return {condition}; }}", arg=arg)
    except Error as error:
        error.add_note(f"{condition}: {found(page, STANDING)}")
        raise


def found(page: Page, expression: str) -> Any:
    """Return what the expression is at this moment."""
    return page.evaluate(f"() => {{ {TOOLS} return {expression}; }}")


def button(root: Locator, name: str) -> Locator:
    """Return a button of the toolbar."""
    return root.get_by_role("group", name="All clips together").get_by_role(
        "button", name=name, exact=True
    )


def stepped_to(page: Page, root: Locator, frame: int) -> None:
    """Step from the start until the first clip shows a frame, and the others have followed."""
    root.focus()
    page.keyboard.press("Home")
    for number in range(frame):
        page.keyboard.press(".")
        until(page, "still && frames[0] === arg", number + 1)
