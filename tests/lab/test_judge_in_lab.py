"""Blind votes in a real JupyterLab: by keyboard alone, with a kernel that is restarted between."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.lab.notebook import Notebook
from tests.lab.server import Lab
from tests.lab.test_anywhere_in_lab import RESTART

LOAD = "%load_ext hailuo_nb"
TRIAL = "%%hailuo judged --wait\nA {slow|fast|blue} boat turns."
READ = "print(*[(row.name, row.votes, row.win_rate is not None) for row in judged.ranking()])"
READY = """(root) => {
  const videos = [...root.querySelectorAll("figure.hailuo-clip video")];
  return videos.length === 2 && videos.every((video) => video.readyState > 1);
}"""


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
    expect(booth.get_by_role("group", name="All clips together")).to_be_visible(timeout=30_000)
    booth.focus()
    return booth


def test_twelve_votes_by_keyboard_over_a_restart(page: Page, lab: Lab) -> None:
    """Seven votes, one taken back, a new kernel, six more: Python reads twelve."""
    notebook = Notebook(lab, page, "judged.ipynb", [LOAD, TRIAL, "%hailuo judge judged", READ])
    notebook.run_next()
    notebook.run_next()
    booth = begun(notebook, 2)
    assert not any(word in booth.inner_text() for word in ("slow", "fast", "blue", "boat"))
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
