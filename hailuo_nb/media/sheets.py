"""One picture of several clips, for paper: side by side, each with its label below.

It runs in the reading process. It knows pictures and labels, not what they are of.
"""

import base64
from collections.abc import Sequence

import PIL.Image
import PIL.ImageDraw
from PIL.Image import Image

from hailuo_nb.media import stills
from hailuo_nb.media.lettering import broken, font_for
from hailuo_nb.media.limits import Harmful, Unreadable

Cell = tuple[Sequence[str], str]
"""The ``data:`` URIs of a picture and of those in a row below it, and what to call it."""

GAP_PX, LINE_PX, FONT_PX = 8, 18, 13
CELL_PX, ALONE_PX = 256, 384
LINES_MAX = 3
BYTES_MAX, CELL_BYTES_MAX = 12_000, 8_000
"""Of one clip's, and of each of several."""


def sheet(cells: Sequence[Cell], columns: int) -> str:
    """Return a small JPEG of all cells as a ``data:`` URI, row by row."""
    width_px = ALONE_PX if len(cells) == 1 else CELL_PX
    drawn = [_cell(*cell, width_px) for cell in cells]
    rows = [_beside(drawn[at : at + columns]) for at in range(0, len(drawn), columns)]
    page = _below(rows)
    bytes_max = CELL_BYTES_MAX * len(cells) if len(cells) > 1 else BYTES_MAX
    return stills.small(page, "JPEG", max(page.size), bytes_max, optimize=True)


def _cell(pictures: Sequence[str], label: str, width_px: int) -> Image:
    seen = [picture for uri in pictures if (picture := _opened(uri)) is not None]
    parts = [_wide(seen[0], width_px)] if seen else []
    if seen[1:]:
        frame_px = (width_px - GAP_PX // 2 * (len(seen) - 2)) // (len(seen) - 1)
        parts.append(_beside([_wide(one, frame_px) for one in seen[1:]], GAP_PX // 2))
    parts += [_words(label, width_px)] if label or not parts else []
    return _below(parts, GAP_PX // 2)


def _opened(uri: str) -> Image | None:
    try:
        return stills.shown(base64.b64decode(uri.partition(",")[2]))
    except (Unreadable, Harmful, ValueError):
        return None


def _wide(picture: Image, width_px: int) -> Image:
    return picture.resize((width_px, max(1, round(picture.height * width_px / picture.width))))


def _words(label: str, width_px: int) -> Image:
    font = font_for(label, FONT_PX)
    lines = broken(label, font, width_px, LINES_MAX) if label else []
    drawn = PIL.Image.new("RGB", (width_px, max(1, LINE_PX * len(lines))), "white")
    drawing = PIL.ImageDraw.Draw(drawn)
    for at, line in enumerate(lines):
        drawing.text((0, LINE_PX * at), line, fill="black", font=font)
    return drawn


def _beside(drawn: Sequence[Image], gap_px: int = GAP_PX) -> Image:
    width_px = sum(one.width for one in drawn) + gap_px * (len(drawn) - 1)
    page = PIL.Image.new("RGB", (width_px, max(one.height for one in drawn)), "white")
    left_px = 0
    for one in drawn:
        page.paste(one, (left_px, 0))
        left_px += one.width + gap_px
    return page


def _below(drawn: Sequence[Image], gap_px: int = GAP_PX) -> Image:
    size = max((one.width for one in drawn), default=1), sum(one.height + gap_px for one in drawn)
    page, top_px = PIL.Image.new("RGB", (size[0], max(1, size[1] - gap_px)), "white"), 0
    for one in drawn:
        page.paste(one, (0, top_px))
        top_px += one.height + gap_px
    return page
