"""Where a kill is aimed: one table row for each narrow place on a task's way.

An aim is a moment on the wire, a state in the journal, a file in the folder of clips, or
a mere delay. It knows what to wait for, not how to kill.
"""

import random
from dataclasses import dataclass
from typing import Literal

from tests.chaos.tap import Call, Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """One row: exactly one of ``wire``, ``state``, ``suffix`` and ``delay_s`` is set.

    ``nth`` counts the moments on the wire from 1. ``late`` lets a request that was held
    arrive at the service after the kernel's death. ``delay_s`` is the most to wait, in
    seconds; the draw is even below it. ``suffix`` is that of the target's file.
    """

    what: str
    wire: tuple[Call, Moment] | None = None
    state: str | None = None
    suffix: str | None = None
    delay_s: float = 0.0
    late: bool = False
    nth: int = 1


AIMS: tuple[Aim, ...] = (
    Aim(what="while the first cell starts", delay_s=0.4),
    Aim(what="recorded", state="waiting"),
    Aim(what="upload asked", wire=("upload", "asked")),
    Aim(what="upload answered", wire=("upload", "answered")),
    Aim(what="upload replied", wire=("upload", "replied")),
    Aim(what="submitting", state="submitting"),
    Aim(what="create asked, lost on the way", wire=("create", "asked")),
    Aim(what="create asked, arrives after death", wire=("create", "asked"), late=True),
    Aim(what="create answered", wire=("create", "answered")),
    Aim(what="create half replied", wire=("create", "half")),
    Aim(what="create replied", wire=("create", "replied")),
    Aim(what="queued", state="queued"),
    Aim(what="generating", state="generating"),
    Aim(what="first question asked", wire=("record", "asked")),
    Aim(what="second question answered", wire=("record", "answered"), nth=2),
    Aim(what="saving", state="saving"),
    Aim(what="file asked", wire=("file", "asked")),
    Aim(what="file half here", wire=("file", "half")),
    Aim(what="file all here", wire=("file", "replied")),
    Aim(what="renamed", suffix=".mp4"),
    Aim(what="described", suffix=".json"),
    Aim(what="done", state="done"),
    Aim(what="any time in the first second", delay_s=1.0),
    Aim(what="any time in four seconds", delay_s=4.0),
)

Again = Literal["no", "while loading", "while resuming"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One run: what is asked for, where the kill is aimed, and what makes it harder.

    Parameters
    ----------
    number
        Which run it is; part of every prompt.
    aim, target
        Where the kill is aimed, and at which prompt (0-based).
    prompts, images
        What is asked for; an image is a sample's name, None for text alone.
    lag_s
        How long each request and reply is on its way at most.
    again_after_s
        A second kill so many seconds into the recovery; None for none.
    real_kernel
        Whether the subject is a real kernel.
    served
        Whether it is one of a Jupyter Server, which is what is killed.
    slow_file
        Whether clips trickle while the first kernel lives; an aim at a file needs them whole.
    keeper
        Whether a keeper may look after tasks whose kernel is dead.
    alone_s
        How long the first kernel's tasks are left to it.
    keeper_dies_after_s
        A kill of the keeper so many seconds into that; None for none.
    again_keeper_dies_after_s
        One so many seconds into the last recovery; None for none.
    """

    number: int
    aim: Aim
    target: int
    prompts: tuple[str, ...]
    images: tuple[str | None, ...]
    lag_s: float
    again_after_s: float | None
    real_kernel: bool
    slow_file: bool
    served: bool = False
    keeper: bool = False
    alone_s: float = 0.0
    keeper_dies_after_s: float | None = None
    again_keeper_dies_after_s: float | None = None


SAMPLES = ("harbour", "forest", "peak")
REAL_KERNEL_EVERY = 10
"""Share of real kernels: they take three times as long to start and die no other way."""

SERVED_EVERY = 5
"""Share of kernels of a server: that takes longer still to start."""

KEEPERS = 0.6
"""In so many of the runs a keeper may look after tasks; it is killed, too."""


def plans(runs: int, seed: int) -> list[Plan]:
    """Return the runs of a seed: every aim in turn, in a drawn order."""
    draw = random.Random(seed)
    order: list[Aim] = []
    while len(order) < runs:
        order += draw.sample(AIMS, len(AIMS))
    return [plan(number, aim, seed) for number, aim in enumerate(order[:runs])]


def plan(number: int, aim: Aim, seed: int) -> Plan:
    """Draw the rest of a run."""
    draw = random.Random(f"{seed}:{number}")
    count = draw.choice((2, 3, 4))
    images = [draw.choice(SAMPLES), *(draw.choice((None, *SAMPLES)) for _ in range(count - 1))]
    draw.shuffle(images)
    deaths = random.Random(f"{seed}:{number}:keeper")
    keeper, alone_s = deaths.random() < KEEPERS, deaths.uniform(0.0, 6.0)
    return Plan(
        number=number,
        aim=aim,
        target=draw.randrange(count),
        prompts=tuple(f"Run {number}, take {take}: a boat turns." for take in range(count)),
        images=tuple(images),
        lag_s=draw.choice((0.0, 0.02, 0.1)),
        again_after_s=draw.uniform(0.0, 1.5) if draw.random() < 0.3 else None,
        real_kernel=number % REAL_KERNEL_EVERY == REAL_KERNEL_EVERY - 1,
        served=number % SERVED_EVERY == 1,
        slow_file=aim.delay_s > 1.0 and draw.random() < 0.5,
        keeper=keeper,
        alone_s=alone_s if keeper else 0.0,
        keeper_dies_after_s=_some(deaths, alone_s) if keeper else None,
        again_keeper_dies_after_s=_some(deaths, 1.5) if keeper else None,
    )


def _some(draw: random.Random, most_s: float) -> float | None:
    """Draw a delay, or none, as often."""
    return draw.uniform(0.0, most_s) if draw.random() < 0.5 else None
