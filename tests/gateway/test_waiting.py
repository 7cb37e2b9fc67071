"""The waiting time that is told is true within a fifth: against clips drawn one by one."""

import heapq
import random
import statistics
from math import exp, log

import pytest

from hailuo_nb.core.polling import SIGMA
from hailuo_nb.gateway.waiting import SPREAD, waits_s

PLACES, A_SECOND = 100, 20 / 11


def drawn(generator: random.Random, ages: list[float], queued: int, mean_s: float) -> list[float]:
    """Return when each place is sent in a service whose clips take as long as they are drawn."""
    median_s = mean_s / SPREAD

    def takes(at_least_s: float = 0.0) -> float:
        while (taken_s := exp(generator.gauss(log(median_s), SIGMA))) <= at_least_s:
            pass
        return taken_s

    ends = [takes(age) - age for age in ages]
    heapq.heapify(ends)
    now, sent = 0.0, []
    for _ in range(queued):
        while len(ends) >= PLACES:
            now = max(now, heapq.heappop(ends))
        sent.append(now)
        heapq.heappush(ends, now + takes())
        now += 1 / A_SECOND
    return sent


@pytest.mark.parametrize("mean_s", [11.45, 229.0, 400.0])
@pytest.mark.parametrize("under_way", ["none", "all just sent", "all of every age"])
def test_the_wait_is_true_within_a_fifth(mean_s: float, under_way: str) -> None:
    """For each place that waits longer than half a minute, on average over a class's lessons."""
    generator = random.Random(7)
    ages = {
        "none": [],
        "all just sent": [place / A_SECOND for place in range(PLACES)],
        "all of every age": [generator.uniform(0, mean_s) for _ in range(PLACES)],
    }[under_way]
    lessons = [drawn(generator, ages, 600, mean_s) for _ in range(12)]
    told = waits_s(ages, 600, mean_s=mean_s, places=PLACES, a_second=A_SECOND)
    assert len(told) == 600
    assert told == sorted(told)
    for place in range(0, 600, 25):
        true = statistics.mean(lesson[place] for lesson in lessons)
        assert told[place] == pytest.approx(true, rel=0.2, abs=6), place
