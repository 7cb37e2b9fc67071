"""When to ask again: a schedule shaped by how long such tasks take.

Pure: it is told the time and answers with a delay. The clip should be noticed soon
after it is ready, for few requests: a result is unlikely before a third of the
usual time, so the early questions are sparse; then they are even, and they grow
rarer only in the far tail.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

FIRST_POLL_S = 2.0
"""Seconds from the submit to the first question."""

REQUESTS_PER_S = 3.0
"""Questions a second over all tasks; the service was seen to refuse a few more."""

MEDIAN_S = 180.0
SIGMA = math.log(900 / 180) / 2.326
"""The table's log-normal: median 180 s, 99th percentile 900 s."""

_EARLY = (0.067, 0.301)
"""The sparse questions, as shares of the median; even ones follow the last."""

_EVEN = 3.4 / MEDIAN_S
_AFTER_MEDIAN = 1.8 / MEDIAN_S
_TAIL_FROM = 5.0
_TAIL_GROWTH = 0.004
_SLOWEST_S = 30.0
_QUICKEST_S = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """How long such a task usually takes, in seconds from submit to result.

    ``low_s`` and ``high_s`` hold the middle half of the tasks; ``samples`` is how many
    of the person's own tasks it rests on, 0 for the table.
    """

    low_s: float
    median_s: float
    high_s: float
    samples: int = 0


OWN_TASKS_MIN = 5
"""From how many of one's own finished tasks on they replace the table."""


def estimate(durations_s: Sequence[float], *, table_median_s: float = MEDIAN_S) -> Estimate:
    """Return the estimate from a person's own tasks, else from the table.

    Parameters
    ----------
    durations_s
        Seconds that finished tasks of this kind took, in any order.
    table_median_s
        The table's median for this model and service, in seconds.
    """
    own = sorted(seconds for seconds in durations_s if seconds > 0)
    if len(own) < OWN_TASKS_MIN:
        spread = math.exp(0.6745 * SIGMA)
        return Estimate(
            low_s=table_median_s / spread,
            median_s=table_median_s,
            high_s=table_median_s * spread,
        )
    quarter = len(own) // 4
    return Estimate(
        low_s=own[quarter],
        median_s=(own[(len(own) - 1) // 2] + own[len(own) // 2]) / 2,
        high_s=own[-1 - quarter],
        samples=len(own),
    )


def next_delay_s(elapsed_s: float, median_s: float, *, active: int = 1) -> float:
    """Return the seconds from one question to the next, request to request.

    Parameters
    ----------
    elapsed_s
        Seconds since the submit, 0 at the first question's planning.
    median_s
        The estimate's median in seconds, above 0.
    active
        How many tasks are being polled; together they keep to the budget.
    """
    return max(_shape_s(elapsed_s, median_s), active / REQUESTS_PER_S)


_CALLED = (0.5, 0.8, 1.0, 1.3)
_CALLED_SLOWEST_S = 60.0


def net_delay_s(elapsed_s: float, median_s: float) -> float:
    """Return the seconds to the next question where callbacks tell: questions are a net alone.

    At 50, 80, 100 and 130 % of the median, in seconds, and then ever more slowly.
    """
    for share in _CALLED:
        if elapsed_s < share * median_s - _QUICKEST_S:
            return max(_QUICKEST_S, share * median_s - elapsed_s)
    return min(_CALLED_SLOWEST_S, max(_QUICKEST_S, 0.3 * elapsed_s))


def _shape_s(elapsed_s: float, median_s: float) -> float:
    first_s = min(FIRST_POLL_S, _EARLY[0] * median_s)
    for planned_s in (first_s, *(share * median_s for share in _EARLY)):
        if elapsed_s < planned_s - _QUICKEST_S:
            return planned_s - elapsed_s
    if elapsed_s < median_s:
        return max(_QUICKEST_S, _EVEN * median_s)
    if elapsed_s < _TAIL_FROM * median_s:
        return max(_QUICKEST_S, _AFTER_MEDIAN * median_s)
    return min(_SLOWEST_S, max(FIRST_POLL_S, _TAIL_GROWTH * elapsed_s))


def range_words(estimate: Estimate) -> str:
    """Return "usually 2-4 min" or "usually 6-14 s"."""
    if estimate.high_s < 90:
        low, high, unit = round(estimate.low_s), round(estimate.high_s), "s"
    else:
        low, high, unit = round(estimate.low_s / 60), math.ceil(estimate.high_s / 60), "min"
    low, high = max(1, low), max(1, high)
    return f"usually {low}-{high} {unit}" if high > low else f"usually about {high} {unit}"
