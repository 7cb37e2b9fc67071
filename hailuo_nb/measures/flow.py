"""How a clip's picture moves from one sampled frame to the next, and the camera's part in it.

The camera is fitted where subjects seldom stand, on a ring along the frame's border; a fit that
most of the ring contradicts is told as poor. It needs OpenCV. It must not know commands.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from hailuo_nb.measures.frames import Bytes, Floats

Flags = npt.NDArray[np.bool_]

RING = 0.2
"""The ring's width, as a share of the side."""
GRID_PX = 6
OFF_PX = 0.7
"""A point further from the fit than this does not move as the camera says."""
TEXTURE = 2e-5
"""Least eigenvalue of the gradients around a point that flow can follow."""
POINTS_MIN = 24
"""So many of the ring's points must be textured for a fit."""
ELSE_SHARE = 0.01
"""What differs from the camera's motion by more than this share of the short side moves itself."""

GRAIN = 3.0
"""A point stands out where it has so much more texture than the plainest tenth of the ring."""
CELL_POINTS_MAX = 12
"""The ring's parts, sixteen cells, have about as much to say as each other."""
AGREES = 0.4
"""A cell goes with a camera where so many of its points do."""

_BLUR_PX = 1.0
_WINDOW_PX = 7
_CELLS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """The motion of S steps between sampled frames; content that goes right or down is positive.

    Attributes
    ----------
    shift
        Of the frame's middle, as shares of width and height (S, 2).
    zoom, roll
        Logarithm of scale and turn in radians (S,), each.
    kept
        Share of the ring's textured points that move as the fit says, 0 where there is none (S,).
    own
        Share of the frame that moves otherwise than the camera (S,).
    """

    shift: Floats
    zoom: Floats
    roll: Floats
    kept: Floats
    own: Floats


class Grid:
    """Points of a frame at which its flow is looked at, the ring's among them."""

    def __init__(self, height: int, width: int) -> None:
        start = min(4, height // 2, width // 2)
        y, x = np.mgrid[start:height:GRID_PX, start:width:GRID_PX]
        self.at = y.ravel(), x.ravel()
        self.points = np.stack([x.ravel(), y.ravel()], axis=1).astype(np.float64)
        self.middle = np.array([(width - 1) / 2, (height - 1) / 2])
        self.size = np.array([width, height], np.float64)
        away = np.abs(self.points - self.middle) / self.size
        self.ring: Flags = (away > 0.5 - RING).any(axis=1)
        column, row = np.minimum(self.points / self.size * _CELLS, _CELLS - 1).astype(int).T
        self.cell = row * _CELLS + column


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a grid's points.

    ``moved`` is how far each goes (P, 2), px; ``kept`` which of the ring's textured ones go with
    the camera (P,), ``share`` how many of those that have a say; ``camera`` a 2 x 3 matrix about
    the middle, the identity taken away.
    """

    moved: Floats
    kept: Flags
    share: float
    camera: Floats


def steps_of(frames: Bytes, grid: Grid, off_px: float) -> Iterator[Step]:
    """Yield how luma, uint8 (N, H, W), moves from each frame to the next."""
    cv2.setNumThreads(1)
    dis = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
    before = None
    for frame in frames:
        soft = cv2.GaussianBlur(frame, (0, 0), _BLUR_PX)
        if before is not None:
            field = dis.calc(before, soft, None)  # type: ignore[call-overload]
            moved = np.asarray(field, np.float64)[grid.at]
            yield _step(grid, moved, _texture(before, grid), off_px)
        before = soft


def flow_of(frames: Bytes) -> Flow:
    """Return how sampled frames, uint8 luma (N, H, W), move: N - 1 steps."""
    grid = Grid(*frames.shape[1:])
    rows = [_row(step, grid) for step in steps_of(frames, grid, OFF_PX)]
    table = np.array(rows, np.float64).reshape(-1, 6)
    return Flow(
        shift=table[:, :2],
        zoom=table[:, 2],
        roll=table[:, 3],
        kept=table[:, 4],
        own=table[:, 5],
    )


def _texture(soft: Bytes, grid: Grid) -> Floats:
    """Return how well the motion of each point is seen, in its worse direction (P,)."""
    found: Floats = np.asarray(cv2.cornerMinEigenVal(soft, _WINDOW_PX), np.float64)[grid.at]
    return found


def _chosen(texture: Floats, grid: Grid) -> tuple[Flags, Flags]:
    """Return the ring's points that can be followed, and those of them that have a say.

    Where the plainest parts of the frame have a grain, the others must stand out from it.
    """
    plain, half = np.percentile(texture[grid.ring], (10, 50))
    textured = grid.ring & (texture > TEXTURE)
    order = np.lexsort((-texture, grid.cell))
    in_order = grid.cell[order]
    rank = np.empty(len(texture), np.intp)
    rank[order] = np.arange(len(texture)) - np.searchsorted(in_order, in_order)
    stands_out = texture > min(GRAIN * plain, half)
    return textured, textured & stands_out & (rank < CELL_POINTS_MAX)


def _row(step: Step, grid: Grid) -> tuple[float, ...]:
    scale = complex(1 + step.camera[0, 0], step.camera[1, 0])
    off_px = np.hypot(*(step.moved - _by(step.camera, grid)).T)
    own = (off_px > ELSE_SHARE * grid.size.min()).mean()
    shift = step.camera[:, 2] / grid.size
    return (shift[0], shift[1], np.log(abs(scale)), np.angle(scale), step.share, own)


def _step(grid: Grid, moved: Floats, texture: Floats, off_px: float) -> Step:
    textured, heard = _chosen(texture, grid)
    camera = _fit(grid, moved, heard, off_px)
    if camera is None:
        return Step(moved=moved, kept=np.zeros_like(heard), share=0.0, camera=np.zeros((2, 3)))
    near = _near(grid, moved, camera, off_px)
    return Step(moved=moved, kept=textured & near, share=float(near[heard].mean()), camera=camera)


def _fit(grid: Grid, moved: Floats, heard: Flags, off_px: float) -> Floats | None:
    """Return the similarity that most parts of the ring agree with, the identity taken away.

    What has the most points may be a subject that fills one side: those that do not go with it
    are asked, too, and the cells of the ring decide.
    """
    first = _similarity(grid, moved, heard, off_px)
    if first is None:
        return None
    others = heard & ~_near(grid, moved, first, off_px)
    second = _similarity(grid, moved, others, off_px)
    if second is None:
        return first
    return max((first, second), key=lambda one: _agreeing(grid, moved, heard, one, off_px))


def _similarity(grid: Grid, moved: Floats, heard: Flags, off_px: float) -> Floats | None:
    if heard.sum() < POINTS_MIN:
        return None
    start = grid.points[heard] - grid.middle
    found, _ = cv2.estimateAffinePartial2D(
        start, start + moved[heard], ransacReprojThreshold=off_px
    )
    return None if found is None else np.asarray(found, np.float64) - np.eye(2, 3)


def _near(grid: Grid, moved: Floats, camera: Floats, off_px: float) -> Flags:
    return np.asarray(np.hypot(*(moved - _by(camera, grid)).T) < off_px)


def _agreeing(grid: Grid, moved: Floats, heard: Flags, camera: Floats, off_px: float) -> float:
    """Return how many cells of the ring go with a camera, each by the share of its points."""
    near = _near(grid, moved, camera, off_px)
    points = np.bincount(grid.cell[heard], minlength=_CELLS**2)
    kept = np.bincount(grid.cell[heard & near], minlength=_CELLS**2)
    return float((kept[points > 0] / points[points > 0] > AGREES).sum())


def _by(camera: Floats, grid: Grid) -> Floats:
    """Return how far each point goes by a camera, px."""
    moved: Floats = (grid.points - grid.middle) @ camera[:, :2].T + camera[:, 2]
    return moved
