"""A look at the budget: what is there, held, spent and allowed, as text and as HTML; pure.

The plot holds no text of its own, so that nothing is left of it where SVG is not shown;
the tables say the same in figures.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from hailuo_nb.core.budget import CELL_CREDITS_MAX, DAYS, Cap, Entry, Per, Report
from hailuo_nb.core.models import short_name
from hailuo_nb.core.pricing import PRICES_AS_OF, amount_words
from hailuo_nb.views.reports.budget_plot import BudgetRow, plot_svg
from hailuo_nb.views.text import escaped, isolated, plain
from hailuo_nb.views.tile import BORDER

ROWS_MAX = 8
BAR_CHARS = 20
EARLIER = "earlier"
NO_NAME = "(unknown)"
_LINE = "var(--jp-border-color2,var(--vscode-panel-border,#80808066))"
_FIGURE = f"{BORDER};max-width:640px;padding:14px 16px 10px 16px"
_QUIET = "font-size:12px;opacity:0.78"
_TABLES = "display:flex;flex-wrap:wrap;align-items:flex-start;gap:12px 36px"
_NUMBER = "text-align:right;padding:1px 0 1px 14px;font-variant-numeric:tabular-nums"
_LABEL = "text-align:left;padding:1px 0;font-weight:400;overflow-wrap:anywhere"


def budget_text(report: Report) -> str:
    """Return the budget in lines and tables of plain text."""
    lines = [f"Budget at {plain(report.service)}"]
    lines += [f"  {name:<14}{words}" for name, words in _facts(report)]
    lines += [f"  {cap_words(report, per)}" for per in ("day", "session")]
    lines += [f"  {words}" for words in _notes(report)]
    if not report.entries:
        return "\n".join([*lines, "", "Nothing was paid for yet."])
    for title, rows in _tables(report):
        lines += ["", *_text_table(title, rows)]
    return "\n".join(lines)


def budget_html(report: Report) -> str:
    """Return the budget as a figure with a plot of the last 14 days."""
    facts = "".join(_tile(name, words) for name, words in _facts(report))
    caps = "<br>".join(escaped(cap_words(report, per)) for per in ("day", "session"))
    notes = "<br>".join(escaped(words) for words in _notes(report))
    plot = plot_svg(_days(report), cap=_day_cap(report)) if report.entries else ""
    tables = "".join(_html_table(title, rows) for title, rows in _tables(report))
    rest = tables or '<p style="margin:0">Nothing was paid for yet.</p>'
    return (
        f'<figure style="{_FIGURE}" aria-label="Budget"><figcaption style="margin:0 0 10px 0">'
        f'<strong style="font-size:15px">Budget</strong> <span style="{_QUIET}">at '
        f"{isolated(report.service)}</span></figcaption>"
        f'<div style="display:flex;flex-wrap:wrap;gap:10px 28px">{facts}</div>'
        f'<p style="margin:10px 0">{caps}<br><span style="{_QUIET}">{notes}</span>'
        f'</p>{plot}<div style="{_TABLES}">{rest}</div></figure>'
    )


def _notes(report: Report) -> list[str]:
    limit = f"A cell above {CELL_CREDITS_MAX:g} credits needs --max-credits."
    free = ["The simulator is in use: its credits count in no budget."] * report.simulated
    return [*free, f"{limit} Holds are by the price list of {PRICES_AS_OF}."]


def _facts(report: Report) -> list[tuple[str, str]]:
    """Return the headline figures with their names, in credits."""
    spending, entries = report.spending, report.entries
    balance = "unknown" if report.balance is None else amount_words(report.balance)
    return [
        ("balance", "simulated" if report.simulated else balance),
        ("held", amount_words(sum(entry.held for entry in entries))),
        ("spent today", amount_words(spending.spent_today)),
        ("this session", amount_words(spending.spent_session)),
        ("ever", amount_words(sum(entry.spent for entry in entries))),
    ]


def cap_words(report: Report, per: Per) -> str:
    """Return what a cap allows now, in one line."""
    where = "a day over all your kernels" if per == "day" else "for this session"
    caps = [cap for cap in report.caps if cap.per == per]
    if not caps:
        return "No daily cap over all your kernels." if per == "day" else f"No cap {where}."
    spent, held = report.spending.spent(per), report.spending.held(per)
    return (
        f"At most {amount_words(caps[0].credits)} credits {where}: "
        f"{amount_words(report.spending.left(caps[0]))} left "
        f"({amount_words(spent)} spent, {amount_words(held)} held)."
    )


def _day_cap(report: Report) -> Cap | None:
    return next((cap for cap in report.caps if cap.per == "day"), None)


def _tables(report: Report) -> list[tuple[str, list[BudgetRow]]]:
    if not report.entries:
        return []
    return [
        ("day", _by_day(report)),
        ("model", _largest(_summed(report.entries, lambda entry: short_name(entry.model)))),
        ("notebook", _largest(_summed(report.entries, lambda entry: entry.notebook or NO_NAME))),
    ]


def _days(report: Report) -> list[BudgetRow]:
    """Return one row for each of the last 14 days, the oldest first."""
    rows = {row.label: row for row in _summed(report.entries, lambda entry: entry.day)}
    return [
        rows.get(day) or BudgetRow(label=day, spent=0.0, held=0.0) for day in _last_days(report)
    ]


def _by_day(report: Report) -> list[BudgetRow]:
    """Return the last 14 days as far as there is anything, newest first, and all before."""
    first = _last_days(report)[0]
    rows = _summed(report.entries, lambda entry: entry.day if entry.day >= first else EARLIER)
    return sorted(rows, key=lambda row: "" if row.label == EARLIER else row.label, reverse=True)


def _last_days(report: Report) -> list[str]:
    today = date.fromisoformat(report.day)
    return [(today - timedelta(days=back)).isoformat() for back in reversed(range(DAYS))]


def _summed(entries: Iterable[Entry], label: Callable[[Entry], str]) -> list[BudgetRow]:
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(label(entry), []).append(entry)
    return [
        BudgetRow(
            label=key, spent=sum(one.spent for one in some), held=sum(one.held for one in some)
        )
        for key, some in found.items()
    ]


def _largest(rows: list[BudgetRow]) -> list[BudgetRow]:
    """Return the rows by size, the small ones of many as one."""
    ordered = sorted(rows, key=lambda row: -(row.spent + row.held))
    rest = ordered[ROWS_MAX - 1 :]
    if len(rest) <= 1:
        return ordered
    spent, held = sum(row.spent for row in rest), sum(row.held for row in rest)
    others = BudgetRow(label=f"{len(rest)} others", spent=spent, held=held)
    return [*ordered[: ROWS_MAX - 1], others]


def _text_table(title: str, rows: list[BudgetRow]) -> list[str]:
    labels = [" ".join(plain(row.label).split()) for row in rows]
    width = max(len(label) for label in [title, *labels])
    most = max((row.spent + row.held for row in rows if row.label != EARLIER), default=0.0)
    lines = [f"{title:<{width}}{'spent':>10}{'held':>10}"]
    for label, row in zip(labels, rows, strict=True):
        figures = f"{amount_words(row.spent):>10}{amount_words(row.held):>10}"
        lines.append(f"{label:<{width}}{figures}  {_text_bar(row, most)}".rstrip())
    return lines


def _text_bar(row: BudgetRow, most: float) -> str:
    if row.label == EARLIER:
        return ""
    spent = round(BAR_CHARS * row.spent / most)
    return "█" * spent + "░" * (round(BAR_CHARS * (row.spent + row.held) / most) - spent)


def _html_table(title: str, rows: list[BudgetRow]) -> str:
    head = "".join(
        f'<th scope="col" style="{style};font-weight:400;{_QUIET}">{name}</th>'
        for name, style in ((title, _LABEL), ("spent", _NUMBER), ("held", _NUMBER))
    )
    body = "".join(
        f'<tr style="background:none"><th scope="row" style="{_LABEL}">{isolated(row.label)}</th>'
        f'<td style="{_NUMBER}">{amount_words(row.spent)}</td>'
        f'<td style="{_NUMBER}">{amount_words(row.held)}</td></tr>'
        for row in rows
    )
    return (
        '<table style="border-collapse:collapse;margin:0;font-size:12px;flex:0 1 auto">'
        f'<thead style="border-bottom:1px solid {_LINE}"><tr style="background:none">{head}</tr>'
        f"</thead><tbody>{body}</tbody></table>"
    )


def _tile(name: str, words: str) -> str:
    big = "font-size:18px;font-weight:600" if len(words) < 16 else ""
    return (
        f'<div><div style="{_QUIET}">{name.capitalize()}</div>'
        f'<div style="{big}">{escaped(words)}</div></div>'
    )
