"""The look laid over a clip: a little tint of its own, and what the prompt optimizer adds.

It knows a factor and an offset for each plane; it must not know scenes or prompts.
"""

import random

import numpy as np

from hailuo_nb.simulator.render.colour import Planes

# Gains are in 64ths, so that a byte times one and a bit still fits 16 bits with a sign.
ONE = 64
# What stays as it is under more contrast or more colour, how much more there can be, and bounds.
LUMA = (122, 3, 16, 235)
CHROMA = (128, 8, 0, 255)


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
