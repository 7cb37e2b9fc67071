"""What the camera did against what the prompt asked of it, in a verdict and in words.

Brackets that follow each other in the text are judged on following parts of the clip, as long
as each other. Where the picture's edge cannot be followed nothing is said: "unsure". A subject
that a tracking shot follows stands where nobody looks: that is unsure, too.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from hailuo_nb.core.cameras import asked_moves
from hailuo_nb.measures.flow import Flow
from hailuo_nb.measures.material import Material
from hailuo_nb.measures.motion import whole_steps
from hailuo_nb.measures.moves import COMMANDS, ClipPart, Move
from hailuo_nb.measures.moves import seen as seen_in

Verdict = Literal["seen", "not seen", "unsure", "nothing asked"]

POOR = "the picture's edge cannot be followed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A verdict on the whole prompt, what was seen, and what is to be said of each command."""

    verdict: Verdict
    seen: str
    words: str


def verdict(material: Material) -> str:
    """Return whether the camera did what was asked."""
    return material.camera.verdict


def seen(material: Material) -> str:
    """Return what the camera did."""
    return material.camera.seen


def words(material: Material) -> str:
    """Return what was asked and what was seen of it, in words."""
    return material.camera.words


def judged(material: Material) -> Judgement:
    """Return the judgement of a clip's camera."""
    asked = asked_moves(material.prompt)
    parts = _parts(material, max(1, len(asked)))
    told = "; then ".join(part.words() if part else POOR for part in parts)
    if not asked:
        return Judgement(verdict="nothing asked", seen=told, words=f"nothing asked; seen: {told}")
    answers = [
        (name, *_answer(name, names, part))
        for names, part in zip(asked, parts, strict=True)
        for name in names
    ]
    return Judgement(
        verdict=_overall([found for _, found, _ in answers]),
        seen=told,
        words="asked " + "; ".join(_sentence(*answer) for answer in answers),
    )


def _parts(material: Material, count: int) -> list[ClipPart | None]:
    """Return what was seen in each of so many equal parts of the clip."""
    flow, sound = material.flow, whole_steps(material)
    edges = np.linspace(0, len(sound), count + 1).round().astype(int)
    return [
        seen_in(_cut(flow, a, b), sound[a:b], material.clip.coarse[a : b + 1])
        for a, b in pairwise(edges)
    ]


def _cut(flow: Flow, start: int, end: int) -> Flow:
    return Flow(
        shift=flow.shift[start:end],
        zoom=flow.zoom[start:end],
        roll=flow.roll[start:end],
        kept=flow.kept[start:end],
        own=flow.own[start:end],
    )


def _answer(name: str, together: tuple[str, ...], part: ClipPart | None) -> tuple[Verdict, str]:
    """Return a command's verdict, and what is to be added to it."""
    if part is None:
        return "unsure", POOR
    if name == "Shake":
        return ("seen" if part.shaken else "not seen"), ""
    if name == "Static shot":
        moves = part.words()
        return ("not seen", moves) if part.axes() or part.shaken else ("seen", "")
    if name == "Tracking shot":
        return ("unsure", part.words()) if part.axes() else ("not seen", "no move")
    return _move_answer(name, together, part)


def _move_answer(name: str, together: tuple[str, ...], part: ClipPart) -> tuple[Verdict, str]:
    move, kind = COMMANDS[name]
    back = Move(move.axis, -move.sign)
    if any(other in COMMANDS and COMMANDS[other].move == back for other in together):
        return "unsure", "its opposite is asked with it"
    if not part.goes(move):
        return "not seen", part.words()
    if move.axis not in part.clear:
        return "unsure", "it goes to and fro"
    amount = part.amount(move.axis)
    if len(together) == 1 and part.kind and part.kind != kind and part.axes() == [move.axis]:
        amount += f", rather as {part.name(move.axis)}"
    return "seen", amount


def _overall(found: list[Verdict]) -> Verdict:
    order: tuple[Verdict, ...] = ("not seen", "unsure")
    return next((one for one in order if one in found), "seen")


def _sentence(name: str, found: Verdict, more: str) -> str:
    if not more:
        return f"{name}: {found}"
    return f"{name}: {found}{', ' if found == 'seen' else ': '}{more}"
