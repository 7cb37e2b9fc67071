"""The history as a gallery looks at it: pages, filters, counts, what moves, what is hidden."""

import time
from dataclasses import replace
from pathlib import Path

import pytest

from hailuo_nb.store.gallery_queries import Wanted
from hailuo_nb.store.history import History
from tests.store.make import snapshot_of

DAY_S = 86_400
NOON = time.mktime((2026, 9, 30, 12, 0, 0, 0, 0, -1))


@pytest.fixture
def history(tmp_path: Path) -> History:
    """Record five tasks of two days, oldest first: t0 to t4."""
    opened = History(tmp_path)
    states = ["done", "failed", "done", "generating", "waiting"]
    for at, state in enumerate(states):
        made = snapshot_of(f"t{at}")
        made = replace(
            made,
            state=state,
            name=f"50%_of {at}" if at == 2 else None,
            created_at=NOON - DAY_S * (at < 2) + at,
            request=replace(made.request, prompt=f"A {'Storm' if at % 2 else 'calm'} sea {at}"),
        )
        opened.add(made, folder=tmp_path)
    return opened


def ids(history: History, **wanted: object) -> list[str]:
    """Return what the filter leaves."""
    return [one.id for one in history.shelf.page(Wanted(**wanted), 10)]  # type: ignore[arg-type]


def test_pages_follow_each_other_without_a_gap(history: History) -> None:
    """Newest first; a page begins after the last task of the one before."""
    first = history.shelf.page(Wanted(), 2)
    second = history.shelf.page(Wanted(), 2, after=(first[-1].created_at, first[-1].id))
    assert [one.id for one in (*first, *second)] == ["t4", "t3", "t2", "t1"]


def test_tasks_of_one_moment_are_not_lost_between_pages(tmp_path: Path) -> None:
    """Where several were made at once, the id decides who comes first."""
    with History(tmp_path) as history:
        for id in ("a", "b", "c"):
            history.add(replace(snapshot_of(id), created_at=NOON), folder=tmp_path)
        first = history.shelf.page(Wanted(), 1)
        rest = history.shelf.page(Wanted(), 5, after=(first[0].created_at, first[0].id))
    assert [one.id for one in (*first, *rest)] == ["c", "b", "a"]


def test_filters(history: History) -> None:
    """Group, day and words each leave theirs; words are looked for without case, all of them."""
    assert ids(history, group="running") == ["t4", "t3"]
    assert ids(history, group="failed") == ["t1"]
    assert ids(history, day="2026-09-29") == ["t1", "t0"]
    assert ids(history, text="sea storm") == ["t3", "t1"]
    assert ids(history, text="t2") == ["t2"]
    assert ids(history, text="50%_of") == ["t2"]
    assert ids(history, text="50__of") == []
    assert ids(history, model="none") == []
    assert history.shelf.total(Wanted(group="done")) == 2


def test_what_is_hidden_is_counted_nowhere_and_found_again(history: History) -> None:
    """Hiding changes the gallery alone: the task itself stays as it is."""
    before = history.get("t0")
    history.shelf.hide("t0")
    assert ids(history, group="done") == ["t2"]
    assert ids(history, hidden=True) == ["t0"]
    assert history.shelf.hidden(["t0", "t1"]) == {"t0"}
    counts = history.shelf.counts()
    assert dict(counts.groups) == {"running": 2, "done": 1, "failed": 1}
    assert counts.hidden == 1
    assert history.get("t0") == before
    history.shelf.hide("t0", hidden=False)
    assert ids(history, hidden=True) == []


def test_counts(history: History) -> None:
    """Each day and model with its number, the newest day first."""
    counts = history.shelf.counts()
    assert counts.days == (("2026-09-30", 3), ("2026-09-29", 2))
    assert [number for _, number in counts.models] == [5]


def test_what_moves(history: History) -> None:
    """What is under way, what it became, and what is new; nothing else."""
    moving = history.shelf.moving([], since=NOON + 10)
    assert [one.id for one in moving] == ["t3", "t4"]
    moving = history.shelf.moving(["t0"], since=NOON + 1)
    assert [one.id for one in moving] == ["t0", "t2", "t3", "t4"]


def test_the_version_tells_of_others_writes(tmp_path: Path, history: History) -> None:
    """It differs after a write of another process, and not after one of our own."""
    before = history.shelf.version()
    history.rename("t0", "a")
    assert history.shelf.version() == before
    with History(tmp_path) as other:
        other.rename("t0", "b")
    assert history.shelf.version() != before


def test_posters_are_told_of_those_that_have_one(history: History) -> None:
    """A task without a picture is left out."""
    history.set_poster("t1", "data:image/jpeg;base64,AAAA")
    assert history.shelf.posters(["t0", "t1"]) == {"t1": "data:image/jpeg;base64,AAAA"}


def test_an_empty_folder_stays_empty(tmp_path: Path) -> None:
    """Looking at a history that is not there makes no file."""
    with History(tmp_path / "none") as history:
        assert history.shelf.page(Wanted(), 5) == []
        assert history.shelf.total(Wanted()) == 0
        assert history.shelf.counts().days == ()
        assert history.shelf.version() == 0
    assert not (tmp_path / "none").exists()
