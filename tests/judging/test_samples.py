"""Intervals that allow for few clips: the draws are those of another way to draw them."""

import numpy as np
import pytest

from hailuo_nb.judging import samples
from hailuo_nb.judging.samples import draw, half_widths
from hailuo_nb.judging.strengths import RIDGE, win_rates

PROMPTS, CLIPS = 3, 5
OWNERS = np.repeat(np.eye(PROMPTS), CLIPS, axis=0)


def clip_wins(number: int = 400, seed: int = 0) -> np.ndarray:
    """Cast votes on clips that differ within their prompts, too."""
    rng = np.random.default_rng(seed)
    strengths = np.repeat([0.8, 0.0, -0.5], CLIPS) + rng.normal(0, 0.6, PROMPTS * CLIPS)
    found = np.zeros((PROMPTS * CLIPS,) * 2)
    for _ in range(number):
        first, second = rng.choice(PROMPTS, 2, replace=False)
        i, j = first * CLIPS + rng.integers(CLIPS), second * CLIPS + rng.integers(CLIPS)
        won = rng.random() < 1 / (1 + np.exp(strengths[j] - strengths[i]))
        found[(i, j) if won else (j, i)] += 1
    return found


def climbed(cells: np.ndarray) -> np.ndarray:
    """Fit prompts to their wins by small steps uphill; return their win rates."""
    found = np.zeros(cells.shape[:2])
    shown = cells + cells.swapaxes(1, 2)
    pace = 1 / (RIDGE + shown.sum(-1).max(-1, keepdims=True) / 2)
    for _ in range(60):
        chance = 1 / (1 + np.exp(found[:, None, :] - found[:, :, None]))
        found += pace * ((cells - shown * chance).sum(-1) - RIDGE * found)
    others = ~np.eye(PROMPTS, dtype=bool)
    return np.where(others, chance, 0).sum(-1) / (PROMPTS - 1)


def drawn_by_hand(wins: np.ndarray, draws: int) -> np.ndarray:
    """Draw each prompt's clips one by one; every two that are drawn bring their votes along."""
    rng = np.random.default_rng(99)
    first = np.repeat(np.arange(PROMPTS) * CLIPS, CLIPS)
    cells = np.zeros((draws, PROMPTS, PROMPTS))
    for at in range(draws):
        kept = first + rng.integers(CLIPS, size=len(first))
        cells[at] = wins[np.ix_(kept, kept)].reshape(PROMPTS, 5, PROMPTS, 5).sum((1, 3))
    return climbed(cells)


@pytest.fixture(scope="module")
def drawn() -> np.ndarray:
    """Draw 10,000 times."""
    return draw(clip_wins(), OWNERS, win_rates, draws=10_000, seed=1)


def test_the_draws_ends_are_those_of_another_way(drawn: np.ndarray) -> None:
    """The middle 95 % of the win rates end within 0.01, and their middles are alike."""
    theirs = drawn_by_hand(clip_wins(), 10_000)
    for share in (0.025, 0.5, 0.975):
        ours = np.quantile(drawn, share, axis=0)
        assert np.allclose(ours, np.quantile(theirs, share, axis=0), atol=0.01)


def test_one_seed_gives_the_same_draws_in_any_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    """How many are reckoned at once changes nothing; another seed does."""
    first, other = (draw(clip_wins(), OWNERS, win_rates, draws=500, seed=seed) for seed in (1, 2))
    assert not np.allclose(first, other)
    monkeypatch.setattr(samples, "_AT_ONCE", 20_000)
    assert np.allclose(draw(clip_wins(), OWNERS, win_rates, draws=500, seed=1), first)


def test_without_difference_between_clips_the_votes_decide() -> None:
    """The draws count the votes' chance k (2 + k) times; no more is left between the clips."""
    k = 1 - 1 / CLIPS
    rng = np.random.default_rng(0)
    only_votes = rng.normal(0, np.sqrt(k * (2 + k) * 0.9 * 0.04), (1000, 3))
    width = half_widths(only_votes, np.full(3, 0.04), np.full(3, 5.0), freedom=12)
    assert np.allclose(width, 1.96 * 0.2, atol=1e-3)


@pytest.mark.parametrize("freedom", [4, 12, 75])
def test_what_lies_between_clips_is_added(freedom: int) -> None:
    """With Student's quantile, since it is known from so many clips only."""
    from scipy.stats import t as student

    k = 1 - 1 / CLIPS
    rng = np.random.default_rng(0)
    drawn = rng.normal(0, 0.5, (200_000, 3))
    width = half_widths(drawn, np.full(3, 1e-9), np.full(3, 5.0), freedom=freedom)
    assert np.allclose(width, student.ppf(0.975, freedom) * 0.5 / np.sqrt(k), atol=0.01)


@pytest.mark.parametrize("errors", [0.0, 0.59, 1.6, 5.6])
def test_what_lies_between_clips_counts_less_the_chance_in_it(errors: float) -> None:
    """Six tenths of a standard error come off; what is less than that is nothing."""
    from scipy.stats import t as student

    k, of_votes, freedom = 1 - 1 / CLIPS, 0.04, 12
    error = np.sqrt(2 / freedom) * of_votes
    drawn = np.random.default_rng(0).normal(size=(1000, 3))
    drawn *= np.sqrt(k * ((2 + k) * of_votes + errors * error)) / drawn.std(axis=0, ddof=1)
    width = half_widths(drawn, np.full(3, of_votes), np.full(3, float(CLIPS)), freedom=freedom)
    between = max(0.0, errors - 0.6) * error
    known = freedom * ((of_votes + between) / between) ** 2 if between else np.inf
    assert np.allclose(width, student.ppf(0.975, known) * np.sqrt(of_votes + between), atol=1e-3)
