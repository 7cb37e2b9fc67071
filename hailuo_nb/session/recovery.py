"""After an accident: what an earlier run left is watched, sent or adopted.

Loading watches what was sent; only what the person asks for by `resume` is sent, and
only if it provably never left.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from hailuo_nb.core.offers import total
from hailuo_nb.core.pricing import Price
from hailuo_nb.core.task import Snapshot, State
from hailuo_nb.core.words import tasks_in_words
from hailuo_nb.errors import (
    BudgetExceeded,
    HailuoError,
    HarmfulClip,
    SetupError,
    UsageError,
)
from hailuo_nb.runner.task import Task
from hailuo_nb.session.left import left_lines
from hailuo_nb.session.lookup import find_clip, named, near_words, unknown
from hailuo_nb.session.plan import PlanItem
from hailuo_nb.session.session import Session

LOOK_BACK_S = 14 * 86400.0
"""The service keeps files no longer than this, so older ones are not asked for again."""

GIVEN_UP_S = 86400.0
"""What could not be sent, for want of a network say, is sent by a bare resume for so long."""

NOT_TAKEN = ("NotSent", "RateLimited", "Maintenance")
"""Errors of a submit that the service has provably not taken."""

UNSURE_MAX = 100

_GIVEN_UP: tuple[State, ...] = ("stopped", "expired")


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What earlier runs left unfinished, by what can be done about it.

    ``sent`` is at the service, ``interrupted`` may be, ``never_sent`` provably is not;
    ``elsewhere`` belongs to another service or another key; ``unsure`` are those of today's
    service that nobody has settled yet. What another kernel is just sending is in none of them.
    ``unreadable`` are those of a damaged record whose clip is not there; those of them that
    have a task id are in ``sent``, too.
    """

    sent: tuple[Snapshot, ...]
    interrupted: tuple[Snapshot, ...]
    never_sent: tuple[Snapshot, ...]
    elsewhere: tuple[Snapshot, ...]
    unsure: tuple[Snapshot, ...]
    unreadable: tuple[Snapshot, ...] = ()

    @property
    def price(self) -> Price:
        """What sending the rest would cost."""
        return total([known.request for known in self.never_sent])


def resume(here: Session, handles: Sequence[str]) -> list[Task]:
    """Look after what is unfinished, or after these; send what never left, its price first.

    What the person has to settle, and what today's key may not see, is named.

    Raises
    ------
    HailuoError
        A task is not known, or cannot be sent.
    """
    if handles:
        return [task for handle in handles for task in _resumed(here, handle)]
    left = left_unfinished(here)
    left = replace(left, never_sent=(*left.never_sent, *_never_taken(here)))
    if left.never_sent:
        number = tasks_in_words(len(left.never_sent))
        here.host.show(html=None, text=f"Sending {number} that never left: {left.price}.")

    def refused(known: Snapshot, error: HailuoError) -> None:
        here.host.show(html=None, text=f"{known.label} is not sent: {error}")

    for known in left.unsure:
        here.await_call(known)
    watchable, of_others = _by_key(here, given_up(here))
    harmful = [known for known in watchable if _is_harmful(known)]
    again = [known for known in watchable if not _is_harmful(known)]
    for known in again:
        here.dispatch.house(known)
    watched = watch(here, [*left.sent, *left.interrupted, *again])
    lines = left_lines([*left.elsewhere, *of_others], left.unsure, harmful, left.unreadable)
    for line in lines if watched or lines or left.never_sent else ["Nothing is unfinished."]:
        here.host.show(html=None, text=line)
    return watched + send(here, left.never_sent, refused)


def left_unfinished(here: Session) -> Left:
    """Return what earlier runs left; reads the history, asks no network.

    An id that lies beside the clips, since the history could not take it, is taken first.
    """
    here.dispatch.take_back_ids()
    unsure = here.history.newest(UNSURE_MAX, state="unsure")
    readable = [known for known in unsure if not known.unreadable]
    odd = [known for known in unsure if known.unreadable]
    found = [here.dispatch.as_it_lies(known) for known in (*here.unfinished(), *odd)]
    unfinished = [known for known in found if known.state != "done" and not _is_lost(known)]
    idle = [known for known in unfinished if not here.history.held_elsewhere(known.id)]
    ours, elsewhere = _by_key(here, unfinished)
    return Left(
        sent=tuple(known for known in ours if known.state not in ("waiting", "submitting")),
        interrupted=tuple(known for known in ours if known.state == "submitting" and known in idle),
        never_sent=tuple(known for known in ours if known.state == "waiting" and known in idle),
        elsewhere=tuple(elsewhere),
        unsure=tuple(one for one in readable if one.service == here.config.service),
        unreadable=tuple(known for known in found if known.unreadable and known.state != "done"),
    )


def _is_lost(known: Snapshot) -> bool:
    """Return whether a record is damaged and nothing of its task can be found by it."""
    return bool(known.unreadable) and known.task_id is None


def watch(here: Session, known: Sequence[Snapshot]) -> list[Task]:
    """Look after tasks that were sent; free of charge."""
    with here.history.together():
        found = [here.dispatch.take_up(snapshot) for snapshot in known]
    return [task for task in found if task is not None]


def send(
    here: Session, known: Sequence[Snapshot], refused: Callable[[Snapshot, HailuoError], None]
) -> list[Task]:
    """Send tasks that provably never left; each costs its price.

    ``refused`` is told of each one that a cap or the disk does not let out; the others are sent.
    """
    if known:
        here.config.check_key()
    found: list[Task | None] = []
    for snapshot in known:
        try:
            found.append(_sent(here, snapshot))
        except (BudgetExceeded, SetupError) as error:
            refused(snapshot, error)
    return [task for task in found if task is not None]


def _sent(here: Session, known: Snapshot) -> Task | None:
    """Look after a task; send it if it never left, anew where that was given up."""
    if _was_never_taken(known):
        return here.dispatch.submit(_item_of(here, known))
    return here.dispatch.take_up(known, send=True)


def _never_taken(here: Session) -> list[Snapshot]:
    """Return what could not be sent within the last day, and was not asked for again since."""
    since, service = time.time() - GIVEN_UP_S, here.config.service
    found = [
        known
        for known in here.history.newest(1000, state="failed", since=since)
        if known.service == service and known.created_at > since and _was_never_taken(known)
    ]
    newest = {known.id: here.history.same(known.request, service) for known in found}
    return [
        known for known in reversed(found) if (last := newest[known.id]) and last.id == known.id
    ]


def _was_never_taken(known: Snapshot) -> bool:
    """Return whether a submit was given up that provably never left or was not taken."""
    is_void = known.state == "failed" and not known.task_id and not known.unreadable
    return is_void and known.error_kind in NOT_TAKEN


def given_up(here: Session) -> list[Snapshot]:
    """Return what today's service may still give: not watched any more, or not saved."""
    since = time.time() - LOOK_BACK_S
    found = [
        known
        for state in _GIVEN_UP
        for known in here.history.newest(1000, state=state, since=since)
    ]
    ours = [one for one in found if one.task_id and one.service in (here.config.service, "")]
    return [one for one in ours if here.dispatch.as_it_lies(one).state != "done"]


def _is_harmful(known: Snapshot) -> bool:
    """Return whether reading its clip took too much once: it is fetched only by its name."""
    return known.error_kind == HarmfulClip.__name__


def adopt(here: Session, task_id: str) -> Task:
    """Take in a run that was made elsewhere, by the service's task id; free of charge.

    Raises
    ------
    HailuoError
        The service does not know it, or does not say what it was asked for.
    """
    here.config.check_key()
    runner = here.runner()
    request, record = here.ask(runner.shared.made(task_id), runner)
    return here.dispatch.record_made(request, record)


def _resumed(here: Session, handle: str) -> list[Task]:
    value = named(here, handle)
    if value is not None:
        tasks = [value] if isinstance(value, Task) else value
        return [_resumed_task(here, task) for task in tasks]
    known = here.history.find(handle)
    if known is not None:
        return [_resumed_one(here, known)]
    clip = find_clip(here, handle)
    if clip is None and near_words(here, handle):  # a slip of a name is no id of the service
        raise unknown(here, handle)
    return [clip or adopt(here, handle)]


def _resumed_task(here: Session, task: Task) -> Task:
    known = here.history.get(task.id)
    if known is None and task.state == "done":  # known from its file alone: nothing is left to do
        return task
    return _resumed_one(here, known or task.snapshot)


def _resumed_one(here: Session, known: Snapshot) -> Task:
    due = _was_never_taken(known) and _item_of(here, known).there is None
    if known.state == "waiting" or due:
        text = f"Sending {known.label}, which never left: {known.request.price}."
        here.host.show(html=None, text=text)
    task = _sent(here, known)
    if task is None:
        raise UsageError(f"Task {known.label} was never sent.", advice="Run its cell again.")
    return task


def _item_of(here: Session, known: Snapshot) -> PlanItem:
    """Return the clip that asks for a task again, with what is there of it."""
    return here.dispatch.looked_up(PlanItem(request=known.request, name=known.name))


def _by_key(here: Session, found: Sequence[Snapshot]) -> tuple[list[Snapshot], list[Snapshot]]:
    """Return the tasks of today's service and key, and the others."""
    ours: list[Snapshot] = []
    others: list[Snapshot] = []
    key_print = here.key_print() if found else None
    for known in found:
        readable = here.history.key_print_of(known.id) in (None, key_print)
        is_ours = readable and known.service in (here.config.service, "")
        (ours if is_ours else others).append(known)
    return ours, others
