"""The history as a table for the eye and as rows for machines; pure."""

from collections.abc import Sequence

from hailuo_nb.core.models import short_name
from hailuo_nb.core.task import Snapshot
from hailuo_nb.core.told import told
from hailuo_nb.core.words import date_words, unreadable_words
from hailuo_nb.views.facts import Facts
from hailuo_nb.views.text import aligned, escaped, one_line

PROMPT_CHARS = 60
_COLUMNS = ("when", "name", "id", "state", "model", "credits", "prompt")
_JSON = (
    *("id", "name", "task_id", "state", "model", "prompt", "credits", "video", "service"),
    *("error", "unreadable"),
)


def history_row(snapshot: Snapshot) -> dict[str, object]:
    """Return one task as plain values, ready for JSON."""
    known = told(snapshot)
    return {"taskId" if name == "task_id" else name: known[name] for name in _JSON}


def history_text(snapshots: Sequence[Snapshot]) -> str:
    """Return the tasks as aligned columns of text."""
    if not snapshots:
        return "The history is empty."
    return "\n".join(aligned([_COLUMNS, *map(_cells, snapshots)]))


def history_html(snapshots: Sequence[Snapshot]) -> str:
    """Return the tasks as an HTML table."""
    if not snapshots:
        return "<p>The history is empty.</p>"
    head = "".join(f'<th style="text-align:left">{column}</th>' for column in _COLUMNS)
    body = "".join(map(_row_html, snapshots))
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _row_html(snapshot: Snapshot) -> str:
    cells = "".join(
        f'<td style="text-align:left" dir="auto">{escaped(cell)}</td>' for cell in _cells(snapshot)
    )
    return f"<tr>{cells}</tr>"


def _cells(snapshot: Snapshot) -> tuple[str, ...]:
    of, odd = Facts(snapshot=snapshot), snapshot.unreadable
    prompt = one_line(of.prompt)
    if odd:
        prompt = f"{unreadable_words(snapshot)}: {', '.join(odd)}"
    elif len(prompt) > PROMPT_CHARS:
        prompt = prompt[: PROMPT_CHARS - 1] + "…"
    return (
        "" if "created_at" in odd else date_words(snapshot.created_at),
        snapshot.name or "",
        snapshot.id,
        of.state + (" SIMULATED" if of.is_simulated else ""),
        short_name(of.request.model),
        of.credits,
        prompt,
    )
