"""The grid in plain text: one aligned line for each clip, then reasons and notes.

Pure. It knows how wide signs are on a terminal, and nothing of markup.
"""

import unicodedata
from collections.abc import Sequence

from hailuo_nb.views import words
from hailuo_nb.views.facts import Facts
from hailuo_nb.views.grid.layout import Board
from hailuo_nb.views.grid.words import all_notes, left_out_words, summary_words
from hailuo_nb.views.text import one_line

_NONE = "–"
_LABEL_CHARS_MAX = 60
_HEADS = ("label", "state", "credits", "file")


def grid_text(board: Board, clips: Sequence[Facts]) -> str:
    """Return label, state, credits and file of each clip, aligned, with the reasons below."""
    snapshots = [clip.snapshot for clip in clips]
    mark = next((clip.mark for clip in clips if clip.mark), "")
    lines = [mark + summary_words(snapshots), *_aligned([_HEADS, *map(_row, clips)])]
    lines += [f"{_name(clip)}: {one_line(clip.explanation)}" for clip in clips if clip.explanation]
    lines += [
        f"Left out: {': '.join(map(one_line, left_out_words(one)))}" for one in board.left_out
    ]
    lines += map(one_line, all_notes(board.notes, snapshots))
    is_over = all(clip.is_over for clip in clips)
    return "\n".join(lines if is_over else [*lines, words.see_again(snapshots, board.notes)])


def _row(of: Facts) -> tuple[str, ...]:
    credits = of.snapshot.credits
    amount = _NONE if credits is None else f"{credits:g}"
    return _name(of), of.status, amount, of.lies_at or _NONE


def _name(of: Facts) -> str:
    return of.name if len(of.name) <= _LABEL_CHARS_MAX else f"{of.name[: _LABEL_CHARS_MAX - 1]}…"


def _aligned(rows: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(map(_padded, row, widths)).rstrip() for row in rows]


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _width(text: str) -> int:
    """Return how many columns a text takes on a terminal."""
    return sum(_columns(sign) for sign in text)


def _columns(sign: str) -> int:
    if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in ("W", "F") else 1
