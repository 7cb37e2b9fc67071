"""One task as the service keeps it, and its way into and out of a ledger row.

It knows the fields of a task and their units; it must not know SQL, HTTP or rendering.
"""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from hailuo_nb.simulator.schedule import State, Timetable


@dataclass(slots=True, kw_only=True)
class SentPicture:
    """Where a task's image comes from.

    Attributes
    ----------
    blob : str or None
        Name of a kept upload, when the URL is the simulator's own and the file is there.
    stand_in : str or None
        The foreign URL that a scene is drawn for.
    problem : str or None
        The service's words when the image cannot be used.
    """

    blob: str | None = None
    stand_in: str | None = None
    problem: str | None = None

    @property
    def identity(self) -> str:
        """What makes two pictures the same picture, whatever port served them."""
        return f"{self.blob or ''}|{self.stand_in or ''}|{self.problem or ''}"


@dataclass(slots=True, kw_only=True)
class SimulatedTask:
    """One task; times are Unix seconds, `credits` its full price.

    `number` counts tasks from 1; `variation` counts identical requests from 1; `error` is the
    (failCode, failMsg) of a failed one; `quirks` are faults that struck this very task; `take`
    names the recorded take that it plays back, "" where it is made up.
    """

    task_id: str
    number: int
    account: str
    model: str
    input: dict[str, Any]
    filled: dict[str, Any]
    callback_url: str | None
    resolution: str
    duration_s: int
    credits: float
    created_s: float
    plan: Timetable
    identity: str
    variation: int
    start_image: SentPicture | None = None
    end_image: SentPicture | None = None
    quirks: set[str] = field(default_factory=set)
    final: State | None = None
    completed_s: float | None = None
    error: tuple[str, str] | None = None
    called_back: bool = False
    record_requests: int = 0
    take: str = ""

    @property
    def start_s(self) -> float:
        """When generation starts."""
        return self.created_s + self.plan.start_s

    @property
    def finish_s(self) -> float:
        """When generation ends by plan."""
        return self.created_s + self.plan.finish_s

    def state(self, now_s: float) -> State:
        """Return the state the service shows."""
        if self.final is not None:
            return self.final
        return "waiting" if self.stuck else self.plan.state(now_s - self.created_s)

    @property
    def stuck(self) -> bool:
        """Whether a fault keeps the task from ever starting."""
        return "stuck-waiting" in self.quirks

    @property
    def result_name(self) -> str:
        """Name of the clip's file."""
        return f"{self.task_id}.mp4"


def dump(task: SimulatedTask) -> str:
    """Return the task as one line of JSON."""
    return json.dumps(asdict(task) | {"quirks": sorted(task.quirks)})


def load(text: str) -> SimulatedTask:
    """Rebuild a task from what `dump` made."""
    row = json.loads(text)
    plan = row["plan"]
    row["plan"] = Timetable(
        steps=tuple((from_s, state) for from_s, state in plan["steps"]),
        start_s=plan["start_s"],
        finish_s=plan["finish_s"],
    )
    for name in ("start_image", "end_image"):
        row[name] = SentPicture(**row[name]) if row[name] else None
    row["quirks"] = set(row["quirks"])
    row["error"] = tuple(row["error"]) if row["error"] else None
    return SimulatedTask(**row)
