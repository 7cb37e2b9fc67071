"""What votes say, for the eye: the ranking as a plot in a table, values of axes, judges.

Pure, and static: with no script and no style it is a table of words. It knows what was reckoned,
not how.
"""

from collections.abc import Iterable, Sequence

from hailuo_nb.judging.ranking import Ranking, Row
from hailuo_nb.judging.votes import Agreement
from hailuo_nb.session.judge import Standing
from hailuo_nb.views.text import escaped, isolated, one_line
from hailuo_nb.views.tile import ACCENT, BORDER, row

_ROOT = f"{BORDER};padding:12px;max-width:860px"
_LINE = "margin:0 0 8px 0;overflow-wrap:anywhere"
_QUIET = f"{_LINE};font-size:12px;opacity:0.78"
_CELL = "padding:4px 16px 4px 0;text-align:left;vertical-align:middle;font-weight:"
_NUMBER = f"{_CELL}400;white-space:nowrap;font-variant-numeric:tabular-nums"
_WIDE = "clamp(112px,22vw,220px)"
_LINES_MAX = 6


def result_html(standing: Standing, *, again: str) -> str:
    """Return what the votes say, the best prompt first.

    Parameters
    ----------
    standing
        What was reckoned.
    again
        The line that takes judging up again, "" where there is none.
    """
    footer = f"<code>{escaped(again)}</code> takes it up again, free." if again else ""
    first, more = _headline(standing)
    note = row(isolated(more), _LINE) if more else ""
    return (
        f'<div class="hailuo-votes" style="{_ROOT}">'
        f'<p style="{_LINE}"><strong>{isolated(first)}</strong></p>{note}'
        f"{_table(standing.ranking)}{_folded(_axes(standing))}{_listed(_judges(standing))}"
        f'<p style="{_QUIET}">{_READING} {footer}</p></div>'
    )


def result_text(standing: Standing, *, again: str) -> str:
    """Return `result_html` in plain text."""
    first, more = _headline(standing)
    rows = [*map(str, standing.ranking), *filter(None, [more])]
    lines = [first, *rows, *_axes(standing), *_judges(standing)]
    return "\n".join([*map(_cleaned, lines), *([f"{again} takes it up again."] if again else [])])


def _cleaned(text: str) -> str:
    return "\n".join(map(one_line, text.split("\n")))


_READING = (
    "The win rate is a prompt's chance against another one, drawn evenly; in brackets its "
    "95 % interval."
)


def _headline(standing: Standing) -> tuple[str, str]:
    """Return how far it is, and what to know of it."""
    ranking, found = standing.ranking, standing.verdict
    if not ranking.is_known:
        return ranking.note, ""
    leader = _leader(ranking) if found.state == "open" else ""
    return f"{leader}{found}", ranking.note


def _leader(ranking: Ranking) -> str:
    """Return who is ahead, "" where the figures do not show it."""
    first, second = (_percent(of.win_rate or 0.0) for of in ranking[:2])
    return f"{ranking[0].name} leads so far. " if first > second else ""


def _listed(lines: Sequence[str]) -> str:
    return "".join(row(isolated(line), _LINE) for line in lines)


def _folded(lines: Sequence[str]) -> str:
    """Return the lines, folded where there are many."""
    if len(lines) <= _LINES_MAX:
        return _listed(lines)
    summary = f'<summary style="cursor:pointer">Value against value ({len(lines)})</summary>'
    return f'<details style="margin:0 0 8px 0">{summary}{_listed(lines)}</details>'


def _table(ranking: Ranking) -> str:
    heads = ("prompt", _scale(), "win rate", "votes")
    head = "".join(f'<th scope="col" style="{_CELL}600">{one}</th>' for one in heads)
    rows = "".join(map(_row, ranking))
    return (
        '<div style="margin:0 0 8px 0;overflow-x:auto">'
        '<table style="margin:0;border-collapse:collapse;font-size:13px">'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _scale() -> str:
    """Return what stands above the plots: where 0, 50 and 100 % are."""
    marks = "".join(
        f'<span style="text-align:{side}">{percent}&nbsp;%</span>'
        for percent, side in ((0, "start"), (50, "center"), (100, "end"))
    )
    style = f"display:grid;grid-template-columns:1fr auto 1fr;width:{_WIDE};font-weight:400"
    return f'<span style="{style};font-size:11px">{marks}</span>'


def _row(of: Row) -> str:
    chance = "–"
    if of.win_rate is not None and of.low is not None and of.high is not None:
        chance = f"{_percent(of.win_rate)} % [{_percent(of.low)}, {_percent(of.high)}]"
    return (
        f'<tr><th scope="row" style="{_CELL}400;overflow-wrap:anywhere">{isolated(of.name)}</th>'
        f'<td style="{_CELL}400">{_plot(of)}</td>'
        f'<td style="{_NUMBER}">{chance}</td><td style="{_NUMBER}">{of.votes}</td></tr>'
    )


def _plot(of: Row) -> str:
    """Return an interval from 0 to 100 % with its middle; the figures stand beside it."""
    drawn = _stroke(50, 50, 0, 16, "currentColor;stroke-width:1;opacity:0.35")
    if of.win_rate is not None and of.low is not None and of.high is not None:
        low, middle, high = (100 * one for one in (of.low, of.win_rate, of.high))
        drawn += _stroke(low, high, 8, 8, f"{ACCENT};stroke-width:3;opacity:0.5")
        drawn += _stroke(middle, middle, 2, 14, f"{ACCENT};stroke-width:4")
    return (
        '<svg aria-hidden="true" viewBox="0 0 100 16" preserveAspectRatio="none" '
        f'style="display:block;width:{_WIDE};height:16px;overflow:visible">{drawn}</svg>'
    )


def _stroke(x1: float, x2: float, y1: float, y2: float, how: str) -> str:
    return (
        f'<line x1="{x1:.1f}" x2="{x2:.1f}" y1="{y1:g}" y2="{y2:g}" '
        f'vector-effect="non-scaling-stroke" style="stroke:{how}"/>'
    )


def _percent(chance: float) -> int:
    return round(100 * chance)


def _axes(standing: Standing) -> list[str]:
    """Return each two values of each axis, where there is more than one axis."""
    if len(standing.axes) < 2:
        return []
    return [
        f"{axis}: {duel}, all else alike."
        for axis in standing.axes
        for duel in standing.ranking.by_axis(axis)
    ]


def _judges(standing: Standing) -> list[str]:
    return [*_named(standing.judges), *map(_agreed, standing.agreement)]


def _named(judges: Sequence[str]) -> Iterable[str]:
    if len(judges) > 1:
        yield f"{len(judges)} judges: {', '.join(judges)}."


def _agreed(of: Agreement) -> str:
    if of.first == of.second:
        return f"{of.first} said the same {of.same} of {of.asked} times that a pair came again."
    pairs = f"{of.asked} pair{'s' * (of.asked != 1)}"
    return f"{of.first} and {of.second} said the same of {of.same} of {pairs}."
