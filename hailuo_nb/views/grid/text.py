"""The grid in plain text: one aligned line for each clip, then reasons and notes.

Pure. It knows nothing of markup.
"""

from collections.abc import Sequence

from hailuo_nb.views import words
from hailuo_nb.views.facts import Facts
from hailuo_nb.views.grid.layout import Board
from hailuo_nb.views.grid.words import all_notes, left_out_words, summary_words
from hailuo_nb.views.text import aligned, one_line

_NONE = "–"
_LABEL_CHARS_MAX = 60
_HEADS = ("label", "state", "credits", "file")


def grid_text(board: Board, clips: Sequence[Facts]) -> str:
    """Return label, state, credits and file of each clip, aligned, with the reasons below."""
    mark = next((clip.mark for clip in clips if clip.mark), "")
    lines = [mark + summary_words(clips), *aligned([_HEADS, *map(_row, clips)])]
    lines += [f"{_name(clip)}: {one_line(clip.explanation)}" for clip in clips if clip.explanation]
    lines += [
        f"Left out: {': '.join(map(one_line, left_out_words(one)))}" for one in board.left_out
    ]
    lines += map(one_line, all_notes(board.notes, clips))
    if not all(clip.is_over for clip in clips):
        lines.append(words.see_again([clip.handle for clip in clips], board.notes))
    return "\n".join(lines)


def _row(of: Facts) -> tuple[str, ...]:
    return _name(of), of.status, of.credits or _NONE, of.lies_at or _NONE


def _name(of: Facts) -> str:
    return of.name if len(of.name) <= _LABEL_CHARS_MAX else f"{of.name[: _LABEL_CHARS_MAX - 1]}…"
