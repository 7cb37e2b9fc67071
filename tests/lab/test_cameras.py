"""The camera commands in a real JupyterLab: moving where trusted, in pictures where not."""

import pytest
from playwright.sync_api import Page, expect

from hailuo_nb.core.cameras import CAMERAS
from tests.lab.notebook import Notebook
from tests.lab.server import Lab


@pytest.mark.matrix
def test_the_sketches_move_where_trusted_and_stand_where_not(page: Page, lab: Lab) -> None:
    """The verb shows moving sketches; sanitized, each has its first and last frame instead."""
    cells = ["%load_ext hailuo_nb", "%hailuo cameras"]
    notebook = Notebook(lab, page, "cameras.ipynb", cells)
    notebook.run_next()
    notebook.run_next()
    figure = notebook.output(1).locator("figure.hailuo-cameras")
    expect(figure.locator("svg.moving").first).to_be_visible()
    expect(figure.locator("img.still").first).to_be_hidden()
    assert figure.evaluate("(figure) => figure.getAnimations({ subtree: true }).length") > 15
    notebook.save()
    lab.end_kernels()
    lab.open(page, notebook.untrusted_copy())
    stands(page)


def stands(page: Page) -> None:
    """See that the sanitizer left pictures and words, in columns, and nothing that is dead."""
    figure = page.locator("figure.hailuo-cameras")
    expect(figure.locator("img.still").first).to_be_visible()
    expect(figure.locator("svg, style")).to_have_count(0)
    expect(figure.get_by_text("hold still")).to_be_hidden()
    for name in CAMERAS:
        expect(figure.get_by_text(f"[{name}]", exact=True)).to_be_visible()
    stills = figure.locator("img.still")
    widths = stills.evaluate_all("(stills) => stills.map((still) => still.naturalWidth)")
    assert len(widths) == len(CAMERAS)
    assert min(widths) > 0
    tops = stills.evaluate_all("(stills) => stills.map((s) => s.getBoundingClientRect().top)")
    assert len(set(tops)) == 4
