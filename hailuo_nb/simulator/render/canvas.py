"""What all parts of a scene share: frame size, palette, dice, and layers made of rows of colour.

It knows sizes and colours; it must not know what is drawn with them. Sizes are in shares of the
frame, so that a scene looks the same at every resolution.
"""

from dataclasses import dataclass

import numpy as np

from hailuo_nb.simulator.render import colour, shapes
from hailuo_nb.simulator.render.colour import Floats
from hailuo_nb.simulator.render.layers import Layer
from hailuo_nb.simulator.render.mood import Colour, Light, Mood

HORIZON = 0.10
MARGIN_Y = 0.34


@dataclass(frozen=True, slots=True)
class Canvas:
    """The frame's size in pixels, what to draw, and the dice for details."""

    width: int
    height: int
    mood: Mood
    dice: shapes.Dice

    @property
    def light(self) -> Light:
        """The palette."""
        return self.mood.light

    def even(self, share: float, of: int) -> int:
        """Return a share of a size as a number of pixels of which even the half is even."""
        return max(4, round(share * of / 4) * 4)


def canvas_layer(
    canvas: Canvas,
    luma: Floats,
    chroma: tuple[Floats, Floats],
    alpha: Floats,
    *,
    top: float,
    near: float,
    left: float | None = None,
    drift: float = 0.0,
    sway: float = 0.0,
    is_subject: bool = False,
) -> Layer:
    """Build a layer whose chroma varies by row alone; `top` in shares of the height."""
    wide = alpha.shape[1]
    empty = int(np.argmax(alpha.max(axis=1) > 0.004)) // 2 * 2
    alpha, luma = alpha[empty:], luma[empty:]
    chroma = (chroma[0][empty:], chroma[1][empty:])
    blue, red = (np.broadcast_to(c[0::2, None], (len(c) // 2, wide // 2)) for c in chroma)
    planes, through = colour.premultiplied(luma, blue, red, alpha)
    return Layer(
        planes=planes,
        through=through,
        left=-wide / 2 if left is None else left,
        top=round(top * canvas.height / 2) * 2 + empty,
        solid=len(alpha) if is_subject else _solid_from(alpha),
        near=near,
        drift=drift,
        sway=sway,
        is_subject=is_subject,
    )


def _solid_from(alpha: Floats) -> int:
    """Return the first row from which every row is opaque."""
    clear = np.flatnonzero(alpha.min(axis=1) < 0.998)
    return int(clear[-1]) + 1 if len(clear) else 0


def gradient(stops: tuple[Colour, Colour, Colour], place: Floats) -> Floats:
    """Return RGB at places 0..1 along three stops; the result has one axis more."""
    where = np.clip(place, 0, 1)
    points = np.array((0, 0.55, 1), np.float32)
    channels = [np.interp(where, points, [stop[c] for stop in stops]) for c in range(3)]
    return np.stack(channels, axis=-1).astype(np.float32)


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    """Return a colour between two."""
    r, g, b = (round(a + (c - a) * share) for a, c in zip(one, other, strict=True))
    return r, g, b
