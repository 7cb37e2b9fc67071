"""The schema grows step by step, from every older file, and never backwards."""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from hailuo_nb.core.study import Place, Study
from hailuo_nb.errors import StoreError
from hailuo_nb.store import migrations
from hailuo_nb.store.history import History
from hailuo_nb.store.migrations import FILLED, MIGRATIONS, migrate
from hailuo_nb.store.rows import to_row
from tests.store.make import finished, snapshot_of

RELEASED = [
    *("03b882021f683836", "b9ff77126ee5d379", "f3ad7b1e019a5e4e", "3de8b04de35508e8"),
    *("e6bf1dbbee43e141", "a2dcc986217461da", "50baccf9e95ca4dd", "796b451457b4dcbb"),
    *("c0edcf4cd506da29", "cdb172319ecb7b91", "b896a19306139f02"),
    "c953313c64770f95",
    "addce74a701c10e2",
]
"""The digest of each step, white space aside: a new step adds one, none is ever changed."""


@pytest.fixture
def database(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Open an empty database as the history does."""
    with closing(sqlite3.connect(tmp_path / "history.sqlite3", isolation_level=None)) as opened:
        yield opened


def bring_to(database: sqlite3.Connection, version: int) -> None:
    """Lay out a file as an older version of the package left it."""
    for number, script in enumerate(MIGRATIONS[:version]):
        database.executescript(script)
        if number in FILLED:
            FILLED[number](database)
    database.execute(f"PRAGMA user_version = {version}")


def schema(database: sqlite3.Connection) -> list[tuple[str, str]]:
    """Return every table and index with what made it, white space aside."""
    rows = database.execute("SELECT name, sql FROM sqlite_master WHERE sql NOT NULL ORDER BY name")
    return [(name, " ".join(sql.split())) for name, sql in rows]


@pytest.mark.parametrize("version", range(len(MIGRATIONS) + 1))
def test_every_older_file_is_brought_to_today(database: sqlite3.Connection, version: int) -> None:
    """From an empty file and from every released version the schema ends up the same."""
    bring_to(database, version)
    migrate(database)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        migrate(fresh)
        assert schema(database) == schema(fresh)
    assert database.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)


@pytest.mark.parametrize("version", range(len(MIGRATIONS) + 1))
def test_an_older_file_is_used_as_it_is_opened(
    database: sqlite3.Connection, tmp_path: Path, version: int
) -> None:
    """The history migrates by itself and then records and finds."""
    bring_to(database, version)
    with History(tmp_path) as history:
        history.add(snapshot_of("a1"), folder=Path("/clips"))
        assert history.find("a1") == snapshot_of("a1")


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS) + 1))
def test_the_tasks_of_an_older_file_are_kept(
    database: sqlite3.Connection, tmp_path: Path, version: int
) -> None:
    """What was recorded by an older version is found as it was."""
    bring_to(database, version)
    known = {column[1] for column in database.execute("PRAGMA table_info(tasks)")}
    row = to_row(finished("a1", tmp_path)) | {"folder": "/clips"}
    old = {column: value for column, value in row.items() if column in known}
    places = ", ".join(f":{column}" for column in old)
    database.execute(f"INSERT INTO tasks ({', '.join(old)}) VALUES ({places})", old)
    with History(tmp_path) as history:
        assert history.find("a1") == finished("a1", tmp_path)
        assert history.folder_of("a1") == Path("/clips")


def test_migrating_twice_changes_nothing(database: sqlite3.Connection) -> None:
    """A second opening finds nothing to do."""
    migrate(database)
    before = schema(database)
    migrate(database)
    assert schema(database) == before


def test_a_newer_file_is_refused_untouched(tmp_path: Path) -> None:
    """A file of a newer version is not guessed at: the message says to upgrade."""
    with History(tmp_path) as history:
        history.add(snapshot_of("a1"), folder=Path("/clips"))
    with closing(sqlite3.connect(tmp_path / "history.sqlite3")) as database:
        database.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    with pytest.raises(StoreError, match=r"newer hailuo_nb.*pip install -U"):
        History(tmp_path).newest(1)
    with closing(sqlite3.connect(tmp_path / "history.sqlite3")) as database:
        assert database.execute("SELECT count(*) FROM tasks").fetchone() == (1,)
        assert database.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS) + 1,)


NEWER = """
ALTER TABLE tasks ADD COLUMN rating INTEGER NOT NULL DEFAULT 3;
ALTER TABLE experiments ADD COLUMN colour TEXT NOT NULL DEFAULT 'blue';
CREATE TABLE stars (id TEXT);
"""


@pytest.mark.parametrize(("oldest", "may"), [(0, True), (1, False), ("x", False), ("", False)])
def test_a_newer_file_that_is_for_older_versions_too_is_used(
    tmp_path: Path, oldest: object, may: bool
) -> None:
    """Tasks are recorded and change; what the newer version keeps beside them stays."""
    study = Study(places=(Place(label="a", identity="1"),))
    with History(tmp_path) as history:
        history.add(snapshot_of("a1"), folder=Path("/clips"))
        history.experiments.record("trial", study)
    told = len(MIGRATIONS) + oldest if isinstance(oldest, int) else oldest
    with closing(sqlite3.connect(tmp_path / "history.sqlite3")) as database:
        database.executescript(f"{NEWER} PRAGMA user_version = {len(MIGRATIONS) + 1};")
        database.execute("UPDATE tasks SET rating = 5")
        database.execute("UPDATE experiments SET colour = 'red'")
        database.execute("INSERT INTO settings VALUES ('oldest_reader', ?)", (str(told),))
        database.commit()
    if not may:
        with pytest.raises(StoreError, match="newer hailuo_nb"):
            History(tmp_path).newest(1)
        return
    with History(tmp_path) as history:
        assert history.lease("a1")
        assert history.save(finished("a1", tmp_path))
        history.add(snapshot_of("b2"), folder=Path("/clips"))
        history.experiments.record("trial", study)
        assert history.find("a1") == finished("a1", tmp_path, name=None, warnings=())
    with closing(sqlite3.connect(tmp_path / "history.sqlite3")) as database:
        assert database.execute("SELECT rating FROM tasks ORDER BY id").fetchall() == [(5,), (3,)]
        assert database.execute("SELECT colour FROM experiments").fetchall() == [("red",)]
        assert database.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS) + 1,)


def test_a_step_runs_whole_or_not_at_all(
    database: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A step that fails half-way leaves the file as it was before it."""
    migrate(database)
    before = schema(database)
    broken = "CREATE TABLE half (id TEXT); CREATE TABLE tasks (id TEXT)"
    monkeypatch.setattr(migrations, "MIGRATIONS", (*MIGRATIONS, broken))
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        migrate(database)
    assert schema(database) == before
    assert database.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)


def test_a_further_step_keeps_the_tasks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A later version adds its step to a file with tasks in it."""
    with History(tmp_path) as history:
        history.add(snapshot_of("a1"), folder=Path("/clips"))
    step = "ALTER TABLE tasks ADD COLUMN rating INTEGER; CREATE TABLE stars (id TEXT)"
    monkeypatch.setattr(migrations, "MIGRATIONS", (*MIGRATIONS, step))
    with History(tmp_path) as history:
        assert history.find("a1") == snapshot_of("a1")
    with closing(sqlite3.connect(tmp_path / "history.sqlite3")) as database:
        assert database.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS) + 1,)


def test_released_steps_are_not_edited() -> None:
    """The list is append-only: files of every older version are out there."""
    plain = [" ".join(script.split()) for script in MIGRATIONS]
    assert [hashlib.sha256(script.encode()).hexdigest()[:16] for script in plain] == RELEASED
