"""The history as a table for the eye and as rows for machines; pure."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from hailuo_nb.core.models import short_name
from hailuo_nb.core.rating import Rating
from hailuo_nb.core.task import Snapshot, told
from hailuo_nb.core.words import date_words, unreadable_words
from hailuo_nb.views.facts import Facts
from hailuo_nb.views.text import aligned, escaped, one_line

PROMPT_CHARS = 60
PIECE_LINES = 500
PICTURE_PX = (160, 90)
"""Width and height; on a narrower clip a browser has no room for the button that plays it."""

NOTHING = "The history is empty."
_COLUMNS = ("when", "name", "id", "state", "model", "credits", "rating", "prompt")
_LEFT = "text-align:left"
_STYLES = dict.fromkeys(_COLUMNS, _LEFT) | {
    "when": f"{_LEFT};white-space:nowrap",
    "model": f"{_LEFT};white-space:nowrap",
    "prompt": f"{_LEFT};min-width:180px",
}
_AS_THEY_ARE = (
    "state",
    "model",
    "prompt",
    "credits",
    "video",
    "service",
    "error",
    "unreadable",
    "imported",
)
JSON_NAMES = {name: name for name in ("id", "name")} | {"task_id": "taskId"}
JSON_NAMES |= {name: name for name in _AS_THEY_ARE}
"""What is told of a task to machines, and what it is called there."""


def history_row(snapshot: Snapshot) -> dict[str, object]:
    """Return one task as plain values, ready for JSON."""
    known = told(snapshot) | {"imported": snapshot.imported is not None}
    return {called: known[name] for name, called in JSON_NAMES.items()}


def json_list(lines: Iterable[str]) -> Iterator[str]:
    """Yield a JSON list of objects piece by piece, an object a line."""
    rest, begins = iter(lines), "[\n"
    while some := ",\n".join(islice(rest, PIECE_LINES)):
        yield begins + some
        begins = ",\n"
    yield "[]\n" if begins == "[\n" else "\n]\n"


def history_text(clips: Sequence[Facts], *, nothing: str = NOTHING, more: int = 0) -> str:
    """Return the tasks as aligned columns of text, and how many more there are."""
    if not clips:
        return nothing
    return "\n".join([*aligned([_COLUMNS, *map(_cells, clips)]), *_rest(more)])


def history_html(clips: Sequence[Facts], *, nothing: str = NOTHING, more: int = 0) -> str:
    """Return the tasks as an HTML table: each with its picture, a clip plays there on a click.

    ``more`` is how many there are besides.
    """
    if not clips:
        return f"<p>{nothing}</p>"
    head = "".join(f'<th scope="col" style="{_LEFT}">{column}</th>' for column in _COLUMNS)
    body = "".join(map(_row_html, clips))
    return (
        '<div style="overflow-x:auto" tabindex="0" role="region" aria-label="Clips found">'
        f"<table><thead><tr><td></td>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        + "".join(f"<p>{line}</p>" for line in _rest(more))
    )


def _rest(more: int) -> list[str]:
    return [f"{more} more; --limit N shows so many."] if more else []


def _row_html(of: Facts) -> str:
    cells = "".join(
        f'<td style="{_STYLES[column]}" dir="auto">{escaped(cell)}</td>'
        for column, cell in zip(_COLUMNS, _cells(of), strict=True)
    )
    return f"<tr><td>{_picture(of)}</td>{cells}</tr>"


def _picture(of: Facts) -> str:
    poster, name = escaped(of.poster), escaped(of.name)
    width, height = PICTURE_PX
    style = "max-width:none;background:#000;object-fit:contain"
    size = f'width="{width}" height="{height}" style="{style}"'
    if of.address:
        return (
            f'<video src="{escaped(of.address)}" poster="{poster}" {size} controls'
            f' preload="none" aria-label="{name}"></video>'
        )
    return f'<img src="{poster}" {size} alt="{name}">' if poster else ""


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
        of.state + " SIMULATED" * of.is_simulated + " IMPORTED" * of.is_imported,
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
