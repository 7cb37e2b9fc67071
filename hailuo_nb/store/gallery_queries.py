"""The history as a gallery looks at it: pages, counts, what changed, what is hidden.

It reads; the only thing it writes is what is hidden. It knows rows and snapshots, no page.
"""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from sqlite3 import Row
from typing import Any, Literal, TypeVar

from hailuo_nb.core.cameras import spellings
from hailuo_nb.core.task import FINAL, TRANSITIONS, Group, Snapshot, State
from hailuo_nb.core.tokens import folded
from hailuo_nb.store.counts import Counts, count_kinds, shown_of
from hailuo_nb.store.database import Database, Values
from hailuo_nb.store.json_lines import json_lines
from hailuo_nb.store.measures import Measures
from hailuo_nb.store.ratings import Ratings
from hailuo_nb.store.rows import LATEST_S, from_row
from hailuo_nb.store.word_index import WordIndex

_RUNNING = ", ".join(f"'{state}'" for state in TRANSITIONS if state not in FINAL)
_GROUPS: dict[str, str] = {
    "running": f"state IN ({_RUNNING})",
    "done": "state = 'done'",
    "failed": f"(state IS NULL OR state NOT IN ({_RUNNING}, 'done'))",
}
_SHOWN = "hidden IS NOT 1"
_UNDATED = f"(created_at IS NULL OR created_at < 0 OR created_at > {LATEST_S})"
_AMONG = "id IN (SELECT value FROM json_each(:ids))"
_RATED = "EXISTS (SELECT 1 FROM ratings WHERE ratings.id = tasks.id AND {})"
_TAGGED = """
CASE WHEN json_valid(tags)
THEN EXISTS (SELECT 1 FROM json_each(tags) WHERE folded(CAST(value AS BLOB)) = :tag) END
"""
_STARRED = "typeof(stars) = 'integer' AND stars >= :stars"
_ASKED = """
EXISTS (SELECT 1 FROM json_each(:asked) WHERE instr(folded(CAST(prompt AS BLOB)), value))
"""
_NARROWED: dict[str, tuple[str, Callable[[Any], object]]] = {
    "state": ("state = :state", str),
    "since": ("created_at >= :since", float),
    "until": ("created_at < :until", float),
    "stars": (_RATED.format(_STARRED), int),
    "tag": (_RATED.format(_TAGGED), folded),
    "notebook": ("notebook = :notebook", str),
    "asked": (_ASKED, lambda command: json.dumps([*map(folded, spellings(command))])),
}
"""How each of a wish's other fields is asked for, and with which value."""

STARS: Literal["stars"] = "stars"
_BY_STARS = """
(SELECT stars FROM ratings WHERE ratings.id = tasks.id AND typeof(stars) = 'integer') DESC,
created_at DESC, id DESC
"""

_DAY = "date(created_at, 'unixepoch', 'localtime')"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which tasks a gallery shows; None and "" are all.

    ``day`` is a local one, "2026-09-30"; ``text`` is looked for in prompts, names, notes and tags
    (whatever the case), and ids; ``model`` is the service's name; ``hidden`` shows those that are
    hidden, and no others, None both. ``since`` and ``until`` are seconds since the epoch, the
    second just after the last; ``stars`` are so many at least; ``notebook`` is a file's name.
    """

    group: Group | None = None
    model: str | None = None
    day: str | None = None
    text: str = ""
    hidden: bool | None = False
    state: State | None = None
    since: float | None = None
    until: float | None = None
    stars: int | None = None
    tag: str | None = None
    notebook: str | None = None
    asked: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ByMeasure:
    """The order by what was measured: its ``key``, and the ``version`` whose values count.

    ``verdicts`` are its words where it is no number, the least first; ``rising`` begins with the
    least. What was not measured comes last.
    """

    key: str
    version: int
    verdicts: tuple[str, ...] = ()
    rising: bool = False


_RANK = """
(SELECT CASE WHEN typeof(value) IN ('real', 'integer') THEN value
        ELSE (SELECT verdict.key FROM json_each(:verdicts) AS verdict
              WHERE verdict.value = measures.value) END
 FROM measures
 WHERE measures.id = tasks.id AND measures.key = :key AND measures.version = :version)
"""

_T = TypeVar("_T")
Order = ByMeasure | Literal["stars"] | None

Cursor = tuple[float, str]
"""Where a page ends: when its last task was made, and its id."""


class Shelf:
    """The tasks of one history, newest first."""

    def __init__(self, database: Database, index: WordIndex) -> None:
        self._database = database
        self._index = index
        self._measures = Measures(database)
        self._ratings = Ratings(database, index)

    def version(self) -> int:
        """Return what differs once another process has written."""
        return self._database.version()

    def page(self, wanted: Wanted, limit: int, *, after: Cursor | None = None) -> list[Snapshot]:
        """Return up to ``limit`` tasks, newest first, without their posters.

        Those of which nobody can say when they were made come last.
        """
        return self._newest(self._many, wanted, limit, after)

    def places(self, wanted: Wanted, limit: int, *, by: Order = None) -> list[int]:
        """Return the row numbers of up to ``limit`` tasks, in the order of `page` or ``by``."""
        if by is None:
            return self._newest(self._places, wanted, limit, None)
        where, facts = _where(self._index, wanted)
        order, more = (_BY_STARS, {}) if by == STARS else _order(by)
        facts |= {"limit": limit, **more}
        return self._places(f"{where} ORDER BY {order} LIMIT :limit", facts)

    def _newest(
        self,
        take: Callable[[str, Values], list[_T]],
        wanted: Wanted,
        limit: int,
        after: Cursor | None,
    ) -> list[_T]:
        """Return what ``take`` makes of rows in the order of `page`."""
        where, facts = _where(self._index, wanted)
        dated, undated = f"created_at BETWEEN 0 AND {LATEST_S}", _UNDATED
        if after is not None:
            dated += " AND (created_at, id) < (:at, :after)"
            undated += " AND (:at > 0 OR id < :after)"
            facts |= {"at": after[0], "after": after[1]}
        order = "ORDER BY created_at DESC, id DESC LIMIT :limit"
        found = take(f"{where} AND {dated} {order}", facts | {"limit": limit})
        if len(found) < limit:
            rest = {"limit": limit - len(found)}
            found += take(f"{where} AND {undated} ORDER BY id DESC LIMIT :limit", facts | rest)
        return found

    def _places(self, where: str, facts: Values) -> list[int]:
        rows = self._database.read(f"SELECT tasks.rowid AS place FROM tasks WHERE {where}", facts)  # noqa: S608 - our own conditions
        return [row[0] for row in rows]

    def at(self, places: Sequence[int]) -> list[Snapshot]:
        """Return the tasks of these rows in this order, as far as they are there."""
        rows = self._rows(
            "rowid IN (SELECT value FROM json_each(:places))", {"places": json.dumps(list(places))}
        )
        found = {row["rowid"]: row for row in rows}
        return self._known([found[place] for place in places if place in found])

    def json_lines(
        self,
        places: Sequence[int],
        names: Mapping[str, str],
        otherwise: Callable[[Snapshot], Mapping[str, object]],
    ) -> Iterator[str]:
        """Yield the tasks of these rows as JSON; see `hailuo_nb.store.json_lines`."""
        return json_lines(self._database, places, names, otherwise)

    def digests(self) -> list[tuple[str, str]]:
        """Return id and digest of every clip, the newest first."""
        found = self._database.read(
            "SELECT id, sha256 FROM tasks WHERE state = 'done' ORDER BY rowid DESC", {}
        )
        pairs = ((row["id"], row["sha256"]) for row in found)
        return [(id, sha256) for id, sha256 in pairs if isinstance(sha256, str)]

    def sorted_page(
        self, wanted: Wanted, by: ByMeasure, limit: int, *, start: int = 0
    ) -> list[Snapshot]:
        """Return up to ``limit`` tasks by a measure, from the one at ``start`` on."""
        where, facts = _where(self._index, wanted)
        order, more = _order(by)
        facts |= {"limit": limit, "start": start, **more}
        return self._many(f"{where} ORDER BY {order} LIMIT :limit OFFSET :start", facts)

    def total(self, wanted: Wanted) -> int:
        """Return how many tasks there are of these."""
        if wanted == Wanted():
            return shown_of(self._database)
        where, facts = _where(self._index, wanted)
        found = self._database.read(f"SELECT count(*) AS number FROM tasks WHERE {where}", facts)  # noqa: S608 - our own conditions
        return int(found[0]["number"]) if found else 0

    def counts(self) -> Counts:
        """Return how many tasks there are of each kind."""
        return count_kinds(self._database, _GROUPS)

    def moving(self, known: Collection[str], *, since: float) -> list[Snapshot]:
        """Return what is under way, what ``known`` has become, and what was made after ``since``.

        Parameters
        ----------
        known
            Ids that were under way when they were last looked at.
        since
            Seconds since the epoch.
        """
        where = (
            f"{_GROUPS['running']} OR {_AMONG} OR created_at > :since AND created_at <= {LATEST_S}"
        )
        where += " ORDER BY created_at"
        return self._many(where, {"ids": json.dumps(list(known)), "since": since})

    def some(self, ids: Collection[str]) -> list[Snapshot]:
        """Return these tasks, oldest first, as far as they are known."""
        return self._many(f"{_AMONG} ORDER BY created_at", {"ids": json.dumps(list(ids))})

    def posters(self, ids: Sequence[str]) -> dict[str, str]:
        """Return the small pictures of these tasks, as far as there are any, as data URIs."""
        found = self._among("id, uri FROM posters WHERE", ids)
        return {str(row["id"]): str(row["uri"]) for row in found}

    def strip(self, id: str) -> list[str]:
        """Return the frames of a clip's moments in their order, as data URIs."""
        found = self._database.read("SELECT uris FROM strips WHERE id = :id", {"id": id})
        return [uri for row in found for uri in str(row["uris"]).split()]

    def pictured(self, ids: Collection[str]) -> set[str]:
        """Return which of these tasks have a small picture, without reading it."""
        return {str(row["id"]) for row in self._among("id FROM posters WHERE", ids)}

    def hidden(self, ids: Collection[str]) -> set[str]:
        """Return which of these tasks are hidden."""
        return {str(row["id"]) for row in self._among("id FROM tasks WHERE hidden AND", ids)}

    def hide(self, id: str, *, hidden: bool = True) -> None:
        """Leave a task out of the gallery, or take it in again; nothing else changes."""
        self._database.write(
            "UPDATE tasks SET hidden = :hidden WHERE id = :id", {"id": id, "hidden": hidden}
        )

    def _among(self, sought: str, ids: Collection[str]) -> list[Row]:
        return self._database.read(f"SELECT {sought} {_AMONG}", {"ids": json.dumps(list(ids))})

    def _many(self, where: str, facts: Values) -> list[Snapshot]:
        return self._known(self._rows(where, facts))

    def _rows(self, where: str, facts: Values) -> list[Row]:
        return self._database.read(f"SELECT rowid, * FROM tasks WHERE {where}", facts)  # noqa: S608 - our own conditions

    def _known(self, rows: Sequence[Row]) -> list[Snapshot]:
        measured = self._measures.of(row["id"] for row in rows if row["state"] == "done")
        rated = self._ratings.of(row["id"] for row in rows)
        return [
            from_row(dict(row), measured=measured.get(row["id"]), rating=rated.get(row["id"]))
            for row in rows
        ]


def _order(by: ByMeasure) -> tuple[str, dict[str, object]]:
    """Return an order by a measure, and the values that it needs."""
    way = "ASC" if by.rising else "DESC"
    facts = {"key": by.key, "version": by.version, "verdicts": json.dumps(by.verdicts)}
    return f"{_RANK} IS NULL, {_RANK} {way}, created_at DESC, id DESC", facts


def _where(index: WordIndex, wanted: Wanted) -> tuple[str, dict[str, object]]:
    conditions = ["1" if wanted.hidden is None else "hidden = 1" if wanted.hidden else _SHOWN]
    facts: dict[str, object] = {}
    if wanted.group is not None:
        conditions.append(_GROUPS[wanted.group])
    if wanted.model:
        conditions.append("model = :model")
        facts["model"] = wanted.model
    if wanted.day:
        conditions.append(f"{_DAY} = :day")
        facts["day"] = wanted.day
    for name, (condition, value) in _NARROWED.items():
        if (told := getattr(wanted, name)) is not None:
            conditions.append(condition)
            facts[name] = value(told)
    if wanted.text.split():
        condition, words = index.condition(wanted.text)
        conditions.append(condition)
        facts |= words
    return " AND ".join(conditions), facts
