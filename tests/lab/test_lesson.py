"""The first lesson, run from its first cell to its last where people open it."""

from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser, expect

from tests.lab.conftest import NOTEBOOK_ERRORS
from tests.lab.notebook import PLAY, Notebook
from tests.lab.server import Lab
from tests.support.browser import open_page

LESSON = Path(__file__).parents[2] / "notebooks" / "01_first_take.ipynb"


@pytest.mark.parametrize("app", ["lab", "notebook"])
def test_the_first_lesson_runs_from_start_to_end(browser: Browser, lab: Lab, app: str) -> None:
    """Every cell runs without an error, both clips play, and that is what is saved."""
    cells = [one.source for one in nbformat.read(LESSON, as_version=4).cells
             if one.cell_type == "code"]  # fmt: skip
    with open_page(browser, foreign=NOTEBOOK_ERRORS) as page:
        notebook = Notebook(lab, page, f"lesson-in-{app}.ipynb", cells, app=app)
        for _ in cells:
            notebook.run_next()
        videos = page.locator("figure.hailuo-card video")
        expect(videos).to_have_count(2, timeout=60_000)
        for video in videos.all():
            video.scroll_into_view_if_needed()
            assert video.evaluate(PLAY)[0] == 1
        saved = notebook.save()
    ran = saved.cells[: len(cells)]  # the last one run opens an empty one
    outputs = [output for cell in ran for output in cell.outputs]
    assert all(cell.execution_count for cell in ran)
    assert "error" not in {output.output_type for output in outputs}
    assert sum("hailuo-card" in str(output.get("data", "")) for output in outputs) == 2
