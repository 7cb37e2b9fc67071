"""An id that is known but cannot be written: kept beside the clips until the history has it."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace

import pytest

from hailuo_nb.core.task import FINAL
from hailuo_nb.runner import lifecycle
from hailuo_nb.runner.task import Task
from hailuo_nb.session import recovery
from hailuo_nb.session.session import Session
from hailuo_nb.store.aside import NAME, note_id, unwritten
from hailuo_nb.store.history import History
from tests.runner.conftest import Open, known, order, recorded
from tests.runner.service import CREATE, RECORD, TASK, WAIT_S, Service, until

NOTE = f"Task {TASK} could not be written to the history (disk full?): "


def let_write(session: Session, may: bool) -> None:
    """Have the history refuse every write, as on a full disk, or take them again."""
    session.history._database.read(f"PRAGMA query_only = {0 if may else 1}", {})


@pytest.fixture
def accepted(session: Session, service: Service) -> Task:
    """Return a task that the service has accepted while nothing could be written."""
    reply = service.hold(CREATE)
    task = session.dispatch.submit(order())
    until(lambda: task.state == "submitting" and service.count(CREATE) == 1)
    let_write(session, False)
    reply.set()
    until(lambda: task.task_id == TASK)
    return task


def test_an_unwritten_id_is_said_and_written_later(
    session: Session, service: Service, accepted: Task
) -> None:
    """The note goes when the history has the id; the task goes on to its clip."""
    place = session.folder / NAME
    assert accepted.snapshot.note == f"{NOTE}{place} keeps its id."
    assert [(one.id, one.task_id) for one in unwritten(session.folder)] == [(accepted.id, TASK)]
    assert (known(session, accepted.id).state, accepted.state) == ("submitting", "queued")
    let_write(session, True)
    until(lambda: known(session, accepted.id).task_id == TASK)
    until(lambda: accepted.snapshot.note is None)
    service.say(RECORD, service.finish(f"{service.origin}/clip.mp4"))
    assert accepted.wait(WAIT_S).state == "done"
    assert known(session, accepted.id).state == "done"
    assert not place.exists()


def test_an_id_without_any_place_is_to_be_noted(session: Session, service: Service) -> None:
    """Where the clips cannot lie either any more, the person is asked to keep it."""
    reply = service.hold(CREATE)
    task = session.dispatch.submit(order())
    until(lambda: task.state == "submitting" and service.count(CREATE) == 1)
    let_write(session, False)
    session.folder.rmdir()
    session.folder.write_bytes(b"no folder")
    reply.set()
    until(lambda: task.task_id == TASK)
    assert task.snapshot.note == f"{NOTE}note its id."


def test_the_note_stays_as_long_as_it_is_true(session: Session, accepted: Task) -> None:
    """Tries that fail change nothing on the card."""
    notes: list[str | None] = []
    accepted.attach(lambda _: None, lambda now: notes.append(now.note))
    until(lambda: len(notes) > 1)
    assert [note is not None and note.startswith(NOTE) for note in set(notes)] == [True]


def test_an_id_is_written_even_after_the_end(
    session: Session, accepted: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who stops watching loses no id either, and holds nobody off."""
    monkeypatch.setattr(lifecycle, "WRITE_AGAIN_S", 0.01)
    accepted.stop()
    until(lambda: accepted.state in FINAL)
    assert known(session, accepted.id).task_id is None
    let_write(session, True)
    until(lambda: known(session, accepted.id).task_id == TASK)
    assert known(session, accepted.id).state == "stopped"
    until(lambda: not session.history.holds(accepted.id))


def test_an_id_does_not_wait_for_a_locked_history(session: Session, service: Service) -> None:
    """Another program holds the file: the id lies beside the clips at once, then in the history."""
    reply = service.hold(CREATE)
    task = session.dispatch.submit(order())
    until(lambda: task.state == "submitting" and service.count(CREATE) == 1)
    with closing(sqlite3.connect(session.history.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        reply.set()
        until(lambda: bool(unwritten(session.folder)))
        until(lambda: task.task_id == TASK)
        other.execute("ROLLBACK")
    until(lambda: known(session, task.id).task_id == TASK)
    until(lambda: not (session.folder / NAME).exists())


def load(second: Session, id: str) -> Task:
    """Load the extension in the next kernel."""
    left = recovery.left_unfinished(second)
    assert ([one.id for one in left.sent], left.interrupted, left.unsure) == ([id], (), ())
    (task,) = recovery.watch(second, left.sent)
    return task


def resume(second: Session, id: str) -> Task:
    """Ask for the task itself."""
    (task,) = recovery.resume(second, [id])
    return task


def run_cell(second: Session, id: str) -> Task:
    """Run the cell again in a kernel that was loaded before the other one ended."""
    task = second.dispatch.submit(order())
    assert task.id == id
    return task


WAYS = [load, resume, run_cell]


@pytest.mark.parametrize("look", WAYS)
@pytest.mark.parametrize("state", ["submitting", "unsure"])
def test_the_next_kernel_reads_the_id_back(
    open_session: Open, service: Service, state: str, look: Callable[[Session, str], Task]
) -> None:
    """A kernel that was killed before the history took the id has lost no clip."""
    first = open_session()
    error = {"error": "Lost.", "error_kind": "TaskUnsure"} if state == "unsure" else {}
    left = recorded(first, state, submitted_at=1.0, balance=9000.0, **error)
    note_id(first.folder, replace(left, task_id=TASK, submitted_at=2.0))
    service.say(RECORD, service.finish(f"{service.origin}/clip.mp4"))
    second = open_session()
    task = look(second, left.id).wait(WAIT_S)
    found = known(second, task.id)
    assert (found.state, found.task_id, found.submitted_at) == ("done", TASK, 2.0)
    assert (found.error, service.count(CREATE)) == (None, 0)
    assert not (first.folder / NAME).exists()


def test_a_kernel_that_follows_reads_the_id_back(
    session: Session, service: Service, accepted: Task, open_session: Open
) -> None:
    """It watched the submit of a kernel that is killed while the history takes nothing of it."""
    second = open_session()
    task = second.dispatch.submit(order())
    until(lambda: task.state == "submitting")
    service.say(RECORD, service.finish(f"{service.origin}/clip.mp4"))
    with History(session.config.home) as journal:
        journal._database.write("DELETE FROM leases", {})
    assert task.wait(WAIT_S).task_id == TASK
    assert known(second, task.id).state == "done"
    assert service.count(CREATE) == 1


def test_an_id_that_the_history_still_cannot_take_stays_beside_the_clips(
    open_session: Open, service: Service
) -> None:
    """Loading goes on without it, and the next load finds it."""
    first = open_session()
    left = recorded(first, "unsure", error="Lost.", error_kind="TaskUnsure")
    note_id(first.folder, replace(left, task_id=TASK))
    second = open_session()
    known(second, left.id)
    let_write(second, False)
    assert [one.id for one in recovery.left_unfinished(second).unsure] == [left.id]
    let_write(second, True)
    assert [one.task_id for one in recovery.left_unfinished(second).sent] == [TASK]
