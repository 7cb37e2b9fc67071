"""The settled grid in a browser, with real clips."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from hailuo_nb.core.matrix import Axis
from hailuo_nb.core.task import FINAL
from hailuo_nb.views.grid.html import grid_html
from tests.views.axe import BARE_PAGE
from tests.views.grid_samples import LEFT_OUT, MODEL, PACE, SIZE, Sample, sample
from tests.views.grid_shots import themed
from tests.views.measured import judged, measured
from tests.views.samples import ERRORS, poster, strip
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


ORDER = """
(root) => [...root.querySelectorAll('figure.hailuo-clip')]
  .map((figure) => [figure.getBoundingClientRect(), figure.dataset.label])
  .sort(([a], [b]) => a.top - b.top || a.left - b.left).map(([, label]) => label)
"""

SAVED_ANEW = """
(root, html) => root.parentElement.replaceChildren(
  document.createRange().createContextualFragment(html))
"""


@pytest.mark.parametrize("axes", [(PACE, SIZE), (SIZE,), (PACE, SIZE, MODEL)])
def test_clips_are_shaded_and_sorted_by_a_measure(page: Page, site: Site, axes: Any) -> None:
    """By what the table says, with no kernel; as asked, all stands where it stood."""
    of = measured(sample(axes, ["done", "done", "done", "failed", "done"]))
    of = judged(of, [2, 5, None, 4, 1])
    grid = opened(page, site, of)
    before = grid.evaluate(ORDER)
    unfold = "(folded) => { folded.open = true }"
    grid.locator("details.hailuo-measures").evaluate(unfold)
    shown, order = grid.get_by_label("On the clips"), grid.get_by_label("Order", exact=True)
    expect(order).to_be_disabled()
    shown.select_option("sharpness")
    chips = grid.locator("figure .hailuo-measures")
    expect(chips).to_have_count(grid.locator("figure").count())
    expect(chips.first).to_have_text("Sharpness 300")
    shades = {chip.get_attribute("style") for chip in chips.all()}
    assert {"--shade: 0%;", "--shade: 44%;"} < shades
    shown.select_option("flicker")
    layout = grid.get_by_role("group", name="Layout")
    expect(layout).to_have_count(int(len(axes) > 1))
    order.select_option("lowest first")
    expect(layout.filter(visible=True)).to_have_count(0)
    rows = grid.locator("details.hailuo-measures tbody tr")
    ranked = [row.get_attribute("data-label") for row in rows.all()]
    assert grid.evaluate(ORDER) == ranked != before
    values = [
        float(text) for text in rows.locator("td:nth-of-type(6)").all_inner_texts() if text != "–"
    ]
    assert values == sorted(values)
    assert Axe().run(page, options=BARE_PAGE).response["violations"] == []
    shown.select_option("Stars")
    order.select_option("highest first")
    stars = rows.locator("td:nth-of-type(1)").all_inner_texts()
    given = sorted((int(one) for one in stars if one != "–"), reverse=True)
    assert stars == [*map(str, given), *["–"] * (len(stars) - len(given))]
    assert given[0] == 5
    shown.select_option("Votes")
    assert grid.evaluate(ORDER) == [one.label for one in of.cells]
    order.select_option("lowest first")
    grid.evaluate(SAVED_ANEW, grid_html(of.board, of.clips("/page-clips/clip.mp4")))  # by a rating
    expect(shown).to_have_value("votes:win_rate")
    grid.locator("details.hailuo-measures").evaluate(unfold)
    assert grid.evaluate(ORDER) == [one.label for one in reversed(of.cells)]
    order.select_option("as asked")
    shown.select_option("")
    assert grid.evaluate(ORDER) == before
    expect(chips).to_have_count(0)


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


def test_one_button_shows_the_frames_of_all_clips(page: Page, site: Site) -> None:
    """It opens and closes every strip; so does its key; a poster follows the pointer here, too."""
    grid = opened(page, site, sample(states=["done", "failed"]))
    button, strips = grid.get_by_role("button", name="Frames"), grid.locator(".hailuo-strip")
    expect(strips).to_have_count(3)
    expect(grid.locator(".hailuo-frames summary:visible")).to_have_count(0)
    for press in (button.click, lambda: grid.press("s")):
        expect(strips.first).to_be_hidden()
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
        for one in strips.all():
            expect(one).to_be_visible()
        press()
    video = grid.locator("video").first
    video.hover(position={"x": 9, "y": 9})
    expect(video).to_have_attribute("poster", strip()[0])
    grid.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function(PLAYING, arg=3)
    expect(video).to_have_attribute("poster", poster())


def test_without_a_script_each_strip_unfolds(page: Page, site: Site) -> None:
    """What a sanitizer leaves of a saved grid shows the frames by itself."""
    of = sample(states=["done"])
    html = grid_html(of.board, of.clips("/page-clips/clip.mp4")).partition("<script")[0]
    page.goto(site.put("plain", html))
    page.locator("summary", has_text="Frames").first.click()
    expect(page.locator(".hailuo-strip").first.locator("img").last).to_be_visible()
    expect(page.locator(".hailuo-strip").nth(1)).to_be_hidden()


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


def test_any_axis_stands_on_rows_columns_or_tabs(page: Page, site: Site) -> None:
    """By keyboard, without a kernel: each clip stays what it is, and what was hidden comes back."""
    of = sample((PACE, SIZE, MODEL), ["done"], left_out={("fast", "1080P", "2.3-i2v"): "No."})
    grid = opened(page, site, of)
    table = grid.locator(".hailuo-clips table:visible")
    heads = table.get_by_role("columnheader")
    expect(heads).to_have_text(["512P", "768P", "1080P"])
    page.evaluate("() => { document.querySelector('figure').kept = true; }")
    swap = grid.get_by_role("button", name="Swap rows and columns")
    swap.press("Enter")
    expect(heads).to_have_text(["slow", "fast"])
    expect(table.get_by_role("rowheader")).to_have_text(["512P", "768P", "1080P"])
    grid.get_by_label("model on").select_option("rows")
    expect(grid.get_by_role("tab")).to_have_text([f"resolution {one}" for one in SIZE.values])
    expect(grid.get_by_label("resolution on")).to_have_value("tabs")
    grid.get_by_role("tab").last.press("Enter")
    expect(table.get_by_text("No.")).to_be_visible()
    table.get_by_role("button", name="Hide row 2.3-i2v").press("Enter")
    expect(table.get_by_role("rowheader")).to_have_text(["02-i2v"])
    expect(grid.get_by_role("tab", selected=True)).to_have_text("resolution 1080P")
    again = grid.get_by_role("button", name="Show 1 hidden row")
    expect(again).to_be_focused()
    swap.press("Enter")
    expect(heads).to_have_text(["02-i2v", "2.3-i2v"])
    expect(again).to_be_hidden()
    swap.press("Enter")
    expect(table.get_by_role("rowheader")).to_have_text(["02-i2v"])
    again.press("Enter")
    expect(again).to_be_hidden()
    assert grid.locator("figure").count() == 11
    first = grid.locator('figure[data-label="slow · 512P · 02-i2v"]')
    assert first.evaluate("(figure) => figure.kept")
    grid.get_by_label("model on").select_option("tabs")
    assert Axe().run(page, options=BARE_PAGE).response["violations"] == []


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
    grid = opened(page, site, of, head=f"<style>{themed(theme)}</style>")
    grid.get_by_role("button", name="Frames").click()
    found = Axe().run(page, options=BARE_PAGE)
    assert [one["id"] for one in found.response["violations"]] == [], found.generate_report()


NINE = Axis(name="a-word-that-is-quite-long", values=("1", "2", "3"))


@pytest.mark.parametrize("axes", [(NINE, SIZE), (Axis(name="n", values=tuple("123456789")),)])
def test_nine_clips_fill_and_fit_the_screen(page: Page, site: Site, axes: tuple[Axis, ...]) -> None:
    """In full screen nine clips are all seen, as large as they can be, and the bar with them."""
    page.set_viewport_size({"width": 1440, "height": 900})
    of = sample(axes, ["done"])
    page.goto(site.put("nine", grid_html(of.board, of.clips("/page-clips/clip.mp4"))))
    page.get_by_role("button", name="Full screen").click()
    page.wait_for_function("() => document.fullscreenElement")
    page.wait_for_function(
        """() => {
          const root = document.fullscreenElement;
          const boxes = [...root.querySelectorAll("figure, .tools")].map((one) =>
            one.getBoundingClientRect());
          const low = Math.max(...boxes.map(({ bottom }) => bottom));
          return low <= innerHeight && low > 0.9 * innerHeight;
        }"""
    )


def test_the_corner_breaks_no_word(page: Page, site: Site) -> None:
    """The rows' heads are as wide as the longest word of the axes' names."""
    of = sample((NINE, SIZE), ["done"])
    page.goto(site.put("corner", grid_html(of.board, of.clips("/page-clips/clip.mp4"))))
    name = page.locator("thead td").get_by_text(NINE.name)
    assert name.evaluate("(one) => one.getClientRects().length") == 1


@pytest.mark.parametrize("view", ["Wipe", "Difference"])
def test_the_bar_stays_where_it_is(page: Page, site: Site, view: str) -> None:
    """Neither view moves it, and it stays in sight while the page scrolls."""
    page.set_viewport_size({"width": 900, "height": 500})
    of = sample((NINE, SIZE), ["done"])
    page.goto(site.put("bar", grid_html(of.board, of.clips("/page-clips/clip.mp4"))))
    tools = page.locator(".tools")
    play = tools.get_by_role("button", name="Play")
    before = play.bounding_box()
    page.get_by_role("button", name=view, exact=True).click()
    expect(page.locator(".stage")).to_be_visible()
    assert play.bounding_box() == before
    page.get_by_role("button", name=view, exact=True).click()
    page.mouse.wheel(0, 700)
    page.wait_for_function("() => scrollY > 150")
    expect(tools).to_be_in_viewport(ratio=1)


def test_the_keys_are_laid_out_by_themselves(page: Page, site: Site) -> None:
    """Whatever a notebook does to lists of terms, each key stands beside what it does."""
    lab = "<style>dl dt{float:left;width:32px}dd{margin-left:50%}</style>"
    of = sample((SIZE,), ["done"])
    page.goto(site.put("keys", grid_html(of.board, of.clips("/page-clips/clip.mp4")), head=lab))
    page.get_by_role("button", name="Keys").click()
    keys = page.get_by_role("dialog").get_by_role("listitem")
    assert keys.count() > 8
    for key, does in ((one.locator("span").first, one.locator("span").last) for one in keys.all()):
        a, b = key.bounding_box(), does.bounding_box()
        assert a and b and a["x"] + a["width"] <= b["x"] and abs(a["y"] - b["y"]) < 12
