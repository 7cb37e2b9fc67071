"""The look into the history that loading takes."""

import dataclasses
from pathlib import Path

import pytest

from hailuo_nb.core.task import FINAL
from hailuo_nb.store.history import History
from hailuo_nb.store.opening import OVER, has_unfinished
from tests.store.make import snapshot_of


def test_its_final_states_are_those_of_a_task() -> None:
    """The list is written twice, so that loading need not import the other."""
    assert set(OVER) == FINAL - {"unsure"}


def test_without_a_history_nothing_is_unfinished(tmp_path: Path) -> None:
    """No file is made by looking."""
    assert not has_unfinished(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "state", ["waiting", "submitting", "queued", "generating", "saving", "unsure"]
)
def test_a_task_under_way_is_seen(tmp_path: Path, state: str) -> None:
    """Until it is over and settled, loading takes a closer look."""
    with History(tmp_path) as history:
        running = dataclasses.replace(snapshot_of("a1"), state=state)
        history.add(running, folder=tmp_path)
        assert has_unfinished(tmp_path)
        history.lease("a1")
        history.save(dataclasses.replace(running, state="done"))
        assert not has_unfinished(tmp_path)


def test_what_it_cannot_read_deserves_a_closer_look(tmp_path: Path) -> None:
    """A broken file is for the history to complain of."""
    (tmp_path / "history.sqlite3").write_text("no database")
    assert has_unfinished(tmp_path)
