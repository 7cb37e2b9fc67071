"""Layers with depth, and how a camera pose shows them in a frame.

It knows sampling and compositing on planes; it must not know what the layers depict. A layer is
given in frame pixels around the middle of the frame at rest; a point further out than its
edge repeats the edge, but nothing lies above a layer's top, nor around a subject.
"""

import math
from dataclasses import dataclass

import numpy as np

from hailuo_nb.simulator.render import colour
from hailuo_nb.simulator.render.camera import Pose
from hailuo_nb.simulator.render.colour import Floats, Plane, Planes
from hailuo_nb.simulator.render.sampling import Grid


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One plane of a scene.

    Attributes
    ----------
    planes : (Y, U, V)
        Multiplied by opacity where `through` is given.
    through : (uint8 array, uint8 array) or None
        What shows through, full and half size; None: opaque and endless.
    left, top : float
        Where its corner lies, pixels from the frame's middle.
    solid : int
        First row from which nothing shows through; such a layer has no lower end. The number
        of rows when there is none.
    near : float
        0 infinitely far .. 1 nearest.
    drift : float
        Own motion to the right, frame widths a second.
    sway : float
        Own swing to and fro, share of the frame's width.
    is_subject : bool
        Stays in the frame when the camera tracks, and ends at its edges.
    """

    planes: Planes
    through: tuple[Plane, Plane] | None = None
    left: float
    top: float
    solid: int = 0
    near: float
    drift: float = 0.0
    sway: float = 0.0
    is_subject: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """How one layer lies in the frame: source = (target - middle) / scale + (x, y)."""

    scale: float
    x: float
    y: float


def view_of(layer: Layer, pose: Pose, time_s: float, width: int, height: int) -> View:
    """Return how a layer is seen from a pose, `time_s` seconds into the clip."""
    lateral = pose.pan + pose.truck * layer.near
    if not layer.is_subject:
        lateral += pose.track * (0.12 + 0.88 * layer.near)
    lateral -= layer.drift * time_s
    lateral += layer.sway * math.sin(time_s * 1.3 + layer.near * 20)
    vertical = pose.tilt + pose.pedestal * layer.near
    scale = math.exp(pose.zoom + pose.dolly * layer.near)
    return View(scale, lateral * width, vertical * height)


def compose(layers: list[Layer], pose: Pose, time_s: float, width: int, height: int) -> Planes:
    """Draw the layers, far to near, into a fresh frame; what is hidden is not drawn."""
    frame = (
        np.empty((height, width), np.uint8),
        np.empty((height // 2, width // 2), np.uint8),
        np.empty((height // 2, width // 2), np.uint8),
    )
    views = [view_of(layer, pose, time_s, width, height) for layer in layers]
    bottom = height
    bottoms = []
    for layer, view in zip(reversed(layers), reversed(views), strict=True):
        bottoms.append(bottom)
        bottom = min(bottom, _solid_row(layer, view, height))
    for layer, view, limit in zip(layers, views, reversed(bottoms), strict=True):
        _draw(frame, layer, view, limit)
    return frame


def _solid_row(layer: Layer, view: View, height: int) -> int:
    """Return the even frame row from which a layer hides all behind it."""
    if layer.through is None or layer.solid == layer.planes[0].shape[0]:
        return height
    row = (layer.top + layer.solid - view.y) * view.scale + height / 2
    return min(height, max(0, math.ceil(row / 2) * 2 + 2))


def _draw(frame: Planes, layer: Layer, view: View, bottom: int) -> None:
    height, width = frame[0].shape
    if layer.through is None:
        _fill(frame, layer, view, (0, bottom), (0, width))
        return
    tall, wide = layer.planes[0].shape
    rows = _reach(layer.top, tall, view.y, view.scale, height)
    if layer.solid == tall:
        columns = (
            (0, width)
            if not layer.is_subject
            else _reach(layer.left, wide, view.x, view.scale, width)
        )
        _fill(frame, layer, view, (rows[0], min(rows[1], bottom)), columns)
        return
    solid = _solid_row(layer, view, height)
    _fill(frame, layer, view, (rows[0], min(solid, bottom)), (0, width))
    _fill(frame, layer, view, (max(rows[0], solid), bottom), (0, width), opaque=True)


def _fill(
    frame: Planes,
    layer: Layer,
    view: View,
    rows: tuple[int, int],
    columns: tuple[int, int],
    *,
    opaque: bool = False,
) -> None:
    """Draw a layer into a window of the frame, given in even rows and columns."""
    if rows[0] >= rows[1] or columns[0] >= columns[1]:
        return
    height, width = frame[0].shape
    for step, numbers in ((1, (0,)), (2, (1, 2))):
        grid = Grid(
            _positions(rows, step, height, view.y - layer.top, view.scale),
            _positions(columns, step, width, view.x - layer.left, view.scale),
            layer.planes[numbers[0]].shape,
        )
        through = None
        if layer.through is not None and not opaque:
            through = grid.sample(layer.through[step - 1])
        inside = (
            slice(rows[0] // step, rows[1] // step),
            slice(columns[0] // step, columns[1] // step),
        )
        for number in numbers:
            source = grid.sample(layer.planes[number])
            if through is None:
                frame[number][inside] = source
            else:
                colour.cover(frame[number][inside], source, through)


def _reach(first: float, size: int, offset: float, scale: float, limit: int) -> tuple[int, int]:
    """Return the even frame pixels that a bounded layer touches along one axis."""
    begin = (first - offset) * scale + limit / 2
    end = (first + size - offset) * scale + limit / 2
    return max(0, math.ceil(begin / 2) * 2), min(limit, math.floor(end / 2) * 2)


def _positions(span: tuple[int, int], step: int, limit: int, offset: float, scale: float) -> Floats:
    """Return source positions of the frame's pixels, in the source plane's own pixels."""
    target = np.arange(span[0] // step, span[1] // step, dtype=np.float32) + 0.5
    middle = limit / 2 / step
    return np.asarray((target - middle) / scale + (offset / step - 0.5), np.float32)
