"""The check-up of a history and a keyring that are not well: a line with what to do."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from hailuo_nb.config import read_config
from hailuo_nb.notebook.doctor import ODD_MAX, examine
from hailuo_nb.session.session import Session
from hailuo_nb.store import opening
from hailuo_nb.store.history import History
from hailuo_nb.views.reports.report import Finding, report_html, report_text
from tests.store.damage import damage
from tests.store.make import finished
from tests.store.test_credentials import FakeKeyring, keyring
from tests.support.powerless import read_only

__all__ = ["keyring"]

ORIGIN = "http://127.0.0.1:9"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Record two tasks."""
    monkeypatch.chdir(tmp_path)
    with History(tmp_path / "home") as history:
        for id in ("a1", "b2"):
            history.add(finished(id, tmp_path), folder=tmp_path)
    return tmp_path / "home"


@pytest.fixture
def open_session() -> Iterator[Callable[..., Session]]:
    """Open sessions whose service nobody plays; close them after the test."""
    opened: list[Session] = []

    def open_one(home: Path, **environ: str) -> Session:
        config = read_config({"HAILUO_HOME": str(home), "HAILUO_BASE_URL": ORIGIN, **environ})
        opened.append(Session(config, display=lambda task: None))
        return opened[-1]

    yield open_one
    for one in opened:
        one.close()


def told(here: Session, what: str) -> Finding:
    """Return the one finding of this name; the whole is text without a traceback."""
    findings = examine(here)
    shown = report_text(findings) + report_html(findings)
    assert "Traceback" not in shown
    (found,) = [one for one in findings if one.what == what]
    return found


def cut(home: Path) -> None:
    """Cut the file in half."""
    path = home / "history.sqlite3"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def overwrite(home: Path) -> None:
    """Put a text in the file's place."""
    (home / "history.sqlite3").write_text("no database at all " * 100)


def put_folder(home: Path) -> None:
    """Put a folder in the file's place."""
    (home / "history.sqlite3").unlink()
    (home / "history.sqlite3").mkdir()


def make_newer(home: Path) -> None:
    """Let a later version have written it."""
    with closing(sqlite3.connect(home / "history.sqlite3")) as database:
        database.execute("PRAGMA user_version = 99")


def drop_tasks(home: Path) -> None:
    """Take the table of tasks away."""
    with closing(sqlite3.connect(home / "history.sqlite3")) as database:
        database.execute("DROP TABLE tasks")


def put_file(home: Path) -> None:
    """Put a file in the home's place."""
    (home / "history.sqlite3").unlink()
    home.rmdir()
    home.write_text("x")


ILLS: dict[str, tuple[Callable[[Path], None], str]] = {
    "cut": (cut, "move the file away"),
    "overwritten": (overwrite, "move the file away"),
    "a folder": (put_folder, "HAILUO_HOME"),
    "newer": (make_newer, "pip install -U hailuo_nb"),
    "without tasks": (drop_tasks, "HAILUO_HOME"),
    "a file in the home's place": (put_file, "Move away"),
}


@pytest.mark.parametrize("ill", ILLS)
def test_what_ails_a_history_is_one_line(
    home: Path, open_session: Callable[..., Session], ill: str
) -> None:
    """It is a problem with what to do, and never a tick."""
    spoil, words = ILLS[ill]
    spoil(home)
    found = told(open_session(home), "history")
    assert found.verdict == "problem"
    assert words in found.detail


def test_a_read_only_history_is_a_problem(home: Path, open_session: Callable[..., Session]) -> None:
    """It says what can still be done."""
    with read_only(home):
        found = told(open_session(home), "history")
    assert found.verdict == "problem"
    assert "can be looked at" in found.detail
    assert "writable" in found.detail


def test_a_home_that_cannot_be_written_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_session: Callable[..., Session]
) -> None:
    """Also where there is no history yet."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "home").mkdir()
    with read_only(tmp_path / "home"):
        found = told(open_session(tmp_path / "home"), "history")
    assert found.verdict == "problem"
    assert "HAILUO_HOME" in found.detail


def test_missing_locks_are_a_problem(
    home: Path, monkeypatch: pytest.MonkeyPatch, open_session: Callable[..., Session]
) -> None:
    """Two kernels could pay twice."""
    real = opening.address
    monkeypatch.setattr(opening, "address", lambda path, mode: real(path, mode) + "&vfs=unix-none")
    found = told(open_session(home), "history")
    assert found.verdict == "problem"
    assert "file locks" in found.detail
    assert "local disk" in found.detail


def test_a_whole_history_is_well(home: Path, open_session: Callable[..., Session]) -> None:
    """The line says how much is in it."""
    found = told(open_session(home), "history")
    assert (found.verdict, found.detail.rpartition(", ")[2]) == ("ok", "2 tasks")


def test_records_that_cannot_be_read_are_named(
    home: Path, open_session: Callable[..., Session]
) -> None:
    """Each is a line; the history is well besides."""
    here = open_session(home)
    damage(here.history, ("request", "{"), id="a1")
    damage(here.history, ("state", "melting"), id="a1")
    assert told(here, "history").verdict == "ok"
    found = told(here, "record")
    assert found.verdict == "problem"
    assert "unreadable (a1, t-a1)" in found.detail
    assert "state, request" in found.detail


def test_very_many_records_are_cut(
    home: Path, tmp_path: Path, open_session: Callable[..., Session]
) -> None:
    """And it is said."""
    here = open_session(home)
    for at in range(ODD_MAX + 3):
        here.history.add(finished(f"x{at}", tmp_path), folder=tmp_path)
        damage(here.history, ("request", "{"), id=f"x{at}")
    lines = [one.detail for one in examine(here) if one.what == "record"]
    assert (len(lines), lines[-1]) == (ODD_MAX + 1, "and 3 more")


@pytest.mark.parametrize("error", [RuntimeError("locked"), OSError("no bus"), KeyError("x")])
def test_a_locked_keyring_gets_no_tick(
    home: Path,
    keyring: FakeKeyring,
    monkeypatch: pytest.MonkeyPatch,
    open_session: Callable[..., Session],
    error: Exception,
) -> None:
    """Neither it nor the key that it keeps."""
    (home / "logins.json").write_text(json.dumps([ORIGIN]))

    def refuse(*_: object) -> None:
        raise error

    monkeypatch.setattr("keyring.get_password", refuse)
    here = open_session(home)
    found = told(here, "keyring")
    assert found.verdict == "problem"
    assert "Unlock it" in found.detail
    assert told(here, "key").verdict == "problem"
    assert here.config.key_source == "the OS keyring"


def test_a_keyring_that_cannot_even_be_asked_for_gets_no_tick(
    home: Path,
    keyring: FakeKeyring,
    monkeypatch: pytest.MonkeyPatch,
    open_session: Callable[..., Session],
) -> None:
    """A backend may fail as it is looked for."""

    def refuse() -> None:
        raise RuntimeError

    monkeypatch.setattr("keyring.get_keyring", refuse)
    assert told(open_session(home), "keyring").verdict == "problem"


def test_a_file_in_the_simulator_s_place_is_a_line(
    home: Path, open_session: Callable[..., Session]
) -> None:
    """The service is a problem that names the file."""
    (home / "simulator").write_text("x")
    here = open_session(home, HAILUO_BASE_URL="", HAILUO_SIMULATOR="on")
    found = told(here, "service")
    assert found.verdict == "problem"
    assert str(home / "simulator") in found.detail
