"""What a forked child finds: every lock free, and nothing of its parent's in use.

Whoever forks holds these locks meanwhile, so that no other thread is cut off amid what they
guard; one that is not let go soon is made anew in the child. It knows no owner of a lock.
"""

import os
import threading
import time
import weakref
from collections.abc import Callable

PATIENCE_S = 1.0
"""How long forking waits for the locks, all together."""


class ProcessLock:
    """A re-entrant lock that is free in a forked child, unless the forking thread has it."""

    __slots__ = ("__weakref__", "_lock")

    def __init__(self) -> None:
        self._lock = threading.RLock()
        _FORKS.locks.add(self)

    def __enter__(self) -> None:
        self._lock.acquire()

    def __exit__(self, *of_error: object) -> None:
        self.leave()

    def take(self, timeout_s: float) -> bool:
        """Take it within so many seconds; return whether that came to be."""
        return self._lock.acquire(timeout=timeout_s)

    def leave(self) -> None:
        """Let go of what was taken."""
        self._lock.release()

    def renew(self) -> None:
        """Let go of it, whoever had it."""
        self._lock = threading.RLock()


def in_child(act: Callable[[], object]) -> None:
    """Have a bound method called in every forked child, for as long as its object lives."""
    _FORKS.acts.append(weakref.WeakMethod(act, _FORKS.acts.remove))


class _Forks:
    """What happens around a fork; one for each time that this module is loaded."""

    def __init__(self) -> None:
        self.locks: weakref.WeakSet[ProcessLock] = weakref.WeakSet()
        self.acts: list[weakref.WeakMethod[Callable[[], object]]] = []
        self._held = threading.local()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(
                before=self._hold, after_in_parent=self._let_go, after_in_child=self._begin
            )

    def _hold(self) -> None:
        ends = time.monotonic() + PATIENCE_S
        self._held.locks = [
            lock for lock in list(self.locks) if lock.take(max(0.0, ends - time.monotonic()))
        ]

    def _let_go(self) -> None:
        for lock in self._held.locks:
            lock.leave()
        self._held.locks = []

    def _begin(self) -> None:
        held = set(self._held.locks)
        for lock in list(self.locks):
            if lock not in held:
                lock.renew()
        self._let_go()
        for act in list(self.acts):
            if (method := act()) is not None:
                method()


_FORKS = _Forks()
