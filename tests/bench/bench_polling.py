"""How soon a finished clip is noticed and saved, and for how many questions.

A simulated clock, 1000 drawn durations, 0.4 s a reply: ``python -m tests.bench.bench_polling``.
It prints one JSON object and judges nothing.
"""

import json
import math
import random
import statistics
import sys

from hailuo_nb.core.polling import MEDIAN_S, SIGMA, next_delay_s

REPLY_S = 0.4
TASKS = 1000
SEED = 20260901


def watch(duration_s: float) -> tuple[float, int]:
    """Return the seconds from remote finish to saved clip, and the questions asked.

    The service judges a question half-way through its reply; saving is one reply more.
    """
    asked_at, questions = next_delay_s(0.0, MEDIAN_S), 1
    while asked_at + REPLY_S / 2 < duration_s:
        asked_at += max(REPLY_S, next_delay_s(asked_at, MEDIAN_S))
        questions += 1
    return asked_at + 2 * REPLY_S - duration_s, questions


def main() -> None:
    """Measure and print."""
    draw = random.Random(SEED)
    drawn = [MEDIAN_S * math.exp(SIGMA * draw.gauss(0, 1)) for _ in range(TASKS)]
    lags = sorted(watch(duration_s)[0] for duration_s in drawn)
    found = {
        "lag_median_s": round(statistics.median(lags), 2),
        "lag_p95_s": round(lags[int(0.95 * TASKS)], 2),
        "questions_180_s": watch(180.0)[1],
        "questions_median": statistics.median(watch(duration_s)[1] for duration_s in drawn),
    }
    json.dump(found, sys.stdout, indent=2)


if __name__ == "__main__":
    main()
