"""The history as a table for the eye and as rows for machines; pure."""

from collections.abc import Sequence

from hailuo_nb.core.models import short_name
from hailuo_nb.core.rating import Rating
from hailuo_nb.core.task import Snapshot
from hailuo_nb.core.told import told
from hailuo_nb.core.words import date_words, unreadable_words
from hailuo_nb.views.facts import Facts
from hailuo_nb.views.text import aligned, escaped, one_line

PROMPT_CHARS = 60
PICTURE_PX = 112
NOTHING = "The history is empty."
_COLUMNS = ("when", "name", "id", "state", "model", "credits", "rating", "prompt")
_JSON = (
    *("id", "name", "task_id", "state", "model", "prompt", "credits", "video", "service"),
    *("error", "unreadable"),
)


def history_row(snapshot: Snapshot) -> dict[str, object]:
    """Return one task as plain values, ready for JSON."""
    known = told(snapshot)
    return {"taskId" if name == "task_id" else name: known[name] for name in _JSON}


def history_text(clips: Sequence[Facts], *, nothing: str = NOTHING) -> str:
    """Return the tasks as aligned columns of text."""
    if not clips:
        return nothing
    return "\n".join(aligned([_COLUMNS, *map(_cells, clips)]))


def history_html(clips: Sequence[Facts], *, nothing: str = NOTHING) -> str:
    """Return the tasks as an HTML table: each with its picture, a clip plays there on a click."""
    if not clips:
        return f"<p>{nothing}</p>"
    head = "".join(f'<th style="text-align:left">{column}</th>' for column in ("", *_COLUMNS))
    body = "".join(map(_row_html, clips))
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _row_html(of: Facts) -> str:
    cells = "".join(
        f'<td style="text-align:left" dir="auto">{escaped(cell)}</td>' for cell in _cells(of)
    )
    return f"<tr><td>{_picture(of)}</td>{cells}</tr>"


def _picture(of: Facts) -> str:
    poster, name = escaped(of.poster), escaped(of.name)
    if of.address:
        return (
            f'<video src="{escaped(of.address)}" poster="{poster}" width="{PICTURE_PX}" controls'
            f' preload="none" aria-label="{name}"></video>'
        )
    return f'<img src="{poster}" width="{PICTURE_PX}" alt="{name}">' if poster else ""


def _cells(of: Facts) -> tuple[str, ...]:
    snapshot = of.snapshot
    odd = snapshot.unreadable
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
        _rated(snapshot.rating),
        prompt,
    )


def _rated(rating: Rating) -> str:
    """Return stars, the winner's mark and tags in few signs."""
    stars = "\N{BLACK STAR}" * (rating.stars or 0)
    words = [stars, "wins" if rating.wins else "", *(f"#{tag}" for tag in rating.tags)]
    return " ".join(filter(None, words))
