"""Whether near things move more than far ones: a camera that goes from one that only turns.

A camera that turns or zooms moves all depths alike, whatever is in front of it; one that goes
cannot. It needs OpenCV. It must not know commands.
"""

import numpy as np

from hailuo_nb.measures.flow import Grid, Step, steps_of
from hailuo_nb.measures.frames import Bytes, Floats

STRIDE = 3
"""Sampled frames a step: what flow gets wrong a step is the less of a longer way."""
OFF_PX = 2.0
"""Further apart than this, a point moves by itself rather than by its depth."""
DEGREE = 3
"""Of the polynomial that a field of motion is smoothed by."""
SEEN_SHARE = 0.5
"""A point has a say when it goes with the camera in so many of the steps."""
POINTS_MIN = 60


def parallax(frames: Bytes) -> float | None:
    """Return how much of the camera's motion depends on depth, 0 for none of it.

    The motion of the ring's points over the whole time is smoothed; what no turn, roll and zoom
    of a lens explains is set against all of it.

    Parameters
    ----------
    frames
        Sampled luma, uint8 (N, H, W).

    Returns
    -------
    The share, or None where too few points can be followed.
    """
    grid = Grid(*frames.shape[1:])
    steps = list(steps_of(frames[::STRIDE], grid, OFF_PX))
    if not steps:
        return None
    mean, seen = _mean(steps)
    if seen.sum() < POINTS_MIN:
        return None
    places = (grid.points[seen] - grid.middle) / grid.size[0]
    smooth = _explained(_terms(places), mean[seen])
    ways = _ways(places).reshape(-1, 6)
    turned = _explained(ways, smooth.reshape(-1)).reshape(-1, 2)
    total = float((smooth**2).sum())
    return float(np.sqrt(((smooth - turned) ** 2).sum() / total)) if total else None


def _mean(steps: list[Step]) -> tuple[Floats, "np.ndarray[tuple[int], np.dtype[np.bool_]]"]:
    """Return each point's mean motion with the camera, px, and which points have a say."""
    kept = np.stack([step.kept for step in steps])
    moved = np.stack([step.moved for step in steps])
    times = kept.sum(axis=0)
    mean = (moved * kept[:, :, None]).sum(axis=0) / np.maximum(times, 1)[:, None]
    return mean, times > SEEN_SHARE * len(steps)


def _explained(terms: Floats, values: Floats) -> Floats:
    """Return the part of values that a least-squares fit of terms explains."""
    fitted: Floats = terms @ np.linalg.lstsq(terms, values, rcond=None)[0]
    return fitted


def _terms(places: Floats) -> Floats:
    x, y = places.T
    powers = [(i, j) for i in range(DEGREE + 1) for j in range(DEGREE + 1 - i)]
    return np.stack([x**i * y**j for i, j in powers], axis=1)


def _ways(places: Floats) -> Floats:
    """Return the motion by each way to turn or zoom a lens (P, 2, 6): a small turn's flow."""
    x, y = places.T
    none, all_ = np.zeros_like(x), np.ones_like(x)
    across = np.stack([all_, none, x, -y, x * x, x * y], axis=1)
    down = np.stack([none, all_, y, x, x * y, y * y], axis=1)
    return np.stack([across, down], axis=1)
