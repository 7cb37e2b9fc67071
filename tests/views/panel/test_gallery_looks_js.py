"""The looks of the gallery: foreign text, widths, themes, less motion; how it ends."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import expect

from tests.views.grid_shots import themed
from tests.views.panel.gallery_page import (
    COUNTED,
    DONE,
    Shelf,
    comparison,
    listing,
    many,
    row,
    tile,
)
from tests.views.site import until_moving


@pytest.mark.parametrize("state", ["done", "failed", "generating"])
def test_foreign_text_is_shown_as_text(shelf: Shelf, state: str) -> None:
    """Markup in any field makes no element and runs nothing."""
    evil = '<img src=x onerror="alert(1)"><script>alert(1)</script>'
    shelf.page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    fields = ("label", "headline", "prompt", "money", "when", "model", "note", "estimate", "retry")
    facts: dict[str, Any] = dict.fromkeys(fields, evil)
    facts |= {"explanation": f"{evil}. {evil}", "options": [evil], "id": evil}
    gallery = shelf.open([row(1, state, **facts)], selection=[evil])
    gallery.locator(".prompt summary").click()
    expect(gallery.locator("script, img[src=x]")).to_have_count(0)
    assert (gallery.text_content() or "").count("<script>alert(1)</script>") >= 5
    expect(gallery.get_by_role("button", name=f"Take out {evil}")).to_be_visible()


def test_words_that_run_the_other_way_stay_in_their_place(shelf: Shelf) -> None:
    """A name in Arabic does not turn the line around it."""
    gallery = shelf.open([row(1, label="تنين نائم", prompt="تنين نائم على قمة")])
    one = tile(gallery, "تنين نائم")
    name, badge = one.locator("bdi").first.bounding_box(), one.locator(".badge").bounding_box()
    assert name
    assert badge
    assert name["x"] < badge["x"]
    assert one.locator(".prompt summary").evaluate("(s) => getComputedStyle(s).direction") == "rtl"


@pytest.mark.parametrize("width_px", [400, 1200])
def test_long_words_stick_out_nowhere(shelf: Shelf, width_px: int) -> None:
    """300 characters without a blank, in any field, make no tile or page scroll sideways."""
    shelf.page.set_viewport_size({"width": width_px, "height": 900})
    names = ("label", "headline", "prompt", "money", "note", "explanation", "retry", "stop_hint")
    facts: dict[str, Any] = dict.fromkeys(names, 300 * "x")
    rows = [row(3, **facts), row(2, "failed", **facts), row(1, "queued", **facts)]
    gallery = shelf.open(rows, selection=["t3"])
    for fold in gallery.locator(".prompt summary").all():
        fold.click()
    assert shelf.page.evaluate("() => document.documentElement.scrollWidth") <= width_px
    wide = gallery.locator(".tile *:not(svg, path, bdi, span)").evaluate_all(
        """(all) => all.filter((one) => {
          const tile = one.closest(".tile").getBoundingClientRect();
          const { left, right, width } = one.getBoundingClientRect();
          return width && (left < tile.left - 1 || right > tile.right + 1);
        }).map((one) => one.className)"""
    )
    assert wide == []


def test_a_narrow_gallery_has_one_column(shelf: Shelf) -> None:
    """At 400 px clips stand one below the other; at 760 and 1200 side by side."""
    gallery = shelf.open(many(6))
    columns = "(all) => new Set(all.map((one) => one.getBoundingClientRect().x)).size"
    found = []
    for width_px in (400, 760, 1200):
        shelf.page.set_viewport_size({"width": width_px, "height": 900})
        found.append(gallery.locator(".tile").evaluate_all(columns))
    assert found == [1, 3, 3]


@pytest.mark.parametrize("width_px", [260, 400])
def test_the_filter_says_what_it_holds(shelf: Shelf, width_px: int) -> None:
    """However narrow the panel, each list is wide enough for its words."""
    shelf.page.set_viewport_size({"width": width_px, "height": 900})
    gallery = shelf.open(DONE)
    widths = gallery.get_by_role("combobox").evaluate_all(
        "(all) => all.map((one) => one.getBoundingClientRect().width)"
    )
    assert len(widths) == 4
    assert min(widths) > 100
    assert shelf.page.evaluate("() => document.documentElement.scrollWidth") <= width_px


@pytest.mark.parametrize("width_px", [400, 1200])
def test_the_panel_lies_on_the_page_and_holds_all_of_itself(shelf: Shelf, width_px: int) -> None:
    """In a dark notebook it is no lighter slab, and its edge leaves room for the focus."""
    shelf.page.set_viewport_size({"width": width_px, "height": 900})
    shelf.open(DONE)
    shelf.page.add_style_tag(content=themed("dark"))
    root = shelf.page.locator(".hailuo-panel")
    room = root.evaluate(
        """(root) => {
          const edge = root.getBoundingClientRect();
          return [...root.querySelectorAll(".scroller, .filter > *, .tile .picture")]
            .map((one) => one.getBoundingClientRect())
            .map(({ left, right }) => Math.min(left - edge.left, edge.right - right));
        }"""
    )
    assert min(room) >= 0
    inputs = root.locator(".filter input").first.evaluate(
        "(one) => one.getBoundingClientRect().left - "
        "one.closest('.hailuo-panel').getBoundingClientRect().left"
    )
    assert inputs >= 3  # the ring is 2 px wide, 1 px away
    page_colour = shelf.page.evaluate(
        """() => {
          const page = document.body.appendChild(document.createElement("div"));
          page.style.background = "var(--jp-layout-color0)";
          return getComputedStyle(page).backgroundColor;
        }"""
    )
    colour = "(root) => getComputedStyle(root).backgroundColor"
    assert root.evaluate(colour) == page_colour
    shelf.page.evaluate("() => { document.querySelector('main').className = 'jp-OutputArea'; }")
    assert root.evaluate(colour) == "rgba(0, 0, 0, 0)"  # Voila's is another one


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("colours", ["none", "active"])
def test_axe_finds_nothing(shelf: Shelf, theme: Any, colours: Any) -> None:
    """Names, roles, order and contrast are right, with all states, picks and a comparison."""
    shelf.page.emulate_media(color_scheme=theme, forced_colors=colours, reduced_motion="reduce")
    rows = [
        row(6, "waiting"),
        row(5, "generating", note="It is asked again."),
        row(4, "failed"),
        *DONE,
    ]
    gallery = shelf.open(rows, answers={"compare": comparison("a", "b")}, selection=["t2", "t3"])
    shelf.page.add_style_tag(content=themed(theme))
    tile(gallery, "clip 1").get_by_role("button", name="Rename").press("Enter")
    tile(gallery, "clip 2").get_by_role("button", name="Play clip 2").click()
    gallery.get_by_role("button", name="Compare 2").click()
    expect(gallery.page.locator(".comparison .tools")).to_be_visible()
    found = Axe().run(shelf.page, options={"rules": {"page-has-heading-one": {"enabled": False}}})
    assert [one["id"] for one in found.response["violations"]] == [], found.generate_report()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_where_there_is_nothing(shelf: Shelf, theme: Any) -> None:
    """The empty gallery and the filter that nothing passes are right as well."""
    gallery = shelf.open(DONE, answers={"page": listing([])})
    shelf.page.add_style_tag(content=themed(theme))
    gallery.get_by_label("State").select_option("failed")
    expect(gallery.get_by_text("No clip passes this filter.")).to_be_visible()
    found = Axe().run(shelf.page, options={"rules": {"page-has-heading-one": {"enabled": False}}})
    assert [one["id"] for one in found.response["violations"]] == [], found.generate_report()


def test_less_motion_stands_still(shelf: Shelf) -> None:
    """Rails and pictures on their way move only for people who like that."""
    shelf.page.emulate_media(reduced_motion="no-preference")
    shelf.open([row(1, "generating")], held=("posters",))
    until_moving(shelf.page, 2)
    shelf.page.emulate_media(reduced_motion="reduce")
    until_moving(shelf.page, 0)


def test_a_view_that_ends_leaves_nothing(shelf: Shelf) -> None:
    """No listener at the model, no timer, no player stays."""
    gallery = shelf.open(
        [row(2, "queued"), row(1)],
        answers={"compare": comparison("a", "b")},
        selection=["t1", "t2"],
        before=COUNTED,
    )
    gallery.get_by_role("button", name="Compare 2").click()
    expect(gallery.page.locator(".comparison .tools")).to_be_visible()
    shelf.page.evaluate("() => window.leave.forEach((leave) => leave())")
    assert shelf.page.evaluate("() => [window.listeners(), window.tickers]") == [0, 0]
    expect(shelf.page.locator("video, .hailuo-panel")).to_have_count(0)
