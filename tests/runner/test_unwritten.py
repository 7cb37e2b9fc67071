"""An id that is known but cannot be written: said on the card, written as soon as it can be."""

import pytest

from hailuo_nb.core.task import FINAL
from hailuo_nb.runner import life
from hailuo_nb.runner.handle import Task
from hailuo_nb.session import Session
from tests.runner.conftest import known, order
from tests.runner.service import CREATE, RECORD, TASK, WAIT_S, Service, until

NOTE = f"Task {TASK} could not be written to the history (disk full?): note its id."


def let_write(session: Session, may: bool) -> None:
    """Have the history refuse every write, as on a full disk, or take them again."""
    session.history._database.read(f"PRAGMA query_only = {0 if may else 1}", {})


@pytest.fixture
def accepted(session: Session, service: Service) -> Task:
    """Return a task that the service has accepted while nothing could be written."""
    reply = service.hold(CREATE)
    task = session.submit(order())
    until(lambda: task.state == "submitting" and service.count(CREATE) == 1)
    let_write(session, False)
    reply.set()
    until(lambda: task.task_id == TASK)
    return task


def test_an_unwritten_id_is_said_and_written_later(
    session: Session, service: Service, accepted: Task
) -> None:
    """The note goes when the history has the id; the task goes on to its clip."""
    assert accepted.snapshot.note == NOTE
    assert (known(session, accepted.id).state, accepted.state) == ("submitting", "queued")
    let_write(session, True)
    until(lambda: known(session, accepted.id).task_id == TASK)
    until(lambda: accepted.snapshot.note is None)
    service.say(RECORD, service.finish(f"{service.origin}/clip.mp4"))
    assert accepted.wait(WAIT_S).state == "done"
    assert known(session, accepted.id).state == "done"


def test_the_note_stays_as_long_as_it_is_true(session: Session, accepted: Task) -> None:
    """Tries that fail change nothing on the card."""
    notes: list[str | None] = []
    accepted.attach(lambda _: None, lambda now: notes.append(now.note))
    until(lambda: len(notes) > 1)
    assert set(notes) == {NOTE}


def test_an_id_is_written_even_after_the_end(
    session: Session, accepted: Task, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who stops watching loses no id either, and holds nobody off."""
    monkeypatch.setattr(life, "WRITE_AGAIN_S", 0.01)
    accepted.stop()
    until(lambda: accepted.state in FINAL)
    assert known(session, accepted.id).task_id is None
    let_write(session, True)
    until(lambda: known(session, accepted.id).task_id == TASK)
    assert known(session, accepted.id).state == "stopped"
    until(lambda: not session.history.holds(accepted.id))
