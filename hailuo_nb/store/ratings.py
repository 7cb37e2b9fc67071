"""What the person thinks of the clips of one history; two kernels may rate the same clip.

It knows rows; each change is made to what the history has at that moment, and touches nothing
else of it.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from typing import Any

from hailuo_nb.core.rating import (
    NOTE_CHARS_MAX,
    STARS_MAX,
    TAG_CHARS_MAX,
    TAGS_MAX,
    Rating,
)
from hailuo_nb.store import foreign
from hailuo_nb.store.database import Database
from hailuo_nb.store.word_index import WordIndex

_KEEP = """
INSERT OR REPLACE INTO ratings (id, stars, note, tags, wins)
VALUES (:id, :stars, :note, :tags, :wins)
"""
_NEWS_MAX = 200
_NEWEST = "SELECT rowid AS place FROM ratings ORDER BY rowid DESC LIMIT 1"
_NEWS = (
    "SELECT rowid AS place, id FROM ratings WHERE rowid >= :place ORDER BY rowid DESC LIMIT :most"
)
_READ = "SELECT * FROM ratings WHERE id IN (SELECT value FROM json_each(:ids))"


class Ratings:
    """The ratings of one history."""

    def __init__(self, database: Database, index: WordIndex) -> None:
        self._database = database
        self._index = index

    def of(self, ids: Iterable[object]) -> dict[object, Rating]:
        """Return the ratings of these tasks, as far as there are any that can be read."""
        wanted = [id for id in ids if isinstance(id, str)]
        rows = self._database.read(_READ, {"ids": json.dumps(wanted)}) if wanted else ()
        found = {row["id"]: _read_row(dict(row)) for row in rows}
        return {id: one for id, one in found.items() if one is not None}

    def newest(self) -> int:
        """Return the place of the newest rating, 0 where there is none."""
        return sum(row["place"] for row in self._database.read(_NEWEST, {}))

    def since(self, place: int) -> tuple[int, dict[object, Rating]]:
        """Return the newest place, and the last ratings that were given at or after a place."""
        found = self._database.read(_NEWS, {"place": place, "most": _NEWS_MAX})
        return found[0]["place"] if found else place, self.of(row["id"] for row in found)

    def change(self, id: str, change: Callable[[Rating | None], Rating]) -> Rating:
        """Make another of a task's rating as it is now, None where there is none; return it."""
        with self._database.transaction():
            before = self.of([id]).get(id)
            after = change(before)
            if after != before:
                self.keep_all({id: after})
                self._index.renew(id)
        return after

    def keep_all(self, ratings: Mapping[str, Rating]) -> None:
        """Keep ratings by the tasks' ids; their words are to be indexed in the same transaction."""
        rows = [
            {"id": id, **asdict(one), "tags": json.dumps(one.tags, ensure_ascii=False)}
            for id, one in ratings.items()
        ]
        self._database.write_all(_KEEP, rows)


class RatedElsewhere:
    """Whose ratings have changed from one look to the next.

    A rating that is changed takes the last place; where it had that already, it keeps it. So the
    last one is read again at each look, and compared.
    """

    def __init__(self, ratings: Ratings) -> None:
        self._ratings = ratings
        self._place = ratings.newest()
        self._last: dict[object, Rating] = {}

    def look(self) -> set[str]:
        """Return the ids; of more than 200 the last ones."""
        self._place, found = self._ratings.since(self._place)
        fresh = {str(id) for id, one in found.items() if self._last.get(id) != one}
        self._last = found
        return fresh


def rating_form(rating: Rating) -> dict[str, object]:
    """Return a rating as a sidecar or a page keeps it: JSON values."""
    return {
        "stars": rating.stars,
        "note": rating.note,
        "tags": list(rating.tags),
        "wins": rating.wins,
    }


def read_rating(found: object) -> Rating | None:
    """Return what a sidecar or a page says of a rating, None where that cannot be read."""
    if not isinstance(found, Mapping):
        return None
    try:
        return Rating(**{name: read(found.get(name)) for name, read in _FIELDS.items()})
    except (ValueError, OverflowError):
        return None


def _read_row(row: dict[str, Any]) -> Rating | None:
    try:
        row["tags"] = json.loads(foreign.text(row["tags"]))
        row["wins"] = bool(row["wins"])
    except (ValueError, RecursionError):
        return None
    return read_rating(row)


def _note(value: object) -> str:
    return foreign.text(value)[:NOTE_CHARS_MAX]


def _tags(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise foreign.Odd("it is no list of tags")
    words = (foreign.text(one)[:TAG_CHARS_MAX] for one in value[:TAGS_MAX])
    return tuple(sorted({word for word in words if word and not word.split()[1:]}))


_FIELDS: dict[str, Callable[[object], Any]] = {
    "stars": foreign.or_none(foreign.whole(1, STARS_MAX)),
    "note": _note,
    "tags": _tags,
    "wins": foreign.switch,
}
