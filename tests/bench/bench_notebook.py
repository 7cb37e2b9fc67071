"""What a notebook pays: loading, the submitting cell, the way to the wire, the saved size.

Each round is a fresh kernel on a fresh simulator: ``python -m tests.bench.bench_notebook``.
It prints one JSON object of medians and spreads and judges nothing.
"""

import json
import sys
import tempfile
from pathlib import Path

from hailuo_nb.session.simulator_process import running_simulator
from tests.bench.spread import spread
from tests.kernel.real_kernel import RealKernel, real_kernel
from tests.simulator.owner import ask_owner

ROUNDS = 5
WARM_CELLS = 8
LOAD = """
import json, os, sys, time, psutil
process = psutil.Process()
before, start = process.memory_info().rss, time.perf_counter()
get_ipython().run_line_magic("load_ext", "hailuo_nb")
took = time.perf_counter() - start
heavy = [name for name in ("httpx", "tornado.web", "anywidget", "av") if name in sys.modules]
print(json.dumps([took * 1e3, (process.memory_info().rss - before) / 1e6, heavy]))
"""
CELL = """
import time
at, start = time.time(), time.perf_counter()
get_ipython().run_cell_magic("hailuo", "{name}", "prompt number {number}")
print(json.dumps([(time.perf_counter() - start) * 1e3, at * 1e3]))
"""
PAUSE = "while {name}.task_id is None: time.sleep(0.01)\ntime.sleep(0.3)"


def last_line(text: str) -> list[float]:
    """Return the JSON list that a cell printed last."""
    found: list[float] = json.loads(text.strip().splitlines()[-1])
    return found


def one_round(folder: Path) -> dict[str, list[float]]:
    """Measure one fresh kernel."""
    home = folder / "home"
    with real_kernel(folder, home, HAILUO_SIMULATOR="on") as kernel:
        load_ms, load_mb, heavy = last_line(kernel.run(LOAD).text)
        assert heavy == [], heavy
        cells = [run_cell(kernel, number) for number in range(WARM_CELLS + 1)]
        wire_ms = wire_times_ms(home, [at for _, at in cells])
        kernel.run("%hailuo wait t0")
        size_kb = len(json.dumps(kernel.page[kernel.run("%hailuo show t0").displays[0]])) / 1e3
    return {
        "load_ms": [load_ms],
        "load_mb": [load_mb],
        "first_cell_ms": [cells[0][0]],
        "warm_cell_ms": [took for took, _ in cells[1:]],
        "warm_create_on_wire_ms": wire_ms[1:],
        "saved_kb_per_clip": [size_kb],
    }


def run_cell(kernel: RealKernel, number: int) -> tuple[float, float]:
    """Run a prompt cell; return its milliseconds and its start in ms since the epoch."""
    name = f"t{number}"
    took, at = last_line(kernel.run(CELL.format(name=name, number=number)).text)
    kernel.run(PAUSE.format(name=name))
    return took, at


def wire_times_ms(home: Path, starts_ms: list[float]) -> list[float]:
    """Return the milliseconds from each cell's start to the task's making at the service."""
    simulator = running_simulator(home)
    assert simulator is not None
    rows = ask_owner(simulator.url, "/_sim/ledger", token=simulator.token)
    made = {row["input"]["prompt"]: row["createTime"] for row in rows}
    return [made[f"prompt number {number}"] - at for number, at in enumerate(starts_ms)]


def main() -> None:
    """Measure and print."""
    found: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            for name, values in one_round(Path(folder)).items():
                found.setdefault(name, []).extend(values)
    json.dump({name: spread(values) for name, values in found.items()}, sys.stdout, indent=2)


if __name__ == "__main__":
    main()
