"""How often intervals hold the truth: of clips, and of prompts that were sampled by clips."""

import numpy as np

from hailuo_nb.core.vote import Vote
from hailuo_nb.judging.pairs import next_pair
from hailuo_nb.judging.ranking import Ranking
from hailuo_nb.judging.strengths import logistic, win_rates
from hailuo_nb.judging.tally import Contestant, Tally
from tests.judging.make import contestants_of, vote_of

SPREAD = 0.8
DRAWS = 500


def of_clips(prompts: int, votes: int, experiments: int, *, chosen: bool, seed: int) -> float:
    """Return the share of win rates that lie in their intervals, one clip a prompt."""
    rng = np.random.default_rng(seed)
    contestants, held = contestants_of(prompts), []
    for _ in range(experiments):
        strengths = rng.normal(0, SPREAD, prompts)
        place = {
            one.clips[0]: float(strength)
            for one, strength in zip(contestants, strengths, strict=True)
        }
        log = _cast(contestants, place, votes, rng, chosen=chosen)
        held += _held(Ranking(Tally(contestants, log)), win_rates(strengths))
    return float(np.mean(held))


def of_prompts(
    prompts: int, clips: int, votes: int, between: float, experiments: int, *, seed: int
) -> float:
    """Return the same of prompts whose clips' strengths differ with a deviation of ``between``."""
    rng = np.random.default_rng(seed)
    contestants, held = contestants_of(prompts, clips), []
    for at in range(experiments):
        means = rng.normal(0, SPREAD, prompts)
        place = {
            id: float(mean + rng.normal(0, between))
            for one, mean in zip(contestants, means, strict=True)
            for id in one.clips
        }
        log = _cast(contestants, place, votes, rng, chosen=False)
        ranking = Ranking(Tally(contestants, log), draws=DRAWS, seed=at)
        held += _held(ranking, _rates_of_any_clips(means, between))
    return float(np.mean(held))


def _rates_of_any_clips(means: np.ndarray, between: float) -> np.ndarray:
    """Return the win rates of prompts over all the clips that they might have made."""
    points, weights = np.polynomial.hermite_e.hermegauss(40)
    gaps = means[:, None, None] - means[None, :, None] + np.sqrt(2) * between * points
    chance = logistic(gaps) @ (weights / weights.sum())
    return 0.5 + (chance - 0.5).sum(1) / (len(means) - 1)


def _cast(
    contestants: list[Contestant],
    strengths: dict[str, float],
    votes: int,
    rng: np.random.Generator,
    *,
    chosen: bool,
) -> list[Vote]:
    log: list[Vote] = []
    for at in range(votes):
        if chosen:
            pair = next_pair(Tally(contestants, log), "Ada", seed=int(rng.integers(2**31)))
            left, right = pair.left, pair.right
        else:
            sides = rng.choice(len(contestants), 2, replace=False)
            left, right = (str(rng.choice(contestants[side].clips)) for side in sides)
        better = rng.random() < 1 / (1 + np.exp(strengths[right] - strengths[left]))
        log.append(vote_of(at, left, right, "left" if better else "right"))
    return log


def _held(ranking: Ranking, truth: np.ndarray) -> list[bool]:
    rates = {f"p{at}": rate for at, rate in enumerate(truth)}
    return [row.low <= rates[row.name] <= row.high for row in ranking]
