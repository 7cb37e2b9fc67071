"""The comparison's figures: lockstep, stalls, steps, scrubbing, and what it costs the kernel.

Run it on a quiet machine: ``python -m tests.bench.bench_compare``. Clips of 6 s at 1366x768
are rendered once and kept in the temporary folder. It prints one JSON object of medians and
spreads and judges nothing. The peer needs mediapy and an ffmpeg, which nothing else here does;
without them its figures are left out and the reason stands in their place.
"""

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Route

from hailuo_nb.views.compare.compare import comparison_html
from hailuo_nb.views.facts import Facts
from tests.bench.spread import spread
from tests.support.browser import running_chromium
from tests.views.compare_shots import render
from tests.views.comparing import until
from tests.views.samples import snapshot
from tests.views.site import Site, running_site

FOLDER = Path(tempfile.gettempdir()) / "hailuo-bench-clips"
ROUNDS = 3
LOCKSTEP_MS, NINE_MS, STALL_MS, DRAG_MS, STEPS = 15_000, 10_000, 600, 3_000, 20
WATCHED_MS = 2_000
"""How long after a stall the clips are looked at."""

SPREADS = """async (length_ms) => {
  const videos = [...document.querySelectorAll("video")];
  const [found, begun] = [[], performance.now()];
  while (performance.now() - begun < length_ms) {
    await new Promise(requestAnimationFrame);
    const length = Math.min(...videos.map((video) => video.duration));
    const times = videos.map((video) => video.currentTime % length).sort((a, b) => a - b);
    const gaps = times.map((time, i) => (i ? time - times[i - 1] : time - times.at(-1) + length));
    found.push(1000 * (length - Math.max(...gaps)));
  }
  return found;
}"""
"""The spread of all clips' times around the loop, in ms, at each frame of the screen."""

STALL = """async ([stall_ms, watched_ms]) => {
  const videos = [...document.querySelectorAll("video")];
  const dry = videos.at(-1);
  await new Promise((done) => dry.addEventListener("waiting", done, { once: true }));
  await new Promise((done) => setTimeout(done, stall_ms));
  fetch("/slow/release");
  const begun = performance.now();
  let [back, spread] = [0, 0];
  while (performance.now() - begun < watched_ms) {
    await new Promise(requestAnimationFrame);
    const times = videos.map((video) => video.currentTime);
    spread = 1000 * (Math.max(...times) - Math.min(...times));
    const isBack = spread < 50 && videos.every((video) => !video.paused && video.readyState > 2);
    if (!isBack) back = performance.now() - begun;
  }
  return [back, spread];
}"""
"""ms from a stall's end until all ran within 50 ms for good, and the spread in the end in ms."""

STEPPED = """async ([key, steps]) => {
  const videos = [...document.querySelectorAll("video")];
  const root = document.querySelector(".hailuo-compare");
  const found = [];
  for (let step = 0; step < steps; step += 1) {
    const next = (video) => new Promise((done) => {
      video.requestVideoFrameCallback((_, { presentationTime }) => done(presentationTime));
    });
    const shown = videos.map(next);
    const begun = performance.now();
    root.dispatchEvent(new KeyboardEvent("keydown", { key }));
    found.push(Math.max(...await Promise.all(shown)) - begun);
    while (!videos.every((video) => video.paused && !video.seeking)) {
      await new Promise(requestAnimationFrame);
    }
    await new Promise((done) => setTimeout(done, 100));
  }
  return found;
}"""
"""ms from each key until the new frame of the last clip was handed to the screen."""

DRAGGED = """async (length_ms) => {
  const videos = [...document.querySelectorAll("video")];
  const slider = document.querySelector(".tools input");
  const [wishes, lags] = [[], []];
  let landed = 0;
  for (const video of videos) {
    let aim = null;
    video.addEventListener("seeking", () => {
      aim = wishes.findLast(({ time }) => Math.abs(time - video.currentTime) < 0.002);
    });
    video.addEventListener("seeked", () => {
      landed += 1;
      if (aim) lags.push(performance.now() - aim.at);
    });
  }
  slider.dispatchEvent(new PointerEvent("pointerdown"));
  const begun = performance.now();
  for (let at = begun; at - begun < length_ms; at = performance.now()) {
    const share = (1 - Math.cos((2 * Math.PI * (at - begun)) / length_ms)) / 2;
    slider.value = 0.1 + 5.7 * share;
    wishes.push({ at, time: Number(slider.value) });
    slider.dispatchEvent(new Event("input"));
    await new Promise(requestAnimationFrame);
  }
  slider.dispatchEvent(new PointerEvent("pointerup"));
  return [landed / videos.length / (length_ms / 1000), lags, wishes.length / (length_ms / 1000)];
}"""
"""Seeks landed a clip and second, the ms that each took from the hand, and wishes a second."""

CHECKED = re.compile(r"=250(?=,\w+=40,)")
"""How often a clip's place is looked at, in ms, in the bundle."""
DROPPED = """() => {
  const all = [...document.querySelectorAll("video")].map((v) => v.getVideoPlaybackQuality());
  const sum = (name) => all.reduce((total, one) => total + one[name], 0);
  return [sum("droppedVideoFrames"), sum("totalVideoFrames")];
}"""


def clips(number: int, *, slow: str = "") -> list[Facts]:
    """Return so many clips; the one named ``slow`` comes from where it can be held up."""
    paths = sorted(FOLDER.glob("*.mp4"))[:number]
    return [
        Facts(
            label=path.stem,
            snapshot=snapshot("done", name=path.stem),
            src=f"/{'slow' if path.stem == slow else 'page-clips'}/{path.name}",
        )
        for path in paths
    ]


def opened(browser: Browser, site: Site, html: str) -> Page:
    """Open a comparison in a window of its own."""
    page = browser.new_page(viewport={"width": 1100, "height": 900})
    page.goto(site.put("bench", html))
    page.locator(".tools").wait_for()
    return page


def play(page: Page) -> None:
    """Start all clips, and wait until they run."""
    page.get_by_role("button", name="Play", exact=True).click()
    until(page, "playing.length === videos.length && Math.min(...times) > 0.1")


def lockstep(browser: Browser, site: Site) -> dict[str, float]:
    """Return the 95th percentile of the spread of 4 clips, and the share within one frame."""
    page = opened(browser, site, comparison_html(clips(4)))
    play(page)
    found = page.evaluate(SPREADS, LOCKSTEP_MS)
    page.close()
    return {
        "lockstep_p95_ms": statistics.quantiles(found, n=20)[-1],
        "lockstep_median_ms": statistics.median(found),
        "lockstep_max_ms": max(found),
    }


def stall(browser: Browser, site: Site) -> dict[str, float]:
    """Return how long 4 clips take to be together again after one had no data for a while."""
    shown = clips(4)
    film = (FOLDER / f"{shown[-1].label}.mp4").read_bytes()
    half, held, released = len(film) // 2, [], []
    page = browser.new_page(viewport={"width": 1100, "height": 900})

    def serve(route: Route) -> None:
        start = int(re.findall(r"\d+", route.request.headers.get("range", "bytes=0-"))[0])
        if start >= half and not released:
            held.append(route)
            return
        stop = half if start < half else len(film)
        told = {"Content-Range": f"bytes {start}-{stop - 1}/{len(film)}"}
        told |= {"Content-Type": "video/mp4", "Accept-Ranges": "bytes"}
        route.fulfill(status=206, body=film[start:stop], headers=told)

    def release(route: Route) -> None:
        released.append(True)
        for waiting in held:
            serve(waiting)
        route.fulfill(body="")

    page.route("**/slow/*.mp4", serve)
    page.route("**/slow/release", release)
    page.goto(site.put("bench", comparison_html(clips(4, slow=shown[-1].label))))
    page.locator(".tools").wait_for()
    page.get_by_role("button", name="Play", exact=True).click()
    back_ms, spread_ms = page.evaluate(STALL, [STALL_MS, WATCHED_MS])
    page.close()
    return {"stall_back_ms": back_ms, "stall_spread_after_2_s_ms": spread_ms}


def steps(browser: Browser, site: Site) -> dict[str, float]:
    """Return the milliseconds that a frame step of 4 clips takes, on and back."""
    page = opened(browser, site, comparison_html(clips(4)))
    page.locator(".hailuo-compare").focus()
    page.keyboard.press("5")
    until(page, "still && videos.every((v) => v.readyState > 2)")
    forth = page.evaluate(STEPPED, [".", STEPS])
    back = page.evaluate(STEPPED, [",", STEPS])
    page.close()
    return {
        "step_ms": statistics.median(forth),
        "step_max_ms": max(forth),
        "step_back_ms": statistics.median(back),
    }


def drag(browser: Browser, site: Site) -> dict[str, float]:
    """Return how a drag over the whole slider and back is followed by 4 clips."""
    page = opened(browser, site, comparison_html(clips(4)))
    page.locator(".hailuo-compare").focus()
    page.keyboard.press("5")
    until(page, "still && videos.every((v) => v.readyState > 2)")
    landed, lags, wishes = page.evaluate(DRAGGED, DRAG_MS)
    page.close()
    return {
        "drag_seeks_per_s": landed,
        "drag_wishes_per_s": wishes,
        "drag_lag_ms": statistics.median(lags),
        "drag_lag_p95_ms": statistics.quantiles(lags, n=20)[-1],
    }


def nine(browser: Browser, site: Site, *, corrected: bool) -> float:
    """Return the percentage of frames that 9 clips drop, with the correction or without."""
    html = comparison_html(clips(9))
    assert len(CHECKED.findall(html)) == 1
    if not corrected:
        html = CHECKED.sub("=1e9", html)
    page = opened(browser, site, html)
    play(page)
    before = page.evaluate(DROPPED)
    page.evaluate("(ms) => new Promise((done) => setTimeout(done, ms))", NINE_MS)
    after = page.evaluate(DROPPED)
    page.close()
    return 100 * (after[0] - before[0]) / (after[1] - before[1])


def dropped(browser: Browser, site: Site, number: int) -> dict[str, float]:
    """Return what is dropped with and without the correction, first the one and then the other."""
    order = (True, False) if number % 2 else (False, True)
    found = {corrected: nine(browser, site, corrected=corrected) for corrected in order}
    return {
        "nine_dropped_percent": found[True],
        "nine_dropped_uncorrected_percent": found[False],
        "nine_dropped_more_points": found[True] - found[False],
    }


def kernel(way: str) -> dict[str, float]:
    """Return what one way costs a process of its own, for 4 clips."""
    files = [str(path) for path in sorted(FOLDER.glob("*.mp4"))[:4]]
    command = [sys.executable, "-m", "tests.bench.compare_kernel", way, *files]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr.strip().splitlines()[-1])
    found: dict[str, float] = json.loads(done.stdout)
    return {
        f"{way}_s": found["s"],
        f"{way}_mb": found["mb"],
        f"{way}_kb_per_clip": found["bytes_per_clip"] / 1e3,
    }


def measured() -> dict[str, Any]:
    """Return all figures."""
    film = render(FOLDER, 1366)[0]
    kernel("ours")  # keeps the posters, as the history does
    rounds: dict[str, list[float]] = {}

    def note(measure: Callable[[], dict[str, float]]) -> None:
        for name, value in measure().items():
            rounds.setdefault(name, []).append(value)

    with running_site(film) as site, running_chromium() as browser:
        for number in range(ROUNDS):
            for one in (lockstep, stall, steps, drag):
                note(lambda one=one: one(browser, site))  # type: ignore[misc]
            note(lambda number=number: dropped(browser, site, number))  # type: ignore[misc]
    for _ in range(ROUNDS):
        note(lambda: kernel("ours"))
        note(lambda: kernel("posters"))
    found: dict[str, Any] = {"load_average": round(os.getloadavg()[0], 1)}
    try:
        note(lambda: kernel("mediapy"))
    except RuntimeError as error:
        found["mediapy_missing"] = str(error)
    return found | {name: spread(values, 3) for name, values in rounds.items()}


if __name__ == "__main__":
    json.dump(measured(), sys.stdout, indent=2)
