"""The comparison's player in a browser: clips of several lengths and sizes in lockstep."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from hailuo_nb.views.facts import Facts
from tests.views.comparing import (
    DRAWN,
    SHOWN_GREYS,
    Opened,
    button,
    found,
    grey_of_all,
    stepped_to,
    until,
)
from tests.views.reels import reel
from tests.views.samples import snapshot


def test_nothing_plays_or_loads_unasked(page: Page, opened: Opened) -> None:
    """A notebook with comparisons fetches no clip, and plays none, until someone asks for it."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    opened("a", "b")
    page.evaluate(DRAWN)
    assert [url for url in asked if url.endswith(".mp4")] == []
    assert found(page, "playing.length") == 0


def test_reduced_motion_starts_paused_and_still_obeys(page: Page, opened: Opened) -> None:
    """Who asked the system for less motion sees stills until Play is pressed."""
    page.emulate_media(reduced_motion="reduce")
    root = opened("a", "b")
    page.evaluate(DRAWN)
    assert found(page, "playing.length") == 0
    button(root, "Play").click()
    until(page, "playing.length === 2")


def test_one_toolbar_takes_the_place_of_all_controls(page: Page, opened: Opened) -> None:
    """The clips' own controls go, and there is one of each button."""
    root = opened("a", "b", "short")
    assert found(page, "videos.filter((v) => v.controls || v.loop).length") == 0
    for name in ("Play", "Previous frame", "Next frame", "To the start", "To the end", "Loop"):
        expect(button(root, name)).to_have_count(1)


def test_play_and_pause_move_all_clips_together(page: Page, opened: Opened) -> None:
    """They run in step, and a pause leaves every one on the same frame."""
    root = opened("a", "b", "tall")
    button(root, "Play").click()
    until(page, "playing.length === 3 && Math.min(...times) > 0.3 && spread < 1 / 24")
    button(root, "Pause").click()
    until(page, "still && spread < 0.001")
    grey_of_all(page)


def test_clips_that_are_all_but_there_are_brought_to_one_time(page: Page, opened: Opened) -> None:
    """Those that a pause finds a little before and a little after it end at the very same time."""
    root = opened("a", "b")
    stepped_to(page, root, 10)
    page.keyboard.press(",")  # sought: nothing makes sure of it afterwards
    until(page, "still && are(frames, 9)")
    page.evaluate(
        """([before_s, after_s]) => {
          const [one, other] = document.querySelectorAll("video");
          [one.currentTime, other.currentTime] = [before_s, after_s];
        }""",
        [8.5 / 24 - 0.0009, 8.5 / 24 + 0.0009],
    )
    until(page, "still && are(frames, 8) && spread > 0.001")
    page.keyboard.press(",")
    until(page, "still && spread < 0.001")


def test_a_click_on_a_clip_plays_and_pauses_all(page: Page, opened: Opened) -> None:
    """Each picture is a play button for all."""
    root = opened("a", "b")
    root.locator("video").first.click()
    until(page, "playing.length === 2 && times[0] > 0.1")
    root.locator("video").last.click()
    until(page, "still")


def test_frames_step_one_by_one_in_all_clips(page: Page, opened: Opened) -> None:
    """Next and Previous move all by one frame, on the screen too, from the first press on."""
    root = opened("a", "b", "tall")
    for number in range(1, 4):
        button(root, "Next frame").click()
        until(page, "still && are(frames, arg)", number)
    third = grey_of_all(page)
    button(root, "Previous frame").click()
    until(page, "still && are(frames, 2)")
    second = grey_of_all(page)
    assert second < third


def test_after_any_rhythm_of_steps_all_show_the_very_frame(page: Page, opened: Opened) -> None:
    """However fast or slow they follow each other, the pictures end on one and the same frame."""
    root = opened("a", "b", "tall")
    stepped_to(page, root, 1)
    shown, expected = [], 1
    for pauses_ms in ((0, 0, 0), (10, 25, 40), (60, 5, 90), (33, 33, 33), (16, 50, 0)):
        root.evaluate(PRESS_AFTER, list(pauses_ms))
        expected += 3
        until(page, "still && are(frames, arg)", expected)
        page.evaluate(DRAWN)
        shown.append(grey_of_all(page))
    steps = [later - earlier for earlier, later in pairwise(shown)]
    assert max(steps) - min(steps) <= 3


def test_a_frame_that_was_played_to_is_sought_too(page: Page, opened: Opened) -> None:
    """A browser may leave its neighbour on the screen; a seek to its middle makes sure."""
    root = opened("a", "b")
    stepped_to(page, root, 1)
    page.evaluate(SLOWLY)
    page.keyboard.press(".")
    until(page, "still && times.every((time) => Math.abs(time * 24 - 2.5) < 0.01)")


SLOWLY = """() => {
  for (const video of document.querySelectorAll("video")) {
    video.playbackRate = 0.2;
    Object.defineProperty(video, "playbackRate", { get: () => 1, set: () => {} });
  }
}"""
"""Frames last so long that the one that is played to is met, not passed, on a busy machine, too."""


PRESS_AFTER = """async (root, pauses_ms) => {
  for (const pause_ms of pauses_ms) {
    await new Promise((done) => setTimeout(done, pause_ms));
    root.dispatchEvent(new KeyboardEvent("keydown", { key: "." }));
  }
}"""


def test_stepping_fast_loses_no_step(page: Page, opened: Opened) -> None:
    """Steps asked for faster than clips can seek add up."""
    root = opened("a", "b")
    stepped_to(page, root, 1)
    root.evaluate("""(root) => {
      const press = () => root.dispatchEvent(new KeyboardEvent("keydown", { key: "." }));
      for (let step = 0; step < 20; step += 1) press();
    }""")
    until(page, "still && are(frames, 21)")


def test_stepping_stays_within_the_clips(page: Page, opened: Opened) -> None:
    """Before the first and after the last frame there is nothing to step to."""
    root = opened("a", "b")
    button(root, "Previous frame").click()
    until(page, "still && are(frames, 0) && videos[0].readyState > 1")
    button(root, "To the end").click()
    until(page, "still && are(frames, 71)")
    button(root, "Next frame").click()
    page.evaluate(DRAWN)
    until(page, "still && are(frames, 71)")


def test_a_drag_scrubs_with_one_seek_at_a_time(page: Page, opened: Opened) -> None:
    """While the slider is dragged a clip never gets a second seek before the first landed."""
    root = opened("a", "b")
    stepped_to(page, root, 1)
    page.evaluate("""() => {
      window.flights = [...document.querySelectorAll("video")].map((video) => {
        const flight = { now: 0, most: 0, landed: 0 };
        video.onseeking = () => { flight.most = Math.max(flight.most, ++flight.now); };
        video.onseeked = () => { flight.now = 0; flight.landed += 1; };
        return flight;
      });
    }""")
    box = root.get_by_label("Time of all clips").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 10, box["y"] + box["height"] / 2)
    page.mouse.down()
    for share in (0.3, 0.7):  # each of the two seeks twice at least, however slow a seek is
        page.mouse.move(box["x"] + box["width"] * share, box["y"] + box["height"] / 2, steps=20)
        until(page, "still && spread < 0.001 && Math.abs(times[0] - 3 * arg) < 0.3", share)
    page.mouse.up()
    flights = page.evaluate("() => window.flights")
    assert [flight["most"] for flight in flights] == [1, 1]
    assert min(flight["landed"] for flight in flights) > 2


def test_after_a_drag_what_played_plays_on(page: Page, opened: Opened) -> None:
    """During the drag the clips stand still where the hand is; afterwards they go on."""
    root = opened("a", "b")
    button(root, "Play").click()
    until(page, "playing.length === 2")
    box = root.get_by_label("Time of all clips").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] / 2, steps=5)
    until(page, "still && times[0] > 1.2")
    page.mouse.up()
    until(page, "playing.length === 2 && times[0] > 1.6")


def test_a_menu_on_the_slider_holds_nothing(page: Page, opened: Opened) -> None:
    """Only the first button drags: another is let go of in the browser's menu, unheard."""
    root = opened("a", "b")
    root.get_by_label("Time of all clips").dispatch_event("pointerdown", {"button": 2})
    button(root, "Play").click()
    until(page, "playing.length === 2 && times[0] > 0.05")


def test_loop_begins_again_together(page: Page, opened: Opened) -> None:
    """At the end all start again; with Loop off they rest at the end, and Play starts over."""
    root = opened("a", "b")
    page.evaluate("""() => {
      window.starts = 0;
      document.querySelector("video").addEventListener("playing", () => { window.starts += 1; });
    }""")
    root.get_by_label("Speed").select_option("2")
    button(root, "Play").click()
    page.wait_for_function("() => window.starts > 2")
    expect(button(root, "Loop")).to_have_attribute("aria-pressed", "true")
    button(root, "Loop").click()
    expect(button(root, "Loop")).to_have_attribute("aria-pressed", "false")
    until(page, "are(videos.map((v) => v.ended), true)")
    expect(button(root, "Play")).to_be_visible()
    expect(root.locator(".tools output")).to_have_text("3.00 / 3.00 s")
    root.get_by_label("Speed").select_option("0.25")
    button(root, "Play").click()
    until(page, "playing.length === 2 && times[0] < 2")


def test_a_shorter_clip_holds_its_last_frame(page: Page, opened: Opened) -> None:
    """It waits at its end for the longest, and starts again with it."""
    root = opened("a", "short")
    stepped_to(page, root, 1)
    early = page.evaluate(SHOWN_GREYS)[1]
    button(root, "Play").click()
    late = f"({SHOWN_GREYS})()[1] > arg + 100"
    until(page, f"times[0] > 1.5 && videos[1].ended && {late}", early)
    until(page, "times[0] < 0.9 && playing.length === 2 && spread < 1 / 24")


def test_a_seek_beyond_a_shorter_clip_shows_its_last_frame(page: Page, opened: Opened) -> None:
    """Scrubbing where only the longer clip has pictures leaves the other at its end."""
    root = opened("a", "short")
    root.focus()
    page.keyboard.press("8")
    until(page, "still && frames[0] === frame(2.4) && frames[1] === 23")
    button(root, "Play").click()
    until(page, "times[0] > 2.5 && videos[1].currentTime > 0.9")


@pytest.mark.parametrize("speed", ["0.25", "0.5", "1.5", "2"])
def test_speed_holds_for_all(page: Page, opened: Opened, speed: str) -> None:
    """All clips take the chosen speed, also those that load only afterwards."""
    root = opened("a", "b")
    root.get_by_label("Speed").select_option(speed)
    button(root, "Play").click()
    until(page, "playing.length === 2 && times[0] > 0.05")
    until(page, "videos.every((v) => Math.abs(v.playbackRate / arg - 1) <= 0.1)", float(speed))


def test_a_clip_that_strays_comes_back_into_step(page: Page, opened: Opened) -> None:
    """One that runs a little ahead is slowed until it is level with the other, unseen."""
    root = opened("a", "b")
    button(root, "Loop").click()
    root.get_by_label("Speed").select_option("0.25")
    button(root, "Play").click()
    until(page, "playing.length === 2 && times[0] > 0.05")
    until(page, "(videos[1].playbackRate = 0.5) && spread > 0.05")
    slowed = "(window.slowed ||= videos[1].playbackRate < 0.25)"
    until(page, f"{slowed} && playing.length === 2 && spread < 0.02")


def test_a_clip_that_stops_by_itself_is_brought_along(page: Page, opened: Opened) -> None:
    """A browser may pause one of them: all meet and go on together."""
    root = opened("a", "b")
    button(root, "Loop").click()
    root.get_by_label("Speed").select_option("0.25")
    button(root, "Play").click()
    until(page, "playing.length === 2 && times[0] > 0.05")
    page.evaluate("() => document.querySelectorAll('video')[1].pause()")
    until(page, "playing.length === 2 && spread < 0.05")


def test_when_one_clip_stalls_the_others_wait(page: Page, opened: Opened, reels: Path) -> None:
    """While one lacks data all stand; once it has them all go on together."""
    film = (reels / "noise.mp4").read_bytes()
    part, held, opened_up = len(film) // 4, [], []

    def serve(route: Route) -> None:
        start = int(re.findall(r"\d+", route.request.headers.get("range", "bytes=0-"))[0])
        if start >= part and not opened_up:
            held.append(route)
        else:
            send_part(route, film, start, part if start < part else len(film))

    page.route("**/slow/noise.mp4", serve)
    root = opened("a", reel("noise", folder="/slow"))
    root.get_by_label("Speed").select_option("0.25")
    button(root, "Play").click()
    until(page, "videos[0].paused && videos[1].readyState < 3 && Math.min(...times) > 0.5")
    assert found(page, "frames[0] < 70 && spread < 0.3")
    opened_up.append(True)
    for route in held:
        serve(route)
    until(page, "playing.length === 2 && spread < 0.05")


def send_part(route: Route, film: bytes, start: int, stop: int) -> None:
    """Answer with a part of a clip, as a server with Range does."""
    told = {
        "Content-Type": "video/mp4",
        "Accept-Ranges": "bytes",
        "Cache-Control": "no-store",
        "Content-Range": f"bytes {start}-{stop - 1}/{len(film)}",
    }
    route.fulfill(status=206, body=film[start:stop], headers=told)


@pytest.mark.parametrize("meddle", ["video.pause()", "video.currentTime = video.duration"])
def test_a_clip_that_something_else_stopped_comes_back(
    page: Page, opened: Opened, meddle: str
) -> None:
    """A clip paused or taken away from outside runs again at the others' time."""
    root = opened("a", "b", "tall")
    button(root, "Loop").click()
    root.get_by_label("Speed").select_option("0.25")
    button(root, "Play").click()
    until(page, "playing.length === 3 && times[0] > 0.2")
    page.evaluate(f"() => {{ const video = document.querySelector('video'); {meddle}; }}")
    until(page, "times[0] < 2.9 && playing.length === 3 && spread < 0.05")


def test_a_damaged_clip_does_not_hold_the_others_up(page: Page, opened: Opened) -> None:
    """It says that it cannot be played, and the rest play on without it."""
    root = opened("a", "damaged", "b")
    button(root, "Play").click()
    told = root.get_by_role("alert")
    expect(told).to_contain_text("damaged.mp4 is missing or damaged. Put it back")
    expect(told).to_contain_text("%hailuo resume damaged fetches it again, free")
    until(page, "!videos[0].paused && !videos[2].paused && times[0] > 0.2")


def test_failures_stand_among_the_clips_and_are_left_out(page: Page, opened: Opened) -> None:
    """What has no clip keeps its place and reason; the rest play."""
    failed = Facts(label="refused", snapshot=snapshot("failed"), src=None)
    root = opened("a", failed, "b")
    expect(root.locator("figure")).to_have_count(3)
    button(root, "Play").click()
    until(page, "playing.length === 2 && videos.length === 2")


def test_without_range_the_clips_still_seek_together(page: Page, opened: Opened) -> None:
    """From a server that cannot send parts, the page keeps copies and seeks in them."""
    clips = [reel("clip", label=name, folder="/without-range") for name in ("one", "two")]
    root = opened(*clips)
    root.focus()
    page.keyboard.press("5")
    until(page, "still && are(frames, frame(1)) && videos.every((v) => v.src.startsWith('blob:'))")


def test_clips_that_can_be_neither_sought_nor_copied_still_play(page: Page, opened: Opened) -> None:
    """From a foreign server without parts that lets nobody copy, they play as they are."""
    page.route(
        "**/without-range/**",
        lambda route: (
            route.abort() if route.request.resource_type == "fetch" else route.continue_()
        ),
    )
    root = opened(*(reel("clip", label=name, folder="/without-range") for name in ("one", "two")))
    button(root, "Play").click()
    until(page, "playing.length === 2 && Math.min(...times) > 0.3")
