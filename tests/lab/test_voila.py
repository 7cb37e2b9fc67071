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

import pytest
from playwright.sync_api import Locator, Page, expect

from hailuo_nb.session.simulator_process import restart_simulator
from tests.lab.conftest import SIZE_PX, SPEED

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "panel.ipynb"
START_S = 60
KEY = "sk-test-never-used-91c2"


@pytest.fixture
def voila(tmp_path: Path, home: Path) -> Iterator[str]:
    """Serve the notebook on a free loopback port, with a key in the environment."""
    shutil.copy(NOTEBOOK, tmp_path)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [sys.executable, "-m", "voila", NOTEBOOK.name, "--no-browser", f"--port={port}"]
    words += ["--Voila.ip=127.0.0.1"]
    env = os.environ | {"HAILUO_HOME": str(home), "KIE_API_KEY": KEY, "HAILUO_SIMULATOR": ""}
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
            process.wait(10)


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
