"""A study from a table: a clip for each row, its columns options or labels.

It knows tables and asks; a prompt of a table is sent as it stands.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from hailuo_nb.core.matrix import (
    BETWEEN,
    COMBINATIONS_MAX,
    SAMPLE,
    Axis,
    Coordinates,
    short,
    unique,
)
from hailuo_nb.core.options import AXES
from hailuo_nb.core.values import is_missing, shown
from hailuo_nb.errors import HailuoError, KeyInCell, OptionError, UsageError
from hailuo_nb.media.sources import ImageSource, find_image
from hailuo_nb.session.expand import Ask, FindImage
from hailuo_nb.session.plan import Plan, PlanItem
from hailuo_nb.session.planning import expanded, looked_up, refused
from hailuo_nb.session.session import Session

PROMPT, ROW = "prompt", "row"
OF_ROWS = frozenset({option.name for option in AXES} | {"nsfw_check"})
"""The columns that are options of a row's clip; all others but the prompt are labels."""

Row = Mapping[str, object]


def rows_of(table: object) -> list[Row]:
    """Return the rows of a list of dicts or of a data frame, by the names of their columns.

    Raises
    ------
    UsageError
        It is neither, has no row or no prompt, or a value is missing, told by row and column.
    """
    to_dict = getattr(table, "to_dict", None)
    if callable(to_dict) and hasattr(table, "columns"):
        _check_names(table.columns)
        table = to_dict("records")
    if isinstance(table, Mapping | str) or not isinstance(table, Iterable):
        raise UsageError(f"A study takes a list of dicts or a data frame, not {shown(table)}.")
    rows = list(table)
    if not rows:
        raise UsageError("The table has no row.")
    if len(rows) > COMBINATIONS_MAX:
        raise UsageError(f"The table has {len(rows)} rows; at most {COMBINATIONS_MAX} are taken.")
    return [_checked(at, row) for at, row in enumerate(rows)]


def plan_of_table(here: Session, table: object, **cell: Any) -> Plan:
    """Return the plan of a table: a clip for each row, in its order, looked up and priced.

    Rows that ask for the same are its samples. ``cell`` are options of the whole, as of `Ask`.

    Raises
    ------
    HailuoError
        A row cannot be sent as it stands; it says which one.
    """
    rows = rows_of(table)
    find = _finder()
    plans = [_of_row(here, at, row, find, cell) for at, row in enumerate(rows)]
    items = _sampled(plans)
    axes, places = _places(rows, items)
    labels = unique(BETWEEN.join(value for _, value in place) for place in places)
    first = plans[0]
    items = [
        replace(item, label=label, coordinates=place)
        for item, label, place in zip(items, labels, places, strict=True)
    ]
    notes = tuple(dict.fromkeys(note for plan in plans for note in plan.notes))
    whole = replace(first, clips=tuple(items), axes=axes, notes=notes)
    return looked_up(here, whole, sendable=_all_sendable)


def _checked(at: int, row: object) -> Row:
    if not isinstance(row, Mapping):
        raise UsageError(f"Row {at + 1} is no dict, but {shown(row)}.")
    _check_names(row)
    named = {str(column): value for column, value in row.items()}
    if PROMPT not in named:
        raise UsageError(f"Row {at + 1} has no column {PROMPT!r}.")
    for column, value in named.items():
        if value is None or is_missing(value):
            raise UsageError(
                f"Row {at + 1}, column {column!r}: a value is missing ({value}).",
                advice="Drop such rows, or fill them: frame.dropna(), frame.fillna(...).",
            )
    return named


def _check_names(columns: Iterable[object]) -> None:
    """Refuse columns of which one would hide another."""
    twice = [name for name, number in Counter(map(str, columns)).items() if number > 1]
    if twice:
        raise UsageError(f"The table has two columns {twice[0]!r}.", advice="Rename one of them.")


def _of_row(here: Session, at: int, row: Row, find: FindImage, cell: Mapping[str, Any]) -> Plan:
    options: dict[str, Any] = {name: row[name] for name in OF_ROWS & row.keys()}
    ask = Ask(prompt=cast("str", row[PROMPT]), verbatim=True, **options, **cell)
    try:
        return expanded(here, ask, find=find, most=1)
    except KeyInCell:
        raise
    except HailuoError as error:
        raise _of(at, error) from error


def _all_sendable(plan: Plan) -> Plan:
    """Refuse the first row that the service would; none is left out, since rows are told apart."""
    for at, error in refused(plan).items():
        raise _of(at, error) from error
    return plan


def _of(at: int, error: HailuoError) -> OptionError:
    return OptionError(f"Row {at + 1}: {error.what}", advice=error.advice)


def _sampled(plans: Sequence[Plan]) -> list[PlanItem]:
    """Return a clip for each row; the second row that asks for the same is its sample 2."""
    seen: Counter[object] = Counter()
    items = []
    for plan in plans:
        (item,) = plan.clips
        seen[item.request.wish] += 1
        items.append(item.as_sample(seen[item.request.wish]))
    return items


def _places(
    rows: Sequence[Row], items: Sequence[PlanItem]
) -> tuple[tuple[Axis, ...], list[Coordinates]]:
    """Return what the rows' labels and options vary in, and where each row stands.

    Where that does not tell samples apart, they have an axis of their own; where rows are still
    alike, they stand by the number, from 1, of the first row that asks for the same.
    """
    names = list(dict.fromkeys(name for row in rows for name in row if name != PROMPT))
    own = zip(names, unique(names, taken=[SAMPLE]), strict=True)
    told = {own_name: [_word(row.get(name, "–")) for row in rows] for name, own_name in own}
    varied = {name: words for name, words in told.items() if len(set(words)) > 1}
    first: dict[object, int] = {}
    numbers = {
        ROW: [str(first.setdefault(item.request.wish, at + 1)) for at, item in enumerate(items)]
    }
    samples = {SAMPLE: [f"sample {item.request.sample}" for item in items]}
    samples = samples if len(set(samples[SAMPLE])) > 1 else {}
    for found in (varied, varied | samples, numbers | samples):
        places = [
            tuple((name, words[at]) for name, words in found.items()) for at in range(len(rows))
        ]
        if len(set(places)) == len(rows):
            break
    axes = tuple(
        Axis(name=name, values=tuple(dict.fromkeys(words))) for name, words in found.items()
    )
    return axes, places


def _word(value: object) -> str:
    return short(value if isinstance(value, str) else shown(value))


def _finder() -> FindImage:
    """Return what finds images, each that is given by name once."""

    def find(source: object, **where: Any) -> ImageSource:
        if not isinstance(source, str):
            return find_image(source, **where)
        if source not in known:
            known[source] = find_image(source, **where)
        return known[source]

    known: dict[str, ImageSource] = {}
    return find
