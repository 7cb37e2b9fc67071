"""What a student is told of a task: recordInfo's data, made from the table alone.

It knows the service's shapes and how long a place in the queue takes. It must not know the
service's address, nor the key.
"""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, select

from hailuo_nb.gateway.database import clock
from hailuo_nb.gateway.send import (
    SENDS_MAX,
    UNDER_WAY_MAX,
    UNSURE_COUNTS_S,
    WINDOW_S,
    takes_a_place,
)
from hailuo_nb.gateway.tables import HUNDREDTHS, account, gate, task
from hailuo_nb.gateway.waiting import USUAL_MEAN_S, SendGate, waits_s

MEAN_S_MIN = 1.0
_RULES = select(account.c.paused, gate.c.shut_until, gate.c.recent).where(account.c.id == gate.c.id)

STATES = {"queued": "waiting", "sending": "queuing", "unsure": "queuing"}
"""The service's word for states that it does not have itself; none says more than is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """Who waits, in order, and how fast the queue moves.

    ``places`` maps a task's id to how many stand before it; ``waits_s`` is how long each place
    waits, in seconds: empty where nobody can tell, for the class is paused.
    """

    places: dict[str, int]
    waits_s: list[float]

    def wait_s(self, task_id: str) -> float | None:
        """Return how long it is until a task is sent, in seconds; None where that is not known."""
        place = self.places.get(task_id, len(self.waits_s))
        return self.waits_s[place] if place < len(self.waits_s) else None


def read_queue(connection: Connection) -> Queue:
    """Return the queue of this moment."""
    queued = select(task.c.id).where(task.c.state == "queued").order_by(task.c.vstart, task.c.seq)
    places = {name: place for place, name in enumerate(connection.scalars(queued))}
    rules = connection.execute(_RULES).one()
    if rules.paused:
        return Queue(places=places, waits_s=[])
    now = clock(connection)
    sent = connection.scalars(select(task.c.sent).where(takes_a_place(now)))
    told_s = waits_s(
        [now - moment for moment in sent],
        len(places),
        mean_s=mean_of_clips_s(connection),
        places=UNDER_WAY_MAX,
        gate=SendGate(
            sends=SENDS_MAX,
            window_s=WINDOW_S,
            recent_s=[now - one for one in json.loads(rules.recent) if one > now - WINDOW_S],
            shut_s=max(0.0, rules.shut_until - now),
        ),
    )
    return Queue(places=places, waits_s=told_s)


def mean_of_clips_s(connection: Connection) -> float:
    """Return how long the latest clips took on average, in seconds.

    One that took longer than any does was noticed late: nobody looked, or it was settled by hand.
    """
    took_s = task.c.ended - task.c.sent
    latest = (
        select(took_s.label("took_s"))
        .where(task.c.state == "success", took_s < UNSURE_COUNTS_S)
        .order_by(task.c.seq.desc())
        .limit(200)
        .subquery()
    )
    mean_s = connection.scalar(select(func.avg(latest.c.took_s)))
    return max(float(mean_s or USUAL_MEAN_S), MEAN_S_MIN)


def record_of(row: Row[Any], queue: Queue) -> dict[str, object]:
    """Return recordInfo's data of a row of the table."""
    is_over = row.state in ("success", "fail")
    state = row.state if is_over else STATES.get(row.state) or row.phase
    data: dict[str, object] = {
        "taskId": row.id,
        "model": row.model,
        "state": state,
        "param": row.param,
        "resultJson": result_json(row) if row.state == "success" else "",
        "failCode": row.fail_code if row.state == "fail" else None,
        "failMsg": row.fail_msg if row.state == "fail" else None,
        "costTime": int(row.ended - (row.sent or row.created)) if is_over else None,
        "completeTime": int(row.ended * 1000) if is_over else None,
        "createTime": int(row.created * 1000),
        "creditsConsumed": (row.price if row.cost is None else row.cost) / HUNDREDTHS,
    }
    if row.state == "queued" and row.id in queue.places:
        data["queuePlace"] = queue.places[row.id] + 1
        wait_s = queue.wait_s(row.id)
        data |= {} if wait_s is None else {"queueWait": round(wait_s)}
    if row.state == "unsure":
        data["unsure"] = True
    return data


def result_json(row: Row[Any]) -> str:
    """Return a finished task's resultJson, with the service's addresses."""
    return json.dumps({"resultUrls": json.loads(row.result)}, separators=(",", ":"))
