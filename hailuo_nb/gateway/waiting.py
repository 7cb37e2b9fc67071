"""How long it takes until each place of the queue is sent: pure, from what is under way.

Clips take as long as a log-normal says. The ages of those under way tell when places at the
service come free, reckoned forward in steps, as a stream rather than clip by clip. What may be
sent then goes through the gate as it is: so many one after the other, and then none until the
first of them is old enough.
"""

import math
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice, pairwise
from operator import mul
from statistics import median

from hailuo_nb.core.polling import MEDIAN_S, SIGMA

STEPS_OF_MEAN = 45
"""So many steps is a clip old on average when it ends."""

AGES = 360
"""So many steps old is a clip that is counted as the oldest."""

AHEAD = 300
"""After so many steps the stream is taken to be even."""

SPREAD = math.exp(SIGMA**2 / 2)
USUAL_MEAN_S = MEDIAN_S * SPREAD

USUAL_SEND_S = 0.4
"""How long a createTask usually takes, in seconds: a replica sends one after the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendGate:
    """What is let through to the service, and what has been.

    ``sends`` are let through in any ``window_s``; ``recent_s`` is how long ago the latest were
    sent, and ``shut_s`` for how long none is let through, in seconds.
    """

    sends: int
    window_s: float
    recent_s: Sequence[float] = ()
    shut_s: float = 0.0

    def apart_s(self) -> float:
        """Return how long after each other clips are sent that need not wait, in seconds.

        Gaps in which the gate was open and nobody came say nothing of it.
        """
        moments = sorted(-ago_s for ago_s in self.recent_s)
        gaps = [after - before for before, after in pairwise(moments)]
        quick = [gap for gap in gaps if gap < self.window_s / self.sends]
        return median(quick) if quick else USUAL_SEND_S


def waits_s(
    ages_s: Sequence[float], queued: int, *, mean_s: float, places: int, gate: SendGate
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
    gate
        How many may be sent in a while.
    """
    return list(islice(_sends(ages_s, mean_s, places, gate), queued))


def _sends(ages_s: Sequence[float], mean_s: float, places: int, gate: SendGate) -> Iterator[float]:
    """Yield the moments at which the next clips are sent, without an end."""
    latest = deque(sorted(-ago_s for ago_s in gate.recent_s), maxlen=gate.sends)
    staying, step_s, apart_s = _staying(), mean_s / STEPS_OF_MEAN, gate.apart_s()
    at_age = [0.0] * AGES
    for age_s in ages_s:
        at_age[min(AGES - 1, max(0, int(age_s / step_s)))] += 1
    free = float(places - len(ages_s))

    def opens_s() -> float:
        after_s = latest[-1] + apart_s if latest else 0.0
        full_s = latest[0] + gate.window_s if len(latest) == gate.sends else 0.0
        return max(gate.shut_s, after_s, full_s)

    for step in range(AHEAD):
        stay = list(map(mul, at_age, staying))
        freed, started = sum(at_age) - sum(stay), 0
        while (missing := max(0.0, 0.5 - free)) <= freed:
            moment_s = step * step_s + (step_s * missing / freed if missing else 0.0)
            moment_s = max(moment_s, opens_s())
            if moment_s >= (step + 1) * step_s:
                break
            latest.append(moment_s)
            yield moment_s
            free, started = free - 1, started + 1
        free += freed
        at_age = [float(started), *stay[:-2], stay[-2] + stay[-1]]
    moment_s = max(AHEAD * step_s, latest[-1] if latest else 0.0)
    while True:
        moment_s = max(moment_s + mean_s / places, opens_s())
        latest.append(moment_s)
        yield moment_s


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
