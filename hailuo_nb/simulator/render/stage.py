"""What the camera looks at: a flat picture, or one stage turning into another.

It knows how each answers a shot with a frame; it must not know commands, prompts or encoding.
A scene in layers is a stage, too, and lies in `plates`.
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np
from PIL import Image, ImageFilter

from hailuo_nb.simulator.render import colour, shapes
from hailuo_nb.simulator.render.camera import Pose
from hailuo_nb.simulator.render.colour import Floats, Plane, Planes
from hailuo_nb.simulator.render.layers import Shots
from hailuo_nb.simulator.render.sampling import FINE, Positions, SampleSheet, Span

PAD = 0.36
MORPH_FROM, MORPH_TO, MORPH_SOFT = 0.28, 0.86, 0.7
# A picture has no layers: what is near is guessed, so near and far move apart only a little,
# or upright things would lean.
FLAT_REACH = 0.62
# Beyond a picture's edges: radius in shares of the long side, and where in the margin it is full.
BLURS = ((0.02, 0.25), (0.05, 0.60), (0.08, 1.0))
# Where in the margin nothing sharp is left, and how small the blur is drawn.
SOFT_AT, SMALL = 0.12, 4


class Reading(NamedTuple):
    """The source row of each row, column of each column, and by how much each row slides."""

    down: Positions
    across: Positions
    slide: Positions | None


class Stage(Protocol):
    """Anything that can be filmed in the shots that it was set up for."""

    def frame(self, number: int) -> Planes:
        """Return fresh planes as seen in a shot."""


class FlatStage:
    """A picture, as planes; at rest exactly itself. Beyond its edges it fades into a blur.

    Its lower part counts as near, and so does its middle for a camera that moves in: thus moving
    the camera differs from turning it, and from zooming.
    """

    def __init__(self, picture: Planes, shots: Shots) -> None:
        height, width = picture[0].shape
        rows, columns = round(height * PAD / 2) * 2, round(width * PAD / 2) * 2
        planes = [
            _extended(plane, (rows, columns), 2 if number else 1)
            for number, plane in enumerate(picture)
        ]
        self._parts: list[tuple[SampleSheet, list[Reading]]] = []
        for step, part in ((1, planes[:1]), (2, planes[1:])):
            lens = _Lens(height // step, width // step, rows // step, columns // step)
            readings = [lens.reading(pose) for pose, _ in shots]
            self._parts.append(
                (SampleSheet(part, None, *_spans(readings, part[0].shape)), readings)
            )

    def frame(self, number: int) -> Planes:
        """Scale and shift along rows and columns; slide the rows apart where near and far do."""
        luma, blue, red = (
            plane.astype(np.uint8)
            for sheet, readings in self._parts
            for plane in sheet.windows(*readings[number])
        )
        return luma, blue, red


class _Lens:
    """Where the rows and columns of a picture lie, as seen from a pose.

    Parameters
    ----------
    height, width : int
        The picture's size in pixels.
    above, left : int
        How wide the blur around it is, in pixels.
    """

    def __init__(self, height: int, width: int, above: int, left: int) -> None:
        self._size, self._margin = (height, width), (above, left)
        # Shares of the side, 0 being its middle.
        self._down = (np.arange(height) + 0.5) / height - 0.5
        self._across = (np.arange(width) + 0.5) / width - 0.5
        rise = np.clip((self._down + 0.15) / 0.65, 0, 1)
        # How near each row and each column is: from 0, above the middle and at the sides, to 1.
        self._floor = rise * rise * (3 - 2 * rise)
        self._middle = np.exp(-((self._across / 0.42) ** 2))

    def reading(self, pose: Pose) -> Reading:
        """Return what is read, in pixels from the corner of the blur."""
        columns, slide = self._columns(pose), self._slide(pose)
        if slide is not None:
            last = self._size[1] + 2 * self._margin[1] - 1
            columns = np.clip(columns, -slide.min(), last - slide.max())
        return Reading(self._rows(pose), columns, slide)

    def _rows(self, pose: Pose) -> Positions:
        near = self._floor
        scale = np.exp(pose.zoom + pose.dolly * FLAT_REACH * (0.35 + 0.65 * near))
        moved = pose.tilt + pose.pedestal * FLAT_REACH * (0.62 + 0.38 * near)
        return (self._down / scale + moved + 0.5) * self._size[0] + (self._margin[0] - 0.5)

    def _columns(self, pose: Pose) -> Positions:
        scale = np.exp(pose.zoom + pose.dolly * FLAT_REACH * (0.45 + 0.55 * self._middle))
        moved = pose.pan + FLAT_REACH * (0.75 * pose.truck + 0.6 * pose.track)
        return (self._across / scale + moved + 0.5) * self._size[1] + (self._margin[1] - 0.5)

    def _slide(self, pose: Pose) -> Positions | None:
        """Return how many pixels each row slides against the middle distance, if any does.

        With a trucking camera the near slides more; with a tracking one the near, where the
        subject is, stays behind.
        """
        reach = FLAT_REACH * (0.28 * pose.truck - 0.32 * pose.track) * self._size[1]
        if not reach:
            return None
        most = self._margin[1] / 2
        return np.clip(reach * (self._floor - 0.35), -most, most)


def _spans(readings: Sequence[Reading], shape: tuple[int, ...]) -> tuple[Span, Span]:
    """Return what readings take of the rows and of the columns of planes of one shape."""
    downs, acrosses, slides = zip(*readings, strict=True)
    least = [0.0 if slide is None else float(slide.min()) for slide in slides]
    most = [0.0 if slide is None else float(slide.max()) for slide in slides]
    none = [0.0] * len(readings)
    return _span(downs, none, none, shape[0]), _span(acrosses, least, most, shape[1])


def _span(
    places: Sequence[Positions], least: Sequence[float], most: Sequence[float], size: int
) -> Span:
    return Span.over(
        [float(each[0]) + slide for each, slide in zip(places, least, strict=True)],
        [float(each[-1]) + slide for each, slide in zip(places, most, strict=True)],
        size,
        is_even=all(np.ptp(each - np.arange(len(each))) < 0.5 / FINE for each in places),
    )


class DawningStage:
    """A picture that turns into another while both are filmed alike.

    Parameters
    ----------
    first, second : (Y, U, V)
        Of one size.
    shots : Shots
        The camera's way.
    shares : sequence of float
        How much of the second is seen in each, 0..1.
    """

    def __init__(
        self, first: Planes, second: Planes, shots: Shots, shares: Sequence[float]
    ) -> None:
        seen = [number for number, share in enumerate(shares) if share < 1] or [0]
        self._places = {number: place for place, number in enumerate(seen)}
        self._first = FlatStage(first, [shots[number] for number in seen])
        self._second, self._shares = FlatStage(second, shots), shares

    def frame(self, number: int) -> Planes:
        """Film the one that is seen, or both."""
        share = round(256 * self._shares[number])
        if share == 256 or number not in self._places:
            return self._second.frame(number)
        first = self._first.frame(self._places[number])
        if not share:
            return first
        weight = np.array(share, np.uint16)
        luma, blue, red = (
            colour.blend(under, over, weight)
            for under, over in zip(first, self._second.frame(number), strict=True)
        )
        return luma, blue, red


class MorphStage:
    """One stage turning into another, patch by patch; at the end exactly the other, at rest."""

    def __init__(
        self, first: Stage, second: Stage, count: int, *, seed: int, size: tuple[int, int]
    ) -> None:
        self._first, self._second, self._last = first, second, max(1, count - 1)
        width, height = size
        patches = shapes.noise(np.random.default_rng(seed), height // 2, width // 2, width / 7, 2)
        patches -= patches.min()
        self._patches = patches / max(float(patches.max()), 1e-6)

    def frame(self, number: int) -> Planes:
        """Film both, which agree in their motion, and mix them."""
        share = (number / self._last - MORPH_FROM) / (MORPH_TO - MORPH_FROM)
        if share <= 0:
            return self._first.frame(number)
        second = self._second.frame(number)
        if share >= 1:
            return second
        first = self._first.frame(number)
        soft = np.clip((share * (1 + MORPH_SOFT) - self._patches) / MORPH_SOFT, 0, 1)
        weight = (soft * soft * (3 - 2 * soft) * 256).astype(np.uint16)
        full = np.repeat(np.repeat(weight, 2, axis=0), 2, axis=1)
        weights = (full, weight, weight)
        luma, blue, red = map(colour.blend, first, second, weights)
        return luma, blue, red


def _extended(plane: Plane, margin: tuple[int, int], step: int) -> Plane:
    """Return a plane with its edges drawn on around it, the more blurred the further out."""
    rows, columns = (size // step for size in margin)
    wider = np.pad(plane, ((rows, rows), (columns, columns)), mode="edge")
    image = Image.fromarray(wider)
    small = image.reduce(SMALL)
    away = _outside(small.size[::-1], (rows / SMALL, columns / SMALL))
    for radius_share, full_at in BLURS:
        soft = small.filter(ImageFilter.BoxBlur(radius_share * max(small.size)))
        weight = np.clip(away * (255 / full_at), 0, 255).astype(np.uint8)
        small = Image.composite(soft, small, Image.fromarray(weight))
    outside = small.resize(image.size, Image.Resampling.BILINEAR)
    weight = np.clip(_outside(wider.shape, (rows, columns)) * (255 / SOFT_AT), 0, 255)
    mask = Image.fromarray(weight.astype(np.uint8))
    return np.array(Image.composite(outside, image, mask))


def _outside(shape: tuple[int, ...], margins: tuple[float, float]) -> Floats:
    """Return 0 inside the picture, rising to 1 at the ends of the margins."""
    away = []
    for size, margin in zip(shape, margins, strict=True):
        place = np.arange(size, dtype=np.float32)
        beyond = np.maximum(margin - place, place - (size - 1 - margin))
        away.append(np.clip(beyond / np.float32(max(margin, 1)), 0, 1))
    return np.asarray(np.maximum(away[0][:, None], away[1][None, :]), np.float32)
