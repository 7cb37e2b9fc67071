"""The sidecar: the small JSON beside a clip that says what made it, written and read here.

What is read is a foreign file: it may be damaged or made up. It names no file, since a
sidecar's clip is the one beside it, and what it says of the clip's bytes is compared with them.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from hailuo_nb.core.disk import drop_leftovers, write_whole
from hailuo_nb.core.measured import Measured
from hailuo_nb.core.names import SIMULATOR
from hailuo_nb.core.rating import NOT_RATED
from hailuo_nb.core.request import FIRST_FIELDS, ImageRef, Request
from hailuo_nb.core.task import Snapshot, told
from hailuo_nb.errors import SavingError, SidecarError
from hailuo_nb.store import foreign
from hailuo_nb.store.measures import read_measured
from hailuo_nb.store.ratings import rating_form, read_rating
from hailuo_nb.store.rows import READ_LATER

Key = str | tuple[str, int]
"""By what a clip is found: its request's identity, or `Request.alike` and the sample."""

SIDECAR_VERSION = 1
SIDECAR_BYTES_MAX = 256 * 1024
"""Far more than the longest prompt of any model; what is larger is not read."""


def write_sidecar(snapshot: Snapshot) -> Path:
    """Write what made a saved clip beside it, whole or not at all; return its path.

    What a newer version has written there of the same task is kept.

    Raises
    ------
    SavingError
        The disk is full or the folder is gone.
    ValueError
        The snapshot has no saved clip.
    """
    if snapshot.video is None:
        raise ValueError("only a saved clip has a sidecar")
    path = snapshot.video.with_suffix(".json")
    form = _beyond(path, snapshot.id) | sidecar(snapshot)
    text = json.dumps(form, ensure_ascii=False, indent=2) + "\n"
    try:
        drop_leftovers(path)
        write_whole(path, text.encode("utf-8"))
    except OSError as error:
        raise SavingError(f"{path.name} cannot be written: {error.strerror}.") from error
    return path


def sidecar(snapshot: Snapshot) -> dict[str, object]:
    """Return what made a clip, ready for JSON; no key, no path of this machine."""
    known, later = told(snapshot), snapshot.request.later_facts
    form: dict[str, object] = {"version": SIDECAR_VERSION}
    form |= {name: known[name] for name in FIELDS if name in known}
    form |= {LATER: later} if later else {}
    measured = {key: asdict(one) for key, one in snapshot.measured.items() if one.version}
    form |= {RATING: rating_form(snapshot.rating)} if snapshot.rating else {}
    return form | ({MEASURES: measured} if measured else {})


def read_sidecar(path: Path) -> Snapshot:
    """Return the finished task whose clip lies beside a sidecar.

    Times are whole seconds; what a sidecar does not hold is as in a task that is new.

    Parameters
    ----------
    path
        The ``.json``; its clip is the ``.mp4`` of the same stem in the same folder.

    Raises
    ------
    SidecarError
        One of the two is not there, the sidecar is damaged, or it tells of another clip.
    """
    clip = path.with_suffix(".mp4")
    for file in (clip, path):
        _check_beside(file)
    try:
        snapshot = _snapshot(_facts(path), clip)
        same = clip.stat().st_size == snapshot.size_bytes and _digest(clip) == snapshot.sha256
    except OSError as error:
        raise SidecarError(f"{path.name} or its clip cannot be read: {error.strerror}.") from None
    except (ValueError, RecursionError) as error:
        reason = foreign.reason_of(error)
        raise SidecarError(f"{path.name} does not say what made a clip: {reason}.") from None
    if not same:
        raise SidecarError(f"{clip.name} is not the clip that {path.name} was written for.")
    return snapshot


def keys_of(path: Path) -> tuple[Key, ...]:
    """Return by what a sidecar's clip is found, nothing where it does not say."""
    try:
        facts = _facts(path)
    except (OSError, ValueError, RecursionError):
        return ()
    request, service = request_of(facts), facts["service"]
    return request.identity(service), (request.alike(service), request.sample)


def request_of(facts: dict[str, Any]) -> Request:
    """Return the request that facts of `read_facts` tell of."""
    return Request(**{name: facts[name] for name in FIRST_FIELDS}, **facts[LATER])


def _check_beside(file: Path) -> None:
    """Refuse what is no plain file of its folder: a link may lead to anything of the person's."""
    try:
        is_there = file.is_file()
        is_here = is_there and file.resolve().parent == file.parent.resolve()
    except (OSError, ValueError, RuntimeError):
        is_there = is_here = False
    if not is_there:
        raise SidecarError(f"There is no file {file}.")
    if not is_here:
        raise SidecarError(f"{file.name} is a link that leads out of its folder.")


def _facts(path: Path) -> dict[str, Any]:
    return read_facts(foreign.load_object(path, SIDECAR_BYTES_MAX))


def read_facts(found: dict[str, object]) -> dict[str, Any]:
    """Return what a sidecar's object says, by the names of `FIELDS`.

    Raises
    ------
    ValueError
        Something is missing or odd; `foreign.Odd` names it.
    """
    facts = {}
    for name, read in FIELDS.items():
        if name not in found | DEFAULTS:
            raise foreign.Odd(f"{name!r} is missing")
        try:
            facts[name] = read(found[name]) if name in found else DEFAULTS[name]
        except (ValueError, OverflowError):
            raise foreign.Odd(f"{name!r} holds something else than it should") from None
    if facts["simulated"] is None:
        facts["simulated"] = facts["service"] == SIMULATOR
    if facts["simulated"] != (facts["service"] == SIMULATOR):
        raise foreign.Odd("'simulated' contradicts 'service'")
    return facts


def _beyond(path: Path, id: str) -> dict[str, object]:
    """Return what a newer version has written of a task that this one does not know."""
    try:
        found = foreign.load_object(path, SIDECAR_BYTES_MAX)
    except (OSError, ValueError, RecursionError):
        return {}
    return dict(foreign.beyond(found, FIELDS)) if found.get("id") == id else {}


def _snapshot(facts: dict[str, Any], clip: Path) -> Snapshot:
    told_at = [at for at in (facts["submitted_at"], facts["finished_at"]) if at is not None]
    known = {name: facts[name] for name in _KNOWN}
    written_at = min(max(0.0, clip.stat().st_mtime), foreign.LATEST_S)
    return Snapshot(
        state="done",
        request=request_of(facts),
        created_at=told_at[0] if told_at else written_at,
        video=clip,
        measured=facts[MEASURES],
        rating=facts[RATING],
        **known,
    )


def _digest(clip: Path) -> str:
    with clip.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read_image(value: object) -> ImageRef:
    if not isinstance(value, dict):
        raise ValueError  # noqa: TRY004 - one kind of error for every odd value
    url, digest = (value.get(name) for name in ("url", "sha256"))
    return ImageRef(
        label=foreign.text(value.get("label")),
        url=None if url is None else foreign.text(url),
        digest=None if digest is None else foreign.text(digest),
    )


def _read_later(value: object) -> dict[str, object]:
    """Return what was asked for in fields that were added since version 1, also unknown ones."""
    if not isinstance(value, dict):
        raise ValueError  # noqa: TRY004 - one kind of error for every odd value
    known = {name: read(value[name]) for name, read in READ_LATER.items() if name in value}
    return known | {"unknown": foreign.beyond(value, READ_LATER)}


def _read_measures(value: object) -> dict[str, Measured]:
    """Return what was measured, as far as it can be read: the clip is good without it."""
    found = value.items() if isinstance(value, dict) else ()
    read = {key: read_measured(one) for key, one in found if key.isidentifier()}
    return {key: one for key, one in read.items() if one is not None}


MEASURES = "measures"
"""Where a sidecar has what was measured of its clip, by the measures' keys."""

RATING = "rating"
"""Where a sidecar has what the person thinks of its clip."""

LATER = "asked_too"
"""Where a sidecar has what was asked for in fields that version 1 does not have."""

FIELDS: dict[str, Callable[[object], object]] = {
    "version": foreign.whole(SIDECAR_VERSION, SIDECAR_VERSION),
    "id": foreign.local_id,
    "name": foreign.or_none(foreign.text),
    "service": foreign.text,
    "simulated": foreign.switch,
    "task_id": foreign.or_none(foreign.text),
    "parent": foreign.or_none(foreign.local_id),
    "model": foreign.text,
    "prompt": foreign.text,
    "image": foreign.or_none(_read_image),
    "end_image": foreign.or_none(_read_image),
    "duration_s": foreign.whole(0, 3600),
    "resolution": foreign.text,
    "prompt_optimizer": foreign.or_none(foreign.switch),
    "nsfw_check": foreign.switch,
    "sample": foreign.whole(1, 10**9),
    "credits": foreign.or_none(foreign.amount),
    "submitted_at": foreign.or_none(foreign.when),
    "finished_at": foreign.or_none(foreign.when),
    "cost_time_s": foreign.or_none(foreign.amount),
    "sha256": foreign.text,
    "size_bytes": foreign.whole(0, 2**62),
    LATER: _read_later,
    MEASURES: _read_measures,
    RATING: lambda value: read_rating(value) or NOT_RATED,
}
"""How each field is read; a test holds it to what `sidecar` writes."""

DEFAULTS: dict[str, object] = {
    **dict.fromkeys(
        ("name", "task_id", "parent", "image", "end_image", "prompt_optimizer", "credits")
    ),
    **dict.fromkeys(("submitted_at", "finished_at", "cost_time_s", "simulated")),
    "nsfw_check": False,
    "sample": 1,
    LATER: {},
    MEASURES: {},
    RATING: NOT_RATED,
}
"""What stands for a field that is not there; without the others it is no sidecar."""

_KNOWN = (
    *("id", "name", "service", "task_id", "credits", "submitted_at", "finished_at"),
    *("cost_time_s", "sha256", "size_bytes", "parent"),
)
