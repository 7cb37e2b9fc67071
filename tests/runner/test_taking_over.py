"""A kernel that follows another one's submit: it ends told, and holds nobody off."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from hailuo_nb.errors import TaskUnsure
from hailuo_nb.runner.task import Task
from hailuo_nb.session.session import Session
from hailuo_nb.store.files import Files
from hailuo_nb.store.history import History
from tests.runner.conftest import Open, known, order, recorded
from tests.runner.service import CREATE, RECORD, TASK, WAIT_S, Service, until

NOTE = "Another process looks after it."


@pytest.fixture
def other(session: Session) -> Iterator[History]:
    """Open the history as another kernel has it."""
    with History(session.config.home) as opened:
        yield opened


def expire_leases(session: Session) -> None:
    """End every lease, as half a minute of sleep or a kill does."""
    with closing(sqlite3.connect(session.history.path)) as journal, journal:
        journal.execute("UPDATE leases SET expires_at = 0")


def follow(session: Session) -> Task:
    """Run the cell in a kernel that follows another one's submit."""
    task = session.dispatch.submit(order())
    until(lambda: (task.state, task.snapshot.note) == ("submitting", NOTE))
    return task


def check_unsure(task: Task, other: History) -> None:
    """Fail unless it is told as unsure, and anybody may look after it now."""
    with pytest.raises(TaskUnsure, match="may have been accepted and billed"):
        task.wait(WAIT_S)
    assert task.state == "unsure"
    until(lambda: other.lease(task.id))


def test_a_submit_that_was_killed_elsewhere_is_unsure(
    session: Session, service: Service, other: History
) -> None:
    """Whoever has followed it says so, once the lease of the killed kernel is over."""
    id = recorded(session, "submitting", balance=9000.0).id
    assert other.lease(id)
    task = follow(session)
    expire_leases(session)
    check_unsure(task, other)
    assert "9000 credits" in str(task.error)
    assert (known(session, id).state, service.count(CREATE)) == ("unsure", 0)


def test_a_followed_task_whose_record_is_gone_ends_told(session: Session, other: History) -> None:
    """Also then nothing hangs, and no lease is kept."""
    id = recorded(session, "submitting").id
    assert other.lease(id)
    task = follow(session)
    with closing(sqlite3.connect(session.history.path)) as journal, journal:
        journal.execute("DELETE FROM tasks")
        journal.execute("DELETE FROM leases")
    check_unsure(task, other)


def test_a_slow_submit_that_was_taken_over_is_watched_to_its_clip(
    session: Session, open_session: Open, service: Service
) -> None:
    """The id that comes after all is recorded, and the kernel that has it goes on."""
    reply = service.hold(CREATE)
    service.say(RECORD, service.finish(f"{service.origin}/clip.mp4"))
    slow = session.dispatch.submit(order())
    until(lambda: slow.state == "submitting")
    second = open_session()
    task = follow(second)
    expire_leases(session)
    until(lambda: task.state == "unsure")
    reply.set()
    assert slow.wait(WAIT_S).task_id == TASK
    assert known(second, slow.id).state == "done"
    assert second.dispatch.submit(order()).wait(WAIT_S).video == slow.video
    assert service.count(CREATE) == 1


def test_whose_task_was_taken_over_keeps_no_pictures_of_it(
    session: Session, service: Service, other: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where it is lost after the clip was saved: who has it makes its own."""
    make, made = Files.clip_pictures, list[object]()

    def lost(self: Files, video: Path) -> object:
        with other.together():
            other._database.write("DELETE FROM leases", {})
            assert other.lease(task.id)
        made.append(make(self, video))
        return made[0]

    monkeypatch.setattr(Files, "clip_pictures", lost)
    task = session.dispatch.submit(order())
    service.say(RECORD, service.finish(f"{service.origin}/clip.mp4"))
    until(lambda: task.snapshot.note == NOTE)
    left = known(session, task.id)
    assert (left.state, left.poster, left.strip) == ("saving", None, None)
    assert made[0] is not None


def test_an_id_that_was_written_over_is_written_again(
    session: Session, service: Service, other: History
) -> None:
    """A kernel that called the task unsure at the very moment of its reply loses no id."""
    task = session.dispatch.submit(order())
    until(lambda: known(session, task.id).state == "generating")
    unsure = replace(known(session, task.id), state="unsure", task_id=None)
    with other.together():
        other._database.write("DELETE FROM leases", {})
        assert other.lease(task.id)
        assert other.save(unsure)
    service.say(RECORD, service.finish(f"{service.origin}/clip.mp4"))
    assert task.wait(WAIT_S).task_id == TASK
    assert (known(session, task.id).state, known(session, task.id).task_id) == ("done", TASK)


def test_who_has_lost_its_task_asks_no_more(
    session: Session, service: Service, other: History
) -> None:
    """The kernel that finds its lease gone follows the one that has it."""
    task = session.dispatch.submit(order())
    until(lambda: known(session, task.id).state == "generating")
    with other.together():
        other._database.write("DELETE FROM leases", {})
        assert other.lease(task.id)
    until(lambda: task.snapshot.note == NOTE)
    asked = service.count(RECORD)
    other.rename(task.id, "followed")
    until(lambda: task.name == "followed")
    assert service.count(RECORD) == asked
    assert not session.history.holds(task.id)
