"""The one thread: a daemon with a private event loop, apart from the kernel's own.

Work on the kernel's loop would wait until the running cell ends. Everything here is
started in an empty context: with the submitting cell's, headless runners record stale
output. Whatever goes wrong on the thread is logged, and never told under another cell. It
knows threads and loops, not tasks.
"""

import asyncio
import atexit
import contextvars
import inspect
import logging
import os
import threading
import weakref
from collections.abc import Callable, Coroutine, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import Any, TypeVar

from hailuo_nb.errors import TaskStopped

_T = TypeVar("_T")

Closer = Callable[[], Coroutine[Any, Any, None]]

log = logging.getLogger("hailuo_nb")

CLOSE_TIMEOUT_S = 2.0
"""How long the end waits for what must not be cut off; the rest gets half of it."""


class Engine:
    """A running event loop on a thread of its own, until `close` or the process's end.

    After that, and in a forked child, nothing is started any more.
    """

    def __init__(self) -> None:
        self._pid = os.getpid()
        self.loop = asyncio.new_event_loop()
        self.loop.set_exception_handler(_log_fault)
        self.loop.set_default_executor(ThreadPoolExecutor(thread_name_prefix="hailuo"))
        self._spawned: set[asyncio.Task[None]] = set()
        self._closers: list[Closer] = []
        self._last_waits: list[Closer] = []
        self._ended = False
        ready = threading.Event()
        self._thread = threading.Thread(
            target=self._run, args=(ready,), name="hailuo-engine", daemon=True
        )
        self._thread.start()
        ready.wait()
        _at_end(self.close)

    @property
    def alive(self) -> bool:
        """Whether the thread runs in this process; False in a forked child."""
        return self._pid == os.getpid() and self._thread.is_alive()

    @property
    def is_current(self) -> bool:
        """Whether the caller is on the engine's thread."""
        return threading.current_thread() is self._thread

    def start(self, work: Coroutine[Any, Any, _T]) -> "Future[_T]":
        """Run a coroutine on the loop, in an empty context.

        Raises
        ------
        TaskStopped
            The loop has ended.
        """
        with suppress(_LoopEnded):
            return self._submit(asyncio.run_coroutine_threadsafe, work, self.loop)
        work.close()
        raise TaskStopped("The watching has ended.")

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Run a coroutine on the loop, in an empty context; nobody waits for its end."""
        try:
            self._submit(self.loop.call_soon_threadsafe, self._keep, work)
        except _LoopEnded:
            work.close()

    def call(self, act: Callable[..., object], *args: object) -> None:
        """Call a function on the loop's thread, soon."""
        with suppress(_LoopEnded):
            self._submit(self.loop.call_soon_threadsafe, act, *args)

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
        if not self.alive:
            return
        self.call(self.loop.stop)
        if not self.is_current:
            self._thread.join(2 * CLOSE_TIMEOUT_S)

    def _submit(self, act: Callable[..., _T], *args: object) -> _T:
        """Hand something to the loop, in an empty context."""
        if self._ended or self._pid != os.getpid():
            raise _LoopEnded
        try:
            return contextvars.Context().run(act, *args)
        except RuntimeError as error:  # it has ended just now
            raise _LoopEnded from error

    def _keep(self, work: Coroutine[Any, Any, None]) -> None:
        if self._ended:
            work.close()
            return
        task = self.loop.create_task(work)
        self._spawned.add(task)
        task.add_done_callback(self._spawned.discard)

    def _run(self, ready: threading.Event) -> None:
        try:
            asyncio.set_event_loop(self.loop)
            self.loop.call_soon(ready.set)
            try:
                self.loop.run_forever()
            finally:
                self.loop.run_until_complete(self._finish())
                self.loop.close()
        except BaseException:
            log.exception("the engine's thread has ended by a fault")

    async def _finish(self) -> None:
        await _all(self._last_waits, CLOSE_TIMEOUT_S)
        self._ended = True
        await asyncio.sleep(0)  # what was handed over before
        closing = {asyncio.ensure_future(closer()) for closer in self._closers}
        await _cancel_all(CLOSE_TIMEOUT_S / 2, spare=closing)
        await _all([self.loop.shutdown_asyncgens], CLOSE_TIMEOUT_S / 4)


class _LoopEnded(Exception):
    """The loop takes nothing more."""


async def _all(starts: Iterable[Closer], timeout_s: float) -> None:
    if waiting := [asyncio.ensure_future(start()) for start in starts]:
        await asyncio.wait(waiting, timeout=timeout_s)


async def _cancel_all(timeout_s: float, *, spare: set["asyncio.Task[None]"]) -> None:
    """Cut off every task, those begun meanwhile, too; let the spared ones come to their end.

    One that has not taken its first step takes it: it may hold a coroutine, and Python warns
    of one that was never awaited.
    """
    loop, told = asyncio.get_running_loop(), set[asyncio.Task[Any]](spare)
    ends = loop.time() + timeout_s
    while left := asyncio.all_tasks() - {asyncio.current_task()}:
        begun = {task for task in left if not _is_new(task)}
        for task in begun - told:
            task.cancel()
        told |= begun
        rest_s = ends - loop.time()
        if rest_s <= 0:
            return
        if begun == left:
            await asyncio.wait(left, timeout=rest_s, return_when=asyncio.FIRST_COMPLETED)
        else:
            await asyncio.sleep(0)


def _is_new(task: "asyncio.Task[Any]") -> bool:
    work = task.get_coro()
    return inspect.iscoroutine(work) and inspect.getcoroutinestate(work) == inspect.CORO_CREATED


def _log_fault(_: asyncio.AbstractEventLoop, facts: dict[str, Any]) -> None:
    """Log what the loop would tell on stderr, which is the running cell's."""
    log.error("%s", facts.get("message"), exc_info=facts.get("exception"))


def _at_end(act: Callable[[], None]) -> None:
    """Have a bound method called when the process ends, if its object still lives then.

    An exit handler comes too late: the executors, and with them the way to look up a host
    or to write a file, are shut down before. Python has a hook for just that, which is not
    public and calls first what was registered last; where it is missing, or the end has
    begun, the exit handler has to do.
    """
    known = weakref.WeakMethod(act)

    def end() -> None:
        with suppress(KeyboardInterrupt):
            if (method := known()) is not None:
                method()

    try:
        getattr(threading, "_register_atexit", atexit.register)(end)
    except RuntimeError:
        atexit.register(end)
