"""What the camera did in a part of a clip: its moves, each with how far it went.

It knows flow, and which command means which move. It must not know what was asked.
"""

import math
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from hailuo_nb.measures.flow import Flags, Flow
from hailuo_nb.measures.frames import Bytes
from hailuo_nb.measures.parallax import parallax

Axis = Literal["across", "down", "scale"]
Kind = Literal["turns", "goes", ""]


class Move(NamedTuple):
    """A direction of the camera: an axis, and the sign of the content's motion along it."""

    axis: Axis
    sign: int


class Command(NamedTuple):
    """A command's move, and whether the camera turns (or zooms) or goes for it."""

    move: Move
    kind: Kind


COMMANDS: dict[str, Command] = {
    "Truck left": Command(Move("across", 1), "goes"),
    "Truck right": Command(Move("across", -1), "goes"),
    "Pan left": Command(Move("across", 1), "turns"),
    "Pan right": Command(Move("across", -1), "turns"),
    "Push in": Command(Move("scale", 1), "goes"),
    "Pull out": Command(Move("scale", -1), "goes"),
    "Pedestal up": Command(Move("down", 1), "goes"),
    "Pedestal down": Command(Move("down", -1), "goes"),
    "Tilt up": Command(Move("down", 1), "turns"),
    "Tilt down": Command(Move("down", -1), "turns"),
    "Zoom in": Command(Move("scale", 1), "turns"),
    "Zoom out": Command(Move("scale", -1), "turns"),
}
"""Content that goes right or down, or grows, is positive: that is a camera left, up or in."""

LEAST: dict[Axis, float] = {"across": 0.03, "down": 0.03, "scale": 0.05}
"""Of the side, and of the logarithm of scale: less is no move."""
SHAKEN = 0.01
"""Mean second difference of the shift, in sides, from which on a camera trembles."""
DEPTH: dict[Axis, tuple[float, float]] = {
    "across": (0.075, 0.085),
    "down": (0.12, 0.19),
    "scale": (0.14, 0.155),
}
"""Less parallax than the first: it turns or zooms; more than the second: it goes."""
KEPT_MIN = 0.35
"""Of the ring's points, so many must move as the fit says, or the step is poor."""
SOUND_MIN = 0.6
"""So many steps of a part must have a fit, or nothing is said of it."""
STEPS_MIN = 4
STRAIGHT_MIN = 0.3
"""A way so much shorter than its steps together contradicts itself."""
_MINOR = 0.25
"""Moves of less than this share of the largest are left out where nobody asked for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipPart:
    """What was seen in one part of a clip.

    Attributes
    ----------
    ways
        How far along each axis: shares of the side, and the logarithm of scale.
    clear
        Axes along which the steps do not contradict each other.
    shaken
        Whether the camera trembles.
    kind
        Whether it turns or goes along its one axis; "" where that cannot be told.
    """

    ways: dict[Axis, float]
    clear: frozenset[Axis]
    shaken: bool
    kind: Kind

    def goes(self, move: Move) -> bool:
        """Return whether the camera went that way."""
        return self.ways[move.axis] * move.sign > LEAST[move.axis]

    def axes(self) -> list[Axis]:
        """Return the axes along which it went, the furthest first, those of no account not."""
        return _moved(self.ways)

    def amount(self, axis: Axis) -> str:
        """Return how far it went along an axis, in words."""
        if axis == "scale":
            return f"{math.exp(self.ways[axis]):.2f} times as large"
        side = "width" if axis == "across" else "height"
        return f"{abs(self.ways[axis]):.0%}".replace("%", " %") + f" of the {side}"

    def words(self) -> str:
        """Return all that was seen, in words."""
        told = [f"{self.name(axis)} {self.amount(axis)}" for axis in self.axes()]
        told += ["Shake"] if self.shaken else []
        return ", ".join(told) or "no move"

    def name(self, axis: Axis) -> str:
        """Return the move along an axis by its command's name, or both where they look alike."""
        move = Move(axis, 1 if self.ways[axis] > 0 else -1)
        goes, turns = (
            next(n for n, c in COMMANDS.items() if c == (move, kind)) for kind in ("goes", "turns")
        )
        known = {"goes": goes, "turns": turns}.get(self.kind)
        return known or f"{turns} or {goes[0].lower()}{goes[1:]}"


def seen(flow: Flow, sound: Flags, frames: Bytes) -> ClipPart | None:
    """Return what the camera did; None where the fit is too poor to say.

    Parameters
    ----------
    flow
        Of the S steps of the part.
    sound
        Steps within one shot (S,).
    frames
        The part's sampled luma, uint8 (S + 1, H, W).
    """
    followed = sound & (flow.kept >= KEPT_MIN)
    if followed.sum() < max(STEPS_MIN, SOUND_MIN * len(sound)):
        return None
    steps = np.column_stack([flow.shift, flow.zoom])[followed]
    sums, lengths = steps.sum(axis=0), np.abs(steps).sum(axis=0)
    names: tuple[Axis, ...] = ("across", "down", "scale")
    ways = dict(zip(names, map(float, sums), strict=True))
    shaken = _jitter(flow, sound) > SHAKEN
    straight = np.abs(sums) >= STRAIGHT_MIN * lengths
    clear = {axis for axis, is_ in zip(names, straight, strict=True) if is_ or shaken}
    return ClipPart(
        ways=ways, clear=frozenset(clear), shaken=shaken, kind=_kind(_moved(ways), shaken, frames)
    )


def _moved(ways: dict[Axis, float]) -> list[Axis]:
    far = {axis: abs(way) / (2 if axis == "scale" else 1) for axis, way in ways.items()}
    most = max(far.values())
    went = [axis for axis in ways if abs(ways[axis]) > LEAST[axis] and far[axis] > _MINOR * most]
    return sorted(went, key=lambda axis: -far[axis])


def _kind(moved: list[Axis], shaken: bool, frames: Bytes) -> Kind:
    """Return whether it turns or goes; of one move alone, for two hide each other's depth."""
    if len(moved) != 1 or shaken:
        return ""
    depth = parallax(frames)
    least, most = DEPTH[moved[0]]
    if depth is None or least <= depth <= most:
        return ""
    return "turns" if depth < least else "goes"


def _jitter(flow: Flow, sound: Flags) -> float:
    """Return the mean second difference of the shift, where no cut lies between its steps."""
    whole = sound[2:] & sound[1:-1] & sound[:-2]
    if whole.sum() <= STEPS_MIN - 2:
        return 0.0
    return float(np.hypot(*np.diff(flow.shift, 2, axis=0)[whole].T).mean())
