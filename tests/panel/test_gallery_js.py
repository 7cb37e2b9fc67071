"""The panel's gallery in a browser, with a fake model in the kernel's place."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Locator, Page, expect

from hailuo_nb.views.compare import comparison_body
from tests.views.comparing import DRAWN
from tests.views.grid_shots import themed
from tests.views.reels import reel, write_reels
from tests.views.samples import write_clip
from tests.views.site import Site, running_site

from .gallery_page import NOW_MS, PICTURE, Shelf, listing, row, tile

PLAYING = "(v) => !v.paused && v.currentTime > 0.05"
TOGETHER = """() => [...document.querySelectorAll(".comparison video")]
  .every((v) => !v.paused && v.currentTime > 0.1)"""
COUNTED = """
  window.tickers = 0;
  const [begin, end] = [setInterval, clearInterval];
  window.setInterval = (...given) => { window.tickers += 1; return begin(...given); };
  window.clearInterval = (number) => { if (number) window.tickers -= 1; end(number); };
"""
DONE = [row(number) for number in (3, 2, 1)]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve the page and the clips."""
    folder = write_reels(tmp_path_factory.mktemp("clips"))
    with running_site(write_clip(folder / "clip.mp4")) as served:
        yield served


@pytest.fixture
def shelf(page: Page, site: Site) -> Shelf:
    """Hand out the gallery on a page of its own."""
    page.emulate_media(reduced_motion="reduce")
    return Shelf(page, site)


def labels(gallery: Locator) -> list[str]:
    """Return the labels of the tiles, in their order, also of those not drawn yet."""
    return gallery.get_by_role("heading", level=4).all_text_contents()


def drawn(page: Page) -> None:
    """Wait until the page has been drawn once more."""
    page.evaluate(f"() => ({DRAWN})()")


def many(number: int, state: str = "done", **facts: Any) -> list[dict[str, Any]]:
    """Return so many rows, newest first."""
    return [row(at, state, **facts) for at in range(number, 0, -1)]


def until_count(page: Page, selector: str, number: int) -> None:
    """Wait until so many elements match: what `expect` does, but quick on a page of hundreds."""
    condition = "([selector, n]) => document.querySelectorAll(selector).length === n"
    page.wait_for_function(condition, arg=[selector, number])


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
    shelf.page.set_viewport_size({"width": 2400, "height": 1400})
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
    whole = {"group": "done", "model": "02-i2v", "day": "2026-11-23", "hidden": True}
    assert shelf.wait_sent("page", 6)[-1] == {"filter": whole | {"text": "dragon"}, "cursor": None}
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
    shelf.page.clock.pause_at(NOW_MS / 1000 + 1)
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


# ---- news


def test_rows_are_patched_in_place(shelf: Shelf) -> None:
    """A tile goes through all states; it stays the same element and keeps the focus."""
    gallery = shelf.open([row(2, "waiting", submitted_at_ms=None), row(1)])
    root = tile(gallery, "clip 2")
    root.evaluate("(one) => { window.one = one; }")
    root.get_by_role("button", name="Copy prompt").focus()
    for state in ("queued", "generating", "saving"):
        shelf.tell(row(2, state))
        expect(root.locator(".rail .now")).to_have_count(1)
    expect(root.locator(".rail .past")).to_have_count(3)
    shelf.tell(row(2, label="renamed"))
    renamed = tile(gallery, "renamed")
    expect(renamed.get_by_text("Done in 2 min 31 s")).to_be_visible()
    expect(renamed.locator(".rail")).to_be_hidden()
    expect(renamed.get_by_role("button", name="Copy prompt")).to_be_focused()
    assert renamed.evaluate("(one) => one === window.one")


def test_a_clip_that_plays_is_not_touched(shelf: Shelf) -> None:
    """News about it, about others and of new clips let it play on."""
    gallery = shelf.open(DONE)
    tile(gallery, "clip 2").get_by_role("button", name="Play clip 2").click()
    video = gallery.locator("video")
    shelf.page.wait_for_function(PLAYING, arg=video.element_handle())
    video.evaluate(
        "(v) => { window.video = v; v.addEventListener('pause', () => { v.dataset.paused = 1; }); }"
    )
    shelf.tell(row(2, note="still here"), row(3, label="other"), row(9, "queued"))
    expect(gallery.get_by_text("still here")).to_be_visible()
    assert labels(gallery) == ["clip 9", "other", "clip 2", "clip 1"]
    assert video.evaluate("(v) => v === window.video && !v.paused && !v.dataset.paused")


def test_new_clips_go_where_their_time_says(shelf: Shelf) -> None:
    """New ones on top, newest first; older ones than all that is loaded wait for their page."""
    gallery = shelf.open([row(10), row(8)], total=50, held=("page",))
    shelf.tell(row(11, "queued"), row(12, "queued"), row(9), row(2))
    assert labels(gallery) == ["clip 12", "clip 11", "clip 10", "clip 9", "clip 8"]
    expect(gallery.get_by_text("52 clips", exact=True)).to_be_visible()
    expect(gallery.get_by_label("State").locator("option").nth(1)).to_have_text("Under way (2)")
    shelf.tell(row(12))
    expect(gallery.get_by_label("State").locator("option").nth(1)).to_have_text("Under way (1)")


def test_news_respect_the_filter(shelf: Shelf) -> None:
    """What does not pass is not added; what passes no more stays until the next look."""
    running = [row(2, "queued"), row(1, "generating")]
    gallery = shelf.open(running, answers={"page": listing(running)})
    gallery.get_by_label("State").select_option("running")
    gallery.get_by_role("searchbox").fill("CLIP peak")
    shelf.wait_sent("page", 2)
    drawn(shelf.page)
    shelf.tell(row(1), row(3), row(4, "queued", prompt="a walrus"), row(5, "queued"))
    assert labels(gallery) == ["clip 5", "clip 2", "clip 1"]


def test_a_thousand_rows_are_one_drawing(shelf: Shelf) -> None:
    """1000 new clips in one message join the list at once; the page is laid out a few times."""
    gallery = shelf.open(DONE)
    shelf.page.evaluate("""() => {
      window.records = [];
      new MutationObserver((records) => window.records.push(...records))
        .observe(document.querySelector(".tiles"), { childList: true });
    }""")
    session = shelf.page.context.new_cdp_session(shelf.page)
    session.send("Performance.enable")

    def layouts() -> int:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return next(int(one["value"]) for one in metrics if one["name"] == "LayoutCount")

    drawn(shelf.page)
    before = layouts()
    shelf.tell(*many(1003)[:1000])
    drawn(shelf.page)
    assert 1 <= layouts() - before <= 10
    assert shelf.page.evaluate("() => window.records.map((one) => one.addedNodes.length)") == [1000]
    until_count(shelf.page, ".tile", 1003)
    assert gallery.locator(".count").inner_text() == "1\u202f003 clips"


def test_what_is_far_away_is_not_drawn(shelf: Shelf) -> None:
    """Of 1000 tiles only those near the view have their content laid out."""
    gallery = shelf.open(many(1000))
    drawn(shelf.page)
    seen: int = gallery.locator(".picture").evaluate_all(
        """(all) => all.filter((one) => one.checkVisibility({ contentVisibilityAuto: true }))
          .length"""
    )
    assert 3 <= seen < 200


def test_what_becomes_of_clips_is_spoken_seldom(shelf: Shelf) -> None:
    """The first end is spoken at once, those of the next 8 s together."""
    shelf.page.clock.install(time=NOW_MS / 1000)
    gallery = shelf.open([row(at, "generating") for at in range(6, 0, -1)])
    spoken = gallery.locator(".spoken[aria-live=polite]")
    shelf.tell(row(1))
    expect(spoken).to_have_text("1 clip is done, 5 under way.")
    shelf.tell(row(2), row(3, "failed"))
    shelf.tell(row(4))
    expect(spoken).to_have_text("1 clip is done, 5 under way.")
    shelf.page.clock.run_for(8000)
    expect(spoken).to_have_text("2 clips are done, 1 ended without a clip, 2 under way.")


def test_all_clocks_tick_by_one_timer(shelf: Shelf) -> None:
    """Elapsed time runs in the browser, sends nothing, and says when it takes longer."""
    shelf.page.clock.install(time=NOW_MS / 1000)
    shelf.page.clock.pause_at(NOW_MS / 1000 + 59)
    before = COUNTED
    gallery = shelf.open(
        [row(3, "queued"), row(2, "generating"), row(1), row(0, "waiting", submitted_at_ms=None)],
        before=before,
    )
    expect(gallery.get_by_text("0:59")).to_have_count(2)
    shelf.page.clock.run_for(2000)
    expect(gallery.get_by_text("1:01")).to_have_count(2)
    expect(gallery.get_by_text("usually 2-4 min", exact=True)).to_have_count(3)
    shelf.page.clock.run_for(3600_000)
    expect(gallery.get_by_text("1:01:01")).to_have_count(2)
    expect(gallery.get_by_text("usually 2-4 min, longer this time")).to_have_count(2)
    assert shelf.page.evaluate("() => window.tickers") == 1
    assert shelf.page.evaluate("() => model.sent.map(({ kind }) => kind)") == ["posters"]


# ---- playing


def test_a_clip_plays_where_it_stands(shelf: Shelf) -> None:
    """Until Play is pressed nothing is loaded; then it plays muted, in a loop, with controls."""
    asked: list[str] = []
    shelf.page.on("request", lambda request: asked.append(request.url))
    gallery = shelf.open(DONE)
    expect(gallery.locator(".frame img")).to_have_count(3)
    expect(gallery.locator("video")).to_have_count(0)
    assert [url for url in asked if url.endswith(".mp4")] == []
    play = tile(gallery, "clip 3").get_by_role("button", name="Play clip 3")
    play.focus()
    shelf.page.keyboard.press("Enter")
    video = tile(gallery, "clip 3").locator("video")
    expect(video).to_have_attribute("src", "/page-clips/clip.mp4")
    expect(video).to_be_focused()
    shelf.page.wait_for_function(PLAYING, arg=video.element_handle())
    assert video.evaluate("(v) => [v.muted, v.loop, v.controls, v.poster]") == [
        True,
        True,
        True,
        PICTURE,
    ]
    tile(gallery, "clip 1").get_by_role("button", name="Play clip 1").click()
    shelf.page.wait_for_function(
        PLAYING, arg=tile(gallery, "clip 1").locator("video").element_handle()
    )
    assert video.evaluate("(v) => v.paused")


@pytest.mark.parametrize("src", ["not-there.mp4", "kernel:t1"])
def test_a_clip_that_the_page_cannot_load_comes_in_pieces(
    shelf: Shelf, site: Site, src: str
) -> None:
    """It plays from memory, is asked for piece by piece, and is let go when the view ends."""
    gallery = shelf.open([row(1, src=src)])
    size = shelf.page.evaluate(
        """async () => {
          const reply = await fetch("/page-clips/clip.mp4");
          window.clips.t1 = new Uint8Array(await reply.arrayBuffer());
          window.revoked = [];
          const revoke = URL.revokeObjectURL;
          URL.revokeObjectURL = (url) => { window.revoked.push(url); revoke(url); };
          return window.clips.t1.length;
        }"""
    )
    gallery.get_by_role("button", name="Play clip 1").click()
    video = gallery.locator("video")
    shelf.page.wait_for_function(PLAYING, arg=video.element_handle())
    assert [one["start"] for one in shelf.sent("clip")] == list(range(0, size, 4096))
    expect(gallery.locator(".loading")).to_be_hidden()
    address = video.get_attribute("src")
    shelf.page.evaluate("() => window.leave.forEach((leave) => leave())")
    assert shelf.page.evaluate("() => window.revoked") == [address]


def test_a_clip_that_cannot_be_had_says_so(shelf: Shelf) -> None:
    """It says that it loads, and then in words why it does not play."""
    gallery = shelf.open([row(1, src="kernel:t1")], held=("clip",))
    gallery.get_by_role("button", name="Play clip 1").click()
    expect(gallery.get_by_text("Loading…")).to_be_visible()
    shelf.release("clip", refused="The clip is not there any more.")
    expect(gallery.get_by_text("The clip is not there any more.")).to_be_visible()


def test_a_damaged_clip_says_so(shelf: Shelf) -> None:
    """Where neither address nor pieces give a clip, it is called damaged."""
    gallery = shelf.open([row(1, src="damaged.mp4")])
    shelf.page.evaluate("() => { window.clips.t1 = new Uint8Array(100); }")
    gallery.get_by_role("button", name="Play clip 1").click()
    expect(gallery.locator(".loading")).to_have_text(
        "This clip cannot be played: its file is missing or damaged."
    )


def test_a_clip_that_gets_done_plays_once(shelf: Shelf) -> None:
    """Before one's eyes, muted, through to its end; a second one waits while it plays."""
    shelf.page.emulate_media(reduced_motion="no-preference")
    gallery = shelf.open([row(2, "saving"), row(1, "saving")])
    shelf.tell(row(2))
    video = tile(gallery, "clip 2").locator("video")
    shelf.page.wait_for_function(PLAYING, arg=video.element_handle())
    shelf.tell(row(1))
    shelf.page.wait_for_function("(v) => v.ended", arg=video.element_handle())
    assert video.evaluate("(v) => v.muted")
    expect(gallery.locator("video")).to_have_count(1)
    expect(tile(gallery, "clip 1").get_by_role("button", name="Play clip 1")).to_be_visible()


def test_less_motion_plays_nothing_unasked(shelf: Shelf) -> None:
    """Who asked for less motion sees the picture until Play is pressed."""
    gallery = shelf.open([row(2, "saving")])
    shelf.tell(row(2))
    expect(gallery.get_by_role("button", name="Play clip 2")).to_be_visible()
    expect(gallery.locator("video")).to_have_count(0)


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
    """Tab goes to the picture, the actions, the tick and the prompt; arrows go between actions."""
    gallery = shelf.open(DONE)
    tile(gallery, "clip 3").get_by_role("button", name="Play clip 3").focus()
    focused = "() => document.activeElement.ariaLabel ?? document.activeElement.tagName"
    stops = []
    for _ in range(4):
        stops.append(shelf.page.evaluate(focused))
        shelf.page.keyboard.press("Tab")
    assert stops == ["Play clip 3", "Go on from the last frame", "Compare clip 3", "SUMMARY"]
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


def comparison(*names: str) -> dict[str, str]:
    """Return Python's answer with these clips side by side, and a script that must not run."""
    body = comparison_body(
        [reel(name, folder="", label=f"clip {at}") for at, name in enumerate(names, 1)]
    )
    return {"html": body.replace('src="/', 'src="') + "<script>alert(1)</script>"}


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
    region = gallery.get_by_role("region", name="Comparison", exact=True)
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
    region = gallery.get_by_role("region", name="Comparison", exact=True)
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


# ---- text, looks, ends


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
    expect(gallery.locator(".comparison .tools")).to_be_visible()
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
    moving = "() => document.getAnimations().filter((a) => a.playState === 'running').length"
    shelf.page.emulate_media(reduced_motion="no-preference")
    shelf.open([row(1, "generating")], held=("posters",))
    assert shelf.page.evaluate(moving) == 2
    shelf.page.emulate_media(reduced_motion="reduce")
    assert shelf.page.evaluate(moving) == 0


def test_a_view_that_ends_leaves_nothing(shelf: Shelf) -> None:
    """No listener at the model, no timer, no player stays."""
    gallery = shelf.open(
        [row(2, "queued"), row(1)],
        answers={"compare": comparison("a", "b")},
        selection=["t1", "t2"],
        before=COUNTED,
    )
    gallery.get_by_role("button", name="Compare 2").click()
    expect(gallery.locator(".comparison .tools")).to_be_visible()
    shelf.page.evaluate("() => window.leave.forEach((leave) => leave())")
    assert shelf.page.evaluate("() => [window.listeners(), window.tickers]") == [0, 0]
    expect(shelf.page.locator("video, .hailuo-panel")).to_have_count(0)
