"""More than the service takes at once: the rest wait for those under way, and do not fail."""

import pytest

from hailuo_nb.errors import TaskFailed
from hailuo_nb.runner import submit
from tests.runner.conftest import Open, order
from tests.runner.service import CREATE, RECORD, WAIT_S, Service, until

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
