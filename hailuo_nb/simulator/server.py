"""Opening and closing: the socket, the clock ticks, signals, and the one line on stdout.

It is the only owner of the event loop's start and end; it must not know endpoints.
"""

import asyncio
import logging
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

from hailuo_nb.simulator.app import make_app
from hailuo_nb.simulator.ledger import LedgerError
from hailuo_nb.simulator.service import Service
from hailuo_nb.simulator.settings import Settings

log = logging.getLogger("hailuo_nb.simulator")

BODY_CAP_BYTES = 64 * 1024 * 1024
IDLE_CHECK_S = 0.5
KEEP_COUNTS_S = 5.0


def run(settings: Settings) -> int:
    """Serve until a signal or idleness ends it.

    Parameters
    ----------
    settings : Settings
        What the command line said.

    Returns
    -------
    int
        Exit code: 0 after a clean end, 1 when address or state folder cannot be had.
    """
    try:
        asyncio.run(_run(settings))
    except OSError as error:
        log.error("cannot start: %s", _why(error, settings))  # noqa: TRY400
        return 1
    return 0


def _why(error: OSError, settings: Settings) -> str:
    """Return what could not be had, a file or the address, and why."""
    if isinstance(error, LedgerError):
        return str(error)
    return f"{error.filename or f'{settings.host}:{settings.port}'}: {error.strerror or error}"


async def _run(settings: Settings) -> None:
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, ended.set)
        except NotImplementedError:
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(ended.set))
    async with serve(settings) as service:
        sys.stdout.write(service.origin + "\n")
        sys.stdout.flush()
        if settings.while_stdin:
            over = partial(loop.call_soon_threadsafe, ended.set)
            threading.Thread(target=_wait_for_stdin, args=(over,), daemon=True).start()
        idle = asyncio.create_task(_end_when_idle(service, ended))
        await ended.wait()
        idle.cancel()


@asynccontextmanager
async def serve(settings: Settings, now: Callable[[], float] = time.time) -> AsyncIterator[Service]:
    """Serve within the running loop while the context is open.

    Parameters
    ----------
    settings : Settings
        Where to listen and how to behave.
    now : callable
        Unix seconds, for lifetimes and plans.

    Yields
    ------
    Service
        Its `origin` is the base URL.
    """
    service = Service(settings, now)
    try:
        sockets = bind_sockets(settings.port, settings.host, family=_family(settings.host))
    except OSError:
        await service.close()
        raise
    server = HTTPServer(make_app(service), max_body_size=BODY_CAP_BYTES)
    server.add_sockets(sockets)
    service.open(_origin(settings.host, sockets[0]))
    tick = asyncio.create_task(_keep_counts(service))
    try:
        yield service
    finally:
        tick.cancel()
        server.stop()
        with suppress(TimeoutError):
            await asyncio.wait_for(server.close_all_connections(), 2)
        await service.close()


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _origin(host: str, bound: socket.socket) -> str:
    port = bound.getsockname()[1]
    name = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"


async def _keep_counts(service: Service) -> None:
    """Write now and then what is only counted in memory."""
    while True:
        await asyncio.sleep(KEEP_COUNTS_S)
        service.ledger.save_counts()


def _wait_for_stdin(over: Callable[[], object]) -> None:
    """Call when standard input has ended; Python's own reader would hold a lock at the end."""
    with suppress(OSError):
        while os.read(0, 4096):
            pass
    with suppress(RuntimeError):  # the loop has ended before
        over()


async def _end_when_idle(service: Service, ended: asyncio.Event) -> None:
    limit_s = service.settings.idle_exit_s
    while limit_s:
        await asyncio.sleep(min(IDLE_CHECK_S, limit_s / 4))
        if service.now() - service.last_request_s > limit_s:
            log.info("nobody asked for %g s: ending", limit_s)
            ended.set()
            return
