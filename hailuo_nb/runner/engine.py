"""The one thread: a daemon with a private event loop, apart from the kernel's own.

Work on the kernel's loop would wait until the running cell ends. Everything here is
started in an empty context: with the submitting cell's, headless runners record stale
output. It knows threads and loops, not tasks.
"""

import asyncio
import atexit
import contextvars
import os
import threading
from collections.abc import Callable, Coroutine, Iterable
from concurrent.futures import Future
from typing import Any, TypeVar

_T = TypeVar("_T")

Closer = Callable[[], Coroutine[Any, Any, None]]

CLOSE_TIMEOUT_S = 2.0
"""How long the end waits for what must not be cut off; the rest gets half of it."""


class Engine:
    """A running event loop on a thread of its own, until `close` or the process's end."""

    def __init__(self) -> None:
        self._pid = os.getpid()
        self.loop = asyncio.new_event_loop()
        self._spawned: set[asyncio.Task[None]] = set()
        self._closers: list[Closer] = []
        self._last_waits: list[Closer] = []
        ready = threading.Event()
        self._thread = threading.Thread(
            target=self._run, args=(ready,), name="hailuo-engine", daemon=True
        )
        self._thread.start()
        ready.wait()
        atexit.register(self.close)

    @property
    def alive(self) -> bool:
        """Whether the thread runs in this process; False in a forked child."""
        return self._pid == os.getpid() and self._thread.is_alive()

    @property
    def is_current(self) -> bool:
        """Whether the caller is on the engine's thread."""
        return threading.current_thread() is self._thread

    def start(self, work: Coroutine[Any, Any, _T]) -> "Future[_T]":
        """Run a coroutine on the loop, in an empty context."""
        return contextvars.Context().run(asyncio.run_coroutine_threadsafe, work, self.loop)

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Run a coroutine on the loop, in an empty context; nobody waits for its end."""
        self.call(self._keep, work)

    def call(self, act: Callable[..., object], *args: object) -> None:
        """Call a function on the loop's thread, soon."""
        self.loop.call_soon_threadsafe(act, *args, context=contextvars.Context())

    def later(self, delay_s: float, act: Callable[[], object]) -> None:
        """Call a function on the loop's thread after so many seconds."""
        self.call(self.loop.call_later, delay_s, act)

    def before_close(self, wait: Closer) -> None:
        """Register what to wait for, a little, before anything is cut off."""
        self._last_waits.append(wait)

    def at_close(self, closer: Closer) -> None:
        """Register what to await before the loop ends."""
        self._closers.append(closer)

    def close(self) -> None:
        """End the loop and wait a little for it; safe to call twice."""
        atexit.unregister(self.close)
        if not self.alive:
            return
        self.loop.call_soon_threadsafe(self.loop.stop)
        if not self.is_current:
            self._thread.join(2 * CLOSE_TIMEOUT_S)

    def _keep(self, work: Coroutine[Any, Any, None]) -> None:
        task = self.loop.create_task(work)
        self._spawned.add(task)
        task.add_done_callback(self._spawned.discard)

    def _run(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self.loop)
        self.loop.call_soon(ready.set)
        try:
            self.loop.run_forever()
        finally:
            self.loop.run_until_complete(self._finish())
            self.loop.close()

    async def _finish(self) -> None:
        await _all(self._last_waits, CLOSE_TIMEOUT_S)
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await _all(self._closers, CLOSE_TIMEOUT_S / 2, others)


async def _all(
    starts: Iterable[Closer], timeout_s: float, more: Iterable[asyncio.Task[Any]] = ()
) -> None:
    if waiting := [*more, *(asyncio.ensure_future(start()) for start in starts)]:
        await asyncio.wait(waiting, timeout=timeout_s)
