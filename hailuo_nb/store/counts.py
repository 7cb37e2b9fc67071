"""How many tasks there are of each group, model and day, each counted by index.

A long history is not read for it; those that are hidden are few, and are taken away.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from hailuo_nb.store.database import Database
from hailuo_nb.store.rows import LATEST_S

DAYS_MAX = 366
"""Of so many days, and models, the number of tasks is told."""

_COUNTED = """
SELECT (SELECT count(*) FROM tasks WHERE {0})
    - (SELECT count(*) FROM tasks WHERE hidden = 1 AND {0}) AS number
"""
_MODELS = """
WITH RECURSIVE models (value) AS (
    SELECT min(model) FROM tasks
    UNION ALL
    SELECT (SELECT min(model) FROM tasks WHERE model > value) FROM models
    WHERE value IS NOT NULL LIMIT :limit
)
SELECT value,
    (SELECT count(*) FROM tasks WHERE model = value)
    - (SELECT count(*) FROM tasks WHERE hidden = 1 AND model = value) AS number
FROM models ORDER BY number DESC, value
"""
_BEGINS = "CAST(strftime('%s', date(newest, 'unixepoch', 'localtime'{}), 'utc') AS INTEGER)"
_DAYS = f"""
WITH RECURSIVE moments (newest) AS (
    SELECT max(created_at) FROM tasks WHERE created_at BETWEEN 0 AND {LATEST_S}
    UNION ALL
    SELECT (
        SELECT max(created_at) FROM tasks
        WHERE created_at >= 0 AND created_at < {_BEGINS.format("")}
    ) FROM moments WHERE newest IS NOT NULL LIMIT :limit
),
days AS (
    SELECT date(newest, 'unixepoch', 'localtime') AS value,
        {_BEGINS.format("")} AS begins, {_BEGINS.format(", '+1 day'")} AS ends
    FROM moments WHERE newest IS NOT NULL
)
SELECT value,
    (SELECT count(*) FROM tasks WHERE created_at >= begins AND created_at < ends)
    - (
        SELECT count(*) FROM tasks
        WHERE hidden = 1 AND created_at >= begins AND created_at < ends
    ) AS number
FROM days ORDER BY begins DESC
"""  # noqa: S608 - our own columns
"""From one day with tasks to the one before: each is counted by index."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many tasks there are of each group, model and day, newest day first.

    Those that are ``hidden`` count there alone.
    """

    groups: tuple[tuple[str, int], ...] = ()
    models: tuple[tuple[str, int], ...] = ()
    days: tuple[tuple[str, int], ...] = ()
    hidden: int = 0


def count_kinds(database: Database, groups: Mapping[str, str]) -> Counts:
    """Return how many tasks there are; ``groups`` are conditions, the last one the rest."""
    *first, rest = groups
    found = {group: shown_of(database, groups[group]) for group in first}
    found[rest] = shown_of(database) - sum(found.values())
    hidden = database.read("SELECT count(*) FROM tasks WHERE hidden = 1", {})
    return Counts(
        groups=tuple(found.items()),
        models=_pairs(database, _MODELS),
        days=_pairs(database, _DAYS),
        hidden=int(hidden[0][0]) if hidden else 0,
    )


def shown_of(database: Database, condition: str = "1") -> int:
    """Return how many tasks of a kind are not hidden."""
    found = database.read(_COUNTED.format(condition), {})
    return int(found[0]["number"]) if found else 0


def _pairs(database: Database, sql: str) -> tuple[tuple[str, int], ...]:
    found = database.read(sql, {"limit": DAYS_MAX})
    pairs = ((row["value"], int(row["number"])) for row in found)
    return tuple((value, of) for value, of in pairs if of and isinstance(value, str))
