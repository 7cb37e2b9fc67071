"""Real kernels on a history with odd rows, a damaged one, and one that can only be read."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.kernel.real_kernel import RealKernel
from tests.kernel.test_accidents import HELD, MADE, ledger, wait_for_ledger

ROOT = Path(__file__).parents[2]


def write(home: Path, sql: str) -> None:
    """Change the history as nobody of us would."""
    with closing(sqlite3.connect(home / "history.sqlite3", isolation_level=None)) as database:
        database.execute(sql)


@contextmanager
def read_only(home: Path) -> Iterator[None]:
    """Take the right to write from the history and its folder."""
    paths = [*home.glob("history.sqlite3*"), home]
    for path in paths:
        path.chmod(0o500 if path.is_dir() else 0o400)
    try:
        yield
    finally:
        for path in reversed(paths):
            path.chmod(0o700)


def bind(kernel: RealKernel) -> None:
    """Let permissions bind a kernel of root's, too."""
    code = (
        f"import sys; sys.path.append({str(ROOT)!r}); from tests.support.powerless import put_down"
    )
    assert not kernel.run(f"{code}; put_down();").error


def test_loading_watches_past_damaged_records(kernel: RealKernel) -> None:
    """After kill -9 both clips are saved: that of the sound record, and that of the damaged one."""
    kernel.run(HELD)
    kernel.run("%%hailuo one\nA harbour.")
    kernel.run("%%hailuo two\nA forest.")
    wait_for_ledger(kernel, 2)
    kernel.kill()
    write(kernel.home, "UPDATE tasks SET request = x'ff', state = 'melting' WHERE name = 'one'")
    kernel.restart()
    told = kernel.load().text
    assert "2 unfinished tasks: watched on" in told
    assert "A damaged record is kept as it is: unreadable (" in told
    kernel.run(MADE)
    assert not kernel.run("%hailuo wait").error
    listed = kernel.run("%hailuo history").text
    assert "unreadable (" in listed
    assert "A forest." in listed
    for name in ("one", "two"):
        shown = kernel.run(f"%hailuo show {name}")
        assert not shown.error
        assert "<video" in kernel.html(shown.displays[0])
    assert "unreadable (" in kernel.run("%hailuo doctor").text
    assert not kernel.run("%hailuo").error
    assert len(ledger(kernel.home)) == 2
    with closing(sqlite3.connect(kernel.home / "history.sqlite3")) as database:
        sql = "SELECT request, state FROM tasks WHERE name = 'one'"
        assert database.execute(sql).fetchone() == (b"\xff", "melting")


def test_a_damaged_history_is_told_at_loading(kernel: RealKernel) -> None:
    """The extension is there, with the check-up; nothing is sent."""
    kernel.run("%hailuo simulator --speed 200 --size 64")
    kernel.run("%%hailuo one --wait\nA harbour.")
    kernel.kill()
    for beside in kernel.home.glob("history.sqlite3-*"):
        beside.unlink()
    (kernel.home / "history.sqlite3").write_text("no database at all " * 500)
    kernel.restart()
    assert "cannot be used: file is not a database" in kernel.load().text
    doctor = kernel.run("%hailuo doctor")
    assert not doctor.error
    assert "move the file away" in doctor.text
    for code in ("%hailuo history", "%%hailuo\nA storm.", "%hailuo show one", "%hailuo budget"):
        assert kernel.run(code).error_name in ("StoreError", "UsageError")
    assert len(ledger(kernel.home)) == 1


def test_a_read_only_history_is_looked_at_and_sends_nothing(kernel: RealKernel) -> None:
    """History, show, compare, export, panel and the finished cell work; the rest is refused."""
    kernel.run("%hailuo simulator --speed 200 --size 64")
    kernel.run("%%hailuo pair --wait\nA {calm|wild} sea.")
    kernel.run("%hailuo simulator --speed 200 --size 64 --fault stuck-waiting")
    kernel.run("%%hailuo one\nA mountain.")
    wait_for_ledger(kernel, 3)
    kernel.restart()
    bind(kernel)
    with read_only(kernel.home):
        assert "can only be read. It can be looked at" in kernel.load().text
        assert "A calm sea." in kernel.run("%hailuo history").text
        for code in ("%hailuo show one", "%hailuo budget", "%hailuo", "%hailuo doctor"):
            assert not kernel.run(code).error, code
        done = kernel.value(
            "' '.join(s.id for s in __import__('hailuo_nb').api.session().history.newest(9)"
            " if s.state == 'done')"
        )
        assert not kernel.run(f"%hailuo compare {done}").error
        assert not kernel.run(f"%hailuo export {done} page.html").error
        again = kernel.run("%%hailuo pair\nA {calm|wild} sea.")
        assert not again.error
        assert kernel.html(again.displays[0]).count("<video") == 2
        for code in ("%%hailuo\nA storm.", "%hailuo resume", "%hailuo budget 5"):
            refused = kernel.run(code)
            assert refused.error_name == "StoreError", code
            assert "can only be read" in refused.error
    assert len(ledger(kernel.home)) == 3
