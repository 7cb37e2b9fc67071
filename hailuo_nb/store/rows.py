"""Between a task's snapshot and its row: pure, and the same in both directions.

The one place that decides whether a row can be read: anyone may have damaged it, or a later
version may have written it. What is read of it is shown and watched; nothing is sent by it.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from hailuo_nb.core.measured import Measured
from hailuo_nb.core.names import SIMULATOR
from hailuo_nb.core.options import AGAIN
from hailuo_nb.core.rating import Rating
from hailuo_nb.core.request import ImageRef, Request
from hailuo_nb.core.task import TRANSITIONS, Snapshot
from hailuo_nb.store import foreign

LATEST_S = 253e9
"""Later times have no date, in seconds since the epoch."""

UNREADABLE = "Its record cannot be read ({}): it is kept as it is, and nothing is sent by it."
SAMPLE_MAX = 10**9
STAND_IN = "row"
"""Begins what a row with an unreadable id is called; its place in the table follows."""

_NOT_TAKEN = ("waiting", "submitting")
_AT_SERVICE = ("queued", "generating", "saving")
_MADE = ("done", "expired")


IS_OWN = "(imported IS NULL OR identity IS NOT id)"
"""The condition of rows that were not imported: one odd value alone makes none of them free."""


def to_row(snapshot: Snapshot) -> dict[str, object]:
    """Return the columns that follow from a snapshot."""
    request = snapshot.request
    return {
        "id": snapshot.id,
        "name": snapshot.name,
        "state": snapshot.state,
        "service": snapshot.service,
        **_digests(snapshot),
        "sample": request.sample,
        "model": request.model,
        "duration_s": request.duration_s,
        "resolution": request.resolution,
        "prompt": request.prompt,
        "request": json.dumps(_request_form(request), ensure_ascii=False),
        "price": request.price.credits,
        "created_at": snapshot.created_at,
        "parent": snapshot.parent,
        "imported": snapshot.imported,
        "warnings": json.dumps(snapshot.warnings, ensure_ascii=False),
        **changing(snapshot),
    }


def _digests(snapshot: Snapshot) -> dict[str, str | None]:
    """Return by what a task is found; what was imported has none that a request could have."""
    if snapshot.imported is not None:
        return {"identity": snapshot.id, "family": snapshot.id, "alike": None}
    request, service = snapshot.request, snapshot.service
    return {
        "identity": request.identity(service),
        "family": request.family(service),
        "alike": request.alike(service),
    }


def changing(snapshot: Snapshot) -> dict[str, object]:
    """Return the columns that a task's life may change.

    Its name is the person's to change, its warnings are the order's and the history's own.
    """
    return {
        "state": snapshot.state,
        "submitted_at": snapshot.submitted_at,
        "finished_at": snapshot.finished_at,
        "task_id": snapshot.task_id,
        "credits": snapshot.credits,
        "balance": snapshot.balance,
        "cost_time_s": snapshot.cost_time_s,
        "note": snapshot.note,
        "error": snapshot.error,
        "error_kind": snapshot.error_kind,
        "video": str(snapshot.video) if snapshot.video else None,
        "sha256": snapshot.sha256,
        "size_bytes": snapshot.size_bytes,
    }


def from_row(
    row: Mapping[str, Any],
    poster: object = None,
    strip: object = None,
    measured: Mapping[str, Measured] | None = None,
    rating: Rating | None = None,
) -> Snapshot:
    """Return the snapshot that a row stands for; never raises.

    A row that anyone has damaged is read as far as it can be: `Snapshot.unreadable` names
    the rest. ``rowid`` stands in for an id that cannot be read.
    """
    facts: dict[str, Any] = {}
    odd: list[str] = []
    for name, (read, instead) in FIELDS.items():
        try:
            facts[name] = read(row.get(name))
        except (ValueError, TypeError, OverflowError, RecursionError):
            facts[name] = instead
            odd.append(name)
    if "id" in odd:
        facts["id"] = f"{STAND_IN}{row.get('rowid', 0)}"
    # Of the cell, not of its clips: only earlier versions recorded it with each of them.
    facts["warnings"] = tuple(one for one in facts["warnings"] if not one.startswith(AGAIN))
    _settle_state(facts, odd)
    if odd:
        facts["warnings"] += (UNREADABLE.format(", ".join(odd)),)
    shown = poster if isinstance(poster, str) else None
    frames = tuple(strip.split()) if isinstance(strip, str) else None
    facts |= {"poster": shown, "strip": frames, "measured": measured or {}}
    facts["rating"] = rating or Rating()
    return Snapshot(**facts, unreadable=tuple(odd))


def _settle_state(facts: dict[str, Any], odd: list[str]) -> None:
    """Give a row a state that costs nothing where its own, or its service's id, is damaged.

    With an id the task can be watched; without one nobody knows what became of it.
    """
    state, sent = facts["state"], facts["task_id"] is not None
    if state in _NOT_TAKEN and sent:
        odd.append("state")
    if state in _AT_SERVICE and not sent and "task_id" not in odd:
        odd.append("task_id")
    lost = "task_id" in odd and state not in _MADE
    if "state" in odd or lost or (odd and state == "unsure"):
        facts["state"] = "stopped" if sent else "unsure"


def read_request(text: object) -> Request:
    """Return the request of a row's JSON; what a later version adds to it is kept unread.

    Raises
    ------
    ValueError, RecursionError
        It is damaged.
    """
    found = json.loads(foreign.text(text))
    if not isinstance(found, dict):
        raise foreign.Odd("it is no JSON object")
    known = {name: read(found.get(name)) for name, read in _REQUEST.items()}
    known |= {name: read(found[name]) for name, read in READ_LATER.items() if name in found}
    return Request(**known, unknown=foreign.beyond(found, {**_REQUEST, **READ_LATER}))


def _request_form(request: Request) -> dict[str, object]:
    form = request.later_facts | request.first_facts | {"callback_url": request.callback_url}
    for name in ("image", "end_image"):
        image = getattr(request, name)
        form[name] = None if image is None else asdict(image)
    return form


def alike_of(request: object, service: object) -> str | None:
    """Return `Request.alike` of a row's two columns, None where they cannot be read."""
    try:
        return read_request(request).alike(foreign.text(service))
    except (ValueError, TypeError, OverflowError, RecursionError):
        return None


def _image(value: object) -> ImageRef:
    if not isinstance(value, dict):
        raise foreign.Odd("an image is no JSON object")
    return ImageRef(**{name: read(value.get(name)) for name, read in _IMAGE.items()})


def _default(read: Callable[[object], object], default: object) -> Callable[[object], object]:
    """Return a reader of what earlier versions did not write."""
    return lambda value: default if value is None else read(value)


def _service(value: object) -> str:
    service = foreign.text(value)
    if service != SIMULATOR and not service.startswith(("http://", "https://")):
        raise ValueError
    return service


def _warnings(value: object) -> tuple[str, ...]:
    found = json.loads(foreign.text(value))
    if not isinstance(found, list):
        raise foreign.Odd("it is no JSON list")
    return tuple(foreign.text(one) for one in found)


def _video(value: object) -> Path | None:
    return Path(foreign.text(value)) if value else None


_at = foreign.within(0, LATEST_S)
_PIXELS = _default(foreign.whole(0, 2**31), 0)
_text_or_none = foreign.or_none(foreign.text)

_IMAGE: dict[str, Callable[[object], Any]] = {
    "label": foreign.text,
    "url": _text_or_none,
    "digest": _text_or_none,
    "mime": _text_or_none,
    "width_px": _PIXELS,
    "height_px": _PIXELS,
    "size_bytes": _default(foreign.whole(0, 2**62), 0),
}
_REQUEST: dict[str, Callable[[object], Any]] = {
    "model": foreign.text,
    "prompt": foreign.text,
    "image": foreign.or_none(_image),
    "end_image": foreign.or_none(_image),
    "duration_s": foreign.whole(0, 3600),
    "resolution": foreign.text,
    "prompt_optimizer": foreign.or_none(foreign.switch),
    "nsfw_check": foreign.switch,
    "callback_url": _text_or_none,
    "sample": _default(foreign.whole(1, SAMPLE_MAX), 1),
}
READ_LATER: dict[str, Callable[[object], Any]] = {"aspect_ratio": _text_or_none}
"""How each field is read that a request has got since; none is there at its default."""

NO_REQUEST = Request(
    model="unknown",
    prompt="",
    image=None,
    end_image=None,
    duration_s=0,
    resolution="",
    prompt_optimizer=None,
    nsfw_check=False,
)
"""What stands for a request that cannot be read; it is never sent."""

FIELDS: dict[str, tuple[Callable[[object], Any], Any]] = {
    "id": (foreign.local_id, ""),
    "name": (_text_or_none, None),
    "state": (foreign.one_of(TRANSITIONS), None),
    "request": (read_request, NO_REQUEST),
    "service": (_service, ""),
    "created_at": (_at, 0.0),
    "submitted_at": (foreign.or_none(_at), None),
    "finished_at": (foreign.or_none(_at), None),
    "task_id": (_text_or_none, None),
    "credits": (foreign.or_none(foreign.amount), None),
    "balance": (foreign.or_none(foreign.number), None),
    "cost_time_s": (foreign.or_none(foreign.amount), None),
    "note": (_text_or_none, None),
    "error": (_text_or_none, None),
    "error_kind": (_text_or_none, None),
    "warnings": (_warnings, ()),
    "parent": (foreign.or_none(foreign.local_id), None),
    "imported": (foreign.or_none(foreign.local_id), None),
    "video": (_video, None),
    "sha256": (_text_or_none, None),
    "size_bytes": (foreign.or_none(foreign.whole(0, 2**62)), None),
}
"""How each column is read, and what stands for one that cannot be."""
