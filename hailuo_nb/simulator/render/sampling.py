"""Reading planes between their pixels, along rows and columns.

It knows interpolation; it must not know layers or cameras.
"""

import numpy as np
from numpy.typing import NDArray

from hailuo_nb.simulator.render.colour import Floats, Plane

Indices = NDArray[np.intp]


class Grid:
    """Where a window's pixels lie in planes of one shape; reads them linear between pixels.

    Parameters
    ----------
    down, across : float32 arrays
        Source row of each row and source column of each column of the window.
    shape : (int, int)
        Of the planes; positions outside repeat the edge.
    """

    def __init__(self, down: Floats, across: Floats, shape: tuple[int, ...]) -> None:
        self._row, self._row_share = _split(down, shape[0])
        column, share = _split(across, shape[1])
        first = int(column[0])
        self._strip = slice(first, int(column[-1]) + 2)
        self._column, self._column_share = column - first, share
        # Unscaled, every pixel lies equally far between two neighbours: no gathering needed.
        self._is_shift = int(column[-1]) - first == len(column) - 1 and np.ptp(share) <= 1

    def sample(self, plane: Plane) -> Plane:
        """Return the window as the plane shows it."""
        lines = self._lines(plane[:, self._strip])
        count = len(self._column)
        if self._is_shift:
            share = self._column_share[0]
            mixed = lines[:, :count] * (np.uint16(256) - share)
            mixed += lines[:, 1 : count + 1] * share
        else:
            mixed = lines.take(self._column, axis=1)
            mixed *= 256 - self._column_share
            right = lines.take(self._column + 1, axis=1)
            right *= self._column_share
            mixed += right
        mixed >>= 8
        return np.asarray(mixed.astype(np.uint8))

    def _lines(self, strip: Plane) -> NDArray[np.uint16]:
        share = self._row_share
        first, count = int(self._row[0]), len(self._row)
        if self._row[-1] - first == count - 1 and np.ptp(share) <= 1:
            if not share[0]:
                return strip[first : first + count].astype(np.uint16)
            upper, lower = strip[first : first + count], strip[first + 1 : first + count + 1]
        else:
            upper, lower = strip[self._row], strip[self._row + 1]
            share = share[:, None]
        mixed = upper * (256 - share[:1] if share.ndim == 1 else 256 - share)
        mixed += lower * (share[:1] if share.ndim == 1 else share)
        mixed += 128
        mixed >>= 8
        return np.asarray(mixed, np.uint16)


def sheared(plane: Plane, offsets: Floats, width: int) -> Plane:
    """Cut `width` pixels from each row, beginning at an offset of its own, linear between pixels.

    Parameters
    ----------
    plane : uint8 array (height, wider)
        Each offset plus `width` plus 1 lies inside it.
    offsets : float32 array (height,)
        Where each row begins, in pixels, 0 or more.
    width : int
        Of the result.
    """
    whole = offsets.astype(np.intp)
    share = ((offsets - whole) * 256).astype(np.uint16)[:, None]
    cut = [row[first : first + width + 1] for row, first in zip(plane, whole.tolist(), strict=True)]
    rows = np.concatenate(cut).reshape(-1, width + 1)
    mixed = rows[:, :-1] * (256 - share)
    mixed += rows[:, 1:] * share
    mixed >>= 8
    return np.asarray(mixed.astype(np.uint8))


def _split(positions: Floats, size: int) -> tuple[Indices, NDArray[np.uint16]]:
    inside = np.clip(positions, 0, size - 1.004)
    whole = inside.astype(np.intp)
    return whole, ((inside - whole) * 256).astype(np.uint16)
