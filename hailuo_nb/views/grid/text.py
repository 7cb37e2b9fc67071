"""The grid in plain text: one aligned line for each clip, then reasons and notes.

Pure. It knows how wide signs are on a terminal, and nothing of markup.
"""

import unicodedata
from collections.abc import Sequence

from hailuo_nb.core.task import FINAL
from hailuo_nb.views import words
from hailuo_nb.views.compare.clips import Clip
from hailuo_nb.views.grid.layout import Board
from hailuo_nb.views.grid.words import (
    all_notes,
    label_words,
    left_out_words,
    summary_words,
)
from hailuo_nb.views.text import is_embedded, plain

_NONE = "–"
_LABEL_CHARS_MAX = 60
_HEADS = ("label", "state", "credits", "file")


def grid_text(board: Board, clips: Sequence[Clip]) -> str:
    """Return label, state, credits and file of each clip, aligned, with the reasons below."""
    snapshots = [clip.snapshot for clip in clips]
    mark = f"[{words.SIMULATED}] " if any(one.simulated for one in snapshots) else ""
    lines = [mark + summary_words(snapshots), *_aligned([_HEADS, *map(_facts, clips)])]
    for clip in clips:
        explained = words.explanation(clip.snapshot)
        lines += [f"{_name(clip)}: {_one_line(explained)}"] if explained else []
    lines += [
        f"Left out: {': '.join(map(_one_line, left_out_words(one)))}" for one in board.left_out
    ]
    lines += map(_one_line, all_notes(board.notes, snapshots))
    is_over = all(snapshot.state in FINAL for snapshot in snapshots)
    return "\n".join(lines if is_over else [*lines, words.see_again(snapshots)])


def _facts(clip: Clip) -> tuple[str, ...]:
    snapshot = clip.snapshot
    credits = _NONE if snapshot.credits is None else f"{snapshot.credits:g}"
    return _name(clip), words.state_words(snapshot), credits, _file(clip)


def _file(clip: Clip) -> str:
    address = clip.address
    if address and not is_embedded(address):
        return address
    return _one_line(str(clip.snapshot.video)) if clip.snapshot.video else _NONE


def _name(clip: Clip) -> str:
    name = label_words(clip.label, clip.snapshot)
    return name if len(name) <= _LABEL_CHARS_MAX else f"{name[: _LABEL_CHARS_MAX - 1]}…"


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


def _one_line(text: str) -> str:
    return " ".join(plain(text).split())
