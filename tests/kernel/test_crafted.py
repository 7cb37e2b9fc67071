"""A result that claims absurd things: the kernel stays small, no later one tries it by itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kernel.real_kernel import RealKernel, real_kernel
from tests.media import crafted
from tests.runner.service import TASK, Service, running_service, until

GROWN_BYTES_MAX = 150e6
PEAK = "__import__('resource').getrusage(0).ru_maxrss * 1024"
KEY = "sk-3f9a71c05be24d68"


@pytest.fixture
def service() -> Iterator[Service]:
    """Run a service whose every clip claims 85 million samples."""
    with running_service(crafted.mp4()) as running:
        running.say("/api/v1/jobs/recordInfo", running.finish(f"{running.origin}/clip.mp4"))
        yield running


@pytest.fixture
def kernel(tmp_path: Path, home: Path, service: Service) -> Iterator[RealKernel]:
    """Start a kernel on that service."""
    with real_kernel(tmp_path, home, HAILUO_BASE_URL=service.origin, KIE_API_KEY=KEY) as started:
        started.load()
        yield started


def grown_bytes(kernel: RealKernel, before: float) -> float:
    return float(kernel.value(PEAK)) - before


def test_a_crafted_clip_leaves_the_kernel_small(kernel: RealKernel, service: Service) -> None:
    """The task ends and says why; the next kernel loads, tells it and asks nothing by itself."""
    kernel.run("%hailuo cameras")
    before = float(kernel.value(PEAK))
    told = kernel.run("%%hailuo crafty --wait\nA hawk.")
    assert told.error_name == "HarmfulClip"
    assert "it claims 85000000 frames. It was charged." in told.error
    assert TASK in told.error
    assert grown_bytes(kernel, before) < GROWN_BYTES_MAX
    assert kernel.value("crafty.state") == "expired"
    fetched = service.count("/clip.mp4")
    assert fetched == 1

    kernel.kill()
    kernel.restart()
    assert "unfinished" not in kernel.load().text
    shown = kernel.run("%hailuo show crafty")
    assert "claims 85000000 frames" in kernel.plain(shown.displays[0])
    assert (
        "crafty is not fetched again: The file is no sound video"
        in kernel.run("%hailuo resume").text
    )
    assert kernel.value("1 + 1") == "2"
    assert service.count("/clip.mp4") == fetched

    assert not kernel.run("%hailuo resume crafty").error
    assert kernel.run("%hailuo wait crafty").error_name == "HarmfulClip"
    assert service.count("/clip.mp4") == fetched + 1


def test_a_kernel_that_died_over_it_is_followed_by_one_that_does_not(
    kernel: RealKernel, service: Service
) -> None:
    """A task left while it was being saved is watched on once, and ends; the next load is calm."""
    hold = service.hold("/clip.mp4")
    kernel.run("%%hailuo crafty\nA hawk.")
    until(lambda: service.count("/clip.mp4") == 1)
    kernel.kill()
    kernel.restart()
    before = float(kernel.value(PEAK))
    hold.set()
    assert "1 unfinished task: watched on" in kernel.load().text
    assert kernel.run("%hailuo wait").error_name == "HarmfulClip"
    assert grown_bytes(kernel, before) < GROWN_BYTES_MAX
    kernel.restart()
    assert "unfinished" not in kernel.load().text
    shown = kernel.run("%hailuo show crafty")
    assert "claims 85000000 frames" in kernel.plain(shown.displays[0])


def test_an_enormous_picture_leaves_the_kernel_small(kernel: RealKernel, tmp_path: Path) -> None:
    """A start image of half a megabyte that would be gigabytes is refused by its header."""
    data = crafted.png(13_300, 13_300)
    assert len(data) < 1_000_000
    (tmp_path / "black.png").write_bytes(data)
    kernel.run("%hailuo cameras")
    before = float(kernel.value(PEAK))
    told = kernel.run("%%hailuo one --image black.png\nA hawk.")
    assert told.error_name == "ImageError"
    assert "black.png has 13300 x 13300 pixels; at most 50 million are taken" in told.error
    assert "takes too much memory" in told.error
    kernel.run("black = open('black.png', 'rb').read()")
    assert "13300 x 13300 pixels" in kernel.run("%%hailuo one --image black\nA hawk.").error
    assert grown_bytes(kernel, before) < GROWN_BYTES_MAX
