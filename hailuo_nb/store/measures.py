"""What the measures found in the clips of the history, each by its definition's version.

Another definition takes the place of the one before. It knows keys and values; it must not
know what is measured, nor which version is today's.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from typing import Any

from hailuo_nb.core.measured import Measured
from hailuo_nb.store import foreign
from hailuo_nb.store.database import Database

VERSION_MAX = 2**32
WORDS_CHARS_MAX = 4000

_KEEP = """
INSERT OR REPLACE INTO measures (id, key, version, value, words)
VALUES (:id, :key, :version, :value, :words)
"""
_READ = "SELECT * FROM measures WHERE id IN (SELECT value FROM json_each(:ids))"


class Measures:
    """What was measured in one history."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, id: str, found: Mapping[str, Measured]) -> None:
        """Record what was found in a task's clip, in place of what was there."""
        self.keep_all({id: found})

    def keep_all(self, found: Mapping[str, Mapping[str, Measured]]) -> None:
        """Record what was found in several tasks' clips, by their ids."""
        rows = [
            {"id": id, "key": key, **asdict(one)}
            for id, some in found.items()
            for key, one in some.items()
        ]
        with self._database.transaction():
            self._database.write_all(_KEEP, rows)

    def of(self, ids: Iterable[object]) -> dict[object, dict[str, Measured]]:
        """Return what is known of these tasks' clips, by id and key; what is damaged is not."""
        found: dict[object, dict[str, Measured]] = {}
        wanted = [id for id in ids if isinstance(id, str)]
        for row in self._database.read(_READ, {"ids": json.dumps(wanted)}) if wanted else ():
            one = read_measured(dict(row))
            if one is not None and isinstance(row["key"], str):
                found.setdefault(row["id"], {})[row["key"]] = one
        return found


def read_measured(found: object) -> Measured | None:
    """Return what a row or a sidecar says of one measure, None where that cannot be read."""
    if not isinstance(found, Mapping):
        return None
    try:
        return Measured(**{name: read(found.get(name)) for name, read in _FIELDS.items()})
    except (ValueError, OverflowError):
        return None


def _value(value: object) -> float | str:
    return _words(value) if isinstance(value, str) else foreign.number(value)


def _words(value: object) -> str:
    words = foreign.text(value)
    if len(words) > WORDS_CHARS_MAX:
        raise ValueError
    return words


_FIELDS: dict[str, Callable[[object], Any]] = {
    "value": foreign.or_none(_value),
    "version": foreign.whole(1, VERSION_MAX),
    "words": _words,
}
