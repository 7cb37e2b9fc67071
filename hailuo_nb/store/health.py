"""A close look at a history: whether its file is whole, can be written, and can be locked.

It takes a moment, so that only a check-up asks for it.
"""

import sqlite3
import subprocess
import sys
import uuid
from contextlib import closing
from pathlib import Path

from hailuo_nb.errors import StoreError, setting
from hailuo_nb.store import opening
from hailuo_nb.store.database import Database

LOCK_TIMEOUT_S = 20.0

_TRY = """
import sqlite3, sys
try:
    sqlite3.connect(sys.argv[1], timeout=0, uri=True).execute("BEGIN EXCLUSIVE")
except sqlite3.OperationalError:
    sys.exit(3)
"""
_HELD = 3


def check(database: Database) -> int:
    """Return how many tasks a history holds.

    Raises
    ------
    StoreError
        It is damaged, of a newer version, only to be read, or cannot be locked.
    """
    if database.is_writable:
        _check_locks(database.path.parent)
    told = database.read("PRAGMA quick_check(1)", {})
    if told and told[0][0] != "ok":
        raise StoreError(
            f"The history {database.path} is damaged: {_line(told[0][0])}.", advice=opening.DAMAGED
        )
    found = database.read("SELECT count(*) AS number FROM tasks", {})
    if opening.is_there(database.path):
        with database.transaction():
            pass
    return int(found[0]["number"]) if found else 0


def _check_locks(folder: Path) -> None:
    """Refuse a folder where two processes can hold one lock, or none can."""
    probe = folder / f"lock-{uuid.uuid4().hex}.sqlite3"
    words = f"The file system of {folder} keeps no file locks"
    local = setting("HAILUO_HOME", "a folder on a local disk")
    advice = f"Two kernels could pay twice: {local}."
    try:
        with closing(opening.open_file(probe)) as holder:
            holder.execute("BEGIN EXCLUSIVE")
            if _another_is_kept_out(probe):
                return
        raise StoreError(f"{words}: another process got one that was held.", advice=advice)
    except (sqlite3.Error, OSError, subprocess.SubprocessError) as error:
        raise StoreError(f"{words}: {error}.", advice=advice) from error
    finally:
        probe.unlink(missing_ok=True)


def _another_is_kept_out(probe: Path) -> bool:
    words = [sys.executable, "-c", _TRY, opening.address(probe, "rw")]
    ran = subprocess.run(words, capture_output=True, timeout=LOCK_TIMEOUT_S, check=False)  # noqa: S603 - our own words
    return ran.returncode == _HELD


def _line(text: object) -> str:
    return " ".join(str(text).split())
