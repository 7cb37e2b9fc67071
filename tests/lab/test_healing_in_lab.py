"""Cards of a kernel that has gone: the server tells what became of their tasks."""

import os
import re
import signal
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from hailuo_nb.session.simulator_process import restart_simulator
from tests.lab.conftest import KERNEL_ENDED, NOTEBOOK_ERRORS, SIZE_PX, SPEED
from tests.lab.notebook import PLAY, Notebook
from tests.lab.server import Lab, running_lab
from tests.lab.test_anywhere_in_lab import RESTART
from tests.support.browser import empty_page, open_page
from tests.support.keepers import end_keepers
from tests.support.stripping import stripping_proxy

STUCK = "%load_ext hailuo_nb\n%hailuo simulator --speed 60 --size 160 --fault stuck-waiting"
CELLS = {
    "card": ("%%hailuo\nA {}, alone.", 1),
    "grid": ("%%hailuo\nA {} in {{{{rain | fog}}}}.", 2),
}
STRIPPED = {
    "logins": ("authorization", "referer"),
    "what it does not know": ("x-xsrftoken", "x-requested-with", "origin", "sec-fetch-site"),
}
"""What a proxy takes out of each request."""


def healed(notebook: Notebook) -> Locator:
    """Return what stands in the place of the live view."""
    return notebook.output(1).locator(".hailuo-heal")


@pytest.mark.parametrize("kind", CELLS)
def test_a_card_tells_the_truth_whatever_has_ended(
    page: Page, lab: Lab, home: Path, kind: str
) -> None:
    """After a restart, and again after a reload, it says who looks; then it becomes the clip."""
    heals(page, lab, home, kind)


@pytest.mark.matrix
@pytest.mark.parametrize("kind", CELLS)
def test_a_card_tells_the_truth_in_notebook_7(
    browser: Browser, lab: Lab, home: Path, kind: str
) -> None:
    """It does so where Notebook shows the page, too."""
    with open_page(browser, foreign=(*KERNEL_ENDED, *NOTEBOOK_ERRORS)) as page:
        heals(page, lab, home, kind, app="notebook")


@pytest.mark.matrix
@pytest.mark.parametrize("taken", STRIPPED.values(), ids=list(STRIPPED))
def test_a_card_tells_the_truth_behind_a_proxy_that_takes_headers(
    browser: Browser, lab: Lab, home: Path, tmp_path: Path, taken: Sequence[str]
) -> None:
    """The server has a token and its guards, and hears less than the page has said."""
    with running_lab(tmp_path, token="a-token-of-the-tests") as own:
        port = int(own.origin.rpartition(":")[2])
        with stripping_proxy(port, taken) as before, empty_page(browser) as page:
            heals(page, replace(own, origin=f"http://127.0.0.1:{before}"), home, "card")
        own.end_kernels()


def heals(page: Page, lab: Lab, home: Path, kind: str, *, app: str = "lab") -> None:
    """Run a cell, restart its kernel, load its page anew; at last somebody looks after it."""
    cell, clips = CELLS[kind]
    asked = cell.format(f"{kind}, {app}, {home.name} {lab.origin}").replace("{{", "{")
    cells = [STUCK, asked.replace("}}", "}"), "1"]
    notebook = Notebook(lab, page, f"heals-{kind}-{app}.ipynb", cells, app=app)
    notebook.run_next()
    notebook.run_next()
    output = notebook.output(1)
    expect(output.locator(".clock").first).to_be_visible(timeout=60_000)
    notebook.save()
    page.evaluate(RESTART)
    expect(healed(notebook).get_by_text("nobody looks after it")).to_be_visible(timeout=60_000)
    expect(output.get_by_role("button", name="Stop watching")).to_have_count(0)

    lab.open(page, notebook.path.name, app=app)
    expect(healed(notebook).get_by_text("nobody looks after it")).to_be_visible(timeout=60_000)
    expect(output.get_by_text("model not found")).not_to_be_visible()

    restart_simulator(home, speed=SPEED, size_px=SIZE_PX)
    notebook.wait_idle()
    page.evaluate(
        """async () => {
          const { sessionContext } = window.jupyterapp.shell.currentWidget.context;
          await sessionContext.session.kernel.requestExecute({
            code: "%load_ext hailuo_nb\\n%hailuo resume" }).done;
        }"""
    )
    videos = healed(notebook).locator("video")
    expect(videos).to_have_count(clips, timeout=60_000)
    assert videos.first.evaluate(PLAY)[0] == 1
    expect(healed(notebook).get_by_role("button", name="Next frame")).to_be_visible()


KEPT = "import os\nos.environ['HAILUO_KEEP'] = ''\n%load_ext hailuo_nb\nprint(os.getpid())"


@pytest.mark.matrix
def test_the_clip_of_a_killed_kernel_comes_into_the_open_notebook(
    page: Page, lab: Lab, home: Path
) -> None:
    """Nobody runs anything again: the keeper watches and saves, and the page is told."""
    cells = [KEPT, "%%hailuo\nA hawk that nobody waits for.", "1"]
    notebook = Notebook(lab, page, "killed.ipynb", cells)
    notebook.run_next()
    told = notebook.output(0).locator("pre").last
    expect(told).to_have_text(re.compile(r"\d+\s*$"))
    notebook.run_next()
    output = notebook.output(1)
    expect(output.locator(".clock").first).to_be_visible(timeout=60_000)
    expect(output.locator("code").first).to_have_text(re.compile(r"\w{8}"))  # it has been sent
    os.kill(int(told.inner_text().split()[-1]), signal.SIGKILL)
    try:
        videos = healed(notebook).locator("video")
        expect(videos).to_have_count(1, timeout=60_000)
        assert videos.first.evaluate(PLAY)[0] == 1
    finally:
        end_keepers(home)
