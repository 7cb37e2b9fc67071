"""Layers made ready for the shots of one clip, and composed into frames.

It knows which part of a layer is ever seen, and compositing on planes; it must not know what the
layers depict, nor what made the camera move.
"""

import math
from dataclasses import dataclass

import numpy as np

from hailuo_nb.simulator.render import colour
from hailuo_nb.simulator.render.camera import REST
from hailuo_nb.simulator.render.colour import Planes
from hailuo_nb.simulator.render.layers import Layer, Shots, Viewpoint, view_of
from hailuo_nb.simulator.render.sampling import Positions, SampleSheet, Span

Range = tuple[int, int]
Axis = tuple[Range, int, int, float, float]
"""What part of the frame, 1 or 2 for luma or chroma, the frame's size, source offset and scale."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Where one layer lies in one frame: even rows and columns, opaque from row `solid` on."""

    view: Viewpoint
    rows: Range
    columns: Range
    solid: int

    @property
    def is_seen(self) -> bool:
        """Whether it lies in the frame at all."""
        return self.rows[0] < self.rows[1] and self.columns[0] < self.columns[1]


class Scenery:
    """The layers of a scene, far to near, as the shots of one clip see them."""

    def __init__(self, layers: list[Layer], shots: Shots, width: int, height: int) -> None:
        self._size = (width, height)
        hidden = [height] * len(shots)
        plates = []
        for layer in reversed(layers):
            views = [view_of(layer, pose, time_s, width, height) for pose, time_s in shots]
            plate = Plate(layer, views, hidden, width, height)
            hidden = [min(cut.solid, row) for cut, row in zip(plate.cuts, hidden, strict=True)]
            plates.append(plate)
        self._plates = plates[::-1]

    def frame(self, number: int) -> Planes:
        """Draw the layers, far to near, into fresh planes; what is hidden is not drawn."""
        width, height = self._size
        half = (height // 2, width // 2)
        frame = (
            np.empty((height, width), np.uint8),
            np.empty(half, np.uint8),
            np.empty(half, np.uint8),
        )
        for plate in self._plates:
            plate.draw(frame, number)
        return frame


class Plate:
    """One layer with all that its shots see of it.

    Parameters
    ----------
    layer : Layer
        What is seen.
    views : list of View
        One for each shot.
    hidden : list of int
        The frame row from which nearer layers hide this one, for each shot.
    width, height : int
        The frame's size in pixels.
    """

    def __init__(
        self, layer: Layer, views: list[Viewpoint], hidden: list[int], width: int, height: int
    ) -> None:
        self._layer, self._size = layer, (width, height)
        opacity = _opacity(layer, views, width)
        self.cuts = [
            _cut(layer, view, opacity, row, self._size)
            for view, row in zip(views, hidden, strict=True)
        ]
        seen = [cut for cut in self.cuts if cut.is_seen]
        self._sheets = [self._sheet(seen, step) for step in (1, 2)] if seen else []

    def draw(self, frame: Planes, number: int) -> None:
        """Draw the layer into the frame of a shot."""
        cut = self.cuts[number]
        if not cut.is_seen:
            return
        luma = self._sheets[0].windows(*self._reading(cut, 1))
        chroma = self._sheets[1].windows(*self._reading(cut, 2))
        for plane, source, step in zip(frame, luma + chroma, (1, 2, 2), strict=True):
            rows, columns = (slice(a // step, b // step) for a, b in (cut.rows, cut.columns))
            target = plane[rows, columns]
            clear = (cut.solid - cut.rows[0]) // step if self._layer.through else 0
            if clear > 0:
                colour.cover(target[:clear], source[:clear])
            np.copyto(target[max(clear, 0) :], source[max(clear, 0) :], casting="unsafe")

    def _sheet(self, seen: list[Cut], step: int) -> SampleSheet:
        layer = self._layer
        planes = layer.planes[:1] if step == 1 else layer.planes[1:]
        is_even = all(cut.view.scale == 1 for cut in seen)
        spans = []
        for axis, size in enumerate(planes[0].shape):
            lows, highs = zip(*(_edges(*self._axes(cut, step)[axis]) for cut in seen), strict=True)
            spans.append(Span.over(lows, highs, size, is_even=is_even))
        return SampleSheet(planes, layer.through[step - 1] if layer.through else None, *spans)

    def _reading(self, cut: Cut, step: int) -> tuple[Positions, Positions]:
        """Return the source rows and columns that a frame shows, in pixels of the source."""
        down, across = self._axes(cut, step)
        return _positions(*down), _positions(*across)

    def _axes(self, cut: Cut, step: int) -> tuple[Axis, Axis]:
        width, height = self._size
        layer, view = self._layer, cut.view
        return (
            (cut.rows, step, height, view.y - layer.top, view.scale),
            (cut.columns, step, width, view.x - layer.left, view.scale),
        )


def still(layers: list[Layer], width: int, height: int) -> Planes:
    """Return a scene as seen at rest."""
    return Scenery(layers, [(REST, 0.0)], width, height).frame(0)


def _opacity(layer: Layer, views: list[Viewpoint], width: int) -> Range:
    """Return the first row of which anything is seen, and that from which on it is opaque."""
    tall, wide = layer.planes[0].shape
    if layer.through is None:
        return 0, tall
    edges = [_edges((0, width), 1, width, view.x - layer.left, view.scale) for view in views]
    first = min(max(int(min(low for low, _ in edges)), 0), wide - 1)
    last = min(max(int(max(high for _, high in edges)) + 2, first + 1), wide)
    seen = layer.through[0][:, first:last]
    inked, clear = np.flatnonzero(seen.min(axis=1) < 255), np.flatnonzero(seen.max(axis=1))
    begin = int(inked[0]) // 2 * 2 if len(inked) else tall
    if layer.solid == tall:
        return begin, tall
    return begin, int(clear[-1]) + 1 if len(clear) else 0


def _cut(layer: Layer, view: Viewpoint, opacity: Range, hidden: int, size: tuple[int, int]) -> Cut:
    """Return where a layer lies in a frame, whose rows from `hidden` on others cover."""
    width, height = size
    if layer.through is None:
        return Cut(view, (0, hidden), (0, width), height)
    begin, solid = opacity
    tall, wide = layer.planes[0].shape
    top, bottom = _reach(layer.top + begin, tall - begin, view.y, view.scale, height)
    columns = (0, width)
    if layer.is_subject:
        columns = _reach(layer.left, wide, view.x, view.scale, width)
    if layer.solid == tall:
        return Cut(view, (top, min(bottom, hidden)), columns, height)
    row = math.ceil(((layer.top + solid - view.y) * view.scale + height / 2) / 2) * 2 + 2
    return Cut(view, (top, hidden), columns, min(height, max(top, row)))


def _reach(first: float, size: int, offset: float, scale: float, limit: int) -> Range:
    """Return the even frame pixels that a bounded layer touches along one axis."""
    begin = (first - offset) * scale + limit / 2
    end = (first + size - offset) * scale + limit / 2
    return max(0, math.ceil(begin / 2) * 2), min(limit, math.floor(end / 2) * 2)


def _edges(span: Range, step: int, limit: int, offset: float, scale: float) -> tuple[float, float]:
    """Return the source positions of the first and the last of the frame's pixels."""
    shift = offset / step - 0.5 + (0.5 - limit / 2 / step) / scale
    return span[0] // step / scale + shift, (span[1] // step - 1) / scale + shift


def _positions(span: Range, step: int, limit: int, offset: float, scale: float) -> Positions:
    """Return source positions of the frame's pixels, in the source plane's own pixels."""
    places = np.arange((span[1] - span[0]) // step) / scale
    return places + _edges(span, step, limit, offset, scale)[0]
