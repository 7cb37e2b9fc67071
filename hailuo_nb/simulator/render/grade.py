"""The look laid over a clip: a little tint of its own, and what the prompt optimizer adds.

It knows lookup tables on planes; it must not know scenes or prompts.
"""

import random

import numpy as np
from PIL import Image

from hailuo_nb.simulator.render.colour import Plane, Planes, to_bytes

LEVELS = np.arange(256, dtype=np.float32)


class Grade:
    """Lookup tables for luma and chroma.

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
        tints = [dice.uniform(-reach, reach) for _ in range(2)]
        contrast, saturation = (1.05, 1.12) if enhanced else (1.0, 1.0)
        curve = (LEVELS - 122) * contrast + 122
        self._tables = (
            np.clip(curve, 16, 235),
            *((LEVELS - 128) * saturation + 128 + tint for tint in tints),
        )

    def applied(self, planes: Planes, strength: float) -> Planes:
        """Return graded planes; `strength` 0..1."""
        if strength <= 0:
            return planes
        tables = [to_bytes(LEVELS + (table - LEVELS) * strength) for table in self._tables]
        luma, blue, red = (_look_up(t, p) for t, p in zip(tables, planes, strict=True))
        return luma, blue, red


def _look_up(table: Plane, plane: Plane) -> Plane:
    return np.array(Image.fromarray(plane).point(table.tolist()))
