"""Numbers as brightness: values of any range as the 8 bits that a picture has.

It knows numbers alone, and which number a person sees as white.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hailuo_nb.media.limits import Unreadable

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

BYTE_MAX = 255
FULL_16_BITS = 65_535
_WHITES = (1023, 4095, 16_383, FULL_16_BITS)
"""What is white in 10, 12, 14 and 16 bits."""

_NEARLY = 1e-3
"""Resampling leaves a range of 0 to 1 by as much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Greys:
    """Brightness from 0 to 255, and what was done to come to it; "" where nothing was."""

    values: "Array"
    words: str = ""


def greys(values: "Array", *, white: float | None = None) -> Greys:
    """Return numbers as they are seen, 8 bits each, in the same shape.

    Parameters
    ----------
    values
        At least one; booleans are black and white, whole numbers from 0 to 255 are what they
        are, as are fractions up to 255 where one is above 1.
    white
        The value that is white where one is above 255; found from the values when left out.

    Raises
    ------
    Unreadable
        They are no numbers, or not all of them are finite.
    """
    import numpy as np

    if values.dtype.kind == "b":
        return Greys(values=values.astype(np.uint8) * BYTE_MAX)
    if values.dtype.kind not in "uif":
        raise Unreadable(f"it holds no numbers but {values.dtype}")
    low, high = float(values.min()), float(values.max())
    if not np.isfinite((low, high)).all():
        raise Unreadable("it holds values that are no finite numbers (NaN or inf)")
    black, white = _range(low, high, is_whole=values.dtype.kind != "f", white=white)
    if (black, white) == (0, BYTE_MAX):
        return Greys(values=_rounded(values))
    scaled = (values.astype(np.float32) - black) * (BYTE_MAX / (white - black))
    words = f"its values from {low:g} to {high:g} are sent in 8 bits, {black:g} as black and "
    return Greys(values=_rounded(scaled), words=f"{words}{white:g} as white")


def _rounded(values: "Array") -> "Array":
    import numpy as np

    if values.dtype.kind != "f":
        return values.astype(np.uint8)
    return np.clip(np.rint(values), 0, BYTE_MAX).astype(np.uint8)


def _range(low: float, high: float, *, is_whole: bool, white: float | None) -> tuple[float, float]:
    """Return what is black and what is white."""
    if not is_whole and low >= -1 - _NEARLY and high <= 1 + _NEARLY:
        return (0, 1) if low >= -_NEARLY else (-1, 1)
    if low < 0:
        return low, high if high > low else low + 1
    if high <= BYTE_MAX:
        return 0, BYTE_MAX
    if white is not None and high <= white:
        return 0, white
    return 0, next((one for one in _WHITES if is_whole and high <= one), high)
