"""More than the service takes at once: the rest wait for those under way, and do not fail."""

import pytest

from hailuo_nb.errors import TaskFailed
from hailuo_nb.runner import submit
from hailuo_nb.session.session import Session
from tests.runner.conftest import Open, order, recorded
from tests.runner.service import CREATE, RECORD, TASK, WAIT_S, Service, until

BUSY = {"code": 429, "msg": "Your call frequency is too high. Please try again later."}


def test_one_too_many_waits_as_long_as_any_kernels_clip_is_made(
    open_session: Open, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says what for, is sent once it is taken, and fails where nothing is under way."""
    monkeypatch.setattr(submit, "GIVE_UP_AFTER_S", 0.0)
    one, other = open_session(), open_session()
    first = one.dispatch.submit(order())
    until(lambda: first.state == "generating")
    service.say(CREATE, BUSY)
    second = other.dispatch.submit(order("A fox."))
    until(lambda: service.count(CREATE) > 4)
    words = "about 100 clips at once, 1 of yours among them. Nothing was charged"
    until(lambda: words in str(second.snapshot.note))
    service.say(CREATE, {"code": 200, "data": {"taskId": "e" * 32}})
    until(lambda: second.state == "generating")
    service.say(RECORD, service.finish(f"{service.origin}/clip.mp4"))
    assert {task.wait(WAIT_S).state for task in (first, second)} == {"done"}
    service.say(CREATE, BUSY)
    third = one.dispatch.submit(order("A boat."))
    with pytest.raises(TaskFailed, match=r"call frequency is too high.* Nothing was charged"):
        third.wait(WAIT_S)


@pytest.mark.parametrize(
    "facts", [{"submitted_at": 1.0}, {"submitted_at": 4e9, "service": "https://elsewhere"}]
)
def test_what_an_ended_kernel_left_long_ago_or_elsewhere_holds_nobody_up(
    session: Session, service: Service, monkeypatch: pytest.MonkeyPatch, facts: dict[str, object]
) -> None:
    """Its record may say for ever that it is made: it counts no longer than clips are watched."""
    monkeypatch.setattr(submit, "GIVE_UP_AFTER_S", 0.0)
    recorded(session, "generating", task_id=TASK, **facts)
    service.say(CREATE, BUSY)
    with pytest.raises(TaskFailed, match="call frequency"):
        session.dispatch.submit(order("A boat.")).wait(WAIT_S)
    assert service.count(CREATE) == 1
