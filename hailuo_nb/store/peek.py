"""One look into the history for loading the extension, which must cost nothing."""

import sqlite3
from contextlib import closing
from pathlib import Path

from hailuo_nb.store.opening import is_there

HISTORY = "history.sqlite3"
OVER = ("done", "failed", "stopped", "expired")
"""The final states of `hailuo_nb.core.task.FINAL`, but the one that a person has to settle."""


def has_unfinished(home: Path) -> bool:
    """Return whether a closer look is due; True also where this one cannot tell."""
    path = home / HISTORY
    if not is_there(path):
        return False
    places = ", ".join("?" * len(OVER))
    sql = f"SELECT 1 FROM tasks WHERE state IS NULL OR state NOT IN ({places}) LIMIT 1"  # noqa: S608 - placeholders
    try:
        with closing(sqlite3.connect(path, timeout=1)) as connection:
            return connection.execute(sql, OVER).fetchone() is not None
    except sqlite3.Error:
        return True
