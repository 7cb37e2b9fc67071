"""Files over HTTP: ranges, HEAD, headers, lifetimes."""

import asyncio
import threading

import httpx
import pytest

from hailuo_nb.simulator.server import serve
from hailuo_nb.simulator.settings import Settings
from tests.simulator.process import KEY, Simulator


@pytest.fixture(scope="module")
def clip(shared):
    """Return the URL and the bytes of one finished clip."""
    shared.faults()
    url = shared.clip_url(shared.create_id("a clip for ranges"))
    return url, httpx.get(url, timeout=60).content


def test_clip_has_type_and_length(clip):
    """A clip is served as video/mp4 and says that ranges work."""
    url, content = clip
    answer = httpx.get(url, timeout=60)
    assert answer.headers["content-type"] == "video/mp4"
    assert answer.headers["accept-ranges"] == "bytes"
    assert int(answer.headers["content-length"]) == len(content)
    assert answer.headers["etag"]


@pytest.mark.parametrize(
    ("asked", "first", "end"),
    [("bytes=0-99", 0, 100), ("bytes=100-", 100, None), ("bytes=-50", -50, None)],
)
def test_ranges(clip, asked, first, end):
    """First bytes, rest and suffix are answered with 206 and the right slice."""
    url, content = clip
    answer = httpx.get(url, headers={"Range": asked}, timeout=60)
    assert answer.status_code == 206
    assert answer.content == content[first:end]
    start = first % len(content)
    assert answer.headers["content-range"] == (
        f"bytes {start}-{start + len(answer.content) - 1}/{len(content)}"
    )


def test_range_outside_is_416(clip):
    """A range behind the end is refused and the size told."""
    url, content = clip
    answer = httpx.get(url, headers={"Range": f"bytes={len(content)}-"}, timeout=60)
    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{len(content)}"


@pytest.mark.parametrize("asked", ["bytes=5-2", "lines=1-2", "bytes=0-1,5-6", "bytes=-", "x" * 999])
def test_odd_ranges_are_ignored(clip, asked):
    """What is no single byte range is answered with the whole file."""
    url, content = clip
    answer = httpx.get(url, headers={"Range": asked}, timeout=60)
    assert (answer.status_code, answer.content) == (200, content)


def test_if_range_with_another_tag_sends_all(clip):
    """A range for other bytes than these is ignored."""
    url, content = clip
    answer = httpx.get(url, headers={"Range": "bytes=0-1", "If-Range": '"other"'}, timeout=60)
    assert (answer.status_code, answer.content) == (200, content)


def test_head_has_no_body(clip):
    """HEAD tells the length and sends nothing."""
    url, content = clip
    answer = httpx.head(url)
    assert answer.content == b""
    assert int(answer.headers["content-length"]) == len(content)


def test_bare_urllib_is_refused(clip):
    """A download with urllib's own User-Agent gets 403."""
    answer = httpx.get(clip[0], headers={"User-Agent": "Python-urllib/3.11"}, timeout=60)
    assert answer.status_code == 403


def test_no_key_is_needed_and_unknown_files_are_404(shared, clip):
    """Files ask for no key; a file that is not there is 404."""
    assert httpx.get(clip[0], timeout=60).status_code == 200
    assert httpx.get(f"{shared.url}/files/results/none.mp4", timeout=60).status_code == 404
    assert httpx.get(f"{shared.url}/files/../../etc/passwd", timeout=60).status_code == 404


def test_lifetimes_by_the_clock(png):
    """A clip and an upload live 24 h; a download link 20 minutes, without making a clip older."""
    import time

    ahead = [0.0]
    settings = Settings(speed=1e6, max_size_px=64, rate_limit=False)
    ready, done = threading.Event(), threading.Event()
    seen = {}

    async def hold():
        async with serve(settings, now=lambda: time.time() + ahead[0]) as service:
            seen["url"] = service.origin
            ready.set()
            await asyncio.to_thread(done.wait)

    thread = threading.Thread(target=asyncio.run, args=(hold(),))
    thread.start()
    try:
        assert ready.wait(60)
        with httpx.Client(base_url=seen["url"], headers=Simulator.bearer(KEY), timeout=60) as http:
            _check_lifetimes(http, ahead, png)
    finally:
        done.set()
        thread.join()


def _check_lifetimes(http, ahead, png):
    sim = object.__new__(Simulator)
    sim.http = http
    url = sim.clip_url(sim.create_id())
    image = sim.upload_url(png)
    link = http.post("/api/v1/common/download-url", json={"url": url}).json()["data"]
    ahead[0] = 19 * 60
    assert http.get(link).status_code == 200
    ahead[0] = 21 * 60
    assert http.get(link).status_code == 403
    ahead[0] = 23.9 * 3600
    assert http.get(url).status_code == 200
    assert http.get(image).status_code == 200
    ahead[0] = 24.1 * 3600
    assert http.get(url).status_code == 404
    assert http.get(image).status_code == 404
    link = http.post("/api/v1/common/download-url", json={"url": url}).json()["data"]
    assert http.get(link).status_code == 404
