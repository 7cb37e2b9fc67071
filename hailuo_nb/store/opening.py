"""How a SQLite file is opened: to be written, or only looked at where it cannot be.

It knows files, permissions and what SQLite says of them, not what lies in a table.
"""

import os
import shutil
import sqlite3
from collections.abc import Collection
from contextlib import closing
from itertools import pairwise
from pathlib import Path

from hailuo_nb.core.tokens import folded
from hailuo_nb.errors import StoreError, setting

HISTORY = "history.sqlite3"
OVER = ("done", "failed", "stopped", "expired")
"""The final states of `hailuo_nb.core.task.FINAL`, but the one that a person has to settle."""

BUSY_TIMEOUT_S = 10.0
COMPANIONS = ("", "-wal", "-journal")
"""What a database's files end with: the file itself, and what was not yet taken into it."""

DAMAGED = (
    "Copy its folder, then move the file away: the history starts empty, and %hailuo resume "
    "TASKID takes in what the service still has. sqlite3 FILE .recover may save its rows."
)
READ_ONLY = (
    "It can be looked at; nothing is sent or watched. Make it and its folder writable, or "
    f"{setting('HAILUO_HOME')}."
)
HELD = (
    "Another program holds it, or its file system has no file locks: end that program, or "
    f"{setting('HAILUO_HOME', 'a folder on a local disk')}."
)
FULL = "Make room on the disk."

_ADVICE = {
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: DAMAGED,
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_BUSY: HELD,
    sqlite3.SQLITE_LOCKED: HELD,
    sqlite3.SQLITE_PROTOCOL: HELD,
    sqlite3.SQLITE_NOLFS: HELD,
    sqlite3.SQLITE_FULL: FULL,
}


def trouble(path: Path, error: Exception) -> StoreError:
    """Return what keeps a file from being used, and what to do."""
    code = getattr(error, "sqlite_errorcode", 0)
    is_lock = code in (sqlite3.SQLITE_IOERR_LOCK, sqlite3.SQLITE_IOERR_SHMLOCK)
    advice = HELD if is_lock else _ADVICE.get(code & 0xFF)
    reason = getattr(error, "strerror", None) or str(error)
    return StoreError(f"The history {path} cannot be used: {reason}.", advice=advice)


def is_there(path: Path) -> bool:
    """Return whether there is such a file, False where nobody may know."""
    try:
        return path.exists()
    except OSError:
        return False


def is_read_only(path: Path) -> bool:
    """Return whether a file is there and may only be read: SQLite needs its folder, too."""
    effective = os.access in os.supports_effective_ids
    return is_there(path) and not all(
        os.access(one, os.W_OK, effective_ids=effective) for one in (path, path.parent)
    )


def address(path: Path, mode: str) -> str:
    """Return under which address SQLite opens a file; ``mode`` is "rwc" or "ro"."""
    return f"{path.absolute().as_uri()}?mode={mode}"


def open_file(path: Path, *, mode: str = "rwc") -> sqlite3.Connection:
    """Open a file for all threads of this process, without transactions of its own accord."""
    return _prepared(address(path, mode))


def open_to_look(path: Path) -> sqlite3.Connection:
    """Open a file that cannot be written, at today's schema.

    Where it is of an older one, or SQLite would have to write before it can read, a copy in
    memory is opened instead: it shows what was there when it was opened.
    """
    try:
        connection = open_file(path, mode="ro")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if version == _steps():
            return connection
    except sqlite3.OperationalError:  # its log has to be read first, beside it
        pass
    connection.close()
    return _copied(path)


def open_as_it_is(path: Path) -> sqlite3.Connection:
    """Open a file of today's schema to be read, in its place.

    Raises
    ------
    sqlite3.Error
        It is of another schema, or cannot be read.
    """
    connection = open_file(path, mode="ro")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version != _steps():
        connection.close()
        raise sqlite3.OperationalError("it is of another version")
    return connection


def _copied(path: Path) -> sqlite3.Connection:
    import tempfile

    from hailuo_nb.store.migrations import migrate

    memory = _prepared(":memory:")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        for ending in COMPANIONS:
            beside = path.with_name(path.name + ending)
            if is_there(beside):
                shutil.copyfile(beside, copy.with_name(copy.name + ending))
        with closing(open_file(copy)) as opened:
            opened.backup(memory)
    migrate(memory)
    return memory


def _steps() -> int:
    """Return how many steps today's schema has; loading the extension does without their rows."""
    from hailuo_nb.store.migrations import MIGRATIONS

    return len(MIGRATIONS)


def _prepared(where: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        where, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False, uri=True
    )
    connection.row_factory = sqlite3.Row
    connection.text_factory = _text
    connection.create_function("folded", 1, _folded, deterministic=True)
    return connection


def _folded(raw: bytes | None) -> str | None:
    """Return a text as it is looked for; None for what is no text."""
    try:
        return None if raw is None else folded(raw.decode())
    except UnicodeDecodeError:
        return None


def _text(raw: bytes) -> str | bytes:
    """Return a text, or its bytes where it is none: one such value must not hide the rows."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw


def none_of(states: Collection[str]) -> str:
    """Return the condition that a task has none of these states: ranges, each found by index."""
    ordered = sorted(states)
    ranges = [
        "state IS NULL",
        f"state < '{ordered[0]}'",
        *(f"state > '{one}' AND state < '{to}'" for one, to in pairwise(ordered)),
        f"state > '{ordered[-1]}'",
    ]
    found = " UNION ALL ".join(f"SELECT rowid FROM tasks WHERE {one}" for one in ranges)  # noqa: S608 - our own states
    return f"tasks.rowid IN ({found})"


def has_unfinished(home: Path) -> bool:
    """Return whether a closer look is due; True also where this one cannot tell.

    One look for loading the extension, which must cost nothing.
    """
    path = home / HISTORY
    if not is_there(path):
        return False
    sql = f"SELECT 1 FROM tasks WHERE {none_of(OVER)} LIMIT 1"  # noqa: S608 - our own states
    try:
        with closing(sqlite3.connect(path, timeout=1)) as connection:
            return connection.execute(sql).fetchone() is not None
    except sqlite3.Error:
        return True
