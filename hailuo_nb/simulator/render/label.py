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
TEXT_OPACITY = 0.86
FINE = 4
# A corner that agrees with the words so far, as a correlation, has them.
ALIKE = 0.6
SIDE_PX_MIN = 32


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
        self._text, pill = text_mask[:tall, :wide], pill[:tall, :wide] * np.float32(PILL_OPACITY)
        gap = int(min(width, height) * 0.03) // 2 * 2
        self._top = max(0, height - tall - gap)
        self._left = max(0, width - wide - gap) if side == "right" else min(gap, width - wide)
        self._opacity = np.maximum(pill, self._text * np.float32(TEXT_OPACITY)).astype(np.float32)
        self._luma = PILL_LUMA + (TEXT_LUMA - PILL_LUMA) * self._text
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

    def lifted(self, corner: Floats) -> Floats | None:
        """Return what lies under the label, or None where it is not on the picture.

        Parameters
        ----------
        corner : float32 array (rows, columns, 3)
            The label's `box` of an RGB picture, 0..255.
        """
        if not self._is_on(corner):
            return None
        ink = ((self._luma - 16) * np.float32(255 / 219) * self._opacity)[..., None]
        clear = np.clip((corner - ink) / (1 - self._opacity[..., None]), 0, 255)
        # Where the words were, next to nothing is left: it is drawn from what lies around.
        known = (self._text < 0.04).astype(np.float32)[..., None]
        share = np.clip(self._text * 4, 0, 1)[..., None]
        return np.asarray(clear + (_around(clear, known) - clear) * share, np.float32)

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Where it is stamped: left, top, right, bottom."""
        tall, wide = self._opacity.shape
        return self._left, self._top, self._left + wide, self._top + tall

    def _is_on(self, corner: Floats) -> bool:
        inside = self._opacity > PILL_OPACITY * 0.9
        if min(corner.shape[:2]) < 4 or inside.sum() < 60:
            return False
        grey, words = corner.mean(axis=2)[inside], self._text[inside]
        grey, words = grey - grey.mean(), words - words.mean()
        spread = float(np.sqrt((grey**2).sum() * (words**2).sum()))
        return spread > 0 and float((grey * words).sum()) / spread > ALIKE


def unmarked(image: Image.Image, text: str) -> Image.Image:
    """Return a picture without the label, where a clip's frame has brought it along."""
    if min(image.size) < SIDE_PX_MIN:
        return image
    label = Label(text, *image.size)
    lifted = label.lifted(np.asarray(image.crop(label.box), np.float32))
    if lifted is None:
        return image
    clean = image.copy()
    clean.paste(Image.fromarray(np.rint(lifted).astype(np.uint8)), label.box)
    return clean


def _around(values: Floats, known: Floats) -> Floats:
    """Return the mean of the known values around each place, those nearby counting most."""
    total, weight = values * known, known
    for _ in range(3):
        total, weight = _boxed(total), _boxed(weight)
    return np.asarray(total / np.maximum(weight, 1e-4), np.float32)


def _boxed(values: Floats) -> Floats:
    """Return sums over 5 x 5 neighbours, the edge repeated."""
    for axis in (0, 1):
        wider = np.pad(values, [(2, 2) if n == axis else (0, 0) for n in range(3)], mode="edge")
        size = values.shape[axis]
        shifted = [wider.take(range(n, n + size), axis=axis) for n in range(5)]
        values = np.asarray(np.sum(shifted, axis=0), np.float32)
    return values


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
