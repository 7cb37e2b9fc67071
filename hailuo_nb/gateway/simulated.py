"""A simulator of the gateway's own, for a class that practises: started and ended with it.

It knows how one is started as a process, and that what was practised never reaches the service.
What a simulator answers is its own affair.
"""

import logging
import os
import secrets
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import IO

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from hailuo_nb.config import SECRETS
from hailuo_nb.errors import SetupError, SimulatorError
from hailuo_nb.gateway.database import Books
from hailuo_nb.gateway.tables import service, task

SPEED = 20.0
CREDITS = 1_000_000.0
END_S = 10.0
LOGGER = "hailuo_nb.simulator"
OTHER = "Name another with --database."
ALONE = f"A simulator is one gateway's: practise with one replica, or end it first. {OTHER}"


@contextmanager
def simulator() -> Iterator[str]:
    """Run a simulator while the context is open; yields its base URL.

    It has none of the secrets of this process, and ends with it, however that ends.

    Raises
    ------
    SimulatorError
        It did not start.
    """
    words = ["--speed", str(SPEED), "--credits", str(CREDITS), "--while-stdin"]
    kept = {name: value for name, value in os.environ.items() if name not in SECRETS}
    process = subprocess.Popen(  # noqa: S603 - this very Python
        [sys.executable, "-m", "hailuo_nb.simulator", *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={"HAILUO_SIMULATOR_TOKEN": secrets.token_urlsafe(16)} | kept,
        text=True,
        start_new_session=True,
    )
    threading.Thread(target=_log, args=(process.stderr,), daemon=True).start()
    try:
        said = process.stdout.readline().strip() if process.stdout else ""
        if not said:
            raise SimulatorError("The simulator did not start.")
        yield said
    finally:
        process.terminate()
        process.wait(END_S)


def begin(books: Books, *, is_practice: bool) -> None:
    """Note whose tasks a database has; those of a simulator that has ended are queued again.

    Raises
    ------
    SetupError
        They are practice, and the service is real; or the other way round. Or another gateway
        practises with them: the tasks of its simulator are unknown to this one's.
    """
    if is_practice and not books.alone():
        raise SetupError("Another gateway practises with this database.", advice=ALONE)
    try:
        books.now(partial(_note, is_practice))
    except IntegrityError:  # another replica was quicker
        books.now(partial(_note, is_practice))


def _note(is_practice: bool, connection: Connection) -> None:
    before = connection.scalar(select(service.c.is_practice))
    if before is None:
        if is_practice and connection.scalar(select(task.c.id).limit(1)) is not None:
            raise SetupError("The database may hold a real class.", advice=OTHER)
        connection.execute(insert(service).values(id=1, is_practice=is_practice))
    elif before != is_practice:
        whose = "practice: its queue is not for the service" if before else "a real class"
        raise SetupError(f"The database holds {whose}.", advice=OTHER)
    if is_practice:
        lost = update(task).where(task.c.state == "running")
        connection.execute(lost.values(state="queued", phase=None, upstream=None, sent=None))


def _log(lines: IO[str]) -> None:
    log = logging.getLogger(LOGGER)
    for line in lines:
        log.info("%s", line.rstrip().rpartition(f"{LOGGER} ")[2])
