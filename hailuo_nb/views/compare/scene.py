"""Where each clip stands in a film, and the words around it.

Pure: places and sizes in, boxes in px out. The film is laid out as the grid is, in shares of its
width, and made as large as its kind and its clips allow.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hailuo_nb.media.film import Box, Scene, Text
from hailuo_nb.views.grid.layout import Layout, Sheet

SIDES_PX_MAX = {"mp4": (1920, 1920), "gif": (640, 640), "webp": (960, 960)}
"""How large a film becomes: one for a screen, and two that travel in pages and mails."""

PIXELS_MAX = {"mp4": 2_300_000, "gif": 250_000, "webp": 550_000}

GAP = 0.004
HEAD, ROW_HEAD = 0.045, 0.11
"""Shares of the width: a line of heads above clips, and the heads beside them."""

SIZE = 0.016
"""Of letters; never under `SIZE_PX_MIN`."""

SIZE_PX_MIN = 11


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """What stands in one place: its clips, one after another, or in words why there is none."""

    label: str
    clips: tuple[Path, ...] = ()
    reason: str = ""


Area = tuple[float, float, float, float]
"""Left, top, width and height in shares of the film's width."""


@dataclass(slots=True)
class _Drawing:
    """A film being laid out, in shares of its width."""

    tiles: list[tuple[Area, tuple[Path, ...]]]
    words: list[tuple[str, Area]]
    height: float = 0.0


def scene(
    layout: Layout,
    shots: Sequence[Shot],
    *,
    clip_sides_px: tuple[int, int],
    kind: str,
    is_bare: bool = False,
) -> Scene:
    """Return what a film of these shows.

    Parameters
    ----------
    layout
        Where each of ``shots`` stands, by its number.
    clip_sides_px
        Width and height of the largest clip: no clip is made larger than it is.
    kind
        "mp4", "gif" or "webp".
    is_bare
        Whether the words are left out.
    """
    drawing = _Drawing(tiles=[], words=[])
    for sheet in _wrapped(layout):
        _draw(drawing, sheet, shots, clip_sides_px, is_bare=is_bare)
    return _sized(drawing, clip_sides_px[0], kind)


def _wrapped(layout: Layout) -> Sequence[Sheet]:
    """Return the sheets; a row that stands alone is broken into a nearly square table."""
    if layout.row_axis is not None:
        return layout.sheets
    spots = [spot for sheet in layout.sheets for _, row in sheet.rows for spot in row]
    across = math.ceil(math.sqrt(len(spots)))
    rows = [("", tuple(spots[at : at + across])) for at in range(0, len(spots), across)]
    return [Sheet(rows=tuple(rows))]


def _draw(
    drawing: _Drawing,
    sheet: Sheet,
    shots: Sequence[Shot],
    sides_px: tuple[int, int],
    *,
    is_bare: bool,
) -> None:
    """Put a sheet below what is drawn."""
    across = max(len(row) for _, row in sheet.rows)
    has_heads = not is_bare and any(head for head, _ in sheet.rows)
    left = ROW_HEAD if has_heads else 0.0
    width = (1 - left - GAP * (across - 1)) / across
    height = width * sides_px[1] / sides_px[0]
    if sheet.heading and not is_bare:
        _head(drawing, [(sheet.heading, 0.0, 1.0)])
    if sheet.columns and not is_bare:
        steps = [left + at * (width + GAP) for at in range(across)]
        _head(drawing, [(head, x, width) for head, x in zip(sheet.columns, steps, strict=True)])
    for head, row in sheet.rows:
        cells = [(left + at * (width + GAP), spot) for at, spot in enumerate(row)]
        if not sheet.columns and not is_bare:
            named = [(shots[spot.cell].label, x) for x, spot in cells if spot.cell is not None]
            if any(name for name, _ in named):
                _head(drawing, [(name, x, width) for name, x in named])
        if has_heads:
            drawing.words.append((head, (GAP, drawing.height, left - 2 * GAP, height)))
        for x, spot in cells:
            box = (x, drawing.height, width, height)
            shot = shots[spot.cell] if spot.cell is not None else Shot(label="", reason=spot.reason)
            if shot.clips:
                drawing.tiles.append((box, shot.clips))
            elif shot.reason and not is_bare:
                drawing.words.append((shot.reason, box))
        drawing.height += height + GAP


def _head(drawing: _Drawing, heads: Sequence[tuple[str, float, float]]) -> None:
    drawing.words += [(head, (x, drawing.height, width, HEAD)) for head, x, width in heads]
    drawing.height += HEAD


def _sized(drawing: _Drawing, clip_width_px: int, kind: str) -> Scene:
    """Return the film in px: as large as it may be, no tile larger than the largest clip."""
    height = drawing.height - GAP
    widest = max(box[2] for box, _ in drawing.tiles)
    width_max_px, height_max_px = SIDES_PX_MAX[kind]
    width_px = min(
        width_max_px,
        height_max_px / height,
        math.sqrt(PIXELS_MAX[kind] / height),
        clip_width_px / widest,
    )
    sides_px = (_even(width_px), _even(height * width_px))
    size_px = max(SIZE_PX_MIN, round(SIZE * width_px))
    return Scene(
        sides_px=sides_px,
        tiles=tuple((_box(area, width_px, sides_px), clips) for area, clips in drawing.tiles),
        words=tuple(
            Text(text=text, box=_box(area, width_px, sides_px), size_px=size_px)
            for text, area in drawing.words
        ),
    )


def _box(area: Area, width_px: float, sides_px: tuple[int, int]) -> Box:
    """Return an area in even px that do not leave the film."""
    left, top, width, height = (round(width_px * length / 2) * 2 for length in area)
    left, top = min(left, sides_px[0] - 2), min(top, sides_px[1] - 2)
    return left, top, min(width, sides_px[0] - left), min(height, sides_px[1] - top)


def _even(length_px: float) -> int:
    return max(2, round(length_px / 2) * 2)
