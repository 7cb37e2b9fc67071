"""Draw the gallery in every state to PNG files.

Run ``python -m tests.views.panel.gallery_shots OUTDIR``.

Not a test. Clips are rendered by the simulator once and kept in OUTDIR/clips; a second
argument draws only the states whose names begin with it.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, expect

from hailuo_nb.core.rating import Rating
from hailuo_nb.media.posters import clip_pictures
from hailuo_nb.views.compare.compare import comparison_body
from hailuo_nb.views.rating import rating_state
from tests.support.browser import running_chromium
from tests.views.compare_shots import COMMANDS, SCENE, clips, render
from tests.views.comparing import DRAWN
from tests.views.grid_shots import themed
from tests.views.panel.fake import CATALOGUE
from tests.views.panel.gallery_page import Shelf, listing, row, tile
from tests.views.site import running_site

WIDTHS_PX = (400, 760, 1200)
NAMES = ("samurai", "harbour at dawn", "the long way round the mountain", "k3f9x2m7")

Rows = list[dict[str, Any]]


def history(number: int = 12) -> Rows:
    """Return finished clips with real pictures, newest first."""
    found = []
    for at in range(number):
        command = COMMANDS[at % len(COMMANDS)]
        name = command.replace(" ", "_")
        label = NAMES[at % len(NAMES)] if at % 3 == 0 else f"{command.lower()} {at}"
        prompt = f"[{command}] {SCENE} The mountain is the back of a sleeping dragon."
        facts = {
            "src": f"{name}.mp4",
            "label": label,
            "prompt": prompt,
            "when": f"23 Nov 0{at % 9}:1{at % 7}",
        }
        found.append(row(100 - at, **facts | SIZES.get(command, {})))
    return found


SIZES: dict[str, dict[str, Any]] = {"Tilt up": {"size_px": [1, 1]}}
RUNNING = (
    *(("waiting", "Waiting to be sent", None), ("queued", "Queued at the service", 20_000)),
    *(("generating", "Generating", 83_000), ("saving", "Saving the clip", 312_000)),
)


def running() -> Rows:
    """Return one task in each state under way."""
    return [
        row(
            200 - at,
            state,
            label=f"petals {at + 1}",
            headline=headline,
            submitted_at_ms=None if ago_ms is None else -ago_ms,
            money="30 simulated credits held",
            note="The service is busy; it is asked again in 20 s." if at == 1 else None,
            has_picture=at > 0,
        )
        for at, (state, headline, ago_ms) in enumerate(RUNNING)
    ]


def failed() -> Rows:
    """Return tasks that ended without a clip."""
    return [
        row(150, "failed", label="storm", money="0 simulated credits"),
        row(
            149,
            "failed",
            label="no room",
            explanation="Not enough credits.",
            retry=None,
            simulated=False,
        ),
        row(148, "failed", label="stopped", headline="No longer watched")
        | {
            "state": "stopped",
            "explanation": "You stopped watching. It may have been charged.",
            "retry": None,
        },
    ]


def nothing(shelf: Shelf, gallery: Locator) -> None:
    """Leave it as it is."""


def filtered(shelf: Shelf, gallery: Locator) -> None:
    """Look for what is not there."""
    shelf.page.evaluate(
        "(found) => { window.lists = () => found; }",
        listing([]) | {"facets": listing(history())["facets"]},
    )
    gallery.get_by_role("searchbox").fill("a walrus")
    expect(gallery.get_by_text("No clip passes this filter.")).to_be_visible()


def picked(shelf: Shelf, gallery: Locator) -> None:
    """Pick three."""
    for at in (0, 1, 4):
        gallery.get_by_role("checkbox", name="Compare").nth(at).check()
    expect(gallery.locator(".chips img")).to_have_count(3)


def compared(shelf: Shelf, gallery: Locator) -> None:
    """Open the comparison of two."""
    for at in (1, 4):
        gallery.get_by_role("checkbox", name="Compare").nth(at).check()
    gallery.get_by_role("button", name="Compare 2").click()
    expect(gallery.page.locator(".comparison .tools")).to_be_visible()
    shelf.page.keyboard.press("5")
    shelf.page.wait_for_function(
        """() => [...document.querySelectorAll(".comparison video")]
          .every((v) => v.readyState > 1 && !v.seeking)"""
    )


def renamed(shelf: Shelf, gallery: Locator) -> None:
    """Give a new name, with the prompt of another open and the tools of a third in focus."""
    second = gallery.locator(".tile").nth(1)
    second.locator("summary").click()
    third = gallery.locator(".tile").nth(2)
    third.get_by_role("button", name="Copy prompt").focus()
    tile(gallery, "samurai").get_by_role("button", name="Rename").evaluate("(b) => b.click()")


def hovered(shelf: Shelf, gallery: Locator) -> None:
    """Go over a tool with the mouse, and along the keys to the next."""
    gallery.locator(".tile").nth(1).hover()
    gallery.locator(".tile").nth(1).get_by_role("button", name="Use these settings").hover()


def followed(shelf: Shelf, gallery: Locator) -> None:
    """Go over a picture with the mouse, at its third frame."""
    play = gallery.locator(".tile").nth(1).locator(".play")
    play.hover()
    shelf.wait_sent("strip")
    box = play.bounding_box() or {"width": 0, "height": 0}
    play.hover(position={"x": 0.6 * box["width"], "y": box["height"] / 2})
    expect(gallery.locator(".frame.follows")).to_have_count(1)


def played(shelf: Shelf, gallery: Locator) -> None:
    """Play one."""
    tile(gallery, "samurai").get_by_role("button", name="Play samurai").click()
    shelf.page.wait_for_function("() => document.querySelector('video').currentTime > 0.5")
    shelf.page.evaluate("() => document.querySelector('video').pause()")


def rated(shelf: Shelf, gallery: Locator) -> None:
    """Open the note of one, and the actions of another."""
    gallery.locator(".tile").nth(1).get_by_role("button", name="Note and tags").click()
    gallery.locator(".tile").nth(2).get_by_text("More", exact=True).click()


def judged() -> Rows:
    """Return finished clips of which some were rated."""
    some = (
        Rating(stars=4, wins=True, tags=("petals", "talk"), note="The best of the storm so far."),
        Rating(stars=5, tags=("talk",), note="Ask for a slower push."),
        Rating(stars=2),
    )
    found = history()
    for one, rating in zip(found, some, strict=False):
        one["rating"] = rating_state(rating)
    return found


STATES: dict[str, tuple[Callable[[], Rows], Callable[[Shelf, Locator], None]]] = {
    "empty": (list, nothing),
    "mixed": (lambda: [*running()[1:3], failed()[0], *history()], nothing),
    "running": (running, nothing),
    "failed": (failed, nothing),
    "filtered": (history, filtered),
    "picked": (history, picked),
    "compared": (history, compared),
    "renamed": (history, renamed),
    "hovered": (history, hovered),
    "visited": (history, hovered),
    "followed": (history, followed),
    "played": (history, played),
    "rated": (judged, rated),
}
PICTURED = """() => {
  const below = document.querySelector(".scroller").getBoundingClientRect().bottom;
  return [...document.querySelectorAll(".frame.waits")]
    .every((one) => one.getBoundingClientRect().top > below);
}"""
LOOKS = {"light": ("light", "none"), "dark": ("dark", "none"), "forced": ("dark", "active")}


def answers(folder: Path) -> str:
    """Return script that gives the clips' real pictures, and clocks that run from now."""
    names = {command: command.replace(" ", "_") for command in COMMANDS}
    made = {f"{name}.mp4": clip_pictures(folder / f"{name}.mp4") for name in names.values()}
    pictures = {name: one and one.poster for name, one in made.items()}
    return f"""
      const drawn = {json.dumps(pictures)};
      const list = Object.values(drawn);
      window.pictures = (id) => drawn[model.get("first").rows.find((row) => row.id === id)?.src]
        ?? (id === "t200" ? undefined : list[Number(id.slice(1)) % 3]);
      const start = window.start;
      window.start = (traits, places) => {{
        for (const row of traits.first.rows) {{
          if (row.submitted_at_ms < 0) row.submitted_at_ms += Date.now();
        }}
        start(traits, places);
      }};
    """


def draw(
    browser: Browser,
    shelf_of: Callable[..., Shelf],
    out: Path,
    name: str,
    look: str,
    width_px: int,
    before: str,
    html: str,
    strip: list[str],
) -> None:
    """Write one picture."""
    theme, colours = LOOKS[look]
    page = browser.new_page(viewport={"width": width_px, "height": 900}, has_touch=width_px == 400)
    page.on("pageerror", lambda error: print("ERROR", error))
    page.emulate_media(color_scheme=theme, forced_colors=colours, reduced_motion="reduce")  # type: ignore[arg-type]
    shelf = shelf_of(page, f"<style>{themed(theme)}</style>")
    rows, does = STATES[name]
    shown = rows()
    total = 10_000 if name in ("mixed", "filtered") else None
    gallery = shelf.open(
        shown,
        total=total,
        before=before,
        held=("page",) if total and name != "filtered" else (),
        answers={"compare": {"html": html}, "strip": {"strip": strip}},
        catalogue=CATALOGUE | {"read_only": name == "visited"},
    )
    page.wait_for_function(PICTURED)
    does(shelf, gallery)
    page.wait_for_load_state("networkidle")
    height_px = page.evaluate("() => document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width_px, "height": height_px})  # only what is near is drawn
    page.evaluate(f"() => ({DRAWN})()")
    page.screenshot(path=out / f"{name}-{look}-{width_px}.png", full_page=True)
    page.close()


def main(out: Path, only: str) -> None:
    """Write one PNG for each state, look and width."""
    folder = out / "clips"
    first = render(folder)[0]
    before = answers(folder)
    html = comparison_body(clips(2, folder)).replace("/page-clips/", "")
    second = clip_pictures(folder / f"{COMMANDS[1].replace(' ', '_')}.mp4")
    strip = list(second.strip) if second else []
    with running_site(first) as site, running_chromium() as browser:
        for name in STATES:
            if not name.startswith(only):
                continue
            for look in LOOKS:
                for width_px in WIDTHS_PX:
                    draw(
                        browser,
                        lambda page, head: Shelf(page, site, head),
                        out,
                        name,
                        look,
                        width_px,
                        before,
                        html,
                        strip,
                    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "")
