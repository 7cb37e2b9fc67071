"""The table of changes still fits the code; that each turns a test red is what it is run for."""

from collections import Counter
from pathlib import Path

import pytest

from tests.mutants.table import ROWS, Mutant

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_change_fits(row: Mutant) -> None:
    """What it changes is there once, and the tests that it names are there."""
    assert (ROOT / row.file).read_text("utf-8").count(row.old) == 1
    for test in row.tests:
        file, _, name = test.partition("::")
        assert f"def {name.partition('[')[0]}" in (ROOT / file).read_text("utf-8")


def test_no_change_is_there_twice() -> None:
    """A row is played by its name."""
    assert [name for name, number in Counter(row.name for row in ROWS).items() if number > 1] == []
