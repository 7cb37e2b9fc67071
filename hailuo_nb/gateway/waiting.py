"""How long it takes until each place of the queue is sent: pure, from what is under way.

Clips take as long as a log-normal says. The ages of those under way tell when places at the
service come free, and no more are sent in a while than the gate lets through. It is reckoned
forward in steps, as a stream rather than clip by clip.
"""

import math
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from operator import mul

from hailuo_nb.core.polling import MEDIAN_S, SIGMA

STEPS_OF_MEAN = 45
"""So many steps is a clip old on average when it ends."""

AGES = 360
"""So many steps old is a clip that is counted as the oldest."""

AHEAD = 300
"""After so many steps the stream is taken to be even."""

SPREAD = math.exp(SIGMA**2 / 2)
USUAL_MEAN_S = MEDIAN_S * SPREAD


def waits_s(
    ages_s: Sequence[float], queued: int, *, mean_s: float, places: int, a_second: float
) -> list[float]:
    """Return the seconds until each place of the queue is sent, the first one first.

    Parameters
    ----------
    ages_s
        How long each clip under way has been so, in seconds.
    queued
        How many wait.
    mean_s
        How long a clip takes on average, in seconds.
    places
        How many the service takes at once.
    a_second
        How many may be sent in a second.
    """
    found: list[float] = []
    for moment_s, sent in _stream(ages_s, mean_s, places, a_second):
        while len(found) < queued and len(found) + 0.5 <= sent:
            found.append(moment_s)
        if len(found) >= queued or moment_s >= AHEAD * mean_s / STEPS_OF_MEAN:
            break
    rate = min(a_second, places / mean_s)
    last_s, number = (found[-1], len(found)) if found else (0.0, 0)
    found += [last_s + (place - number + 1) / rate for place in range(number, queued)]
    return found


def _stream(
    ages_s: Sequence[float], mean_s: float, places: int, a_second: float
) -> Iterator[tuple[float, float]]:
    """Yield moments and how many have been sent until then."""
    staying, step_s = _staying(), mean_s / STEPS_OF_MEAN
    at_age = [0.0] * AGES
    for age_s in ages_s:
        at_age[min(AGES - 1, max(0, int(age_s / step_s)))] += 1
    moment_s, sent, fine = 0.0, 0.0, 1 / a_second
    free = max(0.0, places - len(ages_s))
    while True:
        starting = min(free, a_second * step_s)
        for number in range(1, math.ceil(starting) + 1):
            yield moment_s + min(number * fine, step_s) - fine, sent + min(number, starting)
        sent += starting
        moment_s += step_s
        stay = list(map(mul, at_age, staying))
        free += sum(at_age) - sum(stay) - starting
        at_age = [starting, *stay[:-2], stay[-2] + stay[-1]]


@cache
def _staying() -> list[float]:
    """Return the share of clips of each age that do not end within a step."""
    left = [_left(step * SPREAD / STEPS_OF_MEAN) for step in range(AGES + 1)]
    return [after / before if before > 0 else 0.0 for before, after in pairwise(left)]


def _left(medians: float) -> float:
    """Return the share of clips that take longer than so many medians."""
    if medians <= 0:
        return 1.0
    return math.erfc(math.log(medians) / (SIGMA * math.sqrt(2))) / 2
