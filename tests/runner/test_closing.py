"""A kernel's normal end: a submit under way gets its reply, and none begins."""

import asyncio
import threading
from collections.abc import Callable, Iterable

import pytest

from hailuo_nb.runner import engine
from hailuo_nb.session.session import Session
from hailuo_nb.store.history import History
from tests.runner.conftest import order
from tests.runner.service import CREATE, RECORD, TASK, WAIT_S, Service, until


@pytest.fixture
def close(session: Session, monkeypatch: pytest.MonkeyPatch) -> Callable[[threading.Event], None]:
    """Return what ends the session, and lets a reply come only once the end has begun."""

    def end(reply: threading.Event) -> None:
        loop = session.runner().engine.loop
        stop = loop.stop

        def stop_then_reply() -> None:
            stop()
            reply.set()

        monkeypatch.setattr(loop, "stop", stop_then_reply)
        monkeypatch.setattr(engine, "CLOSE_TIMEOUT_S", WAIT_S)  # the reply may take its time
        session.close()

    return end


def submitting(session: Session, service: Service) -> tuple[str, threading.Event]:
    """Send a task whose reply is held; return its id and what lets the reply come."""
    reply = service.hold(CREATE)
    task = session.dispatch.submit(order())
    until(lambda: task.state == "submitting" and service.count(CREATE) == 1)
    return task.id, reply


def left(session: Session, id: str) -> tuple[str, str | None]:
    """Return the state and the service's id that the next kernel finds."""
    with History(session.config.home) as history:
        found = history.get(id)
    assert found is not None
    return found.state, found.task_id


def test_a_submit_under_way_gets_its_reply(
    session: Session, service: Service, close: Callable[[threading.Event], None]
) -> None:
    """The id is recorded before the thread ends, and the next kernel watches the task."""
    id, reply = submitting(session, service)
    close(reply)
    state, task_id = left(session, id)
    assert (state in ("queued", "generating"), task_id) == (True, TASK)


def test_no_submit_begins_while_the_kernel_ends(
    session: Session, service: Service, close: Callable[[threading.Event], None]
) -> None:
    """What the service did not take is not sent again meanwhile; it is offered later."""
    service.say(CREATE, {"code": 455, "msg": "Under maintenance."})
    id, reply = submitting(session, service)
    close(reply)
    assert left(session, id) == ("waiting", None)
    assert service.count(CREATE) == 1


def test_a_reply_that_does_not_come_holds_the_end_only_a_little(
    session: Session, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then the submit is cut off, to be called unsure by the next kernel."""
    monkeypatch.setattr(engine, "CLOSE_TIMEOUT_S", 0.2)
    id, reply = submitting(session, service)
    session.close()
    assert not reply.is_set()
    assert left(session, id) == ("submitting", None)


def test_a_reply_that_hangs_after_its_id_is_recorded(
    session: Session, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the end cuts a submit off whose reply names the task, the next kernel watches it."""
    heard = threading.Event()

    async def create(*_: object, **__: object) -> str:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            heard.set()
        return TASK

    wait_for_all = engine._all

    async def wait_a_little(starts: Iterable[engine.Closer], _: float) -> None:
        await wait_for_all(starts, 0.2)

    monkeypatch.setattr(engine, "_all", wait_a_little)
    monkeypatch.setattr(engine, "CLOSE_TIMEOUT_S", WAIT_S)  # what is cut off has time to record
    monkeypatch.setattr("hailuo_nb.kie.client.Client.create_task", create)
    task = session.dispatch.submit(order())
    until(lambda: task.state == "submitting")
    session.close()
    assert heard.is_set()
    assert left(session, task.id) == ("queued", TASK)
    assert service.count(RECORD) == 0
