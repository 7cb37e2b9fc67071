"""The clock of clips in lockstep, on films whose data and seeks take as long as a test says."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.views.site import Site

FILMS = """
<script type="module">
import { lockstep, seek } from "/static/compare/clock.js";
class Film extends EventTarget {
  paused = true; seeking = false; muted = true; ended = false; playbackRate = 1; duration = 60;
  seekable = { length: 1, end: () => 60 };
  plays_ms = [];
  #at = 0; #since_ms = 0; #preload = "none"; #how;
  constructor(how) {
    super();
    this.#how = { seek_ms: 0, lasts_ms: Infinity, ready: 4, ...how };
  }
  get played_ms() { return performance.now() - this.#since_ms; }
  get readyState() {
    if (!this.paused && this.played_ms >= this.#how.lasts_ms) return 2;
    return this.#preload === "auto" ? 4 : this.#how.ready;
  }
  get preload() { return this.#preload; }
  set preload(to) {
    this.#preload = to;
    setTimeout(() => this.dispatchEvent(new Event("canplay")));
  }
  get currentTime() {
    return this.#at + (this.paused ? 0 : Math.min(this.played_ms, this.#how.lasts_ms) / 1000);
  }
  set currentTime(to) {
    this.#at = to;
    this.seeking = true;
    setTimeout(() => {
      this.seeking = false;
      this.dispatchEvent(new Event("seeked"));
    }, this.#how.seek_ms);
  }
  async play() {
    this.paused = false;
    this.#since_ms = performance.now();
  }
  pause() {
    if (this.paused) return;
    this.plays_ms.push(this.played_ms);
    this.#at = this.currentTime;
    this.paused = true;
  }
}
window.begin = (hows) => {
  const clock = lockstep(() => {});
  window.films = hows.map((how) => new Film(how));
  clock.clips = window.films.map((video) => {
    const [figure, end] = [document.createElement("figure"), new AbortController()];
    const clip = { figure, video, label: "", wanted: null, broken: false, end };
    for (const type of ["canplay", "seeked"])
      video.addEventListener(type, () => {
        seek(clip);
        clock.advance();
      });
    return clip;
  });
  clock.play();
};
</script>
"""


@pytest.fixture
def begun(page: Page, site: Site) -> Any:
    """Return a function that plays films, each as it is said, for so many seconds."""
    page.clock.install(time=0)
    page.goto(site.put("films", FILMS))
    page.wait_for_function("() => window.begin")

    def begin(seconds: int, *hows: dict[str, int]) -> None:
        page.evaluate("(hows) => window.begin(hows)", list(hows))
        page.clock.run_for(seconds * 1000)

    return begin


def test_what_takes_long_to_meet_goes_on_for_a_while(page: Page, begun: Any) -> None:
    """A clip that stalls again and again, and seeks slowly, leaves the others time to play."""
    begun(20, {}, {"seek_ms": 1500, "lasts_ms": 100})
    plays_ms = page.evaluate("() => window.films[0].plays_ms")
    assert len(plays_ms) > 4
    assert min(plays_ms) >= 1000
    assert page.evaluate("() => window.films[0].currentTime") > 6


@pytest.mark.parametrize("ready", [0, 1, 2])
def test_a_clip_that_is_waited_for_is_loaded(page: Page, begun: Any, ready: int) -> None:
    """However little of it is there: a browser may load no more of what nobody plays."""
    begun(3, {}, {"ready": ready})
    assert page.evaluate("() => window.films.map(({ paused }) => paused)") == [False, False]
