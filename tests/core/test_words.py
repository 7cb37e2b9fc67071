"""Phrases of several rooms: a length of time, and what to do about clips that are not there."""

import pytest

from hailuo_nb.core.words import clipless_advice, time_words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 s"),
        (0.5, "0.5 s"),
        (1, "1 s"),
        (59.9, "59.9 s"),
        (60, "1 min"),
        (90.2, "1 min 30 s"),
        (1800, "30 min"),
        (3600, "1 h"),
        (5400, "1 h 30 min"),
        (7261, "2 h 1 min 1 s"),
        (1e6, "277 h 46 min 40 s"),
    ],
)
def test_a_length_of_time_has_the_units_that_it_needs(seconds: float, words: str) -> None:
    """Never a fraction of a minute, nor a power of ten."""
    assert time_words(seconds) == words


@pytest.mark.parametrize(
    ("states", "advice"),
    [
        (("failed", "generating"), "%hailuo wait"),
        (("waiting",), "%hailuo wait"),
        (("failed", "done"), "%hailuo resume NAME"),
        (("failed", "stopped", "unsure"), "%hailuo show NAME"),
    ],
)
def test_only_what_is_under_way_is_waited_for(states: tuple[str, ...], advice: str) -> None:
    """A clip that was there is fetched again by its name; for the others waiting is in vain."""
    told = clipless_advice(states)
    assert advice in told
    assert sum(verb in told for verb in ("%hailuo wait", "%hailuo resume", "%hailuo show")) == 1
