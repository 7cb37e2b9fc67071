"""What all handlers share: who asks, faults of the API, JSON out, no traceback ever.

It knows tornado and the envelope; it must not know any single endpoint.
"""

import asyncio
import json
from abc import ABC, abstractmethod
from typing import Any

from tornado.httputil import HTTPServerRequest
from tornado.iostream import StreamClosedError
from tornado.web import RequestHandler, stream_request_body

from hailuo_nb.simulator import wire
from hailuo_nb.simulator.service import Service
from hailuo_nb.simulator.validation import RefusedError

SLOW_REPLY_S = 5.0
BAD_GATEWAY = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
    "<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>cloudflare</center>\r\n"
    "</body>\r\n</html>\r\n"
)


class Handler(RequestHandler):
    """Base of every handler; counts the request as a sign of life."""

    service: Service

    def initialize(self, service: Service) -> None:
        """Take the parts from the route table."""
        self.service = service
        service.last_request_s = service.now()

    def set_default_headers(self) -> None:
        """Tell nobody which server this is."""
        self.clear_header("Server")

    def send_json(self, body: object, status: int = 200) -> None:
        """Write a JSON body."""
        self.set_status(status)
        self.set_header("Content-Type", "application/json;charset=UTF-8")
        self.write(json.dumps(body, separators=(",", ":")))

    def compute_etag(self) -> str | None:
        """Leave it out: answers of the API differ from one moment to the next."""
        return None

    def decode_argument(self, value: bytes, name: str | None = None) -> str:
        """Read what is no UTF-8, too: it names nothing that there is."""
        return value.decode("utf-8", "replace")

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Answer an unexpected end with the service's envelope."""
        msg = {404: "Not Found", 405: "Method Not Allowed"}.get(status_code)
        msg = msg or (wire.SERVER_EXCEPTION if status_code >= 500 else "Bad Request")
        self.send_json(self.error_body(status_code, msg), status_code)

    def error_body(self, code: int, msg: str) -> dict[str, Any]:
        """Return the shape of an error here."""
        return wire.refusal(code, msg)

    def drop(self) -> None:
        """Close the connection without a word."""
        self._finished = True
        drop_connection(self.request)

    def log_exception(self, *args: Any) -> None:
        """Keep a caller's early leaving out of the log."""
        if not isinstance(args[1], StreamClosedError):
            super().log_exception(*args)


def drop_connection(request: HTTPServerRequest) -> None:
    """Close the socket under a request."""
    stream = getattr(request.connection, "stream", None)
    if stream is not None:
        stream.close()


class ApiHandler(Handler, ABC):
    """Base of the endpoints that need a key."""

    account = ""

    @abstractmethod
    async def answer(self) -> dict[str, Any]:
        """Return the body of the good answer; raises RefusedError for a business error."""

    async def serve(self) -> None:
        """Answer, with the faults that act on every API request around it."""
        if self.service.faults.strikes("html-error"):
            self.set_status(502)
            self.set_header("Content-Type", "text/html")
            self.write(BAD_GATEWAY)
            return
        status = 200
        try:
            self.refuse_by_fault()
            self.account = self._identify()
            body = await self.answer()
        except RefusedError as refused:
            body = self.error_body(refused.code, refused.msg)
            status = self.status_of(refused)
        await self._reply(body, status)

    def refuse_by_fault(self) -> None:
        """Raise what the API faults in force say."""
        faults = self.service.faults
        if faults.strikes("bad-key"):
            raise RefusedError(401, wire.UNAUTHORISED)
        if faults.strikes("maintenance"):
            raise RefusedError(455, wire.MAINTENANCE)
        if faults.strikes("server-error"):
            raise RefusedError(500, wire.SERVER_EXCEPTION)
        if faults.strikes("rate-limit"):
            true_429 = faults.hits("rate-limit") % 2 == 0
            raise ThrottledError(status=429 if true_429 else 200)

    def status_of(self, refused: RefusedError) -> int:
        """Return the HTTP status of a business error: 200 as recorded."""
        if isinstance(refused, ThrottledError):
            return refused.status
        if self.service.settings.documented and refused.code in (401, 429):
            return refused.code
        return 200

    def _identify(self) -> str:
        account = self.service.account(self.request.headers.get("Authorization", ""))
        if account is None:
            raise RefusedError(401, wire.UNAUTHORISED)
        return account

    async def _reply(self, body: dict[str, Any], status: int) -> None:
        if self.service.faults.strikes("slow-reply"):
            await asyncio.sleep(SLOW_REPLY_S)
        if self.service.faults.strikes("bad-json"):
            text = json.dumps(body)
            self.set_header("Content-Type", "application/json;charset=UTF-8")
            self.write(text[: len(text) // 2])
            return
        if status == 429:
            self.set_header("Retry-After", "1")
        self.send_json(body, status)


class ThrottledError(RefusedError):
    """A 429 that says which HTTP status carries it."""

    def __init__(self, status: int) -> None:
        super().__init__(429, wire.TOO_OFTEN)
        self.status = status


@stream_request_body
class RefusedHandler(Handler):
    """Whatever may not come in: its body is not kept, and it is no sign of life."""

    def initialize(self, service: Service) -> None:
        """Take the parts, and count nothing."""
        self.service = service

    def data_received(self, chunk: bytes) -> None:
        """Let it go: an answer before its end would be lost with the connection."""

    def get(self) -> None:
        """Say why."""
        status, msg = self.service.complaint(self.request) or (403, "Forbidden")
        self.send_json(wire.refusal(status, msg), status)

    head = post = put = patch = delete = options = get


class UnknownHandler(Handler):
    """Any other path."""

    def prepare(self) -> None:
        """Answer 404 whatever the method."""
        self.send_error(404)
