"""The measures that need no motion: steadiness, likeness, sharpness, black, frozen, cuts.

Each is its row's definition in `table`, on numpy alone. It must not know prompts or cameras.
"""

import numpy as np
import numpy.typing as npt

from hailuo_nb.measures.frames import Bytes, Clip, Floats
from hailuo_nb.measures.material import Material, fitted

BLACK = 8.0
FROZEN = 0.2
CUT = 0.8
WINDOW_PX = 7
_C1, _C2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2


def flicker(material: Material) -> float | None:
    """Return how steady a clip is: 1 where nothing changes; None for a single frame."""
    steps = material.clip.differences
    return float((255 - steps.mean()) / 255) if steps.size else None


def start_fidelity(material: Material) -> float | None:
    """Return how like the first frame is to the start image; None where none was sent."""
    return _fidelity(material.start, material.clip, material.clip.first)


def end_fidelity(material: Material) -> float | None:
    """Return how like the last frame is to the end image; None where none was sent."""
    return _fidelity(material.end, material.clip, material.clip.last)


def loop(material: Material) -> float | None:
    """Return how like the last frame is to the first."""
    return ssim(material.clip.last, material.clip.first)


def sharpness(material: Material) -> float:
    """Return the variance of the Laplacian of luma, median over the sampled frames."""
    return float(np.median([_laplacian(frame).var() for frame in material.clip.fine]))


def black(material: Material) -> float:
    """Return the share of frames that are black."""
    return float((material.clip.brightness < BLACK).mean())


def frozen(material: Material) -> float | None:
    """Return the share of steps in which nothing changes; None for a single frame."""
    steps = material.clip.differences
    return float((steps < FROZEN).mean()) if steps.size else None


def cuts(material: Material) -> float:
    """Return how many steps change the histogram as a cut does."""
    return float(len(cut_steps(material.clip)))


def cut_steps(clip: Clip) -> npt.NDArray[np.intp]:
    """Return the numbers of the frames before a cut."""
    changes = np.abs(np.diff(clip.histograms, axis=0)).sum(axis=1)
    return np.flatnonzero(changes > CUT)


def ssim(one: npt.NDArray[np.generic], other: npt.NDArray[np.generic]) -> float | None:
    """Return the structural similarity of two pictures of luma 0..255, (H, W) each.

    Windows of `WINDOW_PX` px, all alike in weight, within the picture; None where it is smaller.
    """
    if min(one.shape) < WINDOW_PX:
        return None
    a, b = one.astype(np.float64), other.astype(np.float64)
    mean_a, mean_b = _windows(a), _windows(b)
    unbiased = WINDOW_PX**2 / (WINDOW_PX**2 - 1)
    vary_a = unbiased * (_windows(a * a) - mean_a * mean_a)
    vary_b = unbiased * (_windows(b * b) - mean_b * mean_b)
    vary = unbiased * (_windows(a * b) - mean_a * mean_b)
    above = (2 * mean_a * mean_b + _C1) * (2 * vary + _C2)
    below = (mean_a * mean_a + mean_b * mean_b + _C1) * (vary_a + vary_b + _C2)
    return float((above / below).mean())


def _fidelity(image: bytes, clip: Clip, frame: Bytes) -> float | None:
    return ssim(frame, fitted(image, clip)) if image else None


def _windows(values: Floats) -> Floats:
    """Return the mean of each window."""
    sums = np.pad(values, ((1, 0), (1, 0))).cumsum(axis=0).cumsum(axis=1)
    k = WINDOW_PX
    sums = sums[k:, k:] - sums[:-k, k:] - sums[k:, :-k] + sums[:-k, :-k]
    means: Floats = sums / k**2
    return means


def _laplacian(luma: Bytes) -> npt.NDArray[np.int16]:
    values = luma.astype(np.int16)
    middle = values[1:-1, 1:-1]
    around = values[:-2, 1:-1] + values[2:, 1:-1] + values[1:-1, :-2] + values[1:-1, 2:]
    return np.asarray(4 * middle - around)
