"""How long a task takes and which states it shows on the way.

It knows the distribution (lognormal, median 180 s, 99 % under 900 s at speed 1) and the words of
the states; it must not know tasks, files or clocks. The same seed and number give the same plan.
"""

import math
import random
from dataclasses import dataclass
from typing import Literal

State = Literal["waiting", "queuing", "generating", "success", "fail"]

MEDIAN_S = 180.0
P99_S = 900.0
SIGMA = math.log(P99_S / MEDIAN_S) / 2.3263478740408408

# (share, states shown before the end): any may be skipped, a learner mostly sees all of them.
ROUTES: tuple[tuple[float, tuple[State, ...]], ...] = (
    (0.75, ("waiting", "queuing", "generating")),
    (0.10, ("waiting", "generating")),
    (0.10, ("waiting", "queuing")),
    (0.05, ("waiting",)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """When a task changes state: seconds after its creation, already scaled by the speed.

    Attributes
    ----------
    steps : tuple of (float, str)
        The moment from which each state before the end is shown, ascending from 0.
    start_s, finish_s : float
        When generation starts (shown or not) and when it ends.
    """

    steps: tuple[tuple[float, State], ...]
    start_s: float
    finish_s: float

    def state(self, age_s: float) -> State:
        """Return the state shown at an age, for a task that has not ended."""
        shown: State = "waiting"
        for from_s, state in self.steps:
            if age_s >= from_s:
                shown = state
        return shown

    def moved(self, by_s: float) -> "Timetable":
        """Return the same plan, everything after the creation that much later."""
        return Timetable(
            steps=tuple((from_s + by_s if from_s else 0.0, state) for from_s, state in self.steps),
            start_s=self.start_s + by_s,
            finish_s=self.finish_s + by_s,
        )


def draw(seed: int, number: int, speed: float) -> Timetable:
    """Draw the plan of the task with this number (from 1)."""
    dice = random.Random(f"{seed}:plan:{number}")  # noqa: S311 - must repeat, guards nothing
    total_s = dice.lognormvariate(math.log(MEDIAN_S), SIGMA) / speed
    route = dice.choices([states for _, states in ROUTES], [share for share, _ in ROUTES])[0]
    queue_s = total_s * dice.uniform(0.03, 0.08)
    start_s = total_s * dice.uniform(0.12, 0.25)
    moments: dict[State, float] = {"waiting": 0.0, "queuing": queue_s, "generating": start_s}
    return Timetable(
        steps=tuple((moments[state], state) for state in route),
        start_s=start_s,
        finish_s=total_s,
    )
