"""The gallery hears what becomes of its clips: rows change in place, clips play."""

import pytest
from playwright.sync_api import expect

from tests.views.panel.gallery_page import (
    COUNTED,
    DONE,
    NOW_MS,
    PICTURE,
    PLAYING,
    Shelf,
    drawn,
    labels,
    listing,
    many,
    row,
    tile,
    until_count,
)
from tests.views.site import Site

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


def test_a_clip_in_its_tile_knows_the_keys_of_a_card(shelf: Shelf) -> None:
    """Frames, seconds and speed by key, while the browser's own sliders keep their arrows."""
    gallery = shelf.open(DONE)
    tile(gallery, "clip 3").get_by_role("button", name="Play clip 3").press("Enter")
    video = tile(gallery, "clip 3").locator("video")
    shelf.page.wait_for_function(PLAYING, arg=video.element_handle())
    video.evaluate("(v) => v.pause()")
    video.focus()
    for key, frame in (("0", 0), (".", 1), ("l", 25), (",", 24)):
        shelf.page.keyboard.press(key)
        shelf.page.wait_for_function(
            "([v, frame]) => !v.seeking && Math.floor(v.currentTime * 24 + 0.01) === frame",
            arg=[video.element_handle(), frame],
        )
    shelf.page.keyboard.press("-")
    assert video.evaluate("(v) => v.playbackRate") == 0.5


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
    shelf.page.clock.pause_at(NOW_MS / 1000 + 59)
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
    at_frame = "({v, n}) => v.paused && !v.seeking && Math.floor(v.currentTime * 24 + 0.01) === n"
    for key, frame in (("Home", 0), ("ArrowRight", 1), (".", 2), ("ArrowLeft", 1), (",", 0)):
        if key == "Home":
            shelf.page.keyboard.press(" ")
        shelf.page.keyboard.press(key)
        given = {"v": video.element_handle(), "n": frame}
        for _ in range(2):
            shelf.page.wait_for_function(at_frame, arg=given)
            shelf.page.evaluate("() => new Promise((done) => setTimeout(done, 50))")
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


TELL_AS_IT_PLAYS = """(row) => {
  const tell = () => window.tell({ kind: "rows", rows: [row] });
  document.addEventListener("play", tell, { capture: true, once: true });
}"""
"""Tells of a row as soon as the first clip plays; by the time of a test it may be at its end."""


def test_a_clip_that_gets_done_plays_once(shelf: Shelf) -> None:
    """Before one's eyes, muted, through to its end; a second one waits while it plays."""
    shelf.page.emulate_media(reduced_motion="no-preference")
    gallery = shelf.open([row(2, "saving"), row(1, "saving")])
    shelf.page.evaluate(TELL_AS_IT_PLAYS, row(1))
    shelf.tell(row(2))
    video = tile(gallery, "clip 2").locator("video")
    shelf.page.wait_for_function("(v) => v.ended", arg=video.element_handle())
    expect(tile(gallery, "clip 1").get_by_text("Done in 2 min 31 s")).to_be_visible()
    assert video.evaluate("(v) => v.muted")
    expect(gallery.locator("video")).to_have_count(1)
    expect(tile(gallery, "clip 1").get_by_role("button", name="Play clip 1")).to_be_visible()


def test_less_motion_plays_nothing_unasked(shelf: Shelf) -> None:
    """Who asked for less motion sees the picture until Play is pressed."""
    gallery = shelf.open([row(2, "saving")])
    shelf.tell(row(2))
    expect(gallery.get_by_role("button", name="Play clip 2")).to_be_visible()
    expect(gallery.locator("video")).to_have_count(0)
