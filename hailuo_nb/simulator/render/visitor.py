"""A subject that the prompt names comes into a given still, and crosses it.

It knows who moves how; it must not know words, nor what the still shows.
"""

import math
import random
from dataclasses import dataclass, replace

import numpy as np

from hailuo_nb.simulator.render import colour, shapes
from hailuo_nb.simulator.render.camera import Pose
from hailuo_nb.simulator.render.colour import Planes
from hailuo_nb.simulator.render.layers import Layer, Shots, Viewpoint, view_of
from hailuo_nb.simulator.render.plates import Plate
from hailuo_nb.simulator.render.silhouettes import Silhouette
from hailuo_nb.simulator.render.stage import FLAT_REACH, Stage

NEAR = 0.66
ARRIVED = 0.62
"""Where its middle is in the end, in frame widths from the side where it came in."""


@dataclass(frozen=True, slots=True)
class Gait:
    """How large one is and where its lowest point is, in frame heights from the top.

    `bob` is how far it goes up and down, likewise, `beat_hz` how often.
    """

    size: float
    feet: float
    bob: float
    beat_hz: float


GAITS: dict[str, Gait] = {
    "figure": Gait(0.30, 0.90, 0.005, 1.7),
    "horse": Gait(0.32, 0.90, 0.008, 1.5),
    "fox": Gait(0.24, 0.92, 0.006, 2.2),
    "bird": Gait(0.22, 0.34, 0.020, 0.8),
    "dragon": Gait(0.40, 0.46, 0.022, 0.5),
    "boat": Gait(0.34, 0.80, 0.008, 0.4),
    "car": Gait(0.30, 0.92, 0.002, 3.0),
    "whale": Gait(0.34, 0.82, 0.050, 0.4),
    "balloon": Gait(0.34, 0.46, 0.014, 0.3),
}
"""Who moves; whatever stands rooted does not come."""


class VisitedStage:
    """A stage that somebody crosses.

    Parameters
    ----------
    ground : Stage
        What is crossed.
    look : (Y, U, V)
        A frame of it, which tells how dark things are there.
    name : str
        A key of `GAITS`.
    shots : Shots
        At the first, nobody is there yet.
    seed : str
        Draws the side.
    """

    def __init__(self, ground: Stage, look: Planes, name: str, shots: Shots, seed: str) -> None:
        self._ground = ground
        height, width = look[0].shape
        gait = GAITS[name]
        dice = random.Random(f"visitor:{seed}")  # noqa: S311 - must repeat, guards nothing
        way = dice.choice((-1, 1))
        size = max(8, round(gait.size * height / 4) * 4)
        mask = shapes.drawn(size, size, Silhouette(name))
        layer = replace(
            _layer(mask if way > 0 else np.ascontiguousarray(mask[:, ::-1]), look),
            left=-size / 2 - way * (width + size) / 2,
            top=round((gait.feet - 0.5) * height - size),
            drift=way * (ARRIVED + size / width / 2) / max(shots[-1][1], 0.1),
        )
        views = [_seen(layer, gait, *shot, width, height) for shot in shots]
        self._plate = Plate(layer, views, [height] * len(shots), width, height)

    def frame(self, number: int) -> Planes:
        """Film the stage, and who crosses it."""
        planes = self._ground.frame(number)
        self._plate.draw(planes, number)
        return planes


def _seen(
    layer: Layer, gait: Gait, pose: Pose, time_s: float, width: int, height: int
) -> Viewpoint:
    flat = replace(
        pose,
        truck=pose.truck * FLAT_REACH,
        pedestal=pose.pedestal * FLAT_REACH,
        dolly=pose.dolly * FLAT_REACH,
    )
    view = view_of(layer, flat, time_s, width, height)
    bob = gait.bob * height * math.sin(math.tau * gait.beat_hz * time_s)
    return Viewpoint(view.scale, view.x, view.y + bob)


def _layer(mask: colour.Floats, look: Planes) -> Layer:
    """Return the silhouette in the darks of the picture, with a little light on its edge."""
    size = len(mask)
    dark = min(max(float(np.percentile(look[0], 6)), 20.0), 110.0)
    among = look[0][::2, ::2] <= np.percentile(look[0], 15)
    edge = np.clip(mask - np.roll(mask, max(1, size // 50), axis=1), 0, 1)
    luma = np.full((size, size), dark, np.float32) + edge * np.float32(46)
    blue, red = (
        np.full((size // 2, size // 2), float(plane[among].mean()), np.float32)
        for plane in look[1:]
    )
    planes, through = colour.premultiplied(np.asarray(luma, np.float32), blue, red, mask)
    return Layer(
        planes=planes, through=through, left=0, top=0, solid=size, near=NEAR, is_subject=True
    )
