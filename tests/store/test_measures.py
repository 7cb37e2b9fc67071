"""What was measured is kept by its definition; a damaged row costs nothing else."""

from pathlib import Path

import pytest

from hailuo_nb.core.measured import Measured
from hailuo_nb.store.history import History
from tests.store.make import finished

SEEN = Measured(value="seen", version=1, words="asked Pan left: seen")
LOOP = Measured(value=0.25, version=1)
NONE = Measured(value=None, version=4)


@pytest.fixture
def history(tmp_path: Path) -> History:
    """Return a history of two clips that are done."""
    made = History(tmp_path)
    for id in ("a1", "b2"):
        made.add(finished(id, tmp_path), folder=tmp_path)
    return made


def test_what_was_measured_comes_with_its_task(history: History) -> None:
    """However the task is found; another definition takes the place of the one before."""
    history.measures.keep("a1", {"camera": SEEN, "loop": NONE})
    history.measures.keep("a1", {"loop": LOOP})
    found = history.get("a1")
    assert found is not None
    assert found.measured == {"camera": SEEN, "loop": LOOP}
    assert [one.measured for one in history.newest(2, state="done")].count(found.measured) == 1
    assert history.shelf.some(["a1", "b2"])[0].measured == found.measured


@pytest.mark.parametrize(
    "odd",
    [
        "version = 'x'",
        "version = 0",
        "value = x'ff'",
        "value = 9e999",
        "words = x'ff'",
        "words = CAST(x'ff' AS TEXT)",
        "key = x'ff'",
        "id = x'ff'",
    ],
)
def test_a_damaged_row_is_left_out(history: History, odd: str) -> None:
    """The task and what else was measured of it are there."""
    history.measures.keep("a1", {"camera": SEEN, "loop": LOOP})
    history._database.write(f"UPDATE measures SET {odd} WHERE key = 'loop'", {})
    found = history.get("a1")
    assert found is not None
    assert found.measured == {"camera": SEEN}


def test_odd_ids_are_no_hindrance(history: History) -> None:
    """A task whose id cannot be read has none."""
    history.measures.keep("a1", {"loop": LOOP})
    assert history.measures.of(["a1", None, b"a1", 7, "\ud800"]) == {"a1": {"loop": LOOP}}
