"""The gallery in a browser, a fake model in the kernel's place: clips, filter, pages."""

import re

from playwright.sync_api import expect

from tests.views.panel.gallery_page import (
    DONE,
    NOW_MS,
    PICTURE,
    Shelf,
    drawn,
    labels,
    listing,
    many,
    row,
    tile,
    until_count,
)
from tests.views.samples import poster

TITLES = ("Camera", "Motion")

# ---- what is there at once


def test_the_first_page_needs_no_message_but_its_pictures(shelf: Shelf) -> None:
    """The newest clips stand there at once, newest first; only pictures are asked for."""
    gallery = shelf.open(DONE)
    assert labels(gallery) == ["clip 3", "clip 2", "clip 1"]
    expect(gallery.locator(".frame img")).to_have_count(3)
    assert shelf.page.evaluate("() => model.sent.map(({ kind }) => kind)") == ["posters"]
    assert shelf.sent("posters") == [{"ids": ["t3", "t2", "t1"]}]
    expect(gallery.get_by_text("3 clips", exact=True)).to_be_visible()


def test_a_tile_tells_its_facts(shelf: Shelf) -> None:
    """Name, mark, what became of it, money and time stand there; prompt and settings unfold."""
    gallery = shelf.open([row(1), row(0, simulated=False)])
    one = tile(gallery, "clip 1")
    for words in ("SIMULATED", "Done in 2 min 31 s", "30 simulated credits", "23 Nov 09:12"):
        expect(one.get_by_text(words, exact=True)).to_be_visible()
    expect(one.get_by_text("768P")).to_be_hidden()
    one.locator(".prompt summary").click()
    expect(one.get_by_text("768P")).to_be_visible()
    expect(tile(gallery, "clip 0").get_by_text("SIMULATED", exact=True)).to_be_hidden()


def test_clips_stand_in_the_order_of_a_measure(shelf: Shelf) -> None:
    """The kernel sorts; each tile says what it is sorted by, and what is new stands on top."""
    gallery = shelf.open(DONE)
    order = gallery.get_by_label("Order")
    ways = [f"{title}: {way} first" for way in ("highest", "lowest") for title in TITLES]
    expect(order.locator("option")).to_have_text(["Newest first", *ways])
    expect(gallery.locator("p.hailuo-measures")).to_have_count(3)
    expect(gallery.locator("p.hailuo-measures:visible")).to_have_count(0)
    sorted_ = [
        row(1, measures={"motion": "Motion 40 %"}),
        row(3, measures={"motion": "Motion 2 %"}),
    ]
    shelf.page.evaluate(
        "(found) => { window.lists = () => found; }", listing([*sorted_, row(2)], total=9)
    )
    order.select_option("motion:falling")
    expect(gallery.locator("p.hailuo-measures")).to_have_text(
        ["Motion 40 %", "Motion 2 %", "not measured"]
    )
    assert labels(gallery) == ["clip 1", "clip 3", "clip 2"]
    assert shelf.sent("page")[-1]["filter"] == {"sort": "motion:falling"}
    expect(gallery.get_by_role("button", name="Clear", exact=True)).to_be_hidden()
    shelf.tell(row(4, "generating"), row(0))
    expect(gallery.locator(".tile")).to_have_count(4)
    assert labels(gallery) == ["clip 4", "clip 1", "clip 3", "clip 2"]
    order.select_option("")
    expect(gallery.locator("p.hailuo-measures:visible")).to_have_count(0)


def test_pictures_are_asked_for_as_they_come_into_view(shelf: Shelf) -> None:
    """At most 24 at once, one message after the other, none for what is far below."""
    gallery = shelf.open(many(200))
    shelf.page.wait_for_function("() => document.querySelector('.frame img')")
    drawn(shelf.page)
    asked = [id for one in shelf.sent("posters") for id in one["ids"]]
    assert 3 <= len(asked) < 40
    assert asked[0] == "t200"
    gallery.locator(".tile").last.scroll_into_view_if_needed()
    until_count(shelf.page, ".tile:last-child img", 1)
    assert max(len(one["ids"]) for one in shelf.sent("posters")) <= 24
    asked = [id for one in shelf.sent("posters") for id in one["ids"]]
    assert len(asked) == len(set(asked)) < 100


def test_many_pictures_in_view_are_asked_in_batches(shelf: Shelf) -> None:
    """While one message is on its way no other leaves; the next ones take what is left."""
    shelf.page.set_viewport_size({"width": 3200, "height": 1400})
    shelf.open(many(60), held=("posters",))
    shelf.wait_sent("posters")
    drawn(shelf.page)
    assert [len(one["ids"]) for one in shelf.sent("posters")] == [24]
    shelf.release("posters", posters={})
    first, second = (one["ids"] for one in shelf.wait_sent("posters", 2))
    assert 1 <= len(second) <= 24
    assert not set(first) & set(second)
    until_count(shelf.page, ".frame.bare", 24)


def test_a_picture_that_is_known_is_not_asked_for_again(shelf: Shelf) -> None:
    """It is kept through filters; a clip that became done has a new one."""
    gallery = shelf.open([row(2, "generating"), row(1)])
    expect(gallery.locator(".frame img")).to_have_count(2)
    shelf.page.evaluate("(found) => { window.lists = () => found; }", listing([row(1)]))
    gallery.get_by_label("State").select_option("done")
    expect(gallery.locator(".tile")).to_have_count(1)
    shelf.page.evaluate(
        "(found) => { window.lists = () => found; }", listing([row(2, "generating"), row(1)])
    )
    gallery.get_by_label("State").select_option("")
    expect(gallery.locator(".frame img")).to_have_count(2)
    assert len(shelf.sent("posters")) == 1
    shelf.tell(row(2))
    assert shelf.wait_sent("posters", 2)[1] == {"ids": ["t2"]}


def test_a_picture_that_is_made_later_is_asked_for(shelf: Shelf) -> None:
    """A tile that had none asks again once its row tells of one, also where no clip comes of it."""
    bare = [row(2, "queued", has_picture=False), row(1, "queued", has_picture=False)]
    before = "window.pictures = () => undefined;"
    gallery = shelf.open(bare, before=before)
    until_count(shelf.page, ".frame.bare", 2)
    shelf.tell(row(2, "queued", has_picture=False, note="a poll went by"))
    expect(gallery.get_by_text("a poll went by")).to_be_visible()
    shelf.page.evaluate("(one) => { window.pictures = () => one; }", PICTURE)
    shelf.tell(row(2, "queued"))
    until_count(shelf.page, ".frame img", 1)
    shelf.tell(row(1, "failed"))
    until_count(shelf.page, ".frame img", 2)
    assert [one["ids"] for one in shelf.sent("posters")] == [["t2", "t1"], ["t2"], ["t1"]]
    shelf.tell(row(1, "failed", label="renamed"))
    expect(tile(gallery, "renamed").locator(".frame img")).to_have_count(1)
    assert len(shelf.sent("posters")) == 3


def test_a_picture_follows_the_pointer(shelf: Shelf) -> None:
    """Frames are asked for once one is wanted; each shows at its moment, by keys too, and goes."""
    frames = [poster(32, 18 + 2 * number) for number in range(4)]
    gallery = shelf.open(DONE, answers={"strip": {"strip": frames}})
    one = tile(gallery, "clip 2")
    image, frame = one.locator(".frame img"), one.locator(".frame")
    expect(image).to_have_attribute("src", PICTURE)
    assert shelf.sent("strip") == []
    box = one.locator(".play").bounding_box()
    assert box is not None
    middle_px = box["y"] + box["height"] / 2
    one.locator(".play").hover()
    assert shelf.wait_sent("strip") == [{"id": "t2"}]
    for share, shown in ((0.1, 0), (0.4, 1), (0.6, 2), (0.9, 3)):
        shelf.page.mouse.move(box["x"] + share * box["width"], middle_px)
        expect(image).to_have_attribute("src", frames[shown])
        expect(frame).to_have_attribute("style", re.compile(f"--moment: {25 * (shown + 1)}%"))
    shelf.tell(row(2, label="clip 2", note="rated elsewhere"))
    expect(one.get_by_text("rated elsewhere")).to_be_visible()
    expect(image).to_have_attribute("src", frames[3])
    shelf.page.mouse.move(0, 0)
    expect(image).to_have_attribute("src", PICTURE)
    expect(frame).not_to_have_class(re.compile("follows"))
    for key, shown in (("Left", 3), ("Left", 2), ("Right", 3), ("Right", 3)):
        one.locator(".play").press(f"Arrow{key}")
        expect(image).to_have_attribute("src", frames[shown])
    assert shelf.sent("strip") == [{"id": "t2"}]


def test_a_clip_without_frames_keeps_its_picture(shelf: Shelf) -> None:
    """Nothing follows where there is no strip, or no answer; it is asked for again later."""
    gallery = shelf.open(DONE)
    play = tile(gallery, "clip 2").locator(".play")
    play.hover()
    shelf.wait_sent("strip")
    play.hover(position={"x": 9, "y": 9})
    expect(tile(gallery, "clip 2").locator(".frame img")).to_have_attribute("src", PICTURE)
    shelf.page.evaluate("() => { window.refused.strip = 'The kernel is gone.'; }")
    tile(gallery, "clip 1").locator(".play").hover()
    shelf.wait_sent("strip", 2)
    play.hover()
    assert [one["id"] for one in shelf.wait_sent("strip", 3)] == ["t2", "t1", "t2"]
    expect(gallery.locator(".frame.follows")).to_have_count(0)


def test_without_clips_it_says_what_comes(shelf: Shelf) -> None:
    """An empty history has kind words and no filter."""
    gallery = shelf.open()
    words = "Your clips will stand here. Write a prompt and press Generate."
    expect(gallery.get_by_text(words)).to_be_visible()
    expect(gallery.get_by_role("searchbox")).to_be_hidden()
    expect(gallery.get_by_role("button")).to_have_count(0)
    shelf.tell(row(1, "queued"))
    expect(gallery.get_by_text(words)).to_be_hidden()
    expect(gallery.get_by_role("searchbox")).to_be_visible()
    expect(gallery.get_by_text("1 clip", exact=True)).to_be_visible()


# ---- the filter


def test_the_filter_asks_for_a_page(shelf: Shelf) -> None:
    """Words, state, model, day and what is hidden go along; the numbers stand there in words."""
    gallery = shelf.open(DONE, total=10_000, held=("page",))
    shelf.wait_sent("page")  # the end of so short a list is in view at once
    gallery.get_by_label("State").select_option("done")
    gallery.get_by_label("Model").select_option("02-i2v")
    gallery.get_by_label("Day").select_option("2026-11-23")
    gallery.get_by_label("Hidden").check()
    shelf.page.keyboard.press("/")
    expect(gallery.get_by_role("searchbox")).to_be_focused()
    shelf.page.keyboard.type("dragon ")
    shelf.page.wait_for_function("() => window.model.sent.at(-1).filter.text === 'dragon'")
    whole = {"group": "done", "model": "02-i2v", "day": "2026-11-23", "hidden": True}
    assert shelf.sent("page")[-1] == {"filter": whole | {"text": "dragon"}, "cursor": None}
    expect(gallery.get_by_label("State").locator("option")).to_have_text(
        ["All states", "Under way (0)", "Done (10 000)", "Without a clip (0)"]
    )
    expect(gallery.get_by_label("Day").locator("option")).to_have_text(
        ["All days", "23 Nov 2026 (10 000)"]
    )


def test_how_many_pass_stands_in_words(shelf: Shelf) -> None:
    """14 of 10 000; with the filter cleared, all."""
    gallery = shelf.open(many(24), total=10_000)
    expect(gallery.get_by_text("10 000 clips", exact=True)).to_be_visible()
    found = listing(many(14)) | {"facets": listing(many(24), total=10_000)["facets"]}
    shelf.page.evaluate(
        "([found, all]) => { window.lists = ({ filter }) => filter.group ? found : all; }",
        [found, listing(many(24), total=10_000)],
    )
    gallery.get_by_label("State").select_option("done")
    expect(gallery.get_by_text("14 of 10 000", exact=True)).to_be_visible()
    expect(gallery.get_by_role("status").get_by_text("14 of 10 000.")).to_have_count(1)
    gallery.get_by_role("button", name="Clear", exact=True).click()
    expect(gallery.get_by_text("10 000 clips", exact=True)).to_be_visible()
    expect(gallery.get_by_role("searchbox")).to_be_focused()


def test_typing_asks_once(shelf: Shelf) -> None:
    """Only when the hand rests is a page asked for; what changes nothing asks for none."""
    shelf.page.clock.install(time=NOW_MS / 1000)
    shelf.page.clock.pause_at(NOW_MS / 1000 + 59)
    gallery = shelf.open(DONE)
    gallery.get_by_role("searchbox").press_sequentially("dragon")
    shelf.page.clock.run_for(249)
    assert shelf.sent("page") == []
    shelf.page.clock.run_for(1)
    assert shelf.sent("page") == [{"filter": {"text": "dragon"}, "cursor": None}]
    gallery.get_by_role("searchbox").press("Space")
    shelf.page.clock.run_for(500)
    assert len(shelf.sent("page")) == 1


def test_the_late_answer_of_an_older_wish_is_ignored(shelf: Shelf) -> None:
    """Also where it comes after the newer one's."""
    gallery = shelf.open(DONE, held=("page",))
    gallery.get_by_label("State").select_option("running")
    gallery.get_by_label("State").select_option("failed")
    shelf.wait_sent("page", 2)
    shelf.page.evaluate(
        """([older, newer]) => {
          const [first, second] = window.model.waiting;
          window.tell({ answer: second.ask, ...newer });
          window.tell({ answer: first.ask, ...older });
        }""",
        [listing([row(8, "queued")]), listing([row(9, "failed")])],
    )
    expect(gallery.locator(".tile h4")).to_have_text(["clip 9"])


def test_a_filter_that_nothing_passes_says_so(shelf: Shelf) -> None:
    """It offers to clear the filter, and a refusal is told in words."""
    gallery = shelf.open(DONE, answers={"page": listing([])})
    gallery.get_by_label("State").select_option("failed")
    expect(gallery.get_by_text("No clip passes this filter.")).to_be_visible()
    shelf.page.evaluate("() => { window.refused.page = 'The history cannot be read.'; }")
    gallery.get_by_role("button", name="Clear the filter").click()
    expect(shelf.page.locator(".told")).to_have_text("The history cannot be read.")
    expect(gallery.get_by_label("State")).to_have_value("")


# ---- pages


def test_more_is_loaded_near_the_end(shelf: Shelf) -> None:
    """Scrolling down asks for the next page once, with the cursor; the last has no button."""
    gallery = shelf.open(many(80), total=83, held=("page",))
    drawn(shelf.page)
    assert shelf.sent("page") == []
    gallery.locator(".tile").last.scroll_into_view_if_needed()
    assert shelf.wait_sent("page") == [{"filter": {}, "cursor": [1.0, "t1"]}]
    expect(gallery.get_by_role("button", name="Loading…")).to_be_disabled()
    shelf.release("page", **listing([row(0), row(-1), row(-2)]) | {"total": 83})
    until_count(shelf.page, ".tile", 83)
    expect(gallery.get_by_role("button", name="Show more")).to_be_hidden()
    assert len(shelf.sent("page")) == 1


def test_show_more_works_by_keyboard(shelf: Shelf) -> None:
    """The focus goes to the first clip that came; a refusal leaves the button."""
    before = "window.refused.page = 'The kernel is busy.';"
    gallery = shelf.open(many(3), total=4, before=before)
    more = gallery.get_by_role("button", name="Show more")
    expect(shelf.page.locator(".told")).to_have_text("The kernel is busy.")
    assert len(shelf.sent("page")) == 1
    shelf.page.evaluate(
        "(next) => { delete window.refused.page; window.lists = () => next; }",
        listing([row(0)]) | {"total": 4},
    )
    more.press("Enter")
    expect(tile(gallery, "clip 0")).to_be_focused()
    expect(more).to_be_hidden()


def test_pages_of_another_filter_are_not_mixed(shelf: Shelf) -> None:
    """More of the old list, coming after a new wish, is not added."""
    gallery = shelf.open(many(80), total=200, held=("page",))
    gallery.locator(".tile").last.scroll_into_view_if_needed()
    shelf.wait_sent("page")
    gallery.get_by_label("State").select_option("done")
    shelf.wait_sent("page", 2)
    shelf.release("page", **listing([row(0)]))
    shelf.release("page", **listing([row(500)]))
    assert labels(gallery) == ["clip 500"]
