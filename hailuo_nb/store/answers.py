"""What the service answered about each task, as far as it may be shown, in the order it came.

It knows rows; it must not know what an answer means. What is read back is checked: anyone may
have written into the file.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from hailuo_nb.store import foreign
from hailuo_nb.store.database import Database

ANSWERS_MAX = 40
"""So many are kept of a task: what says something new each time does not fill the disk."""

BODY_CHARS_MAX = 4000

_KEEP = """
INSERT INTO answers (id, at, body)
SELECT :id, :at, :body
WHERE (SELECT count(*) FROM answers WHERE id = :id) < :most
    AND :body IS NOT (SELECT body FROM answers WHERE id = :id ORDER BY rowid DESC LIMIT 1)
"""
_READ = "SELECT at, body FROM answers WHERE id = :id ORDER BY rowid LIMIT :most"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAnswer:
    """One answer: so many seconds after its task was sent, and what it said."""

    at_s: float
    told: Mapping[str, str | float]


class Answers:
    """The answers of one history."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, id: str, at_s: float, told: Mapping[str, object]) -> None:
        """Keep an answer, unless it says what the one before it said."""
        body = json.dumps(told, ensure_ascii=False, sort_keys=True)
        if len(body) <= BODY_CHARS_MAX:
            facts = {"id": id, "at": at_s, "body": body, "most": ANSWERS_MAX}
            self._database.write(_KEEP, facts)

    def of(self, id: str) -> list[KeptAnswer]:
        """Return what is kept of a task, oldest first, without what is damaged."""
        rows = self._database.read(_READ, {"id": id, "most": ANSWERS_MAX})
        found = (_answer(row["at"], row["body"]) for row in rows)
        return [one for one in found if one is not None]


def _answer(at: object, body: object) -> KeptAnswer | None:
    try:
        told = json.loads(body) if isinstance(body, str) else None
        at_s = foreign.number(at)
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, dict) or at_s < 0:
        return None
    plain = {
        name: value
        for name, value in told.items()
        if isinstance(value, str | int | float) and not isinstance(value, bool)
    }
    return KeptAnswer(at_s=at_s, told=plain)
