"""Look at cards after all that may befall a page: ``python -m tests.chaos.pages --runs 100``.

Real JupyterLab, kernels and Chromium on a simulator. ``--rtc 20`` adds runs with real-time
collaboration, in an environment that is made for it, ``--killed 20`` some whose kernel is killed
amid its task, ``--crashed 20`` some whose server is killed and started again, and ``--parted 25``
some whose page and server are parted: connections that are cut, a machine that sleeps. Prints one
line a run, then the tables; ``--write`` keeps each run and writes `PAGES.md` of all that are kept,
so that a part may be played at a time (``--first``). Ends with status 1 where a card was wrong or
a task lost.
"""

import argparse
import faulthandler
import json
import os
import platform
import signal
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Error

from tests.chaos.page_plans import CRASHED, DEEDS, KILLED, PARTED, POINTS, RTC, PagePlan, page_plans
from tests.chaos.page_run import LAG_S, PageResult, Scene, play_page
from tests.chaos.run import give_a_past
from tests.chaos.service import running_simulator
from tests.chaos.tap import running_tap
from tests.kernel.real_kernel import CLEARED
from tests.lab.server import running_lab
from tests.support.asleep import Sleep
from tests.support.browser import running_chromium
from tests.support.keepers import end_keepers, runtime_folder
from tests.support.line import wire_before

ROOT = Path(__file__).parents[2]
RESULTS = Path(__file__).with_name("PAGES.md")
LAST = Path(__file__).with_name("last_pages.json")
"""Each run that was kept, so that others can be played later."""

RTC_PLACE = ROOT / "build" / "rtc"
RTC_PACKAGES = ("-e", f"{ROOT}[lab]", "jupyter-collaboration")
SPEED = 25.0
"""A clip takes about 7 s: some are over when the card is looked at, others are not."""

KEY = "sk-pages-0000-5e"
CLIP_S = 10.0
SERIES = {
    "": "in JupyterLab",
    KILLED: "with kernels killed amid tasks",
    CRASHED: "with the server killed",
    PARTED: "with page and server parted",
    RTC: "with real-time collaboration",
}
"""What each series is called."""

Row = Mapping[str, Any]


def main(words: Sequence[str] | None = None) -> int:
    """Play the runs and return the exit status."""
    asked = _read(words)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # what was started is ended
    faulthandler.register(signal.SIGUSR1)
    kept: dict[str, dict[str, Any]] = {}
    if asked.write and LAST.is_file():
        kept = json.loads(LAST.read_text("utf-8"))
    series = [("", sys.executable, asked.runs)]
    series += [(KILLED, sys.executable, asked.killed), (CRASHED, sys.executable, asked.crashed)]
    series += [(PARTED, sys.executable, asked.parted), (RTC, "", asked.rtc)]
    fresh: list[Row] = []
    for name, python, runs in series:
        if not runs:
            continue
        plans = page_plans(runs, asked.seed, apart=name)[asked.first : runs]
        for row in play(plans, python or rtc_python()):
            print(line(row), file=sys.stderr, flush=True)
            fresh.append({**row, "series": name})
            kept[f"{asked.seed}{name}:{row['number']}"] = {**row, "series": name}
            if asked.write:
                LAST.write_text(json.dumps(kept, indent=1), "utf-8")
    text = report(list(kept.values()), seed=asked.seed)
    print(text)
    if asked.write:
        RESULTS.write_text(text, encoding="utf-8")
    return 1 if any(row["wrong"] or row["lost"] for row in fresh) else 0


def play(plans: Sequence[PagePlan], python: str) -> Iterator[Row]:
    """Play runs one after the other; one that JupyterLab itself spoils is told as such."""
    with (
        tempfile.TemporaryDirectory(prefix="pages-", ignore_cleanup_errors=True) as place,
        scene(Path(place), python) as stage,
    ):
        for plan in plans:
            try:
                row = play_page(plan, stage).row()
            except (Error, AssertionError, RuntimeError) as error:
                row = _unplayed(plan, str(error).strip().splitlines()[0][:200])
                stage.leave()
            yield json.loads(json.dumps(row))


def _unplayed(plan: PagePlan, words: str) -> dict[str, Any]:
    """Return what is kept of a run that did not come to its look."""
    nothing = PageResult(
        plan=plan, met="", shown=(), ends=(), clip_s=None, wrong=(), lost=(), took_s=0.0
    )
    return {**nothing.row(), "tasks": 0, "unplayed": words}


@contextmanager
def scene(folder: Path, python: str) -> Iterator[Scene]:
    """Run all that runs share."""
    home = folder / "home"
    with (
        pytest.MonkeyPatch.context() as patch,
        runtime_folder(),
        running_simulator(speed=SPEED) as service,
        running_tap(service.url) as tap,
    ):
        for name in (*CLEARED, "HAILUO_KEEP"):
            patch.delenv(name, raising=False)
        patch.setenv("HAILUO_HOME", str(home))
        patch.setenv("HAILUO_BASE_URL", tap.url)
        patch.setenv("KIE_API_KEY", KEY)
        patch.setenv("HAILUO_MEASURES", "off")
        give_a_past(home, tap.url)
        try:
            with (
                running_lab(folder, python=python) as lab,
                wire_before(int(lab.origin.rpartition(":")[2])) as wire,
                running_chromium() as browser,
            ):
                stage = Scene(
                    service=service,
                    tap=tap,
                    lab=replace(lab, origin=f"http://127.0.0.1:{wire.port}"),
                    home=home,
                    browser=browser,
                    wire=wire,
                    sleep=Sleep(folder / "slept"),
                )
                yield stage
                stage.leave()
        finally:
            end_keepers(home)


def rtc_python() -> str:
    """Return the Python of an environment with real-time collaboration; made where it is none."""
    python = RTC_PLACE / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", RTC_PLACE], check=True)
        install = [python, "-m", "pip", "install", "--quiet", "--no-compile", *RTC_PACKAGES]
        subprocess.run(install, check=True)
    return str(python)


def line(row: Row) -> str:
    """Return one run in one line, and a line for each untruth and each loss."""
    keeper = " keeper" if row["keeper"] else ""
    what = f"{row['point']} ({row['met']}), {DEEDS[row['deed']]}{keeper}"
    said = f"{', '.join(row['shown'])} -> {', '.join(row['ends'])}"
    clip = f", clip after {row['clip_s']} s" if row["clip_s"] is not None else ""
    lines = [f"{row['number']:4} {row['took_s']:5.1f} s  {what}: {said}{clip}"]
    lines += [f"     WRONG: {words}" for words in row["wrong"]]
    lines += [f"     LOST: {words}" for words in row["lost"]]
    lines += [f"     NOT PLAYED: {row['unplayed']}"] if "unplayed" in row else []
    return "\n".join(lines)


def report(rows: Sequence[Row], *, seed: int) -> str:
    """Return the figures of all runs as Markdown."""
    played = [row for row in rows if "unplayed" not in row]
    figures = []
    for name, words in SERIES.items():
        own = [row for row in played if row["series"] == name]
        if own:
            figures += _figures(words, own)
    lines = [
        *("# Pages, and what their cards said", ""),
        ABOUT.format(
            seed=seed, lag_s=LAG_S, cores=os.cpu_count(), version=platform.python_version()
        ),
        *("", "| figure | target | found |", "|---|---|---|", *figures, ""),
        *(*_table(played), ""),
        *_told(rows),
    ]
    return "\n".join(lines).rstrip() + "\n"


ABOUT = """`python -m tests.chaos.pages`, seed {seed}: a cell in JupyterLab on a simulator. Where
its task is at a drawn point of its way, something befalls the page or the kernel. 5 s later, and
once more at the end, every card is compared with the history, and that with the service's books.
What was true within {lag_s:g} s may be said, for a page asks every 2 s; a card that is not there is
looked for as long.
{cores} cores, Python {version}."""


def _told(rows: Sequence[Row]) -> list[str]:
    """Return each untruth, each loss, and each run that could not be played."""
    found = []
    for row in rows:
        run = f"run {row['number']} {row['series']}".rstrip()
        found += [f"- wrong, {run}: {words}" for words in row["wrong"]]
        found += [f"- lost, {run}: {words}" for words in row["lost"]]
        found += [f"- not played, {run}: {row['unplayed']}"] if "unplayed" in row else []
    return found


def _figures(words: str, rows: Sequence[Row]) -> list[str]:
    """Return the lines of one series."""
    tasks = sum(row["tasks"] for row in rows)
    looks = sum(len(row["shown"]) for row in rows)
    clips = sorted(row["clip_s"] for row in rows if row["clip_s"] is not None)
    lines = [
        f"| runs {words} | | {len(rows)}, {tasks} tasks |",
        f"| {words}: wrong cards 5 s later, and at the end | none |"
        f" {sum(len(row['wrong']) for row in rows)}, of {looks} cards |",
        f"| {words}: tasks lost, sent twice or watched by two | none |"
        f" {sum(len(row['lost']) for row in rows)} |",
    ]
    if clips:
        lines.append(
            f"| {words}: a killed kernel's clip in the open notebook, s after the service's end"
            f" | at most {CLIP_S:g} | median {statistics.median(clips):g}, at most {clips[-1]:g},"
            f" of {len(clips)} |"
        )
    return lines


def _table(rows: Sequence[Row]) -> list[str]:
    """Return how often what befell a task in which state."""
    met = Counter((row["deed"], row["point"]) for row in rows)
    head = " | ".join(POINTS)
    return [
        f"| what befell it | {head} |",
        "|---" * (1 + len(POINTS)) + "|",
        *(
            f"| {words} | {' | '.join(str(met[deed, point]) for point in POINTS)} |"
            for deed, words in DEEDS.items()
        ),
    ]


def _read(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos.pages", description=__doc__)
    parser.add_argument("--runs", type=int, default=100, help="runs in JupyterLab")
    parser.add_argument("--killed", type=int, default=0, help="runs that time a killed one's clip")
    parser.add_argument("--crashed", type=int, default=0, help="runs whose server is killed")
    parser.add_argument("--parted", type=int, default=0, help="runs that part page and server")
    parser.add_argument("--rtc", type=int, default=0, help="runs with real-time collaboration")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="the run to begin with")
    parser.add_argument("--write", action="store_true", help=f"keep the figures in {RESULTS.name}")
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main())
