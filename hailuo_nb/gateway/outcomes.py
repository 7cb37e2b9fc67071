"""What becomes of a task that was sent: each outcome is one transaction of its owner.

It knows states and the gate. It must not know how a task travels.
"""

from collections.abc import Callable
from functools import partial

from sqlalchemy import Connection, update

from hailuo_nb.core.polling import FIRST_POLL_S
from hailuo_nb.errors import (
    AuthenticationError,
    HailuoError,
    KeyLimitReached,
    Maintenance,
    NotEnoughCredits,
    RateLimited,
    SetupError,
)
from hailuo_nb.gateway import ledger
from hailuo_nb.gateway.database import clock
from hailuo_nb.gateway.tables import gate, task
from hailuo_nb.kie.outcome import submit_outcome

SHUT_S = 1.0
SHUT_LONG_S = 60.0
WHOLE_CLASS = (AuthenticationError, NotEnoughCredits, KeyLimitReached, Maintenance, SetupError)
"""What keeps every clip from being made, and is no fault of the one that was sent."""

Step = Callable[[Connection, str, str], bool]
"""Takes a connection, a task's id and its owner; returns whether it still was the owner's."""


def accepted(upstream: str) -> Step:
    """Return the step of a task that the service has named."""
    return partial(_accept, upstream)


def outcome_of(error: HailuoError) -> Step:
    """Return the step that an error of createTask means."""
    if isinstance(error, WHOLE_CLASS):
        return partial(_queue_again, SHUT_LONG_S, error.what)
    outcome = submit_outcome(error)
    if outcome == "not_taken":
        told_s = error.retry_after_s if isinstance(error, RateLimited) else None
        return partial(_queue_again, max(SHUT_S, told_s or 0.0), error.what)
    if outcome == "refused":
        return partial(_refuse, str(getattr(error, "code", None) or 500), error.what)
    return unsure


def unsure(connection: Connection, task_id: str, owner: str) -> bool:
    """Keep a task whose fate nobody knows, and its hold; it is never sent again."""
    return _move(connection, task_id, owner, "unsure")


def _accept(upstream: str, connection: Connection, task_id: str, owner: str) -> bool:
    taken = update(task).where(
        task.c.id == task_id, task.c.owner == owner, task.c.state.in_(("sending", "unsure"))
    )
    poll = clock(connection) + FIRST_POLL_S
    values = {"state": "running", "phase": "waiting", "upstream": upstream, "poll": poll}
    return bool(connection.execute(taken.values(values)).rowcount)


def _queue_again(shut_s: float, why: str, connection: Connection, task_id: str, owner: str) -> bool:
    """Put a task back where it stood: its place is the same; nobody sends for a moment."""
    until = clock(connection) + shut_s
    connection.execute(
        update(gate).where(gate.c.shut_until < until).values(shut_until=until, trouble=why)
    )
    return _move(connection, task_id, owner, "queued")


def _refuse(code: str, why: str, connection: Connection, task_id: str, owner: str) -> bool:
    moved = _move(
        connection,
        task_id,
        owner,
        "fail",
        fail_code=code,
        fail_msg=why,
        ended=clock(connection),
    )
    if moved:
        ledger.settle(connection, task_id, 0)
    return moved


def _move(connection: Connection, task_id: str, owner: str, state: str, **values: object) -> bool:
    own = update(task).where(task.c.id == task_id, task.c.owner == owner, task.c.state == "sending")
    return bool(connection.execute(own.values(state=state, **values)).rowcount)
