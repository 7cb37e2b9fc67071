"""Stop, and the end of a task: what is sent no more, and who is told first."""

import pytest

from hailuo_nb.core.task import FINAL, Snapshot
from hailuo_nb.errors import TaskStopped
from hailuo_nb.session.session import Session
from tests.runner.conftest import known, order
from tests.runner.service import CREATE, RECORD, TASK, WAIT_S, Service, until


def test_stop_during_a_submit_that_comes_back_sends_nothing_more(
    session: Session, service: Service
) -> None:
    """The service says "later" to a submit under way when Stop was pressed: that was the last."""
    taken = {"code": 200, "data": {"taskId": TASK}}
    service.say(CREATE, {"code": 429, "msg": "Too many requests"}, taken)
    reply = service.hold(CREATE)
    task = session.dispatch.submit(order())
    until(lambda: service.count(CREATE) == 1)
    assert task.state == "submitting"
    task.stop()
    session.runner().engine.start(_turn()).result(WAIT_S)
    reply.set()
    with pytest.raises(
        TaskStopped, match=r"Stopped before it was sent\..* Run its cell again to send it\.$"
    ):
        task.wait(WAIT_S)
    assert service.count(CREATE) == 1
    assert known(session, task.id).state == "stopped"


async def _turn() -> None:
    """Return once what was handed to the engine before has been done."""


def test_a_task_is_over_once_its_last_view_was_told(session: Session, service: Service) -> None:
    """Who waits for it finds its end on the page."""
    service.say(RECORD, service.finish(f"{service.origin}/clip.mp4"))
    reply = service.hold(RECORD)
    task = session.dispatch.submit(order())
    seen: list[tuple[str, bool]] = []

    def look(snapshot: Snapshot) -> None:
        if snapshot.state in FINAL:
            seen.append((snapshot.state, task._job.over.is_set()))

    task.attach(lambda _: None, look)
    reply.set()
    task.wait(WAIT_S)
    assert seen == [("done", False)]
