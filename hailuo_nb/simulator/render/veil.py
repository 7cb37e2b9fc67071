"""What is between the camera and the picture: small things that drift, and veils.

Veils are fog and shadows, soft and wide, drawn here; their colours are the grade's. It must not
know stages.
"""

import hashlib
import math
from dataclasses import dataclass

import numpy as np
from PIL import Image

from hailuo_nb.simulator.render import shapes
from hailuo_nb.simulator.render.camera import Pose
from hailuo_nb.simulator.render.colour import Planes
from hailuo_nb.simulator.render.jobs import ClipJob
from hailuo_nb.simulator.render.looks import PLAIN, looks_in
from hailuo_nb.simulator.render.mood import Mood
from hailuo_nb.simulator.render.particles import Swarm

SMALL = 8
"""It is drawn so many times smaller than the frame."""
WIDE = 3.0
"""How many frames it is wide: a camera that turns, and its own way, find no end of it."""

SWARMS_MOST = 2


@dataclass(frozen=True, slots=True)
class VeilKind:
    """How one kind looks and moves.

    `level` is its luma, `drift` frame widths a second, `cell` the size of a billow in frame
    heights, `most` the share of it where it is thickest.
    """

    level: int
    drift: float
    cell: float
    most: float


VEILS: dict[str, VeilKind] = {
    "fog": VeilKind(206, 0.035, 0.42, 0.50),
    "shadow": VeilKind(18, 0.060, 0.70, 0.50),
}


class Veil:
    """One veil over all frames of a clip.

    Parameters
    ----------
    name : str
        A key of `VEILS`.
    width, height : int
        The frame's size in pixels.
    tempo : float
        Factor on its own way.
    seed : str
        Draws its billows.
    light : float
        Factor on how bright it is.
    """

    def __init__(
        self, name: str, width: int, height: int, *, tempo: float, seed: str, light: float
    ) -> None:
        self._kind, self._frame = VEILS[name], (width, height)
        self._level = 16 + round((self._kind.level - 16) * min(light, 1.0))
        self._drift = self._kind.drift * tempo
        number = int.from_bytes(hashlib.sha256(f"veil:{seed}".encode()).digest()[:8])
        tall, wide = max(4, height // SMALL), max(8, round(width * WIDE) // SMALL)
        billows = shapes.noise(
            np.random.default_rng(number), tall, wide, self._kind.cell * height / SMALL, 3
        )
        billows -= billows.min()
        thick = np.clip(billows / max(float(billows.max()), 1e-6) * 1.7 - 0.45, 0, 1)
        self._picture = Image.fromarray((thick * (255 * self._kind.most)).astype(np.uint8))

    def stamp(self, planes: Planes, pose: Pose, time_s: float, strength: float) -> None:
        """Lay it over a frame, in place; `strength` 0..1 thins it."""
        width, height = self._frame
        wide, tall = self._picture.size
        seen = wide / WIDE
        left = (wide - seen) / 2 + (pose.pan + 0.5 * (pose.truck + pose.track)) * seen
        left = min(max(left - self._drift * time_s * seen, 0.0), wide - seen)
        box = (left, 0, left + seen, tall)
        share = self._picture.resize((width, height), Image.Resampling.BILINEAR, box=box)
        if strength < 1:
            share = share.point([round(level * strength) for level in range(256)])
        frame = Image.fromarray(planes[0])
        frame.paste(self._level, None, share)
        planes[0][...] = np.asarray(frame)


class Air:
    """All that drifts through a clip's frames of so many pixels.

    A scene has the weather of its mood; a given still that of the looks laid over it.
    """

    def __init__(self, job: ClipJob, mood: Mood, width: int, height: int) -> None:
        self._layers: list[Swarm | Veil] = []
        if job.start is None:
            self._layers += [Swarm(mood.weather, width, height, tempo=mood.tempo, seed=job.seed)]
            return
        looks = looks_in(job.prompt)
        veils = {look.veil for look in looks if look.veil}
        light = math.prod(look.light for look in looks)
        self._layers += [
            Veil(name, width, height, tempo=mood.tempo, seed=job.seed, light=light)
            for name in sorted(veils)
        ]
        swarms = {look.motes: look.crowd for look in looks if look.motes} or {
            PLAIN.motes: PLAIN.crowd
        }
        for name, crowd in list(swarms.items())[:SWARMS_MOST]:
            self._layers.append(
                Swarm(name, width, height, tempo=mood.tempo, seed=job.seed, crowd=crowd)
            )

    def stamp(self, planes: Planes, pose: Pose, time_s: float, strength: float) -> None:
        """Put it on a frame, in place; `strength` 0..1 thins it."""
        for layer in self._layers:
            layer.stamp(planes, pose, time_s, strength)
