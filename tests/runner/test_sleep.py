"""A rest ends when it is over, and at once when the machine has slept."""

import asyncio
import itertools
import time
from types import SimpleNamespace

import pytest

from hailuo_nb.runner import poll
from hailuo_nb.session.session import Session
from tests.runner.conftest import order
from tests.runner.service import RECORD, Service

LONG_S = 3600.0


class Machine:
    """Its two clocks, moved by its rests alone; the wall's may go ahead in one of them."""

    def __init__(self, *, jumps_s: dict[int, float]) -> None:
        self.rested_s = self.ahead_s = 0.0
        self._jumps_s = jumps_s
        self._rests = 0

    def monotonic(self) -> float:
        """Answer as `time.monotonic` does."""
        return self.rested_s

    def time(self) -> float:
        """Answer as `time.time` does."""
        return 1e9 + self.rested_s + self.ahead_s

    async def sleep(self, rest_s: float) -> None:
        """Rest as `asyncio.sleep` does."""
        self.rested_s += rest_s
        self.ahead_s += self._jumps_s.get(self._rests, 0.0)
        self._rests += 1


@pytest.mark.parametrize(
    ("jumps_s", "rested_s"),
    [
        ({}, LONG_S),
        ({3: 8 * LONG_S}, 4 * poll.SLICE_S),
        ({1: -8 * LONG_S}, LONG_S),
        ({1: poll.JUMP_S / 2}, LONG_S),
    ],
)
def test_a_rest_ends_with_the_machines_own(
    monkeypatch: pytest.MonkeyPatch, jumps_s: dict[int, float], rested_s: float
) -> None:
    """It ends in the slice in which the wall's clock has gone on alone; not for a small step."""
    machine = Machine(jumps_s=jumps_s)
    monkeypatch.setattr(poll, "time", machine)
    monkeypatch.setattr(poll, "asyncio", machine)
    asyncio.run(poll.sleep_awake(LONG_S))
    assert machine.rested_s == pytest.approx(rested_s)


def test_after_the_machines_sleep_a_task_is_asked_for_at_once(
    session: Session, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long its next question was off."""
    walls = itertools.count(time.time(), LONG_S)
    clocks = SimpleNamespace(monotonic=time.monotonic, time=lambda: next(walls))
    monkeypatch.setattr(poll, "time", clocks)
    monkeypatch.setattr(poll, "SLICE_S", 0.01)
    monkeypatch.setattr(poll, "next_delay_s", lambda *_, **__: LONG_S)
    service.say(RECORD, service.finish(f"{service.origin}/clip.mp4"))
    task = session.dispatch.submit(order())
    assert task.wait(20).state == "done"
