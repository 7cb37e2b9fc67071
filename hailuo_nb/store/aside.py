"""A second place for the ids of paid tasks: an append-only file beside the clips.

A line says that a task of a history has an id that the history could not take; a later one that
it has taken it. It knows our local ids and the service's, no prompt and no key, so that it may
lie in a folder that is shared. A line that was cut off, or damaged, spoils no other.
"""

import json
import os
import secrets
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from hailuo_nb.core.disk import append
from hailuo_nb.core.task import Snapshot, accepted
from hailuo_nb.store.rows import LATEST_S

NAME = "ids-not-in-history.jsonl"
VERSION = 1
LINES_BYTES_MAX = 4 * 1024 * 1024
TRIES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Unwritten:
    """The service's id of a task that a history could not take.

    ``id`` is the local one; ``submitted_at`` is in seconds since the epoch, None where unknown.
    """

    id: str
    service: str
    task_id: str
    submitted_at: float | None


def note_id(folder: Path, snapshot: Snapshot) -> Path | None:
    """Write a task's id into the file beside the clips; None where that fails, too."""
    facts = {"submitted_at": snapshot.submitted_at}
    return _append(folder, _line(snapshot) | facts)


def note_taken(folder: Path, snapshot: Snapshot) -> None:
    """Say in the file that the history has the id now; the last one taken ends the file."""
    path = folder / NAME
    if not path.exists():
        return
    _append(folder, _line(snapshot) | {"in_history": True})
    if unwritten(folder):
        return
    away = folder / f"{NAME}.{secrets.token_hex(8)}"
    with suppress(OSError):
        path.rename(away)  # who writes to it now sees that it is gone, and writes anew
        for late in _unwritten(away):
            _append(folder, asdict(late) | {"version": VERSION})
        away.unlink()


def with_id(folder: Path, known: Snapshot) -> Snapshot | None:
    """Return a task as the service has accepted it, None where the file tells no id of it."""
    if known.task_id is not None:
        return None
    found = [one for one in unwritten(folder) if (one.id, one.service) == (known.id, known.service)]
    return accepted(known, found[-1].task_id, at=found[-1].submitted_at) if found else None


def unwritten(folder: Path) -> list[Unwritten]:
    """Return what the file tells of ids that no history has taken yet, oldest first."""
    return _unwritten(folder / NAME)


def _unwritten(path: Path) -> list[Unwritten]:
    found: dict[tuple[str, str], Unwritten] = {}
    for row in _rows(path):
        one = _read(row)
        if one is not None:
            found.pop((one.id, one.task_id), None)
        if one is not None and row.get("in_history") is not True:
            found[one.id, one.task_id] = one
    return list(found.values())


def _line(snapshot: Snapshot) -> dict[str, object]:
    return {
        "version": VERSION,
        "id": snapshot.id,
        "service": snapshot.service,
        "task_id": snapshot.task_id,
    }


def _append(folder: Path, facts: dict[str, object]) -> Path | None:
    """Append a line, for good; it begins anew after one that was cut.

    Another kernel may take the file away at that very moment: then the line is not there.
    """
    path, line = folder / NAME, f"\n{json.dumps(facts)}\n".encode()
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        for _ in range(TRIES):
            append(path, line)
            if line in _end(path):
                return path
    return None


def _end(path: Path) -> bytes:
    """Return the end of a file, nothing where there is none; waits for no pipe."""
    with suppress(OSError):
        if path.is_file():
            with path.open("rb") as file:
                file.seek(-min(path.stat().st_size, LINES_BYTES_MAX), os.SEEK_END)
                return file.read(LINES_BYTES_MAX)
    return b""


def _rows(path: Path) -> list[dict[str, object]]:
    found = []
    for line in _end(path).splitlines():
        with suppress(ValueError, RecursionError):
            row = json.loads(line)
            if isinstance(row, dict):
                found.append(row)
    return found


def _read(row: dict[str, object]) -> Unwritten | None:
    id, service, task_id = (row.get(name) for name in ("id", "service", "task_id"))
    if not (isinstance(id, str) and isinstance(service, str) and isinstance(task_id, str)):
        return None
    told = row.get("submitted_at")
    at = float(told) if isinstance(told, int | float) and 0 < told < LATEST_S else None
    return Unwritten(id=id, service=service, task_id=task_id, submitted_at=at)
