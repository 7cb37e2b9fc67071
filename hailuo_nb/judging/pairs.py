"""Which two clips come next, and when enough has been voted.

All follows from the log and a seed, so that judging may be left and taken up anywhere, and a
vote that was taken back is asked for again. It knows votes, no player.
"""

import hashlib
import math
from collections import Counter
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from hailuo_nb.core.vote import Vote
from hailuo_nb.judging.choice import VOTES_MAX, lead, telling, threshold
from hailuo_nb.judging.strengths import fit
from hailuo_nb.judging.tally import Tally

RIVALS_AT_FIRST = 15
"""At first everyone meets each other one, or as many of them where there are more."""
REPEAT_EVERY = 10
"""One pair in so many comes again, with sides changed."""
MORE_MAX = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two clips by their local ids, and whether the judge has had them with sides changed."""

    left: str
    right: str
    repeat: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How far judging has come.

    Parameters
    ----------
    state
        "open" while votes are worth their time; else judging may end.
    best
        The name of who is ahead, None without votes.
    votes
        How many say something.
    more
        About how many more would decide it at this pace, at most `MORE_MAX`; 0 where decided.
    """

    state: Literal["open", "better", "no difference"]
    best: str | None
    votes: int
    more: int

    def __str__(self) -> str:
        votes = f"{self.votes} vote{'s' * (self.votes != 1)}"
        if self.state == "better":
            return f"{self.best} is better than each other one ({votes})."
        if not self.votes:
            return "No votes yet."
        more = f"about {self.more:,}" if self.more < MORE_MAX else f"more than {MORE_MAX:,}"
        found = "Not decided" if self.state == "open" else "No difference seen"
        return f"{found} after {votes}: {more} more would be needed."


def next_pair(tally: Tally, judge: str, *, seed: int = 0) -> Pair:
    """Return the pair that a judge is shown next.

    Parameters
    ----------
    tally
        All votes so far, of at least two contestants with a clip each.
    judge
        The name of who votes next.
    seed
        One seed, log and judge give one pair.
    """
    own = [vote for vote in tally.votes if vote.judge == judge]
    key = [seed, int.from_bytes(hashlib.sha256(judge.encode()).digest()[:8])]
    rng = np.random.default_rng([*key, len(own)])
    turn = np.random.default_rng([*key, len(own) // REPEAT_EVERY, 1]).integers(REPEAT_EVERY)
    known = _again(own)
    if known and len(own) % REPEAT_EVERY == turn:
        again = known[rng.integers(len(known))]
        return Pair(left=again.right, right=again.left, repeat=True)
    places = _unmet(tally, rng) or telling(fit(tally.wins), rng)
    left, right = (_least_shown(tally, int(place), rng) for place in rng.permutation(places))
    return Pair(left=left, right=right)


def verdict(tally: Tally) -> Verdict:
    """Return whether somebody is better than each other one, and else what that would take."""
    votes = int(tally.shown.sum()) // 2
    if not votes or len(tally.contestants) < 2:
        return Verdict(state="open", best=None, votes=votes, more=MORE_MAX)
    best, gaps = lead(fit(tally.wins))
    name, needed = tally.contestants[int(best)].name, threshold(len(gaps))
    if gaps.min() > needed and not _open(tally).any():
        return Verdict(state="better", best=name, votes=votes, more=0)
    more = votes * ((needed / max(float(gaps.min()), 1e-6)) ** 2 - 1)
    more = min(MORE_MAX, max(1, math.ceil(more)))
    state: Literal["open", "no difference"] = "open" if votes < VOTES_MAX else "no difference"
    return Verdict(state=state, best=name, votes=votes, more=more)


def _again(own: list[Vote]) -> list[Vote]:
    """Return a judge's last answers on the pairs that came again least, but for the latest."""
    late = {frozenset((vote.left, vote.right)) for vote in own[-3:]}
    answers = {
        pair: vote
        for vote in own
        if vote.outcome != "skip" and (pair := frozenset((vote.left, vote.right))) not in late
    }
    times = Counter(frozenset((vote.left, vote.right)) for vote in own if vote.repeat)
    least = min((times[pair] for pair in answers), default=0)
    return [vote for pair, vote in answers.items() if times[pair] == least]


def _open(tally: Tally) -> NDArray[np.bool_]:
    """Return which two have not met though one of them has met too few, above the diagonal."""
    met = tally.met
    few = met.sum(1) < RIVALS_AT_FIRST
    return np.triu(~met & (few[:, None] | few), 1)


def _unmet(tally: Tally, rng: np.random.Generator) -> tuple[int, int] | None:
    pairs = np.argwhere(_open(tally))
    if not len(pairs):
        return None
    first, second = pairs[rng.integers(len(pairs))]
    return int(first), int(second)


def _least_shown(tally: Tally, place: int, rng: np.random.Generator) -> str:
    """Return a contestant's clip that was shown least often, any of them where there are more."""
    shown = Counter(id for vote in tally.votes for id in (vote.left, vote.right))
    clips = tally.contestants[place].clips
    least = min(shown[id] for id in clips)
    return str(rng.choice([id for id in clips if shown[id] == least]))
