"""From a cell's text to its orders, priced and labelled: ``python -m tests.bench.bench_plan``.

Three axes, 24 cells: two of the prompt's, and durations; then a thousand prompts, and what of them
could be had for less. Prints one JSON object.
"""

import json
import sys
import time
from collections.abc import Callable

from hailuo_nb.core.offers import fitting
from hailuo_nb.session.expand import Ask, expand_ask
from hailuo_nb.session.plan import Plan, forecast
from tests.bench.spread import spread

BODY = "[{Push in|Pull out|Pan left}] A {calm|wild|dark|still} sea below a lone samurai."
AXES = {"duration": "6,10"}
IMAGE = "https://example.com/peak.png"
CELLS = 24
ROUNDS = 200
MANY, ROUNDS_OF_MANY = 1000, 15
LEFT = 10_000.0


def plan_ms() -> float:
    """Return how many milliseconds one plan takes."""
    began = time.perf_counter()
    orders = expand_ask(Ask(prompt=BODY, image=IMAGE, **AXES), {})
    words = str(forecast([order.request for order in orders.clips]))
    took_ms = (time.perf_counter() - began) * 1000
    if len(orders.clips) != CELLS or len(orders.axes) != 3 or not words:
        raise SystemExit("the cell is not the one that is measured")
    return took_ms


def plan_many_ms() -> float:
    """Return how many milliseconds the plan of `MANY` prompts takes."""
    began = time.perf_counter()
    many()
    return (time.perf_counter() - began) * 1000


def fitting_ms() -> float:
    """Return how many milliseconds it takes to tell what fits of `MANY` clips."""
    requests = [item.request for item in many().clips]
    began = time.perf_counter()
    found = fitting(requests, LEFT)
    took_ms = (time.perf_counter() - began) * 1000
    if not found:
        raise SystemExit("nothing fits")
    return took_ms


def many() -> Plan:
    """Return the plan of a thousand prompts."""
    body = "\n---\n".join(f"A calm sea, number {at}" for at in range(MANY))
    return expand_ask(Ask(prompt=body, image=IMAGE), {})


def repeated(measure: Callable[[], float], rounds: int) -> dict[str, float]:
    """Return median, least and most of repeated measurements."""
    return spread([measure() for _ in range(rounds)])


def main() -> None:
    """Measure and print."""
    shown = {
        "plan_24_cells_ms": repeated(plan_ms, ROUNDS),
        "plan_1000_prompts_ms": repeated(plan_many_ms, ROUNDS_OF_MANY),
        "fitting_1000_clips_ms": repeated(fitting_ms, ROUNDS_OF_MANY),
    }
    json.dump(shown, sys.stdout, indent=2)


if __name__ == "__main__":
    main()
