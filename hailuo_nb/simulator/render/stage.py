"""What the camera looks at: a layered scene, a flat picture, or one turning into another.

It knows how each answers a pose with a frame; it must not know commands, prompts or encoding.
"""

import math
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from hailuo_nb.simulator.render import colour, layers, shapes
from hailuo_nb.simulator.render.camera import Pose
from hailuo_nb.simulator.render.colour import Floats, Plane, Planes
from hailuo_nb.simulator.render.sampling import Grid, sheared

PAD = 0.36
MORPH_FROM, MORPH_TO, MORPH_SOFT = 0.28, 0.86, 0.7
# A picture has no layers: what is near is guessed, so near and far move apart only a little,
# or upright things would lean.
FLAT_REACH = 0.62
BLUR_PX_PER_SIDE = 0.016


class Stage(Protocol):
    """Anything that can be filmed."""

    def frame(self, pose: Pose, time_s: float) -> Planes:
        """Return fresh planes as seen from a pose, `time_s` seconds into the clip."""


class LayeredStage:
    """A scene in layers, with true parallax."""

    def __init__(self, scene: list[layers.Layer], width: int, height: int) -> None:
        self._scene, self._width, self._height = scene, width, height

    def frame(self, pose: Pose, time_s: float) -> Planes:
        """Compose the layers."""
        return layers.compose(self._scene, pose, time_s, self._width, self._height)


class FlatStage:
    """A picture; at rest exactly itself. Beyond its edges lies its mirror image.

    Its lower part counts as near, and so does its middle for a camera that moves in: thus moving
    the camera differs from turning it, and from zooming.
    """

    def __init__(self, rgb: Floats) -> None:
        self._height, self._width = rgb.shape[:2]
        self._margin = (round(self._height * PAD / 2) * 2, round(self._width * PAD / 2) * 2)
        self._planes = tuple(
            _mirrored(plane, self._margin, 2 if number else 1)
            for number, plane in enumerate(colour.planes_of(rgb))
        )

    def frame(self, pose: Pose, time_s: float) -> Planes:
        """Scale and shift along rows and columns; slide the rows apart where near and far do."""
        luma = self._plane(0, pose)
        return luma, self._plane(1, pose), self._plane(2, pose)

    def _plane(self, number: int, pose: Pose) -> Plane:
        step = 2 if number else 1
        height, width = self._height // step, self._width // step
        down = _centres(height)
        slide = _slide(pose, down) * width
        spare = math.ceil(float(np.abs(slide).max())) + 1 if np.any(slide) else 0
        grid = Grid(
            (_rows(pose, down) + 0.5) * height + self._margin[0] / step - 0.5,
            (_columns(pose, _centres(width, spare)) + 0.5) * width + self._margin[1] / step - 0.5,
            self._planes[number].shape,
        )
        plane = grid.sample(self._planes[number])
        return sheared(plane, slide + spare, width) if spare else plane


def _centres(count: int, spare: int = 0) -> Floats:
    """Return the middles of pixels in shares of the side, 0 being its middle."""
    places = np.arange(-spare, count + spare + (spare > 0), dtype=np.float32)
    return np.asarray((places + 0.5) / count - 0.5, np.float32)


def _floor(down: Floats) -> Floats:
    """Return how near each row is, 0 above the middle, 1 at the bottom."""
    rise = np.clip((down + 0.15) / 0.65, 0, 1)
    return np.asarray(rise * rise * (3 - 2 * rise), np.float32)


def _rows(pose: Pose, down: Floats) -> Floats:
    near = _floor(down)
    scale = np.exp(pose.zoom + pose.dolly * FLAT_REACH * (0.35 + 0.65 * near))
    moved = pose.tilt + pose.pedestal * FLAT_REACH * (0.62 + 0.38 * near)
    return np.asarray(down / scale + moved, np.float32)


def _columns(pose: Pose, across: Floats) -> Floats:
    middle = np.exp(-((across / 0.42) ** 2))
    scale = np.exp(pose.zoom + pose.dolly * FLAT_REACH * (0.45 + 0.55 * middle))
    moved = pose.pan + FLAT_REACH * (0.75 * pose.truck + 0.6 * pose.track)
    return np.asarray(across / scale + moved, np.float32)


def _slide(pose: Pose, down: Floats) -> Floats:
    """Return how far each row slides against the middle distance, in shares of the width.

    With a trucking camera the near slides more; with a tracking one the near, where the subject
    is, stays behind.
    """
    reach = FLAT_REACH * (0.22 * pose.truck - 0.32 * pose.track) * math.exp(pose.zoom)
    return np.asarray(reach * (_floor(down) - 0.35), np.float32)


class MorphStage:
    """One stage turning into another, patch by patch; at the end exactly the other, at rest."""

    def __init__(
        self,
        first: Stage,
        second: Stage,
        last_pose: Pose,
        duration_s: float,
        *,
        seed: int,
        size: tuple[int, int],
    ) -> None:
        self._first, self._second = first, second
        self._last_pose, self._duration_s = last_pose, duration_s
        width, height = size
        patches = shapes.noise(np.random.default_rng(seed), height // 2, width // 2, width / 7, 2)
        patches -= patches.min()
        self._patches = patches / max(float(patches.max()), 1e-6)

    def frame(self, pose: Pose, time_s: float) -> Planes:
        """Film both from poses that agree in their motion, and mix them."""
        share = (time_s / self._duration_s - MORPH_FROM) / (MORPH_TO - MORPH_FROM)
        if share <= 0:
            return self._first.frame(pose, time_s)
        second = self._second.frame(pose + self._last_pose * -1, time_s)
        if share >= 1:
            return second
        first = self._first.frame(pose, time_s)
        soft = np.clip((share * (1 + MORPH_SOFT) - self._patches) / MORPH_SOFT, 0, 1)
        weight = (soft * soft * (3 - 2 * soft) * 256).astype(np.uint16)
        full = np.repeat(np.repeat(weight, 2, axis=0), 2, axis=1)
        weights = (full, weight, weight)
        luma, blue, red = map(colour.blend, first, second, weights)
        return luma, blue, red


def _mirrored(plane: Plane, margin: tuple[int, int], step: int) -> Plane:
    """Return a plane with its mirror image around it, the more blurred the further out."""
    rows, columns = (size // step for size in margin)
    wider = np.pad(plane, ((rows, rows), (columns, columns)), mode="symmetric")
    radius = max(1.0, BLUR_PX_PER_SIDE * max(plane.shape))
    soft = np.array(Image.fromarray(wider).filter(ImageFilter.BoxBlur(radius)))
    down, across = (
        _outside(size, edge) for size, edge in zip(wider.shape, (rows, columns), strict=True)
    )
    weight = np.maximum(down[:, None], across[None, :])
    return colour.blend(wider, soft, weight)


def _outside(size: int, margin: int) -> NDArray[np.uint16]:
    """Return 0 inside the picture, rising to 256 a third of the way out."""
    place = np.arange(size)
    beyond = np.maximum(margin - place, place - (size - 1 - margin))
    return (np.clip(beyond / max(margin / 3, 1), 0, 1) * 256).astype(np.uint16)
