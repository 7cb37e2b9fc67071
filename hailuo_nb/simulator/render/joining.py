"""Joining layers that are seen moving alike, so that fewer are drawn in each frame.

It knows how layers lie on each other; it must not know cameras or scenes. Corners must lie on
even pixels.
"""

from dataclasses import replace
from itertools import takewhile

import numpy as np

from hailuo_nb.simulator.render import colour
from hailuo_nb.simulator.render.colour import Plane, Planes
from hailuo_nb.simulator.render.layers import Layer

Box = tuple[int, int, int, int]


def flattened(layers: list[Layer]) -> list[Layer]:
    """Make one opaque layer of all up to the first that sways, and join the rest.

    Drifting clouds stop: the camera's own motion hides it.
    """
    still = list(takewhile(lambda layer: not layer.sway, layers))
    box = _box(still)
    planes = _spread(still[0], box)[0]
    for layer in still[1:]:
        _lay(planes, _spread(layer, box))
    base = replace(still[0], planes=planes, left=box[0], top=box[1])
    return [base, *merged(layers[len(still) :])]


def merged(layers: list[Layer], within: float = 1.0) -> list[Layer]:
    """Join neighbours that are seen moving alike, for speed.

    Parameters
    ----------
    layers : list of Layer
        Far to near. The first, opaque one is left as it is, and so are those with a motion of
        their own.
    within : float
        How far apart in depth two may be; 1 joins all, for a camera that sees all depths alike.
    """
    result: list[Layer] = []
    for layer in layers:
        if result and _can_join(result[-1], layer, within):
            result[-1] = _joined(result[-1], layer)
        else:
            result.append(layer)
    return result


def _can_join(far: Layer, near: Layer, within: float) -> bool:
    pair = (far, near)
    if any(layer.drift or layer.sway or layer.through is None for layer in pair):
        return False
    # A subject is small: joined to a band it would be drawn as wide as that.
    apart = within < 1 and any(layer.is_subject for layer in pair)
    return not apart and near.near - far.near <= within


def _joined(far: Layer, near: Layer) -> Layer:
    box = _box([far, near])
    planes, through = _spread(far, box)
    above = _spread(near, box)
    _lay(planes, above)
    for below, over in zip(through, above[1], strict=True):
        below[...] = (below.astype(np.uint16) * over + 127) // 255
    solids = (layer.top - box[1] + layer.solid for layer in (far, near) if not layer.is_subject)
    return Layer(
        planes=planes,
        through=through,
        left=box[0],
        top=box[1],
        near=near.near,
        solid=int(min(solids)),
    )


def _lay(planes: Planes, above: tuple[Planes, tuple[Plane, Plane]]) -> None:
    for number, plane in enumerate(planes):
        colour.cover(plane, colour.paired(above[0][number], above[1][1 if number else 0]))


def _box(layers: list[Layer]) -> Box:
    """Return (left, top, right, bottom) around all."""
    shapes = [layer.planes[0].shape for layer in layers]
    return (
        int(min(layer.left for layer in layers)),
        int(min(layer.top for layer in layers)),
        int(max(layer.left + s[1] for layer, s in zip(layers, shapes, strict=True))),
        int(max(layer.top + s[0] for layer, s in zip(layers, shapes, strict=True))),
    )


def _spread(layer: Layer, box: Box) -> tuple[Planes, tuple[Plane, Plane]]:
    """Return a layer's planes on a larger canvas, its edges repeated where it has no end."""
    tall, wide = layer.planes[0].shape
    above, left = int(layer.top) - box[1], int(layer.left) - box[0]
    below, right = box[3] - box[1] - above - tall, box[2] - box[0] - left - wide
    is_open = not layer.is_subject and layer.solid < tall

    def spread(plane: Plane, step: int, clear: int) -> Plane:
        sides = ((0, 0), (left // step, right // step))
        ends = ((above // step, below // step), (0, 0))
        if layer.through is None:
            return np.pad(np.pad(plane, sides, mode="edge"), ends, mode="edge")
        if layer.is_subject:
            return np.pad(plane, (ends[0], sides[1]), constant_values=clear)
        wider = np.pad(plane, sides, mode="edge")
        if is_open:
            wider = np.pad(wider, ((0, ends[0][1]), (0, 0)), mode="edge")
            return np.pad(wider, ((ends[0][0], 0), (0, 0)), constant_values=clear)
        return np.pad(wider, ends, constant_values=clear)

    luma, blue, red = (spread(p, 2 if n else 1, 0) for n, p in enumerate(layer.planes))
    shows = layer.through or (np.zeros_like(layer.planes[0]), np.zeros_like(layer.planes[1]))
    full, half = (spread(plane, step, 255) for step, plane in enumerate(shows, start=1))
    return (luma, blue, red), (full, half)
