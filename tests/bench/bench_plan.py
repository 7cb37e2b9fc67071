"""From a cell's text to its orders, priced and labelled: ``python -m tests.bench.bench_plan``.

Three axes, 24 cells: two of the prompt's, and durations. Prints one JSON object.
"""

import json
import statistics
import sys
import time

from hailuo_nb.core.forecast import forecast
from hailuo_nb.session.expand import Ask, expand_ask

BODY = "[{Push in|Pull out|Pan left}] A {calm|wild|dark|still} sea below a lone samurai."
AXES = {"duration": "6,10"}
IMAGE = "https://example.com/peak.png"
CELLS = 24
ROUNDS = 200


def plan_ms() -> float:
    """Return how many milliseconds one plan takes."""
    began = time.perf_counter()
    orders = expand_ask(Ask(prompt=BODY, image=IMAGE, **AXES), {})
    words = str(forecast([order.request for order in orders.clips]))
    took_ms = (time.perf_counter() - began) * 1000
    if len(orders.clips) != CELLS or len(orders.axes) != 3 or not words:
        raise SystemExit("the cell is not the one that is measured")
    return took_ms


def main() -> None:
    """Measure and print."""
    times_ms = [plan_ms() for _ in range(ROUNDS)]
    shown = {
        "median": round(statistics.median(times_ms), 2),
        "min": round(min(times_ms), 2),
        "max": round(max(times_ms), 2),
    }
    json.dump({"plan_24_cells_ms": shown}, sys.stdout, indent=2)


if __name__ == "__main__":
    main()
