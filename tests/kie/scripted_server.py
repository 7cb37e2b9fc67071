"""A peer on loopback that does exactly what a script says, byte by byte.

It counts connections and requests, so that tests can tell what really left. It
knows no API: replies are given whole, or broken off.
"""

import asyncio
import json
import socket
import ssl
import struct
from dataclasses import dataclass, field
from types import TracebackType
from typing import Literal, Self

Then = Literal["keep", "close", "reset", "hang"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What to send for one request, and what to do with the connection then.

    ``unread`` acts after the first byte of the request, before the rest is read.
    """

    raw: bytes = field(default=b"", repr=False)
    then: Then = "keep"
    unread: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Seen:
    """One request as it came."""

    connection: int
    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> object:
        """The body, parsed."""
        return json.loads(self.body)


def reply(
    body: bytes | object, status: int = 200, mime: str = "application/json", **headers: str
) -> bytes:
    """Return a whole HTTP reply; anything but bytes is sent as JSON."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = [
        f"HTTP/1.1 {status} Scripted",
        f"Content-Type: {mime}",
        f"Content-Length: {len(content)}",
        *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items()),
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content


def ok(data: object) -> bytes:
    """Return the envelope of a success."""
    return reply({"code": 200, "msg": "success", "data": data})


@dataclass(slots=True, repr=False)
class ScriptedServer:
    """Use it as an async context; the last step is repeated for ever."""

    steps: list[Step | bytes]
    tls: ssl.SSLContext | None = None
    requests: list[Seen] = field(default_factory=list)
    connections: int = 0
    bytes_seen: bytearray = field(default_factory=bytearray)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    _server: asyncio.Server | None = None
    _handlers: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def port(self) -> int:
        """The port it listens on."""
        return self._server.sockets[0].getsockname()[1]

    @property
    def origin(self) -> str:
        """Its origin."""
        return f"http{'s' if self.tls else ''}://127.0.0.1:{self.port}"

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self.tls)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._server.close()
        for handler in self._handlers:
            handler.cancel()
        await asyncio.gather(*self._handlers, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._handlers.add(asyncio.current_task())
        self.connections += 1
        number = self.connections
        try:
            while await self._exchange(number, reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()
            self.gone.set()

    async def _exchange(
        self, number: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        first = await reader.read(1)
        if not first:
            return False
        self.bytes_seen += first
        step = self._next_step()
        if not step.unread:
            self.requests.append(await self._read(number, first, reader))
        self.arrived.set()
        writer.write(step.raw)
        if step.then == "reset":
            hard = struct.pack("ii", 1, 0)
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, hard)
            return False
        await writer.drain()
        if step.then == "hang":
            await asyncio.Event().wait()
        return step.then == "keep"

    def _next_step(self) -> Step:
        step = self.steps.pop(0) if len(self.steps) > 1 else self.steps[0]
        return Step(raw=step) if isinstance(step, bytes) else step

    async def _read(self, number: int, first: bytes, reader: asyncio.StreamReader) -> Seen:
        head = first + await reader.readuntil(b"\r\n\r\n")
        self.bytes_seen += head
        lines = head.decode("latin-1").split("\r\n")
        method, target, _ = lines[0].split(" ", 2)
        pairs = [line.split(": ", 1) for line in lines[1:] if line]
        headers = {name.lower(): value for name, value in pairs}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        self.bytes_seen += body
        return Seen(connection=number, method=method, target=target, headers=headers, body=body)
