"""Rows that nobody of us wrote: one thing of a real row changed at a time."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from hailuo_nb.core.task import Snapshot
from hailuo_nb.store.history import History
from hailuo_nb.store.rows import to_row
from tests.store.make import finished, snapshot_of

BLOB, HALF = b"\xff\x00\x80", b"caf\xc3"
DEEP = "[" * 100_000
NOT_TEXT = (BLOB, HALF)
NOT_A_NUMBER = (BLOB, "many", -1, -1e300, 1e300, float("inf"))
NOT_NULL = ("id", "state", "service", "created_at", "request", "warnings")

COLUMNS: dict[str, tuple[object, ...]] = {
    "id": (BLOB, "", "../../etc/passwd", "a b", "a" * 201),
    "name": NOT_TEXT,
    "state": (BLOB, "", "melting", "DONE", 7, "done "),
    "service": (BLOB, "", "ftp://host", "nobody", 7),
    "request": (BLOB, "", "{", "null", "[]", "7", '"text"', DEEP, "{}", '{"model": NaN}'),
    "created_at": NOT_A_NUMBER,
    "submitted_at": NOT_A_NUMBER,
    "finished_at": NOT_A_NUMBER,
    "task_id": NOT_TEXT,
    "credits": NOT_A_NUMBER,
    "balance": (BLOB, "many", float("inf")),
    "cost_time_s": NOT_A_NUMBER,
    "note": NOT_TEXT,
    "error": NOT_TEXT,
    "error_kind": NOT_TEXT,
    "warnings": (BLOB, "", "{", "{}", "7", "[7]", DEEP),
    "video": NOT_TEXT,
    "sha256": NOT_TEXT,
    "size_bytes": (BLOB, "many", -1, 1.5, 1e300),
    "parent": (BLOB, "", "../../etc/passwd", "a b"),
    "imported": (BLOB, "", "../../etc/passwd", "a b"),
}
"""What makes a row unreadable, by column."""

HARMLESS: dict[str, tuple[object, ...]] = {
    "identity": (BLOB, None, ""),
    "family": (BLOB, None, ""),
    "sample": (BLOB, "many", None, -1, 2**62),
    "model": (BLOB, None, 7),
    "duration_s": (BLOB, "long", None, -1),
    "resolution": (BLOB, None, 7),
    "prompt": (BLOB, HALF, None),
    "price": (BLOB, "dear", None, -1e300, 1e300),
    "folder": (BLOB, None, "", 7),
    "notebook": (BLOB, HALF, 7),
    "key_print": (BLOB, 7),
    "hidden": (BLOB, "yes", None, -1),
}
"""Columns that only sum, sort or find; an odd value there hides no task."""

ASKED: dict[str, tuple[object, ...]] = {
    "model": (None, 7, [], "\ud800"),
    "prompt": (None, 7, {}, "\ud800"),
    "image": (7, "start.png", [], {}, {"label": 7}, {"label": "a", "url": 7}),
    "end_image": (7, {"label": "a", "width_px": -1}, {"label": "a", "size_bytes": "big"}),
    "duration_s": (None, "6", -6, 1.5, True, 10**30),
    "resolution": (None, 768, []),
    "prompt_optimizer": (7, "yes", []),
    "nsfw_check": (None, 0, "no"),
    "callback_url": (7, []),
    "sample": (0, -1, "first", 1.5, 10**30),
    "aspect_ratio": (7, [], "\ud800"),
}
"""What makes a request unreadable, by field."""

Mutation = tuple[str, object]


def unreadable_rows() -> Iterator[Mutation]:
    """Yield a column and a value that makes its row unreadable."""
    yield from ((name, value) for name, values in COLUMNS.items() for value in values)
    yield from ((name, None) for name in NOT_NULL)
    whole = json.loads(str(to_row(snapshot_of())["request"]))
    for name, values in ASKED.items():
        yield from (("request", json.dumps(whole | {name: value})) for value in values)
    for name in ("model", "prompt", "duration_s", "resolution", "nsfw_check"):
        yield "request", json.dumps({key: whole[key] for key in whole if key != name})
    text = str(to_row(snapshot_of())["request"])
    yield from (("request", text[: len(text) * part // 7]) for part in range(1, 7))
    yield "request", text.encode()[:60] + b"\xff" + text.encode()[60:]


def harmless_rows() -> Iterator[Mutation]:
    """Yield a column and an odd value that leaves its row readable."""
    yield from ((name, value) for name, values in HARMLESS.items() for value in values)


def shown(mutation: Mutation) -> str:
    """Return a mutation as a test's name."""
    return f"{mutation[0]}={str(mutation[1])[-40:]!r}"


def damaged(id: str, folder: Path) -> Snapshot:
    """Make the task whose row is damaged, as it is under way."""
    made = finished(id, folder, service="https://api.kie.ai", note=None, created_at=2000.0)
    return replace(made, state="generating", video=None, sha256=None, size_bytes=None)


def make_history(home: Path) -> History:
    """Record three tasks, of which "b2" is the one to be damaged; lift the constraints."""
    history = History(home)
    for made in (finished("a1", home), damaged("b2", home), finished("c3", home)):
        history.add(replace(made, name=made.id), folder=home / "clips")
    history.close()
    with closing(sqlite3.connect(history.path, isolation_level=None)) as database:
        database.execute("PRAGMA writable_schema = ON")
        database.execute("UPDATE sqlite_master SET sql = replace(sql, ' NOT NULL', '')")
    return history


def damage(history: History, mutation: Mutation, *, id: str = "b2") -> None:
    """Change one value of a row; bytes that are half a text stay text to SQLite."""
    column, value = mutation
    is_text = isinstance(value, bytes) and value != BLOB
    place = "CAST(? AS TEXT)" if is_text else "?"
    history.close()
    with closing(sqlite3.connect(history.path, isolation_level=None)) as database:
        database.execute("PRAGMA synchronous = OFF")
        changed = database.execute(f"UPDATE tasks SET {column} = {place} WHERE id = ?", (value, id))
        assert changed.rowcount == 1


def dump(history: History) -> list[tuple[object, ...]]:
    """Return every row of the tasks as it lies in the file."""
    with closing(sqlite3.connect(history.path)) as database:
        database.text_factory = bytes
        columns = [row[1].decode() for row in database.execute("PRAGMA table_info(tasks)")]
        wanted = ", ".join(f"typeof({name}), {name}" for name in columns)
        return list(database.execute(f"SELECT {wanted} FROM tasks ORDER BY rowid"))
