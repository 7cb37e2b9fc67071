"""The panel as a page of its own, served by a real Voila: no notebook, no key, no cost."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Locator, Page, expect

from hailuo_nb.session.simulator_process import restart_simulator
from tests.lab.conftest import SIZE_PX, SPEED
from tests.lab.notebook import KERNEL
from tests.support.ports import free_port

pytestmark = pytest.mark.matrix

PANEL = Path(__file__).parents[2] / "notebooks" / "panel.ipynb"
CELLS = [
    "%load_ext hailuo_nb\n%hailuo simulator",
    "%%hailuo\nA visitor's hill.",
    "%%hailuo\nA {red | green} hill.",
]
START_S = 60
KEY = "sk-test-never-used-91c2"


@pytest.fixture
def voila(request: pytest.FixtureRequest, tmp_path: Path, home: Path) -> Iterator[str]:
    """Serve the panel, or the cells given, on a free loopback port; a key is in the environment."""
    cells = getattr(request, "param", None)
    if cells is None:
        shutil.copy(PANEL, tmp_path / "page.ipynb")
    else:
        notebook = nbformat.v4.new_notebook(metadata={"kernelspec": KERNEL})
        notebook.cells = [nbformat.v4.new_code_cell(cell) for cell in cells]
        nbformat.write(notebook, tmp_path / "page.ipynb")
    port = free_port()
    words = [sys.executable, "-m", "voila", "page.ipynb", "--no-browser", f"--port={port}"]
    words += ["--Voila.ip=127.0.0.1"]
    mode = "on" if cells else ""
    env = os.environ | {"HAILUO_HOME": str(home), "KIE_API_KEY": KEY, "HAILUO_SIMULATOR": mode}
    with (tmp_path / "voila.log").open("wb") as log:
        process = subprocess.Popen(
            words, cwd=tmp_path, env=env, stdout=log, stderr=log, start_new_session=True
        )
        try:
            _wait_until_up(port, process, tmp_path / "voila.log")
            yield f"http://127.0.0.1:{port}/"
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            process.wait(60)


def _wait_until_up(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    for _ in range(START_S * 10):
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.1)
            raise RuntimeError(log.read_text())
    raise TimeoutError(log.read_text())


def test_a_visitor_makes_a_clip_and_sees_it(page: Page, voila: str, home: Path) -> None:
    """A visitor writes and presses, and the clip shows itself; all of it is simulated."""
    restart_simulator(home, speed=SPEED, size_px=SIZE_PX)
    page.goto(voila)
    panel = page.locator(".hailuo-panel")
    expect(panel).to_be_visible(timeout=60_000)
    panel.get_by_role("textbox", name="Prompt").fill("A visitor's sea.")
    panel.get_by_role("button", name="Generate 1 clip").click()
    tile = panel.locator("li.tile", has_text="A visitor's sea.")
    expect(tile.get_by_text("SIMULATED")).to_be_visible(timeout=60_000)
    expect(panel.locator("li.tile[data-state=done]", has_text="A visitor's")).to_have_count(
        1, timeout=60_000
    )
    page.wait_for_function(
        "(video) => video.readyState > 1 && video.duration > 5",
        arg=tile.locator("video").element_handle(),
    )
    assert KEY not in page.content()
    looks_at_clips_only(panel, tile)


def looks_at_clips_only(panel: Locator, tile: Locator) -> None:
    """Nothing renames or hides a clip on a page that is not shared; the rest is offered."""
    tile.hover()
    for name in ("Use these settings", "Copy prompt", "Go on from the last frame"):
        expect(tile.get_by_role("button", name=name)).to_be_visible()
    for name in ("Rename", "Hide"):
        expect(panel.get_by_role("button", name=name, exact=True)).to_have_count(0)


@pytest.mark.parametrize("voila", [CELLS], indirect=True)
def test_cards_and_grids_of_cells_become_their_clips(page: Page, voila: str) -> None:
    """A served page hears of no update but a widget's: what was live draws its end itself."""
    page.goto(voila)
    card = page.locator("section.hailuo-live[data-state=done]")
    expect(card.locator("video")).to_be_visible(timeout=60_000)
    grid = page.locator(".hailuo-live-grid")
    expect(grid.locator("video")).to_have_count(2, timeout=60_000)
    expect(grid.locator("video").first).to_be_visible()
    for video in (card.locator("video"), grid.locator("video").first):
        video.evaluate("(video) => void video.play().catch(() => {})")
        page.wait_for_function("(video) => video.currentTime > 0.1", arg=video.element_handle())
