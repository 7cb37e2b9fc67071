"""A service on loopback that answers as it is told, request by request, and can hold a reply."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.support.loopback import Reply, loopback_server

CREATE = "/api/v1/jobs/createTask"
RECORD = "/api/v1/jobs/recordInfo"
CREDIT = "/api/v1/chat/credit"
UPLOAD = "/api/file-stream-upload"
FRESH = "/api/v1/common/download-url"
TASK = "f" * 32
WAIT_S = 60.0
"""How long a test waits for what must come, in seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One reply."""

    status: int
    content: bytes
    mime: str


@dataclass(kw_only=True)
class Service:
    """What it answers to each path, in order; the last answer of a path stays."""

    origin: str = ""
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    held: dict[str, threading.Event] = field(default_factory=dict)

    def say(self, path: str, *bodies: object, status: int = 200, mime: str = "") -> None:
        """Answer a path with these, one after the other: bytes, or anything else as JSON."""
        self.answers[path] = [
            Answer(
                status=status,
                content=body if isinstance(body, bytes) else json.dumps(body).encode(),
                mime=mime or "application/json",
            )
            for body in bodies
        ]

    def finish(self, *urls: str) -> dict[str, object]:
        """Return the record of a finished task with its clip at these addresses."""
        found = json.dumps({"resultUrls": urls})
        return {"code": 200, "data": {"state": "success", "resultJson": found}}

    def hold(self, path: str) -> threading.Event:
        """Answer a path only once this event is set."""
        return self.held.setdefault(path, threading.Event())

    def count(self, path: str) -> int:
        """Return how often a path was asked for."""
        return self.asked.count(path)


@contextmanager
def running_service(clip: bytes) -> Iterator[Service]:
    """Run one that takes each task and makes it for ever; its one clip lies at /clip.mp4."""
    told = Service()

    def reply(asked: str) -> Reply:
        path = asked.partition("?")[0]
        told.asked.append(path)
        if path in told.held:
            told.held[path].wait(WAIT_S)
        left = told.answers.get(path, [Answer(status=404, content=b"", mime="text/html")])
        answer = left.pop(0) if len(left) > 1 else left[0]
        return answer.status, {"Content-Type": answer.mime}, answer.content

    with loopback_server(reply) as told.origin:
        told.say(CREATE, {"code": 200, "data": {"taskId": TASK}})
        told.say(RECORD, {"code": 200, "data": {"state": "generating"}})
        told.say(CREDIT, {"code": 200, "data": 10000})
        uploaded = {"downloadUrl": f"{told.origin}/image.png"}
        told.say(UPLOAD, {"success": True, "code": 200, "data": uploaded})
        told.say("/clip.mp4", clip, mime="video/mp4")
        yield told
        for event in told.held.values():
            event.set()


def until(is_so: Callable[[], bool]) -> None:
    """Hold until it is so."""
    pause = threading.Event()
    for _ in range(int(WAIT_S / 0.01)):
        if is_so():
            return
        pause.wait(0.01)
    raise AssertionError("it never came to be so")
