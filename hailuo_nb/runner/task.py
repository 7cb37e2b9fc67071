"""The handle that people hold: a task as a variable of the notebook.

It reads the newest snapshot and waits for the end. Interrupting the waiting never
ends the task.
"""

import asyncio
import time
from collections.abc import Callable, Generator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from hailuo_nb.core.measured import Measured
from hailuo_nb.core.task import Pictures, Snapshot, State
from hailuo_nb.core.values import deadline_of
from hailuo_nb.core.words import time_words, without_bill
from hailuo_nb.errors import (
    BY_NAME,
    HailuoError,
    SavingError,
    TaskFailed,
    TaskStopped,
    TaskUnsure,
    UsageError,
    WaitTimedOut,
)
from hailuo_nb.runner.engine import Engine
from hailuo_nb.runner.interfaces import Observer
from hailuo_nb.runner.job import Job
from hailuo_nb.runner.lifecycle import request_stop
from hailuo_nb.runner.rated import Rated

SLICE_S = 0.1
"""Waiting is cut into slices so that Interrupt takes effect at once."""


class WaitInterrupted(KeyboardInterrupt):
    """The person interrupted the waiting; the task goes on."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


class Kin(Protocol):
    """Who knows which clip another was made of."""

    def parent(self, task: "Task") -> "Task | None":
        """Return what a task was made of."""

    def chain(self, task: "Task") -> "tuple[Task, ...]":
        """Return the clips that lead to a task, and it."""


class Task(Rated):
    """One clip in the making, or made.

    Await it, or call `wait`; both return the task itself when its clip is saved.
    """

    def __init__(
        self,
        id: str,
        engine: Engine,
        *,
        find_job: "Callable[[str], Job]",
        display: "Callable[[Task], None]",
        kin: "Kin",
    ) -> None:
        self._id = id
        self._engine = engine
        self._find_job = find_job
        self._display = display
        self._kin = kin

    @property
    def _job(self) -> Job:  # type: ignore[override]
        """The newest run of the task: looking again starts another."""
        return self._find_job(self._id)

    @property
    def id(self) -> str:
        """Our local id, also the clip's file name."""
        return self._id

    @property
    def name(self) -> str | None:
        """The name it was given."""
        return self._job.snapshot.name

    @property
    def snapshot(self) -> Snapshot:
        """Everything that is known of it at this moment, frozen."""
        return self._job.snapshot

    @property
    def state(self) -> State:
        """Where it is: one of the words of `hailuo_nb.core.task.State`."""
        return self._job.snapshot.state

    @property
    def task_id(self) -> str | None:
        """The service's id; None until the service has accepted it."""
        return self._job.snapshot.task_id

    @property
    def prompt(self) -> str:
        """The prompt as it was sent."""
        return self._job.snapshot.request.prompt

    @property
    def credits(self) -> float | None:
        """Credits held while it runs, really consumed afterwards; None while unknown."""
        return self._job.snapshot.credits

    @property
    def video(self) -> Path | None:
        """The saved MP4; None until it is saved."""
        return self._job.snapshot.video

    @property
    def parent(self) -> "Task | None":
        """The draft that it is the full size of, else the clip whose last frame it begins with."""
        return self._kin.parent(self)

    @property
    def chain(self) -> "tuple[Task, ...]":
        """The clips that lead to this one by their last frames, in order; it is the last."""
        return self._kin.chain(self)

    @property
    def sha256(self) -> str | None:
        """The saved clip's digest; None until it is saved."""
        return self._job.snapshot.sha256

    @property
    def error(self) -> HailuoError | None:
        """Why it has no clip; None while it runs and when all is well."""
        snapshot = self._job.snapshot
        if snapshot.error is None:
            return None
        return _said(self._job.error or _recalled(snapshot), snapshot)

    def wait(self, timeout: float | None = None) -> "Task":
        """Hold until the clip is saved; return the task.

        Parameters
        ----------
        timeout
            Seconds to wait at most; None waits for as long as it takes.

        Raises
        ------
        WaitTimedOut
            The time is over; the task goes on.
        TaskFailed, TaskUnsure, TaskStopped, SavingError
            It ended without a clip.
        OptionError
            The timeout is no number of seconds.
        """
        return self.hold(deadline_of(timeout), timeout)

    def hold(self, deadline: float | None, timeout: float | None) -> "Task":
        """Wait as `wait` does, until a moment of the monotonic clock, ``timeout`` in words."""
        if self._engine.is_current:
            raise RuntimeError("wait() on the engine's thread would never end")
        try:
            while not self._job.over.is_set():
                self._check(deadline, timeout)
                self._job.over.wait(_slice_s(deadline))
        except KeyboardInterrupt:
            raise WaitInterrupted(
                f"Stopped waiting. Task {self._job.snapshot.label} goes on; "
                "%hailuo wait holds for it again."
            ) from None
        return self._result()

    def __await__(self) -> Generator[Any, None, "Task"]:
        """Wait without blocking other cells' tasks; the same result and errors as `wait`."""
        return self._awaited().__await__()

    def attach(self, show: Callable[[Snapshot], None], observer: Observer) -> None:
        """Show where it is and tell an observer of every later change; none is lost between."""
        self._job.attach(show, observer)

    def sent_image(self, which: str) -> Callable[[], bytes] | None:
        """Return what loads its "image" or "end_image", as far as this process has it."""
        needs = self._job.needs
        return needs.load_image if which == "image" else needs.load_end_image

    def add_measured(self, found: Mapping[str, Measured]) -> None:
        """Tell what was measured of its clip to all who look; waits until they know."""
        self._show(lambda now: replace(now, measured={**now.measured, **found}))

    def add_pictures(self, pictures: Pictures) -> None:
        """Show the pictures of its clip to all who look; waits until they know."""
        self._show(lambda now: replace(now, poster=pictures.poster or None, strip=pictures.strip))

    def stop(self) -> None:
        """Stop watching. A task that was sent goes on at the service and may be charged."""
        self._engine.call(request_stop, self._job)

    def __repr__(self) -> str:
        snapshot = self._job.snapshot
        simulated = " SIMULATED" if snapshot.simulated else ""
        return f"<Task {snapshot.label} {snapshot.state}{simulated}>"

    def _ipython_display_(self) -> None:
        self._display(self)

    async def _awaited(self) -> "Task":
        while not self._job.over.is_set():
            self._check(None, None)
            await asyncio.sleep(SLICE_S)
        return self._result()

    def _check(self, deadline: float | None, timeout: float | None) -> None:
        if not self._engine.alive:
            ended = TaskStopped("The watching has ended.", task_id=self.task_id)
            raise _said(ended, self.snapshot)
        if deadline is not None and time.monotonic() >= deadline:
            label = self._job.snapshot.label
            waited = time_words(timeout or 0)
            late = WaitTimedOut(f"Task {label} is not done after {waited} of waiting.")
            raise _said(late, self.snapshot)

    def _result(self) -> "Task":
        error = self.error
        if self.state == "done":
            return self
        raise _as_task_error(error, self._job.snapshot)


def _slice_s(deadline: float | None) -> float:
    return SLICE_S if deadline is None else max(0.0, min(SLICE_S, deadline - time.monotonic()))


def _said(error: HailuoError, snapshot: Snapshot) -> HailuoError:
    """Return an error of a task; of a simulated one it says nothing of money."""
    return error.reword(without_bill(str(error))) if snapshot.simulated else error


def _recalled(snapshot: Snapshot) -> HailuoError:
    kind = BY_NAME.get(snapshot.error_kind or "", HailuoError)
    error = kind.recall(snapshot.error or "")
    error.task_id = snapshot.task_id
    return error


def _as_task_error(error: HailuoError | None, snapshot: Snapshot) -> HailuoError:
    if isinstance(error, TaskStopped | TaskUnsure | SavingError | UsageError):
        return error
    if error is None:
        return TaskFailed(f"Task {snapshot.label} ended as {snapshot.state!r}.")
    failed = TaskFailed.recall(str(error))
    failed.charged, failed.task_id, failed.__cause__ = error.charged, snapshot.task_id, error
    return failed
