"""What was measured of a clip, as a line, a table and values for a script: all of the one table.

Beside the measures the table has the person's stars and what the votes say.
Pure: snapshots in, text and markup out. Whatever it draws stands in an element of the class
`CLASS`, so that who must not be led by numbers need not see any. It knows how a value is said; it
must not know what it means.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from hailuo_nb.core.measured import Value
from hailuo_nb.core.task import Snapshot
from hailuo_nb.measures.table import Measure, all_measures
from hailuo_nb.views.text import escaped, isolated, one_line

CLASS = "hailuo-measures"
NONE = "–"
STARS, VOTES = "rating:stars", "votes:win_rate"
"""The keys of what people think of a clip: no measure is called so."""

_OPINIONS = (
    (STARS, "Stars", "What you gave it, 1 to 5"),
    (VOTES, "Votes", "The chance of its prompt against another one's, by the votes"),
)
FOLDED_FROM = 10
"""A table of so many clips is folded at first."""

SHADE = "#3b82f6"
_ALPHA_MAX = 0x70
_LINE = "margin:0 0 8px 0;overflow-wrap:break-word;font-size:12px;opacity:0.78"
_CELL = "padding:2px 12px 2px 4px;text-align:left;vertical-align:top;"
_LABEL = f"{_CELL}min-width:7em;font-weight:400"
_CAUTION = (
    "Beside your own eyes, never one grade: what each cannot tell stands in the documentation."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureWords:
    """A measure of one clip as it is shown.

    Attributes
    ----------
    key, title, definition
        As in the measures' table; what a person wrote is cleaned.
    text
        The value in words, or why there is none.
    sentence
        The same for a reader who sees no heading.
    number
        What it is sorted and shaded by, None for words.
    """

    key: str
    title: str
    definition: str
    text: str
    sentence: str
    number: float | None = None


def readings(snapshot: Snapshot) -> tuple[MeasureWords, ...]:
    """Return what there is to say of a clip, in the table's order; nothing before it is done."""
    if snapshot.state != "done":
        return ()
    found, told = [], set[str]()
    for row in all_measures():
        one = _reading(row, snapshot, told)
        found += [one] if one is not None else []
    return tuple(found)


def _reading(row: Measure, snapshot: Snapshot, told: set[str]) -> MeasureWords | None:
    """Return a measure as it is shown; what is to be installed is said once, and ``told``."""
    known = snapshot.measured.get(row.key)
    if known is not None and known.version == row.version:
        if known.value is None:
            return None
        text = value_words(row, known.value)
        sentence = one_line(known.words) or f"{row.title} {text}"
        return _made(row, text, sentence, _number(row, known.value))
    if row.needs and row.needs not in told:
        told.add(row.needs)
        if missing := row.missing:
            return _made(row, NONE, missing)
    if known is not None and not known.version:
        return _made(row, NONE, f"{row.title}: {one_line(known.words)}")
    return None


def _made(row: Measure, text: str, sentence: str, number: float | None = None) -> MeasureWords:
    return MeasureWords(
        key=row.key,
        title=one_line(row.title),
        definition=one_line(row.definition),
        text=text,
        sentence=one_line(sentence),
        number=number,
    )


def value_words(row: Measure, value: Value) -> str:
    """Return a value as it is read: a share in per cent, other numbers with their unit."""
    if isinstance(value, str):
        return one_line(value)
    if row.unit == "share":
        return f"{100 * value:.3g} %"
    return one_line(f"{value:.4g} {row.unit}".strip())


def _number(row: Measure, value: Value) -> float | None:
    if not isinstance(value, str):
        return value
    return float(row.verdicts.index(value)) if value in row.verdicts else None


def line_html(snapshot: Snapshot) -> str:
    """Return all that was measured in one line, the camera first; "" where nothing was."""
    shown = " · ".join(
        f'<span title="{escaped(one.definition)}">{isolated(one.sentence)}</span>'
        for one in _told_once(readings(snapshot))
    )
    return f'<p class="{CLASS}" style="{_LINE}">{shown}</p>' if shown else ""


def _told_once(shown: Sequence[MeasureWords]) -> list[MeasureWords]:
    """Return the readings whose sentence no earlier one has: the camera's says what was seen."""
    told: dict[str, MeasureWords] = {}
    for one in shown:
        if one.key != "camera_seen":
            told.setdefault(one.sentence, one)
    return list(told.values())


def line_state(snapshot: Snapshot) -> list[list[str]]:
    """Return the line for a live card: pairs of a sentence and its definition."""
    return [[one.sentence, one.definition] for one in _told_once(readings(snapshot))]


def columns_state() -> list[list[str]]:
    """Return the columns of a live table: key, title and definition of each."""
    measured = ((row.key, one_line(row.title), one_line(row.definition)) for row in all_measures())
    return [list(one) for one in (*_OPINIONS, *measured)]


def cell_state(snapshot: Snapshot) -> dict[str, list[str | float | None]]:
    """Return what a live table shows of one clip: text and number by key."""
    return {one.key: [one.text, one.number] for one in (*_opinions(snapshot), *readings(snapshot))}


def votes_state(win_rate: float | None) -> dict[str, list[str | float]]:
    """Return the same of the votes, from the chance of a clip's prompt, 0 to 1."""
    return {} if win_rate is None else {VOTES: [_chance(win_rate), win_rate]}


def sentences_state(snapshot: Snapshot) -> dict[str, str]:
    """Return what a tile says of a clip that stands in a measure's order, by key."""
    return {one.key: one.sentence for one in readings(snapshot)}


def orders_state() -> list[list[str]]:
    """Return the measures in whose order clips can stand: key and title of each."""
    return [[row.key, one_line(row.title)] for row in all_measures() if row.has_order]


def _opinions(snapshot: Snapshot, win_rate: float | None = None) -> tuple[MeasureWords, ...]:
    """Return what people think of a clip, as far as anybody said it."""
    stars = snapshot.rating.stars
    said: dict[str, tuple[str, float]] = {}
    if stars and snapshot.state == "done":
        said[STARS] = (str(stars), stars)
    if win_rate is not None:
        said[VOTES] = (_chance(win_rate), win_rate)
    return tuple(
        MeasureWords(
            key=key,
            title=title,
            definition=definition,
            text=said[key][0],
            sentence=f"{title} {said[key][0]}",
            number=said[key][1],
        )
        for key, title, definition in _OPINIONS
        if key in said
    )


def _chance(win_rate: float) -> str:
    return f"{100 * win_rate:.0f} %"


def table_html(
    clips: Sequence[tuple[str, Snapshot]], win_rates: Sequence[float | None] = ()
) -> str:
    """Return a row for each clip, by label, and a column for each measure that one of them has.

    ``win_rates`` are what the votes say of each clip's prompt, 0 to 1; none where nobody voted.
    """
    rated = win_rates or [None] * len(clips)
    found = [
        (label, {one.key: one for one in (*_opinions(snapshot, rate), *readings(snapshot))})
        for (label, snapshot), rate in zip(clips, rated, strict=True)
    ]
    titles = {key: one for _, row in found for key, one in row.items()}
    keys = [key for key, *_ in columns_state() if key in titles]
    if not keys:
        return ""
    heads = "".join(
        f'<th scope="col" data-key="{escaped(key)}" title="{escaped(titles[key].definition)}"'
        f' style="{_CELL}font-weight:600">{isolated(titles[key].title)}</th>'
        for key in keys
    )
    spans = {key: _span([row[key].number for _, row in found if key in row]) for key in keys}
    rows = "".join(
        f'<tr data-label="{escaped(label)}"><th scope="row" style="{_LABEL}">'
        f"{isolated(label)}</th>{''.join(_cell(row.get(key), spans[key]) for key in keys)}</tr>"
        for label, row in found
    )
    opened = " open" if len(clips) < FOLDED_FROM else ""
    return (
        f'<details class="{CLASS}"{opened} style="margin:0 0 8px 0">'
        '<summary style="cursor:pointer;margin:0 0 4px 0">Measures</summary>'
        '<div style="margin:0 0 4px 0;overflow-x:auto" tabindex="0" role="region"'
        ' aria-label="Measures of the clips">'
        '<table style="margin:0;border-collapse:collapse;font-size:12px">'
        f'<thead><tr><th scope="col" style="{_CELL}font-weight:600">clip</th>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
        f'<p style="margin:0;font-size:11px;opacity:0.78">{_CAUTION}</p></details>'
    )


def _span(numbers: Sequence[float | None]) -> tuple[float, float]:
    found = [number for number in numbers if number is not None]
    return (min(found), max(found)) if found else (0.0, 0.0)


def _cell(one: MeasureWords | None, span: tuple[float, float]) -> str:
    if one is None:
        return f'<td style="{_CELL}">{NONE}</td>'
    low, high = span
    number = "" if one.number is None else f' data-number="{one.number!r}"'
    shade = ""
    if one.number is not None and high > low:
        alpha = round(_ALPHA_MAX * (one.number - low) / (high - low))
        shade = f"background:{SHADE}{alpha:02x}"
    more = f' title="{escaped(one.sentence)}"' if one.sentence != f"{one.title} {one.text}" else ""
    return f'<td{number}{more} style="{_CELL}{shade}">{isolated(one.text)}</td>'
