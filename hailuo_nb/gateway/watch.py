"""Watching: each task under way is asked for once, whoever looks after it, and settled.

It knows the schedule of questions and what ends a task. It must not know who asks for it.
"""

import asyncio
import json
import logging
from typing import Any

from sqlalchemy import Connection, func, select, update

from hailuo_nb.core.polling import MEDIAN_S, next_delay_s
from hailuo_nb.core.task import Record
from hailuo_nb.errors import HailuoError, UnknownTask
from hailuo_nb.gateway import ledger
from hailuo_nb.gateway.database import Books, clock
from hailuo_nb.gateway.tables import HUNDREDTHS, task
from hailuo_nb.kie.looker import Looker

ASKED_AT_ONCE = 4
PAUSE_S = 0.3

log = logging.getLogger("hailuo_nb.gateway")


class Watcher:
    """Asks the service for tasks whose turn has come.

    Parameters
    ----------
    database, client
        Where the tasks are, and the service.
    median_s
        How long a clip usually takes, in seconds.
    """

    def __init__(self, database: Books, client: Looker, median_s: float = MEDIAN_S) -> None:
        self._database = database
        self._client = client
        self._median_s = median_s

    async def turn(self) -> float:
        """Ask for those whose turn has come."""
        due = await self._database.run(self._due)
        await asyncio.gather(*(self._look(row) for row in due))
        return 0.0 if due else PAUSE_S

    def _due(self, connection: Connection) -> list[Any]:
        """Take the tasks that are to be asked for; those of dead senders become unsure."""
        now = clock(connection)
        dead = update(task).where(task.c.state == "sending", task.c.lease < now)
        connection.execute(dead.values(state="unsure"))
        running = task.c.state == "running"
        active = connection.scalar(select(func.count()).select_from(task).where(running)) or 0
        due = select(task.c.seq, task.c.id, task.c.upstream, task.c.sent)
        due = due.where(running, task.c.poll <= now).order_by(task.c.poll).limit(ASKED_AT_ONCE)
        rows = connection.execute(due.with_for_update(skip_locked=True)).all()
        for row in rows:
            delay_s = next_delay_s(now - row.sent, self._median_s, active=active)
            values = {"poll": now + delay_s}
            connection.execute(update(task).where(task.c.seq == row.seq).values(values))
        return list(rows)

    async def _look(self, row: Any) -> None:
        try:
            record = await self._client.record_info(row.upstream)
        except HailuoError as error:
            log.info("task %s cannot be asked for: %s", row.id, type(error).__name__)
            if isinstance(error, UnknownTask):
                await self._database.insist(lambda connection: forgotten(connection, row.id))
            return
        await self._database.insist(lambda connection: note(connection, row.id, record))


def forgotten(connection: Connection, task_id: str) -> None:
    """Leave a task that the service has not known for a day to the teacher: nobody knows its fate.

    A fresh one may not be known yet.
    """
    own = update(task).where(task.c.id == task_id, task.c.state == "running")
    connection.execute(
        own.where(task.c.sent < clock(connection) - ledger.DAY_S).values(state="unsure")
    )


def note(connection: Connection, task_id: str, record: Record) -> bool:
    """Write down what the service says of a task; money moves where that ends it."""
    running = update(task).where(task.c.id == task_id, task.c.state == "running")
    if record.phase not in ("success", "fail"):
        return bool(connection.execute(running.values(phase=record.phase)).rowcount)
    values: dict[str, object] = {"state": record.phase, "phase": record.phase}
    values |= {"fail_code": record.fail_code, "fail_msg": record.fail_message}
    values |= {"result": json.dumps(record.result_urls), "ended": clock(connection)}
    ended = connection.execute(running.values(values).returning(task.c.price)).first()
    if ended is None:
        return False
    ledger.settle(connection, task_id, _cost(record, ended.price))
    return True


def _cost(record: Record, price: int) -> int:
    """Return what a task cost; what the service does not say is the listed price."""
    if record.phase == "fail":
        return 0
    return price if record.credits is None else round(record.credits * HUNDREDTHS)
