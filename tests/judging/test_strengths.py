"""The model's strengths and their intervals are those of other libraries.

These are imported where they are asked: each process collects all tests, and plays some.
"""

import numpy as np
import pytest

from hailuo_nb.judging.strengths import fit, logit, win_rate_slopes, win_rates
from hailuo_nb.judging.votes import wins
from tests.judging.make import contestants_of, votes_on

TRUE = np.array([0.9, 0.2, 0.0, -0.3, -0.8])


def pairs_of(number: int = 600, seed: int = 1) -> list[tuple[int, int]]:
    """Return who won and who lost, vote by vote."""
    votes = votes_on(contestants_of(5), list(TRUE), number, seed=seed)
    places = {f"p{at}c0": at for at in range(5)}
    sides = [(places[vote.left], places[vote.right]) for vote in votes]
    return [
        (left, right) if vote.outcome == "left" else (right, left)
        for vote, (left, right) in zip(votes, sides, strict=True)
    ]


def matrix_of(pairs: list[tuple[int, int]]) -> np.ndarray:
    """Return wins as the model takes them."""
    found = np.zeros((5, 5))
    for winner, loser in pairs:
        found[winner, loser] += 1
    return found


@pytest.mark.parametrize("ridge", [0.01, 0.3, 3.0])
@pytest.mark.parametrize("number", [7, 600])
def test_strengths_are_choixs_at_the_same_ridge(ridge: float, number: int) -> None:
    """With many votes, and with so few that somebody won always."""
    import choix

    pairs = pairs_of(number)
    theirs = choix.opt_pairwise(5, pairs, alpha=ridge / 2, tol=1e-9)
    ours = fit(matrix_of(pairs), ridge=ridge).strengths
    assert np.allclose(ours, theirs, atol=1e-3)


def logistic(won: np.ndarray, rows: np.ndarray) -> object:
    """Fit a logistic regression."""
    import statsmodels.api as sm

    return sm.Logit(won, rows).fit(disp=0, tol=1e-10)


def regression(pairs: list[tuple[int, int]]) -> object:
    """Fit the strengths against the last one by logistic regression."""
    rows = np.zeros((len(pairs), 5))
    for at, (winner, loser) in enumerate(pairs):
        rows[at, [winner, loser]] = 1, -1
    flip = np.where(np.arange(len(pairs)) % 2, 1, -1)
    return logistic(flip > 0, rows[:, :4] * flip[:, None])


def test_wald_intervals_are_statsmodels() -> None:
    """Of the differences to one of them, with next to no ridge."""
    pairs = pairs_of()
    found = fit(matrix_of(pairs), ridge=1e-8)
    slopes = np.hstack([np.eye(4), -np.ones((4, 1))])
    gaps = slopes @ found.strengths
    half = 1.959964 * np.sqrt(np.diag(slopes @ found.covariance @ slopes.T))
    ours = np.column_stack([gaps - half, gaps + half])
    assert np.allclose(ours, regression(pairs).conf_int(), atol=1e-3)


def test_sums_of_strengths_are_fitted_as_a_regression() -> None:
    """Items that share what they are made of: again statsmodels' figures and intervals."""
    design = np.array([[1, 0, 1, 0], [1, 0, 0, 1], [0, 1, 1, 0], [0, 1, 0, 1], [1, 0, 0, 0.0]])
    pairs = pairs_of()
    found = fit(matrix_of(pairs), ridge=1e-8, design=design)
    rows = np.array([design[winner] - design[loser] for winner, loser in pairs])
    free = np.array([[1, 0, 0], [-1, 0, 0], [0, 1, 0], [0, 0, 1.0]])
    flip = np.where(np.arange(len(pairs)) % 2, 1, -1)[:, None]
    theirs = logistic(flip[:, 0] > 0, rows @ free * flip)
    assert np.allclose(
        design @ found.strengths - found.strengths[0],
        design @ free @ theirs.params - theirs.params[0],
        atol=1e-3,
    )


def test_many_problems_at_once_are_each_by_itself() -> None:
    """Leading axes change nothing."""
    several = np.stack([matrix_of(pairs_of(200, seed)) for seed in range(4)])
    together = fit(several)
    for at, one in enumerate(several):
        alone = fit(one)
        assert np.allclose(together.strengths[at], alone.strengths, atol=1e-8)
        assert np.allclose(together.covariance[at], alone.covariance, atol=1e-8)


def test_a_tie_is_half_a_win_for_both() -> None:
    """As many ties as votes say that two are alike."""
    log = votes_on(contestants_of(2), [3.0, 0.0], 40, ties=1.0)
    found = fit(wins(log, {"p0c0": 0, "p1c0": 1}))
    assert np.allclose(found.strengths, 0, atol=1e-12)
    assert np.isclose(found.covariance[0, 0] - found.covariance[0, 1], 1 / (20 + 0.3))


def test_slopes_are_those_of_the_win_rates() -> None:
    """Against differences of small steps."""
    step = 1e-6
    moved = [
        logit(win_rates(TRUE + step * side)) - logit(win_rates(TRUE - step * side))
        for side in np.eye(5)
    ]
    assert np.allclose(win_rate_slopes(TRUE), np.array(moved).T / (2 * step), atol=1e-6)
    assert np.isclose(win_rates(TRUE).mean(), 0.5)
