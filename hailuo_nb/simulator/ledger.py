"""What survives the process: tasks, balances, uploads and origins, in one SQLite file.

It is the only speaker of SQL. It knows rows; it must not know HTTP, bearers (an account is
already a hash here) or rendering. Tasks are also held in memory, so that reading one costs
nothing; a change is written at once, counts of requests when `save` or `close` is called.
"""

import hashlib
import hmac
import secrets
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from hailuo_nb.simulator.task import SimulatedTask, dump, load

_SCHEMA = """
create table if not exists tasks (task_id text primary key, number integer, body text not null);
create table if not exists accounts (account text primary key, balance real not null);
create table if not exists uploads (
    path text primary key, blob text not null, mime text not null, size_bytes integer not null,
    uploaded_s real not null
);
create table if not exists origins (origin text primary key);
create table if not exists facts (name text primary key, value text not null);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """One uploaded file: its public path, and the name its bytes are kept under."""

    path: str
    blob: str
    mime: str
    size_bytes: int
    uploaded_s: float


BUSY_S = 5.0
"""So long may another program hold the file: a reader, or a simulator that is just ending."""


class LedgerError(OSError):
    """The file cannot be used: another simulator has it, it is damaged, or none of ours."""


def _opened(path: Path) -> tuple[sqlite3.Connection, list[SimulatedTask]]:
    """Return the open file, for this process alone, and the tasks in it."""
    if path.is_symlink():
        raise LedgerError(f"{path}: it is a link")
    db = None
    try:
        db = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None, check_same_thread=False)
        # One process alone: two would both follow, and refund, the same tasks.
        db.execute("pragma locking_mode=exclusive")
        # A killed process loses nothing with synchronous=OFF, only a power cut does.
        db.execute("pragma synchronous=off")
        db.execute("begin exclusive")
        db.execute("commit")
        db.executescript(_SCHEMA)
        rows = db.execute("select body from tasks order by number")
        return db, [load(body) for (body,) in rows]
    except (sqlite3.Error, ValueError, TypeError, LookupError) as error:
        if db is not None:
            db.close()
        raise LedgerError(f"{path}: {_reason(error)}") from None


def _reason(error: Exception) -> str:
    if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY:
        return "the database is locked by another program"
    return str(error) if isinstance(error, sqlite3.Error) else "it holds a task that is none"


class Ledger:
    """All that the simulator remembers.

    Parameters
    ----------
    path : Path
        The database file; made when missing.
    opening_credits : float
        Balance of an account seen for the first time.

    Raises
    ------
    LedgerError
        The file cannot be used.
    """

    def __init__(self, path: Path, opening_credits: float) -> None:
        self._db, tasks = _opened(path)
        self._opening_credits = opening_credits
        self.tasks: dict[str, SimulatedTask] = {task.task_id: task for task in tasks}
        self._balances: dict[str, float] = dict(self._db.execute("select * from accounts"))
        self._identical: dict[str, int] = {}
        for task in self.tasks.values():
            self._identical[task.identity] = max(
                task.variation, self._identical.get(task.identity, 0)
            )
        self._counted: set[str] = set()
        self._secret = self._fact("secret", secrets.token_hex(16))

    def close(self) -> None:
        """Write what is only counted so far and let go of the file."""
        self.save_counts()
        self._db.close()

    def add(self, task: SimulatedTask) -> None:
        """Take in a new task."""
        self.tasks[task.task_id] = task
        self._identical[task.identity] = task.variation
        self.save(task)

    def save(self, task: SimulatedTask) -> None:
        """Write a task's present fields."""
        self._db.execute(
            "insert or replace into tasks values (?, ?, ?)",
            (task.task_id, task.number, dump(task)),
        )

    def count_record_request(self, task: SimulatedTask) -> None:
        """Count one recordInfo of the task; written by `save_counts`."""
        task.record_requests += 1
        self._counted.add(task.task_id)

    def save_counts(self) -> None:
        """Write the tasks whose request counts have changed."""
        changed, self._counted = self._counted, set()
        if changed:
            self._db.execute("begin")
            for task_id in changed:
                self.save(self.tasks[task_id])
            self._db.execute("commit")

    def next_number(self) -> int:
        """Return the number of the next task."""
        return len(self.tasks) + 1

    def next_variation(self, identity: str) -> int:
        """Return which one of identical requests the next would be, from 1."""
        return self._identical.get(identity, 0) + 1

    def under_way(self, account: str) -> int:
        """Return how many tasks of an account have not ended."""
        return sum(one.account == account and one.final is None for one in self.tasks.values())

    def balance(self, account: str) -> float:
        """Return the credits an account can spend: holds are already taken off."""
        return self._balances.get(account, self._opening_credits)

    def set_balance(self, account: str, credits_: float) -> None:
        """Set the credits an account can spend."""
        self._balances[account] = credits_
        self._db.execute("insert or replace into accounts values (?, ?)", (account, credits_))

    def put_upload(self, upload: Upload) -> None:
        """Remember an upload; one with the same path is overwritten."""
        self._db.execute(
            "insert or replace into uploads values (?, ?, ?, ?, ?)",
            (upload.path, upload.blob, upload.mime, upload.size_bytes, upload.uploaded_s),
        )

    def upload(self, path: str) -> Upload | None:
        """Return the upload with this public path."""
        row = self._db.execute("select * from uploads where path = ?", (path,)).fetchone()
        return row and Upload(
            path=row[0], blob=row[1], mime=row[2], size_bytes=row[3], uploaded_s=row[4]
        )

    def seal(self, kind: str, text: str) -> str:
        """Return 128 bits, in hex, that only this ledger can make of a text, always the same."""
        message = f"{kind}:{text}".encode("utf-8", "surrogatepass")
        return hmac.new(self._secret.encode(), message, hashlib.sha256).hexdigest()[:32]

    def add_origin(self, origin: str) -> None:
        """Remember an origin this ledger was served from."""
        self._db.execute("insert or ignore into origins values (?)", (origin,))

    def origins(self) -> set[str]:
        """Return every origin this ledger was ever served from."""
        return {origin for (origin,) in self._db.execute("select origin from origins")}

    def _fact(self, name: str, fresh: str) -> str:
        self._db.execute("insert or ignore into facts values (?, ?)", (name, fresh))
        row = self._db.execute("select value from facts where name = ?", (name,)).fetchone()
        return str(row[0])
