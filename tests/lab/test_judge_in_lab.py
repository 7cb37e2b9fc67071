"""Blind votes in a real JupyterLab, over a restart; and on a page for a class, from the disk."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from hailuo_nb.session.simulator_process import running_simulator
from tests.lab.notebook import Notebook
from tests.lab.server import Lab
from tests.lab.test_anywhere_in_lab import RESTART
from tests.support.browser import no_errors

LOAD = "%load_ext hailuo_nb"
TRIAL = "%%hailuo judged --wait\nA {slow|fast|blue} boat turns."
READ = "print(*[(row.name, row.votes, row.win_rate is not None) for row in judged.ranking()])"
READY = """(root) => {
  const videos = [...root.querySelectorAll("figure.hailuo-clip video")];
  return videos.length === 2 && videos.every((video) => video.readyState > 1);
}"""


FIGURES = "[(one.name, one.votes, one.win_rate, one.low, one.high) for one in classed.ranking()]"
CLASS = [
    LOAD,
    "%%hailuo classed --wait\nA {slow|fast|blue} boat waits.",
    "%hailuo judge classed --export class.html",
    "%hailuo judge classed --add votes.json",
    f"print({FIGURES})",
    "%hailuo judge classed --add votes.json",
    "%hailuo judge classed --add forged.json",
]


def vote(page: Page, booth: Locator, key: str, number: int) -> None:
    """Press a key once both clips are there, and wait until the vote is counted."""
    page.wait_for_function(READY, arg=booth.element_handle())
    page.keyboard.press(key)
    counted = re.compile(rf"(?<!\d){number} votes? of yours")
    expect(booth.get_by_role("status").filter(has_text="of yours")).to_contain_text(counted)


def begun(notebook: Notebook, cell: int) -> Locator:
    """Run the cell that judges, and put the focus on what it shows."""
    notebook.run(cell)
    booth = notebook.output(cell).locator(".hailuo-judge")
    expect(booth.get_by_role("group", name="All clips together")).to_be_visible(timeout=60_000)
    booth.focus()
    return booth


@pytest.mark.matrix
def test_twelve_votes_by_keyboard_over_a_restart(page: Page, lab: Lab) -> None:
    """Seven votes, one taken back, a new kernel, six more: Python reads twelve."""
    notebook = Notebook(lab, page, "judged.ipynb", [LOAD, TRIAL, "%hailuo judge judged", READ])
    notebook.run_next()
    notebook.run_next()
    booth = begun(notebook, 2)
    assert not any(word in booth.inner_text() for word in ("slow", "fast", "blue", "boat"))
    tally = booth.get_by_role("status").filter(has_text="of yours")
    expect(tally).to_have_css("background-color", "rgba(0, 0, 0, 0)")  # no class of ipywidgets'
    for number, key in enumerate("abtabab", start=1):
        vote(page, booth, key, number)
    vote(page, booth, "u", 6)
    page.evaluate(RESTART)
    notebook.wait_idle()
    notebook.run(0)
    booth = begun(notebook, 2)
    expect(booth).to_contain_text("6 votes of yours")
    for number, key in enumerate("ababab", start=7):
        vote(page, booth, key, number)
    page.keyboard.press("e")
    result = notebook.output(2).locator(".hailuo-votes")
    expect(result).to_contain_text("after 12 votes")
    for name in ("slow", "fast", "blue"):
        expect(result.get_by_role("rowheader", name=name)).to_be_visible()
    notebook.run(3)
    assert len(re.findall(r"True\)", notebook.output(3).inner_text())) == 3
    saved = str(notebook.save().cells[2].outputs)
    assert "widget-view" not in saved
    assert "<script" not in saved


@contextmanager
def from_disk(browser: Browser, file: Path) -> Iterator[Page]:
    """Open a file with no network at all; whatever it asks for fails the test."""
    asked: list[str] = []

    def refuse(route: Route) -> None:
        asked.append(route.request.url)
        route.abort()

    context = browser.new_context(offline=True)
    context.route(re.compile("^(https?|wss?|ftp):"), refuse)
    page = context.new_page()
    with no_errors(page):
        page.goto(file.as_uri())
        yield page
    context.close()
    assert asked == []


def voted_file(browser: Browser, file: Path, to: Path) -> None:
    """Vote eleven times on the page of a class, over a reload, and save the file."""
    with from_disk(browser, file) as page:
        page.get_by_role("textbox", name="Your name").fill("Ann\u202e B")
        page.keyboard.press("Enter")
        booth = page.locator(".hailuo-judge")
        for number, key in enumerate("abtsab", start=1):
            vote(page, booth, key, number)
        vote(page, booth, "u", 5)
        page.reload()
        booth.focus()
        for number, key in enumerate("bababa", start=6):
            vote(page, booth, key, number)
        page.keyboard.press("e")
        with page.expect_download() as saved:
            page.get_by_role("button", name="Save the votes").press("Enter")
        saved.value.save_as(to)
        assert saved.value.suggested_filename == "votes-classed-Ann-B.json"


@pytest.mark.matrix
def test_a_class_votes_on_a_page_and_an_empty_home_says_the_same(
    page: Page, lab: Lab, browser: Browser, tmp_path: Path
) -> None:
    """Nothing is asked of a network; doubled and forged files are refused with the reason."""
    notebook = Notebook(lab, page, "classed.ipynb", CLASS)
    for _ in range(3):
        notebook.run_next()
    text = (lab.root / "class.html").read_text()
    assert not any(word in text for word in ("boat waits", "A slow", '"slow"'))
    voted_file(browser, lab.root / "class.html", lab.root / "votes.json")
    form = json.loads((lab.root / "votes.json").read_text())
    for vote_ in form["votes"]:
        vote_["id"] = f"x{vote_['id']}"
        vote_["undoes"] = vote_["undoes"] and f"x{vote_['undoes']}"
    (lab.root / "forged.json").write_text(json.dumps(form))
    for _ in range(4):
        notebook.run_next()
    expect(notebook.output(3)).to_contain_text("votes.json: 11 votes counted.")
    expect(notebook.output(3)).to_contain_text("after 10 votes")
    expect(notebook.output(5)).to_contain_text("are there already")
    expect(notebook.output(6)).to_contain_text("at the same moment")
    figures = notebook.output(4).inner_text()
    assert figures.count("slow") == 1
    empty = [f"%env HAILUO_HOME={tmp_path / 'empty'}", LOAD, CLASS[1], CLASS[3], CLASS[4]]
    other = Notebook(lab, page, "empty.ipynb", empty)
    for _ in empty:
        other.run_next()
    assert other.output(4).inner_text() == figures
    left = running_simulator(tmp_path / "empty")
    assert left is not None
    left.stop()
