"""Fuzz for a while: ``python -m tests.fuzz --minutes 10 --seed 1``.

Every property in turn, with fresh draws each round, until the time is over. Prints how
many inputs each has met; ends with status 1 and the smallest input at a find.
"""

import argparse
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy

from tests.fuzz import properties, sidecars

PROPERTIES = (*properties.PROPERTIES, *sidecars.PROPERTIES)

EXAMPLES = 400
"""Inputs a property meets in one round."""


def main(words: Sequence[str] | None = None) -> int:
    """Fuzz and return the exit status."""
    asked = _read(words)
    met: Counter[str] = Counter()
    until = time.monotonic() + asked.minutes * 60
    turn = 0
    while time.monotonic() < until:
        check, strategy = PROPERTIES[turn % len(PROPERTIES)]
        try:
            met[check.__name__] += fuzz(check, strategy, number=asked.seed + turn)
        except Exception:  # noqa: BLE001 - a find may be anything
            traceback.print_exc()
            print(f"FOUND by {check.__name__}, seed {asked.seed + turn}")
            return 1
        turn += 1
    for name, inputs in met.items():
        print(f"{inputs:9,} inputs  {name}")
    print(f"{sum(met.values()):9,} inputs in {asked.minutes:g} min, nothing found")
    return 0


def fuzz(
    check: Callable[..., None],
    strategy: SearchStrategy[Any],
    *,
    number: int,
    examples: int = EXAMPLES,
) -> int:
    """Try a property on drawn inputs and return how many there were.

    Raises
    ------
    Exception
        Whatever the smallest input that breaks it raises.
    """
    inputs = 0

    def counted(value: Any) -> None:
        nonlocal inputs
        inputs += 1
        check(value)

    once = settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    seed(number)(once(given(strategy)(counted)))()
    return inputs


def _read(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main())
