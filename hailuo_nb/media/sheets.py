"""One picture of several clips, for paper: side by side, each with its label below.

It runs in the reading process. It knows pictures and labels, not what they are of.
"""

import base64
from collections.abc import Iterator, Sequence

import PIL.Image
import PIL.ImageDraw
import PIL.ImageFont
from PIL.Image import Image

from hailuo_nb.media import stills
from hailuo_nb.media.trouble import Harmful, Unreadable

Cell = tuple[Sequence[str], str]
"""The ``data:`` URIs of a picture and of those in a row below it, and what to call it."""

GAP_PX, LINE_PX, FONT_PX = 8, 18, 13
CELL_PX, ALONE_PX = 256, 384
LINES_MAX = 3
BYTES_MAX, CELL_BYTES_MAX = 12_000, 8_000
"""Of one clip's, and of each of several."""

_DRAWN = frozenset("–—‘’“”…·×°")


def sheet(cells: Sequence[Cell], columns: int) -> str:
    """Return a small JPEG of all cells as a ``data:`` URI, row by row."""
    width_px = ALONE_PX if len(cells) == 1 else CELL_PX
    drawn = [_cell(*cell, width_px) for cell in cells]
    rows = [_beside(drawn[at : at + columns]) for at in range(0, len(drawn), columns)]
    page = _below(rows)
    bytes_max = max(BYTES_MAX, CELL_BYTES_MAX * len(cells)) if len(cells) > 1 else BYTES_MAX
    return stills.small(page, "JPEG", max(page.size), bytes_max, optimize=True)


def _cell(pictures: Sequence[str], label: str, width_px: int) -> Image:
    seen = [picture for uri in pictures if (picture := _opened(uri)) is not None]
    parts = [_wide(seen[0], width_px)] if seen else []
    if seen[1:]:
        frame_px = (width_px - GAP_PX // 2 * (len(seen) - 2)) // (len(seen) - 1)
        parts.append(_beside([_wide(one, frame_px) for one in seen[1:]], GAP_PX // 2))
    lines = list(_lines(label, width_px))
    parts += [_words(lines, width_px)] if lines or not parts else []
    return _below(parts, GAP_PX // 2)


def _opened(uri: str) -> Image | None:
    try:
        return stills.shown(base64.b64decode(uri.partition(",")[2]))
    except (Unreadable, Harmful, ValueError):
        return None


def _wide(picture: Image, width_px: int) -> Image:
    return picture.resize((width_px, max(1, round(picture.height * width_px / picture.width))))


def _words(lines: Sequence[str], width_px: int) -> Image:
    drawn = PIL.Image.new("RGB", (width_px, max(1, LINE_PX * len(lines))), "white")
    drawing = PIL.ImageDraw.Draw(drawn)
    for at, line in enumerate(lines):
        drawing.text(
            (0, LINE_PX * at), line, fill="black", font=PIL.ImageFont.load_default(FONT_PX)
        )
    return drawn


def _lines(label: str, width_px: int) -> Iterator[str]:
    """Yield a label in lines that fit, the last with an ellipsis where there is more."""
    font, left = PIL.ImageFont.load_default(FONT_PX), "".join(map(_drawable, label)).strip()
    for number in range(1, LINES_MAX + 1):
        if not left:
            return
        end = len(left)
        while font.getlength(left[:end]) > width_px - FONT_PX and end > 1:
            end = left.rfind(" ", 1, end) if " " in left[1:end] else end - 1
        more = left[end:].strip()
        yield f"{left[:end]}…" if more and number == LINES_MAX else left[:end]
        left = more


def _drawable(sign: str) -> str:
    """Return a sign that the font has, a question mark in place of another."""
    return sign if sign in _DRAWN or (sign.isprintable() and ord(sign) < 0x180) else "?"


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
