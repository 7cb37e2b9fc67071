"""An empty history for each test of the store."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hailuo_nb.store.history import History


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    """Open an empty history."""
    with History(tmp_path) as opened:
        yield opened
