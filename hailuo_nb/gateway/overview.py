"""What a teacher sees of the class, as JSON: read in one look.

It knows what is worth seeing, and that prompts are not unless the class is told so. It must not
know HTTP.
"""

import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, func, select

from hailuo_nb.core.models import MODELS, short_name
from hailuo_nb.gateway.database import clock
from hailuo_nb.gateway.ledger import DAY_S
from hailuo_nb.gateway.send import WINDOW_S, under_way
from hailuo_nb.gateway.tables import HUNDREDTHS, account, gate, student, task
from hailuo_nb.gateway.told import read_queue

PEOPLE_MAX = 300
DAYS = 14
FAILURES = 12
UNSURE_MAX = 100
PROMPT_CHARS = 300
COLUMNS = {"queued": "waiting", "success": "done", "fail": "failed"}


def overview(connection: Connection, *, shows_prompts: bool = False) -> dict[str, object]:
    """Return everything that the page draws; prompts of clips to settle or failed, if so."""
    now = clock(connection)
    today = int(now // DAY_S)
    spending = _spending(connection, today - DAYS + 1)
    rules = connection.execute(select(account)).one()
    return {
        "queue": _queue(connection, now, today, paused=bool(rules.paused)),
        "money": {
            "budget": None if rules.budget is None else rules.budget / HUNDREDTHS,
            "student_budget": rules.student_budget / HUNDREDTHS,
            "held": rules.held / HUNDREDTHS,
            "spent": rules.spent / HUNDREDTHS,
        },
        "people": connection.scalar(select(func.count()).select_from(student)),
        "students": _students(connection),
        "days": [_day(day, spending[day]) for day in range(today - DAYS + 1, today + 1)],
        "models": _models(rules.models),
        "unsure": _unsure(connection, shows_prompts),
        "failures": _failures(connection, shows_prompts),
    }


def spent_by_day(connection: Connection) -> Iterator[tuple[str, str, int, float]]:
    """Return (day, student, clips, credits) of all that was paid for, the oldest first."""
    total = (func.count(), func.sum(task.c.cost))
    rows = (
        select(task.c.day, task.c.student, *total)
        .where(task.c.cost > 0)
        .group_by(task.c.day, task.c.student)
        .order_by(task.c.day, task.c.student)
    )
    for day, name, clips, cost in connection.execute(rows).all():
        yield day_words(day), name, int(clips), int(cost) / HUNDREDTHS


def day_words(day: int) -> str:
    """Return a day since the epoch as 2026-11-27."""
    return time.strftime("%Y-%m-%d", time.gmtime(day * DAY_S))


def _queue(connection: Connection, now: float, today: int, *, paused: bool) -> dict[str, object]:
    row = connection.execute(select(gate)).one()
    queue = read_queue(connection)
    last = next(reversed(queue.places), None)
    done = select(func.count()).select_from(task).where(task.c.day == today, task.c.cost > 0)
    return {
        "paused": paused,
        "trouble": row.trouble if now < row.shut_until else None,
        "queued": len(queue.places),
        "wait": queue.wait_s(last) if last else 0,
        "under_way": under_way(connection, now),
        "recent": sum(moment > now - WINDOW_S for moment in json.loads(row.recent)),
        "done_today": connection.scalar(done),
    }


def _students(connection: Connection) -> list[dict[str, object]]:
    busiest = (student.c.held + student.c.spent).desc()
    rows = connection.execute(
        select(student).order_by(busiest, student.c.id).limit(PEOPLE_MAX)
    ).all()
    names = [row.id for row in rows]
    counted = select(task.c.student, task.c.state, func.count()).where(task.c.student.in_(names))
    numbers: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name, state, number in connection.execute(counted.group_by(task.c.student, task.c.state)):
        numbers[name][COLUMNS.get(state, "running")] += number
    return [_student(row, numbers[row.id]) for row in sorted(rows, key=lambda row: str(row.id))]


def _student(row: Any, number: Counter[str]) -> dict[str, object]:
    return {
        "name": row.id,
        "budget": row.budget / HUNDREDTHS,
        "spent": row.spent / HUNDREDTHS,
        "held": row.held / HUNDREDTHS,
        "left": (row.budget - row.spent - row.held) / HUNDREDTHS,
        **{column: number[column] for column in ("waiting", "running", "done", "failed")},
    }


def _spending(connection: Connection, since: int) -> defaultdict[int, dict[str, float]]:
    sums = select(task.c.day, task.c.student, func.sum(task.c.cost)).where(task.c.day >= since)
    found: defaultdict[int, dict[str, float]] = defaultdict(dict)
    for day, name, cost in connection.execute(sums.group_by(task.c.day, task.c.student)):
        if cost:
            found[day][name] = int(cost) / HUNDREDTHS
    return found


def _day(day: int, students: dict[str, float]) -> dict[str, object]:
    most = sorted(students, key=lambda name: -students[name])[:PEOPLE_MAX]
    return {
        "day": day_words(day),
        "credits": round(sum(students.values()), 2),
        "students": {name: students[name] for name in most},
    }


def _models(allowed: str | None) -> list[dict[str, object]]:
    chosen = None if allowed is None else json.loads(allowed)
    return [
        {"id": row.id, "short": row.short, "allowed": chosen is None or row.id in chosen}
        for row in MODELS
    ]


def _unsure(connection: Connection, shows_prompts: bool) -> list[dict[str, object]]:
    rows = select(task).where(task.c.state == "unsure").order_by(task.c.sent).limit(UNSURE_MAX)
    return [
        {
            "id": row.id,
            "student": row.student,
            "model": short_name(row.model),
            "sent": row.sent,
            "price": row.price / HUNDREDTHS,
            "prompt": _prompt(row) if shows_prompts else None,
        }
        for row in connection.execute(rows)
    ]


def _failures(connection: Connection, shows_prompts: bool) -> list[dict[str, object]]:
    columns = (task.c.student, task.c.ended, task.c.fail_msg, task.c.param)
    rows = select(*columns).where(task.c.state == "fail")
    latest = connection.execute(rows.order_by(task.c.ended.desc()).limit(FAILURES))
    return [
        {
            "student": row.student,
            "ended": row.ended,
            "why": row.fail_msg or "no reason was given",
            "prompt": _prompt(row) if shows_prompts else None,
        }
        for row in latest
    ]


def _prompt(row: Any) -> str:
    """Return the beginning of what a clip was asked for with."""
    words = str(json.loads(json.loads(row.param)["input"]).get("prompt", ""))
    return words if len(words) <= PROMPT_CHARS else f"{words[:PROMPT_CHARS]}…"
