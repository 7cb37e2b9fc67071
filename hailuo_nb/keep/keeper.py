"""What a keeper looks after: every task that was sent and that no living process watches.

The same runner on the same history with the same leases as a kernel's, over a client that has no
call which is paid for. It knows who needs a watcher, and by which key a task can be asked for; it
must not know who hands the keys over.
"""

import logging
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Any

from hailuo_nb._version import __version__
from hailuo_nb.config import Config
from hailuo_nb.core.names import SIMULATOR
from hailuo_nb.core.task import FINAL, Snapshot
from hailuo_nb.errors import StoreError
from hailuo_nb.runner.engine import Engine
from hailuo_nb.runner.job import Needs
from hailuo_nb.runner.runner import Runner
from hailuo_nb.runner.task import Task
from hailuo_nb.session.called import Called
from hailuo_nb.session.redaction import redact_with
from hailuo_nb.session.services import shared_of
from hailuo_nb.store import wake
from hailuo_nb.store.history import History
from hailuo_nb.store.leases import UnderWay

IDLE_EXIT_S = 600.0
"""So long after its last task a keeper ends."""

RETRY_S = 60.0
"""A task whose watching met a fault is taken up again after so many seconds."""

log = logging.getLogger("hailuo_nb")


@dataclass(frozen=True, slots=True)
class _Whose:
    """A service, and by which key it is asked: the key's salted print, None without one."""

    service: str
    key_print: str | None


@dataclass(slots=True)
class _Seen:
    """What the last look has found."""

    blind: list[str] = field(default_factory=list)
    used_at: float = field(default_factory=time.monotonic)


class Keeper:
    """Takes up what others have left; used from one thread.

    Parameters
    ----------
    config
        The settings: the history's folder above all; no key.
    """

    def __init__(self, config: Config) -> None:
        self._config = config
        self.history = History(config.home)
        self._engine = Engine()
        self._configs: dict[_Whose, Config] = {_Whose(SIMULATOR, None): config.simulated()}
        self._runners: dict[_Whose, Runner] = {}
        self._taken: dict[str, tuple[Runner, float]] = {}
        self._seen = _Seen()
        self._settled: SimpleQueue[str] = SimpleQueue()
        self._called = Called(self.history, self._engine.spawn, self._leave)
        redact_with(self._mask)

    @property
    def idle_s(self) -> float:
        """How long nothing that could be looked after has been under way, in seconds."""
        return time.monotonic() - self._seen.used_at

    def look(self) -> None:
        """Take up every task that was sent, that nobody looks after and whose key is known."""
        while not self._settled.empty():
            self._taken.pop(self._settled.get(), None)
        try:
            under_way = self.history.under_way()
            blind = [one.id for one in under_way if one.free and not self._take(one)]
            self._await_calls()
        except StoreError as error:
            log.warning("the history cannot be used: %s", error)
            return
        self._taken = {id: one for id, one in self._taken.items() if self._is_kept(id, *one)}
        self._seen.blind = blind
        if self._taken or not all(one.free for one in under_way):
            self._seen.used_at = time.monotonic()

    def hand(self, facts: Mapping[str, Any]) -> None:
        """Take a key, as `Config.handover` tells it, for as long as this process lives.

        Raises
        ------
        HailuoError, TypeError, KeyError
            It is none, or not for such an origin.
        """
        config = self._config.handed(
            facts["service"], facts["uploads"], facts["origins"], facts["key"]
        )
        self._configs[_Whose(config.service, config.key_print(self.history.salt))] = config

    def tell(self) -> dict[str, object]:
        """Return what can be known of it; no key is in it."""
        return {
            "pid": os.getpid(),
            "version": __version__,
            "watching": [id for id, (runner, _) in self._taken.items() if _runs(runner.find(id))],
            "blind": self._seen.blind,
            "known": len(self._configs) - 1,
        }

    def close(self) -> None:
        """End the watching and leave the tasks to others."""
        self._engine.close()
        self.history.close()

    def _await_calls(self) -> None:
        """Settle what is unsure and was named in a callback."""
        for id in wake.said_tasks():
            known = self.history.get(id)
            if known is not None and known.state == "unsure":
                whose = self._whose(known)
                if whose is not None:
                    self._called.wait(known, self._runner(whose).shared)

    def _leave(self, now: Snapshot) -> None:
        """Leave a task that is recorded as sent to the next look; on any thread."""
        self.history.release(now.id)
        self._settled.put(now.id)

    def _take(self, one: UnderWay) -> bool:
        """Look after a free task where that can be; return False where its key is missing."""
        if one.state == "waiting" or one.id in self._taken:
            return True
        known = self.history.get(one.id)
        if known is None or known.state in FINAL:
            return True
        whose = self._whose(known)
        if whose is None:
            return False
        folder = self.history.folder_of(known.id) or self._config.home
        runner = self._runner(whose)
        runner.start(known, Needs(folder=folder))
        self._taken[known.id] = (runner, time.monotonic())
        return True

    def _whose(self, known: Snapshot) -> _Whose | None:
        """Return by which key a task is asked for, None where that is not at hand."""
        made_with = self.history.key_print_of(known.id)
        fitting = (
            whose
            for whose in self._configs
            if whose.service == known.service and made_with in (None, whose.key_print)
        )
        return next(fitting, None)

    def _runner(self, whose: _Whose) -> Runner:
        if whose not in self._runners:
            shared = shared_of(self._configs[whose], self.history, sends=False)
            self._runners[whose] = Runner(self._engine, shared, display=lambda _: None, kin=Alone())
        return self._runners[whose]

    def _is_kept(self, id: str, runner: Runner, at: float) -> bool:
        return _runs(runner.find(id)) or time.monotonic() - at < RETRY_S

    def _mask(self, text: str) -> str:
        for config in self._configs.values():
            text = config.mask(text)
        return text


class Alone:
    """Knows of no kin: nobody asks here which clip another was made of."""

    def parent(self, task: Task) -> Task | None:
        """Return None."""

    def chain(self, task: Task) -> tuple[Task, ...]:
        """Return the task."""
        return (task,)


def _runs(task: Task | None) -> bool:
    return task is not None and task.state not in FINAL
