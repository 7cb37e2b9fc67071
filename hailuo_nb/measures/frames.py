"""A clip, decoded once into what the measures need of it.

Full frames pass by one at a time; what is kept is small. It knows pixels and luma; it must not
know what is asked of them. It runs in the process that measures.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from av.video.frame import VideoFrame

from hailuo_nb.media import films
from hailuo_nb.media.limits import Unreadable

try:
    import cv2
except ImportError:  # numpy does the same, more slowly
    cv2 = None  # type: ignore[assignment]

Bytes = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float64]

FINE_PX, COARSE_PX = 512, 256
"""Long sides of the frames that are kept; a clip that is smaller stays as it is."""
SAMPLED_PER_S = 8
BINS = 32
KEPT_FRAMES_MAX = 1200
"""Frames kept of one clip: a clip of ten minutes is sampled less often."""

_STRIP_ROWS = 64
"""So many rows of two frames and their difference stay in a processor's cache."""
_EVERY = 4
"""Histograms are counted of every such pixel of every such row."""
_PLANAR = frozenset({"yuv420p", "yuvj420p", "yuv422p", "yuvj422p", "yuv444p", "yuvj444p", "nv12"})
"""Pixel formats whose first plane is luma, a byte a pixel."""
_BT709, _FULL_RANGE = 1, 2
"""Numbers of the H.264 standard."""
_BLACK, _WHITE = 16, 235
_BT709_WEIGHTS = (0.2126, 0.7152, 0.0722)
_BT601_WEIGHTS = (0.299, 0.587, 0.114)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """What is kept of a clip of T frames; luma is full range, 0 black and 255 white.

    Attributes
    ----------
    size_px
        Width and height of its frames.
    fps, sampled_fps
        Frames a second, and how many of them are in ``fine`` and ``coarse``.
    brightness, differences
        Mean luma of each frame (T,), mean absolute difference of each to the next (T - 1,), both
        of all pixels; beyond 0..255 where a clip is blacker than black.
    histograms
        Shares of luma in `BINS` bins (T, BINS).
    fine, coarse
        Luma of the sampled frames, uint8 (N, H, W), long side `FINE_PX` and `COARSE_PX`.
    first, last
        Luma of the first and the last frame, as ``coarse``.
    weights
        How much of red, green and blue is in luma.
    """

    size_px: tuple[int, int]
    fps: float
    sampled_fps: float
    brightness: Floats
    differences: Floats
    histograms: Floats
    fine: Bytes
    coarse: Bytes
    first: Bytes
    last: Bytes
    weights: tuple[float, float, float]


class _Range:
    """From the codes of a clip's luma to full range."""

    def __init__(self, frame: VideoFrame) -> None:
        is_full = frame.color_range == _FULL_RANGE or "yuvj" in frame.format.name
        self.black, white = (0, 255) if is_full else (_BLACK, _WHITE)
        self.gain = 255 / (white - self.black)
        levels = (np.arange(256) - self.black) * self.gain
        self._levels = np.clip(np.rint(levels), 0, 255).astype(np.uint8)

    def full(self, luma: Bytes) -> Bytes:
        """Return luma at full range, uint8."""
        found: Bytes = self._levels.take(luma)
        return found

    def binned(self, counts: Floats) -> Floats:
        """Return how many of so many codes of each kind (256,) fall in each bin."""
        bins = self._levels // (256 // BINS)
        return np.asarray(np.bincount(bins, weights=counts, minlength=BINS), np.float64)


class _Passing:
    """What is reckoned of every frame while it passes."""

    def __init__(self, frame: VideoFrame) -> None:
        self._range = _Range(frame)
        self._before: Bytes | None = None
        shape = _STRIP_ROWS, frame.width
        self._more, self._less = np.empty(shape, np.uint8), np.empty(shape, np.uint8)
        self.brightness: list[float] = []
        self.differences: list[float] = []
        self.histograms: list[Floats] = []

    def add(self, luma: Bytes) -> None:
        mean = _total(luma) / luma.size
        self.brightness.append((mean - self._range.black) * self._range.gain)
        counts = _counts(luma[::_EVERY, ::_EVERY])
        self.histograms.append(self._range.binned(counts) / counts.sum())
        if self._before is not None:
            total = self._total_difference(luma, self._before)
            self.differences.append(total / luma.size * self._range.gain)
        self._before = luma

    def _total_difference(self, one: Bytes, other: Bytes) -> int:
        if cv2 is not None:
            return round(cv2.norm(one, other, cv2.NORM_L1))
        total = 0
        for top in range(0, len(one), _STRIP_ROWS):
            strips = one[top : top + _STRIP_ROWS], other[top : top + _STRIP_ROWS]
            more, less = (room[: len(strips[0])] for room in (self._more, self._less))
            np.maximum(*strips, out=more)
            np.minimum(*strips, out=less)
            total += _total(np.subtract(more, less, out=more))
        return total


class _Kept:
    """What is kept of the frames that pass."""

    def __init__(self, first: VideoFrame, every: int) -> None:
        self._passing, self._range, self._every = _Passing(first), _Range(first), every
        self._count = 0
        self.first, self.last = first, first
        self.fine: list[Bytes] = []
        self.coarse: list[Bytes] = []

    def add(self, frame: VideoFrame) -> None:
        self._passing.add(_luma(frame))
        if self._count % self._every == 0 and len(self.fine) < KEPT_FRAMES_MAX:
            fine = _scaled(frame, FINE_PX)
            self.fine.append(self._range.full(_luma(fine)))
            self.coarse.append(self._range.full(_luma(_scaled(fine, COARSE_PX))))
        self.last, self._count = frame, self._count + 1

    def clip(self, fps: float) -> Clip:
        last = _scaled(_scaled(self.last, FINE_PX), COARSE_PX)
        is_bt709 = self.first.colorspace == _BT709
        return Clip(
            size_px=(self.first.width, self.first.height),
            fps=fps,
            sampled_fps=fps / self._every,
            brightness=np.array(self._passing.brightness),
            differences=np.array(self._passing.differences),
            histograms=np.array(self._passing.histograms),
            fine=np.stack(self.fine),
            coarse=np.stack(self.coarse),
            first=self.coarse[0],
            last=self._range.full(_luma(last)),
            weights=_BT709_WEIGHTS if is_bt709 else _BT601_WEIGHTS,
        )


def decoded(path: Path) -> Clip:
    """Decode a clip.

    Raises
    ------
    Unreadable
        It is no clip that plays.
    Harmful
        It claims more than any clip holds.
    """
    fps = films.frames_per_s(path)
    kept: _Kept | None = None
    for frame in map(_planar, films.frames(path)):
        if kept is None:
            kept = _Kept(frame, max(1, round(fps / SAMPLED_PER_S)))
        kept.add(frame)
    if kept is None:
        raise Unreadable("it holds no frame")
    return kept.clip(fps)


def colours(path: Path, *, bytes_max: int) -> tuple[Bytes, float]:
    """Return frames in RGB, uint8 (T, H, W, 3), and frames a second.

    Where a clip would take more than ``bytes_max``, its frames are made smaller.
    """
    count = sum(1 for _ in films.frames(path))
    made = []
    for frame in films.frames(path):
        fits = min(1.0, (bytes_max / (3 * count * frame.width * frame.height)) ** 0.5)
        width, height = int(frame.width * fits), int(frame.height * fits)
        small = frame.reformat(max(1, width), max(1, height), "rgb24", interpolation="AREA")
        made.append(small.to_ndarray())
    if not made:
        raise Unreadable("it holds no frame")
    return np.stack(made), films.frames_per_s(path)


def _planar(frame: VideoFrame) -> VideoFrame:
    return frame if frame.format.name in _PLANAR else frame.reformat(format="yuv420p")


def _luma(frame: VideoFrame) -> Bytes:
    """Return a frame's first plane as it lies in memory, (H, W)."""
    plane = frame.planes[0]
    rows: Bytes = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
    return rows[: frame.height, : frame.width]


def _scaled(frame: VideoFrame, side_px: int) -> VideoFrame:
    """Return a frame whose long side is at most so long, in even sides."""
    scale = side_px / max(frame.width, frame.height)
    if scale >= 1:
        return frame
    width, height = (max(2, round(side * scale / 2) * 2) for side in (frame.width, frame.height))
    return frame.reformat(width, height, interpolation="AREA")


def _counts(luma: Bytes) -> Floats:
    """Return how often each code is there (256,)."""
    if cv2 is not None:
        found = cv2.calcHist([np.ascontiguousarray(luma)], [0], None, [256], [0, 256])
        return np.asarray(found, np.float64).ravel()
    return np.bincount(luma.ravel(), minlength=256).astype(np.float64)


def _total(values: Bytes) -> int:
    if cv2 is not None:
        return round(cv2.sumElems(values)[0])
    return int(np.add.reduce(values, axis=1, dtype=np.uint32).sum(dtype=np.uint64))
