"""Run every bench, or those that are named, and write `RESULTS.md`: figures beside targets.

Each bench is a process of its own, so that none warms another's caches. The figures of those
that are not named are those of their last run on this machine.
"""

import json
import os
import platform
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
RESULTS = Path(__file__).with_name("RESULTS.md")
CHAOS = tuple(Path(__file__).parents[1] / "chaos" / name for name in ("RESULTS.md", "PAGES.md"))
"""What `make chaos` wrote last; it is repeated below the table."""
LAST = Path(__file__).with_name("last")
"""What each bench printed last, so that one of them can be run again alone."""
LONGEST_S = 1200.0
BENCHES = (
    "bench_polling",
    "bench_notebook",
    "bench_simulator",
    "bench_plan",
    "bench_thousand",
    "bench_compare",
    "bench_panel",
    "bench_measures",
    "bench_film",
    "bench_history",
    "bench_import",
    "bench_server",
    "bench_lessons",
)
PACKAGES = ("ipykernel", "ipython", "ipywidgets", "anywidget", "httpx", "av", "numpy", "tornado")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line of the table: what, its target in words, where it stands, whether it holds."""

    what: str
    target: str
    read: Callable[[dict[str, Any]], tuple[float, str]]
    holds: Callable[[float], bool]


def _spread(bench: str, *path: str) -> Callable[[dict[str, Any]], tuple[float, str]]:
    def read(found: dict[str, Any]) -> tuple[float, str]:
        value = found[bench]
        for name in path:
            value = value[name]
        if not isinstance(value, dict):
            return float(value), ""
        return float(value["median"]), f"{value['min']:g} to {value['max']:g}"

    return read


def _worst(name: str) -> Callable[[dict[str, Any]], tuple[float, str]]:
    """Read the slower of the simulator's slowest commands, for a scene and for a picture."""

    def read(found: dict[str, Any]) -> tuple[float, str]:
        each = found["bench_simulator"][name]
        which = max(each, key=lambda one: each[one]["median"])
        return float(each[which]["median"]), which

    return read


def _least_times(name: str, other: str) -> Callable[[dict[str, Any]], tuple[float, str]]:
    """Read how many times as long as the other it takes, each at its best: both are short."""

    def read(found: dict[str, Any]) -> tuple[float, str]:
        one, base = (found["bench_history"][each]["min"] for each in (name, other))
        return round(one / base, 2), f"{one:g} and {base:g} ms"

    return read


def _at_most(limit: float) -> Callable[[float], bool]:
    return lambda value: value <= limit


def _at_least(limit: float) -> Callable[[float], bool]:
    return lambda value: value >= limit


HISTORY = (
    ("a search and its first page of pictures, ms", "search_{}_ms", 50),
    ("`history`, ms", "history_{}_ms", 15),
    ("plan of a cell of 24 new clips, ms", "plan_{}_ms", 20),
    ("`budget`, ms", "budget_{}_ms", 30),
    ("`resume`, ms", "resume_{}_ms", 30),
    ("`%load_ext`, ms", "load_{}_ms", 15),
    ("the panel's part in the kernel, ms", "panel_{}_ms", 250),
    ("`history --json`, s", "json_{}_s", 2),
    ("`history --json`, MB more memory", "json_{}_mb", 50),
)
"""What each thing that a person does may take, however long the history is."""

SERVER: tuple[tuple[str, str, float], ...] = (
    ("loading the extension, ms", "load_ms", 30),
    ("loading the extension, MB", "load_mb", 3),
    ("of numpy, av and httpx, loaded with it", "load_heavy", 0),
    ("10 open pages of 100 cards each, % of a core", "pages_percent", 5),
    ("a callback on loopback to the watcher that it wakes, p95, s", "woken_p95_s", 0.5),
    (
        "remote finish to the clip in the notebook where callbacks come, less the service's own"
        " replies, p95, s",
        "finish_beyond_p95_s",
        0.5,
    ),
    ("recordInfo requests for a task of 180 s where callbacks come", "questions_called_180_s", 6),
    ("10,000 false callbacks, accepted", "forged_accepted", 0),
    ("10,000 false callbacks, MB more memory", "forged_mb", 3),
)
"""What the part in a Jupyter Server may take."""

LESSONS = sorted(path.stem for path in (ROOT / "notebooks" / "lessons").glob("*.txt"))

FIGURES = (
    Figure(
        what="`%load_ext`, ms",
        target="under 60",
        read=_spread("bench_notebook", "load_ms"),
        holds=_at_most(60),
    ),
    Figure(
        what="`%load_ext`, MB",
        target="under 8",
        read=_spread("bench_notebook", "load_mb"),
        holds=_at_most(8),
    ),
    Figure(
        what="first submitting cell returns, ms",
        target="under 250",
        read=_spread("bench_notebook", "first_cell_ms"),
        holds=_at_most(250),
    ),
    Figure(
        what="warm submitting cell returns, ms",
        target="under 25",
        read=_spread("bench_notebook", "warm_cell_ms"),
        holds=_at_most(25),
    ),
    Figure(
        what="warm: cell's start to createTask at the service, ms",
        target="within 30",
        read=_spread("bench_notebook", "warm_create_on_wire_ms"),
        holds=_at_most(30),
    ),
    Figure(
        what="remote finish to saved clip, median, s",
        target="under 2",
        read=_spread("bench_polling", "lag_median_s"),
        holds=_at_most(2),
    ),
    Figure(
        what="remote finish to saved clip, p95, s",
        target="under 4",
        read=_spread("bench_polling", "lag_p95_s"),
        holds=_at_most(4),
    ),
    Figure(
        what="recordInfo requests for a task of 180 s",
        target="at most 40",
        read=_spread("bench_polling", "questions_180_s"),
        holds=_at_most(40),
    ),
    Figure(
        what="saved notebook, kB a clip",
        target="under 60",
        read=_spread("bench_notebook", "saved_kb_per_clip"),
        holds=_at_most(60),
    ),
    Figure(
        what="simulator: 6 s pan at 640 px, from an image, s",
        target="under 0.6",
        read=_spread("bench_simulator", "pan_6s_640px_s", "picture"),
        holds=_at_most(0.6),
    ),
    Figure(
        what="simulator: slowest camera command at 640 px, s",
        target="under 1",
        read=_worst("any_command_6s_640px_s"),
        holds=_at_most(1),
    ),
    Figure(
        what="simulator: slowest camera command at 1366x768, s",
        target="under 3",
        read=_worst("any_command_6s_1366px_s"),
        holds=_at_most(3),
    ),
    Figure(
        what="simulator: recordInfo a second while 4 clips render",
        target="500 or more",
        read=_spread("bench_simulator", "recordInfo_per_s_while_4_clips_render"),
        holds=lambda value: value >= 500,
    ),
    Figure(
        what="plan of a cell with 3 axes and 24 clips, ms",
        target="under 5",
        read=_spread("bench_plan", "plan_24_cells_ms"),
        holds=_at_most(5),
    ),
    Figure(
        what="plan of a cell with 1000 prompts, ms",
        target="under 50",
        read=_spread("bench_plan", "plan_1000_prompts_ms"),
        holds=_at_most(50),
    ),
    Figure(
        what="what of 1000 clips fits into a budget, ms",
        target="under 50",
        read=_spread("bench_plan", "fitting_1000_clips_ms"),
        holds=_at_most(50),
    ),
    Figure(
        what="1000 tasks: % of one core while polling",
        target="at most 15",
        read=_spread("bench_thousand", "cpu_percent_of_a_core"),
        holds=_at_most(15),
    ),
    Figure(
        what="1000 tasks: kB each",
        target="under 10",
        read=_spread("bench_thousand", "kb_per_task"),
        holds=_at_most(10),
    ),
    Figure(
        what="1000 tasks: messages in a view's fullest second",
        target="at most 4",
        read=_spread("bench_thousand", "messages_per_s_max"),
        holds=_at_most(4),
    ),
    Figure(
        what="1000 tasks: lost, or their end not told",
        target="none",
        read=_spread("bench_thousand", "lost"),
        holds=_at_most(0),
    ),
    Figure(
        what="4 clips in lockstep over 15 s with loops: spread, p95, ms",
        target="within 20",
        read=_spread("bench_compare", "lockstep_p95_ms"),
        holds=_at_most(20),
    ),
    Figure(
        what="after one clip stalled 600 ms: all within 50 ms again, ms",
        target="within 2000",
        read=_spread("bench_compare", "stall_back_ms"),
        holds=_at_most(2000),
    ),
    Figure(
        what="9 clips: % of frames dropped",
        target="see the next line",
        read=_spread("bench_compare", "nine_dropped_percent"),
        holds=_at_most(100),
    ),
    Figure(
        what="9 clips: % points more than without correction",
        target="at most 1",
        read=_spread("bench_compare", "nine_dropped_more_points"),
        holds=_at_most(1),
    ),
    Figure(
        what="4 clips: one frame on, to the screen, ms",
        target="under 80",
        read=_spread("bench_compare", "step_ms"),
        holds=_at_most(80),
    ),
    Figure(
        what="4 clips: one frame back, to the screen, ms",
        target="under 80",
        read=_spread("bench_compare", "step_back_ms"),
        holds=_at_most(80),
    ),
    Figure(
        what="4 clips: a drag's pictures behind the hand, ms",
        target="under 250",
        read=_spread("bench_compare", "drag_lag_ms"),
        holds=_at_most(250),
    ),
    Figure(
        what="4 clips of 6 s 1366x768 to a comparison, s of kernel time",
        target="under 0.2",
        read=_spread("bench_compare", "ours_s"),
        holds=_at_most(0.2),
    ),
    Figure(
        what="the same, MB more memory",
        target="under 30",
        read=_spread("bench_compare", "ours_mb"),
        holds=_at_most(30),
    ),
    Figure(
        what="the same, kB saved a clip",
        target="under 60",
        read=_spread("bench_compare", "ours_kb_per_clip"),
        holds=_at_most(60),
    ),
    Figure(
        what="mediapy.show_videos on the same files, s",
        target="the peer",
        read=_spread("bench_compare", "mediapy_s"),
        holds=bool,
    ),
    Figure(
        what="mediapy.show_videos, MB more memory",
        target="the peer",
        read=_spread("bench_compare", "mediapy_mb"),
        holds=bool,
    ),
    Figure(
        what="mediapy.show_videos, kB saved a clip",
        target="the peer",
        read=_spread("bench_compare", "mediapy_kb_per_clip"),
        holds=bool,
    ),
    Figure(
        what="panel visible in JupyterLab, from the cell's start, 10,000 tasks in the history, ms",
        target="under 400",
        read=_spread("bench_panel", "panel_shown_ms"),
        holds=_at_most(400),
    ),
    Figure(
        what="panel: sent at first, kB",
        target="under 100",
        read=_spread("bench_panel", "panel_first_kb"),
        holds=_at_most(100),
    ),
    Figure(
        what="panel: messages while a prompt of 78 characters is typed",
        target="none per key",
        read=_spread("bench_panel", "panel_typing_messages"),
        holds=_at_most(2),
    ),
    Figure(
        what="panel: 100 running tasks, messages in the fullest second",
        target="at most 4",
        read=_spread("bench_panel", "panel_messages_fullest_s"),
        holds=_at_most(4),
    ),
    Figure(
        what="panel: a 9 MB image, dropped to ready, s",
        target="under 2",
        read=_spread("bench_panel", "panel_image_ready_s"),
        holds=_at_most(2),
    ),
    Figure(
        what="measures: % of 42 simulated clips whose camera command is seen",
        target="100",
        read=_spread("bench_measures", "seen_percent"),
        holds=_at_least(100),
    ),
    Figure(
        what="measures: % told apart, pan from truck and zoom from push",
        target="90 or more",
        read=_spread("bench_measures", "told_apart_percent"),
        holds=_at_least(90),
    ),
    Figure(
        what="measures: % seen with a moving subject on 40 % of the frame, noise and flicker",
        target="95 or more",
        read=_spread("bench_measures", "with_subject_percent"),
        holds=_at_least(95),
    ),
    Figure(
        what="measures: % of static clips, with all of these and without, that seem to move",
        target="at most 2",
        read=_spread("bench_measures", "static_false_percent"),
        holds=_at_most(2),
    ),
    Figure(
        what="measures: all of a 6 s clip of 1366x768, s of a processor",
        target="at most 1.5",
        read=_spread("bench_measures", "cpu_s"),
        holds=_at_most(1.5),
    ),
    Figure(
        what="measures: a warm cell's median time while clips are measured, ms more",
        target="at most 3",
        read=_spread("bench_measures", "cell_more_ms"),
        holds=_at_most(3),
    ),
    Figure(
        what="film: four clips of 6 s at 768P as one MP4, s",
        target="at most 6",
        read=_spread("bench_film", "film_s"),
        holds=_at_most(6),
    ),
    Figure(
        what="film: of the same, MB",
        target="at most 8",
        read=_spread("bench_film", "film_mb"),
        holds=_at_most(8),
    ),
    *(
        Figure(
            what=f"history of {number:,} tasks: {what}",
            target=f"at most {most}",
            read=_spread("bench_history", name.format(number)),
            holds=_at_most(most),
        )
        for what, name, most in HISTORY
        for number in (1_000, 10_000, 100_000)
    ),
    Figure(
        what="history: a cell's own look-up, in 100,000 tasks as many times as long as in 1,000",
        target="at most 1.2",
        read=_least_times("cell_100000_ms", "cell_1000_ms"),
        holds=_at_most(1.2),
    ),
    Figure(
        what="50,000 clips taken in from exported pages, s",
        target="at most 60",
        read=_spread("bench_import", "import_50000_s"),
        holds=_at_most(60),
    ),
    Figure(
        what="the same pages once more, which changes nothing, s",
        target="at most 60",
        read=_spread("bench_import", "import_again_s"),
        holds=_at_most(60),
    ),
    *(
        Figure(
            what=f"server: {what}",
            target=f"at most {most:g}" if most else "none",
            read=_spread("bench_server", name),
            holds=_at_most(most),
        )
        for what, name, most in SERVER
    ),
    *(
        Figure(
            what=f"lesson {name}, {what}",
            target=f"at most {most}",
            read=_spread("bench_lessons", name, unit),
            holds=_at_most(most),
        )
        for name in LESSONS
        for what, unit, most in (("s", "s", 45), ("kB as committed", "kb", 600))
    ),
    Figure(
        what="`make demo` once its packages are there, s",
        target="at most 180",
        read=_spread("bench_lessons", "demo_s"),
        holds=_at_most(180),
    ),
    Figure(
        what="`make docs` once its packages are there, s",
        target="at most 60",
        read=_spread("bench_lessons", "docs_s"),
        holds=_at_most(60),
    ),
    Figure(
        what="the wheel, kB",
        target="under 900",
        read=_spread("bench_lessons", "wheel_kb"),
        holds=_at_most(900),
    ),
)


def run(bench: str) -> dict[str, Any]:
    """Run one bench and return what it printed, nothing where it failed; it is kept."""
    print(f"{bench} ...", file=sys.stderr, flush=True)
    words = [sys.executable, "-m", f"tests.bench.{bench}"]
    kept = LAST / f"{bench}.json"
    kept.unlink(missing_ok=True)
    try:
        done = subprocess.run(words, capture_output=True, text=True, check=True, timeout=LONGEST_S)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        print(f"{bench} failed: {error}\n{error.stderr}", file=sys.stderr, flush=True)
        return {}
    LAST.mkdir(exist_ok=True)
    kept.write_text(done.stdout, encoding="utf-8")
    return last(bench)


def last(bench: str) -> dict[str, Any]:
    """Return what a bench printed when it last ran, nothing where it never did."""
    kept = LAST / f"{bench}.json"
    found: dict[str, Any] = json.loads(kept.read_text("utf-8")) if kept.is_file() else {}
    return found


def table(found: dict[str, Any]) -> str:
    """Return the figures as a Markdown table."""
    lines = ["| figure | target | median | min to max | holds |", "|---|---|---|---|---|"]
    for figure in FIGURES:
        try:
            value, spread = figure.read(found)
        except KeyError:
            lines.append(f"| {figure.what} | {figure.target} | not measured | | |")
            continue
        verdict = "yes" if figure.holds(value) else "**no**"
        lines.append(f"| {figure.what} | {figure.target} | {value:g} | {spread} | {verdict} |")
    return "\n".join(lines)


def machine() -> str:
    """Return the machine and the versions in words."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}, "
        f"Python {platform.python_version()}, load average {os.getloadavg()[0]:.1f} at the start. "
        f"{packages}."
    )


def main() -> None:
    """Run everything and write the results."""
    where = machine()
    chosen = sys.argv[1:] or BENCHES
    found = {bench: run(bench) if bench in chosen else last(bench) for bench in BENCHES}
    chaos = "\n".join(path.read_text(encoding="utf-8") for path in CHAOS)
    text = (
        "# Results\n\nWritten by `make bench`; machines differ and are noisy, so compare within one"
        f" run.\n\n{where}\n\n{table(found)}\n\n{chaos}"
    )
    RESULTS.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
