"""Students' own callbacks: each is passed on once its clip has ended, signed with a key of theirs.

It knows who is called, how often, and the service's signature. Where a student may have us call is
decided as it is for a result's address: the public internet by https, or an origin that the
operator has named. The task is told as recordInfo tells it to the student.
"""

import asyncio
import hashlib
import hmac
import json
import logging
import time
from collections.abc import Callable, Container, Sequence
from typing import Any, Protocol

from sqlalchemy import Connection, Row, insert, or_, select, update

from hailuo_nb.errors import HailuoError, UnsafeAddress
from hailuo_nb.gateway.database import Books, clock
from hailuo_nb.gateway.tables import call, task
from hailuo_nb.gateway.told import Queue, record_of
from hailuo_nb.kie.callback import signed

PAUSE_S = 1.0
TRIES_MAX = 4
AGAIN_S = 60.0
"""How long after an answer that was none a callback is tried again, in seconds."""

AT_ONCE = 16
"""So many are called at a time: a few addresses that hang hold up nobody else's for long."""

ENDED = ("success", "fail")
NOBODY = Queue(places={}, waits_s=[])
ALWAYS = ("taskId", "model", "state", "param", "costTime", "creditsConsumed")
TOLD = {
    "success": (*ALWAYS, "resultJson", "completeTime", "createTime", "updateTime"),
    "fail": (*ALWAYS, "failCode", "failMsg"),
}
WORDS = {"success": "Playground task completed successfully.", "fail": "Playground task failed."}

log = logging.getLogger("hailuo_nb.gateway")

ResultOf = Callable[[Row[Any]], str]


class Teller(Protocol):
    """Calls an address without the service's key."""

    async def tell(
        self, url: str, body: bytes, headers: dict[str, str], trusted: Container[str]
    ) -> int:
        """Post a body and return the HTTP status; raises HailuoError."""


def key_of(secret: str, name: str) -> str:
    """Return the key that signs a student's callbacks; nobody can find another's by it."""
    said = f"callbacks:{name}".encode("utf-8", "surrogatepass")
    return hmac.new(secret.encode(), said, hashlib.sha256).hexdigest()


def remember(connection: Connection, calls: Sequence[tuple[str, str]]) -> None:
    """Have addresses called when their tasks have ended; part of the submit."""
    rows = [{"task": task_id, "url": url, "tries": 0} for task_id, url in calls]
    connection.execute(insert(call), rows)


class Caller:
    """Calls students' addresses, one replica each."""

    def __init__(
        self, books: Books, teller: Teller, secret: str, trusted: Container[str], result: ResultOf
    ) -> None:
        self._books = books
        self._teller = teller
        self._secret = secret
        self._trusted = trusted
        self._result = result

    async def turn(self) -> float:
        """Call the addresses that are due."""
        due = await self._books.run(self._due)
        await asyncio.gather(*(self._call(row) for row in due))
        return 0.0 if due else PAUSE_S

    def _due(self, connection: Connection) -> list[Row[Any]]:
        """Take what is due; whoever dies while calling has used one of its tries."""
        now = clock(connection)
        waits = (call.c.tries < TRIES_MAX, or_(call.c.due.is_(None), call.c.due <= now))
        due = select(task, call.c.url).join(call, call.c.task == task.c.id)
        due = due.where(task.c.state.in_(ENDED), *waits).limit(AT_ONCE)
        rows = connection.execute(due.with_for_update(skip_locked=True, of=call)).all()
        for row in rows:
            own = update(call).where(call.c.task == row.id)
            connection.execute(own.values(tries=call.c.tries + 1, due=now + AGAIN_S))
        return list(rows)

    async def _call(self, row: Row[Any]) -> None:
        stamp = str(int(time.time()))
        headers = signed(row.id, stamp, key_of(self._secret, row.student))
        is_over = True
        try:
            body = json.dumps(self._body(row)).encode()
            status = await self._teller.tell(row.url, body, headers, self._trusted)
            is_over = status == 200
        except UnsafeAddress:
            log.info("the callback of task %s may not be called", row.id)
        except HailuoError as error:
            is_over = False
            log.info("the callback of task %s: %s", row.id, type(error).__name__)
        if is_over:
            done = update(call).where(call.c.task == row.id).values(tries=TRIES_MAX)
            await self._books.insist(lambda one: one.execute(done))

    def _body(self, row: Row[Any]) -> dict[str, object]:
        told = record_of(row, NOBODY)
        told["updateTime"] = told["completeTime"]
        if row.state == "success":
            told["resultJson"] = self._result(row)
        code = 200 if row.state == "success" else 501
        data = {name: told[name] for name in TOLD[row.state]}
        return {"code": code, "msg": WORDS[row.state], "data": data}
