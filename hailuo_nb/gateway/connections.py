"""Connections that say nothing, or do not come to an end of it, are closed; so are too many.

It knows how long a message may take to arrive: one look now and then at all connections, since a
timer for each of a thousand that rest takes more than the connections do. It must not know what a
message asks for; an answer may take as long as it does.
"""

import asyncio
import json
import math
import socket
import time
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.httputil import (
    HTTPConnection,
    HTTPHeaders,
    HTTPMessageDelegate,
    RequestStartLine,
    ResponseStartLine,
)
from tornado.iostream import IOStream

REST_S = 75.0
"""So long may a connection rest, and its next head take, in seconds; together."""

BODY_S = 30.0
BODY_BYTES_PER_S_MIN = 20_000
"""A body may take half a minute, and longer for as much as arrives at this pace."""

LARGE_BYTES = 256 * 1024
BODIES_BYTES_MAX = 128 * 1024 * 1024
"""So much of large bodies is taken in at a time, whoever sends them; they are held in memory."""

BUSY = {"success": False, "code": 429, "msg": "Too many uploads at once. Try again in a moment."}
KEPT_MAX = 256
"""Of more connections than this, the one that has rested longest is closed: each takes 7 KB."""

RESTED_S = 0.5
"""Whoever has just come, or been answered, may be about to ask."""

LOOK_S = 5.0


class Arriving(HTTPMessageDelegate):
    """A message on its way, and by when on the monotonic clock it must go on."""

    __slots__ = ("_connection", "_delegate", "_server", "has_begun", "size_bytes", "until_s")

    def __init__(
        self, delegate: HTTPMessageDelegate, server: "PatientServer", connection: HTTPConnection
    ) -> None:
        self._delegate = delegate
        self._server = server
        self._connection = connection
        self.has_begun = False
        self.size_bytes = 0
        self.until_s = time.monotonic() + REST_S

    def headers_received(
        self, start_line: RequestStartLine | ResponseStartLine, headers: HTTPHeaders
    ) -> Any:
        """Give the body its time, or turn it away where there is no room."""
        self.has_begun = True
        self.until_s = time.monotonic() + BODY_S
        length = headers.get("Content-Length", "0")
        self.size_bytes = int(length) if length.isdecimal() else LARGE_BYTES
        if "Transfer-Encoding" in headers:
            self.size_bytes = self._server.conn_params.max_body_size or 0
        if self.size_bytes > LARGE_BYTES and self._server.large_bytes() > BODIES_BYTES_MAX:
            self._turn_away()
        return self._delegate.headers_received(start_line, headers)

    def _turn_away(self) -> None:
        """Say so; what follows is read by nobody, and the connection is closed."""
        self._delegate, self.size_bytes = HTTPMessageDelegate(), 0
        said = json.dumps(BUSY).encode()
        headers = {"Content-Type": "application/json", "Content-Length": str(len(said))}
        start = ResponseStartLine("HTTP/1.1", 200, "OK")
        self._connection.write_headers(start, HTTPHeaders(headers | {"Connection": "close"}), said)
        self._connection.finish()

    def data_received(self, chunk: bytes) -> Any:
        """Give more of it for what has come."""
        self.until_s += len(chunk) / BODY_BYTES_PER_S_MIN
        return self._delegate.data_received(chunk)

    def finish(self) -> None:
        """Count no longer: the answer takes as long as it does."""
        self.until_s = math.inf
        self._delegate.finish()

    def on_connection_close(self) -> None:
        """Pass it on."""
        self._delegate.on_connection_close()


class PatientServer(HTTPServer):
    """Serves, and closes connections whose message does not arrive, or of which it has many."""

    def initialize(self, *args: Any, **named: Any) -> None:
        """Begin without any connection."""
        super().initialize(*args, **named)
        self._arriving: dict[Any, Arriving] = {}

    def start_request(
        self, server_conn: object, request_conn: HTTPConnection
    ) -> HTTPMessageDelegate:
        """Count from now on."""
        delegate = super().start_request(server_conn, request_conn)
        message = Arriving(delegate, self, request_conn)
        self._arriving.pop(server_conn, None)  # the one that rests longest stands first
        self._arriving[server_conn] = message
        if len(self._arriving) > KEPT_MAX:
            self._let_go()
        return message

    def large_bytes(self) -> int:
        """Return how much of large bodies is on its way, or being answered."""
        sizes = (its.size_bytes for its in self._arriving.values())
        return sum(size for size in sizes if size > LARGE_BYTES)

    def _let_go(self) -> None:
        rested_s = time.monotonic() + REST_S - RESTED_S
        resting = (
            one
            for one, its in self._arriving.items()
            if not its.has_begun and its.until_s < rested_s and _is_silent(one.stream)
        )
        longest = next(resting, None)
        if longest is not None:
            del self._arriving[longest]
            longest.stream.close()

    def on_close(self, server_conn: object) -> None:
        """Forget a connection."""
        self._arriving.pop(server_conn, None)
        super().on_close(server_conn)

    async def watch(self) -> None:
        """Close what has waited too long, until it is cancelled."""
        while True:
            await asyncio.sleep(LOOK_S)
            now_s = time.monotonic()
            for one in [one for one, its in self._arriving.items() if its.until_s < now_s]:
                one.stream.close()


def _is_silent(stream: IOStream) -> bool:
    """Return whether nothing has come that was not answered yet."""
    if not stream.reading():  # a head has just been read
        return False
    try:
        return not stream.socket.recv(1, socket.MSG_PEEK)  # nothing at all: it has gone
    except OSError:  # nothing yet, or it is broken
        return True
