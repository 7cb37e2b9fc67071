"""The lessons that people open first: run for real, made of their texts, and light as committed."""

import ast
import re
import subprocess
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import pytest
from playwright.sync_api import expect

from tests.support.browser import running_chromium

ROOT = Path(__file__).parents[2]
NOTEBOOKS = ROOT / "notebooks"
PATHS = re.compile(r"/(home|root|tmp|Users|work)/")
sys.path.insert(0, str(NOTEBOOKS))

import make_notebooks  # noqa: E402 - it lies beside the notebooks

LESSONS = make_notebooks.names()
FIRST, *LATER = LESSONS


def outputs_of(notebook: nbformat.NotebookNode) -> list[Any]:
    """Return all outputs of all cells."""
    return [output for cell in notebook.cells for output in cell.get("outputs", [])]


class Shape(HTMLParser):
    """The tags and classes of some HTML: what the code decides, not the clip or the hour."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: set[tuple[str, str]] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag with what is styled and named by the code."""
        known = {name: value or "" for name, value in attrs}
        self.seen.add((tag, f"{known.get('class')} {known.get('style')}"))


MEASURES = re.compile(r'<(p|details) class="hailuo-measures".*?</\1>', re.DOTALL)
"""They come when the machine has time for them."""


def shapes(notebook: nbformat.NotebookNode) -> list[list[tuple[str, str]]]:
    """Return the shape of each output that has one."""
    found = [output.get("data", {}).get("text/html") for output in outputs_of(notebook)]
    return [sorted(Shape(MEASURES.sub("", html)).seen) for html in found if html]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the demo as `make demo` does."""
    folder = tmp_path_factory.mktemp("made") / "demo"
    subprocess.run([sys.executable, NOTEBOOKS / "make_demo.py", folder], check=True)
    return folder


def test_the_demo_runs_from_start_to_end(demo: Path) -> None:
    """It leaves an executed notebook without errors, and its clips."""
    notebook = nbformat.read(demo / f"{FIRST}.ipynb", as_version=4)
    assert "error" not in {output.output_type for output in outputs_of(notebook)}
    cards = [
        one.data
        for one in outputs_of(notebook)
        if "hailuo-card" in one.get("data", {}).get("text/html", "")
    ]
    strips = [card["text/html"].count("data:image/webp") for card in cards]
    assert strips == [4, 4 + 1]  # the second goes on from the first, which it shows, too
    for card in cards:
        assert "image/jpeg" in card
        assert sum(len(str(data).encode()) for data in card.values()) < 60_000
    assert len(list((demo / "hailuo_videos").glob("*.mp4"))) == 2
    assert not list((demo / "hailuo_videos").glob("*.part"))


def test_what_is_committed_was_made_by_the_code_as_it_is(demo: Path) -> None:
    """The first lesson run now is drawn as the one that is committed; `make notebooks` if not."""
    run = nbformat.read(demo / f"{FIRST}.ipynb", as_version=4)
    make_notebooks.without_clips(run, demo, previews=0)
    kept = nbformat.read(NOTEBOOKS / f"{FIRST}.ipynb", as_version=4)
    assert shapes(kept) == shapes(run)


def test_the_demo_page_plays_offline(demo: Path) -> None:
    """The page shows and plays its clips from a file, and asks the network for nothing."""
    asked: list[str] = []
    with running_chromium() as browser:
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto((demo / f"{FIRST}.html").as_uri())
        videos = page.locator("figure.hailuo-card video")
        expect(videos).to_have_count(2)
        for number in range(2):
            videos.nth(number).evaluate("async (video) => { await video.play(); video.pause(); }")
    assert {address.split(":", 1)[0] for address in asked} <= {"file", "data", "blob"}


@pytest.mark.matrix
@pytest.mark.parametrize("name", LATER)
def test_a_later_lesson_runs_from_start_to_end(name: str, tmp_path: Path) -> None:
    """It runs without errors in a real kernel, and is drawn as the one that is committed."""
    notebook = make_notebooks.run_lesson(name, tmp_path, speed=100, size=64, last="")
    assert "error" not in {output.output_type for output in outputs_of(notebook)}
    make_notebooks.without_clips(notebook, tmp_path, previews=0)
    kept = nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)
    assert shapes(kept) == shapes(notebook)


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_is_its_text_run_light_and_clean(name: str) -> None:
    """Committed: its text's cells, all run; under 600 kB, no dead player, widget, path or error."""
    path = NOTEBOOKS / f"{name}.ipynb"
    text, notebook = path.read_text(encoding="utf-8"), nbformat.read(path, as_version=4)
    assert [cell.source for cell in notebook.cells] == [
        cell.source for cell in make_notebooks.read_lesson(name).cells
    ], "make notebooks"
    assert all(cell.execution_count for cell in notebook.cells if cell.cell_type == "code")
    assert len(text.encode()) < make_notebooks.SIZE_MAX_BYTES
    pictures = re.findall(r"data:image/webp;base64,[A-Za-z0-9+/=]{16,}", text)
    assert max(map(len, pictures)) < 4 / 3 * make_notebooks.PREVIEW_MAX_BYTES + 100
    html = "".join(output.get("data", {}).get("text/html", "") for output in outputs_of(notebook))
    assert not re.search(r'<video|<script|(src|href)="hailuo_videos', html)
    assert "The clip is not beside this notebook: run its cell, free" in html
    assert "SIMULATED" in html
    assert "widget-view" not in text
    assert '"error"' not in text
    assert PATHS.search(text) is None
    assert "For teachers" in notebook.cells[-1].source


def clip(name: str, *, prompt: str = "", parent: Any = None) -> Any:
    """Return what a checker looks at in a clip."""
    return SimpleNamespace(name=name, prompt=prompt, parent=parent)


DRAGON = clip("dragon")
CHAIN = [clip("day"), clip("dusk"), clip("night")]
MEANS = {"weather": 0.7, "light": 0.3}
EXERCISES: dict[str, tuple[tuple[Any, ...], list[tuple[Any, ...]]]] = {
    "01_first_take": (
        (clip("landing", prompt="[Pedestal down] Home.", parent=DRAGON),),
        [
            (None,),
            (clip("landing", prompt="[Pedestal down] Home."),),
            (clip("landing", prompt="[Tilt down] Home.", parent=DRAGON),),
        ],
    ),
    "02_compare_prompts": ((48, 0.6), [(None, 0.6), ("neither", 0.6), (8, 0.6), (48, 0.4)]),
    "03_camera_language": (("Tilt up",), [(None,), ("Pedestal up",), ("tilt down",)]),
    "04_start_and_end_frames": (("night", CHAIN), [(None, CHAIN), ("day", CHAIN)]),
    "05_money_and_time": ((132,), [(None,), (180,), (72,)]),
    "06_when_things_go_wrong": (("drop-submit-reply",), [(None,), ("no-credit",)]),
    "07_your_own_study": (("weather", MEANS), [(None, MEANS), ("light", MEANS)]),
}
"""For each lesson an answer that is right, and some that are not."""


def checker(name: str) -> Callable[..., str]:
    """Return the checker that a lesson's exercise has."""
    cells = make_notebooks.read_lesson(name).cells
    (source,) = [cell.source for cell in cells if cell.source.startswith("def check(")]
    found: dict[str, Any] = {}
    exec(source.rpartition("\n")[0], found)
    check: Callable[..., str] = found["check"]
    return check


def test_the_name_that_an_exercise_asks_for_is_free() -> None:
    """A cell takes no name of a variable of the person's own, also where that is None."""
    cells = make_notebooks.read_lesson("01_first_take").cells
    assert any("call it `landing`" in cell.source for cell in cells)
    code = [cell.source for cell in cells if cell.cell_type == "code" and "%" not in cell.source]
    nodes = [node for source in code for node in ast.walk(ast.parse(source))]
    names = [node for node in nodes if isinstance(node, ast.Name)]
    bound = {name.id for name in names if isinstance(name.ctx, ast.Store)}
    assert "landing" not in bound


@pytest.mark.parametrize("name", LESSONS)
def test_an_exercise_tells_right_from_wrong(name: str) -> None:
    """The right answer is called so, and nothing else is."""
    right, wrong = EXERCISES[name]
    assert checker(name)(*right).startswith("Right")
    for answer in wrong:
        assert checker(name)(*answer).startswith("Not yet")
