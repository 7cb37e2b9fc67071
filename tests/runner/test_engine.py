"""What runs on the engine's thread knows nothing of the cell that started it."""

from collections.abc import Iterator
from contextvars import ContextVar
from queue import SimpleQueue

import pytest

from hailuo_nb.runner.engine import Engine
from tests.runner.service import WAIT_S

CELL: ContextVar[str] = ContextVar("cell", default="none")


@pytest.fixture
def engine() -> Iterator[Engine]:
    """Run an engine."""
    made = Engine()
    yield made
    made.close()


@pytest.fixture
def in_a_cell() -> Iterator[None]:
    """Run the test as a cell does, in a context of its own."""
    token = CELL.set("a cell's")
    yield
    CELL.reset(token)


async def seen() -> str:
    """Return the cell that this belongs to."""
    return CELL.get()


@pytest.mark.usefixtures("in_a_cell")
def test_what_is_started_has_a_clean_context(engine: Engine) -> None:
    """A coroutine that is waited for belongs to no cell."""
    assert CELL.get() == "a cell's"
    assert engine.start(seen()).result(WAIT_S) == "none"


@pytest.mark.usefixtures("in_a_cell")
@pytest.mark.parametrize("way", ["spawn", "call", "later"])
def test_what_is_handed_over_has_a_clean_context(engine: Engine, way: str) -> None:
    """Nor does one that nobody waits for, nor a function called at once or after a while."""
    told: SimpleQueue[str] = SimpleQueue()

    def tell() -> None:
        told.put(CELL.get())

    async def run() -> None:
        tell()

    ways = {
        "spawn": lambda: engine.spawn(run()),
        "call": lambda: engine.call(tell),
        "later": lambda: engine.later(0.0, tell),
    }
    ways[way]()
    assert told.get(timeout=WAIT_S) == "none"
