"""The experiments of the history: what each varied, found again by its name.

A name may have been given to many things in turn; all of them stay. A clip goes by what it
asks for, so that another try stands in the place of what failed. It knows rows, not tasks.
"""

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from hailuo_nb.core.matrix import Axis, LeftOut
from hailuo_nb.core.study import Place, Study
from hailuo_nb.core.task import Snapshot
from hailuo_nb.store import foreign
from hailuo_nb.store.database import Database
from hailuo_nb.store.rows import from_row

LIVES_MAX = 1000
"""Of one name so many experiments, and so many tasks, are found."""

_READ_ALL = "SELECT form, made_at FROM experiments WHERE name = :name ORDER BY id DESC LIMIT :most"
_READ_NAMES = """
SELECT name FROM (
    SELECT name, made_at AS at FROM experiments
    UNION ALL SELECT name, created_at AS at FROM tasks WHERE instr(name, ' · ') = 0
) GROUP BY name ORDER BY max(at) DESC LIMIT :most
"""
_READ_ONE = "SELECT form FROM experiments WHERE name = :name AND digest = :digest"
_READ_DIGEST = "SELECT form FROM experiments WHERE digest = :digest ORDER BY id DESC LIMIT 1"
_RECORD = """
INSERT INTO experiments (name, digest, made_at, form) VALUES (:name, :digest, :made_at, :form)
ON CONFLICT (name, digest) DO UPDATE SET
    id = (SELECT max(id) + 1 FROM experiments), made_at = excluded.made_at, form = excluded.form
"""

_KEEP = """
INSERT INTO experiments (name, digest, made_at, form) VALUES (:name, :digest, :made_at, :form)
ON CONFLICT (name, digest) DO NOTHING
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """An experiment of the history.

    ``made_at`` is when its cell last ran, in seconds since the epoch. ``odd`` says why its
    record cannot be read, None where it can; the study is then empty.
    """

    name: str
    made_at: float
    study: Study
    odd: str | None = None


class Experiments:
    """The experiments of one history."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, name: str, study: Study) -> None:
        """Record an experiment as the newest of its name; one of the same clips is that one.

        What a newer version has written of it is kept.
        """
        key = {"name": name, "digest": study.digest}
        with self._database.transaction():
            known = self._database.read(_READ_ONE, key)
            form = (dict(_beyond(known[0]["form"])) if known else {}) | study_form(study)
            facts = key | {"made_at": time.time(), "form": json.dumps(form)}
            self._database.write(_RECORD, facts)

    def keep_name(self, name: str, made_at: float, identity: str) -> None:
        """Keep that one task had a name, before it is called otherwise.

        ``made_at`` is when it was asked for, so that what had the name later goes before it.
        """
        study = Study(places=(Place(label="", identity=identity),))
        facts = {"name": name, "digest": study.digest, "made_at": made_at}
        self._database.write(_KEEP, facts | {"form": json.dumps(study_form(study))})

    def names(self) -> list[str]:
        """Return what experiments and single tasks were called, the newest first."""
        rows = self._database.read(_READ_NAMES, {"most": LIVES_MAX})
        return [row["name"] for row in rows if isinstance(row["name"], str)]

    def named(self, name: str) -> list[Recorded]:
        """Return the experiments of a name, the one that ran last first."""
        rows = self._database.read(_READ_ALL, {"name": name, "most": LIVES_MAX})
        return [_recorded(name, row["form"], row["made_at"]) for row in rows]

    def of_digest(self, digest: str) -> Study | None:
        """Return what the experiment of a digest was recorded as, None where that is not known."""
        rows = self._database.read(_READ_DIGEST, {"digest": digest})
        found = _recorded("", rows[0]["form"], 0.0) if rows else None
        return found.study if found is not None and found.odd is None else None

    def tasks_named(self, name: str) -> list[Snapshot]:
        """Return the tasks of a name of their own, the one that was recorded last first."""
        rows = self._database.read(
            "SELECT rowid, * FROM tasks WHERE name = :name ORDER BY rowid DESC LIMIT :most",
            {"name": name, "most": LIVES_MAX},
        )
        return [from_row(dict(row)) for row in rows]


def _recorded(name: str, form: object, made_at: object) -> Recorded:
    at = made_at if isinstance(made_at, float) else 0.0
    try:
        return Recorded(name=name, made_at=at, study=read_study(form))
    except (ValueError, RecursionError) as error:
        return Recorded(name=name, made_at=at, study=Study(), odd=foreign.reason_of(error))


def read_study(form: object) -> Study:
    """Return what an experiment was recorded as; a field that is not there has its default.

    Raises
    ------
    ValueError, RecursionError
        It is damaged; `foreign.Odd` names the field.
    """
    return study_of(json.loads(foreign.text(form)))


def study_of(found: object) -> Study:
    """Return the study that JSON values tell of; raises as `read_study` does."""
    return Study(**_fields(found, _STUDY))


def study_form(study: Study) -> dict[str, object]:
    """Return a study as it is recorded: JSON values."""
    return {name: value for name, value in asdict(study).items() if name in _STUDY}


def _beyond(form: object) -> tuple[tuple[str, object], ...]:
    """Return what a newer version has written of an experiment that this one does not know."""
    try:
        found = json.loads(foreign.text(form))
    except (ValueError, RecursionError):
        return ()
    return foreign.beyond(found, _STUDY) if isinstance(found, dict) else ()


def _fields(found: object, readers: "_Readers") -> dict[str, Any]:
    """Return the fields of an object, as far as they are there."""
    if not isinstance(found, dict):
        raise foreign.Odd("it is no JSON object")
    facts = {}
    for name in readers.keys() & found.keys():
        try:
            facts[name] = readers[name](found[name])
        except (ValueError, TypeError):
            raise foreign.Odd(f"{name!r} holds something else than it should") from None
    return facts


_Readers = dict[str, Callable[[object], Any]]


def _many(read: Callable[[object], Any]) -> Callable[[object], tuple[Any, ...]]:
    """Return a reader of lists."""

    def read_all(value: object) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise ValueError  # noqa: TRY004 - one kind of error for every odd value
        return tuple(read(one) for one in value)

    return read_all


def _pair(value: object) -> tuple[str, str]:
    axis, label = _many(foreign.text)(value)
    return axis, label


_TEXTS, _COORDINATES = _many(foreign.text), _many(_pair)
_AXIS: _Readers = {"name": foreign.text, "values": _TEXTS}
_PLACE: _Readers = {
    "label": foreign.text,
    "coordinates": _COORDINATES,
    "identity": foreign.text,
}
_LEFT_OUT: _Readers = {
    "label": foreign.text,
    "coordinates": _COORDINATES,
    "reason": foreign.text,
}
_STUDY: _Readers = {
    "axes": _many(lambda value: Axis(**_fields(value, _AXIS))),
    "places": _many(lambda value: Place(**_fields(value, _PLACE))),
    "left_out": _many(lambda value: LeftOut(**_fields(value, _LEFT_OUT))),
    "plan_words": foreign.text,
    "notes": _TEXTS,
}
