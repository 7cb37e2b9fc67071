"""Request rates: how many in which window, for whom.

It knows counting on a clock it is given; it must not know what is counted or what is answered.
"""

from collections import deque
from collections.abc import Callable

CREATE_LIMIT, CREATE_WINDOW_S = 20, 10.0
RECORD_LIMIT, RECORD_WINDOW_S = 10, 1.0
LOOK_LIMIT, LOOK_WINDOW_S = 1, 1.0


class RateLimit:
    """At most `limit` admissions in any `window_s` seconds, for each name separately."""

    def __init__(self, limit: int, window_s: float, now: Callable[[], float]) -> None:
        self._limit = limit
        self._window_s = window_s
        self._now = now
        self._admitted: dict[str, deque[float]] = {}

    def admits(self, name: str) -> bool:
        """Admit one more for the name, or refuse it; what is refused is not counted."""
        moments = self._admitted.setdefault(name, deque(maxlen=self._limit))
        now = self._now()
        if len(moments) == self._limit and now - moments[0] < self._window_s:
            return False
        moments.append(now)
        return True
