"""What a long history costs: ``python -m tests.bench.bench_history``.

Histories of 1,000, 10,000 and 100,000 tasks, made once in the temporary folder by the history's
own code. Prints one JSON object: milliseconds of a search with its first page of pictures, of the
newest twenty, and of a cell's own look-up.
"""

import json
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from hailuo_nb.store.gallery_queries import Wanted
from hailuo_nb.store.history import History
from tests.store.make import snapshot_of

SIZES = (1_000, 10_000, 100_000)
PAGE = 24
ROUNDS = 30
THINGS = ("fox", "boat", "samurai", "tower", "whale", "lantern", "owl")
PLACES = ("in the snow", "by the sea", "at dusk", "in a storm", "above the clouds")
FOLDER = Path(tempfile.gettempdir()) / "hailuo-bench-history"


def made(number: int) -> Path:
    """Return the folder of a history of so many tasks."""
    home = FOLDER / str(number)
    if (home / "whole").exists():
        return home
    with History(home) as history, history.together():
        known = snapshot_of("b0")
        for at in range(number):
            words = f"A {THINGS[at % 7]} {PLACES[at % 5]}, take {at}."
            request = replace(known.request, prompt=words)
            one = replace(known, id=f"b{at}", request=request, created_at=1e9 + at)
            history.add(replace(one, state="done", task_id=f"t{at}"), folder=Path("clips"))
    (home / "whole").touch()
    return home


def times_ms(work: Callable[[], object]) -> dict[str, float]:
    """Return median and spread of a piece of work."""
    took = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        took.append(1000 * (time.perf_counter() - began))
    return {
        "median": round(statistics.median(took), 2),
        "min": round(min(took), 2),
        "max": round(max(took), 2),
    }


def figures(number: int) -> dict[str, dict[str, float]]:
    """Return what a history of so many tasks takes."""
    with History(made(number)) as history:
        shelf = history.shelf
        asked = shelf.page(Wanted(), 1)[0].request

        def search() -> None:
            known = shelf.page(Wanted(text="fox snow"), PAGE)
            shelf.posters([one.id for one in known])
            if len(known) != PAGE:
                raise SystemExit("the search is not the one that is measured")

        return {
            f"search_{number}_ms": times_ms(search),
            f"newest_{number}_ms": times_ms(lambda: shelf.at(shelf.places(Wanted(), 20))),
            f"cell_{number}_ms": times_ms(lambda: history.same(asked, "simulator")),
        }


def main() -> None:
    """Measure every size and print the figures."""
    print(json.dumps({name: one for number in SIZES for name, one in figures(number).items()}))


if __name__ == "__main__":
    main()
