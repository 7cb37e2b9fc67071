"""Small words in a corner of a frame: SIMULATED, and what a stand-in stands for.

It knows one line of text on a calm dark pill; it must not know when or why it is shown.
"""

from typing import Literal

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from hailuo_nb.simulator.render import colour
from hailuo_nb.simulator.render.colour import Floats, Planes

PILL_OPACITY = 0.42
TEXT_LUMA, PILL_LUMA = 226.0, 22.0
FINE = 4


class Label:
    """A line of text, drawn once and stamped on many frames.

    Parameters
    ----------
    text : str
        What it says.
    width, height : int
        The frame's size in pixels.
    side : "left" or "right"
        Which lower corner.
    """

    def __init__(
        self, text: str, width: int, height: int, side: Literal["left", "right"] = "right"
    ) -> None:
        text_mask, pill = _masks(text, min(max(7.0, min(width, height) * 0.036), width / 12))
        tall, wide = min(text_mask.shape[0], height), min(text_mask.shape[1], width)
        text_mask, pill = text_mask[:tall, :wide], pill[:tall, :wide] * np.float32(PILL_OPACITY)
        gap = int(min(width, height) * 0.03) // 2 * 2
        self._top = max(0, height - tall - gap)
        self._left = max(0, width - wide - gap) if side == "right" else min(gap, width - wide)
        self._opacity = np.maximum(pill, text_mask * np.float32(0.86)).astype(np.float32)
        self._luma = PILL_LUMA + (TEXT_LUMA - PILL_LUMA) * text_mask
        self._chroma = colour.halved(self._opacity)

    def stamp(self, planes: Planes) -> None:
        """Put it on a frame, in place."""
        for number, plane in enumerate(planes):
            step = 2 if number else 1
            opacity = self._chroma if number else self._opacity
            top, left = self._top // step, self._left // step
            window = plane[top : top + opacity.shape[0], left : left + opacity.shape[1]]
            target = np.float32(128) if number else self._luma
            window[...] = colour.to_bytes(window + (target - window) * opacity)


def _masks(text: str, size_px: float) -> tuple[Floats, Floats]:
    """Return (text, pill) as opacity 0..1, with even sides."""
    font = ImageFont.load_default(size=size_px * FINE)
    left, top, right, bottom = font.getbbox(text)
    pad_x, pad_y = size_px * 0.6 * FINE, size_px * 0.42 * FINE
    wide = int((right - left + 2 * pad_x) / FINE / 2 + 1) * 2
    tall = int((bottom - top + 2 * pad_y) / FINE / 2 + 1) * 2
    image = Image.new("L", (wide * FINE, tall * FINE))
    place = ((wide * FINE - right + left) / 2 - left, (tall * FINE - bottom + top) / 2 - top)
    ImageDraw.Draw(image).text(place, text, fill=255, font=font)
    pill = Image.new("L", image.size)
    ImageDraw.Draw(pill).rounded_rectangle((0, 0, *image.size), tall * FINE / 2, fill=255)
    return _small(image, wide, tall), _small(pill, wide, tall)


def _small(image: Image.Image, wide: int, tall: int) -> Floats:
    shrunk = image.resize((wide, tall), Image.Resampling.BOX)
    return np.asarray(shrunk, np.float32) / np.float32(255)
