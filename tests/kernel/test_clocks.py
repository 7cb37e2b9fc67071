"""Two kernels of one history whose clocks do not agree: each task has one that looks after it."""

import time
from pathlib import Path

import pytest

from tests.kernel.real_kernel import RealKernel, real_kernel
from tests.runner.service import CREATE, running_service

COUNTING = """
import time
def shifted(now=time.time): return now() + {ahead_s}
time.time = shifted
import httpx
from hailuo_nb.runner import poll
polls = []
async def counting(self, request, send=httpx.AsyncClient.send, **how):
    if "recordInfo" in request.url.path: polls.append(request.url.params["taskId"])
    return await send(self, request, **how)
httpx.AsyncClient.send = counting
poll.next_delay_s = lambda *_, **__: 0.3
%load_ext hailuo_nb
"""
"""Moves the clock before the package sees it, and counts what is asked at the outermost wire."""

ROUNDS = 8
"""So many questions take longer than the follower needs to try for the task several times."""


def polls(kernel: RealKernel, task_id: str) -> int:
    """Return how often a kernel has asked for a task."""
    return int(kernel.value(f"polls.count({task_id!r})"))


def wait_for_polls(kernel: RealKernel, task_id: str, more: int = ROUNDS) -> None:
    """Hold until a kernel has asked for a task so many times more."""
    least = polls(kernel, task_id) + more
    assert not kernel.run(f"while polls.count({task_id!r}) < {least}: time.sleep(0.05)").error


@pytest.mark.parametrize("ahead_s", [-86_400, -90, 90, 86_400])
def test_each_task_is_polled_by_one_kernel_that_goes_on(tmp_path: Path, ahead_s: float) -> None:
    """Whoever sent a task asks for it and the other one follows; when it is killed, that one asks.

    Each of the two has sent a task and follows the other's.
    """
    home = tmp_path / "home"
    with running_service(b"") as service:
        service.say(CREATE, *({"code": 200, "data": {"taskId": id}} for id in ("t1", "t2")))
        env = {"HAILUO_BASE_URL": service.origin, "KIE_API_KEY": "sk-clocks-5e"}
        with real_kernel(tmp_path, home, **env) as one, real_kernel(tmp_path, home, **env) as two:
            _start(one, "t1", 0)
            _start(two, "t2", ahead_s)
            assert not one.run("%hailuo resume").error
            for kernel, own in ((one, "t1"), (two, "t2")):
                wait_for_polls(kernel, own)
            assert (polls(one, "t2"), polls(two, "t1")) == (0, 0)
            one.kill()
            wait_for_polls(two, "t1")


def _start(kernel: RealKernel, own: str, ahead_s: float) -> None:
    assert not kernel.run(COUNTING.format(ahead_s=ahead_s)).error
    assert abs(float(kernel.value("time.time()")) - time.time() - ahead_s) < 60
    assert not kernel.run(f"%%hailuo boat_{own}\nBoat {own} turns.").error
    wait_for_polls(kernel, own, 1)
