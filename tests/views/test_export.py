"""The offline page: opened from a disk, with no network, it plays."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from hailuo_nb.core.rating import Rating
from hailuo_nb.core.task import State
from hailuo_nb.views.compare.export import (
    PAGE_BYTES,
    WORDS_BYTES,
    clips_bytes,
    export_page,
    page_size_bytes,
)
from hailuo_nb.views.facts import Facts
from hailuo_nb.views.sources import as_address
from tests.views.comparing import button, found, until
from tests.views.samples import ERRORS, PROMPT, snapshot
from tests.views.test_settled import HOSTILE, Reader

Opened = Callable[..., list[str]]


def held(video: bytes, label: str, state: State = "done", **changes: object) -> Facts:
    """Return a clip that carries its own bytes."""
    shot = snapshot(state, name=label, sha256="ab12" * 16, **changes)
    return Facts(label=label, snapshot=shot, src=as_address(video))


@pytest.fixture
def opened(page: Page, tmp_path: Path) -> Opened:
    """Return a function that opens clips as a page from disk, and what it went on to ask for."""

    def show(*clips: Facts) -> list[str]:
        file, asked = tmp_path / "comparison.html", []
        file.write_text(export_page(clips), encoding="utf-8")

        def refuse(route: Route) -> None:
            asked.append(route.request.url)
            route.abort()

        page.context.set_offline(True)
        page.route(lambda url: not url.startswith(("data:", file.as_uri())), refuse)
        page.on("console", lambda message: asked.append(message.text))
        page.goto(file.as_uri())
        expect(page.locator(".tools")).to_be_visible()
        return asked

    return show


def test_the_page_plays_from_disk_with_no_network(page: Page, opened: Opened, reels: Path) -> None:
    """All clips play, step and wipe together; nothing is asked for and nothing is refused."""
    film = [(reels / f"{name}.mp4").read_bytes() for name in ("a", "b", "short")]
    asked = opened(*(held(video, f"take {i}") for i, video in enumerate(film)))
    root = page.locator(".hailuo-compare")
    button(root, "Play").click()
    until(page, "playing.length === 3 && Math.min(...times) > 0.3 && spread < 1 / 24")
    button(root, "Pause").click()
    root.focus()
    page.keyboard.press("Home")
    page.keyboard.press(".")
    until(page, "still && are(frames, 1)")
    page.keyboard.press("w")
    until(page, "document.querySelectorAll('.stage video').length === 2")
    assert asked == []
    assert found(page, "videos.every((v) => v.src.startsWith('data:'))")


def test_the_policy_lets_no_other_script_and_no_request_through(
    page: Page, opened: Opened, reels: Path
) -> None:
    """A script that somebody adds does not run, and nothing can be fetched."""
    asked = opened(held((reels / "a.mp4").read_bytes(), "take"))
    page.evaluate("""() => {
      const script = document.createElement("script");
      script.textContent = "window.ran = true";
      document.body.append(script);
    }""")
    assert page.evaluate("() => window.ran") is None
    refused = page.evaluate("() => fetch('https://example.org/').then(() => false, () => true)")
    assert refused
    assert any("Content Security Policy" in line for line in asked)
    assert not any(line.startswith("http") for line in asked)


def test_the_page_says_what_made_each_clip(reels: Path) -> None:
    """Model, options, prompt, task, date, credits and seconds stand in full for each."""
    video = (reels / "short.mp4").read_bytes()
    page = Reader(export_page([held(video, "slow"), held(video, "fast")], title="Dragons"))
    made = page.text.partition("What made each clip")[2].replace("\u00a0", " ")
    for fact in (
        *("slow (simulated)", PROMPT, "hailuo/02-image-to-video-standard", "6 s · 768P"),
        *("281e5b0f39b9a4d2c8e7", "30 simulated credits", "seconds151", "start image sample:peak"),
        *("1.2 MB", "ab12" * 16, "simulator"),
    ):
        assert made.count(fact) == (1 if fact.startswith("slow") else 2)
    assert re.search(r"date\d{4}-\d\d-\d\d \d\d:\d\d", made)
    assert page.text.count("Dragons") == 2


def test_a_failure_stands_on_the_page_with_its_reason(reels: Path) -> None:
    """What did not come is part of the comparison."""
    video = (reels / "short.mp4").read_bytes()
    page = Reader(export_page([held(video, "slow"), held(video, "fast", "failed")]))
    assert len(page.all("video")) == 1
    assert page.text.count(ERRORS["failed"]) == 2


def test_an_address_that_would_be_a_request_is_left_out(reels: Path) -> None:
    """A clip that the page does not hold shows its poster, and no address of it is there."""
    video = (reels / "short.mp4").read_bytes()
    away = replace(held(video, "away"), src="https://example.org/a.mp4")
    html = export_page([held(video, "here"), away])
    assert len(Reader(html).all("video")) == 1
    assert "example.org" not in html


def test_hostile_text_stays_text(reels: Path) -> None:
    """A prompt full of markup makes no element, here neither."""
    video = (reels / "short.mp4").read_bytes()
    clips = [held(video, HOSTILE, prompt=HOSTILE), held(video, "b", error=HOSTILE)]
    rating = Rating(stars=2, wins=True, tags=(HOSTILE,), note=HOSTILE)
    clips.append(held(video, "c", rating=rating))
    page = Reader(export_page(clips, title=HOSTILE))
    assert "★★☆☆☆ 2 of 5" in page.text
    assert "this one wins" in page.text
    assert len(page.all("script")) == 1
    assert not any(key.startswith("on") for _, attributes in page.elements for key in attributes)


def test_the_size_is_known_before_the_page_is_made(reels: Path) -> None:
    """The estimate is never too small, and not far from the truth for real clips."""
    film = [(reels / "noise.mp4").read_bytes()] * 4
    size = len(export_page([held(video, f"take {i}") for i, video in enumerate(film)]).encode())
    told = page_size_bytes(len(video) for video in film)
    assert size <= told <= size + PAGE_BYTES + 4 * WORDS_BYTES


@pytest.mark.parametrize("number", [1, 3, 9, 64])
@pytest.mark.parametrize("limit_mb", [0.2, 0.5, 2.5])
def test_clips_that_are_made_smaller_fit(number: int, limit_mb: float) -> None:
    """However small the page may be, with what stands around clips: half of what is reckoned."""
    most_bytes = int(limit_mb * 1e6 * number)
    around = (PAGE_BYTES + number * WORDS_BYTES) / 2
    found = clips_bytes(most_bytes, number)
    assert most_bytes / 2 <= found
    assert found * 4 / 3 + around <= most_bytes


@pytest.mark.parametrize("look", ["light", "dark", "contrast"])
def test_axe_finds_nothing(page: Page, opened: Opened, reels: Path, look: str) -> None:
    """The whole page has nothing for axe-core to say, in every look."""
    forced = "active" if look == "contrast" else "none"
    page.emulate_media(color_scheme="dark" if look == "dark" else "light", forced_colors=forced)
    video = (reels / "short.mp4").read_bytes()
    opened(held(video, "slow"), held(video, "fast", prompt="[Pan left] " + PROMPT))
    run = Axe().run(page)
    assert [f"{one['id']}: {one['nodes']}" for one in run.response["violations"]] == []


def test_printed_it_has_no_toolbar(page: Page, opened: Opened, reels: Path) -> None:
    """On paper are pictures and words."""
    opened(held((reels / "short.mp4").read_bytes(), "slow"))
    page.emulate_media(media="print")
    expect(page.locator(".tools")).to_be_hidden()
    expect(page.get_by_text("What made each clip")).to_be_visible()
