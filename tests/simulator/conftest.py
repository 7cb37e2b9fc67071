"""Fixtures: simulators to talk to, and a picture to send them."""

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.simulator.owner import COPYING
from tests.simulator.process import KEY, QUICK, Simulator, make_png

_NUMBERS = itertools.count(1)


@pytest.fixture(scope="session")
def shared() -> Iterator[Simulator]:
    """One quick simulator for all tests that leave it as they found it, and see no clip.

    What some of them leave to be made is copied: to draw it would keep the others waiting.
    """
    simulator = Simulator(*QUICK, program=COPYING)
    yield simulator
    assert simulator.close() == 0


@pytest.fixture
def sim(shared: Simulator) -> Iterator[Simulator]:
    """Lend the shared simulator, without faults before and after, with a full purse.

    Each test is somebody else to it: what one has left unfinished changes nobody's balance.
    """
    shared.faults()
    shared.become(f"{KEY}-{next(_NUMBERS)}")
    shared.http.post("/_sim/credits", json={"credits": 10000})
    yield shared
    shared.faults()
    shared.become(KEY)


@pytest.fixture
def start() -> Iterator[Callable[..., Simulator]]:
    """Start simulators with options of the test's own; all are ended afterwards."""
    started: list[Simulator] = []

    def begin(*arguments: str, **options: Any) -> Simulator:
        started.append(Simulator(*arguments, **options))
        return started[-1]

    yield begin
    for simulator in started:
        if simulator.process.poll() is None:
            assert simulator.close() == 0


@pytest.fixture(scope="session")
def png() -> bytes:
    """Make a small picture with a different colour in each corner."""
    return make_png(120, 80)
