"""The index of what can be looked for in words: prompts, names, notes and tags.

It is SQLite's FTS5, written by this application; where SQLite has none, texts are read one by
one. It knows rows and words.
"""

import json
import sqlite3
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING
from unicodedata import combining

from hailuo_nb.core.tokens import WORDS_MAX, folded, indexed, wanted

if TYPE_CHECKING:
    from hailuo_nb.store.database import Database

_TABLE = "CREATE VIRTUAL TABLE words USING fts5(text, tokenize = 'ascii')"
_PUT = "INSERT OR REPLACE INTO words (rowid, text) VALUES (:rowid, :text)"
_TEXTS = """
SELECT tasks.rowid AS rowid, CAST(prompt AS BLOB) AS prompt, CAST(name AS BLOB) AS name,
       CAST(ratings.note AS BLOB) AS note, CAST(tags AS BLOB) AS tags
FROM tasks LEFT JOIN ratings USING (id)
"""
_INDEXED = "tasks.rowid IN (SELECT rowid FROM words WHERE words MATCH :words)"
_READ = (
    "folded(CAST(prompt AS BLOB))",
    "folded(CAST(name AS BLOB))",
    "folded((SELECT CAST(ratings.note || ' ' || tags AS BLOB) FROM ratings "
    "WHERE ratings.id = tasks.id))",
)
"""What is looked through without an index; as bytes, since one odd value would stop them all."""


class WordIndex:
    """The words of one history."""

    def __init__(self, database: "Database") -> None:
        self._database = database

    @cached_property
    def _is_there(self) -> bool:
        sql = "SELECT 1 FROM sqlite_master WHERE name = 'words'"
        return bool(self._database.read(sql, {}))

    def renew(self, id: str) -> None:
        """Take a task's texts in as they are now, within the transaction that changed them."""
        self.renew_all([id])

    def renew_all(self, ids: Sequence[str]) -> None:
        """Take the texts of several tasks in, as `renew` does."""
        if not self._is_there:
            return
        some = f"{_TEXTS} WHERE tasks.id IN (SELECT value FROM json_each(:ids))"  # noqa: S608 - ours
        rows = self._database.read(some, {"ids": json.dumps(list(ids))})
        self._database.write_all(_PUT, [_indexed(tuple(row)) for row in rows])

    def condition(self, text: str) -> tuple[str, dict[str, object]]:
        """Return the condition that a row has all words of a text, and the values it needs.

        A task's own ids are found, too.
        """
        words = text.split()[:WORDS_MAX]
        asked = wanted(text) if self._is_there else None
        read = [at for at, word in enumerate(words) if asked is None or _has_signs(word)]
        parts = [_INDEXED] if asked is not None else []
        parts += (f"({' OR '.join(f'instr({one}, :w{at})' for one in _READ)})" for at in read)
        ids = " AND ".join(f"(id = :i{at} OR task_id = :i{at})" for at in range(len(words)))
        facts: dict[str, object] = {f"i{at}": word for at, word in enumerate(words)}
        facts |= {f"w{at}": folded(words[at]) for at in read}
        facts |= {"words": asked} if asked is not None else {}
        return f"({' AND '.join(parts)} OR {ids})", facts


def build(connection: sqlite3.Connection) -> None:
    """Make the index of all that is there, where this SQLite has FTS5."""
    try:
        connection.execute(_TABLE)
    except sqlite3.OperationalError:
        return
    rows = connection.execute(_TEXTS)
    connection.executemany(_PUT, (_indexed(row) for row in rows))


def _indexed(row: Sequence[object]) -> dict[str, object]:
    rowid, *texts = row
    return {"rowid": rowid, "text": indexed(" ".join(map(_text, texts)))}


def _text(raw: object) -> str:
    return raw.decode("utf-8", "replace") if isinstance(raw, bytes) else ""


def _has_signs(word: str) -> bool:
    """Tell whether a word holds what the index does not keep, such as "100%"."""
    return any(not (char.isalnum() or combining(char)) for char in folded(word))
