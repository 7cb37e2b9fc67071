"""One database behind every replica: PostgreSQL, or SQLite for a single process.

It knows engines, threads and clocks. It must not know tables' meaning: work comes as a function
of a connection and is one transaction.
"""

import asyncio
import logging
import math
import secrets
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from sqlalchemy import Connection, Double, create_engine, event, func, insert, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DBAPIError,
    DisconnectionError,
    IntegrityError,
    OperationalError,
    ProgrammingError,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from hailuo_nb.core.disk import make_private
from hailuo_nb.gateway.tables import account, gate, metadata

T = TypeVar("T")

CONNECTIONS = 4
LOST_PAUSE_S = 0.25
ASKED_AFTER_S = 1.0
"""A connection that has rested so long is asked whether it still is one, in seconds."""

ALONE = 0x48_61_69_6C_75_6F
"""The number of an advisory lock: whoever has it is alone with a database."""

RESTED = "rested"
STUDENT_BUDGET = 300_00
AT_ONCE = 100

log = logging.getLogger("hailuo_nb.gateway")


class _Moment(FunctionElement[float]):
    """The clock of the database, in seconds since the epoch."""

    type = Double()
    inherit_cache = True


@compiles(_Moment)
def _on_postgresql(element: _Moment, compiler: SQLCompiler, **_: Any) -> str:
    return "extract(epoch from clock_timestamp())"


@compiles(_Moment, "sqlite")
def _on_sqlite(element: _Moment, compiler: SQLCompiler, **_: Any) -> str:
    return "((julianday('now') - 2440587.5) * 86400.0)"


MOMENT = _Moment().label("moment")
"""The one clock that all replicas share, as a column."""

_NOW = select(MOMENT)


class Books:
    """Runs transactions beside the event loop.

    Parameters
    ----------
    url
        As SQLAlchemy writes it; ``postgresql://`` means psycopg 3.

    Raises
    ------
    sqlalchemy.exc.SQLAlchemyError
        It is no URL, or nothing answers there.
    """

    def __init__(self, url: str | URL) -> None:
        parsed = make_url(url)
        if parsed.drivername in ("postgresql", "postgres"):
            parsed = parsed.set(drivername="postgresql+psycopg")
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        if self.is_sqlite and parsed.database in (None, "", ":memory:"):
            raise ArgumentError("a database in memory is another for each thread")
        workers = 1 if self.is_sqlite else CONNECTIONS
        self._engine = create_engine(
            parsed, pool_size=workers, max_overflow=0, hide_parameters=True
        )
        if self.is_sqlite:
            event.listen(self._engine, "connect", _set_up_sqlite)
            event.listen(self._engine, "begin", _begin_writing)
        else:
            event.listen(self._engine, "checkin", _note_rest)
            event.listen(self._engine, "checkout", self._check_rested)
        self._workers = ThreadPoolExecutor(workers, thread_name_prefix="gateway-database")
        self._claim: Connection | BinaryIO | None = None

    def create(self) -> None:
        """Make the tables and the two rows that there is one of each; keep what is there."""
        for make in (self._create_tables, self._create_rows):
            try:
                make()
            except (IntegrityError, ProgrammingError):  # another replica was quicker
                make()

    async def run(self, work: Callable[[Connection], T]) -> T:
        """Return what the work returns, committed; undone where it raises."""
        return await asyncio.get_running_loop().run_in_executor(self._workers, self.now, work)

    async def glance(self, work: Callable[[Connection], T]) -> T:
        """Return what work returns that only reads, by one statement: no transaction is needed."""
        return await asyncio.get_running_loop().run_in_executor(self._workers, self._read, work)

    def _read(self, work: Callable[[Connection], T]) -> T:
        if self.is_sqlite:
            return self.now(work)
        with self._engine.connect() as connection:
            return work(connection.execution_options(isolation_level="AUTOCOMMIT"))

    def now(self, work: Callable[[Connection], T]) -> T:
        """Do the work on this thread; see `run`."""
        with self._engine.begin() as connection:
            return work(connection)

    def look(self, work: Callable[[Connection], T]) -> T:
        """Do work that only looks, on this thread, and sees one moment of the database."""
        with self._engine.connect() as connection:
            if not self.is_sqlite:
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                return work(connection)

    async def insist(self, work: Callable[[Connection], T]) -> T:
        """Do the work as soon as the database can be reached: what happened must be written."""
        while True:
            try:
                return await self.run(work)
            except OperationalError as error:
                log.warning("the database cannot be reached: %s", type(error.orig).__name__)
                await asyncio.sleep(LOST_PAUSE_S)

    def alone(self) -> bool:
        """Return whether nobody else has said so of this database; good until it is closed.

        PostgreSQL lets go of it with the connection, and the system of a file with the process.
        """
        if self._claim is None:
            self._claim = self._claim_file() if self.is_sqlite else self._claim_session()
        return self._claim is not None

    def _claim_session(self) -> Connection | None:
        connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        connection.detach()  # the pool's connections are as many as before
        if connection.scalar(select(func.pg_try_advisory_lock(ALONE))):
            return connection
        connection.close()
        return None

    def _claim_file(self) -> BinaryIO | None:
        import fcntl

        path = Path(f"{Path(self._engine.url.database or '').resolve()}.lock")
        make_private(path)
        held = path.open("rb")
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            held.close()
            return None
        return held

    def close(self) -> None:
        """Let go of every connection."""
        self._workers.shutdown()
        self._let_go()
        self._engine.dispose()

    def _let_go(self) -> None:
        """Give the claim back at once, not as soon as PostgreSQL has seen the connection end."""
        claim, self._claim = self._claim, None
        if isinstance(claim, Connection):
            with suppress(DBAPIError):
                claim.execute(select(func.pg_advisory_unlock(ALONE)))
        if claim is not None:
            claim.close()

    def _check_rested(self, connection: Any, record: ConnectionPoolEntry, _: object) -> None:
        """Have a connection made anew that broke while it rested; one just used is not asked."""
        if time.monotonic() - record.info.get(RESTED, -math.inf) < ASKED_AFTER_S:
            return
        try:
            connection.execute("select 1")
            connection.rollback()
        except connection.Error as error:
            raise DisconnectionError from error

    def _create_tables(self) -> None:
        metadata.create_all(self._engine)

    def _create_rows(self) -> None:
        with self._engine.begin() as connection:
            if connection.scalar(select(gate.c.id)) is None:
                connection.execute(insert(gate).values(id=1))
            if connection.scalar(select(account.c.id)) is None:
                row: dict[str, object] = {"student_budget": STUDENT_BUDGET, "at_once": AT_ONCE}
                row |= {"id": 1, "secret": secrets.token_hex(32)}
                connection.execute(insert(account).values(row))


def clock(connection: Connection) -> float:
    """Return the moment by that clock."""
    return float(connection.scalar(_NOW) or 0)


def _note_rest(_: object, record: ConnectionPoolEntry) -> None:
    record.info[RESTED] = time.monotonic()


def _set_up_sqlite(connection: Any, _: object) -> None:
    connection.isolation_level = None  # transactions are begun below
    for pragma in ("journal_mode=wal", "synchronous=full", "foreign_keys=on", "busy_timeout=20000"):
        connection.execute(f"pragma {pragma}")


def _begin_writing(connection: Connection) -> None:
    """Take SQLite's one lock at once: PostgreSQL's locks of rows stand for it elsewhere."""
    connection.exec_driver_sql("begin immediate")
