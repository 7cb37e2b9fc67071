"""Strengths behind wins: the Bradley-Terry model by Newton's method, and what follows from it.

The chance that i beats j is the logistic function of the difference of their strengths
(Bradley and Terry 1952). A ridge keeps strengths finite where somebody won always. It knows
arrays; leading axes are as many problems at once.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

RIDGE = 0.3
"""As if strengths were drawn with a variance of 1 / 0.3, in logits."""

_STEPS_MAX = 50
_CLOSE = 1e-10


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """Strengths in logits, of shape (..., n), and their covariance, of shape (..., n, n)."""

    strengths: Floats
    covariance: Floats


def fit(
    wins: Floats,
    *,
    ridge: float = RIDGE,
    design: Floats | None = None,
    start: Floats | None = None,
    steps: int = _STEPS_MAX,
) -> Fit:
    """Return the most likely strengths.

    Parameters
    ----------
    wins
        Of shape (..., items, items): how often i beat j; a tie is half a win for both.
    ridge
        The penalty: half of it times the sum of squared strengths; above 0.
    design
        Of shape (items, n), where an item's strength is a sum of n strengths; else n is items.
    start
        Strengths to begin with, of shape (..., n).
    steps
        How many of Newton's steps are taken at most.
    """
    size = wins.shape[-1] if design is None else design.shape[1]
    strengths = np.zeros((*wins.shape[:-2], size)) if start is None else start
    bend = np.zeros((*wins.shape[:-2], size, size)) + ridge * np.eye(size)
    shown = wins + wins.swapaxes(-1, -2)
    for _ in range(steps):
        chance = chances(strengths if design is None else strengths @ design.T)
        slope = (wins - shown * chance).sum(-1)
        bend = _laplacian(shown * chance * (1 - chance))
        if design is not None:
            slope, bend = slope @ design, design.T @ bend @ design
        slope -= ridge * strengths
        bend += ridge * np.eye(size)
        step = np.linalg.solve(bend, slope[..., None])[..., 0]
        strengths = strengths + step
        if np.abs(step).max(initial=0.0) < _CLOSE:
            break
    return Fit(strengths=strengths, covariance=np.asarray(np.linalg.inv(bend), np.float64))


def chances(strengths: Floats) -> Floats:
    """Return the chance that i beats j, of shape (..., items, items)."""
    return logistic(strengths[..., :, None] - strengths[..., None, :])


def win_rates(strengths: Floats) -> Floats:
    """Return each item's chance against another that is drawn evenly; 0.5 where it is alone."""
    others = max(1, strengths.shape[-1] - 1)
    rates: Floats = 0.5 + (chances(strengths) - 0.5).sum(-1) / others
    return rates


def win_rate_slopes(strengths: Floats) -> Floats:
    """Return how the logits of `win_rates` change with each strength, of shape (..., n, n)."""
    chance, rate = chances(strengths), win_rates(strengths)
    others = max(1, strengths.shape[-1] - 1)
    slopes: Floats = _laplacian(chance * (1 - chance)) / others
    return slopes / (rate * (1 - rate))[..., None]


def logistic(logit: Floats) -> Floats:
    """Return the chance of a logit."""
    return 1 / (1 + np.exp(-logit))


def logit(chance: Floats) -> Floats:
    """Return the logit of a chance above 0 and below 1."""
    return np.log(chance / (1 - chance))


def _laplacian(weight: Floats) -> Floats:
    """Return the matrix of a weighted graph whose rows sum to 0."""
    diagonal: Floats = np.eye(weight.shape[-1]) * weight.sum(-1)[..., None]
    return diagonal - weight
