"""Settling: a submit whose reply was lost became a task of the service, or nothing.

The person says which; what can be compared is compared first, so that no clip is taken for
another. Nothing is sent and nothing is paid.
"""

from dataclasses import replace

from hailuo_nb.core.request import differences
from hailuo_nb.core.task import Snapshot, accepted, next_state
from hailuo_nb.errors import TaskFailed, UnexpectedReply, UsageError
from hailuo_nb.runner.task import Task
from hailuo_nb.session.lookup import named, near_words
from hailuo_nb.session.session import Session


def settle(here: Session, handle: str, task_id: str | None, *, anyway: bool = False) -> Task:
    """Settle an unsure task: by the task that it became, or by nothing.

    Parameters
    ----------
    here
        The session.
    handle
        The unsure task's name or local id.
    task_id
        The service's id of the task that was made; None where none was.
    anyway
        Take that task without asking the service what it was asked for.

    Raises
    ------
    UsageError
        There is no such task, it is not unsure, or another one is that of ``task_id``; or that
        was asked for something else.
    HailuoError
        The service cannot be asked.
    """
    here.dispatch.take_back_ids()
    known = _unsure(here, handle)
    if task_id is None:
        dropped = TaskFailed("Settled: the service made no task of it.", advice="")
        state = next_state(known.state, "refused")
        now = replace(known, state=state, error=str(dropped), error_kind="TaskFailed")
    else:
        _check_free(here, replace(known, task_id=task_id))
        if not anyway:
            _check_made(here, known, task_id)
        now = accepted(known, task_id, at=None)
    with here.history.together():
        _check_free(here, now)
        if not (here.history.lease(now.id) and here.history.save(now)):
            raise UsageError(f"Task {handle!r} is looked after by another kernel.")
    return here.resume(now)


def _check_free(here: Session, now: Snapshot) -> None:
    """Refuse the service's id of a task that is recorded already."""
    other = here.history.of_task(now.service, now.task_id) if now.task_id else None
    if other is not None:
        raise UsageError(
            f"Task {now.task_id} is {other.label} already (id {other.id}, {other.state}).",
            advice="Look for another task of that time at kie.ai; --drop says there is none.",
        )


def _check_made(here: Session, known: Snapshot, task_id: str) -> None:
    """Refuse a task of the service that was asked for something else than the unsure one."""
    runner = here.runner(known.service)
    advice = "--anyway takes it all the same; --drop says there is none."
    try:
        made, _ = here.ask(runner.shared.made(task_id), runner)
    except UnexpectedReply as error:
        raise UsageError(f"It cannot be compared: {error.what}", advice=advice) from None
    if found := differences(known.request, made):
        raise UsageError(
            f"Task {task_id} was asked for something else than {known.label}: {', '.join(found)}.",
            advice=advice,
        )


def _unsure(here: Session, handle: str) -> Snapshot:
    """Return the unsure task of a name or id; any other is refused."""
    value = named(here, handle)
    history = here.history
    known = history.get(value.id) if isinstance(value, Task) else history.find(handle)
    if known is not None and known.unreadable:
        raise UsageError(
            f"The record of {handle!r} cannot be read, and is kept as it is.",
            advice="%hailuo resume TASKID takes in what the service made of it, free.",
        )
    if known is None or known.state != "unsure":
        now_words = f"is {known.state}" if known else "does not exist"
        hint = "" if known else near_words(here, handle)
        raise UsageError(f"Task {handle!r} {now_words}; only an unsure one can be settled.{hint}")
    return known
