"""What the measures see and take: ``python -m tests.bench.bench_measures``.

The simulator renders each camera command on each sample; the same clips are judged again with a
textured subject that moves on 40 % of the frame, noise and flicker. Prints one JSON object and
judges nothing.
"""

import json
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import psutil

from hailuo_nb.core.cameras import CAMERAS
from hailuo_nb.measures import measuring
from hailuo_nb.measures.frames import Bytes, decoded
from hailuo_nb.measures.material import Material
from hailuo_nb.measures.measuring import measure_clip
from hailuo_nb.media import reading, samples
from tests.bench.bench_notebook import run_cell
from tests.kernel.real_kernel import real_kernel
from tests.measures.clips import rendered

SIDE_PX, LARGE_PX = 640, 1366
SUBJECT, NOISE, FLICKER = 0.4, 6.0, 0.05
SEEDS = (1, 2)
ROUNDS = 5
TOLD_APART = ("Pan", "Truck", "Zoom", "Push", "Pull")
CELLS = 9
QUIET = """
from hailuo_nb.session import registry
registry.state["session"].measuring.close()
"""
MEASURING = """
import threading
from pathlib import Path
from hailuo_nb.measures.measuring import measure_clip
goes_on = True
def measure(clip=Path({0!r})):
    while goes_on:
        measure_clip(clip, "[Truck left] a lake")
measure_clip(Path({0!r}))
threading.Thread(target=measure, daemon=True).start()
"""
"""Measures in the same way as a session does, one clip after the other."""

UNSEEN = "Tracking shot"
"""It follows a subject, which the border cannot see."""


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shown = {**judged(folder), "cpu_s": cpu_s(folder), "cell_more_ms": cell_more_ms(folder)}
    json.dump(shown, sys.stdout, indent=2)


def judged(folder: Path) -> dict[str, object]:
    """Return the shares of right verdicts, and the words of those that are wrong."""
    plain: dict[str, list[str]] = {}
    hard: dict[str, list[str]] = {}
    apart: list[bool] = []
    for command in CAMERAS:
        for sample in samples.SAMPLES:
            prompt = f"[{command}] the light changes slowly"
            clip = decoded(rendered(folder, prompt, sample=sample, size_px=SIDE_PX))
            found = Material(clip=clip, prompt=prompt).camera
            plain.setdefault(command, []).append(found.verdict)
            if command.startswith(TOLD_APART):
                apart.append(found.seen.startswith(command))
            for seed in SEEDS:
                harder = replace(clip, coarse=with_subject(clip.coarse, seed))
                verdict = Material(clip=harder, prompt=prompt).camera.verdict
                hard.setdefault(command, []).append(verdict)
    static = plain["Static shot"] + hard["Static shot"]
    return {
        "seen_percent": percent([v == "seen" for v in counted(plain)]),
        "told_apart_percent": percent(apart),
        "with_subject_percent": percent([v == "seen" for v in counted(hard)]),
        "static_false_percent": percent([v == "not seen" for v in static]),
        "clips": len(counted(plain)),
        "clips_with_subject": len(counted(hard)),
        "wrong_with_subject": {
            command: verdicts
            for command, verdicts in hard.items()
            if command != UNSEEN and set(verdicts) != {"seen"}
        },
    }


def counted(verdicts: dict[str, list[str]]) -> list[str]:
    """Return the verdicts of all commands that the border can see."""
    return [one for name, each in verdicts.items() if name != UNSEEN for one in each]


def with_subject(frames: Bytes, seed: int) -> Bytes:
    """Return frames with a subject that drifts about, grain and a flickering light."""
    rng = np.random.default_rng(seed)
    count, height, width = frames.shape
    tall, wide = int(height * SUBJECT**0.5), int(width * SUBJECT**0.5)
    texture = smooth(rng.normal(128, 50, (height, width)))[:tall, :wide]
    speed = rng.uniform(-4, 4, 2)
    made = frames.astype(np.float64)
    for at in range(count):
        x = (width - wide) / 2 + speed[0] * at * 0.6 + 6 * np.sin(at * 0.7)
        y = (height - tall) / 2 + speed[1] * at * 0.4 + 4 * np.cos(at * 0.9)
        left, top = int(np.clip(x, 0, width - wide)), int(np.clip(y, 0, height - tall))
        made[at, top : top + tall, left : left + wide] = texture + 20 * np.sin(at * 0.5)
    made += rng.normal(0, NOISE, made.shape)
    made *= 1 + FLICKER * rng.normal(0, 1, (count, 1, 1))
    return np.clip(made, 0, 255).astype(np.uint8)


def smooth(values: np.ndarray) -> np.ndarray:
    """Return a texture of patches of about 5 px."""
    for axis in (0, 1):
        values = np.mean([np.roll(values, shift, axis) for shift in range(-2, 3)], axis=0)
    return values


def percent(right: list[bool]) -> float:
    """Return the share of what is right in %."""
    return round(100 * sum(right) / len(right), 1)


def cpu_s(folder: Path) -> dict[str, float]:
    """Return what all measures of a large clip take of a processor, in their own process."""
    prompt = "[Truck left] a lake"
    clip = rendered(folder, prompt, size_px=LARGE_PX)
    image = samples.draw("peak")
    measure_clip(clip, prompt, image, image)
    (reader,) = reading._readers[measuring.MODULE]._idle
    process = psutil.Process(reader.pid)
    taken = []
    for _ in range(ROUNDS):
        before = sum(process.cpu_times()[:2])
        measure_clip(clip, prompt, image, image)
        taken.append(round(sum(process.cpu_times()[:2]) - before, 2))
        time.sleep(0.1)
    return {"median": statistics.median(taken), "min": min(taken), "max": max(taken)}


def cell_more_ms(folder: Path) -> dict[str, float]:
    """Return by how much a warm cell's median time grows while clips are measured."""
    clip = rendered(folder, "[Truck left] a lake", size_px=LARGE_PX)
    home = folder / "home"
    with real_kernel(folder, home, HAILUO_SIMULATOR="on") as kernel:
        kernel.load()
        kernel.run("import json")
        kernel.run("%hailuo simulator --speed 400 --size 64")
        run_cell(kernel, 0)
        kernel.run(QUIET)
        more, number = list[float](), 0
        for _ in range(ROUNDS):
            medians = []
            for begin, end in (("", ""), (MEASURING.format(str(clip)), "goes_on = False")):
                kernel.run(begin)
                took = [run_cell(kernel, number + at)[0] for at in range(1, CELLS + 1)]
                medians.append(statistics.median(took))
                kernel.run(end)
                number += CELLS
            more.append(round(medians[1] - medians[0], 2))
    return {"median": statistics.median(more), "min": min(more), "max": max(more)}


if __name__ == "__main__":
    main()
