"""Many experiments at once, judged until the rule decides: each vote of all of them in one step."""

from collections import Counter
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from hailuo_nb.core.vote import Vote
from hailuo_nb.judging.choice import lead, telling, threshold
from hailuo_nb.judging.pairs import next_pair, verdict
from hailuo_nb.judging.strengths import fit, logistic
from hailuo_nb.judging.tally import Tally
from tests.judging.make import contestants_of, vote_of

AT_ONCE = 250
AHEAD = np.log(0.65 / 0.35)
"""The best wins 65 % against the runner-up."""
SPREAD = 0.8
"""The others' strengths, in logits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """Where experiments ended: after how many votes (-1: not at all), and with whom ahead."""

    votes: np.ndarray
    best: np.ndarray


def one_ahead(prompts: int, experiments: int, rng: np.random.Generator, *, ahead: float = AHEAD):
    """Return strengths whose last is ahead of the runner-up, of shape (experiments, prompts)."""
    strengths = np.sort(rng.normal(0, SPREAD, (experiments, prompts)), axis=1)
    strengths[:, -1] = strengths[:, -2] + ahead
    return strengths


def judged(strengths: np.ndarray, votes_max: int, rng: np.random.Generator) -> Ends:
    """Judge experiments until each is decided, or so many votes were cast."""
    parts = [
        _judged(part, votes_max, rng)
        for part in np.array_split(strengths, max(1, len(strengths) // AT_ONCE))
    ]
    return Ends(
        votes=np.concatenate([part.votes for part in parts]),
        best=np.concatenate([part.best for part in parts]),
    )


def _judged(strengths: np.ndarray, votes_max: int, rng: np.random.Generator) -> Ends:
    number, prompts = strengths.shape
    pairs = np.array(list(combinations(range(prompts), 2)))
    first = rng.permuted(np.tile(np.arange(len(pairs)), (number, 1)), axis=1)
    wins = np.zeros((number, prompts, prompts))
    ends, best = np.full(number, -1), np.full(number, -1)
    live, found = np.arange(number), None
    for at in range(votes_max + 1):
        if at >= len(pairs):
            found = fit(wins, start=found and found.strengths, steps=1 if found else 50)
            ahead, gaps = lead(found)
            done = gaps.min(-1) > threshold(prompts)
            ends[live[done]], best[live[done]] = at, ahead[done]
            live, wins = live[~done], wins[~done]
            found = type(found)(
                strengths=found.strengths[~done], covariance=found.covariance[~done]
            )
        if not len(live):
            break
        one, other = pairs[first[live, at]].T if found is None else telling(found, rng)
        chance = logistic(strengths[live, one] - strengths[live, other])
        won = rng.random(len(live)) < chance
        wins[np.arange(len(live)), np.where(won, one, other), np.where(won, other, one)] += 1
    return Ends(votes=ends, best=best)


def through_the_log(prompts: int, experiments: int, seed: int) -> tuple[float, float]:
    """Judge as a person does, vote by vote; return the median of votes and the share of repeats."""
    rng = np.random.default_rng(seed)
    contestants, ends = contestants_of(prompts), []
    kinds: Counter[bool] = Counter()
    for at, strengths in enumerate(one_ahead(prompts, experiments, rng)):
        place = {
            one.clips[0]: strength for one, strength in zip(contestants, strengths, strict=True)
        }
        log: list[Vote] = []
        while verdict(tally := Tally(contestants, log)).state == "open":
            pair = next_pair(tally, "Ada", seed=at)
            better = rng.random() < logistic(place[pair.left] - place[pair.right])
            outcome = "left" if better else "right"
            log.append(vote_of(len(log), pair.left, pair.right, outcome, repeat=pair.repeat))
        kinds.update(vote.repeat for vote in log)
        ends.append(len(log))
    return float(np.median(ends)), kinds[True] / kinds.total()
