"""What was asked for comes into view: the form that was filled, the clips that were made."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.views.panel.composer_page import go, prompt
from tests.views.panel.fake import Panel
from tests.views.panel.gallery_page import Shelf, labels, listing, many, row, tile

WORDS = "1 clip is in the gallery."


def told(shelf: Shelf, *ids: str, words: str = WORDS) -> None:
    """Let Generate be answered with these clips."""
    shelf.page.evaluate("(answer) => window.made(answer)", {"ids": list(ids), "words": words})


@pytest.mark.parametrize("name", ["Use these settings", "Go on from the last frame"])
def test_the_form_that_was_filled_is_seen(panel_page: Panel, name: str) -> None:
    """In one column the page goes back up to the prompt, which has the focus."""
    panel_page.page.set_viewport_size({"width": 400, "height": 700})
    filled: dict[str, Any] = {"traits": {"prompt": "From a clip"}, "words": "It is in the form."}
    answers = {"use": filled, "continue": filled}
    panel = panel_page.open(first=listing([row(1)]), answers=answers)
    panel.get_by_role("button", name=name).click()
    expect(prompt(panel)).to_be_focused()
    expect(prompt(panel)).to_be_in_viewport()
    expect(prompt(panel)).to_have_value("From a clip")


def test_who_went_elsewhere_is_not_called_back(panel_page: Panel) -> None:
    """An answer that comes late leaves the focus where it is by then."""
    panel = panel_page.open(first=listing([row(1)]), held=("use",))
    panel.get_by_role("button", name="Use these settings").click()
    panel.get_by_role("searchbox").focus()
    panel_page.release("use", words="It is in the form.")
    expect(panel.locator(".told")).to_have_text("It is in the form.")
    expect(panel.get_by_role("searchbox")).to_be_focused()


def test_the_clip_that_was_made_is_seen(panel_page: Panel) -> None:
    """In one column the page goes down to it, and its words are told; the focus stays."""
    panel_page.page.set_viewport_size({"width": 400, "height": 700})
    rows = {"kind": "rows", "rows": [row(9, "queued")]}
    answers = {"generate": {"told": [rows], "ids": ["t9"], "words": WORDS}}
    panel = panel_page.open(first=listing(many(3)), answers=answers)
    go(panel).click()
    expect(panel.locator(".told")).to_have_text(WORDS)
    expect(tile(panel, "clip 9")).to_be_in_viewport()
    expect(go(panel)).to_be_focused()


def test_a_clip_that_is_there_already_is_scrolled_to(shelf: Shelf) -> None:
    """The list's own scroll bar goes to it."""
    gallery = shelf.open(many(24))
    expect(tile(gallery, "clip 1")).not_to_be_in_viewport()
    told(shelf, "t1")
    expect(tile(gallery, "clip 1")).to_be_in_viewport()


def test_what_a_filter_keeps_out_is_one_click_away(shelf: Shelf) -> None:
    """It is not said to be in the gallery before it is; the filter goes when it is told to."""
    gallery = shelf.open([row(2), row(1)], answers={"page": listing([row(2), row(1)])})
    gallery.get_by_label("State").select_option("done")
    shelf.wait_sent("page")
    shelf.tell(row(3, "queued"))
    told(shelf, "t3")
    line = shelf.page.locator(".told")
    expect(line).to_contain_text("The clip is outside this filter.")
    everything = listing([row(3, "queued"), row(2), row(1)])
    shelf.page.evaluate("(found) => { window.lists = () => found; }", everything)
    line.get_by_role("button", name="Clear the filter").click()
    expect(line).to_have_text(WORDS)
    expect(tile(gallery, "clip 3")).to_be_in_viewport()
    assert labels(gallery) == ["clip 3", "clip 2", "clip 1"]


@pytest.mark.parametrize(
    ("facts", "where"), [({"hidden": True}, "hidden"), ({"created_at_ms": 1}, "further down")]
)
def test_what_no_page_shows_yet_is_looked_for(
    shelf: Shelf, facts: dict[str, Any], where: str
) -> None:
    """A clip that is hidden, or older than all that is loaded, is found by its id."""
    old = row(0, **facts)
    gallery = shelf.open(many(24), total=100, held=("page",))
    shelf.tell(old)
    told(shelf, "t0")
    line = shelf.page.locator(".told")
    expect(line).to_contain_text(f"The clip is {where}.")
    line.get_by_role("button", name="Show it").click()
    wish = {"text": "t0"} | ({"hidden": True} if old["hidden"] else {})
    assert shelf.wait_sent("page")[-1] == {"filter": wish, "cursor": None}
    shelf.release("page", **listing([old]))
    expect(line).to_be_hidden()
    expect(tile(gallery, "clip 0")).to_be_in_viewport()


def test_of_several_clips_those_that_are_away_are_counted(shelf: Shelf) -> None:
    """The first that is in the list comes into view, and the line says what is missing."""
    gallery = shelf.open(many(24))
    shelf.tell(row(31, hidden=True), row(30, hidden=True))
    told(shelf, "t31", "t1", "t30", words="3 clips are in the gallery.")
    expect(shelf.page.locator(".told")).to_contain_text("2 of 3 clips are hidden.")
    expect(tile(gallery, "clip 1")).to_be_in_viewport()
    told(shelf, "t31", "t30", words="2 clips are in the gallery.")
    expect(shelf.page.locator(".told")).to_contain_text("The 2 clips are hidden.")
