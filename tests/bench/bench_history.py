"""What a long history costs: ``python -m tests.bench.bench_history``.

Histories of 1,000, 10,000 and 100,000 tasks, made once in the temporary folder by the history's
own code: paid and simulated, done, failed, given up and expired ones of two years, on several
models, with pictures of the newest. Prints one JSON object: what each thing that a person does
takes in each of them, in milliseconds where its name does not say otherwise.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hailuo_nb import api
from hailuo_nb.core.names import SIMULATOR
from hailuo_nb.core.request import make_request
from hailuo_nb.core.task import Snapshot, State
from hailuo_nb.notebook.panel.panel import Panel
from hailuo_nb.session import registry
from hailuo_nb.session.plan import Plan
from hailuo_nb.store.gallery_queries import Wanted
from hailuo_nb.store.history import History
from hailuo_nb.views.reports.budget import budget_html, budget_text
from tests.bench.spread import spread
from tests.kernel.real_kernel import real_kernel

SIZES = tuple(map(int, sys.argv[1:])) or (1_000, 10_000, 100_000)
PAGE = 24
ROUNDS, WARM_UP = 15, 2
KERNELS = 3
THINGS = ("fox", "boat", "samurai", "tower", "whale", "lantern", "owl")
PLACES = ("in the snow", "by the sea", "at dusk", "in a storm", "above the clouds")
MODELS = ("02-t2v", "02-t2v-pro", "2.3-i2v", "02-t2v", "h3-t2v")
IMAGE = "https://example.com/peak.png"
API = "https://api.kie.ai"
SPAN_S = 730 * 86400.0
GIVEN_UP_S = 20 * 86400.0
"""What is stopped or expired is older: it is not watched again, for that would be measured, too."""
PICTURED = 2_000
PICTURE = "data:image/jpeg;base64," + 6_000 * "A"
FOLDER = Path(tempfile.gettempdir()) / "hailuo-bench-histories"
BODY = "[{Push in|Pull out|Pan left}] A {calm|wild|dark|still} sea below a lone samurai."
LOAD = """
import time
began = time.perf_counter()
get_ipython().run_line_magic("load_ext", "hailuo_nb")
print(1000 * (time.perf_counter() - began))
"""
LIST = """
import resource, sys, time
before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
get_ipython().run_line_magic("hailuo", "history --json")
took_s = time.perf_counter() - began
more_mb = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1e3
print(took_s, more_mb, file=sys.stderr)
"""


def made(number: int) -> Path:
    """Return the folder of a history of so many tasks."""
    home = FOLDER / str(number)
    if (home / "whole").exists():
        return home
    with History(home) as history, history.together():
        for at in range(number):
            notebook = f"study{at % 40}.ipynb"
            history.add(_task(at, number, home), folder=home / "clips", notebook=notebook)
    (home / "whole").touch()
    return home


def _task(at: int, number: int, home: Path) -> Snapshot:
    """Return one of so many tasks, the last of them the newest."""
    now = time.time()
    created_at = now - SPAN_S * (1 - at / number)
    state: State = "done"
    if at % 19 == 0:
        state = "failed"
    elif at % 23 == 0 and created_at < now - GIVEN_UP_S:
        state = "stopped" if at % 2 else "expired"
    model = MODELS[at % len(MODELS)]
    return Snapshot(
        id=f"b{at}",
        name=f"take{at % 500}",
        request=make_request(
            prompt=f"A {THINGS[at % 7]} {PLACES[at % 5]}, take {at}.",
            model=model,
            image=None if "t2v" in model else _image(),
        ),
        service=SIMULATOR if at % 3 == 0 else API,
        created_at=created_at,
        submitted_at=created_at + 1,
        finished_at=created_at + 150,
        state=state,
        task_id=f"t{at}",
        credits=30.0,
        video=home / "clips" / f"b{at}.mp4" if state == "done" else None,
        sha256=f"{at:064x}" if state == "done" else None,
        poster=PICTURE if at >= number - PICTURED else None,
    )


def _image() -> Any:
    from hailuo_nb.core.request import ImageRef

    return ImageRef(label="peak.png", url=IMAGE, digest=None, mime=None)


def times_ms(work: Callable[[], object]) -> dict[str, float]:
    """Return median and spread of a piece of work, once it is warm."""
    took = []
    for _ in range(ROUNDS + WARM_UP):
        began = time.perf_counter()
        work()
        took.append(1000 * (time.perf_counter() - began))
    return spread(took[WARM_UP:])


def figures(number: int) -> dict[str, dict[str, float]]:
    """Return what a history of so many tasks takes."""
    home = made(number)
    os.environ.update(HAILUO_HOME=str(home), HAILUO_SIMULATOR="on", HAILUO_MEASURES="off")
    os.chdir(home)
    if known := registry.state.pop("session", None):
        known.close()
    registry.state.pop("host", None)
    here = api.reload_config()
    history, shelf = here.history, here.history.shelf
    asked = shelf.page(Wanted(), 1)[0]

    def search() -> None:
        known = shelf.page(Wanted(text="fox snow"), PAGE)
        if len(known) != PAGE or not shelf.posters([one.id for one in known]):
            raise SystemExit("the search is not the one that is measured")

    def plan(body: str = BODY) -> None:
        made = api.generate(body, image=IMAGE, duration="6,10", dry_run=True)
        if not isinstance(made, Plan) or len(made.clips) != PAGE:
            raise SystemExit("the plan is not the one that is measured")

    def budget() -> None:
        report = history.budget.report(here.config.service, None)
        if not budget_html(report) or not budget_text(report):
            raise SystemExit("the budget is not the one that is measured")

    def panel() -> None:
        shown = Panel()
        if len(shown.first["rows"]) != PAGE:
            raise SystemExit("the panel is not the one that is measured")
        shown.close()

    works: dict[str, Callable[[], object]] = {
        "search": search,
        "history": lambda: api.history()._ipython_display_(),
        "plan": plan,
        "budget": budget,
        "resume": api.resume,
        "panel": panel,
        "cell": lambda: history.same(asked.request, asked.service),
    }
    found = {f"{name}_{number}_ms": times_ms(work) for name, work in works.items()}
    return found | in_kernels(number)


def in_kernels(number: int) -> dict[str, dict[str, float]]:
    """Return what loading, and listing all as JSON, take in fresh kernels."""
    rounds = [_kernel(made(number)) for _ in range(KERNELS)]
    loads, seconds, megabytes = zip(*rounds, strict=True)
    return {
        f"load_{number}_ms": spread(loads),
        f"json_{number}_s": spread(seconds),
        f"json_{number}_mb": spread(megabytes),
    }


def _kernel(home: Path) -> tuple[float, float, float]:
    with (
        tempfile.TemporaryDirectory() as folder,
        real_kernel(Path(folder), home, HAILUO_SIMULATOR="on", HAILUO_MEASURES="off") as kernel,
    ):
        load_ms = float(kernel.run(LOAD).text.splitlines()[-1])
        kernel.run("%hailuo history fox --limit 1 --json")
        took_s, more_mb = map(float, kernel.run(LIST).text.splitlines()[-1].split())
    return load_ms, took_s, more_mb


def main() -> None:
    """Measure every size and print the figures."""
    print(json.dumps({name: one for number in SIZES for name, one in figures(number).items()}))


if __name__ == "__main__":
    main()
