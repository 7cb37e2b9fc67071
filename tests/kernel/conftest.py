"""Real kernels for tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hailuo_nb.session.simulator_process import SPEED
from hailuo_nb.session.simulator_record import Simulator, keep_record
from tests.kernel.real_kernel import RealKernel, lent_kernel, real_kernel
from tests.runner.conftest import clip

__all__ = ["clip"]

SIZE_PX = 160
"""As small as still shows something: rendering takes most of a clip's time."""


def small_clips(home: Path) -> None:
    """Have the history's simulator make small clips once it starts, as its last one did."""
    gone = Simulator(url="http://127.0.0.1:9", pid=2**22, speed=SPEED, size_px=SIZE_PX, token="0")
    for folder in (home, home / "simulator"):
        folder.mkdir(mode=0o700)
    keep_record(home, gone)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Name a history folder of the test's own."""
    return tmp_path / "home"


@pytest.fixture(scope="package")
def left() -> Iterator[list[RealKernel]]:
    """Keep the kernel that one test has left alive for the next: to start one takes long."""
    kernels: list[RealKernel] = []
    yield kernels
    for kernel in kernels:
        kernel.close()


@pytest.fixture
def kernel(tmp_path: Path, home: Path, left: list[RealKernel]) -> Iterator[RealKernel]:
    """Lend a kernel on the built-in simulator, the extension loaded; no other uses its home."""
    folder = tmp_path / "notebooks"
    folder.mkdir()
    small_clips(home)
    with lent_kernel(left, folder, home, HAILUO_SIMULATOR="on") as lent:
        lent.load()
        yield lent


@pytest.fixture(scope="package")
def shared_kernel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealKernel]:
    """Start one kernel for the tests that send nothing."""
    folder = tmp_path_factory.mktemp("shared")
    with real_kernel(folder, folder / "home", HAILUO_SIMULATOR="on") as started:
        started.load()
        yield started
