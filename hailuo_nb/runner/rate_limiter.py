"""How often requests may leave, in order of asking.

The journal counts over all kernels; here those of this process queue up, so that one of
them asks at a time and each can be told its place.
"""

import asyncio
from collections import deque
from collections.abc import Callable

from hailuo_nb.runner.interfaces import Journal

TELL_EVERY_S = 1.0
"""How often one who waits is told its place."""


class Gate:
    """So many passes in so many seconds, over all kernels on one history.

    Parameters
    ----------
    journal
        Where passes are counted.
    service, name
        Whose gate it is, and which.
    count
        Passes in one window, at least 1.
    window_s
        The window's length in seconds.
    """

    def __init__(
        self, journal: Journal, service: str, name: str, *, count: int, window_s: float
    ) -> None:
        self._journal = journal
        self._service = service
        self._name = name
        self._count = count
        self._window_s = window_s
        self._queue: deque[object] = deque()
        self._moved = asyncio.Condition()

    async def turn(self, tell: Callable[[int], None] | None = None) -> None:
        """Wait for one's turn.

        Parameters
        ----------
        tell
            Told now and then how many are before this one, while it waits.
        """
        me = object()
        self._queue.append(me)
        try:
            while (wait_s := self._wait_s(me)) > 0:
                if tell is not None:
                    tell(self._queue.index(me))
                await self._moved_or(min(wait_s, TELL_EVERY_S))
        finally:
            self._queue.remove(me)
            await self._wake()

    def close_for(self, pause_s: float) -> None:
        """Let nobody pass for so many seconds: the service asked for a pause."""
        self._journal.pause_gate(self._service, self._name, pause_s)

    def _wait_s(self, me: object) -> float:
        if self._queue[0] is not me:
            return TELL_EVERY_S
        return self._journal.pass_gate(
            self._service, self._name, count=self._count, window_s=self._window_s
        )

    async def _moved_or(self, wait_s: float) -> None:
        try:
            async with asyncio.timeout(wait_s), self._moved:
                await self._moved.wait()
        except TimeoutError:
            return

    async def _wake(self) -> None:
        async with self._moved:
            self._moved.notify_all()
