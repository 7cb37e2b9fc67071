"""One SQLite file, shared by threads behind one lock and by kernels on one machine.

Synchronous=FULL, so that what is committed survives a power cut; write-ahead logging
where a probe beside the file shows that it works, a rollback journal elsewhere (network
homes). Opened at the first use. It knows SQL, not what the rows mean.
"""

import sqlite3
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from hailuo_nb.core.disk import make_private
from hailuo_nb.core.fork import ProcessLock, in_child
from hailuo_nb.errors import StoreError, setting
from hailuo_nb.store import opening
from hailuo_nb.store.migrations import migrate

BUSY_BRIEFLY_S = 0.25

_T = TypeVar("_T")

Values = Mapping[str, object]
"""What stands for the names of a statement."""


class Database:
    """A database file; made with mode 0600, its folder with 0700, when missing.

    With ``only_looks`` it is read as it lies there, and never written: one of another version of
    the schema is refused, since to read it would take a copy.
    """

    def __init__(self, path: Path, *, only_looks: bool = False) -> None:
        self.path = path
        self._is_for_looks = only_looks
        self._lock = ProcessLock()
        self._connection: sqlite3.Connection | None = None
        self._parents: sqlite3.Connection | None = None
        self._only_looks = False
        self._place: tuple[int, int] | None = None
        in_child(self._leave_parents)

    def close(self) -> None:
        """Close the file; it is opened again by the next use."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def read(self, sql: str, values: Values) -> list[sqlite3.Row]:
        """Return the rows of a query; none, and no file made, where there is no file yet."""
        if self._connection is None and not opening.is_there(self.path):
            return []
        with self._lock:
            return self._run(sql, values, sqlite3.Cursor.fetchall)

    def write(self, sql: str, values: Values) -> int:
        """Run one statement in a transaction of its own; return how many rows it changed.

        Raises
        ------
        StoreError
            It cannot be written.
        """
        return self._write(sql, values)

    def write_all(self, sql: str, rows: Sequence[Values]) -> int:
        """Run one statement for each row, within a transaction; return how many rows it changed.

        Raises
        ------
        StoreError
            They cannot be written.
        """
        return self._write(sql, rows) if rows else 0

    def _write(self, sql: str, values: Values | Sequence[Values]) -> int:
        with self._lock:
            if not self.is_writable:
                what = f"The history {self.path} can only be read."
                raise StoreError(what, advice=opening.READ_ONLY)
            if self._only_looks:
                self.close()
            return self._run(sql, values, lambda cursor: cursor.rowcount)

    @property
    def is_writable(self) -> bool:
        """Whether something can be recorded; True where there is no file yet."""
        return not (self._is_for_looks or opening.is_read_only(self.path))

    def check_place(self) -> None:
        """Refuse to go on where the open file is no longer the one at its path.

        Raises
        ------
        StoreError
            It was moved, deleted or replaced; nobody would find what is written to it now.
        """
        if self._connection is not None and _place_of(self.path) != self._place:
            raise StoreError(
                f"The history {self.path} was moved or replaced while this kernel runs.",
                advice="Put its folder back, or restart the kernel to use what lies there now.",
            )

    def version(self) -> int:
        """Return what differs once another process has written; 0 where there is no file yet."""
        found = self.read("PRAGMA data_version", {})
        return int(found[0][0]) if found else 0

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Let no other kernel write until the block is done; undo it where it raises.

        One within another is a part of it.
        """
        with self._lock:
            if self._connection is not None and self._connection.in_transaction:
                yield
                return
            try:
                self.write("BEGIN IMMEDIATE", {})
                yield
                self.write("COMMIT", {})
            except BaseException:
                with suppress(StoreError):
                    self.write("ROLLBACK", {})
                raise

    @contextmanager
    def briefly(self) -> Iterator[None]:
        """Wait for other kernels, and other threads of this one, only a moment in the block.

        Raises
        ------
        StoreError
            They take longer.
        """
        if not self._lock.take(BUSY_BRIEFLY_S):
            raise StoreError(f"The history {self.path} cannot be used: it is busy.")
        try:
            self.write(f"PRAGMA busy_timeout = {round(1000 * BUSY_BRIEFLY_S)}", {})
            yield
        finally:
            with suppress(StoreError):
                self.write(f"PRAGMA busy_timeout = {round(1000 * opening.BUSY_TIMEOUT_S)}", {})
            self._lock.leave()

    def _leave_parents(self) -> None:
        """In a forked child: the open file is its parent's, and is not even closed."""
        self._parents, self._connection = self._connection or self._parents, None

    def _run(
        self, sql: str, values: Values | Sequence[Values], take: Callable[[sqlite3.Cursor], _T]
    ) -> _T:
        try:
            if self._connection is None:
                self._only_looks = not self.is_writable
                look = opening.open_as_it_is if self._is_for_looks else opening.open_to_look
                connect = look if self._only_looks else _connect
                self._connection = connect(self.path)
                self._place = _place_of(self.path)
            if isinstance(values, Mapping):
                return take(self._connection.execute(sql, values))
            return take(self._connection.executemany(sql, values))
        except (sqlite3.Error, OSError, UnicodeError, OverflowError) as error:
            raise opening.trouble(self.path, error) from error


def _connect(path: Path) -> sqlite3.Connection:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = not opening.is_there(path)
        make_private(path)
    except OSError as error:
        raise StoreError(
            f"The folder {path.parent} cannot be written: {error.strerror}.",
            advice=f"Move away what lies there instead, or {setting('HAILUO_HOME')}.",
        ) from error
    connection = opening.open_file(path)
    try:
        if new:
            mode = "WAL" if _wal_works(path.parent) else "DELETE"
            with suppress(sqlite3.OperationalError):  # another kernel opens it right now
                connection.execute(f"PRAGMA journal_mode = {mode}")
        connection.execute("PRAGMA synchronous = FULL")
        migrate(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _place_of(path: Path) -> tuple[int, int] | None:
    """Return what tells a file from any other that has lain at its path, None without one."""
    try:
        facts = path.stat()
    except OSError:
        return None
    return facts.st_dev, facts.st_ino


def _wal_works(folder: Path) -> bool:
    """Write with a log and read it back through a second connection."""
    probe = folder / f"probe-{uuid.uuid4().hex}.sqlite3"
    try:
        with closing(opening.open_file(probe)) as writer:
            mode = writer.execute("PRAGMA journal_mode = WAL").fetchone()[0]
            writer.execute("CREATE TABLE probe (value INTEGER)")
            writer.execute("INSERT INTO probe VALUES (1)")
            with closing(opening.open_file(probe)) as reader:
                seen = reader.execute("SELECT value FROM probe").fetchone()
        return mode == "wal" and seen is not None and seen[0] == 1
    except (sqlite3.Error, OSError):
        return False
    finally:
        _remove(folder.glob(f"{probe.name}*"))


def _remove(paths: Iterable[Path]) -> None:
    for path in list(paths):
        with suppress(OSError):
            path.unlink()
