"""Opening and closing one replica: the socket, signals, and the one line on stdout.

It knows routes and the process. It must not know what an endpoint does.
"""

import asyncio
import gc
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from hailuo_nb.gateway import callbacks, handlers, results, teacher, uploads
from hailuo_nb.gateway.connections import PatientServer
from hailuo_nb.gateway.gateway import Gateway

BODY_BYTES_MAX = 16 * 1024 * 1024
CLOSING_S = 2.0
HANDOVER_S = 0.001
"""How long answers wait at most while a thread of the database reckons, in seconds."""

ROUTES: tuple[tuple[str, type[RequestHandler]], ...] = (
    (r"/api/v1/jobs/recordInfo", handlers.TaskHandler),
    (r"/api/v1/jobs/createTask", handlers.SubmitHandler),
    (r"/api/v1/chat/credit", handlers.LeftHandler),
    (r"/api/v1/common/download-url", handlers.FreshUrlHandler),
    (r"/api/file-stream-upload", uploads.StreamedHandler),
    (r"/api/file-base64-upload", uploads.EncodedHandler),
    (r"/api/file-url-upload", uploads.FetchedHandler),
    (r"/api/v1/callback-key", handlers.CallbackKeyHandler),
    (r"/api/v1/callback/([A-Za-z0-9_-]{43})", callbacks.CallbackHandler),
    (results.LINK, results.ResultHandler),
    (r"/metrics", handlers.MetricsHandler),
    (r"", teacher.DoorHandler),
    (r"/", teacher.PageHandler),
    (r"/login", teacher.LoginHandler),
    (r"/events", teacher.EventsHandler),
    (r"/change", teacher.ChangeHandler),
    (r"/spending\.csv", teacher.SheetHandler),
    (r".*", handlers.NoSuchHandler),
)


async def serve(gateway: Gateway, host: str, port: int) -> None:
    """Serve until a signal ends it; the base URL is the one line on stdout."""
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    sys.setswitchinterval(HANDOVER_S)
    gc.collect()
    gc.freeze()  # what was imported stays: looking through it again and again takes a while each
    async with gateway.at_work(), listening(gateway, host, port) as origin:
        sys.stdout.write(origin + "\n")
        sys.stdout.flush()
        await ended.wait()


@asynccontextmanager
async def listening(gateway: Gateway, host: str, port: int) -> AsyncIterator[str]:
    """Answer within the running loop while the context is open; yields the base URL."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sockets = bind_sockets(port, host, family=family)
    server = PatientServer(make_app(gateway), max_body_size=BODY_BYTES_MAX)
    server.conn_params.header_timeout = None  # which is a timer for each connection
    for one in sockets:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    server.add_sockets(sockets)
    watching = asyncio.create_task(server.watch())
    try:
        yield _origin(host, sockets[0].getsockname()[1]) + gateway.prefix
    finally:
        gateway.ended.set()
        watching.cancel()
        server.stop()
        with suppress(TimeoutError):
            await asyncio.wait_for(server.close_all_connections(), CLOSING_S)


def make_app(gateway: Gateway) -> Application:
    """Return the application that answers for a replica; requests are not logged."""
    given: dict[str, Any] = {"gateway": gateway}
    prefix = re.escape(gateway.prefix)
    rules: list[Any] = [(prefix + path, handler, given) for path, handler in ROUTES[:-1]]
    rules.append((*ROUTES[-1], given))
    return Application(rules, log_function=lambda handler: None)


def _origin(host: str, port: int) -> str:
    name = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"
