"""What a log of votes says: which of its entries stand, their sums, and how far judges agree.

It knows votes and ids, not how sure anything is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from hailuo_nb.core.vote import Outcome, Vote

Floats = NDArray[np.float64]

_PLACES: dict[Outcome, int] = {"left": 0, "right": 1, "tie": 2}
_SCORES = np.array([1.0, 0.0, 0.5])
"""What the left clip has of a vote; a skip says nothing."""
_NONE = -(10**12)
"""Makes any sum of places negative."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How often the same was said of the same pair: ``same`` of ``asked`` times.

    ``first`` and ``second`` are the judges' names; one name twice is a judge with themselves.
    """

    first: str
    second: str
    same: int
    asked: int


def standing(log: Iterable[Vote]) -> list[Vote]:
    """Return the votes that were not taken back by their own judge, in their order.

    Each entry has an id of its own, as in the history.
    """
    entries = list(log)
    undone: dict[str, set[str]] = {}
    for entry in entries:
        if entry.undoes is not None:
            undone.setdefault(entry.undoes, set()).add(entry.judge)
    if not undone:
        return entries
    return [
        one
        for one in entries
        if one.undoes is None and (one.id not in undone or one.judge not in undone[one.id])
    ]


def wins(votes: Iterable[Vote], clips: Mapping[str, int]) -> Floats:
    """Return how often each clip won against each other, a tie being half a win for both.

    Parameters
    ----------
    votes
        Those that stand; skips, and votes on other clips, are passed over.
    clips
        The place of each clip, from 0 on, by its id.

    Returns
    -------
    array
        Of shape (clips, clips): at (i, j) the wins of i against j.
    """
    count, place, said = len(clips), clips.get, _PLACES.get
    cells = np.fromiter(
        [
            (place(vote.left, _NONE) * count + place(vote.right, _NONE)) * 3
            + said(vote.outcome, _NONE)
            for vote in votes
        ],
        dtype=np.int64,
    )
    times = np.bincount(cells[cells >= 0], minlength=3 * count * count).reshape(count, count, 3)
    found: Floats = times @ _SCORES + (times @ (1 - _SCORES)).T
    return found


def agreement(votes: Iterable[Vote]) -> list[Agreement]:
    """Return how far each judge agrees with themselves, then each two with each other.

    A judge is compared with themselves where a pair came again with sides changed, and with
    another by what each said last of a pair. Skips say nothing.
    """
    said: dict[str, dict[tuple[str, str], str]] = {}
    own: dict[str, list[bool]] = {}
    for vote in votes:
        if vote.outcome == "skip":
            continue
        pair, answer = _answer(vote)
        before = said.setdefault(vote.judge, {})
        if vote.repeat and pair in before:
            own.setdefault(vote.judge, []).append(before[pair] == answer)
        before[pair] = answer
    alone = [_counted(judge, judge, same) for judge, same in sorted(own.items())]
    return alone + [
        _counted(one, other, [said[one][pair] == said[other][pair] for pair in both])
        for one, other in combinations(sorted(said), 2)
        if (both := said[one].keys() & said[other].keys())
    ]


def _counted(first: str, second: str, same: list[bool]) -> Agreement:
    return Agreement(first=first, second=second, same=sum(same), asked=len(same))


def _answer(vote: Vote) -> tuple[tuple[str, str], str]:
    """Return the two clips whatever their sides, and which was better, "" for neither."""
    better = {"left": vote.left, "right": vote.right}.get(vote.outcome, "")
    first, second = sorted((vote.left, vote.right))
    return (first, second), better
