"""One browser and one JupyterLab, on the built-in simulator."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hailuo_nb.launch import restart_simulator
from tests.browser import browser, page
from tests.kernel.real_kernel import CLEARED

from .server import Lab, running_lab

__all__ = ["browser", "page"]


@pytest.fixture(scope="package")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Name a history folder whose simulator takes some seconds a clip."""
    folder = tmp_path_factory.mktemp("home")
    with restart_simulator(folder, speed=30):
        yield folder


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


@pytest.fixture(autouse=True)
def _kernels_end(lab: Lab) -> Iterator[None]:
    """Leave no kernel to the next test."""
    yield
    lab.end_kernels()
