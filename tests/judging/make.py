"""Prompts with strengths that are known, and votes on their clips."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from hailuo_nb.core.vote import Vote
from hailuo_nb.judging.tally import Contestant

MOODS, MOVES = ("slow", "stormy"), ("pan", "zoom", "tilt")


def vote_of(number: int, left: str, right: str, outcome: str = "left", **changes: Any) -> Vote:
    """Make a vote."""
    facts: dict[str, Any] = {
        "id": f"v{number}",
        "experiment": "trial",
        "digest": "ab12",
        "judge": "Ada",
        "left": left,
        "right": right,
        "outcome": outcome,
        "at": 1_790_000_000.0 + number,
    }
    return Vote(**facts | changes)


def contestants_of(prompts: int, clips: int = 1) -> list[Contestant]:
    """Make prompts with clips, on the axes mood and move."""
    return [
        Contestant(
            name=f"p{at}",
            values=(("mood", MOODS[at % 2]), ("move", MOVES[at % 3])),
            clips=tuple(f"p{at}c{clip}" for clip in range(clips)),
        )
        for at in range(prompts)
    ]


def votes_on(
    contestants: Sequence[Contestant],
    strengths: Sequence[float],
    number: int,
    *,
    ties: float = 0.0,
    seed: int = 0,
) -> list[Vote]:
    """Cast votes on random clips of different prompts, a share of them ties."""
    rng = np.random.default_rng(seed)
    log = []
    for at in range(number):
        first, second = rng.choice(len(contestants), 2, replace=False)
        left, right = (rng.choice(contestants[place].clips) for place in (first, second))
        better = rng.random() < 1 / (1 + np.exp(strengths[second] - strengths[first]))
        outcome = "tie" if rng.random() < ties else "left" if better else "right"
        log.append(vote_of(at, str(left), str(right), outcome))
    return log
