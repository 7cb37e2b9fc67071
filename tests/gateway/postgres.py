"""A PostgreSQL of the tests' own: in a temporary folder, on a socket, without any service.

Its programs refuse to run for root: whoever is root lets the user postgres, or nobody, own it.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg

START_S = 60.0
OPTIONS = ("fsync=off", "max_connections=200", "listen_addresses=")


class Postgres:
    """A cluster that can be ended, killed and started again.

    Parameters
    ----------
    folder
        Where it lives; its name is short, as sockets need it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.chmod(0o700)
        if os.geteuid() == 0:
            user = pwd.getpwnam(owner())
            os.chown(folder, user.pw_uid, user.pw_gid)
        self._run("initdb", "-N", "-A", "trust", "-U", "class", "-D", str(folder / "data"))
        self.start()

    def start(self) -> None:
        """Start it and wait until it answers."""
        words = " ".join(
            f"-c {option}" for option in (*OPTIONS, f"unix_socket_directories={self._folder}")
        )
        log = str(self._folder / "log")
        self._run(
            "pg_ctl",
            "-w",
            "-s",
            "-t",
            str(START_S),
            "-l",
            log,
            "-o",
            words,
            "-D",
            self._data,
            "start",
        )

    def stop(self) -> None:
        """End it as its operator does."""
        self._run("pg_ctl", "-w", "-s", "-m", "fast", "-D", self._data, "stop")

    def crash(self) -> None:
        """Kill it at once; nothing is written any more."""
        self._run("pg_ctl", "-w", "-s", "-m", "immediate", "-D", self._data, "stop")

    def create(self) -> str:
        """Make an empty database and return its URL."""
        name = f"c{uuid.uuid4().hex}"
        with psycopg.connect(
            host=str(self._folder), user="class", dbname="postgres", autocommit=True
        ) as one:
            one.execute(f"create database {name}")
        return f"postgresql://class@/{name}?host={self._folder}"

    @property
    def _data(self) -> str:
        return str(self._folder / "data")

    def _run(self, program: str, *words: str) -> None:
        command = [*as_owner(), str(found(program)), *words]
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            cwd="/",
            check=False,
        )
        assert done.returncode == 0, done.stderr


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """Run a cluster for the block; nothing of it is left."""
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    cluster = Postgres(folder)
    try:
        yield cluster
    finally:
        try:
            cluster.crash()
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def owner() -> str:
    """Return the user who owns a cluster that root asks for."""
    names = {user.pw_name for user in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def as_owner() -> Sequence[str]:
    """Return the words before a command that root may not run itself."""
    return ("runuser", "-u", owner(), "--") if os.geteuid() == 0 else ()


def found(program: str) -> Path:
    """Return where a program of PostgreSQL is; Debian keeps them out of the PATH."""
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), reverse=True)
    named = shutil.which(program)
    assert places or named, "Debian's package postgresql is missing: make test installs it for root"
    return places[0] if places else Path(str(named))
