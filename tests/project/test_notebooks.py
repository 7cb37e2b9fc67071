"""The notebooks that people open first: run for real, and light as they are committed."""

import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import expect

from tests.support.browser import running_chromium

ROOT = Path(__file__).parents[2]
NOTEBOOK = ROOT / "notebooks" / "01_first_take.ipynb"
MATRIX = NOTEBOOK.with_name("02_prompt_matrix.ipynb")
PATHS = re.compile(r"/(home|root|tmp|Users|work)/")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the demo as `make demo` does."""
    folder = tmp_path_factory.mktemp("made") / "demo"
    subprocess.run([sys.executable, ROOT / "notebooks" / "make_demo.py", folder], check=True)
    return folder


def test_the_demo_runs_from_start_to_end(demo: Path) -> None:
    """It leaves an executed notebook without errors, and its clips."""
    notebook = nbformat.read(demo / NOTEBOOK.name, as_version=4)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert "error" not in {output.output_type for output in outputs}
    cards = [
        one.data for one in outputs if "hailuo-card" in one.get("data", {}).get("text/html", "")
    ]
    strips = [card["text/html"].count("data:image/webp") for card in cards]
    assert strips == [4, 4 + 1]  # the second goes on from the first, which it shows, too
    for card in cards:
        assert "image/jpeg" in card
        assert sum(len(str(data).encode()) for data in card.values()) < 60_000
    assert len(list((demo / "hailuo_videos").glob("*.mp4"))) == 2
    assert not list((demo / "hailuo_videos").glob("*.part"))


def test_the_demo_page_plays_offline(demo: Path) -> None:
    """The page shows and plays its clips from a file, and asks the network for nothing."""
    asked: list[str] = []
    with running_chromium() as browser:
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto((demo / "01_first_take.html").as_uri())
        videos = page.locator("figure.hailuo-card video")
        expect(videos).to_have_count(2)
        for number in range(2):
            videos.nth(number).evaluate("async (video) => { await video.play(); video.pause(); }")
    assert {address.split(":", 1)[0] for address in asked} <= {"file", "data", "blob"}


@pytest.fixture(scope="module")
def matrix(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run the second notebook in the same way."""
    folder = tmp_path_factory.mktemp("made") / "matrix"
    words = [sys.executable, ROOT / "notebooks" / "make_demo.py", folder, MATRIX.name]
    subprocess.run(words, check=True)
    return folder


def test_the_matrix_runs_from_start_to_end(matrix: Path) -> None:
    """It makes four clips and no more, and a page that holds them."""
    notebook = nbformat.read(matrix / MATRIX.name, as_version=4)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert "error" not in {output.output_type for output in outputs}
    assert len(list((matrix / "hailuo_videos").glob("*.mp4"))) == 4
    assert (matrix / "comparison.html").read_text().count("data:video/mp4;base64,") == 4


def test_the_committed_matrix_is_executed_light_and_clean() -> None:
    """A grid and a comparison with posters and players; no clip, no widget, no path, no error."""
    text = MATRIX.read_text(encoding="utf-8")
    assert len(text) < 6 * 60_000
    assert text.count("hailuo-grid") >= 1
    assert text.count("<video") == 6
    assert "SIMULATED" in text
    assert "widget-view" not in text
    assert '"error"' not in text
    assert PATHS.search(text) is None


def test_the_committed_notebook_is_executed_light_and_clean() -> None:
    """Posters and prompts are in it; no clip, no widget, no path, no error."""
    text = NOTEBOOK.read_text(encoding="utf-8")
    notebook = nbformat.reads(text, as_version=4)
    cards = [
        output.data["text/html"]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "text/html" in output.get("data", {}) and "hailuo-card" in output.data["text/html"]
    ]
    assert len(cards) == 2
    assert max(len(card) for card in cards) < 60_000
    assert all("poster=" in card and "SIMULATED" in card for card in cards)
    assert "widget-view" not in text
    assert '"error"' not in text
    assert PATHS.search(text) is None
