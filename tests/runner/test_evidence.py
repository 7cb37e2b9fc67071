"""What an unsure task says of the balance: the service's own words and when, and who moved it."""

from contextlib import suppress

import pytest

from hailuo_nb.errors import HailuoError, StoreError, TaskUnsure
from hailuo_nb.session import recovery
from hailuo_nb.session.session import Session
from hailuo_nb.store.history import History
from tests.runner.conftest import Open, order, recorded
from tests.runner.service import CREATE, CREDIT, WAIT_S, Service, until

TIME = r"\d\d:\d\d:\d\d"
LOST = {"code": 500, "msg": "Server exception, please try again later"}


@pytest.fixture
def one_sent(session: Session) -> Session:
    """Return a session that has heard a balance of 10000 and sent one task since."""
    runner = session.runner()
    assert runner.engine.start(runner.shared.refresh_balance()).result(WAIT_S) == 10000
    task = session.dispatch.submit(order("An owl."))
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
    task = one_sent.dispatch.submit(order())
    words = f"The balance was 10000 credits at {TIME} before and is {now} now. In between 1 other"
    with pytest.raises(TaskUnsure, match=words):
        task.wait(WAIT_S)


def test_the_evidence_of_a_killed_submit_is_what_the_service_said(
    one_sent: Session, open_session: Open, service: Service
) -> None:
    """The next kernel names the balance that was heard before, not the one we reckoned."""
    reply = service.hold(CREATE)
    task = one_sent.dispatch.submit(order())
    until(lambda: task.state == "submitting" and service.count(CREATE) == 2)
    one_sent.history.release()
    (found,) = recovery.resume(open_session(), [task.id])
    words = "The balance was 10000 credits up to a minute before. Since then 1 other task of this"
    assert words in str(found.error)
    reply.set()
    with suppress(HailuoError):
        task.wait(0.01)


def lost(session: Session, service: Service) -> str:
    """Send a task whose reply is lost; return what is told of it."""
    service.say(CREATE, LOST)
    with pytest.raises(TaskUnsure) as told:
        session.dispatch.submit(order("A lost one.")).wait(WAIT_S)
    return str(told.value)


def heard(session: Session) -> float:
    """Ask for the balance; return when it was told."""
    runner = session.runner()
    runner.engine.start(runner.shared.ask_balance()).result(WAIT_S)
    assert runner.shared.heard is not None
    return runner.shared.heard.at


def test_where_nobody_else_sent_anything_it_is_said(session: Session, service: Service) -> None:
    """What was sent before the balance was told is in it, and what never left took nothing."""
    at = heard(session)
    recorded(session, "generating", task_id="t1", submitted_at=at - 10)
    recorded(session, "done", task_id="t2", submitted_at=at + 1, service="https://other.example")
    recorded(session, "waiting")
    recorded(session, "failed", submitted_at=at + 1)
    recorded(session, "failed", task_id="t3", credits=0.0, submitted_at=at - 7200)
    assert "now. In between no other task of this history was sent." in lost(session, service)


def test_what_others_took_in_between_is_said(session: Session, service: Service) -> None:
    """Of every kernel on the history: sent, done, unsure or being sent just now."""
    at = heard(session)
    for state in ("done", "generating", "submitting", "unsure"):
        recorded(session, state, submitted_at=at + 1)
    words = "In between 4 other tasks of this history took about 120 credits of it."
    assert words in lost(session, service)


def test_what_may_have_been_given_back_is_said(session: Session, service: Service) -> None:
    """A task that failed gives its credits back, which would hide what the lost one took."""
    at = heard(session)
    recorded(session, "failed", task_id="t1", credits=0.0, submitted_at=at - 300)
    recorded(session, "failed", task_id="t2", credits=None, submitted_at=at + 1)
    recorded(session, "failed", task_id="t3", credits=30.0, submitted_at=at - 300)
    words = "In between 1 other task of this history took about 30 credits of it, and 2 that failed"
    assert f"{words} may have been given back." in lost(session, service)


def test_a_balance_that_proves_nothing_is_not_shown(
    session: Session, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it is not known what others took, no balance stands beside the loss."""
    heard(session)

    def others(*_: object, **__: object) -> None:
        raise StoreError("No disk.")

    monkeypatch.setattr(History, "others", others)
    told = lost(session, service)
    assert "It may have been accepted and billed." in told
    assert "balance was" not in told
