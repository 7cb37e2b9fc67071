"""What can be done with a clip is the same in card, grid, comparison, page and gallery."""

import base64
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from hailuo_nb.core.names import CHAIN
from hailuo_nb.views.compare.compare import comparison_html
from hailuo_nb.views.compare.export import export_page
from hailuo_nb.views.facts import Facts
from hailuo_nb.views.grid.html import grid_html
from hailuo_nb.views.panel.rows import row
from tests.views.grid_samples import SIZE, sample
from tests.views.panel.gallery_page import Shelf, tile
from tests.views.samples import PROMPT, settled_html, snapshot
from tests.views.site import Site

SRC = "/page-clips/clip.mp4"
CALLED = {
    "Download MP4": "Download",
    "Download the clip": "Download",
    "Full screen": "Full size",
}
"""In a bar or a toolbar some are called otherwise."""

COPIES = ("Copy prompt", "Copy as cell", "Last frame", "Show in history")
NAMED = """(root) => Object.fromEntries([...root.querySelectorAll("button, a[href]")]
  .map((one, at) => [one.ariaLabel || one.textContent, at]))"""
TAKEN = "() => { navigator.clipboard.writeText = async (text) => { window.copied = text; }; }"
FILLED = """() => document.fullscreenElement?.matches("video, :has(video)")
  && document.exitFullscreen().then(() => true)"""


def test_each_view_offers_the_same_of_a_clip(page: Page, site: Site, clip: Path) -> None:
    """The same six, the same texts copied, one file's name, and the clip alone on the screen."""
    for view, root in standing(page, site, clip):
        page.evaluate(TAKEN)
        found = {CALLED.get(name, name): at for name, at in root.evaluate(NAMED).items()}
        buttons = root.locator("button, a[href]")
        for more in root.get_by_text("More", exact=True).all():
            more.click()
        copied = {}
        for name in COPIES:
            buttons.nth(found[name]).evaluate("(one) => one.click()")
            page.wait_for_function("() => window.copied")
            copied[name] = page.evaluate("() => { const t = copied; copied = ''; return t; }")
        line, _, prompt = copied["Copy as cell"].partition("\n")
        assert line.startswith("%%hailuo samurai --image sample:peak --model 02-i2v "), view
        assert (copied["Copy prompt"], prompt) == (PROMPT, PROMPT), view
        assert copied["Last frame"] == "--image clip:k3f9x2m7", view
        assert copied["Show in history"] == "%hailuo history k3f9x2m7", view
        with page.expect_download() as download:
            buttons.nth(found["Download"]).evaluate("(one) => one.click()")
        assert download.value.suggested_filename == "samurai.mp4", view
        buttons.nth(found["Full size"]).click()
        page.wait_for_function(FILLED)


def test_several_clips_as_one_offer_nothing_that_is_found_by_nothing(
    page: Page, site: Site
) -> None:
    """No task has their id and no cell makes them; to keep, to enlarge and to read they are one."""
    of = replace(snapshot("done"), id=f"{CHAIN}{'5e' * 32}")
    sides = [Facts(label=label, snapshot=of, src=SRC) for label in ("a", "b")]
    page.goto(site.put("chain", settled_html(of, src=SRC) + comparison_html(sides)))
    for root in ("figure.hailuo-card", ".hailuo-compare figure >> nth=0"):
        expect(page.locator(f"{root} >> .hailuo-acts")).to_have_count(1)
        told = {CALLED.get(name, name) for name in page.locator(root).evaluate(NAMED)}
        assert told & {"Download", "Full size", *COPIES} == {"Download", "Full size", "Copy prompt"}


def standing(page: Page, site: Site, clip: Path) -> Iterator[tuple[str, Locator]]:
    """Yield each view by its name, and one clip in it."""
    of, held = snapshot("done"), base64.b64encode(clip.read_bytes()).decode()
    grid = sample((SIZE,), ["done"])
    clips = [Facts(label=cell.label, snapshot=of, src=SRC) for cell in grid.cells]
    body = settled_html(of, src=SRC) + grid_html(grid.board, clips) + comparison_html(clips[:2])
    page.goto(site.put("offered", f"<main>{body}</main>"))
    yield "card", page.locator("figure.hailuo-card")
    yield "grid", page.locator(".hailuo-grid figure").first
    yield "comparison", page.locator(".hailuo-compare:not(.hailuo-grid) figure").first
    src = f"data:video/mp4;base64,{held}"
    whole = [Facts(label=name, snapshot=of, src=src) for name in ("samurai", "another")]
    site.pages["exported"] = export_page(whole)
    page.goto(f"{site.origin}/page/exported")
    yield "page", page.locator("figure").first
    known = row(of, src="clip.mp4", here=True, hidden=False, has_picture=True)
    yield "gallery", tile(Shelf(page, site).open([known]), "samurai")
