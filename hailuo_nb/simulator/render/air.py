"""What is between the camera and the picture: small things that drift, and veils.

It knows which of them a clip has; it must not know how any is drawn.
"""

import math

from hailuo_nb.simulator.render.camera import Pose
from hailuo_nb.simulator.render.colour import Planes
from hailuo_nb.simulator.render.jobs import ClipJob
from hailuo_nb.simulator.render.looks import PLAIN, looks_in
from hailuo_nb.simulator.render.mood import Mood
from hailuo_nb.simulator.render.particles import Swarm
from hailuo_nb.simulator.render.veil import Veil

SWARMS_MOST = 2


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
