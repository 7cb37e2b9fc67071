"""The waiting time that is told is true within a fifth: against clips drawn one by one."""

import heapq
import random
import statistics
from collections.abc import Sequence
from math import exp, log

import pytest

from hailuo_nb.core.polling import SIGMA
from hailuo_nb.gateway.waiting import SPREAD, USUAL_SEND_S, SendGate, waits_s

PLACES, SENDS, WINDOW_S = 100, 20, 11.0
LESSONS = 12
QUICK_S = 0.1
"""So long takes a send where several replicas send beside each other."""


def gate(recent_s: Sequence[float] = (), shut_s: float = 0.0) -> SendGate:
    """Return the service's gate."""
    return SendGate(sends=SENDS, window_s=WINDOW_S, recent_s=recent_s, shut_s=shut_s)


def drawn(
    generator: random.Random,
    ages: list[float],
    queued: int,
    mean_s: float,
    *,
    before: SendGate,
    takes_s: float,
) -> list[float]:
    """Return when each place is sent in a service whose clips take as long as they are drawn."""
    median_s = mean_s / SPREAD

    def takes(at_least_s: float = 0.0) -> float:
        while (taken_s := exp(generator.gauss(log(median_s), SIGMA))) <= at_least_s:
            pass
        return taken_s

    ends = [takes(age) - age for age in ages]
    heapq.heapify(ends)
    moments = sorted(-ago_s for ago_s in before.recent_s)
    now = max(before.shut_s, moments[-1] + takes_s if moments else 0.0)
    sent: list[float] = []
    for _ in range(queued):
        if len(moments) >= SENDS:
            now = max(now, moments[-SENDS] + WINDOW_S)
        while ends and ends[0] <= now:
            heapq.heappop(ends)
        while len(ends) >= PLACES:
            now = max(now, heapq.heappop(ends))
        sent.append(now)
        moments.append(now)
        heapq.heappush(ends, now + takes())
        now += takes_s
    return sent


def means(
    ages: list[float],
    queued: int,
    mean_s: float,
    *,
    before: SendGate,
    takes_s: float = USUAL_SEND_S,
) -> list[float]:
    """Return when each place is sent on average over a class's lessons."""
    generator = random.Random(7)
    lessons = [
        drawn(generator, ages, queued, mean_s, before=before, takes_s=takes_s)
        for _ in range(LESSONS)
    ]
    return [statistics.mean(place) for place in zip(*lessons, strict=True)]


@pytest.mark.parametrize("mean_s", [11.45, 229.0, 400.0])
@pytest.mark.parametrize("under_way", ["none", "all just sent", "all of every age"])
def test_the_wait_is_true_within_a_fifth(mean_s: float, under_way: str) -> None:
    """For each place, on average over a class's lessons; where all places are taken, too."""
    generator = random.Random(7)
    ages = {
        "none": [],
        "all just sent": [place * WINDOW_S / SENDS for place in range(PLACES)],
        "all of every age": [generator.uniform(0, mean_s) for _ in range(PLACES)],
    }[under_way]
    told = waits_s(ages, 600, mean_s=mean_s, places=PLACES, gate=gate())
    assert len(told) == 600
    assert told == sorted(told)
    true = means(ages, 600, mean_s, before=gate())
    for place in range(0, 600, 25):
        assert told[place] == pytest.approx(true[place], rel=0.2, abs=6), place


@pytest.mark.parametrize("takes_s", [USUAL_SEND_S, QUICK_S])
@pytest.mark.parametrize("sent", [3, 10, 20, 60, 95])
def test_a_short_wait_is_true_within_a_fifth(sent: int, takes_s: float) -> None:
    """Or a second: those who come just after others are sent with them, or once the gate opens."""
    before = drawn(random.Random(7), [], sent, 229.0, before=gate(), takes_s=takes_s)
    ages = [before[-1] + takes_s - moment for moment in before]
    here = gate([age for age in ages if age < WINDOW_S])
    told = waits_s(ages, 60, mean_s=229.0, places=PLACES, gate=here)
    true = means(ages, 60, 229.0, before=here, takes_s=takes_s)
    for place in range(PLACES - sent if sent > 40 else 60):
        assert told[place] == pytest.approx(true[place], rel=0.2, abs=1), place


def test_twenty_are_sent_in_a_row_and_then_none_for_a_while() -> None:
    """As the gate lets them through, and not evenly; a gate that is shut lets nobody through."""
    told = waits_s([], 40, mean_s=229.0, places=PLACES, gate=gate())
    assert told[:3] == pytest.approx([0.0, USUAL_SEND_S, 2 * USUAL_SEND_S])
    assert told[19] < 8 < WINDOW_S <= told[20] < told[39] < 2 * WINDOW_S
    later = waits_s([], 40, mean_s=229.0, places=PLACES, gate=gate(shut_s=60.0))
    assert later == pytest.approx([60 + moment for moment in told])
    soon = waits_s([], 2, mean_s=229.0, places=PLACES, gate=gate([4.0] * SENDS))
    assert soon == pytest.approx([WINDOW_S - 4, WINDOW_S - 4])


def test_gaps_in_which_nobody_came_are_no_pace() -> None:
    """Only clips that were sent right after each other tell how long one takes."""
    assert gate().apart_s() == USUAL_SEND_S
    assert gate([9.0, 5.0, 1.0]).apart_s() == USUAL_SEND_S
    assert gate([9.0, 5.0, 4.9, 4.7, 4.6]).apart_s() == pytest.approx(0.1)
