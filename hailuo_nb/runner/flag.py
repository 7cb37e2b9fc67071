"""An event of a thousand tasks: it costs little until somebody waits for it."""

import threading

from hailuo_nb.core.fork import ProcessLock

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
