"""One browser and one JupyterLab, on the built-in simulator."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from hailuo_nb.session.simulator_process import restart_simulator, running_simulator
from tests.kernel.real_kernel import CLEARED
from tests.lab.server import Lab, running_lab
from tests.support.browser import browser, empty_page, no_errors

__all__ = ["browser"]

SPEED = 60
SIZE_PX = 160
"""As small as still shows something: rendering takes most of a clip's time."""

KERNEL_ENDED = (
    "Error: Canceled future for create_subshell_request message before replies were done",
    "Cannot read properties of null (reading 'kernel')",
)
"""JupyterLab throws these by itself where a notebook or its kernel ends soon after its opening."""

NOTEBOOK_ERRORS = (
    "Cannot read properties of undefined (reading 'schema')",
    "Command 'filebrowser:open-path' not registered.",
)
"""Notebook 7.6 throws these by itself where JupyterLab's settings are in the same folder."""


@pytest.fixture(scope="package")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Name a history folder, and end the simulator that it has at last."""
    folder = tmp_path_factory.mktemp("home")
    yield folder
    left = running_simulator(folder)
    if left is not None:
        left.stop()


@pytest.fixture(scope="package")
def lab(tmp_path_factory: pytest.TempPathFactory, home: Path) -> Iterator[Lab]:
    """Run JupyterLab whose kernels use the built-in simulator."""
    with pytest.MonkeyPatch.context() as patch:
        for name in CLEARED:
            patch.delenv(name, raising=False)
        patch.setenv("HAILUO_HOME", str(home))
        patch.setenv("HAILUO_SIMULATOR", "on")
        with running_lab(tmp_path_factory.mktemp("lab")) as started:
            yield started


@pytest.fixture(scope="package")
def shared_page(browser: Browser) -> Iterator[Page]:
    """Open one page: to load JupyterLab takes longer than most tests of it."""
    with empty_page(browser) as opened:
        yield opened


@pytest.fixture
def page(shared_page: Page, lab: Lab) -> Iterator[Page]:
    """Lend the page, nothing shown on it; an error on it fails the test.

    One on which anything was thrown is loaded anew: JupyterLab may be left without a kernel.
    """
    with no_errors(shared_page, foreign=KERNEL_ENDED) as errors:
        yield shared_page
        if errors:
            shared_page.goto("about:blank")
        else:
            lab.clear(shared_page)


@pytest.fixture(autouse=True)
def _alone(lab: Lab, home: Path) -> Iterator[None]:
    """Begin on a simulator without faults, some seconds a clip; leave no kernel behind."""
    found = running_simulator(home)
    if found is None or (found.speed, found.size_px, found.faults) != (SPEED, SIZE_PX, ()):
        restart_simulator(home, speed=SPEED, size_px=SIZE_PX)
    yield
    lab.end_kernels()
