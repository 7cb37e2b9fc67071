"""The kernel's side of the keeper: while tasks are under way here, one runs and knows the key.

A thread holds a connection to it; where the keeper ends amid tasks it is started again. It knows
when one is due; it must not know how a keeper works.
"""

import logging
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from hailuo_nb.core.fork import ProcessLock
from hailuo_nb.core.task import FINAL, Snapshot
from hailuo_nb.errors import HailuoError, SetupError
from hailuo_nb.session.keeper_process import hand, keeper
from hailuo_nb.store.keeper_socket import Door, socket_path

if TYPE_CHECKING:
    from hailuo_nb.config import Config
    from hailuo_nb.session.session import Session

LOOK_S = 2.0
"""How often it is looked whether a keeper is still due."""

AGAIN_S = (0.0, 1.0, 5.0, 30.0)
"""The pauses before a keeper that has ended is started again."""

NOT_BEFORE_S = 60.0
"""So long none is tried again where none could be started."""

log = logging.getLogger("hailuo_nb")


class Keeping:
    """Whether a keeper runs for the tasks of a session.

    Parameters
    ----------
    here
        The session: its settings and its tasks.

    Attributes
    ----------
    trouble
        Why none could be started, "" where none was tried or all is well.
    """

    def __init__(self, here: "Session") -> None:
        self._here = here
        self._lock = ProcessLock()
        self._thread: threading.Thread | None = None
        self._not_before = 0.0
        self.trouble = ""

    def note(self, snapshot: Snapshot) -> None:
        """Have a keeper run while a task is under way; returns at once."""
        if snapshot.state in FINAL or not self._here.config.keep:
            return
        with self._lock:
            if self._runs() or time.monotonic() < self._not_before:
                return
            home = self._here.config.home
            self._thread = threading.Thread(
                target=self._run, args=(home,), name="hailuo-keeping", daemon=True
            )
            self._thread.start()

    @property
    def forbidden(self) -> str:
        """Why there can be no keeper here, in words; "" where there can."""
        if not self._here.config.keep:
            return "HAILUO_KEEP=off forbids it"
        if not self._here.history.is_writable:
            return "the history can only be read"
        try:
            socket_path(self._here.config.home)
        except SetupError as error:
            return error.what.rstrip(".")
        return ""

    def _runs(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def _is_due(self) -> bool:
        return any(task.state not in FINAL for task in self._here.tasks)

    def _run(self, home: Path) -> None:
        if self.forbidden:
            self._not_before = time.monotonic() + NOT_BEFORE_S
            return
        ended = 0
        try:
            while self._is_due():
                time.sleep(AGAIN_S[min(ended, len(AGAIN_S) - 1)])
                with keeper(home) as door:
                    self.trouble = ""
                    self._hold(door)
                ended += 1
        except Exception as error:  # noqa: BLE001 - no task depends on it
            words = error.what if isinstance(error, HailuoError) else type(error).__name__
            self.trouble, self._not_before = words, time.monotonic() + NOT_BEFORE_S
            log.warning("no keeper for tasks without a kernel: %s", words)

    def _hold(self, door: Door) -> None:
        """Tell a keeper the key, and each later one, until it ends or no task is under way."""
        known: Config | None = None
        try:
            while self._is_due():
                config = self._here.config
                if config is not known:
                    hand(door, config)
                    known = config
                if not door.stays_open(LOOK_S):
                    return
        except OSError as error:
            log.info("the keeper has gone: %s", type(error).__name__)
