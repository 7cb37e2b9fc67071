"""The settled grid in a browser, with real clips."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from hailuo_nb.core.task import FINAL
from hailuo_nb.views.grid.html import grid_html
from tests.views.axe import BARE_PAGE
from tests.views.grid_samples import LEFT_OUT, MODEL, PACE, SIZE, Sample, sample
from tests.views.grid_shots import themed
from tests.views.samples import ERRORS
from tests.views.site import Site
from tests.views.test_grid_html import hostile

PLAYING = "(n) => [...document.querySelectorAll('video')].filter((v) => !v.paused).length === n"


def opened(page: Page, site: Site, of: Sample, *, head: str = "") -> Locator:
    """Show the grid as a saved notebook would, and return it."""
    html = grid_html(of.board, of.clips("/page-clips/clip.mp4"))
    page.goto(site.put("settled", f"<main>{html}</main>", head=f"<title>A notebook</title>{head}"))
    return page.locator(".hailuo-grid")


def test_ticked_clips_play_together(page: Page, site: Site) -> None:
    """Of a settled grid the ticked clips start and stop as one; the failures stay as they are."""
    of = sample(states=["done", "done", "failed"], left_out=LEFT_OUT)
    grid = opened(page, site, of)
    expect(grid.get_by_role("checkbox")).to_have_count(4)
    grid.get_by_role("checkbox", name="Compare fast · 768P").uncheck()
    grid.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function(PLAYING, arg=3)
    grid.get_by_role("button", name="Pause", exact=True).click()
    page.wait_for_function(PLAYING, arg=0)
    expect(grid.get_by_text(ERRORS["failed"])).to_be_visible()
    expect(grid.get_by_text("Add --retry to the cell to try it again")).to_be_visible()


def test_two_clips_lie_over_each_other_in_place_of_the_grid(page: Page, site: Site) -> None:
    """Wipe takes the whole width for two clips and gives the grid back afterwards."""
    grid = opened(page, site, sample(states=["done"]))
    wipe = grid.get_by_role("button", name="Wipe")
    wipe.click()
    expect(grid.get_by_role("slider", name="Divider")).to_be_visible()
    expect(grid.locator("table")).to_be_hidden()
    wipe.click()
    expect(grid.locator("table")).to_be_visible()
    expect(grid.locator("figure video")).to_have_count(6)


def test_sheets_become_tabs_and_print_in_full(page: Page, site: Site) -> None:
    """With the script one sheet shows at a time; on paper, as without a script, all do."""
    grid = opened(page, site, sample((PACE, SIZE, MODEL), ["done"]))
    first, second = grid.locator("section").all()
    expect(first).to_be_visible()
    expect(second).to_be_hidden()
    grid.get_by_role("tab", name="model 2.3-i2v").click()
    expect(first).to_be_hidden()
    expect(second).to_be_visible()
    page.emulate_media(media="print")
    expect(first).to_be_visible()
    expect(second).to_be_visible()


def test_hostile_text_runs_nothing(page: Page, site: Site) -> None:
    """Markup in labels, prompts, reasons and notes is read, not run."""
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    grid = opened(page, site, hostile("failed"))
    expect(grid.get_by_role("tab").nth(1)).to_be_visible()
    expect(grid.locator("script, img[src=x]")).to_have_count(0)
    assert grid.inner_text().count("<script>alert(1)</script>") > 10


@pytest.mark.parametrize("axes", [(PACE, SIZE), (SIZE,), (PACE, SIZE, MODEL)])
def test_a_narrow_grid_scrolls_in_its_own_box(page: Page, site: Site, axes: Any) -> None:
    """At 400 px the page itself does not scroll sideways."""
    page.set_viewport_size({"width": 400, "height": 800})
    opened(page, site, sample(axes, ["done", "failed"]))
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 400


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("colours", ["none", "active"])
def test_axe_finds_nothing(page: Page, site: Site, theme: str, colours: Any) -> None:
    """In every theme names, roles, order and contrast are right."""
    page.emulate_media(color_scheme=theme, forced_colors=colours)  # type: ignore[arg-type]
    left_out = {("fast", "1080P", "02-i2v"): "Not together."}
    of = sample((PACE, SIZE, MODEL), sorted(FINAL), left_out=left_out, warnings=("Small.",))
    opened(page, site, of, head=f"<style>{themed(theme)}</style>")
    found = Axe().run(page, options=BARE_PAGE)
    assert [one["id"] for one in found.response["violations"]] == [], found.generate_report()
