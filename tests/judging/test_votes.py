"""Which entries of a log count, what they sum to, and how far judges agree."""

import numpy as np

from hailuo_nb.judging.votes import Agreement, agreement, standing, wins
from tests.judging.make import vote_of


def test_a_vote_that_was_taken_back_does_not_stand() -> None:
    """Nor does the entry that takes it back; another judge's cannot be, nor can an undo."""
    log = [
        vote_of(1, "a", "b"),
        vote_of(2, "a", "b", undoes="v1"),
        vote_of(3, "a", "b", "tie"),
        vote_of(4, "a", "b", "tie", undoes="v3", judge="Grace"),
        vote_of(5, "a", "b", undoes="v2"),
    ]
    assert standing(log) == [log[2]]
    assert standing(reversed(log)) == [log[2]]


def test_ties_are_half_a_win_for_both_and_skips_none() -> None:
    """Sides do not matter; what is no clip of these is passed over."""
    log = [
        vote_of(1, "a", "b", "left"),
        vote_of(2, "b", "a", "right"),
        vote_of(3, "b", "a", "tie"),
        vote_of(4, "b", "c", "left"),
        vote_of(5, "a", "c", "skip"),
        vote_of(6, "a", "stranger", "left"),
    ]
    expected = [[0, 2.5, 0], [0.5, 0, 1], [0, 0, 0]]
    assert np.array_equal(wins(log, {"a": 0, "b": 1, "c": 2}), expected)


def test_a_judge_is_held_to_what_they_said_before() -> None:
    """Where a pair came again with sides changed, by the clip that they chose, not by the side."""
    log = [
        vote_of(1, "a", "b", "left"),
        vote_of(2, "a", "c", "left"),
        vote_of(3, "c", "d", "tie"),
        vote_of(4, "b", "a", "right", repeat=True),
        vote_of(5, "c", "a", "left", repeat=True),
        vote_of(6, "d", "c", "tie", repeat=True),
        vote_of(7, "d", "c", "skip", repeat=True),
    ]
    assert agreement(log) == [Agreement(first="Ada", second="Ada", same=2, asked=3)]


def test_judges_are_compared_by_their_last_words() -> None:
    """Each two who have seen the same pair; a pair that one of them skipped says nothing."""
    grace = {"judge": "Grace"}
    log = [
        vote_of(1, "a", "b", "right"),
        vote_of(2, "a", "b", "left"),
        vote_of(3, "a", "c", "left"),
        vote_of(4, "b", "c", "tie"),
        vote_of(5, "b", "a", "right", **grace),
        vote_of(6, "a", "c", "right", **grace),
        vote_of(7, "b", "c", "skip", **grace),
        vote_of(8, "x", "y", judge="Nobody else"),
    ]
    assert agreement(log) == [Agreement(first="Ada", second="Grace", same=1, asked=2)]
