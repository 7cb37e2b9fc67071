"""Who asks first passes first, also where a newcomer finds the gate open."""

import asyncio
from pathlib import Path
from types import SimpleNamespace

import pytest

from hailuo_nb.runner import connection
from hailuo_nb.runner.connection import Gate
from hailuo_nb.store import leases
from hailuo_nb.store.history import History
from tests.runner.service import WAIT_S

WINDOW_S = 1000.0


def test_a_newcomer_does_not_pass_before_those_who_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The gate opens while they still sleep: it is theirs all the same, in order of asking."""
    clock = SimpleNamespace(now_s=1e6)
    monkeypatch.setattr(leases, "time", SimpleNamespace(time=lambda: clock.now_s))
    monkeypatch.setattr(connection, "TELL_EVERY_S", 0.01)
    passed: list[int] = []
    places: list[int] = []

    async def main() -> None:
        gate = Gate(history, "service", "create", count=4, window_s=WINDOW_S)

        async def go(number: int) -> None:
            await gate.turn(places.append if number == 6 else None)
            passed.append(number)

        for number in range(4):
            await go(number)
        waiting = [asyncio.ensure_future(go(number)) for number in (4, 5)]
        await asyncio.sleep(0)
        clock.now_s += 2 * WINDOW_S
        async with asyncio.timeout(WAIT_S):
            await go(6)
            await asyncio.gather(*waiting)

    with History(tmp_path) as history:
        asyncio.run(main())
    assert passed == [*range(7)]
    assert places[0] == 2
