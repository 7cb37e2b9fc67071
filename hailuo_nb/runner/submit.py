"""The first steps: images up, then the one submit; and what is known of one that was cut off.

The rule about money lives here: once a byte of a submit may have left, it is never
sent again by itself. Only what provably was not taken is tried again. Of a submit that an ended
kernel left behind the id may lie beside the clips, where the journal could not take it; else the
balance before it, and what other tasks took since, is all there is.
"""

import asyncio
import itertools
import logging
import random
import time
from dataclasses import replace
from pathlib import Path

from hailuo_nb.core.budget import Balance, Others, balance_evidence
from hailuo_nb.core.request import Request
from hailuo_nb.core.task import Snapshot
from hailuo_nb.errors import (
    HailuoError,
    RateLimited,
    StoreError,
    TaskUnsure,
)
from hailuo_nb.runner.connection import BALANCE_AGE_S, Shared
from hailuo_nb.runner.interfaces import FileStore, Journal, VideoService
from hailuo_nb.runner.job import Job
from hailuo_nb.runner.uploads import image_urls

log = logging.getLogger("hailuo_nb")

GIVE_UP_AFTER_S = 180.0
"""How long a submit that was not taken is tried again, in seconds.

One that is told "too many" waits for as long as any of ours is being made.
"""

BACK_OFF_S = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)


async def submit(job: Job, shared: Shared) -> None:
    """Bring a waiting task to "queued", or to "failed" or "unsure".

    Raises
    ------
    HailuoError
        It failed before anything was submitted; the task is still "waiting".
    """
    image_url, end_image_url = await image_urls(job, shared)
    failing_since: float | None = None
    for attempt in itertools.count():
        service = await shared.sender()
        await shared.create_gate.turn(lambda before: _tell_place(job, before))
        error = await _submit_once(job, shared, service, image_url, end_image_url)
        if error is None or job.snapshot.state != "waiting" or job.stop_asked:
            return
        await shared.mend(error)
        pause_s, what, now = _pause_s(attempt, error), error.what, time.monotonic()
        if isinstance(error, RateLimited):
            shared.create_gate.close_for(pause_s)
        if isinstance(error, RateLimited) and (count := _being_made(job, shared)):
            failing_since = None
            what = f"The service makes about 100 clips at once, {count} of yours among them."
        elif now + pause_s - (failing_since := failing_since or now) > GIVE_UP_AFTER_S:
            raise error
        job.change(note=f"{what} Nothing was charged; trying again in {pause_s:.0f} s.")
        await asyncio.sleep(pause_s)


def _being_made(job: Job, shared: Shared) -> int:
    """Return how many tasks of this service are known to run: another time limit ends each."""
    try:
        return shared.journal.being_made(shared.name, since=time.time() - job.needs.watch_for_s)
    except StoreError as error:
        log.info("not known what else is under way: %s", error)
        return 0


async def _submit_once(
    job: Job,
    shared: Shared,
    service: VideoService,
    image_url: str | None,
    end_image_url: str | None,
) -> HailuoError | None:
    async with shared.a_submit():
        asked = await _with_callback(job, shared)
        heard, fresh, began = shared.heard, shared.fresh_balance(), time.monotonic()
        job.begin_submit(time.time(), balance=fresh.credits if fresh else None)
        try:
            task_id = await service.create_task(
                asked, image_url=image_url, end_image_url=end_image_url
            )
        except HailuoError as error:
            await _settle_failed_submit(job, shared, error, heard)
            return error
        shared.hold(job.snapshot.request.price.credits, since=began)
        job.change(
            "accepted",
            task_id=task_id,
            submitted_at=time.time(),
            credits=None,
            balance=shared.balance,
        )
    shared.files.drop_inputs(job.snapshot.id)
    if job.running is not None and job.running.cancelling():
        raise asyncio.CancelledError  # the end came while the id was on its way
    return None


async def _with_callback(job: Job, shared: Shared) -> Request:
    """Return what is sent: with an address of the task's own for callbacks, where one reaches us.

    It is part of nothing that is kept: whoever knows it could wake the watcher.
    """
    request = job.snapshot.request
    if request.callback_url is not None or shared.calling is None:
        return request
    job.calling = job.calling or await shared.calling(job.snapshot.id)
    return request if job.calling is None else replace(request, callback_url=job.calling.url)


async def _settle_failed_submit(
    job: Job, shared: Shared, error: HailuoError, before: Balance | None
) -> None:
    outcome = shared.judge(error)
    log.info("the submit of task %s failed: %s (%s)", job.snapshot.id, error, outcome)
    if outcome == "not_taken":
        job.change("not_taken", submitted_at=None)
    elif outcome == "refused":
        error.charged = "no"
        job.fail("refused", error)
    else:
        await _unsure(job, shared, error, before)


async def _unsure(job: Job, shared: Shared, error: HailuoError, before: Balance | None) -> None:
    lost_at = time.time()
    await shared.refresh_balance(at_once=True)
    after = shared.heard if shared.heard and shared.heard.at >= lost_at else None
    what = f"{error.what} It may have been accepted and billed."
    since = before.at if before else job.snapshot.submitted_at or lost_at
    try:
        others = shared.journal.others(shared.name, without=job.snapshot.id, since=since)
        what += f" {balance_evidence(before, after, others)}"
    except StoreError as error:
        log.info("not known what was sent beside task %s: %s", job.snapshot.id, error)
    job.fail("reply_lost", TaskUnsure(what, charged="maybe"))


def _tell_place(job: Job, before: int) -> None:
    place = f"{before} before it in the queue" if before else "next in the queue"
    note = f"The service takes 20 tasks in 10 s: {place}."
    if note != job.snapshot.note:
        job.mirror(replace(job.snapshot, note=note))


def _pause_s(attempt: int, error: HailuoError) -> float:
    asked_s = getattr(error, "retry_after_s", None)
    if asked_s is not None:
        return min(float(asked_s), 60.0)
    pause_s = BACK_OFF_S[min(attempt, len(BACK_OFF_S) - 1)]
    return pause_s * random.uniform(0.75, 1.25)  # noqa: S311 - jitter, no secret


def take_back(journal: Journal, files: FileStore, folder: Path, known: Snapshot) -> Snapshot:
    """Return a recorded task, with the service's id where the file in ``folder`` tells of one.

    Raises
    ------
    StoreError
        The journal still cannot take it.
    """
    named = files.with_id(folder, known)
    if named is None:
        return known
    log.info("the id of task %s was found beside the clips", known.id)
    now = named if journal.accept(named) else journal.get(known.id) or known
    if now.task_id is not None:
        files.note_taken(folder, named)
    return now


def others_since(journal: Journal, known: Snapshot) -> Others | None:
    """Return what other tasks took since the balance before an interrupted submit was told."""
    if known.state != "submitting" or known.balance is None:
        return None
    since = (known.submitted_at or known.created_at) - BALANCE_AGE_S
    return journal.others(known.service, without=known.id, since=since)
