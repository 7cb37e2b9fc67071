"""The service's callbacks: they say that something has happened, and nothing else is believed.

It knows the address that each task is given, which nobody can guess. What a callback says is never
taken: the service is asked for the task, so that a forged or repeated one changes nothing.
"""

import logging
from functools import partial

from sqlalchemy import Connection, select, update

from hailuo_nb.gateway.asked import read_object
from hailuo_nb.gateway.changes import adopt
from hailuo_nb.gateway.database import clock
from hailuo_nb.gateway.handlers import Plain
from hailuo_nb.gateway.refused import Refused
from hailuo_nb.gateway.tables import task
from hailuo_nb.kie.taken import own_id

SOON_S = 2.0

log = logging.getLogger("hailuo_nb.gateway")


class CallbackHandler(Plain):
    """``POST /api/v1/callback/TOKEN``: a task has ended, as somebody says who knows its token."""

    async def post(self, token: str) -> None:
        """Ask for the task at once; one that is unsure is watched where it is proved to be ours."""
        named = select(task).where(task.c.callback_token == token)
        row = await self.gateway.database.run(lambda one: one.execute(named).first())
        if row is None:
            self.send_error(404)
            return
        try:
            upstream = own_id(read_object(self.request.body).get("data"))
            if row.state == "unsure" and upstream:
                await adopt(self.gateway.database, self.gateway.client, row.id, upstream)
            elif row.state == "running" and upstream == row.upstream:
                await self.gateway.database.run(partial(ask_soon, row.id))
        except Refused as refused:
            log.info("a callback for task %s changes nothing: %s", row.id, refused.code)
        self.send_json({"code": 200, "msg": "success", "data": None})


def ask_soon(task_id: str, connection: Connection) -> None:
    """Ask for a task next; one that is about to be asked for stays where it is."""
    now = clock(connection)
    due = update(task).where(task.c.id == task_id, task.c.poll > now + SOON_S)
    connection.execute(due.values(poll=now))
