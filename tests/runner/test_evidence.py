"""What an unsure task says of the balance: the service's own words and when, no sum of ours."""

from contextlib import suppress

import pytest

from hailuo_nb import recovery
from hailuo_nb.errors import HailuoError, TaskUnsure
from hailuo_nb.session import Session
from tests.runner.conftest import Open, order
from tests.runner.service import CREATE, CREDIT, WAIT_S, Service, until

TIME = r"\d\d:\d\d:\d\d"
LOST = {"code": 500, "msg": "Server exception, please try again later"}


@pytest.fixture
def one_sent(session: Session) -> Session:
    """Return a session that has heard a balance of 10000 and sent one task since."""
    runner = session.runner()
    assert runner.engine.start(runner.shared.refresh_balance()).result(WAIT_S) == 10000
    task = session.submit(order("An owl."))
    until(lambda: task.task_id is not None)
    return session


@pytest.mark.parametrize(
    ("after", "now"),
    [
        ({"code": 200, "data": 9940}, f"9940 credits at {TIME}"),
        ({"code": 401, "msg": "Unauthorized"}, "not known"),
    ],
)
def test_the_evidence_is_what_the_service_said(
    one_sent: Session, service: Service, after: object, now: str
) -> None:
    """The balance before is the one that was heard, and an old one is not called today's."""
    service.say(CREATE, LOST)
    service.say(CREDIT, after)
    task = one_sent.submit(order())
    words = f"The balance was 10000 credits at {TIME} before and is {now} now"
    with pytest.raises(TaskUnsure, match=words):
        task.wait(WAIT_S)


def test_the_evidence_of_a_killed_submit_is_what_the_service_said(
    one_sent: Session, open_session: Open, service: Service
) -> None:
    """The next kernel names the balance that was heard before, not the one we reckoned."""
    reply = service.hold(CREATE)
    task = one_sent.submit(order())
    until(lambda: task.state == "submitting" and service.count(CREATE) == 2)
    one_sent.history.release()
    (found,) = recovery.resume(open_session(), [task.id])
    assert "The balance was 10000 credits up to a minute before." in str(found.error)
    reply.set()
    with suppress(HailuoError):
        task.wait(0.01)
