"""Words on a dark ground, for what stands around clips in a film.

It knows Pillow and fonts; a character that no font of this machine has is shown as a box.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

GROUND, INK = (17, 17, 19), (236, 236, 240)
LINE = 1.25
"""A line's height in sizes of its letters."""

FONTS = (
    *("NotoSansCJK-Regular.ttc", "NotoSans-Regular.ttf", "DejaVuSans.ttf", "wqy-zenhei.ttc"),
    *("PingFang.ttc", "Hiragino Sans GB.ttc", "Arial Unicode.ttf", "msyh.ttc", "malgun.ttf"),
    *("meiryo.ttc", "arial.ttf"),
)
"""Where the characters that Pillow's own letters lack are looked for, the largest sets first."""

_NOBODYS = "\U0010fffe"
"""A character that no font has: what a font draws for it, it draws for all that it lacks."""


class Words(NamedTuple):
    """A text, its box in px, how large its letters are, and whether it stands in the middle."""

    text: str
    box: tuple[int, int, int, int]
    size_px: int
    is_centred: bool = True


def board(sides_px: tuple[int, int], words: Sequence[Words]) -> "Image":
    """Return the ground with these words on it, each in its box: broken, at last cut."""
    from PIL import Image, ImageDraw

    ground = Image.new("RGB", sides_px, GROUND)
    pen = ImageDraw.Draw(ground)
    for text, (left, top, width, height), size_px, is_centred in words:
        font = font_for(text, size_px)
        lines = broken(text, font, width, max(1, int(height / (LINE * size_px))))
        y = top + (height - LINE * size_px * len(lines)) / 2
        for line in lines:
            x = left + (width - font.getlength(line)) / 2 if is_centred else left
            pen.text((x, y), line, fill=INK, font=font)
            y += LINE * size_px
    return ground


def font_for(text: str, size_px: int) -> "FreeTypeFont":
    """Return the first font that has all of a text, else the one that lacks the least."""
    from PIL import ImageFont

    own = ImageFont.load_default(size_px)
    lacks = _lacks(own, text)  # type: ignore[arg-type]
    best = own
    for name in FONTS if lacks else ():
        try:
            font = ImageFont.truetype(name, size_px)
        except OSError:
            continue
        if (count := _lacks(font, text)) < lacks:
            best, lacks = font, count
    return best  # type: ignore[return-value]


def broken(text: str, font: "FreeTypeFont", width_px: float, lines_max: int) -> list[str]:
    """Return a text in lines of at most this width, between words where it can be."""
    lines, line = [], ""
    for piece in _pieces(text):
        if line and font.getlength((line + piece).rstrip()) > width_px:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    lines.append(line.rstrip())
    if len(lines) > lines_max:
        lines = [*lines[: lines_max - 1], " ".join(lines[lines_max - 1 :])]
    return [_cut(one, font, width_px) for one in lines]


def _pieces(text: str) -> list[str]:
    """Return what a line may be broken between: words with their blank, characters of no words."""
    pieces: list[str] = []
    for char in text:
        is_new = not pieces or pieces[-1].endswith(" ") or ord(char) > 0x2E7F
        if is_new or ord(pieces[-1][-1]) > 0x2E7F:
            pieces.append(char)
        else:
            pieces[-1] += char
    return pieces


def _cut(line: str, font: "FreeTypeFont", width_px: float) -> str:
    if font.getlength(line) <= width_px:
        return line
    while line and font.getlength(line + "…") > width_px:
        line = line[:-1]
    return line.rstrip() + "…"


def _lacks(font: "FreeTypeFont", text: str) -> int:
    """Count the characters that a font draws as it draws what it has not."""
    empty = bytes(font.getmask(_NOBODYS))
    return sum(bytes(font.getmask(char)) == empty for char in set(text) if not char.isspace())
