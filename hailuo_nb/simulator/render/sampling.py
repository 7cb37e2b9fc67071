"""Reading planes between their pixels: enlarged once, then only picked from, frame by frame.

It knows interpolation and which part of a plane is ever read; it must not know layers or cameras.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray

from hailuo_nb.simulator.render import colour
from hailuo_nb.simulator.render.colour import Plane

Positions = NDArray[np.float64]
Indices = NDArray[np.intp]
Picked = NDArray[Any]

# Planes are read at quarters of a pixel: being off by an eighth of one is not seen.
FINE = 4
TURN_ROWS = 64


@dataclass(frozen=True, slots=True)
class Span:
    """What is read along one axis of a plane in the course of a clip.

    Attributes
    ----------
    first, last : int
        In whole pixels of the plane; what is asked for beyond repeats the edge.
    is_even : bool
        Every reading takes neighbour after neighbour, none left out and none twice.
    is_fine : bool
        Between the pixels, too.
    """

    first: int
    last: int
    is_even: bool
    is_fine: bool

    @classmethod
    def over(
        cls, lows: Sequence[float], highs: Sequence[float], size: int, *, is_even: bool
    ) -> "Span":
        """Return the span of readings, given the least and the greatest position of each.

        `size` is the plane's; readings that reach beyond it cannot be even.
        """
        low, high = min(lows), max(highs)
        is_fine = bool(np.any(np.rint(np.multiply(lows, FINE)) % FINE))
        is_even = is_even and low > -0.5 / FINE and high < size - 1 + 0.5 / FINE
        first = min(max(math.floor(low), 0), size - 1)
        last = min(max(math.ceil(high) + 1, first), size - 1)
        return cls(first, last, is_even, is_fine or not is_even)

    @property
    def inside(self) -> slice:
        """The part of the plane that is read."""
        return slice(self.first, self.last + 1)

    @property
    def fine(self) -> int:
        """How many places a pixel has."""
        return FINE if self.is_fine else 1

    def places(self, positions: Positions) -> Indices:
        """Return positions as places along the enlarged axis."""
        places = np.rint((positions - self.first) * self.fine).astype(np.intp)
        return np.minimum(np.maximum(places, 0), (self.last - self.first) * self.fine)


class SampleSheet:
    """Planes of one shape, ready to be read at quarters of a pixel.

    Parameters
    ----------
    planes : sequence of uint8 arrays
        They are read together.
    through : uint8 array or None
        Read along with them: what is picked then holds it in its upper byte (uint16).
    down, across : Span
        Which rows and columns will be asked for.
    """

    def __init__(
        self, planes: Sequence[Plane], through: Plane | None, down: Span, across: Span
    ) -> None:
        self._down, self._across = down, across
        inside = (down.inside, across.inside)
        above = None if through is None else _enlarged(through[inside], down, across)
        self._sheets = [
            _laid(_enlarged(plane[inside], down, across), above, across) for plane in planes
        ]

    def windows(
        self, down: Positions, across: Positions, slide: Positions | None = None
    ) -> list[Picked]:
        """Pick a window out of each plane; it may be a view, and is not to be changed.

        Parameters
        ----------
        down, across : float arrays
            The source row of each row, and the source column of each column, rising.
        slide : float array or None
            By how many columns each row lies further right in the source; shifted by any of
            it, `across` lies inside the plane.
        """
        rows, columns = self._down.places(down), self._across.places(across)
        if slide is not None:
            return self._slid(rows, columns, np.rint(slide * self._across.fine).astype(np.intp))
        if not self._across.is_even:
            return [_skipping(sheet, rows, columns) for sheet in self._sheets]
        lines = _steps(rows, self._down.fine) if self._down.is_even else rows
        first, phase = divmod(int(columns[0]), self._across.fine)
        return [sheet[phase][lines, first : first + len(columns)] for sheet in self._sheets]

    def _slid(self, rows: Indices, columns: Indices, slide: Indices) -> list[Picked]:
        shape, first = self._sheets[0].shape, int(columns[0])
        if self._across.is_even:
            begin, phase = np.divmod(first + slide, self._across.fine)
            starts = (phase * shape[1] + rows) * shape[2] + begin
            return [_runs(sheet, starts, len(columns)) for sheet in self._sheets]
        starts = rows * shape[1] + first + slide
        length = int(columns[-1]) - first + 1
        strips = (_runs(sheet, starts, length) for sheet in self._sheets)
        return [strip.take(columns - first, axis=1) for strip in strips]


def _skipping(sheet: Picked, rows: Indices, columns: Indices) -> Picked:
    """Return some columns of some rows, by turns few enough to stay in the processor's cache."""
    first, last = int(columns[0]), int(columns[-1])
    picked = np.empty((len(rows), len(columns)), sheet.dtype)
    for begin in range(0, len(rows), TURN_ROWS):
        turn = slice(begin, begin + TURN_ROWS)
        strip = sheet[rows[turn], first : last + 1]
        strip.take(columns - first, axis=1, out=picked[turn], mode="clip")
    return picked


def _steps(rows: Indices, step: int) -> slice:
    """Return evenly spaced rows as a slice."""
    return slice(int(rows[0]), int(rows[0]) + step * (len(rows) - 1) + 1, step)


def _runs(sheet: Picked, starts: Indices, count: int) -> Picked:
    """Return a run of `count` neighbours for each start in the flattened sheet."""
    places, size = sheet.size - count + 1, sheet.itemsize
    starts = np.minimum(np.maximum(starts, 0), places - 1)
    runs: Picked = as_strided(sheet, (places, count), (size, size))[starts]
    return runs


def _enlarged(plane: Plane, down: Span, across: Span) -> list[Plane]:
    """Return a plane at each phase of a column, with its rows enlarged, each as fine as asked."""
    if down.is_fine:
        tall = np.empty(((len(plane) - 1) * FINE + 1, plane.shape[1]), np.uint8)
        tall[::FINE] = plane
        for number, rows in enumerate(_quarters(plane[:-1], plane[1:]), start=1):
            tall[number::FINE] = rows
        plane = tall
    if not across.is_fine:
        return [plane]
    right = np.concatenate((plane[:, 1:], plane[:, -1:]), axis=1)
    return [plane, *_quarters(plane, right)]


def _quarters(one: Plane, other: Plane) -> tuple[Plane, Plane, Plane]:
    """Return what lies a quarter, half and three quarters of the way, never leaving bytes."""
    # The mean rounded up, then means with it rounded down: the errors do not add up.
    half = (one | other) - ((one ^ other) >> 1)
    first, third = ((end & half) + ((end ^ half) >> 1) for end in (one, other))
    return first, half, third


def _laid(phases: list[Plane], above: list[Plane] | None, across: Span) -> Picked:
    """Return the phases one after the other or, where readings skip, mingled column by column."""
    (tall, wide), count = phases[0].shape, len(phases)
    sheet = np.empty(
        (count, tall, wide) if across.is_even else (tall, wide * count),
        np.uint8 if above is None else np.uint16,
    )
    for number, phase in enumerate(phases):
        slot = sheet[number] if across.is_even else sheet[:, number::count]
        slot[...] = phase if above is None else colour.paired(phase, above[number])
    return sheet
