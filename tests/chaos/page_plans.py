"""What one run in a page does: a task at some point of its way, and one thing that befalls it.

A seed draws the runs; every thing befalls a task in every state before one comes again.
"""

import random
from dataclasses import dataclass, replace
from typing import Literal, get_args

from hailuo_nb.store.leases import LEASE_S

Point = Literal["submitting", "queued", "generating", "saving", "done"]
"""Where the first task is on its way; at "submitting" the service's reply is held back."""

Life = Literal["reload", "restart", "kill", "reopen", "twice", "away", "crash"]
Parting = Literal["offline", "cut", "dead", "dropping", "asleep"]
Deed = Life | Parting
"""What is done; see `DEEDS`."""

POINTS: tuple[Point, ...] = get_args(Point)
AMID: tuple[Point, ...] = ("queued", "generating", "saving")

DEEDS: dict[Deed, str] = {
    "reload": "the page is loaded anew",
    "restart": "the kernel is restarted",
    "kill": "the kernel is killed",
    "reopen": "the notebook is closed and opened",
    "twice": "the notebook is opened twice",
    "away": "the browser ends and comes back",
    "crash": "the server is killed and started again",
    "offline": "the browser has no network for a while",
    "cut": "all connections are cut for a while",
    "dead": "nothing passes for a while",
    "dropping": "what lasts is dropped for a while",
    "asleep": "the machine sleeps",
}

Again = Literal["button", "cell"]

CRASHED = "crashed"
"""The series in which the server is killed, and its kernels with it, and started again."""

PARTED = "lines"
"""The series in which page and server are parted for a while, or stand still together."""

PARTINGS: tuple[Parting, ...] = get_args(Parting)
ASLEEP_S = (LEASE_S + 5.0, LEASE_S + 15.0)
"""A machine sleeps for longer than any lease, and than most limits of time."""

PARTED_S = (1.0, 12.0)
STOPS = 0.6
"""In so many of its runs whose task is under way the person then stops it."""

GRIDS = 0.3
"""So many of the runs ask for two clips."""

RTC = "rtc"
"""The series of runs with real-time collaboration."""

KILLED = "killed"
"""The series in which a kernel is killed amid its task, with a keeper, and its clip is timed."""

KEEPERS = 0.6
"""In so many of the runs a keeper may look after tasks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePlan:
    """One run.

    Parameters
    ----------
    number
        Which run it is; part of every prompt.
    point, deed
        Where the first task is, and what then happens.
    cell, prompts
        What is asked for, and each of its prompts.
    keeper
        Whether a keeper may look after tasks whose kernel is dead.
    late_s
        How long after its point the deed is done, seconds.
    away_s
        How long browser, connection or machine is away, seconds.
    saves_late
        Whether the notebook was saved just before, and not only when its cell had run.
    holds_on
        Whether what is held back at the service stays there until the card has been looked at.
    again
        What a person does about a task that nobody looks after.
    shared
        Whether pages share the notebook as they do with real-time collaboration.
    stops
        Whether the person stops the task after the look, and then runs its cell again.
    counts_sleep
        Whether the kernel's steady clock goes on while the machine sleeps.
    """

    number: int
    point: Point
    deed: Deed
    cell: str
    prompts: tuple[str, ...]
    keeper: bool
    late_s: float
    away_s: float
    saves_late: bool
    holds_on: bool
    again: Again
    shared: bool = False
    stops: bool = False
    counts_sleep: bool = True


def page_plans(runs: int, seed: int, *, apart: str = "") -> list[PagePlan]:
    """Return the runs of a seed; ``apart`` tells prompts of several series apart."""
    draw = random.Random(f"{seed}:{apart}")
    pairs = [
        (point, deed) for point in POINTS for deed in DEEDS if deed not in ("crash", *PARTINGS)
    ]
    if apart == KILLED:
        pairs = [(point, "kill") for point in AMID]
    if apart == CRASHED:
        pairs = [(point, "crash") for point in POINTS]
    if apart == PARTED:
        pairs = [(point, deed) for point in POINTS for deed in PARTINGS]
    order: list[tuple[Point, Deed]] = []
    while len(order) < runs:
        order += draw.sample(pairs, len(pairs))
    return [
        page_plan(number, *pair, seed=seed, apart=apart) for number, pair in enumerate(order[:runs])
    ]


def page_plan(number: int, point: Point, deed: Deed, *, seed: int, apart: str = "") -> PagePlan:
    """Draw the rest of a run."""
    draw = random.Random(f"{seed}:{apart}:{number}")
    what = f"Page {seed}{apart}, run {number}: a boat turns"
    is_grid = draw.random() < GRIDS
    ends = ("in rain.", "in fog.") if is_grid else ("alone.",)
    asked = f"{what} in {{rain | fog}}." if is_grid else f"{what} alone."
    plan = PagePlan(
        number=number,
        point=point,
        deed=deed,
        cell=f"%%hailuo\n{asked}",
        prompts=tuple(f"{what} {end}" for end in ends),
        keeper=draw.random() < KEEPERS or apart == KILLED,
        late_s=draw.uniform(0.0, 0.6),
        away_s=draw.uniform(0.5, 6.0),
        saves_late=draw.random() < 0.5,
        holds_on=draw.random() < 0.5,
        again=draw.choice(("button", "cell")),
        shared=apart == RTC,
    )
    return _parted(plan, draw) if deed in PARTINGS else plan


def _parted(plan: PagePlan, draw: random.Random) -> PagePlan:
    """Draw what only a parting has; what is stopped is held up until then."""
    stops = plan.point in AMID and draw.random() < STOPS
    return replace(
        plan,
        away_s=draw.uniform(*(ASLEEP_S if plan.deed == "asleep" else PARTED_S)),
        stops=stops,
        holds_on=stops or plan.holds_on,
        counts_sleep=draw.random() < 0.5,
    )
