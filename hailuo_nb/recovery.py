"""After an accident: what an earlier run left is watched, sent, settled or adopted.

Loading watches what was sent; only what the person asks for by `resume` is sent, and
only if it provably never left.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from hailuo_nb.core.pricing import Price
from hailuo_nb.core.request import Request
from hailuo_nb.core.task import Snapshot, next_state
from hailuo_nb.errors import BudgetExceeded, HailuoError, ServiceError, TaskFailed, UsageError
from hailuo_nb.naming import variable
from hailuo_nb.runner.handle import Task
from hailuo_nb.session import Session
from hailuo_nb.sidecars import find_clip
from hailuo_nb.views.words import tasks_in_words

LOOK_BACK_S = 14 * 86400.0
"""The service keeps files no longer than this, so older ones are not asked for again."""

ANSWER_TIMEOUT_S = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What earlier runs left unfinished, by what can be done about it.

    ``sent`` is at the service, ``interrupted`` may be, ``never_sent`` provably is not;
    ``elsewhere`` belongs to another service or another key. What another kernel is just
    sending is in none of them.
    """

    sent: tuple[Snapshot, ...]
    interrupted: tuple[Snapshot, ...]
    never_sent: tuple[Snapshot, ...]
    elsewhere: tuple[Snapshot, ...]

    @property
    def price(self) -> Price:
        """What sending the rest would cost."""
        prices = [known.request.price for known in self.never_sent]
        return Price(
            credits=sum(price.credits for price in prices),
            exact=all(price.exact for price in prices),
        )


def resume(here: Session, handles: Sequence[str]) -> list[Task]:
    """Look after what is unfinished, or after these; send what never left, its price first.

    Raises
    ------
    HailuoError
        A task is not known, or cannot be sent.
    """
    if handles:
        return [task for handle in handles for task in _resumed(here, handle)]
    left = left_unfinished(here)
    if left.never_sent:
        number = tasks_in_words(len(left.never_sent))
        here.host.show(html=None, text=f"Sending {number} that never left: {left.price}.")

    def refused(known: Snapshot, error: HailuoError) -> None:
        here.host.show(html=None, text=f"{known.label} is not sent: {error}")

    watched = watch(here, [*left.sent, *left.interrupted, *given_up(here)])
    return watched + send(here, left.never_sent, refused)


def left_unfinished(here: Session) -> Left:
    """Return what earlier runs left; reads the history, asks no network."""
    unfinished = here.unfinished()
    idle = [known for known in unfinished if not here.history.held_elsewhere(known.id)]
    ours = _ours(here, unfinished)
    elsewhere = [known for known in unfinished if known not in ours]
    return Left(
        sent=tuple(known for known in ours if known.state not in ("waiting", "submitting")),
        interrupted=tuple(known for known in ours if known.state == "submitting" and known in idle),
        never_sent=tuple(known for known in ours if known.state == "waiting" and known in idle),
        elsewhere=tuple(elsewhere),
    )


def watch(here: Session, known: Sequence[Snapshot]) -> list[Task]:
    """Look after tasks that were sent; free of charge."""
    with here.history.together():
        found = [here.take_up(snapshot) for snapshot in known]
    return [task for task in found if task is not None]


def send(
    here: Session, known: Sequence[Snapshot], refused: Callable[[Snapshot, HailuoError], None]
) -> list[Task]:
    """Send tasks that provably never left; each costs its price.

    ``refused`` is told of each one that a cap does not let out; the others are sent.
    """
    if known:
        here.config.check_key()
    found: list[Task | None] = []
    for snapshot in known:
        try:
            found.append(here.take_up(snapshot, send=True))
        except BudgetExceeded as error:
            refused(snapshot, error)
    return [task for task in found if task is not None]


def given_up(here: Session) -> list[Snapshot]:
    """Return what is no longer watched or could not be saved, and may still be fetched."""
    since = time.time() - LOOK_BACK_S
    found = here.history.newest(1000, state="stopped") + here.history.newest(1000, state="expired")
    fetchable = [known for known in found if known.task_id and known.created_at > since]
    return _ours(here, fetchable)


def adopt(here: Session, task_id: str) -> Task:
    """Take in a run that was made elsewhere, by the service's task id; free of charge.

    Raises
    ------
    HailuoError
        The service does not know it, or does not say what it was asked for.
    """
    here.config.check_key()
    runner = here.runner()
    asked = runner.engine.start(runner.shared.request_of(task_id))
    try:
        request: Request = asked.result(ANSWER_TIMEOUT_S)
    except TimeoutError:
        raise ServiceError("The service does not answer.") from None
    return here.record_made(request, task_id)


def settle(here: Session, handle: str, task_id: str | None) -> Task:
    """Settle an unsure task: by the task that it became, or by nothing.

    Parameters
    ----------
    here
        The session.
    handle
        The unsure task's name or local id.
    task_id
        The service's id of the task that was made; None where none was.

    Raises
    ------
    UsageError
        There is no such task, or it is not unsure.
    """
    known = _recorded(here, handle)
    if known is None or known.state != "unsure":
        now_words = f"is {known.state}" if known else "does not exist"
        raise UsageError(f"Task {handle!r} {now_words}; only an unsure one can be settled.")
    if task_id is None:
        dropped = TaskFailed("Settled: the service made no task of it.", advice="")
        state = next_state(known.state, "refused")
        now = replace(known, state=state, error=str(dropped), error_kind="TaskFailed")
    else:
        state = next_state(known.state, "settled")
        now = replace(known, state=state, task_id=task_id, error=None, error_kind=None)
    if not (here.history.lease(now.id) and here.history.save(now)):
        raise UsageError(f"Task {handle!r} is looked after by another kernel.")
    return here.restart(now)


def _resumed(here: Session, handle: str) -> list[Task]:
    value = variable(here, handle)
    if value is not None:
        tasks = [value] if isinstance(value, Task) else value
        return [_resumed_task(here, task) for task in tasks]
    known = here.history.find(handle)
    if known is not None:
        return [_resumed_one(here, known)]
    return [find_clip(here, handle) or adopt(here, handle)]


def _resumed_task(here: Session, task: Task) -> Task:
    known = here.history.get(task.id)
    if known is None and task.state == "done":  # known from its file alone: nothing is left to do
        return task
    return _resumed_one(here, known or task.snapshot)


def _resumed_one(here: Session, known: Snapshot) -> Task:
    if known.state == "waiting":
        text = f"Sending {known.label}, which never left: {known.request.price}."
        here.host.show(html=None, text=text)
    task = here.take_up(known, send=True)
    if task is None:
        raise UsageError(f"Task {known.label} was never sent.", advice="Run its cell again.")
    return task


def _recorded(here: Session, handle: str) -> Snapshot | None:
    value = variable(here, handle)
    return here.history.get(value.id) if isinstance(value, Task) else here.history.find(handle)


def _ours(here: Session, found: Sequence[Snapshot]) -> list[Snapshot]:
    """Return the tasks of today's service and key."""
    of_service = [known for known in found if known.service == here.config.service]
    key_print = here.config.key_print() if of_service else None
    return [
        known for known in of_service if here.history.key_print_of(known.id) in (None, key_print)
    ]
