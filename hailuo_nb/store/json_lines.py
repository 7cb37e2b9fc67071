"""Tasks as lines of JSON, many at a time: SQLite writes those of sound rows by itself.

What makes a row sound is said here more narrowly than `rows` reads it: any other row is read
there, so that nothing is told of a damaged one that is not told elsewhere. It knows rows, not
what a line is for.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter

from hailuo_nb.core.names import SIMULATOR
from hailuo_nb.core.task import FINAL, Snapshot
from hailuo_nb.store.database import Database
from hailuo_nb.store.foreign import AMOUNT_MAX
from hailuo_nb.store.rows import FIELDS, LATEST_S, from_row, read_request

PAGE_ROWS = 500

_turn = itemgetter(0)
_TEXT = "({0} IS NULL OR typeof({0}) = 'text')"
_WHOLE = "instr({0}, char(0)) = 0"
"""SQLite's own functions on text end at such a character."""
_ID = "typeof({0}) = 'text' AND {0} NOT GLOB '*[^0-9A-Za-z]*' AND length({0}) BETWEEN 1 AND 200"
_ID += f" AND {_WHOLE}"
_NUMBER = "typeof({{0}}) IN ('integer', 'real') AND {{0}} BETWEEN {} AND {}"
_MOMENT, _AMOUNT = _NUMBER.format(0, LATEST_S), _NUMBER.format(0, AMOUNT_MAX)
_OR_NONE = "({{0}} IS NULL OR {})"
_FINAL = ", ".join(f"'{state}'" for state in sorted(FINAL))

SOUND: dict[str, str] = {
    "id": _ID,
    "state": f"{{0}} IN ({_FINAL})",
    "service": f"typeof({{0}}) = 'text' AND ({{0}} = '{SIMULATOR}' OR {{0}} GLOB 'https://*')",
    "created_at": _MOMENT,
    "submitted_at": _OR_NONE.format(_MOMENT),
    "finished_at": _OR_NONE.format(_MOMENT),
    "credits": _OR_NONE.format(_AMOUNT),
    "balance": _OR_NONE.format(_NUMBER.format(-AMOUNT_MAX, AMOUNT_MAX)),
    "cost_time_s": _OR_NONE.format(_AMOUNT),
    "parent": _OR_NONE.format(_ID),
    "imported": _OR_NONE.format(_ID),
    "size_bytes": "({0} IS NULL OR typeof({0}) = 'integer' AND {0} BETWEEN 0 AND 1000000000000)",
    "video": "({0} IS NULL OR typeof({0}) = 'text' AND {0} NOT GLOB './*' AND {0} NOT GLOB '*/'"
    " AND {0} NOT GLOB '*//*' AND {0} NOT GLOB '*/./*' AND {0} NOT GLOB '*/.')",
    "request": "typeof({0}) = 'text' AND json_valid({0}) AND json_type({0}, '$.prompt') = 'text'"
    " AND json_type({0}, '$.model') = 'text' AND instr({0}, '\\u0000') = 0",
    "warnings": "typeof({0}) = 'text'",
} | dict.fromkeys(("name", "task_id", "note", "error", "error_kind", "sha256"), _TEXT)
"""Where each column of `FIELDS` can be read for certain; `_is_read` looks at two of them, too.

A video is told as a Path has it; a NUL is where SQLite ends a text.
"""

_TEXTS = "coalesce(note, '') || coalesce(error_kind, '') || coalesce(sha256, '')"
"""What is in no line has to be text all the same."""

_WRITTEN = {
    "model": "json_extract(request, '$.model')",
    "prompt": "json_extract(request, '$.prompt')",
    "video": "nullif(video, '')",
    "unreadable": "json_array()",
    "imported": "json(CASE WHEN imported IS NULL THEN 'false' ELSE 'true' END)",
}
_REST = "CASE WHEN json_valid(request) THEN json_remove(request, '$.prompt', '$.model') END"


def json_lines(
    database: Database,
    places: Sequence[int],
    names: Mapping[str, str],
    otherwise: Callable[[Snapshot], Mapping[str, object]],
) -> Iterator[str]:
    """Yield a JSON object for each of these rows, in this order, as far as they are there.

    Parameters
    ----------
    places
        Row numbers.
    names
        What each field of `hailuo_nb.core.task` is called.
    otherwise
        Tells the same fields of a task whose row is not plainly sound.
    """
    sql = _sql(names)
    for start in range(0, len(places), PAGE_ROWS):
        some = json.dumps(places[start : start + PAGE_ROWS])
        for row in sorted(database.read(sql, {"places": some}), key=_turn):
            _, place, line, credits, model, rest, warnings, texts = row
            is_text = isinstance(line, str) and not isinstance(texts, bytes)
            if is_text and _is_read(rest, model, "[]" if warnings is None else warnings):
                amount = "null" if credits is None else repr(credits)
                yield f'{line[:-1]},"{names["credits"]}":{amount}}}'
            else:
                yield json.dumps(otherwise(_read(database, place)))


def _sql(names: Mapping[str, str]) -> str:
    sound = " AND ".join(f"({SOUND[column].format(column)})" for column in FIELDS)
    told = ", ".join(
        f"'{name}', {_WRITTEN.get(field, field)}"
        for field, name in names.items()
        if field != "credits"  # SQLite would write fewer digits
    )
    return f"""
        SELECT turn, tasks.rowid AS place, CASE WHEN {sound} THEN json_object({told}) END AS line,
            credits, CASE WHEN json_valid(request) THEN {_WRITTEN["model"]} END AS model,
            {_REST} AS rest, nullif(warnings, '[]') AS warnings,
            CASE WHEN {_TEXTS} GLOB '*[^ -~]*' THEN {_TEXTS} END AS texts
        FROM (SELECT key AS turn, value AS wanted FROM json_each(:places))
        CROSS JOIN tasks ON tasks.rowid = wanted
    """  # noqa: S608 - our own columns


def _read(database: Database, place: int) -> Snapshot:
    (row,) = database.read("SELECT rowid, * FROM tasks WHERE rowid = :place", {"place": place})
    return from_row(dict(row))


@lru_cache(maxsize=4096)
def _is_read(rest: str, model: str, warnings: str) -> bool:
    """Return whether a request, but for its prompt, and warnings can be read.

    What is said twice of prompt or model, or in another spelling, is told otherwise by SQLite.
    """
    try:
        read, _ = FIELDS["warnings"]
        read(warnings)
        found = json.loads(rest)
        read_request(json.dumps({**found, "prompt": "", "model": model}))
        return not {"prompt", "model"} & found.keys()
    except (ValueError, TypeError, OverflowError, RecursionError):
        return False
