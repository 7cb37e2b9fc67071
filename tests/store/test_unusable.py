"""A history that is damaged, newer, read-only or without locks: looked at where it can be."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from hailuo_nb.errors import StoreError
from hailuo_nb.store import opening
from hailuo_nb.store.gallery_queries import Wanted
from hailuo_nb.store.history import History
from hailuo_nb.store.migrations import MIGRATIONS
from hailuo_nb.store.opening import has_unfinished
from hailuo_nb.store.rows import to_row
from tests.store.make import finished, snapshot_of
from tests.support.powerless import read_only

LEFT_OPEN = """
import os, sys
from pathlib import Path
from hailuo_nb.store.history import History
from tests.store.make import snapshot_of
history = History(Path(sys.argv[1]))
history.add(snapshot_of("late"), folder=Path("/clips"))
os._exit(0)
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Record two tasks and a picture."""
    with History(tmp_path / "home") as history:
        history.add(finished("a1", tmp_path), folder=tmp_path)
        history.add(replace(finished("b2", tmp_path), name="second"), folder=tmp_path)
        history.set_poster("a1", "data:image/jpeg;base64,x")
        history.salt()
    return tmp_path / "home"


def look(history: History) -> list[str]:
    """Look at everything that can be looked at; return the tasks' ids."""
    history.unfinished()
    history.budget.report("https://api.kie.ai", None)
    history.salt()
    history.shelf.counts()
    history.shelf.version()
    assert history.find("second") is not None
    assert len(history.shelf.page(Wanted(), 10)) == len(history.newest(10))
    return sorted(one.id for one in history.newest(10))


def refused(history: History) -> None:
    """Hold every write to a refusal in words; what can only be let go of is no write."""
    made = snapshot_of("c3")
    known = history.newest(1)[0]
    writes: list[Callable[[], object]] = [
        lambda: history.add(made, folder=Path("/clips")),
        lambda: history.lease("a1"),
        lambda: history.rename("a1", "x"),
        lambda: history.save(known),
        lambda: history.set_poster("a1", "data:x"),
        lambda: history.shelf.hide("a1"),
        lambda: history.budget.set_cap(1, "day"),
        lambda: history.pass_gate("s", "g", count=1, window_s=1.0),
    ]
    for write in writes:
        with pytest.raises(StoreError, match="can only be read") as caught:
            write()
        assert "HAILUO_HOME" in str(caught.value)
    history.renew_leases()
    history.release()
    history.release("a1")


def test_a_read_only_history_is_looked_at(home: Path) -> None:
    """Everything is there; nothing is written, and no file is made beside it."""
    with read_only(home):
        before = sorted(path.name for path in home.iterdir())
        with History(home) as history:
            assert not history.is_writable
            assert look(history) == ["a1", "b2"]
            refused(history)
        assert sorted(path.name for path in home.iterdir()) == before


def test_what_a_killed_kernel_left_in_the_log_is_seen(home: Path) -> None:
    """SQLite would have to make a file to read the log; the last task is shown all the same."""
    subprocess.run([sys.executable, "-c", LEFT_OPEN, str(home)], check=True)
    (home / "history.sqlite3-shm").unlink()
    assert (home / "history.sqlite3-wal").stat().st_size > 0
    with read_only(home), History(home) as history:
        assert look(history) == ["a1", "b2", "late"]
        refused(history)
    assert (home / "history.sqlite3-wal").stat().st_size > 0


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS)))
def test_a_read_only_history_of_an_earlier_version_is_looked_at(
    tmp_path: Path, version: int
) -> None:
    """It is brought to today's schema in memory; the file stays as it is."""
    home = tmp_path / "home"
    home.mkdir()
    with closing(sqlite3.connect(home / "history.sqlite3", isolation_level=None)) as database:
        for script in MIGRATIONS[:version]:
            database.executescript(script)
        database.execute(f"PRAGMA user_version = {version}")
        known = {column[1] for column in database.execute("PRAGMA table_info(tasks)")}
        row = to_row(replace(finished("a1", tmp_path), name="second")) | {"folder": "/clips"}
        old = {column: value for column, value in row.items() if column in known}
        places = ", ".join(f":{column}" for column in old)
        database.execute(f"INSERT INTO tasks ({', '.join(old)}) VALUES ({places})", old)
    before = (home / "history.sqlite3").read_bytes()
    with read_only(home), History(home) as history:
        assert look(history) == ["a1"]
        refused(history)
    assert (home / "history.sqlite3").read_bytes() == before


def test_a_file_that_alone_is_read_only_is_looked_at(home: Path) -> None:
    """Its folder may be written; SQLite would refuse at the first task."""
    with read_only(home):
        home.chmod(0o700)
        with History(home) as history:
            assert look(history) == ["a1", "b2"]
            refused(history)


def test_what_becomes_writable_again_is_written(home: Path) -> None:
    """Without a restart."""
    history = History(home)
    with read_only(home):
        look(history)
        refused(history)
    history.add(snapshot_of("c3"), folder=Path("/clips"))
    assert look(history) == ["a1", "b2", "c3"]
    history.close()


def test_a_home_that_may_not_be_seen_has_no_history(home: Path) -> None:
    """Looking finds nothing; what would be sent is refused in words."""
    with read_only(home):
        home.chmod(0o000)
        history = History(home)
        assert history.newest(1) == []
        assert not has_unfinished(home)
        with pytest.raises(StoreError, match="HAILUO_HOME"):
            history.add(snapshot_of("c3"), folder=Path("/clips"))
        home.chmod(0o700)


def test_a_file_in_the_home_s_place_is_refused_in_words(tmp_path: Path) -> None:
    """Looking finds nothing; it says to move it away."""
    (tmp_path / "home").write_text("x")
    history = History(tmp_path / "home")
    assert history.newest(1) == []
    assert not has_unfinished(tmp_path / "home")
    with pytest.raises(StoreError, match="Move away"):
        history.add(snapshot_of("c3"), folder=Path("/clips"))


def parts(path: Path, number: int) -> list[bytes]:
    """Return a file cut at so many places, and with that many of its pages overwritten."""
    whole = path.read_bytes()
    cuts = [whole[: len(whole) * at // number] for at in range(1, number)]
    page = len(whole) // number
    spoilt = [
        whole[: at * page] + b"\x5a" * page + whole[(at + 1) * page :] for at in range(number)
    ]
    return [*cuts, *spoilt, whole[:10], whole[:100], b"no database" * 100, b"\x00" * 4096]


@pytest.mark.parametrize("at", range(19))
def test_a_damaged_file_is_told_by_the_check(home: Path, at: int) -> None:
    """Cut or overwritten anywhere: the check says so, and every look is a table or our words."""
    path = home / "history.sqlite3"
    files = parts(path, 8)
    assert len(files) == 19
    path.write_bytes(files[at])
    history = History(home)
    with pytest.raises(StoreError) as caught:
        history.check()
    assert str(path) in str(caught.value)
    assert "damaged" in str(caught.value) or "cannot be used" in str(caught.value)
    assert opening.DAMAGED in str(caught.value)
    for use in (history.unfinished, history.unreadable, history.shelf.counts, history.salt):
        try:
            use()
        except StoreError as error:
            assert str(path) in str(error)
    history.close()


def test_a_whole_history_passes_the_check(home: Path) -> None:
    """It says how many tasks there are, and leaves nothing behind."""
    with History(home) as history:
        assert history.check() == 2
    assert [path.name for path in home.iterdir()] == ["history.sqlite3"]


def test_an_empty_home_passes_the_check(tmp_path: Path) -> None:
    """No file is made by looking."""
    with History(tmp_path) as history:
        assert history.check() == 0
    assert list(tmp_path.iterdir()) == []


def test_a_read_only_history_does_not_pass_the_check(home: Path) -> None:
    """It is whole, but nothing can be sent."""
    refusal = pytest.raises(StoreError, match="can only be read")
    with read_only(home), History(home) as history, refusal:
        history.check()


def test_a_file_system_without_locks_does_not_pass_the_check(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite is told to lock nothing, as such a file system would."""
    real = opening.address
    monkeypatch.setattr(opening, "address", lambda path, mode: real(path, mode) + "&vfs=unix-none")
    with History(home) as history, pytest.raises(StoreError, match="keeps no file locks"):
        history.check()


class _NoLocks(sqlite3.Connection):
    """A connection on a file system that refuses every lock."""

    def execute(self, sql: str, *values: object) -> sqlite3.Cursor:  # type: ignore[override]
        if sql.startswith("BEGIN"):
            error = sqlite3.OperationalError("database is locked")
            error.sqlite_errorcode = sqlite3.SQLITE_BUSY
            raise error
        return super().execute(sql, *values)  # type: ignore[arg-type]


def test_a_file_system_that_refuses_locks_does_not_pass_the_check(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The person is told what may hold it."""
    real = sqlite3.connect
    monkeypatch.setattr(
        sqlite3, "connect", lambda where, **options: real(where, factory=_NoLocks, **options)
    )
    with History(home) as history, pytest.raises(StoreError, match="no file locks"):
        history.check()
