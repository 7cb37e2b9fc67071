"""The middle step: ask until the service says that the task is over.

Giving up the watching is not failure: the task may still finish, and says so.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import replace

from hailuo_nb.core.polling import MEDIAN_S, net_delay_s, next_delay_s
from hailuo_nb.core.task import Record, Snapshot
from hailuo_nb.core.words import time_words
from hailuo_nb.errors import (
    AuthenticationError,
    Charged,
    GenerationFailed,
    GenerationTimedOut,
    HailuoError,
    NotFound,
    RateLimited,
    RequestRefused,
    SavingError,
    SetupError,
    StoreError,
    TaskStopped,
)
from hailuo_nb.runner.connection import Shared
from hailuo_nb.runner.job import Job, LeaseLost
from hailuo_nb.runner.uploads import forget_uploads

MINUTES_FROM_S = 100.0

log = logging.getLogger("hailuo_nb")

GRACE_S = 90.0
"""A fresh task may be unknown to the service for so many seconds."""

REFUSALS = AuthenticationError, NotFound, RequestRefused, GenerationFailed, GenerationTimedOut
REFUSALS_MAX = 3
"""So many refusals in a row, and watching cannot go on."""

EMPTY_RESULTS_MAX = 4
RATE_LIMIT_PAUSE_S = 5.0
LOST_PAUSE_S = (1.0, 2.0, 4.0, 8.0, 15.0)

SLICE_S = 2.0
CALLED_SLICE_S = 0.2
"""So often it is looked whether a callback came: it is one look at a file."""

JUMP_S = 10.0
"""How much further the wall's clock may go before it counts as a jump."""


async def poll(job: Job, shared: Shared) -> Record | None:
    """Watch a submitted task until its result is there; None when it ended otherwise.

    The task is then "saving" when a record is returned, else it has ended. One that is
    "saving" already is asked for anew: where its file lies may have changed.
    """
    watch = _Polling(job, shared)
    job.mirror(replace(job.snapshot, pushed=job.calling is not None))
    shared.polling += 1
    try:
        while not watch.too_long():
            await watch.sleep()
            if job.id_unwritten:
                job.change(note=None)
            try:
                await shared.poll_gate.turn()
                record = await watch.ask()
            except HailuoError as error:
                if watch.must_end(error):
                    return None
                await shared.mend(error)
                continue
            if watch.take(record):
                return record if job.snapshot.state == "saving" else None
        watch.give_up()
        return None
    finally:
        shared.polling -= 1


class _Polling:
    """One task's watching: how long, how often, and what went wrong in a row."""

    def __init__(self, job: Job, shared: Shared) -> None:
        self._job = job
        self._shared = shared
        self._since = time.monotonic()
        self._asked = self._since
        self._questions = 0
        self._failures = 0
        self._refusals = 0
        self._empty = 0
        self._was_called = False
        self._told: Mapping[str, object] = {}

    def too_long(self) -> bool:
        return time.monotonic() - self._since > self._job.needs.watch_for_s

    def delay_s(self) -> float:
        """Return the seconds until the next question: the plan counts from one to the next.

        A task that is known to have finished, or is taken up so late that it should have, is asked
        for at once; the former then as if astray.
        """
        snapshot = self._job.snapshot
        finished = snapshot.state == "saving"
        astray = self._questions if finished else self._failures + self._empty
        if finished or astray:
            return (0.0, *LOST_PAUSE_S)[min(astray, len(LOST_PAUSE_S))]
        began_at = snapshot.submitted_at or snapshot.created_at
        since_asked_s = time.monotonic() - self._asked
        median_s = snapshot.estimate.median_s if snapshot.estimate else MEDIAN_S
        elapsed_s = max(0.0, time.time() - since_asked_s - began_at)
        if not self._questions and elapsed_s > median_s:
            return 0.0
        if self._job.calling is not None and self._job.calling.is_proved and self._questions:
            return max(0.0, net_delay_s(elapsed_s, median_s) - since_asked_s)
        planned_s = next_delay_s(elapsed_s, median_s, active=self._shared.polling)
        return max(0.0, planned_s - since_asked_s)

    async def sleep(self) -> None:
        """Sleep until the next question, or until a callback wakes us."""
        calling = self._job.calling
        woken = calling.called if calling is not None else _never
        self._was_called = await sleep_awake(self.delay_s(), woken)

    async def ask(self) -> Record:
        self._asked = time.monotonic()
        self._questions += 1
        if not self._job.journal.holds(self._job.snapshot.id):
            raise LeaseLost
        service = await self._shared.service()
        return await service.record_info(self._job.snapshot.task_id or "")

    def take(self, record: Record) -> bool:
        """Take in an answer; return whether the task is over."""
        self._failures = self._refusals = 0
        self._keep(record)
        if self._was_called and self._job.calling and record.phase in ("success", "fail"):
            self._job.calling.note_heard()  # whoever called knew that it was over
        credits = record.credits if record.credits is not None else self._job.snapshot.credits
        if record.phase == "success":
            return self._take_success(record, credits)
        if record.phase == "fail":
            self._job.change(credits=record.credits)
            forget_uploads(self._job, self._shared, record.fail_message or "")
            self._job.fail("failed", _failure(record))
            return True
        started = record.phase == "generating" and self._job.snapshot.state == "queued"
        if record.queue_place is not None:  # it is not at the service yet
            self._since = time.monotonic()
        facts = {"credits": credits, "note": _class_words(record), "balance": self._shared.balance}
        if started or any(getattr(self._job.snapshot, name) != facts[name] for name in facts):
            self._job.change("started" if started else None, **facts)
        return False

    def _keep(self, record: Record) -> None:
        """Keep an answer that says something new, for a recording of the session."""
        if record.told == self._told:
            return
        self._told, snapshot = record.told, self._job.snapshot
        sent_at = snapshot.submitted_at or snapshot.created_at
        try:
            self._job.journal.keep_answer(snapshot.id, time.time() - sent_at, record.told)
        except StoreError as error:
            log.info("an answer about task %s is not kept: %s", snapshot.id, error)

    def _take_success(self, record: Record, credits: float | None) -> bool:
        if not record.result_urls:
            self._empty += 1
            if self._empty < EMPTY_RESULTS_MAX:
                return False
        if self._job.snapshot.state != "saving":
            self._job.change(
                "finished",
                credits=credits,
                note=None,
                finished_at=time.time(),
                cost_time_s=record.cost_time_s,
            )
        elif self._job.snapshot.note is not None:
            self._job.change(note=None)
        if not record.result_urls:
            self._job.fail("gone", _no_file(self._job.snapshot))
        return True

    def must_end(self, error: HailuoError) -> bool:
        """Take in a failed question; return whether the watching has ended."""
        log.info("no news of task %s: %s", self._job.snapshot.id, error)
        if isinstance(error, RateLimited):
            pause_s = getattr(error, "retry_after_s", None) or RATE_LIMIT_PAUSE_S
            self._shared.poll_gate.close_for(min(float(pause_s), 60.0))
            return False
        if isinstance(error, RequestRefused) and self._in_grace():
            return False
        if isinstance(error, SetupError) and not isinstance(error, StoreError):
            self._stop(error.what)
            return True
        if isinstance(error, REFUSALS):
            self._refusals += 1
            if self._refusals >= REFUSALS_MAX:
                self._refused(error)
                return True
        self._failures += 1
        if isinstance(error, StoreError):
            return False
        self._job.change(note=f"No answer from the service ({error.what}); asking again.")
        return False

    def give_up(self) -> None:
        """Stop watching because it took too long."""
        what = f"No result after {time_words(self._job.needs.watch_for_s)} of watching."
        finished = self._job.snapshot.state == "saving"
        self._stop(what if finished else f"{what} The task may still finish.")

    def _refused(self, error: HailuoError) -> None:
        """End by what the service said again and again; only a failure is the task's own end."""
        if isinstance(error, GenerationFailed) and self._job.snapshot.state != "saving":
            task_id = self._job.snapshot.task_id
            self._job.fail("failed", GenerationFailed(error.what, charged="maybe", task_id=task_id))
        else:
            self._stop(error.what)

    def _stop(self, what: str) -> None:
        snapshot = self._job.snapshot
        if snapshot.state == "saving":
            self._job.fail("gone", SavingError(what, task_id=snapshot.task_id))
        else:
            self._job.fail("stop", TaskStopped(what, task_id=snapshot.task_id))

    def _in_grace(self) -> bool:
        submitted_at = self._job.snapshot.submitted_at or self._job.snapshot.created_at
        return time.time() - submitted_at < GRACE_S


SEEN = "Your teacher sees your prompts."
NOT_KNOWN = (
    "It is not known whether the service took this clip: the reply was lost. Its credits stay "
    "held until your teacher, or the service, says what became of it. Do not send it again."
)


def _class_words(record: Record) -> str | None:
    """Return what there is to say of a clip of a class while it is made, None outside of one."""
    words = [SEEN] if record.prompts_shown else []
    if record.queue_place is not None:
        words.append(_queue_words(record.queue_place, record.queue_wait_s))
    if record.unsure:
        words.append(NOT_KNOWN)
    return " ".join(words) or None


def _queue_words(place: int, wait_s: float | None) -> str:
    words = f"Number {place} in your class's queue"
    if wait_s is None:
        return f"{words}."
    shown_s = round(wait_s) if wait_s < MINUTES_FROM_S else 60 * round(wait_s / 60)
    when = f"in about {time_words(shown_s)}" if shown_s else "at once"
    return f"{words}, to be sent {when}."


def _failure(record: Record) -> HailuoError:
    what = record.fail_message or "The service could not make the clip and says no more."
    charged: Charged = "no" if record.credits == 0 else "maybe"
    return GenerationFailed(what, charged=charged, task_id=record.task_id)


def _no_file(snapshot: Snapshot) -> HailuoError:
    return SavingError(
        "The service says that the clip is done but names no file.",
        advice=f"%hailuo resume {snapshot.id} looks again, free of charge.",
        task_id=snapshot.task_id,
    )


def _never() -> bool:
    return False


async def sleep_awake(rest_s: float, woken: Callable[[], bool] = _never) -> bool:
    """Sleep so many seconds, or until woken, or until the machine wakes from a sleep of its own.

    The wall's clock goes on while a laptop's lid is closed, the monotonic one does not: a jump
    between the two ends the sleep at once. Returns whether it was ``woken``.
    """
    ends, slice_s = time.monotonic() + rest_s, SLICE_S if woken is _never else CALLED_SLICE_S
    drift = time.time() - time.monotonic()
    while (left_s := ends - time.monotonic()) > 0:
        await asyncio.sleep(min(slice_s, left_s))
        if woken():
            return True
        if time.time() - time.monotonic() - drift > JUMP_S:
            return False
    return False
