"""The service's calls as data: method, address, body, and what a failure may cost.

It knows paths and headers, not how they are sent or what comes back.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

UPLOAD_PATH = "images/hailuo-nb"
_JSON = "application/json"
GATEWAY = "Hailuo-Gateway"
"""The header by which a gateway announces itself: it takes an Idempotency-Key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request to the service.

    Parameters
    ----------
    method, origin, path, params
        Where it goes.
    content
        The body; None for multipart and GET.
    file
        A file to send as multipart: (name, bytes, media type).
    upload_path
        The folder at the service that it goes to.
    paid
        Whether it may cost credits: it then gets a connection of its own.
    name
        The Idempotency-Key under which a gateway takes it once; None: it has none.
    about_task
        The id of the task it asks about, put into errors.
    time_max_s
        How long the whole exchange may take, or None for the client's own limit.
    """

    method: str
    origin: str
    path: str
    params: Mapping[str, str] = field(default_factory=dict)
    content: bytes | None = field(default=None, repr=False)
    file: tuple[str, bytes, str] | None = field(default=None, repr=False)
    upload_path: str = UPLOAD_PATH
    paid: bool = False
    name: str | None = None
    about_task: str | None = None
    time_max_s: float | None = None

    @property
    def headers(self) -> dict[str, str]:
        """The headers beside the key and the user agent; the service wants its type on GET too."""
        own = {"Accept": _JSON, "Accept-Encoding": "identity"}
        if self.name:
            own["Idempotency-Key"] = self.name
        return own if self.file else own | {"Content-Type": _JSON}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came back, unread; the service's words stay out of every repr."""

    status: int
    content_type: str = field(repr=False)
    retry_after: str | None = field(repr=False)
    body: bytes = field(repr=False)


def create_call(origin: str, body: Mapping[str, object], name: str | None = None) -> Call:
    """Return the call that makes a task; ``name`` is for a gateway alone."""
    return Call(
        method="POST",
        origin=origin,
        path="/api/v1/jobs/createTask",
        content=_as_json(body),
        paid=True,
        name=name,
    )


def record_call(origin: str, task_id: str) -> Call:
    """Return the call that asks for a task."""
    return Call(
        method="GET",
        origin=origin,
        path="/api/v1/jobs/recordInfo",
        params={"taskId": task_id},
        about_task=task_id,
    )


def credit_call(origin: str) -> Call:
    """Return the call that asks for the balance."""
    return Call(method="GET", origin=origin, path="/api/v1/chat/credit")


def fresh_url_call(origin: str, url: str) -> Call:
    """Return the call that asks for a result's address anew."""
    path = "/api/v1/common/download-url"
    return Call(method="POST", origin=origin, path=path, content=_as_json({"url": url}))


def upload_call(
    origin: str, data: bytes, *, name: str, mime: str, path: str, time_max_s: float
) -> Call:
    """Return the call that uploads a file; its name is reduced to plain characters."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip(".-")[-100:] or "image"
    return Call(
        method="POST",
        origin=origin,
        path="/api/file-stream-upload",
        file=(plain, data, mime),
        upload_path=path,
        time_max_s=time_max_s,
    )


def upload_from_call(origin: str, url: str, *, name: str, path: str) -> Call:
    """Return the call that has the service fetch a file and keep it."""
    body = {"fileUrl": url, "uploadPath": path, "fileName": name}
    return Call(method="POST", origin=origin, path="/api/file-url-upload", content=_as_json(body))


def _as_json(body: Mapping[str, object]) -> bytes:
    # ASCII, so that half a surrogate pair pasted into a prompt cannot stop the encoding.
    return json.dumps(body, allow_nan=False).encode("ascii")
