"""Kill kernels, keepers and servers, many times: ``python -m tests.chaos --runs 200 --seed 1``.

Prints one line a run, then the table of steps, fates and unsure tasks; ``--write`` also
keeps it in ``RESULTS.md``, and each run, so that one may go on later (``--first``). Ends with
status 1 when the promise was broken once.
"""

import argparse
import os
import pickle
import platform
import signal
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from queue import SimpleQueue

from tests.chaos.aims import Plan, plans
from tests.chaos.run import Result, run, unsure_at
from tests.chaos.service import Simulator, running_simulator
from tests.chaos.traces import STEPS
from tests.support.keepers import runtime_folder

RESULTS = Path(__file__).with_name("RESULTS.md")
LAST = Path(__file__).with_name("last_runs.pickle")
"""Each run that was kept."""


def main(words: Sequence[str] | None = None) -> int:
    """Play the runs and return the exit status."""
    asked = _read(words)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # what was started is ended
    kept = _kept(asked.first) if asked.write and asked.first else []

    def keep(result: Result) -> None:
        kept.append(result)
        if asked.write:
            LAST.write_bytes(pickle.dumps(kept))

    todo = plans(asked.runs, asked.seed)[asked.first :]
    play(todo, jobs=asked.jobs, only=asked.only, keep=keep)
    results = sorted(kept, key=lambda result: result.plan.number)
    text = report(results, seed=asked.seed, took_s=sum(one.took_s for one in results) / asked.jobs)
    print(text)
    if asked.write:
        RESULTS.write_text(text, encoding="utf-8")
    return 1 if any(result.broken for result in results) else 0


def _kept(before: int) -> list[Result]:
    """Return the runs that were kept, those before this number."""
    found: list[Result] = pickle.loads(LAST.read_bytes())
    return [result for result in found if result.plan.number < before]


def play(
    todo: Sequence[Plan],
    *,
    jobs: int = 1,
    only: int | None = None,
    keep: Callable[[Result], None] = lambda _: None,
) -> list[Result]:
    """Play runs, each job on a simulator of its own; ``only`` plays one of them."""
    lock = threading.Lock()
    wanted = [plan for plan in todo if only is None or plan.number == only]
    free: SimpleQueue[Simulator] = SimpleQueue()

    def one(plan: Plan) -> Result:
        service = free.get()
        try:
            with tempfile.TemporaryDirectory(prefix="chaos-", ignore_cleanup_errors=True) as folder:
                result = run(plan, Path(folder), service)
        finally:
            free.put(service)
        with lock:
            print(line(result), file=sys.stderr, flush=True)
            keep(result)
        return result

    with ExitStack() as stack:
        stack.enter_context(runtime_folder())
        for _ in range(jobs):
            free.put(stack.enter_context(running_simulator()))
        with ThreadPoolExecutor(jobs) as pool:
            return list(pool.map(one, wanted))


def line(result: Result) -> str:
    """Return one run in one line, and a line for each broken promise."""
    plan = result.plan
    target = plan.prompts[plan.target]
    where = "server" if plan.served else "kernel" if plan.real_kernel else "shell"
    where += f" keeper-{result.keeper_kills}+{result.saved_alone}" if plan.keeper else ""
    steps = " / ".join(found.steps[target] for found in result.kills)
    missed = "" if result.hit else " (missed)"
    lines = [f"{plan.number:4} {where:17} {result.took_s:5.1f} s  {plan.aim.what}{missed}: {steps}"]
    return "\n".join([*lines, *(f"     BROKEN: {broken}" for broken in result.broken)])


def report(results: Sequence[Result], *, seed: int, took_s: float) -> str:
    """Return the figures of all runs as Markdown."""
    at_target = Counter(result.first_step for result in results)
    at_all = Counter(
        step for result in results for found in result.kills for step in found.steps.values()
    )
    ends = Counter(fate for result in results for fate in result.fates.values())
    unsure = unsure_at(results)
    kills = sum(len(result.kills) for result in results)
    of_servers = sum(len(result.kills) for result in results if result.plan.served)
    real = sum(result.plan.real_kernel and not result.plan.served for result in results)
    broken = [f"run {one.plan.number}: {words}" for one in results for words in one.broken]
    kept = [result for result in results if result.plan.keeper]
    lines = [
        "# Kernels, keepers and servers killed, and what became of their tasks",
        "",
        f"`python -m tests.chaos --runs {len(results)} --seed {seed}`: {len(results)} runs, "
        f"{real} of them with a real kernel; {kills} kills, {of_servers} of them of a Jupyter "
        f"Server whose kernel ends by that; {sum(ends.values())} tasks; "
        f"{took_s / 60:.0f} min. {os.cpu_count()} cores, Python {platform.python_version()}.",
        "",
        f"In {len(kept)} of the runs a keeper might look after tasks: it was killed "
        f"{sum(result.keeper_kills for result in kept)} times, and "
        f"{sum(result.saved_alone for result in kept)} clips were saved while no kernel lived.",
        "",
        f"Promises broken: **{len(broken)}**.",
        *(f"- {words}" for words in broken),
        "",
        "| step that the kill met | aimed-at task | any task |",
        "|---|---|---|",
        *(f"| {step} | {at_target[step]} | {at_all[step]} |" for step in STEPS),
        "",
        "| after resuming | tasks |",
        "|---|---|",
        *(f"| {fate} | {count} |" for fate, count in sorted(ends.items())),
        "",
        f"Unsure: **{sum(unsure.values())}**, each being sent when its kernel was killed:",
        *(f"- {count}: {step}" for step, count in sorted(unsure.items())),
        "",
    ]
    return "\n".join(lines)


def _read(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2, help="runs at once")
    parser.add_argument("--first", type=int, default=0, help="the run to go on with")
    parser.add_argument("--only", type=int, help="play one run of the seed alone")
    parser.add_argument("--write", action="store_true", help=f"keep the figures in {RESULTS.name}")
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main())
