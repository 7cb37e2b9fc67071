"""Looks at single tasks, gathered: a thousand students who look are a hundred queries a second.

It knows how long a look waits for others. It must not know who looks.
"""

import asyncio
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from hailuo_nb.gateway.database import Books
from hailuo_nb.gateway.tables import task

GATHERED_S = 0.01
FOUND = select(task).where(task.c.id.in_(bindparam("ids", expanding=True)))


class Looks:
    """Finds tasks by their ids, all that are asked for within some ms at once."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._asked: dict[str, asyncio.Future[Row[Any] | None]] = {}
        self._answering: set[asyncio.Task[None]] = set()

    async def row(self, task_id: str) -> Row[Any] | None:
        """Return a task's row, None where there is none."""
        loop = asyncio.get_running_loop()
        if not self._asked:
            loop.call_later(GATHERED_S, self._begin)
        if task_id not in self._asked:
            self._asked[task_id] = loop.create_future()
        return await asyncio.shield(self._asked[task_id])

    def _begin(self) -> None:
        asked, self._asked = self._asked, {}
        answering = asyncio.ensure_future(self._answer(asked))
        self._answering.add(answering)
        answering.add_done_callback(self._answering.discard)

    async def _answer(self, asked: dict[str, asyncio.Future[Row[Any] | None]]) -> None:
        def found(connection: Connection) -> dict[str, Row[Any]]:
            return {row.id: row for row in connection.execute(FOUND, {"ids": list(asked)})}

        try:
            rows = await self._books.glance(found)
        except Exception as error:  # noqa: BLE001 - each who waits is told
            for future in asked.values():
                future.set_exception(error)
            return
        for task_id, future in asked.items():
            future.set_result(rows.get(task_id))
