"""Small things that drift through the air: petals, flakes, drops, leaves, sparks, dust.

It knows their looks and ways; it must not know scenes or prompts.
"""

import math
import random
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hailuo_nb.simulator.render import colour
from hailuo_nb.simulator.render.camera import Pose
from hailuo_nb.simulator.render.colour import Floats, Plane, Planes

Many = NDArray[np.float64]

# Where an ellipse ends, against its nominal reach; and what is surely further away than that.
EDGE, FAR = 1.25, 1e6


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
    "confetti": Kind((255, 214, 70), 46, 0.015, 0.5, 0.06, 0.14, 0.08, 0.95, 3.0),
    "lights": Kind((255, 224, 255), 34, 0.034, 1.0, 0.02, -0.03, 0.03, 0.55, 0.6, True),
    "wind": Kind((255, 250, 240), 22, 0.150, 0.02, 1.10, 0.02, 0.0, 0.55, 2.0, True),
    "dust": Kind((255, 246, 222), 26, 0.012, 1.0, 0.03, -0.012, 0.03, 0.42, 0.7, True),
}


class Swarm:
    """All particles of a clip, drawn a frame at a time as one batch.

    Parameters
    ----------
    name : str
        A key of `KINDS`.
    width, height : int
        The frame's size in pixels.
    tempo : float
        Factor on their speed.
    seed : str
        Draws where they are: places in shares of the frame, how near, and a phase of its own.
    crowd : float
        Factor on how many there are.
    """

    def __init__(
        self, name: str, width: int, height: int, *, tempo: float, seed: str, crowd: float = 1.0
    ) -> None:
        self._kind = KINDS[name]
        self._frame = (width, height)
        self._tempo = tempo
        dice = random.Random(f"motes:{seed}")  # noqa: S311 - must repeat, guards nothing
        motes = [
            (dice.random(), dice.random(), dice.uniform(0.35, 1.0), dice.uniform(0, math.tau))
            for _ in range(round(self._kind.count * crowd))
        ]
        self._x, self._y, self._near, self._phase = np.array(motes).T
        self._sizes = np.maximum(1.2, self._kind.size * self._near * height)
        luma, blue, red = colour.rows_of(np.array([self._kind.colour], np.float32))
        self._levels = (round(float(luma[0])), round(float(blue[0])), round(float(red[0])))

    def stamp(self, planes: Planes, pose: Pose, time_s: float, strength: float) -> None:
        """Put them on a frame, in place; `strength` 0..1 fades them all."""
        places = self._places(pose, time_s)
        turns = self._turns(time_s)
        spots = self._spots(places, turns, 1, strength)
        _mix(planes[0], self._levels[0], *spots)
        if not self._kind.is_pale:
            spots = self._spots(places, turns, 2, strength)
            _mix(planes[1], self._levels[1], *spots)
            _mix(planes[2], self._levels[2], *spots)

    def _places(self, pose: Pose, time_s: float) -> tuple[Many, Many]:
        """Return pixels; what leaves on one side comes back on the other."""
        width, height = self._frame
        kind, near, travel_s = self._kind, self._near, time_s * self._tempo
        swing = kind.flutter * np.sin(travel_s * 1.7 + self._phase)
        x = self._x + (kind.across * travel_s + swing) * near * height / width
        swing = kind.flutter * 0.4 * np.sin(travel_s * 2.3 + self._phase * 2)
        y = self._y + kind.down * travel_s * near + swing
        scale = np.exp(pose.zoom + pose.dolly * near)
        x = (x - pose.pan - (pose.truck + pose.track) * near - 0.5) * scale + 0.5
        y = (y - pose.tilt - pose.pedestal * near - 0.5) * scale + 0.5
        return (x % 1.1 - 0.05) * width, (y % 1.16 - 0.08) * height

    def _turns(self, time_s: float) -> Many:
        """Return the angle of each, in radians."""
        if self._kind.flutter == 0:
            return np.full_like(self._phase, math.atan2(self._kind.down, self._kind.across))
        return np.asarray(self._phase + time_s * 1.1 * self._tempo * np.cos(self._phase * 3))

    def _spots(
        self, place: tuple[Many, Many], turns: Many, step: int, strength: float
    ) -> tuple[NDArray[np.intp], NDArray[np.uint16]]:
        """Return the pixels of a plane that they touch, as flat indices, and shares 1..256."""
        width, height = (side // step for side in self._frame)
        reach = np.maximum(self._sizes / step / 2, 0.6)
        breadth = np.maximum(reach * self._kind.slim, 0.55)
        cos, sin = np.cos(turns), np.sin(turns)
        columns, aside_x = _box(place[0] / step, np.hypot(reach * cos, breadth * sin), width)
        rows, aside_y = _box(place[1] / step, np.hypot(reach * sin, breadth * cos), height)
        along = _sums(aside_y * (sin / reach)[:, None], aside_x * (cos / reach)[:, None])
        across = _sums(aside_y * (cos / breadth)[:, None], aside_x * (-sin / breadth)[:, None])
        along *= along
        across *= across
        along += across
        hard = np.float32(self._kind.hardness)
        opacity = np.clip((EDGE - np.sqrt(along, out=along)) * hard, 0, 1, out=along).ravel()
        shares = np.rint(opacity * np.float32(strength * self._kind.opacity * 256))
        touched = np.flatnonzero(shares)
        pixels = (rows[:, :, None] * width + columns[:, None, :]).ravel()[touched]
        return pixels, shares[touched].astype(np.uint16)


def _box(places: Many, reach: Many, limit: int) -> tuple[NDArray[np.intp], Many]:
    """Return, along one axis, the pixels around each place, and how far each lies aside.

    One box fits the largest of them, however it is turned. Pixels out of the frame lie far aside.
    """
    half = math.ceil(EDGE * float(reach.max()) + 0.5)
    pixels = np.rint(places).astype(np.intp)[:, None] + np.arange(-half, half + 1)
    outside = (pixels < 0) | (pixels >= limit)
    return pixels, np.where(outside, FAR, pixels - places[:, None])


def _sums(down: Many, across: Many) -> Floats:
    rows, columns = down.astype(np.float32), across.astype(np.float32)
    return rows[:, :, None] + columns[:, None, :]


def _mix(plane: Plane, level: int, pixels: NDArray[np.intp], shares: NDArray[np.uint16]) -> None:
    """Mix a level into some pixels of a plane, in place; shares are in 256ths."""
    flat = plane.reshape(-1)
    flat[pixels] = (flat[pixels] * (256 - shares) + shares * level) >> 8
