"""Camera commands in a prompt, and the path they make the camera take.

It knows the fifteen commands, in English and Chinese, and how far each goes; it must not know
pictures or pixels: a pose is in shares of the frame and in natural logarithms of scale.
"""

import math
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Pose:
    """Where the camera is, against where it began.

    Attributes
    ----------
    pan, tilt : float
        Turned right / down: everything moves alike; shares of width and height.
    truck, pedestal : float
        Moved right / down: near things move more than far ones; shares likewise.
    zoom : float
        Logarithm of the magnification, the same for all.
    dolly : float
        Logarithm of the magnification of the nearest things; far ones hardly change.
    track : float
        Moved right along with the subject, which stays where it is.
    shake : float
        How strongly the camera is shaken, 0..1.
    """

    pan: float = 0.0
    tilt: float = 0.0
    truck: float = 0.0
    pedestal: float = 0.0
    zoom: float = 0.0
    dolly: float = 0.0
    track: float = 0.0
    shake: float = 0.0

    def __add__(self, other: "Pose") -> "Pose":
        return Pose(**{f.name: getattr(self, f.name) + getattr(other, f.name) for f in _FIELDS})

    def __mul__(self, factor: float) -> "Pose":
        return Pose(**{f.name: getattr(self, f.name) * factor for f in _FIELDS})

    @property
    def is_flat(self) -> bool:
        """Whether near and far move alike."""
        return not (self.truck or self.pedestal or self.dolly or self.track)


_FIELDS = fields(Pose)
REST = Pose()

COMMANDS: dict[str, Pose] = {
    "truck left": Pose(truck=-0.30),
    "truck right": Pose(truck=0.30),
    "pan left": Pose(pan=-0.24),
    "pan right": Pose(pan=0.24),
    "push in": Pose(dolly=0.60),
    "pull out": Pose(dolly=-0.60),
    "pedestal up": Pose(pedestal=-0.20),
    "pedestal down": Pose(pedestal=0.20),
    "tilt up": Pose(tilt=-0.20),
    "tilt down": Pose(tilt=0.20),
    "zoom in": Pose(zoom=0.40),
    "zoom out": Pose(zoom=-0.40),
    "shake": Pose(shake=1.0),
    "tracking shot": Pose(track=0.36),
    "static shot": REST,
}

_CHINESE = "左移 右移 左摇 右摇 推进 拉远 上升 下降 上摇 下摇 变焦推近 变焦拉远 晃动 跟随 固定"
_MEANT = {name: name for name in COMMANDS} | dict(zip(_CHINESE.split(), COMMANDS, strict=True))
"""What each way to write a command means."""

SHAKE_SHARE = 0.014
SHAKE_HZ = (2.3, 3.7, 5.9)
_COMMA = re.compile("[,，、]")
_BRACKET = re.compile(r"\[([^\[\]]{1,300})\]")


def commands_in(prompt: str) -> list[list[str]]:
    """Return the known commands of each bracket that holds any, in order of the text.

    They are those of `COMMANDS`, also where the text has them in Chinese.
    """
    brackets = []
    for inside in _BRACKET.findall(prompt):
        words = [" ".join(word.lower().split()) for word in _COMMA.split(inside)]
        known = [_MEANT[word] for word in words if word in _MEANT]
        if known:
            brackets.append(known)
    return brackets


def without_commands(prompt: str) -> str:
    """Return the prompt with its camera brackets taken out."""

    def keep(match: re.Match[str]) -> str:
        return "" if commands_in(match.group(0)) else match.group(0)

    return " ".join(_BRACKET.sub(keep, prompt).split())


class Path:
    """The camera's way through one clip.

    Parameters
    ----------
    prompt : str
        Its brackets share the clip's time, in their order.
    tempo : float
        Factor on how far the camera goes.
    duration_s : float
        Length of the clip.
    seed : str
        Draws the tremble of a shake, and the drift of a camera left to itself.
    """

    def __init__(self, prompt: str, *, tempo: float, duration_s: float, seed: str) -> None:
        dice = random.Random(seed)  # noqa: S311 - must repeat, guards nothing
        brackets = commands_in(prompt)
        moves = [sum((COMMANDS[word] for word in words), REST) for words in brackets]
        self._moves = moves or [_drift(dice) * tempo]
        self._reach = tempo * (0.75 + 0.25 * len(self._moves)) / len(self._moves)
        self._duration_s = duration_s
        self._phases = [dice.uniform(0, math.tau) for _ in range(2 * len(SHAKE_HZ))]

    def at(self, time: float) -> Pose:
        """Return the pose at a share 0..1 of the clip's time; at 0 it is at rest."""
        place = min(max(time, 0.0), 1.0) * len(self._moves)
        current = min(int(place), len(self._moves) - 1)
        pose = sum(self._moves[:current], REST)
        pose = (pose + self._moves[current] * _eased(place - current)) * self._reach
        return self._shaken(pose, self._moves[current].shake, place - current, time)

    def poses(self, count: int) -> list[Pose]:
        """Return the poses of `count` frames, first and last included."""
        return [self.at(number / max(count - 1, 1)) for number in range(count)]

    def _shaken(self, pose: Pose, strength: float, place: float, time: float) -> Pose:
        calm = pose + Pose(shake=-pose.shake)
        swell = min(1.0, place * 8, (1 - place) * 8) * min(strength, 2.0)
        if swell <= 0:
            return calm
        tremble = [
            math.sin(math.tau * hertz * time * self._duration_s + phase) / (1 + number % 3)
            for number, (hertz, phase) in enumerate(zip(SHAKE_HZ * 2, self._phases, strict=True))
        ]
        pan, tilt = sum(tremble[:3]), sum(tremble[3:])
        reach = SHAKE_SHARE * swell
        return calm + Pose(pan=pan * reach, tilt=tilt * reach * 1.4)


def closest_first(poses: Sequence[Pose]) -> list[Pose]:
    """Shift a path so that it never stands further back than where a scene was drawn from."""
    back = Pose(zoom=-min(pose.zoom for pose in poses), dolly=-min(pose.dolly for pose in poses))
    return [pose + back for pose in poses]


def _drift(dice: random.Random) -> Pose:
    return Pose(zoom=0.07, pan=dice.choice((-1, 1)) * 0.02, tilt=dice.uniform(-0.015, 0.0))


def _eased(time: float) -> float:
    """Start and end gently, at an even pace between."""
    edge = 0.18
    if time < edge:
        way = time * time / (2 * edge)
    elif time > 1 - edge:
        way = 1 - edge - (1 - time) ** 2 / (2 * edge)
    else:
        way = time - edge / 2
    return way / (1 - edge)
