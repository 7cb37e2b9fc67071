"""What is done to the clips of the gallery: actions of a tile, comparing several."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from hailuo_nb.core.rating import Rating
from hailuo_nb.views.judge.booth import side_state
from hailuo_nb.views.rating import rating_state
from tests.views.judging import film
from tests.views.panel.fake import CATALOGUE
from tests.views.panel.gallery_page import DONE, Shelf, comparison, labels, listing, many, row, tile

TOGETHER = """() => [...document.querySelectorAll(".comparison video")]
  .every((v) => !v.paused && v.currentTime > 0.1)"""

# ---- actions


def test_actions_ask_python_and_tell_its_words(shelf: Shelf) -> None:
    """Each sends its one message, and the answer's words are told."""
    answers = {
        "use": {"words": "Its prompt and settings are in the form."},
        "continue": {"words": "The last frame of clip 1 is the start image."},
    }
    gallery = shelf.open([row(1), row(0, "failed")], answers=answers)
    one = tile(gallery, "clip 1")
    for name, kind in (("Use these settings", "use"), ("Go on from the last frame", "continue")):
        one.get_by_role("button", name=name).click()
        expect(shelf.page.locator(".told")).to_have_text(answers[kind]["words"])
        assert shelf.sent(kind) == [{"id": "t1"}]
    expect(
        tile(gallery, "clip 0").get_by_role("button", name="Go on from the last frame")
    ).to_be_hidden()


def test_where_clips_are_only_looked_at_they_are_not_changed(shelf: Shelf) -> None:
    """Rename and hide are not offered; what is left is one tab stop, and arrows go round it."""
    rows = [row(1), row(0, "failed"), row(2, "generating")]
    gallery = shelf.open(rows, catalogue=CATALOGUE | {"read_only": True})
    expect(gallery.locator(".tile")).to_have_count(3)
    for act in ("rename", "hide"):
        expect(gallery.locator(f"[data-act={act}]")).to_have_count(0)
    one = tile(gallery, "clip 1")
    one.get_by_role("button", name="Go on from the last frame").focus()
    shelf.page.keyboard.press("ArrowLeft")
    expect(one.get_by_role("button", name="Download the clip")).to_be_focused()
    shelf.tell(row(1, money="0 credits"))
    expect(one.locator(".actions button:not([hidden])")).to_have_count(4)
    expect(one.locator(".actions [tabindex='0']")).to_have_count(1)
    ratings = gallery.locator(".hailuo-rating:visible")
    expect(ratings).to_have_count(0)
    shelf.tell(row(1, rating=rating_state(Rating(stars=4))))
    expect(ratings.get_by_role("button", disabled=True)).to_have_count(5)


KEPT = rating_state(Rating(stars=4, wins=True, tags=("theirs",), note="Slower."))


def test_a_clip_is_rated_where_it_stands(shelf: Shelf) -> None:
    """By mouse and keys; what Python has kept shows, and what is no clip has nothing to rate."""
    gallery = shelf.open([row(1), row(0, "failed")], answers={"rate": {"rating": KEPT}})
    one, other = tile(gallery, "clip 1"), tile(gallery, "clip 0")
    mine = one.get_by_role("group", name="Your rating of clip 1")
    mine.get_by_role("button", name="3 stars").click()
    expect(mine.get_by_role("button", pressed=True)).to_have_count(2)
    expect(mine.get_by_text("#theirs · Slower.")).to_be_visible()
    expect(mine.get_by_role("button", name="4 stars", pressed=True)).to_be_visible()
    for key in ("2", "w", "n"):
        shelf.page.keyboard.press(key)
    expect(mine.get_by_label("Tags, apart by blanks")).to_be_focused()
    shelf.page.keyboard.type(" mine")
    shelf.page.keyboard.press("Enter")
    expect(mine.get_by_role("button", name="Note and tags")).to_be_focused()
    asked = [{"stars": 3}, {"stars": 2}, {"wins": False}, {"add": ["mine"], "drop": []}]
    assert shelf.sent("rate") == [{"id": "t1", "change": change} for change in asked]
    shelf.tell(row(1, label="fox", rating=rating_state(Rating(stars=1))))
    theirs = gallery.get_by_role("group", name="Your rating of fox")
    expect(theirs.get_by_role("button", pressed=True)).to_have_accessible_name("1 star")
    expect(other.get_by_role("group", name="Your rating of clip 0")).to_be_hidden()
    expect(other.get_by_text("More", exact=True)).to_be_hidden()


def test_a_refusal_is_told_as_an_error(shelf: Shelf) -> None:
    """Python's words stand in the panel's line, marked."""
    gallery = shelf.open(DONE, before="window.refused.use = 'There is no such clip.';")
    tile(gallery, "clip 1").get_by_role("button", name="Use these settings").click()
    expect(shelf.page.locator(".told[data-level=error]")).to_have_text("There is no such clip.")


def test_a_double_click_asks_once(shelf: Shelf) -> None:
    """What is on its way is not asked again."""
    gallery = shelf.open(DONE, held=("use",))
    tile(gallery, "clip 1").get_by_role("button", name="Use these settings").dblclick()
    assert shelf.sent("use") == [{"id": "t1"}]


def test_the_prompt_is_copied_whole(shelf: Shelf) -> None:
    """Where copying is not allowed the prompt is marked instead."""
    prompt = "[Push in] A dragon.\n" + 30 * "It sleeps on. "
    gallery = shelf.open([row(1, prompt=prompt)])
    shelf.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    copy = gallery.get_by_role("button", name="Copy prompt")
    copy.click()
    expect(shelf.page.locator(".told")).to_have_text("Prompt copied.")
    assert shelf.page.evaluate("() => navigator.clipboard.readText()") == prompt
    shelf.page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(); }")
    copy.click()
    expect(shelf.page.locator(".told")).to_contain_text("press Ctrl+C")
    assert shelf.page.evaluate("() => String(getSelection())").strip() == prompt.strip()


def test_renaming_saves_on_enter_and_leaves_on_escape(shelf: Shelf) -> None:
    """The name is written where it stands; a refused one may be mended."""
    gallery = shelf.open(DONE, answers={"rename": {"words": "It is called dragon now."}})
    one = tile(gallery, "clip 1")
    rename = one.get_by_role("button", name="Rename")
    field = gallery.get_by_role("textbox", name="New name for clip 1")
    rename.click()
    expect(field).to_be_focused()
    expect(field).to_have_value("clip 1")
    field.fill("x / y")  # a slash does not leave for the search
    field.press("/")
    expect(field).to_be_focused()
    field.press("Escape")
    expect(field).to_have_count(0)
    expect(rename).to_be_focused()
    rename.click()
    shelf.page.evaluate("() => { window.refused.rename = 'That name is taken.'; }")
    field.fill("dragon")
    field.press("Enter")
    expect(shelf.page.locator(".told")).to_have_text("That name is taken.")
    expect(field).to_be_focused()
    shelf.page.evaluate("() => { delete window.refused.rename; }")
    field.press("Enter")
    expect(field).to_have_count(0)
    assert shelf.sent("rename") == 2 * [{"id": "t1", "name": "dragon"}]


def test_hiding_takes_the_tile_away(shelf: Shelf) -> None:
    """The focus goes on to the next clip; among the hidden ones it can be shown again."""
    gallery = shelf.open(DONE, answers={"hide": {"words": "clip 2 is hidden."}})
    tile(gallery, "clip 2").get_by_role("button", name="Hide").press("Enter")
    expect(tile(gallery, "clip 1")).to_be_focused()
    assert labels(gallery) == ["clip 3", "clip 1"]
    assert shelf.sent("hide") == [{"id": "t2", "hidden": True}]
    expect(gallery.get_by_text("2 clips", exact=True)).to_be_visible()
    hidden = listing([row(2, hidden=True)])
    shelf.page.evaluate("(found) => { window.lists = () => found; }", hidden)
    gallery.get_by_label("Hidden").check()
    expect(gallery.get_by_text("1 hidden", exact=True)).to_be_visible()
    tile(gallery, "clip 2").get_by_role("button", name="Show again").press("Enter")
    expect(gallery.get_by_role("searchbox")).to_be_focused()
    assert shelf.sent("hide")[1] == {"id": "t2", "hidden": False}
    assert labels(gallery) == []


def test_stop_is_asked_once_and_rests_until_it_shows(shelf: Shelf) -> None:
    """Polls that go by do not wake the button; another state does."""
    gallery = shelf.open(
        [row(1, "queued")], answers={"stop": {"words": "It is no longer watched."}}
    )
    one = tile(gallery, "clip 1")
    stop = one.get_by_role("button", name="Stop watching clip 1")
    expect(stop).to_have_accessible_description("The task goes on and may be charged.")
    stop.dblclick()
    assert shelf.sent("stop") == [{"id": "t1"}]
    expect(one.get_by_text("Stopping…")).to_be_visible()
    shelf.tell(row(1, "queued", note="a poll went by"))
    expect(stop).to_be_disabled()
    shelf.tell(row(1, "failed", headline="No longer watched", retry=None))
    expect(one.get_by_text("No longer watched")).to_be_visible()
    expect(stop).to_be_hidden()


def test_the_focus_stays_where_the_button_goes(shelf: Shelf) -> None:
    """A stop that was pressed by key leaves the focus in its tile."""
    gallery = shelf.open([row(1, "queued")], answers={"stop": {"words": "Stopped."}})
    one = tile(gallery, "clip 1")
    one.get_by_role("button", name="Stop watching clip 1").press("Enter")
    shelf.tell(row(1, "failed", headline="No longer watched"))
    expect(one).to_be_focused()


def test_the_filter_stays_when_all_is_hidden(shelf: Shelf) -> None:
    """The last clip that is hidden leaves the way back to it."""
    gallery = shelf.open([row(1)], answers={"hide": {"words": "clip 1 is hidden."}})
    gallery.get_by_role("button", name="Hide").press("Enter")
    expect(gallery.locator(".tile")).to_have_count(0)
    expect(gallery.get_by_label("Hidden")).to_be_visible()


def test_a_failure_says_why_and_offers_another_try(shelf: Shelf) -> None:
    """The first sentence stands there, the rest unfolds; the price is on the button."""
    gallery = shelf.open([row(1, "failed")], answers={"retry": {"words": "clip 1 is tried again."}})
    one = tile(gallery, "clip 1")
    first = "The service could not make the clip: the prompt was refused by its content check."
    expect(one.get_by_text(first, exact=True)).to_be_visible()
    expect(one.get_by_text("Nothing was charged.")).to_be_hidden()
    one.get_by_text(first).click()
    expect(one.get_by_text("Nothing was charged.")).to_be_visible()
    retry = one.get_by_role("button", name="Try again (30 credits): clip 1")
    retry.dblclick()
    expect(one.get_by_role("button", name="Tried again: clip 1")).to_be_disabled()
    assert shelf.sent("retry") == [{"id": "t1"}]


def test_a_try_that_is_refused_may_be_tried_again(shelf: Shelf) -> None:
    """The button wakes with its price."""
    gallery = shelf.open([row(1, "failed")], before="window.refused.retry = 'Not enough credits.';")
    retry = gallery.get_by_role("button", name="Try again (30 credits): clip 1")
    retry.click()
    expect(shelf.page.locator(".told")).to_have_text("Not enough credits.")
    retry.click()
    assert len(shelf.wait_sent("retry", 2)) == 2


def test_a_tile_has_few_stops(shelf: Shelf) -> None:
    """Tab goes from the picture to what else there is; arrows go between actions."""
    gallery = shelf.open(DONE)
    tile(gallery, "clip 3").get_by_role("button", name="Play clip 3").focus()
    focused = "() => document.activeElement.ariaLabel ?? document.activeElement.tagName"
    stops = []
    for _ in range(6):
        stops.append(shelf.page.evaluate(focused))
        shelf.page.keyboard.press("Tab")
    assert stops[:3] == ["Play clip 3", "Go on from the last frame", "Compare clip 3"]
    assert stops[3:] == ["1 star", "SUMMARY", "SUMMARY"]
    expect(gallery.get_by_role("button", name="Play clip 2")).to_be_focused()
    shelf.page.keyboard.press("Tab")
    names = []
    for key in ("ArrowRight", "ArrowRight", "End", "ArrowRight", "ArrowLeft", "Home"):
        shelf.page.keyboard.press(key)
        names.append(shelf.page.evaluate(focused))
    first, last = "Go on from the last frame", "Hide"
    assert names == ["Use these settings", "Copy prompt", last, first, last, first]


def test_actions_are_seen_when_they_have_the_focus(shelf: Shelf) -> None:
    """They are quiet until the mouse or the focus is there; their words are shown beside them."""
    gallery = shelf.open(DONE)
    one = tile(gallery, "clip 3")
    opacity = "(one) => getComputedStyle(one).opacity"
    assert one.get_by_role("toolbar").evaluate(opacity) == "0"
    one.get_by_role("button", name="Play clip 3").focus()
    shelf.page.keyboard.press("Tab")
    assert one.get_by_role("toolbar").evaluate(opacity) == "1"
    shelf.page.set_viewport_size({"width": 400, "height": 800})
    assert tile(gallery, "clip 2").get_by_role("toolbar").evaluate(opacity) == "1"


# ---- comparing


def test_two_views_agree_on_what_is_picked(shelf: Shelf) -> None:
    """A tick in one view is a tick in the other, and in the trait; Python's picks are ticks."""
    shelf.open(DONE, places=2)
    one, other = shelf.page.locator(".gallery").all()
    one.get_by_role("checkbox", name="Compare clip 2").check()
    expect(other.get_by_role("checkbox", name="Compare clip 2")).to_be_checked()
    other.get_by_role("checkbox", name="Compare clip 3").check()
    assert shelf.selection() == ["t2", "t3"]
    expect(one.get_by_role("button", name="Compare 2")).to_be_visible()
    one.get_by_role("button", name="Take out clip 2").click()
    expect(other.get_by_role("checkbox", name="Compare clip 2")).not_to_be_checked()
    shelf.page.evaluate("() => window.change({ selection: ['t1'] })")
    expect(one.get_by_role("checkbox", name="Compare clip 1")).to_be_checked()
    one.get_by_role("button", name="Clear the picked clips").click()
    expect(other.locator(".picked")).to_be_hidden()


def test_a_view_that_comes_later_knows_the_news(shelf: Shelf) -> None:
    """What was told before it was there is drawn in it too."""
    shelf.open([row(1, "queued")])
    shelf.tell(row(1), row(2, "queued"))
    shelf.page.evaluate("() => window.start(window.model.traits, 1)")
    later = shelf.page.locator(".gallery").nth(1)
    assert labels(later) == ["clip 2", "clip 1"]
    expect(tile(later, "clip 1").get_by_text("Done in 2 min 31 s")).to_be_visible()


def test_two_to_nine_are_compared(shelf: Shelf) -> None:
    """One is too few and ten are too many, and the bar says so."""
    gallery = shelf.open(many(11))
    boxes = gallery.get_by_role("checkbox", name="Compare")
    boxes.nth(0).check()
    expect(gallery.get_by_text("Pick one more to compare.")).to_be_visible()
    expect(gallery.get_by_role("button", name="Compare", exact=True)).to_be_disabled()
    for at in range(1, 9):
        boxes.nth(at).check()
    expect(gallery.get_by_role("button", name="Compare 9")).to_be_enabled()
    boxes.nth(9).click()
    expect(boxes.nth(9)).not_to_be_checked()
    expect(gallery.get_by_text("9 clips play together at most.")).to_be_visible()
    assert len(shelf.selection()) == 9


def test_a_comparison_opens_plays_together_and_closes(shelf: Shelf) -> None:
    """It stands above the tiles, has the focus, runs no script, and Escape closes it."""
    shelf.page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    gallery = shelf.open(DONE, answers={"compare": comparison("a", "b")}, selection=["t2", "t3"])
    gallery.get_by_role("button", name="Compare 2").click()
    region = gallery.page.get_by_role("region", name="Comparison", exact=True)
    expect(region.get_by_role("group", name="Clips that play together")).to_be_focused()
    assert shelf.sent("compare") == [{"ids": ["t2", "t3"]}]
    sources = region.locator("video").evaluate_all("(all) => all.map((v) => v.getAttribute('src'))")
    assert sources == ["/page-clips/a.mp4", "/page-clips/b.mp4"]
    expect(region.locator("script")).to_have_count(0)
    shelf.page.keyboard.press("Space")
    shelf.page.wait_for_function(TOGETHER)
    shelf.page.keyboard.press("w")
    shelf.page.keyboard.press("Escape")  # leaves the wipe
    expect(region).to_be_visible()
    shelf.page.keyboard.press("Escape")
    expect(region).to_be_hidden()
    expect(gallery.locator("video")).to_have_count(0)
    expect(gallery.get_by_role("button", name="Compare 2")).to_be_focused()


def test_picked_clips_are_voted_on(shelf: Shelf) -> None:
    """Two at a time, by keyboard, in the place of the comparison; axe-core has nothing to say."""
    sides = [{"index": 0, **side_state(film(name, f"{name}.mp4"))} for name in "ab"]
    facts = {"turn": 4, "progress": "4 votes of yours.", "can_undo": True, "decided": False}
    answer = {"judge": {"ballot": facts | {"clips": sides}}}
    gallery = shelf.open(DONE, answers=answer, selection=["t2", "t3"])
    gallery.get_by_role("button", name="Judge").click()
    region = gallery.page.get_by_role("region", name="Comparison", exact=True)
    expect(region.locator("video")).to_have_count(2)
    found = Axe().run(shelf.page, options={"rules": {"page-has-heading-one": {"enabled": False}}})
    assert [one["id"] for one in found.response["violations"]] == [], found.generate_report()
    region.locator(".hailuo-judge").focus()
    shelf.page.keyboard.press("a")
    picked = {"ids": ["t2", "t3"]}
    vote = picked | {"does": "vote", "turn": 4, "outcome": "left"}
    expect(region.get_by_text("A was better.")).to_be_visible()
    assert shelf.sent("judge") == [picked | {"does": "look"}, vote]
    shelf.page.keyboard.press("Escape")
    expect(region).to_be_hidden()


def test_clips_that_the_page_cannot_load_are_compared_too(shelf: Shelf) -> None:
    """Where the markup has a picture only, the clip comes in pieces and plays with the others."""
    still = comparison("a", "b")
    rows = [row(2, src="kernel:t2"), row(1, src="kernel:t1")]
    gallery = shelf.open(rows, answers={"compare": still}, selection=["t2", "t1"])
    shelf.page.evaluate(
        """async () => {
          for (const [id, name] of [["t2", "a"], ["t1", "b"]]) {
            const reply = await fetch(`/page-clips/${name}.mp4`);
            window.clips[id] = new Uint8Array(await reply.arrayBuffer());
          }
          const box = document.createElement("div");
          box.innerHTML = window.model.answers.compare.html;
          for (const video of box.querySelectorAll("video")) {
            const image = document.createElement("img");
            video.replaceWith(Object.assign(image, { src: video.poster, width: 160, height: 90 }));
          }
          window.model.answers.compare.html = box.innerHTML;
        }"""
    )
    gallery.get_by_role("button", name="Compare 2").click()
    region = gallery.page.get_by_role("region", name="Comparison", exact=True)
    expect(region.locator("video[src^=blob]")).to_have_count(2)
    region.get_by_role("button", name="Play", exact=True).click()
    shelf.page.wait_for_function(TOGETHER)


def test_a_comparison_that_is_refused_is_told(shelf: Shelf) -> None:
    """The button wakes again."""
    before = "window.refused.compare = 'There is no such clip.';"
    gallery = shelf.open(DONE, selection=["t2", "t3"], before=before)
    compare = gallery.get_by_role("button", name="Compare 2")
    compare.click()
    expect(shelf.page.locator(".told")).to_have_text("There is no such clip.")
    expect(compare).to_be_enabled()
