"""Draw the composer in its states to PNG files.

Run ``python -m tests.views.panel.composer_shots OUTDIR``.

Not a test. Each sheet is one state, theme and width. A second argument takes only the states
that start with it.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator

from hailuo_nb.views.panel.catalogue import catalogue
from tests.support.browser import running_chromium
from tests.views.grid_shots import themed
from tests.views.panel.fake import ANSWERS, QUOTE, Panel
from tests.views.panel.pictures import dropped, noise, thumbnail
from tests.views.site import Site, running_site

WIDTHS_PX = (400, 760, 1200)
REAL = catalogue(
    samples=("sample:peak", "sample:harbour", "sample:forest"),
    image_types=("image/jpeg", "image/png", "image/webp"),
    read_only=False,
) | {"simulated": True, "service": "built-in simulator"}
FRAME = {
    "source": "sample:peak",
    "words": "JPEG · 1280 x 720 · 16:9 · 212 kB",
    "thumbnail": thumbnail(),
    "problems": [],
    "notes": [],
}
TEXT = "A paper boat drifts down a rainy street, past lit windows. [Tracking shot, Pan left]"
PACES = ("slowly", "at walking pace", "fast", "fast, then halts")
CONFIRM = {"button": "Yes, generate 30 clips for 900 credits", "words": "That is above 200."}
EMPTY = QUOTE | {
    "button": "Generate",
    "clips": 0,
    "due": 0,
    "credits": 0,
    "can_send": False,
    "lines": [],
    "notes": ["Write a prompt to see what it costs."],
}


def states() -> dict[str, dict[str, Any]]:
    """Return the traits of each state, by name."""
    image: dict[str, Any] = {
        "prompt": TEXT,
        "settings": {"image": "sample:peak"},
        "frames": {"image": FRAME, "end_image": None},
    }
    made = [{"label": pace, "text": f"The boat moves {pace}."} for pace in PACES]
    pair = "2.3-i2v makes no 10 s clip at 1080P."
    return {
        "empty": {"quote": EMPTY},
        "image": image,
        "several": image
        | {
            "prompt": f"The boat moves {{{'|'.join(PACES)}}}.",
            "settings": {"image": "sample:peak", "duration": "6,10"},
            "quote": QUOTE
            | {
                "button": "Generate 8 clips, 360 credits",
                "lines": ["8 clips, 360 credits", *QUOTE["lines"][1:]],
                "prompts": made,
                "left_out": [["fast · 10 s", pair]],
                "chars": 24,
            },
        },
        "over": {"prompt": "A boat. " * 200, "quote": QUOTE | {"can_send": False}},
        "pair": image
        | {"settings": {"image": "sample:peak", "model": "2.3-i2v", "duration": "10"}},
        "upload": image | {"frames": {"image": None, "end_image": FRAME}},
        "large": image | {"frames": {"image": None, "end_image": None}, "settings": {}},
        "confirm": image
        | {"quote": QUOTE | {"confirm": CONFIRM, "button": "Generate 30 clips, 900 credits"}},
        "problem": image
        | {
            "settings": {"image": "sample:peak", "repeat": "many", "name": "2 boats"},
            "quote": QUOTE
            | {
                "can_send": False,
                "button": "Generate",
                "problems": [
                    {"field": "repeat", "words": "--repeat takes a number from 1 to 20."},
                    {"field": "image", "words": "The image is 290 px high; 300 px are needed."},
                    {"field": "", "words": "The budget of today is used up."},
                ],
                "notes": ["[Pan Left] is usually written [Pan left]."],
            },
        },
        "menu": {},
        "gone": image,
        "spent": image | {"frames": {"image": None, "end_image": FRAME}},
    }


def _upload(panel: Locator) -> None:
    dropped(panel.locator("[data-field=image]"), "boats-in-the-harbour.png", noise(320))
    panel.get_by_role("progressbar").wait_for()


def _large(panel: Locator) -> None:
    dropped(panel.locator("[data-field=image]"), "photo.png", noise(1900))
    panel.get_by_role("button", name="Make it smaller").wait_for()


def _menu(panel: Locator) -> None:
    panel.get_by_role("button", name="From the notebook").first.click()
    panel.get_by_role("menuitem").first.wait_for()


def _confirm(panel: Locator) -> None:
    panel.get_by_role("button", name="Generate 30 clips").click()


def _gone(panel: Locator) -> None:
    panel.locator("button.go").click()
    panel.page.evaluate("() => { window.model.isGone = true; window.lose(); }")
    panel.get_by_text("before it answered").first.wait_for()


def _spent(panel: Locator) -> None:
    dropped(panel.locator("[data-field=image]"), "boats-in-the-harbour.png", noise(50))
    panel.page.wait_for_function("() => window.model.waiting.length")
    panel.page.evaluate("(unfit) => window.release('piece', { unfit })", SPENT)
    panel.get_by_text("One visit").first.wait_for()


SPENT = (
    "One visit may bring 24 images, 60.0 MB together. "
    "Take a sample, an address or the last frame of a clip."
)
ACTS: dict[str, Callable[[Locator], None]] = {
    "upload": _upload,
    "large": _large,
    "menu": _menu,
    "confirm": _confirm,
    "gone": _gone,
    "spent": _spent,
}
SOURCES = {
    "sources": [
        {"source": "photo", "words": "PIL image, 640 x 480"},
        {"source": "clip:a1b2", "words": "last frame of “boat, slowly”"},
    ]
}


def draw(browser: Browser, site: Site, name: str, theme: str, width_px: int) -> bytes:
    """Return one sheet."""
    page = browser.new_page(
        viewport={"width": width_px, "height": 700},
        color_scheme="dark" if theme == "dark" else "light",
        forced_colors="active" if theme == "forced" else "none",
        reduced_motion="reduce",
    )
    page.on("pageerror", lambda error: print("ERROR", error))
    traits = {"catalogue": REAL} | states()[name]
    head = f"<style>{themed('dark' if theme == 'dark' else 'light')}</style>"
    panel = Panel(page, site).open(
        held=("piece", "generate"), answers=ANSWERS | {"sources": SOURCES}, head=head, **traits
    )
    if name in ACTS:
        ACTS[name](panel)
    page.mouse.move(0, 0)
    page.wait_for_load_state("load")
    png = page.screenshot(full_page=True)
    page.close()
    return png


def main(folder: Path, only: str) -> None:
    """Write one PNG for each state, theme and width."""
    folder.mkdir(parents=True, exist_ok=True)
    with running_chromium() as browser, running_site(folder) as site:
        for name in states():
            if not name.startswith(only):
                continue
            for theme in ("light", "dark", "forced"):
                for width_px in WIDTHS_PX:
                    png = draw(browser, site, name, theme, width_px)
                    (folder / f"{name}-{theme}-{width_px}.png").write_bytes(png)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "")
