"""Between RGB and the planes of a frame: BT.709, limited range, chroma halved both ways.

A clip's grade lies on the planes: a little tint of its own, and what the prompt optimizer adds. It
knows arithmetic on arrays; it must not know what they show.
"""

import random
from typing import Any

import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.uint8]
Planes = tuple[Plane, Plane, Plane]
Floats = NDArray[np.float32]

WHITE = 235
_LUMA = np.array((0.18259, 0.61423, 0.06201), np.float32)
_BLUE = np.array((-0.10064, -0.33857, 0.43922), np.float32)
_RED = np.array((0.43922, -0.39894, -0.04027), np.float32)

# Gains are in 64ths, so that a byte times one and a bit still fits 16 bits with a sign.
ONE = 64
# What stays as it is under more contrast or more colour, how much more there can be, and bounds.
LUMA = (122, 3, 16, 235)
CHROMA = (128, 8, 0, 255)


def planes_of(rgb: Floats) -> Planes:
    """Return (Y, U, V) of an image.

    Parameters
    ----------
    rgb : float32 array (height, width, 3)
        0..255; even height and width.

    Returns
    -------
    tuple of uint8 arrays
        Y (height, width), U and V (height / 2, width / 2).
    """
    luma, blue, red = _split(rgb)
    return to_bytes(luma), to_bytes(blue), to_bytes(red)


def rows_of(colours: Floats) -> tuple[Floats, Floats, Floats]:
    """Return (Y, U, V) of a list of RGB colours (count, 3) in 0..255, as floats."""
    return colours @ _LUMA + 16, colours @ _BLUE + 128, colours @ _RED + 128


def premultiplied(
    luma: Floats, blue: Floats, red: Floats, alpha: Floats
) -> tuple[Planes, tuple[Plane, Plane]]:
    """Return planes times opacity, and what shows through at full and at half size.

    Parameters
    ----------
    luma : float32 array (height, width)
        Y, 16..235.
    blue, red : float32 arrays (height / 2, width / 2)
        U and V.
    alpha : float32 array (height, width)
        Opacity 0..1.
    """
    small = halved(alpha)
    # Whiter than white could not be laid over anything without running over a byte's end.
    luma = np.minimum(luma, np.float32(WHITE))
    planes = (to_bytes(luma * alpha), to_bytes(blue * small), to_bytes(red * small))
    return planes, (to_bytes(255 * (1 - alpha)), to_bytes(255 * (1 - small)))


def _split(rgb: Floats) -> tuple[Floats, Floats, Floats]:
    small = halved(rgb)
    return rgb @ _LUMA + 16, small @ _BLUE + 128, small @ _RED + 128


def halved(values: Floats) -> Floats:
    """Average 2 x 2 neighbours."""
    rows = values[0::2] + values[1::2]
    return np.asarray((rows[:, 0::2] + rows[:, 1::2]) * np.float32(0.25), np.float32)


def to_bytes(values: NDArray[Any]) -> Plane:
    """Round and clip to uint8."""
    return np.asarray(np.clip(values + np.float32(0.5), 0, 255).astype(np.uint8))


def blend(under: Plane, over: Plane, weight: NDArray[np.uint16]) -> Plane:
    """Mix two planes; weight 0..256 is the share of `over`."""
    mixed = under * (256 - weight) + over * weight
    return np.asarray((mixed >> 8).astype(np.uint8))


def paired(over: Plane, through: Plane) -> NDArray[np.uint16]:
    """Return a premultiplied plane with what shows through it in the upper bytes."""
    return np.left_shift(through, 8, dtype=np.uint16) | over


def cover(under: Plane, pairs: NDArray[np.uint16]) -> None:
    """Lay a premultiplied plane over another, in place.

    Parameters
    ----------
    under : uint8 array
        Changed in place.
    pairs : uint16 array
        Lower byte: the plane, already multiplied by its opacity. Upper byte: 255 where nothing
        of it is, 0 where it is opaque.
    """
    share = pairs >> 8
    share *= under
    share += 255
    share >>= 8
    # Only the lower byte of the sum is kept, and the upper one of the pairs falls away with it.
    np.add(share, pairs, out=under, casting="unsafe")


class Grade:
    """Contrast, colour and tint.

    Parameters
    ----------
    seed : str
        Draws the tint.
    enhanced : bool
        The optimizer was on: a touch more contrast and colour.
    is_given : bool
        The clip starts from a given still, which gets a tint so that prompts differ.
    """

    def __init__(self, seed: str, *, enhanced: bool, is_given: bool) -> None:
        dice = random.Random(f"grade:{seed}")  # noqa: S311 - must repeat, guards nothing
        reach = 2.0 if is_given else 0.0
        self._tints = (0.0, dice.uniform(-reach, reach), dice.uniform(-reach, reach))
        self._is_enhanced = enhanced

    def apply(self, planes: Planes, strength: float) -> None:
        """Grade planes in place; `strength` 0..1."""
        for plane, tint, kind in zip(planes, self._tints, (LUMA, CHROMA, CHROMA), strict=True):
            middle, gain, low, high = kind
            more = round(gain * strength) if self._is_enhanced else 0
            offset = round(tint * strength * ONE) - middle * more
            if more or offset:
                levels = np.multiply(plane, ONE + more, dtype=np.int16)
                levels += offset + ONE // 2
                levels >>= 6
                np.copyto(plane, np.clip(levels, low, high, out=levels), casting="unsafe")
