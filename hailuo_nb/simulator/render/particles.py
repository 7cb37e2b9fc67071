"""Small things that drift through the air: petals, flakes, drops, leaves, sparks, dust.

It knows their looks and ways; it must not know scenes or prompts.
"""

import math
import random
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from hailuo_nb.simulator.render import colour
from hailuo_nb.simulator.render.camera import Pose
from hailuo_nb.simulator.render.colour import Plane, Planes


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind looks and moves.

    Speeds are in frame heights a second, sizes likewise shares of the height; a pale kind leaves
    the chroma below it alone.
    """

    colour: tuple[int, int, int]
    count: int
    size: float
    slim: float
    across: float
    down: float
    flutter: float
    opacity: float
    hardness: float
    is_pale: bool = False


KINDS: dict[str, Kind] = {
    "petals": Kind((250, 186, 206), 30, 0.017, 0.55, 0.13, 0.12, 0.05, 0.92, 3.0),
    "snow": Kind((246, 250, 255), 56, 0.012, 1.0, 0.04, 0.16, 0.03, 0.9, 1.6, True),
    "rain": Kind((206, 220, 232), 44, 0.060, 0.03, -0.12, 1.30, 0.0, 0.42, 2.5, True),
    "leaves": Kind((212, 126, 48), 22, 0.020, 0.5, 0.22, 0.10, 0.07, 0.92, 3.0),
    "sparks": Kind((255, 182, 84), 28, 0.014, 1.0, 0.03, -0.10, 0.04, 0.9, 0.9),
    "dust": Kind((255, 246, 222), 26, 0.012, 1.0, 0.03, -0.012, 0.03, 0.42, 0.7, True),
}


@dataclass(frozen=True, slots=True)
class Mote:
    """One particle: where it starts (shares of the frame), how near, and its own phase."""

    x: float
    y: float
    near: float
    phase: float


class Swarm:
    """All particles of a clip.

    Parameters
    ----------
    name : str
        A key of `KINDS`.
    width, height : int
        The frame's size in pixels.
    tempo : float
        Factor on their speed.
    seed : str
        Draws where they are.
    """

    def __init__(self, name: str, width: int, height: int, *, tempo: float, seed: str) -> None:
        self._kind = KINDS[name]
        self._size = (width, height)
        self._tempo = tempo
        dice = random.Random(f"motes:{seed}")  # noqa: S311 - must repeat, guards nothing
        self._motes = [
            Mote(dice.random(), dice.random(), dice.uniform(0.35, 1.0), dice.uniform(0, math.tau))
            for _ in range(self._kind.count)
        ]
        luma, blue, red = colour.rows_of(np.array([self._kind.colour], np.float32))
        self._levels = (float(luma[0]), float(blue[0]), float(red[0]))

    def stamp(self, planes: Planes, pose: Pose, time_s: float, strength: float) -> None:
        """Put them on a frame, in place; `strength` 0..1 fades them all."""
        for mote in self._motes:
            x, y = self._place(mote, pose, time_s)
            size = max(1.2, self._kind.size * mote.near * self._size[1])
            self._stamp_one(planes, (x, y), size, self._turn(mote, time_s), strength)

    def _place(self, mote: Mote, pose: Pose, time_s: float) -> tuple[float, float]:
        """Return pixels; what leaves on one side comes back on the other."""
        width, height = self._size
        kind, travel_s = self._kind, time_s * self._tempo
        swing = kind.flutter * math.sin(travel_s * 1.7 + mote.phase)
        x = mote.x + (kind.across * travel_s + swing) * mote.near * height / width
        y = (
            mote.y
            + kind.down * travel_s * mote.near
            + kind.flutter * 0.4 * math.sin(travel_s * 2.3 + mote.phase * 2)
        )
        scale = math.exp(pose.zoom + pose.dolly * mote.near)
        x = (x - pose.pan - (pose.truck + pose.track) * mote.near - 0.5) * scale + 0.5
        y = (y - pose.tilt - pose.pedestal * mote.near - 0.5) * scale + 0.5
        return (x % 1.1 - 0.05) * width, (y % 1.16 - 0.08) * height

    def _turn(self, mote: Mote, time_s: float) -> float:
        if self._kind.flutter == 0:
            return math.atan2(self._kind.down, self._kind.across)
        return mote.phase + time_s * 1.1 * math.cos(mote.phase * 3) * self._tempo

    def _stamp_one(
        self, planes: Planes, place: tuple[float, float], size: float, turn: float, strength: float
    ) -> None:
        kind = self._kind
        share = round(strength * kind.opacity * 32)
        for number, plane in enumerate(planes[:1] if kind.is_pale else planes):
            step = 2 if number else 1
            x, y = place[0] / step, place[1] / step
            left, top = math.floor(x), math.floor(y)
            look = (round(size / step * 2) / 2, kind.slim, round(turn * 6) % 38)
            phase = (int((x - left) * 4), int((y - top) * 4))
            sprite = _sprite(*look, *phase, kind.hardness, share, self._levels[number])
            half = sprite[0].shape[0] // 2
            _mix(plane, sprite, left - half, top - half)


Sprite = tuple[NDArray[np.uint16], NDArray[np.uint16]]


def _mix(plane: Plane, sprite: Sprite, left: int, top: int) -> None:
    through, light = sprite
    size = light.shape[0]
    if left < 0 or top < 0 or top + size > plane.shape[0] or left + size > plane.shape[1]:
        rows = slice(max(0, -top), min(size, plane.shape[0] - top))
        columns = slice(max(0, -left), min(size, plane.shape[1] - left))
        if rows.start >= rows.stop or columns.start >= columns.stop:
            return
        through, light = through[rows, columns], light[rows, columns]
        top, left = max(top, 0), max(left, 0)
    window = plane[top : top + light.shape[0], left : left + light.shape[1]]
    window[...] = (window * through + light) >> 8


@lru_cache(maxsize=8192)
def _sprite(
    size: float, slim: float, turn: int, dx: int, dy: int, hardness: float, share: int, level: float
) -> Sprite:
    """Return (what shows through, what is added), both times 256, of an ellipse.

    Its centre is off by quarters of a pixel, its opacity is `share` / 32.
    """
    half = math.ceil(size) + 1
    grid = np.arange(-half, half + 1, dtype=np.float32)
    x, y = grid[None, :] - dx / 4, grid[:, None] - dy / 4
    angle = turn / 6
    along = x * math.cos(angle) + y * math.sin(angle)
    aside = y * math.cos(angle) - x * math.sin(angle)
    reach = max(size / 2, 0.6)
    away = np.hypot(along / reach, aside / max(reach * slim, 0.55))
    opacity = np.clip((1.25 - away) * hardness, 0, 1) * (share / 32)
    through = np.round((1 - opacity) * 256).astype(np.uint16)
    return through, ((256 - through) * level).astype(np.uint16)
