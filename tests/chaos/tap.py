"""A relay between kernel and service that sees each request and can hold it anywhere.

It knows HTTP and which call a request is. Whoever watches decides at each moment whether
it goes on; holding is done by not returning. It must not know kills or verdicts.
"""

import http.client
import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

Call = Literal["upload", "create", "record", "credit", "fresh", "file", "other"]
Kind = Literal["kernel", "keeper"]
Moment = Literal["asked", "answered", "half", "replied"]

_CALLS: tuple[tuple[str, Call], ...] = (
    ("/api/file-", "upload"),
    ("/api/v1/jobs/createTask", "create"),
    ("/api/v1/jobs/recordInfo", "record"),
    ("/api/v1/chat/credit", "credit"),
    ("/api/v1/common/download-url", "fresh"),
    ("/files/results/", "file"),
)
_NOT_PASSED = ("connection", "keep-alive", "transfer-encoding", "content-length", "host", "date")
CHUNK_BYTES = 16_384
REWRITTEN: tuple[Call, ...] = ("record", "fresh")
"""Replies that name files: their addresses are made to lead through the relay."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One moment of one request.

    "asked": it is here whole, the service has none of it; "answered": the service has
    replied, the kernel has none of it; "half": it has the first half; "replied": all.
    ``prompt`` is None where the request belongs to no one task.
    """

    call: Call
    moment: Moment
    prompt: str | None


Watch = Callable[[Seen], bool]
"""Told of each moment on the request's own thread; False closes the connection."""


class Tap(ThreadingHTTPServer):
    """The relay; `watch` may be replaced at any time.

    Attributes
    ----------
    lives
        How often a kernel and a keeper were killed: which of them a connection belongs to.
    askers
        By prompt: who asked for its record, one after the other.
    """

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, service: str) -> None:
        super().__init__(("127.0.0.1", 0), _Relay)
        self.service = service
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self.seen: list[Seen] = []
        self.watch: Watch = lambda _: True
        self.prompts: dict[str, str] = {}
        self.lives: Counter[Kind] = Counter()
        self.askers: dict[str, list[str]] = {}
        self._changed = threading.Condition()
        self._under_way = 0

    def at(self, call: Call, moment: Moment, prompt: str | None) -> bool:
        """Note a moment and ask whether it goes on."""
        seen = Seen(call=call, moment=moment, prompt=prompt)
        self.seen.append(seen)
        return self.watch(seen)

    def saw(self, call: Call, moment: Moment, prompt: str | None) -> bool:
        """Return whether this has happened."""
        return Seen(call=call, moment=moment, prompt=prompt) in self.seen

    def asked_by(self, prompt: str, asker: str) -> None:
        """Note who asks for a task's record, where it is not who did last."""
        askers = self.askers.setdefault(prompt, [])
        if askers[-1:] != [asker]:
            askers.append(asker)

    def begin(self) -> None:
        """Count a request as under way."""
        with self._changed:
            self._under_way += 1

    def end(self) -> None:
        """Count it as over."""
        with self._changed:
            self._under_way -= 1
            self._changed.notify_all()

    def wait_idle(self, timeout_s: float) -> bool:
        """Wait until no request is under way; return whether that came true."""
        with self._changed:
            return self._changed.wait_for(lambda: self._under_way == 0, timeout_s)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Stay quiet: the other side is killed on purpose."""


class _Dropped(Exception):
    """The watch has closed the connection."""


class _Relay(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Tap

    def setup(self) -> None:
        """Remember whose life this connection belongs to."""
        self._lives = self.server.lives.copy()
        super().setup()

    def do_GET(self) -> None:
        self._relay()

    def do_POST(self) -> None:
        self._relay()

    def log_message(self, *_: Any) -> None:
        """Keep quiet."""

    def _relay(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.begin()
        try:
            self._pass_on(_call_of(self.path), body)
        except (_Dropped, OSError, http.client.HTTPException):
            self.close_connection = True
            with suppress(OSError):
                self.connection.close()
        finally:
            self.server.end()

    def _pass_on(self, call: Call, body: bytes) -> None:
        prompt = self._prompt_of(call, body)
        if call == "record" and prompt is not None:
            kind: Kind = "keeper" if "keeper" in self.headers["User-Agent"] else "kernel"
            self.server.asked_by(prompt, f"{kind} {self._lives[kind]}")
        self._at(call, "asked", prompt)
        tap, origin = self.server, urlsplit(self.server.service)
        upstream = http.client.HTTPConnection(origin.hostname or "", origin.port, timeout=60)
        headers = {name: text for name, text in self.headers.items() if _passed(name)}
        try:
            body = body.replace(tap.url.encode(), tap.service.encode())
            upstream.request(self.command, self.path, body or None, headers)
            reply = upstream.getresponse()
            if call == "file":
                self._stream(reply, prompt)
            else:
                self._answer(call, prompt, reply, reply.read())
        finally:
            upstream.close()

    def _answer(
        self, call: Call, prompt: str | None, reply: http.client.HTTPResponse, body: bytes
    ) -> None:
        if call == "create" and prompt is not None:
            self._learn(body, prompt)
        if call in REWRITTEN:
            body = body.replace(self.server.service.encode(), self.server.url.encode())
        self._at(call, "answered", prompt)
        head = self._head(reply, len(body))
        middle = len(body) // 2
        self.wfile.write(head + body[:middle])
        self._at(call, "half", prompt)
        self.wfile.write(body[middle:])
        self._at(call, "replied", prompt)

    def _stream(self, reply: http.client.HTTPResponse, prompt: str | None) -> None:
        self._at("file", "answered", prompt)
        size = int(reply.headers.get("Content-Length") or 0)
        passed, told = 0, False
        head = self._head(reply, size)
        while chunk := reply.read1(min(CHUNK_BYTES, max(1, size // 4))):
            self.wfile.write(head + chunk)
            head, passed = b"", passed + len(chunk)
            if not told and passed * 2 >= size:
                told = True
                self._at("file", "half", prompt)
        self.wfile.write(head)
        if passed < size:
            raise _Dropped
        self._at("file", "replied", prompt)

    def _head(self, reply: http.client.HTTPResponse, size: int) -> bytes:
        lines = [f"HTTP/1.1 {reply.status} {reply.reason}"]
        lines += [f"{name}: {text}" for name, text in reply.getheaders() if _passed(name)]
        lines += [f"Content-Length: {size}", "", ""]
        return "\r\n".join(lines).encode("latin-1")

    def _at(self, call: Call, moment: Moment, prompt: str | None) -> None:
        if not self.server.at(call, moment, prompt):
            raise _Dropped

    def _prompt_of(self, call: Call, body: bytes) -> str | None:
        if call == "create":
            return str(json.loads(body)["input"]["prompt"])
        parts = urlsplit(self.path)
        if call == "record":
            return self.server.prompts.get(parse_qs(parts.query).get("taskId", [""])[0])
        if call == "file":
            return self.server.prompts.get(parts.path.rpartition("/")[2].removesuffix(".mp4"))
        return None

    def _learn(self, body: bytes, prompt: str) -> None:
        with suppress(ValueError, TypeError, KeyError):
            self.server.prompts[json.loads(body)["data"]["taskId"]] = prompt


def _call_of(path: str) -> Call:
    found = [call for start, call in _CALLS if path.startswith(start)]
    return found[0] if found else "other"


def _passed(name: str) -> bool:
    return name.lower() not in _NOT_PASSED


@contextmanager
def running_tap(service: str) -> Iterator[Tap]:
    """Relay to a service for as long as the block lasts."""
    tap = Tap(service)
    thread = threading.Thread(target=tap.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield tap
    finally:
        tap.watch = lambda _: False
        tap.shutdown()
        tap.server_close()
        thread.join()
