"""What many ask for at once is done in one transaction; the next begins where that has ended.

It knows who waits, and that a fault of one is no fault of the others. It must not know what is
done for them.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from hailuo_nb.gateway.database import Books

A = TypeVar("A")
T = TypeVar("T")

TURN_MAX = 64
"""So many are done together: whoever else wants a row that they lock waits for them all."""


class Together(Generic[A, T]):
    """Does one kind of work for all who ask for it.

    Parameters
    ----------
    books
        The database.
    work
        Takes a connection and what was asked for, in order, and returns an answer to each; one
        that is an exception is raised to its asker alone. Where the work raises, it is undone, and
        done for each by itself.
    """

    def __init__(
        self, books: Books, work: Callable[[Connection, Sequence[A]], Sequence[T | Exception]]
    ) -> None:
        self._books = books
        self._work = work
        self._waiting: list[tuple[A, asyncio.Future[T]]] = []
        self._going: asyncio.Task[None] | None = None

    async def do(self, asked: A) -> T:
        """Return the answer, committed; raises what the work does for this one."""
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((asked, future))
        if self._going is None:
            self._going = asyncio.ensure_future(self._go())
        return await future

    async def _go(self) -> None:
        while self._waiting:
            turn, self._waiting = self._waiting[:TURN_MAX], self._waiting[TURN_MAX:]
            await self._answer(turn)
        self._going = None

    async def _answer(self, turn: list[tuple[A, asyncio.Future[T]]]) -> None:
        all_asked = [asked for asked, _ in turn]
        found: Sequence[T | Exception]
        try:
            found = await self._books.run(lambda connection: self._work(connection, all_asked))
        except Exception as error:  # noqa: BLE001 - each who waits is told
            if len(turn) > 1 and not isinstance(error, OperationalError):
                for one in turn:
                    await self._answer([one])
                return
            found = [error] * len(turn)
        for (_, future), answer in zip(turn, found, strict=True):
            if future.done():  # whoever asked has gone
                continue
            if isinstance(answer, Exception):
                future.set_exception(answer)
            else:
                future.set_result(answer)
