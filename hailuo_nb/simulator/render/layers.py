"""Layers with depth, and how a camera pose shows them in a frame.

It knows where a layer lies and how it is seen; it must not know pixels' values, nor what the
layers depict. A layer is given in frame pixels around the middle of the frame at rest; a point
further out than its edge repeats the edge, but nothing lies above a layer's top, nor around a
subject.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from hailuo_nb.simulator.render.camera import Pose
from hailuo_nb.simulator.render.colour import Plane, Planes

Shot = tuple[Pose, float]
"""Where the camera is, and seconds into the clip; a clip is a list of shots, one a frame."""
Shots = Sequence[Shot]


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
class Viewpoint:
    """How one layer lies in the frame: source = (target - middle) / scale + (x, y)."""

    scale: float
    x: float
    y: float


def view_of(layer: Layer, pose: Pose, time_s: float, width: int, height: int) -> Viewpoint:
    """Return how a layer is seen from a pose, `time_s` seconds into the clip."""
    lateral = pose.pan + pose.truck * layer.near
    if not layer.is_subject:
        lateral += pose.track * (0.12 + 0.88 * layer.near)
    lateral -= layer.drift * time_s
    lateral += layer.sway * math.sin(time_s * 1.3 + layer.near * 20)
    vertical = pose.tilt + pose.pedestal * layer.near
    scale = math.exp(pose.zoom + pose.dolly * layer.near)
    return Viewpoint(scale, lateral * width, vertical * height)
