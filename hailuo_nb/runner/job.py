"""One task under way: its newest snapshot, its observers, and when it is over.

Every change goes through `Job.change`: recorded first, then shown, then "over". It
knows the order, not the steps that lead to a change.
"""

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from hailuo_nb.core.fork import ProcessLock
from hailuo_nb.core.task import FINAL, Event, Snapshot, next_state
from hailuo_nb.errors import HailuoError, StoreError
from hailuo_nb.runner.interfaces import Calling, FileStore, Journal, Observer

log = logging.getLogger("hailuo_nb")

UPDATE_INTERVAL_S = 0.25
"""A view is told at most this often, but of a final state at once."""

UNWRITTEN = "Task {id} could not be written to the history (disk full?): "
"""How the note of a task begins whose id the history does not have yet."""

WATCH_FOR_S = 1800.0
"""How long a task is watched unless something else is asked for."""


_MAKING = ProcessLock()


class Flag:
    """Set once, waited for from any thread; the event behind it is made by the first who waits."""

    __slots__ = ("_event", "_set")

    def __init__(self) -> None:
        self._event: threading.Event | None = None
        self._set = False

    def is_set(self) -> bool:
        """Return whether it was set."""
        return self._set

    def set(self) -> None:
        """Set it, and wake who waits."""
        with _MAKING:
            self._set = True
            if self._event is not None:
                self._event.set()

    def wait(self, timeout: float | None = None) -> bool:
        """Wait for at most so many seconds; return whether it is set."""
        with _MAKING:
            if self._set:
                return True
            if self._event is None:
                self._event = threading.Event()
            event = self._event
        return event.wait(timeout)


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What a task needs besides its request.

    ``load_image`` and ``load_end_image`` return an image's bytes and may block; ``folder``
    is where the clip goes; ``watch_for_s`` is how long it is watched, in seconds;
    ``may_send`` says whether a task that never left may be sent.
    """

    folder: Path
    load_image: Callable[[], bytes] | None = None
    load_end_image: Callable[[], bytes] | None = None
    watch_for_s: float = WATCH_FOR_S
    may_send: bool = False


class LeaseLost(Exception):
    """Another process looks after the task now."""


@dataclass(eq=False, slots=True)
class Job:
    """One task under way; changed on the engine's thread only."""

    snapshot: Snapshot
    needs: Needs
    journal: Journal
    files: FileStore
    error: HailuoError | None = None
    over: Flag = field(default_factory=Flag)
    stop_asked: bool = False
    id_unwritten: bool = False
    id_aside: Path | None = None
    running: asyncio.Task[None] | None = None
    calling: Calling | None = None
    _lock: ProcessLock = field(default_factory=ProcessLock)
    _observers: list[Observer] = field(default_factory=list)
    _shown_at: float = -UPDATE_INTERVAL_S
    _timer: asyncio.TimerHandle | None = None

    def __post_init__(self) -> None:
        if self.snapshot.state in FINAL:
            self.over.set()

    def attach(self, show: Callable[[Snapshot], None], observer: Observer) -> None:
        """Show the newest snapshot and tell the observer of every later one.

        Called in the cell; no change gets lost between the two.
        """
        with self._lock:
            show(self.snapshot)
            self._observers.append(observer)

    def change(self, event: Event | None = None, **facts: Any) -> None:
        """Move to the state that the event leads to, with new facts; record, then show.

        ``facts`` are fields of the snapshot.

        Raises
        ------
        LeaseLost
            Another process looks after the task; nothing has changed here.
        """
        state = next_state(self.snapshot.state, event) if event else self.snapshot.state
        changed = replace(self.snapshot, state=state, **facts)
        self.id_unwritten |= event == "accepted"
        self._record(changed)
        if self.id_unwritten:
            changed = replace(changed, note=self._unwritten_note(changed))
        elif event == "accepted" or state in FINAL:
            changed = replace(changed, warnings=self._warnings(changed))
        if event is not None:
            log.info("task %s: %s", changed.id, changed.state)
        self.mirror(changed)

    def mirror(self, snapshot: Snapshot) -> None:
        """Show what another process has recorded, or what need not be recorded."""
        with self._lock:
            self.snapshot = snapshot
        self._publish_soon()
        if snapshot.state in FINAL:
            self.over.set()

    def fail(self, event: Event, error: HailuoError) -> None:
        """Move to the state that the event leads to, and say why."""
        self.error = error
        free = error.charged == "no" and self.snapshot.task_id is None
        facts = {"credits": 0.0} if free else {}
        self.change(event, error=str(error), error_kind=type(error).__name__, note=None, **facts)

    def keep_id(self) -> None:
        """Write the service's id where the history has none, whoever looks after the task."""
        if self.snapshot.task_id is not None:
            self.id_unwritten = True
            self._write(replace(self.snapshot, note=None))

    def begin_submit(self, submitted_at: float, *, balance: float | None) -> None:
        """Record that the submit begins; nothing may be sent where that fails.

        Parameters
        ----------
        submitted_at
            Seconds since the epoch.
        balance
            In credits, as the service told it within the last minute; None while unknown.

        Raises
        ------
        LeaseLost
            Another process has the task, or has sent it.
        StoreError
            The journal cannot be written.
        """
        state = next_state(self.snapshot.state, "submit")
        known = replace(self.snapshot, note=None, balance=balance)
        begun = replace(known, state=state, submitted_at=submitted_at)
        if not self.journal.begin_submit(begun):
            raise LeaseLost
        self.mirror(begun)

    def _record(self, changed: Snapshot) -> None:
        if self._write(changed) is False:
            raise LeaseLost

    def _write(self, changed: Snapshot) -> bool | None:
        """Write to the journal; None where it fails: a paid clip must not depend on it."""
        try:
            if not self.id_unwritten:
                return self.journal.save(changed)
            written = self.journal.accept(changed)
            if changed.state in FINAL:
                self.journal.release(changed.id)
        except StoreError as error:
            if self.id_unwritten and self.id_aside is None:
                self.id_aside = self.files.note_id(self.needs.folder, changed)
            told = logging.INFO if self.id_unwritten else logging.WARNING
            log.log(told, "task %s could not be recorded: %s", changed.id, error)
            return None
        self.id_unwritten = False
        if self.id_aside is not None:
            self.files.note_taken(self.needs.folder, changed)
            self.id_aside = None
        return written

    def _unwritten_note(self, changed: Snapshot) -> str:
        kept = f"{self.id_aside} keeps its id." if self.id_aside else "note its id."
        return UNWRITTEN.format(id=changed.task_id) + kept

    def _warnings(self, changed: Snapshot) -> tuple[str, ...]:
        """Return a task's warnings with those that the journal has added meanwhile."""
        try:
            known = self.journal.get(changed.id)
        except StoreError:
            return changed.warnings
        return known.warnings if known is not None else changed.warnings

    def _publish_soon(self) -> None:
        if self.snapshot.state in FINAL:
            self._cancel_timer()
            self._publish()
        elif self._timer is None:
            wait_s = self._shown_at + UPDATE_INTERVAL_S - time.monotonic()
            if wait_s <= 0:
                self._publish()
            else:
                self._timer = asyncio.get_running_loop().call_later(wait_s, self._publish)

    def _publish(self) -> None:
        self._cancel_timer()
        self._shown_at = time.monotonic()
        with self._lock:
            snapshot, observers = self.snapshot, tuple(self._observers)
        for observer in observers:
            try:
                observer(snapshot)
            except Exception:  # a view's fault must not cost a paid clip
                log.exception("a view of task %s failed", snapshot.id)

    def _cancel_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
