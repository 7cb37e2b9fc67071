"""What was committed stays: across processes, kills, and file systems without a log."""

import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from hailuo_nb.errors import StoreError
from hailuo_nb.store import opening
from hailuo_nb.store.history import History
from tests.store.make import go, snapshot_of

ROOT = Path(__file__).parents[2]
WRITER = """
import sys
from pathlib import Path
from hailuo_nb.store.history import History
from tests.store.make import snapshot_of

history = History(Path(sys.argv[1]))
prefix, count = sys.argv[2], int(sys.argv[3])
print("ready", flush=True)
sys.stdin.readline()
for number in range(count):
    history.add(snapshot_of(f"{prefix}{number}"), folder=Path("/clips"))
    print(len(history.newest(9999)), flush=True)
sys.stdin.readline()
"""


@contextmanager
def writer(home: Path, prefix: str, count: int) -> Iterator[subprocess.Popen[str]]:
    """Start another process that will record tasks when it reads a line."""
    command = [sys.executable, "-c", WRITER, str(home), prefix, str(count)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process
        process.kill()


def counts(process: subprocess.Popen[str], lines: int) -> list[int]:
    """Read how many tasks a writer saw after each of its own."""
    assert process.stdout is not None
    return [int(process.stdout.readline()) for _ in range(lines)]


def recorded(home: Path) -> set[str]:
    """Return the ids in a history, read by a fresh connection."""
    with History(home) as history:
        return {found.id for found in history.newest(9999)}


def pragma(history: History, name: str) -> object:
    """Ask the history's own connection for a setting."""
    assert history._database._connection is not None
    return history._database._connection.execute(f"PRAGMA {name}").fetchone()[0]


def test_a_commit_waits_for_the_disk(tmp_path: Path) -> None:
    """Synchronous is FULL (2), also when the file is opened again, and a log is used here."""
    for _ in range(2):
        with History(tmp_path) as history:
            history.newest(1)
            history.add_upload("s", "d", "u", at=1.0)
            assert pragma(history, "synchronous") == 2
            assert pragma(history, "journal_mode") == "wal"


def test_two_processes_write_at_once(tmp_path: Path) -> None:
    """A second kernel records and reads while this one does, and nothing is lost."""
    with History(tmp_path) as here, writer(tmp_path, "b", 60) as there:
        here.add(snapshot_of("first"), folder=Path("/clips"))
        go(there)
        for number in range(60):
            here.add(snapshot_of(f"a{number}"), folder=Path("/clips"))
        seen = counts(there, 60)
    assert seen == sorted(seen)
    assert seen[-1] >= 61
    expected = {f"{prefix}{number}" for prefix in "ab" for number in range(60)}
    assert recorded(tmp_path) == expected | {"first"}


def test_two_processes_open_a_new_history_at_once(tmp_path: Path) -> None:
    """The first kernels of a new user may start together."""
    home = tmp_path / "home"
    with writer(home, "a", 5) as one, writer(home, "b", 5) as two:
        go(one)
        go(two)
        counts(one, 5)
        counts(two, 5)
    assert recorded(home) == {f"{prefix}{number}" for prefix in "ab" for number in range(5)}


def test_a_change_is_seen_by_the_other_process(tmp_path: Path) -> None:
    """What one kernel saves the other reads, without opening anything anew."""
    with History(tmp_path) as one, History(tmp_path) as two:
        one.add(snapshot_of("a1"), folder=Path("/clips"))
        assert two.find("a1") == snapshot_of("a1")
        assert two.lease("a1")
        assert two.save(snapshot_of("a1", state="queued", task_id="t1"))
        assert one.find("t1") == snapshot_of("a1", state="queued", task_id="t1")


def test_committed_tasks_survive_a_kill(tmp_path: Path) -> None:
    """A kernel killed right after recording has recorded."""
    with writer(tmp_path, "a", 20) as process:
        go(process)
        counts(process, 20)
        os.kill(process.pid, signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
    assert recorded(tmp_path) == {f"a{number}" for number in range(20)}


def test_a_half_written_task_leaves_no_trace(tmp_path: Path) -> None:
    """A process that dies inside a transaction leaves the rows before it, and no lock."""
    with History(tmp_path) as history:
        history.add(snapshot_of("a1"), folder=Path("/clips"))
    code = (
        "import os, signal, sqlite3, sys;"
        "open_ = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "open_.execute('BEGIN IMMEDIATE');"
        "open_.execute('DELETE FROM tasks');"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "history.sqlite3")]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    with History(tmp_path) as history:
        assert history.lease("a1")
        assert history.save(snapshot_of("a1", state="failed"))
        assert history.find("a1") == snapshot_of("a1", state="failed")


def test_a_lock_that_is_never_released_is_a_store_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When another program holds the file, the person is told which file."""
    with History(tmp_path) as history:
        history.add(snapshot_of("a1"), folder=Path("/clips"))
    monkeypatch.setattr(opening, "BUSY_TIMEOUT_S", 0.01)
    path = tmp_path / "history.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None)) as other, History(tmp_path) as here:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match=r"history\.sqlite3 cannot be used.*locked"):
            here.save(snapshot_of("a1", state="failed"))
        other.execute("ROLLBACK")
        assert here.lease("a1")
        assert here.save(snapshot_of("a1", state="failed"))


def refuse_the_log(monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    """Make SQLite's log fail beside the file, as on a network home."""
    real = sqlite3.connect

    class Connection(sqlite3.Connection):
        def __init__(self, where: str, **options: Any) -> None:
            super().__init__(where, **options)
            self.refuses = answer != "busy" or "/probe-" not in where

        def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
            if sql != "PRAGMA journal_mode = WAL" or not self.refuses:
                return super().execute(sql, *values)
            if answer == "silence":
                return super().execute("SELECT 'delete'")
            raise sqlite3.OperationalError(answer)

    def connect(where: str, **options: Any) -> sqlite3.Connection:
        return real(where, factory=Connection, **options)

    monkeypatch.setattr(sqlite3, "connect", connect)


@pytest.mark.parametrize("answer", ["error", "silence", "busy"])
def test_without_a_log_the_journal_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    """Where the log fails, is not granted, or another kernel holds the file, none is needed."""
    refuse_the_log(monkeypatch, answer)
    with History(tmp_path) as history:
        history.add(snapshot_of("a1"), folder=Path("/clips"))
        assert pragma(history, "journal_mode") == "delete"
        assert pragma(history, "synchronous") == 2
    assert recorded(tmp_path) == {"a1"}


@pytest.mark.parametrize("answer", ["works", "error"])
def test_the_probe_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    """After the first use the folder holds the history alone."""
    with monkeypatch.context() as patched:
        {"works": lambda *_: None, "error": refuse_the_log}[answer](patched, answer)
        with History(tmp_path) as history:
            history.add(snapshot_of("a1"), folder=Path("/clips"))
    assert [path.name for path in tmp_path.iterdir()] == ["history.sqlite3"]


def test_a_log_once_refused_stays_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mode belongs to the file: every kernel uses the one that it was made with."""
    with monkeypatch.context() as patched:
        refuse_the_log(patched, "error")
        with History(tmp_path) as history:
            history.add(snapshot_of("a1"), folder=Path("/clips"))
    with History(tmp_path) as history:
        history.add(snapshot_of("a2"), folder=Path("/clips"))
        assert pragma(history, "journal_mode") == "delete"


def test_a_folder_that_exists_is_not_opened_up(tmp_path: Path) -> None:
    """A home of the person's own keeps its mode, and the file is private all the same."""
    tmp_path.chmod(0o755)
    with History(tmp_path) as history:
        history.add(snapshot_of("a1"), folder=Path("/clips"))
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755
    assert stat.S_IMODE((tmp_path / "history.sqlite3").stat().st_mode) == 0o600


@pytest.mark.parametrize("instead", ["nothing", "another history"])
def test_nothing_is_paid_into_a_history_that_was_moved(tmp_path: Path, instead: str) -> None:
    """Nobody would find the record: neither a new task nor a submit begins."""
    home = tmp_path / "home"
    with History(home) as history:
        history.add(snapshot_of("a1"), folder=tmp_path)
        assert history.lease("a1")
        home.rename(tmp_path / "moved")
        if instead == "another history":
            with History(home) as other:
                other.add(snapshot_of("c3"), folder=tmp_path)
        with pytest.raises(StoreError, match="moved or replaced") as caught:
            history.add(snapshot_of("b2"), folder=tmp_path)
        assert "Nothing was sent. Put its folder back" in str(caught.value)
        with pytest.raises(StoreError, match="moved or replaced"):
            history.begin_submit(snapshot_of("a1", state="submitting"))
        shutil.rmtree(home, ignore_errors=True)
        (tmp_path / "moved").rename(home)
        assert history.begin_submit(snapshot_of("a1", state="submitting"))
        history.add(snapshot_of("b2"), folder=tmp_path)
