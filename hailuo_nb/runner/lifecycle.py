"""One task's life from end to end: submit, poll, save; whatever happens, it ends told."""

import asyncio
import logging
from contextlib import suppress
from dataclasses import replace

from hailuo_nb.core.polling import estimate
from hailuo_nb.core.task import FINAL, Snapshot, State, taken_up
from hailuo_nb.errors import HailuoError, SavingError, TaskFailed, TaskStopped, TaskUnsure
from hailuo_nb.runner.connection import Shared
from hailuo_nb.runner.job import Job, LeaseLost
from hailuo_nb.runner.poll import poll
from hailuo_nb.runner.saving import save
from hailuo_nb.runner.submit import others_since, submit, take_back

NEVER_SENT = "It was never sent. Run its cell again, or %hailuo resume sends it."

FOLLOWED_NO_MORE = "No longer followed here; another process looks after it."

FOLLOW_S = 1.0
"""How often the record of another process is looked at."""

WRITE_AGAIN_S = 5.0
"""How often the id of a task that has ended is written again, where it could not be."""

log = logging.getLogger("hailuo_nb")


async def live(job: Job, shared: Shared) -> None:
    """Bring a task from where it is to a final state, or follow who does."""
    job.running = asyncio.current_task()
    try:
        while not await _is_over(job, shared):
            log.info("another process has taken task %s over", job.snapshot.id)
            job.keep_id()
    except Exception as error:
        log.exception("task %s met a fault of this package", job.snapshot.id)
        _fail_unsent(job, error)
    finally:
        job.running = None
    if job.snapshot.state not in FINAL:
        _end_unrecorded(job)
        _release(job, shared)
    await _write_id(job)


async def _write_id(job: Job) -> None:
    """Go on writing the service's id of a task that has ended, where that was impossible."""
    while job.id_unwritten:
        await asyncio.sleep(WRITE_AGAIN_S)
        job.keep_id()


async def _is_over(job: Job, shared: Shared) -> bool:
    """Go as far as it goes; return False where another process took the task meanwhile."""
    try:
        try:
            if job.stop_asked:
                _stopped(job, shared)
            elif await _is_ours(job, shared):
                await _steps(job, shared)
        except asyncio.CancelledError:
            if not job.stop_asked:
                raise
            _stopped(job, shared)
        except HailuoError as error:
            _end(job, error)
    except LeaseLost:
        return False
    _forget_inputs(job, shared)
    return True


def _forget_inputs(job: Job, shared: Shared) -> None:
    """Drop the kept images of a task that has ended; one that was never sent needs them."""
    try:
        known = shared.journal.get(job.snapshot.id)
    except HailuoError:
        log.exception("the images of task %s are kept", job.snapshot.id)
        return
    if known is not None and known.state in FINAL:
        shared.files.drop_inputs(known.id)


async def _is_ours(job: Job, shared: Shared) -> bool:
    """Show what another process records until the task is over there, or ours to do."""
    while not shared.journal.lease(job.snapshot.id):
        known = shared.journal.get(job.snapshot.id)
        if known is not None and known.state in FINAL:
            job.mirror(known)
            return False
        if known is not None:
            job.mirror(replace(known, note="Another process looks after it."))
        await asyncio.sleep(FOLLOW_S)
    _take_over(job, shared)
    if job.snapshot.state == "waiting" and not job.needs.may_send:
        job.mirror(
            replace(job.snapshot, state="stopped", error=NEVER_SENT, error_kind="TaskStopped")
        )
    if job.snapshot.state in FINAL:
        _release(job, shared)
        return False
    return True


def _take_over(job: Job, shared: Shared) -> None:
    """Go on from what is recorded, which another process may have changed.

    A submit that another process began is at best unsure, also where it was seen before.
    """
    with shared.journal.together():
        known = shared.journal.get(job.snapshot.id)
        if known is None or (known.state != "submitting" and _is_seen(job, known)):
            return
        if known.state in FINAL and known.state != "unsure" and not known.unreadable:
            job.mirror(known)  # it has ended meanwhile; a damaged record would not tell
            return
        known = take_back(shared.journal, shared.files, job.needs.folder, known)
        clip = known.video if known.video is not None and known.video.is_file() else None
        others = others_since(shared.journal, known)
        now = replace(taken_up(known, clip=clip, others=others) or known, note=None)
        if not shared.journal.save(now):
            raise LeaseLost
    job.mirror(now)


def _is_seen(job: Job, known: Snapshot) -> bool:
    return (known.state, known.task_id) == (job.snapshot.state, job.snapshot.task_id)


def _estimate(job: Job, shared: Shared) -> None:
    own = shared.journal.durations_s(job.snapshot.request, shared.name)
    usual = estimate(own, table_median_s=shared.table_median_s)
    job.mirror(replace(job.snapshot, estimate=usual))


async def _steps(job: Job, shared: Shared) -> None:
    _estimate(job, shared)
    asked = asyncio.ensure_future(_balance(job, shared))
    try:
        if job.snapshot.state == "waiting":
            await submit(job, shared)
        if job.stop_asked:
            _stopped(job, shared)
        if job.snapshot.state in ("queued", "generating", "saving"):
            record = await poll(job, shared)
            if record is not None:
                await save(job, shared, record)
    finally:
        asked.cancel()


async def _balance(job: Job, shared: Shared) -> None:
    balance = await shared.refresh_balance()
    if balance is not None and job.snapshot.state not in FINAL:
        job.mirror(replace(job.snapshot, balance=balance))


def request_stop(job: Job) -> None:
    """Stop watching; a submit that is under way is let through first."""
    job.stop_asked = True
    if job.running is not None and job.snapshot.state != "submitting":
        job.running.cancel()


def _stopped(job: Job, shared: Shared) -> None:
    if job.snapshot.state in FINAL:
        return
    if not _holds(job, shared):
        _mirror_end(job, "stopped", TaskStopped(FOLLOWED_NO_MORE))
        return
    sent = job.snapshot.task_id is not None
    what = "No longer watched; it may still finish." if sent else "Stopped before it was sent."
    error = TaskStopped(
        what,
        charged="maybe" if sent else "no",
        advice=None if sent else "Run its cell again to send it.",
        task_id=job.snapshot.task_id,
    )
    job.fail("stop", error)


def _end(job: Job, error: HailuoError) -> None:
    """Leave no task hanging: move on the nearest way to a final state."""
    state = job.snapshot.state
    if state == "waiting":
        job.fail("refused", error)
    elif state == "submitting":
        job.fail("reply_lost", TaskUnsure(f"{error.what} It may have been accepted and billed."))
    elif state == "saving":
        job.fail("gone", SavingError(error.what, task_id=job.snapshot.task_id))
    elif state not in FINAL:
        job.fail("stop", TaskStopped(error.what, task_id=job.snapshot.task_id))


def _fail_unsent(job: Job, fault: Exception) -> None:
    """After a fault before the submit: the task has failed, and holds no credits."""
    if job.snapshot.state == "waiting":
        what = f"A fault of hailuo_nb ({type(fault).__name__}) came before anything was sent."
        with suppress(LeaseLost):
            job.fail("refused", TaskFailed(what, charged="no", task_id=None))


def _end_unrecorded(job: Job) -> None:
    """After a fault of ours: tell the person, and leave the record to be looked at again."""
    what, state = "A fault of hailuo_nb ended the watching.", job.snapshot.state
    if state == "submitting":
        _mirror_end(job, "unsure", TaskUnsure(f"{what} It may have been accepted and billed."))
    elif state not in FINAL:
        _mirror_end(job, "stopped", TaskStopped(what, task_id=job.snapshot.task_id))


def _mirror_end(job: Job, state: State, error: HailuoError) -> None:
    job.error = error
    kind = type(error).__name__
    job.mirror(replace(job.snapshot, state=state, error=str(error), error_kind=kind, note=None))


def _holds(job: Job, shared: Shared) -> bool:
    try:
        return shared.journal.holds(job.snapshot.id)
    except HailuoError:
        log.exception("it is not known who looks after task %s", job.snapshot.id)
        return True


def _release(job: Job, shared: Shared) -> None:
    try:
        shared.journal.release(job.snapshot.id)
    except HailuoError:
        log.exception("task %s stays held until its lease ends", job.snapshot.id)
