"""The history as a table for the eye and as rows for machines; pure."""

from collections.abc import Sequence

from hailuo_nb.core.models import short_name
from hailuo_nb.core.task import Snapshot
from hailuo_nb.core.words import date_words, unreadable_words
from hailuo_nb.views.text import escaped, plain

PROMPT_CHARS = 60
_COLUMNS = ("when", "name", "id", "state", "model", "credits", "prompt")


def history_row(snapshot: Snapshot) -> dict[str, object]:
    """Return one task as plain values, ready for JSON."""
    return {
        "id": snapshot.id,
        "name": snapshot.name,
        "taskId": snapshot.task_id,
        "state": snapshot.state,
        "model": snapshot.request.model,
        "prompt": snapshot.request.prompt,
        "credits": snapshot.credits,
        "video": str(snapshot.video) if snapshot.video else None,
        "service": snapshot.service,
        "error": snapshot.error,
        "unreadable": list(snapshot.unreadable),
    }


def history_text(snapshots: Sequence[Snapshot]) -> str:
    """Return the tasks as aligned columns of text."""
    if not snapshots:
        return "The history is empty."
    rows = [_COLUMNS, *(_cells(snapshot) for snapshot in snapshots)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_COLUMNS))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    return "\n".join(lines)


def history_html(snapshots: Sequence[Snapshot]) -> str:
    """Return the tasks as an HTML table."""
    if not snapshots:
        return "<p>The history is empty.</p>"
    head = "".join(f'<th style="text-align:left">{column}</th>' for column in _COLUMNS)
    body = "".join(_row_html(snapshot) for snapshot in snapshots)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _row_html(snapshot: Snapshot) -> str:
    cells = "".join(
        f'<td style="text-align:left" dir="auto">{escaped(cell)}</td>' for cell in _cells(snapshot)
    )
    return f"<tr>{cells}</tr>"


def _cells(snapshot: Snapshot) -> tuple[str, ...]:
    credits = "" if snapshot.credits is None else f"{snapshot.credits:g}"
    simulated = " SIMULATED" if snapshot.simulated else ""
    prompt = " ".join(plain(snapshot.request.prompt).split())
    if snapshot.unreadable:
        prompt = f"{unreadable_words(snapshot)}: {', '.join(snapshot.unreadable)}"
    elif len(prompt) > PROMPT_CHARS:
        prompt = prompt[: PROMPT_CHARS - 1] + "…"
    return (
        "" if "created_at" in snapshot.unreadable else date_words(snapshot.created_at),
        snapshot.name or "",
        snapshot.id,
        snapshot.state + simulated,
        short_name(snapshot.request.model),
        credits,
        prompt,
    )
