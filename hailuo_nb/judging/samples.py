"""How sure a prompt's figures are: intervals that allow for the few clips that were made of it.

Votes say how good clips are; of a prompt its clips are a sample. The clips are drawn again
(cluster bootstrap), a vote counting as often as both of its clips were drawn. So drawn, what
lies between the clips counts k = (c - 1) / c times and the chance in the votes k (2 + k) times
(Owen 2007): both are set right by the votes' own variance, and what lies between clips is taken
as alike for all prompts. It knows arrays, not prompts.
"""

import math
from collections.abc import Callable

import numpy as np

from hailuo_nb.judging.strengths import Floats, fit

CLIPS_MIN = 5
"""With fewer clips of each prompt nothing can be said of the prompts."""
DRAWS = 1000
Z_95 = 1.959964
_TAKEN_OFF = 0.6
"""Standard errors that come off what lies between clips: it is never below 0, which makes it too
large on average. By simulation; see `make judge-study`."""
_AT_ONCE = 2_000_000
_NEWTON_STEPS = 6


def draw(
    wins: Floats,
    owners: Floats,
    figures: Callable[[Floats], Floats],
    *,
    design: Floats | None = None,
    draws: int = DRAWS,
    seed: int = 0,
) -> Floats:
    """Return figures of strengths that were fitted to clips drawn again with replacement.

    Parameters
    ----------
    wins
        Of shape (clips, clips).
    owners
        Of shape (clips, prompts): 1 where the clip is of the prompt, else 0.
    figures
        From strengths of shape (draws, n) to figures of shape (draws, m).
    design
        As of `strengths.fit`, for prompts.
    draws, seed
        How often clips are drawn, and what the draws begin with.

    Returns
    -------
    array
        Of shape (draws, m).
    """
    times = _multiplicities(owners, draws, np.random.default_rng(seed))
    prompts = owners.shape[1]
    owner = owners.argmax(1)
    better, worse = np.nonzero(wins)
    cells, cell = np.unique(owner[better] * prompts + owner[worse], return_inverse=True)
    order = np.argsort(cell, kind="stable")
    better, worse = better[order], worse[order]
    begins = np.searchsorted(cell[order], np.arange(len(cells)))
    most = max(prompts**2, len(better))
    found = []
    for part in np.array_split(times, max(1, draws * most // _AT_ONCE)):
        drawn = np.zeros((len(part), prompts * prompts))
        if len(cells):
            each = part[:, better] * part[:, worse] * wins[better, worse]
            drawn[:, cells] = np.add.reduceat(each, begins, axis=1)
        drawn = drawn.reshape(-1, prompts, prompts)
        found.append(figures(fit(drawn, design=design, steps=_NEWTON_STEPS).strengths))
    return np.concatenate(found)


def half_widths(drawn: Floats, of_votes: Floats, clips: Floats, freedom: int) -> Floats:
    """Return half of each 95 % interval.

    Parameters
    ----------
    drawn
        Figures of `draw`, of shape (draws, m).
    of_votes
        Their variance if the clips were the prompts, of shape (m,).
    clips
        How many clips each figure's prompts have, on average, of shape (m,).
    freedom
        Clips less prompts.
    """
    k = 1 - 1 / clips
    found = float(np.mean(drawn.var(axis=0, ddof=1) / k - (2 + k) * of_votes))
    chance = _TAKEN_OFF * math.sqrt(2 / freedom) * float(np.mean(of_votes))
    between = max(0.0, found - chance)
    variance = of_votes + between
    known = np.inf if between == 0 else freedom * (variance / between) ** 2
    return _t_95(np.asarray(known)) * np.sqrt(variance)


def _multiplicities(owners: Floats, draws: int, rng: np.random.Generator) -> Floats:
    """Return how often each clip was drawn, as many of each prompt as it has."""
    times = np.zeros((draws, len(owners)))
    for owned in owners.T.astype(bool):
        count = int(owned.sum())
        times[:, owned] = rng.multinomial(count, np.full(count, 1 / count), size=draws)
    return times


def _t_95(freedom: Floats) -> Floats:
    """Return Student's quantile for 95 %, to 0.01 from 4 degrees of freedom on (Peiser 1943)."""
    z = Z_95
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / freedom + second / freedom**2 + third / freedom**3
