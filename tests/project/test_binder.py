"""What a visitor of the Binder link gets: exactly those files, in a fresh environment."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest
from playwright.sync_api import Error, Page, expect

from tests.kernel.real_kernel import CLEARED
from tests.lab.notebook import IDLE
from tests.support.browser import empty_page, running_chromium
from tests.support.ports import free_port

pytestmark = pytest.mark.matrix

ROOT = Path(__file__).parents[2]
STARTED = ("binder/start",)
RUN = """
import json, nbformat, sys
from nbclient import NotebookClient
notebook = nbformat.read("notebooks/01_first_take.ipynb", as_version=4)
client = NotebookClient(notebook, timeout=300, kernel_name="python3",
                        resources={"metadata": {"path": "notebooks"}})
client.execute()
from hailuo_nb.session.simulator_process import running_simulator
from pathlib import Path
running_simulator(Path(sys.argv[1])).stop()
print("ran", len(notebook.cells))
"""


MEMORY_BYTES_MAX = 2_000_000_000
PREFIX = "/user/visitor-3f9c/"
TOKEN = "token-of-the-hub-51c0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """What repo2docker made of the checkout: its environment's Python, a home, the variables."""

    checkout: Path
    python: Path
    home: Path

    @property
    def environment(self) -> dict[str, str]:
        """The variables of a visitor's processes."""
        plain = {name: value for name, value in os.environ.items() if name not in CLEARED}
        folders = {"HOME": str(self.home), "JUPYTER_CONFIG_DIR": str(self.home / ".jupyter")}
        return plain | folders | {"HAILUO_HOME": str(self.home / "history")}


@pytest.fixture(scope="module")
def visitor(tmp_path_factory: pytest.TempPathFactory) -> Visitor:
    """Make the environment as repo2docker does: what git tracks, requirements.txt, postBuild."""
    folder = tmp_path_factory.mktemp("binder")
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    checkout = folder / "checkout"
    for name in filter(None, listed.stdout.split("\0")):
        (checkout / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, checkout / name)
    assert (checkout / "binder" / "runtime.txt").read_text().strip() == "python-3.11"
    python = folder / "venv" / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "venv"], check=True)
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
    install += ["--no-compile", "-r", "binder/requirements.txt"]  # most of it is never imported
    subprocess.run(install, cwd=checkout, check=True)
    made = Visitor(checkout=checkout, python=python, home=folder / "home")
    made.home.mkdir()
    subprocess.run([checkout / "binder" / "postBuild"], env=made.environment, check=True)
    assert "01_first_take" in (made.home / ".jupyter/jupyter_server_config.json").read_text()
    return made


def test_the_first_notebook_runs(visitor: Visitor) -> None:
    """From start to end, without a key."""
    done = subprocess.run(
        [*STARTED, visitor.python, "-c", RUN, visitor.home / "history"],
        cwd=visitor.checkout,
        env=visitor.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("ran")


def test_a_visitor_sees_a_clip(visitor: Visitor) -> None:
    """Behind the Hub's prefix and token, in 2 GB: the first screen says what this is; a clip."""
    port = free_port()
    words = ["-m", "jupyter", "lab", "--no-browser", "--allow-root", f"--port={port}"]
    words += ["--ServerApp.ip=127.0.0.1", f"--ServerApp.base_url={PREFIX}"]
    words += [f"--IdentityProvider.token={TOKEN}", "--LabApp.expose_app_in_browser=True"]
    with (visitor.home / "lab.log").open("wb") as log:
        server = subprocess.Popen(
            [*STARTED, visitor.python, *words],
            cwd=visitor.checkout,
            env=visitor.environment,
            stdout=log,
            stderr=log,
        )
        try:
            with (
                limited(server.pid, MEMORY_BYTES_MAX) as most,
                running_chromium() as browser,
                empty_page(browser) as page,
            ):
                sees_a_clip(page, f"http://127.0.0.1:{port}{PREFIX}")
            assert 0 < most[0] <= MEMORY_BYTES_MAX
        finally:
            end_all(server.pid)
            server.wait()


def sees_a_clip(page: Page, base: str) -> None:
    """Open the link, read the first screen, run its cells, see a clip that was made."""
    for _ in range(600):
        with suppress(Error):
            page.goto(f"{base}?token={TOKEN}", wait_until="domcontentloaded")
            break
        page.wait_for_timeout(100)
    page.wait_for_function("() => !!window.jupyterapp", timeout=60_000)
    assert urlsplit(page.url).path.startswith(PREFIX)
    first = page.locator(".jp-Notebook .jp-Cell").first
    for word in ("simulator", "free", "nothing"):
        expect(first).to_contain_text(word, ignore_case=True, timeout=60_000)
    page.wait_for_function(IDLE, timeout=60_000)
    outputs = page.locator(".jp-Notebook .jp-OutputArea")
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:clear-all-cell-outputs')")
    expect(outputs.locator("figure.hailuo-card")).to_have_count(0)
    page.evaluate("() => void window.jupyterapp.commands.execute('notebook:run-all-cells')")
    video = outputs.locator("figure.hailuo-card video").first
    expect(video).to_be_visible(timeout=120_000)
    assert video.evaluate("async (video) => { await video.play(); return video.videoWidth }") > 0


@contextmanager
def limited(pid: int, most_bytes: int) -> Iterator[list[int]]:
    """End a process and all that it started once they hold more memory; yield the most held."""
    most, over = [0], threading.Event()

    def watch() -> None:
        while not over.wait(0.5):
            most[0] = max(most[0], sum(map(held_bytes, family(pid))))
            if most[0] > most_bytes:
                end_all(pid)

    watching = threading.Thread(target=watch, daemon=True)
    watching.start()
    try:
        yield most
    finally:
        over.set()
        watching.join()


def family(pid: int) -> list[psutil.Process]:
    """Return a process and all below it, as far as they still run."""
    try:
        first = psutil.Process(pid)
        return [first, *first.children(recursive=True)]
    except psutil.Error:
        return []


def held_bytes(process: psutil.Process) -> int:
    """Return the memory of a process, its share of what others have, too."""
    try:
        return int(process.memory_full_info().pss)
    except psutil.Error:
        return 0


def end_all(pid: int) -> None:
    """End a process and all below it."""
    for process in reversed(family(pid)):
        with suppress(psutil.Error):
            process.kill()
