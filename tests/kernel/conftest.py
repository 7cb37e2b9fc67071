"""Real kernels for tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kernel.real_kernel import RealKernel, lent_kernel, real_kernel
from tests.views.samples import write_clip


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


@pytest.fixture(scope="package")
def clip(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return a playable clip."""
    return write_clip(tmp_path_factory.mktemp("clip") / "one.mp4").read_bytes()
