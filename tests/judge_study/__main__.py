"""Simulate judges and write `RESULTS.md`: figures beside targets.

It is written after each part; the lines of parts that are not played are those of their last run
on this machine. ``python -m tests.judge_study --only coverage`` plays the parts of that word, and
``--share 0.01`` fewer experiments, of which nothing is kept.
"""

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np

from hailuo_nb.judging.choice import VOTES_MAX, threshold
from hailuo_nb.judging.pairs import next_pair
from hailuo_nb.judging.ranking import Ranking
from hailuo_nb.judging.tally import Tally
from tests.judge_study.covering import of_clips, of_prompts
from tests.judge_study.deciding import judged, one_ahead, through_the_log
from tests.judging.make import contestants_of, votes_on

RESULTS = Path(__file__).with_name("RESULTS.md")
LAST = Path(__file__).with_name("last.json")
VOTES_AT_MOST = 1500
MEDIANS = {4: 150, 8: 240, 16: 260}
RUNS = 21


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the table; its figure in words, and whether the target holds, None without."""

    what: str
    target: str
    figure: str
    holds: bool | None


def decided(prompts: int, experiments: int) -> list[Line]:
    """Count votes until decided, where the best is ahead."""
    rng = np.random.default_rng(prompts)
    ends = judged(one_ahead(prompts, experiments, rng), VOTES_AT_MOST, rng)
    known = ends.votes >= 0
    median = float(np.median(np.where(known, ends.votes, VOTES_AT_MOST)))
    right = (ends.best[known] == prompts - 1).mean()
    most = MEDIANS.get(prompts)
    return [
        Line(
            what=f"votes until decided, {prompts} prompts of one clip, median",
            target=f"at most {most}" if most else "",
            figure=f"{median:g} (right {right:.1%}, undecided {1 - known.mean():.1%}, "
            f"{experiments:,} experiments)",
            holds=median <= most if most else None,
        )
    ]


def false_winners(prompts: int, experiments: int, *, tied: bool) -> list[Line]:
    """Count winners that are none."""
    rng = np.random.default_rng(100 + prompts)
    alike = np.zeros((experiments, prompts))
    strengths = one_ahead(prompts, experiments, rng, ahead=0.0) if tied else alike
    share = float((judged(strengths, VOTES_MAX, rng).votes >= 0).mean())
    which = "two best and alike" if tied else "all alike"
    return [
        Line(
            what=f"false winners within {VOTES_MAX} votes, {prompts} prompts, {which}",
            target="" if tied else "at most 5 %",
            figure=f"{share:.2%} (threshold {threshold(prompts):.2f}, {experiments:,} experiments)",
            holds=None if tied else share <= 0.05,
        )
    ]


def by_hand(prompts: int, experiments: int) -> list[Line]:
    """Judge through the log itself."""
    median, repeats = through_the_log(prompts, experiments, seed=prompts)
    figure = f"{median:g} ({repeats:.1%} of pairs repeated, {experiments:,} experiments)"
    what = f"the same vote by vote through the log, {prompts} prompts, median"
    return [Line(what=what, target="", figure=figure, holds=None)]


def covered_clips(prompts: int, votes: int, experiments: int, *, chosen: bool) -> list[Line]:
    """Count intervals of clips that hold the truth."""
    share = of_clips(prompts, votes, experiments, chosen=chosen, seed=prompts)
    pairs = "chosen" if chosen else "random"
    what = f"coverage: {prompts} clips, {votes} votes on {pairs} pairs"
    return [_covered(what, share, experiments)]


def covered_prompts(
    prompts: int, clips: int, votes: int, between: float, experiments: int
) -> list[Line]:
    """Count intervals of prompts that hold the truth."""
    share = of_prompts(prompts, clips, votes, between, experiments, seed=prompts + votes)
    what = (
        f"coverage: {prompts} prompts of {clips} clips, {votes} votes, "
        f"clips differ by {between:g} logits"
    )
    return [_covered(what, share, experiments)]


def _covered(what: str, share: float, experiments: int) -> Line:
    figure = f"{share:.1%} ({experiments:,} experiments)"
    return Line(what=what, target="93 to 97 %", figure=figure, holds=0.93 <= share <= 0.97)


def speed() -> list[Line]:
    """Time a ranking of many votes, and a pair's choice."""
    contestants = contestants_of(24)
    strengths = list(np.random.default_rng(0).normal(0, 0.7, 24))
    log = votes_on(contestants, strengths, 50_000, ties=0.1)
    few = log[:VOTES_MAX]
    return [
        _timed("50,000 votes on 24 clips ranked, ms", 20, lambda: Ranking(Tally(contestants, log))),
        _timed(
            f"the next of 24 clips' pairs after {VOTES_MAX} votes, counted anew, ms",
            100,
            lambda: next_pair(Tally(contestants, few), "Ada"),
        ),
    ]


def _timed(what: str, most_ms: float, work: Callable[[], object]) -> Line:
    took = []
    for _ in range(RUNS):
        began = time.process_time()
        work()
        took.append(1000 * (time.process_time() - began))
    median = float(np.median(took))
    return Line(
        what=f"{what}, of the processor's time",
        target=f"at most {most_ms:g}",
        figure=f"{median:.1f} ({min(took):.1f} to {max(took):.1f})",
        holds=median <= most_ms,
    )


Part = tuple[str, Callable[..., list[Line]], tuple[float, ...], dict[str, bool]]
"""What a part is called, and how it is played: its experiments are the last of its numbers."""


def parts() -> Iterator[Part]:
    """Return every part, the dearest last."""
    yield "speed", speed, (), {}
    for prompts in (2, 4, 8, 16):
        yield f"decided {prompts}", decided, (prompts, 400), {}
    for case in (
        *((4, 5, 200, 0.5, 2000), (4, 5, 1000, 0.5, 2000), (4, 5, 200, 1.0, 2000)),
        *((4, 5, 200, 0.0, 2000), (4, 8, 400, 0.5, 2000), (8, 5, 400, 0.5, 2000)),
    ):
        yield f"coverage prompts {case[:4]}", covered_prompts, case, {}
    for prompts, votes in ((4, 100), (8, 200), (16, 400)):
        yield f"coverage clips {prompts}", covered_clips, (prompts, votes, 2000), {"chosen": False}
    yield "coverage clips chosen", covered_clips, (8, 200, 60), {"chosen": True}
    yield "by hand", by_hand, (4, 40), {}
    for prompts in (2, 4, 8, 16):
        yield f"false winners {prompts}", false_winners, (prompts, 10_000), {"tied": False}
    for prompts in (4, 8, 16):
        yield f"false winners tied {prompts}", false_winners, (prompts, 2000), {"tied": True}


def begin(pool: ProcessPoolExecutor, part: Part, share: float) -> Future[list[Line]]:
    """Begin a part with a share of its experiments."""
    _, play, numbers, switches = part
    if numbers:
        numbers = (*numbers[:-1], max(10, round(share * numbers[-1])))
    return pool.submit(play, *numbers, **switches)


def known() -> dict[str, list[Line]]:
    """Return the lines of each part's last run."""
    if not LAST.exists():
        return {}
    found = json.loads(LAST.read_text("utf-8"))
    return {name: [Line(**line) for line in lines] for name, lines in found.items()}


def keep(lines: dict[str, list[Line]]) -> None:
    """Write the table of all parts that were played, and their lines for the next time."""
    LAST.write_text(json.dumps({name: [asdict(one) for one in lines[name]] for name in lines}))
    played = [line for name, *_ in parts() for line in lines.get(name, [])]
    RESULTS.write_text(report(played), "utf-8")


def report(lines: list[Line]) -> str:
    """Return the figures as Markdown."""
    machine = f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}, "
    machine += f"load average {os.getloadavg()[0]:.1f} at the end"
    packages = ", ".join(f"{name} {version(name)}" for name in ("numpy", "choix", "statsmodels"))
    words = {True: "yes", False: "NO", None: ""}
    rows = [f"| {one.what} | {one.target} | {one.figure} | {words[one.holds]} |" for one in lines]
    head = [
        *("# Blind votes: figures", ""),
        "Written by `make judge-study`, each part as it was last played. Judges are simulated:",
        "the better clip wins with the chance that the model gives it. In the experiments that are",
        "decided, the best wins 65 % against the runner-up, and strengths are drawn with a",
        "deviation of 0.8 logits.",
        *("", f"{machine}, Python {platform.python_version()}, {packages}.", ""),
        *("| figure | target | found | holds |", "|---|---|---|---|"),
    ]
    return "\n".join([*head, *rows, ""])


def main() -> int:
    """Play the study and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.judge_study", description=__doc__)
    parser.add_argument("--share", type=float, default=1.0, help="of the experiments")
    parser.add_argument("--only", default="", help="a word of the names of parts")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    asked = parser.parse_args()
    lines = known() if asked.share == 1 else {}
    with ProcessPoolExecutor(asked.jobs) as pool:
        wanted = [part for part in parts() if asked.only in part[0]]
        for (name, *_), played in zip(
            wanted, [begin(pool, part, asked.share) for part in wanted], strict=True
        ):
            lines[name] = played.result()
            for line in lines[name]:
                print(f"{line.what}: {line.figure}", flush=True)
            if asked.share == 1:
                keep(lines)
    return 1 if any(line.holds is False for each in lines.values() for line in each) else 0


if __name__ == "__main__":
    sys.exit(main())
