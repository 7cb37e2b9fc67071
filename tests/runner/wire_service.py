"""A service on raw sockets whose replies to createTask are cut, doubled, reordered, mislabelled.

What it does to a submit follows from a seed and the submit's own number alone, whatever comes
first. It notes which ids were on the wire whole, by looking for them in what it has sent.
"""

import json
import random
import re
import socketserver
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

CODES = (200, 429, 402, 401, 404, 408, 422, 433, 455, 500, 501, 505, 777, "200", None)
STATUSES = ("200 OK", "201 Made", "302 Found", "400 No", "429 Busy", "500 Oh", "502 Bad", "okay")
TYPES = ("application/json", "text/html", "text/plain; charset=utf-16", "image/png")
FRAMES = ("length", "none", "chunks", "too long", "too short", "packed")
WRONGS = ("", "", "cut", "doubled", "another's", "busy first", "within a page")


def id_of(seed: int, number: int) -> str:
    """Return the id of the task that a submit makes."""
    return f"{random.Random(f'id {seed} {number}').getrandbits(128):032x}"


@dataclass(kw_only=True)
class WireService:
    """What it has done: how often each number was submitted, and which id each was told.

    ``sent_again`` are those that were submitted once more after that, and may be paid twice.
    """

    seed: int
    origin: str = ""
    submits: Counter[int] = field(default_factory=Counter)
    named: dict[int, str] = field(default_factory=dict)
    sent_again: list[int] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def reply(self, request: bytes) -> list[bytes]:
        """Return what is sent for a request, in pieces."""
        if b"POST /api/v1/jobs/createTask" not in request:
            return [_whole(b'{"code":200,"data":1000000}')]
        found = re.search(rb"Submit (\d+)\.", request)
        assert found is not None
        number = int(found[1])
        with self._lock:
            self.submits[number] += 1
            again = self.submits[number] > 1
            self.sent_again += [number] if number in self.named else []
        rng = random.Random(f"{self.seed} {number} {again}")
        wrong = "" if again else rng.choice(WRONGS)
        if wrong == "busy first":
            return [_whole(b'{"code":429,"msg":"Later.","data":null}')]
        whose = max(0, number + rng.choice((-1, 1))) if wrong == "another's" else number
        task_id = id_of(self.seed, whose)
        body = _body(rng, task_id)
        if wrong == "cut":
            body = body[: rng.randrange(len(body))]
        elif wrong == "doubled":
            body += body
        elif wrong == "within a page":
            body = b"<html><pre>" + body + b"</pre></html>"
        if re.search(rb'"(taskId|recordId)": ?"%s"' % task_id.encode(), body):
            with self._lock:
                self.named[number] = task_id
        return _framed(rng, body)


def _body(rng: random.Random, task_id: str) -> bytes:
    """Return a reply that names a task, its fields in any order, under any code."""
    data = [("taskId", task_id), ("recordId", task_id), ("state", "waiting")]
    fields = [("code", rng.choice(CODES)), ("msg", "ü" * rng.randrange(9)), ("success", False)]
    document = [*fields, ("data", dict(rng.sample(data, 3)))]
    return json.dumps(dict(rng.sample(document, 4)), ensure_ascii=rng.random() < 0.5).encode()


def _whole(body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)


def _framed(rng: random.Random, body: bytes) -> list[bytes]:
    """Return a reply whose head may say anything about its body."""
    frame = rng.choice(FRAMES)
    length = {"length": len(body), "too long": len(body) + 99, "too short": len(body) // 2}
    lines = [f"HTTP/1.1 {rng.choice(STATUSES)}", f"Content-Type: {rng.choice(TYPES)}"]
    lines += [f"Content-Length: {length[frame]}"] if frame in length else []
    lines += ["Transfer-Encoding: chunked"] if frame == "chunks" else []
    lines += [f"Content-Encoding: {rng.choice(('gzip', 'br'))}"] if frame == "packed" else []
    head = "\r\n".join(lines).encode() + b"\r\n\r\n"
    pieces = _pieces(rng, body)
    if frame == "chunks":
        pieces = [b"%x\r\n%s\r\n" % (len(one), one) for one in pieces]
        pieces += [b"0\r\n\r\n"] * rng.randrange(2)
    # A head that is wrong about its body is heard as far as it comes with it.
    fits = frame in ("length", "none", "chunks", "too long") and b"okay" not in head
    return [head, *pieces] if fits else [head + b"".join(pieces)]


def _pieces(rng: random.Random, body: bytes) -> list[bytes]:
    cuts = sorted(rng.randrange(len(body) + 1) for _ in range(rng.randrange(4)))
    ends = [*cuts, len(body)]
    parts = [body[start:end] for start, end in zip([0, *cuts], ends, strict=True)]
    return [part for part in parts if part]


@contextmanager
def wire_service(seed: int) -> Iterator[WireService]:
    """Run one on loopback; each connection gets one reply."""
    service = WireService(seed=seed)

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            head = b""
            while not head.endswith(b"\r\n\r\n"):
                line = self.rfile.readline()
                if not line:
                    return
                head += line
            length = re.search(rb"(?i)content-length: (\d+)", head)
            request = head + self.rfile.read(int(length[1]) if length else 0)
            for piece in service.reply(request):
                self.wfile.write(piece)

    class Server(socketserver.ThreadingTCPServer):
        request_queue_size = 256
        daemon_threads = True

    with Server(("127.0.0.1", 0), Handler) as server:
        service.origin = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield service
        server.shutdown()
        thread.join()
