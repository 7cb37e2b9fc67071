"""How often requests may leave: so many in so many seconds, in order of asking."""

import asyncio
from collections import deque


class Gate:
    """A sliding window over all tasks of the process.

    Parameters
    ----------
    count
        Passes in one window, at least 1.
    window_s
        The window's length in seconds.
    """

    def __init__(self, count: int, window_s: float) -> None:
        self._window_s = window_s
        self._passed: deque[float] = deque(maxlen=count)
        self._closed_until = 0.0
        self._queue = asyncio.Lock()

    async def turn(self) -> None:
        """Wait for one's turn."""
        async with self._queue:
            while (wait_s := self._wait_s()) > 0:  # noqa: ASYNC110 - time opens it, no event does
                await asyncio.sleep(wait_s)
            self._passed.append(asyncio.get_running_loop().time())

    def close_for(self, pause_s: float) -> None:
        """Let nobody pass for so many seconds: the service asked for a pause."""
        until = asyncio.get_running_loop().time() + pause_s
        self._closed_until = max(self._closed_until, until)

    def _wait_s(self) -> float:
        now = asyncio.get_running_loop().time()
        full = len(self._passed) == self._passed.maxlen
        free_at = self._passed[0] + self._window_s if full else now
        return max(free_at, self._closed_until) - now
