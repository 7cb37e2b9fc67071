"""When to ask again: soon enough after the clip is ready, and for few requests."""

import math
import random
from statistics import NormalDist, median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hailuo_nb.core.polling import (
    FIRST_POLL_S,
    MEDIAN_S,
    OWN_TASKS_MIN,
    REQUESTS_PER_S,
    SIGMA,
    Estimate,
    estimate,
    next_delay_s,
    range_words,
)

REPLY_S = 0.4
SECONDS = st.floats(0, 5000)
MEDIANS = st.floats(0.5, 2000)


def watched(duration_s: float, median_s: float = MEDIAN_S) -> tuple[float, int]:
    """Poll a task by a simulated clock; return its lag in seconds and its requests.

    The service judges half-way through a reply; the clip is saved one reply later.
    """
    now_s, requests = next_delay_s(0.0, median_s), 1
    while now_s + REPLY_S / 2 < duration_s:
        now_s += max(REPLY_S, next_delay_s(now_s, median_s))
        requests += 1
    return now_s + REPLY_S + REPLY_S - duration_s, requests


def even_durations_s() -> list[float]:
    """Return 1000 durations at even shares of the service's: median 180 s, p99 900 s.

    Where the shares are even the figures carry no luck of the draw.
    """
    log_s = NormalDist(math.log(180), math.log(900 / 180) / NormalDist().inv_cdf(0.99))
    return [math.exp(log_s.inv_cdf((share + 0.5) / 1000)) for share in range(1000)]


def drawn_durations_s() -> list[float]:
    """Draw 1000 durations of the same kind."""
    rng = random.Random(2)
    return [rng.lognormvariate(math.log(180), SIGMA) for _ in range(1000)]


@pytest.mark.parametrize(
    "durations_s", [even_durations_s(), drawn_durations_s()], ids=["even", "drawn"]
)
def test_a_clip_is_saved_soon_after_it_is_ready(durations_s: list[float]) -> None:
    """From remote finish to saved clip: median under 2 s, 95 of 100 under 4 s."""
    lags_s = sorted(watched(duration_s)[0] for duration_s in durations_s)
    assert median(lags_s) < 2.0
    assert lags_s[949] < 4.0


def test_a_usual_task_costs_few_requests() -> None:
    """A task of 180 s is asked for at most 40 times."""
    assert watched(180.0)[1] <= 40


@pytest.mark.parametrize("median_s", [9.0, 60.0, 600.0])
def test_the_requests_scale_with_the_estimate(median_s: float) -> None:
    """A task that takes its median costs at most 40 requests, however long that is."""
    assert watched(median_s, median_s)[1] <= 40


def test_a_task_in_the_far_tail_is_asked_for_seldom() -> None:
    """After five times the median the questions grow rarer, up to one in 30 s."""
    assert next_delay_s(5 * MEDIAN_S, MEDIAN_S) > next_delay_s(4 * MEDIAN_S, MEDIAN_S)
    assert next_delay_s(3 * 3600, MEDIAN_S) == 30.0


def test_the_first_question_comes_after_two_seconds() -> None:
    """A fresh task is asked for at 2 s, sooner where such tasks are over sooner."""
    assert next_delay_s(0.0, MEDIAN_S) == FIRST_POLL_S == 2.0
    assert next_delay_s(0.0, 9.0) < 1.0


@given(SECONDS, MEDIANS)
def test_no_delay_is_a_hammering_or_a_sleep(elapsed_s: float, median_s: float) -> None:
    """Between two questions lie at least 0.3 s, and at most 30 s or a third of the estimate."""
    delay_s = next_delay_s(elapsed_s, median_s)
    assert 1 / REQUESTS_PER_S <= delay_s <= max(30.0, median_s / 3)


@given(SECONDS, MEDIANS, st.integers(1, 2000))
def test_many_tasks_share_one_budget(elapsed_s: float, median_s: float, active: int) -> None:
    """However many are watched, together they ask at most three times a second."""
    delay_s = next_delay_s(elapsed_s, median_s, active=active)
    assert active / delay_s <= REQUESTS_PER_S * (1 + 1e-9)


@given(SECONDS, MEDIANS, st.integers(1, 500))
def test_company_never_makes_a_task_asked_for_more_often(
    elapsed_s: float, median_s: float, active: int
) -> None:
    """One task more never shortens a delay."""
    alone_s = next_delay_s(elapsed_s, median_s, active=active)
    assert next_delay_s(elapsed_s, median_s, active=active + 1) >= alone_s


def test_the_table_stands_in_for_too_few_tasks() -> None:
    """With four tasks of one's own the table's middle half is used."""
    found = estimate([10.0] * (OWN_TASKS_MIN - 1))
    assert (found.samples, found.median_s) == (0, MEDIAN_S)
    assert found.low_s == pytest.approx(MEDIAN_S / math.exp(0.6745 * SIGMA))
    assert found.low_s * found.high_s == pytest.approx(MEDIAN_S**2)


def test_the_table_scales_with_its_median() -> None:
    """The simulator's quick tasks get quick estimates."""
    found = estimate([], table_median_s=9.0)
    assert found.median_s == 9.0
    assert found.low_s < 9.0 < found.high_s


def test_own_tasks_replace_the_table() -> None:
    """From five on, the middle half of one's own tasks is the estimate, in any order."""
    found = estimate([50, 10, 40, 20, 30])
    assert found == Estimate(low_s=20, median_s=30, high_s=40, samples=5)


def test_an_even_number_of_tasks_has_its_median_between_two() -> None:
    """The median of six lies half-way between the third and the fourth."""
    assert estimate([60, 50, 40, 30, 20, 10]).median_s == 35


def test_a_duration_of_nothing_is_no_task() -> None:
    """Zero and negative durations, from a clock set back, are left out."""
    assert estimate([0.0, -5.0, 10, 10, 10, 10]).samples == 0


@given(st.lists(st.floats(0.1, 3000), min_size=OWN_TASKS_MIN, max_size=60))
def test_the_estimate_lies_among_the_tasks(durations_s: list[float]) -> None:
    """Low, median and high are in order and within what was seen."""
    found = estimate(durations_s)
    assert min(durations_s) <= found.low_s <= found.median_s <= found.high_s <= max(durations_s)
    assert found.samples == len(durations_s)


@pytest.mark.parametrize(
    ("low_s", "high_s", "words"),
    [
        (113, 287, "usually 2-5 min"),
        (120, 240, "usually 2-4 min"),
        (6, 14, "usually 6-14 s"),
        (30, 89.4, "usually 30-89 s"),
        (10, 90, "usually 1-2 min"),
        (118, 120, "usually about 2 min"),
        (12.1, 12.2, "usually about 12 s"),
    ],
)
def test_the_estimate_in_words(low_s: float, high_s: float, words: str) -> None:
    """A range in seconds below a minute and a half, in minutes above."""
    assert range_words(Estimate(low_s=low_s, median_s=(low_s + high_s) / 2, high_s=high_s)) == words
