"""Clips that were measured, for tests and screenshots."""

from collections.abc import Sequence
from dataclasses import replace

from hailuo_nb.core.measured import Measured
from hailuo_nb.core.rating import Rating
from hailuo_nb.core.task import Snapshot
from tests.views.grid_samples import Sample

VERDICTS = ("seen", "not seen", "unsure")


def found(at: int) -> dict[str, Measured]:
    """Return what was measured of the clip of this number; each value is its own."""
    verdict = VERDICTS[at % len(VERDICTS)]
    asked = f"asked Push in: {verdict}{', x 1.22' if verdict == 'seen' else ''}"
    numbers = {
        "motion": 0.05 + 0.07 * ((5 * at) % 7),
        "flicker": 0.99 - 0.004 * at,
        "start_fidelity": 0.95 - 0.03 * at,
        "loop": 0.4 + 0.01 * at,
        "sharpness": 300.0 + 41 * ((3 * at) % 5),
        "black": 0.0,
        "frozen": 0.02 * at,
        "cuts": float(at == 4),
    }
    return {
        "camera": Measured(value=verdict, version=1, words=asked),
        "camera_seen": Measured(value="Push in, x 1.22", version=1),
        **{key: Measured(value=number, version=1) for key, number in numbers.items()},
        "end_fidelity": Measured(value=None, version=1),
    }


def measured(of: Sample) -> Sample:
    """Return an experiment whose clips were measured, as far as they are done."""
    shots = [
        replace(shot, measured=found(at)) if shot.state == "done" else shot
        for at, shot in enumerate(of.snapshots)
    ]
    return replace(of, snapshots=tuple(shots))


def judged(of: Sample, stars: Sequence[int | None]) -> Sample:
    """Return an experiment whose clips have stars, in turn, and votes, the first one's best."""
    number = len(of.snapshots)
    shots = [
        replace(shot, rating=Rating(stars=stars[at % len(stars)]))
        for at, shot in enumerate(of.snapshots)
    ]
    rates = tuple((number - at) / (number + 1) for at in range(number))
    return replace(of, snapshots=tuple(shots), win_rates=rates)


def done(snapshot: Snapshot, at: int = 0) -> Snapshot:
    """Return a task as it is once its clip was measured."""
    return replace(snapshot, measured=found(at))
