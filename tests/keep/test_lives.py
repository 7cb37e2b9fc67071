"""Kernels and keepers that die or freeze amid a task: it is saved, by one watcher at a time."""

import os
import signal
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from hailuo_nb.session import keeper_process, simulator_process
from tests.chaos.run import give_a_past
from tests.chaos.service import Simulator, running_simulator
from tests.chaos.subjects import Shell, kill
from tests.chaos.tap import Seen, running_tap
from tests.runner.service import until
from tests.support.keepers import END_S, keepers

OURS = "tasks WHERE prompt LIKE '%boat%'"
CELL = "%%hailuo boat\nA boat turns."


@pytest.fixture(scope="module")
def service() -> Iterator[Simulator]:
    """Start a service."""
    with running_simulator() as running:
        yield running


def told(home: Path, sql: str) -> list[tuple[object, ...]]:
    """Return what a history says."""
    with closing(sqlite3.connect(home / "history.sqlite3")) as journal, journal:
        return [tuple(row) for row in journal.execute(sql)]


def shell(home: Path, **env: str) -> Shell:
    """Start a kernel with the extension loaded; it and its keeper share a runtime folder."""
    started = Shell(home.parent, {"HAILUO_HOME": str(home), "HAILUO_KEEP": "", **env})
    assert not started.run("%load_ext hailuo_nb").error
    return started


def knows_the_key(home: Path) -> bool:
    """Return whether a keeper runs that a kernel has talked to."""
    found = keeper_process.told(home)
    return found is not None and found["known"] > 0


def test_a_visitors_clip_is_saved_without_its_kernel(home: Path) -> None:
    """The simulator's tasks are looked after, too, and need no key."""
    with simulator_process.restart_simulator(home, speed=60, size_px=64):
        kernel = shell(home, HAILUO_SIMULATOR="on")
        assert not kernel.run(CELL).error
        until(lambda: keeper_process.told(home) is not None)
        until(lambda: told(home, f"SELECT task_id FROM {OURS}") != [(None,)])
        kill(kernel)
        kernel.reap()
        until(lambda: told(home, f"SELECT state FROM {OURS}") == [("done",)])
        kernel.close()
    assert len(list((home.parent / "hailuo_videos").glob("*.mp4"))) == 1


def test_a_keeper_that_is_killed_is_started_again(home: Path, service: Simulator) -> None:
    """It is told the key anew; then the kernel may go, and nothing is sent twice."""
    held = threading.Event()

    def hold(seen: Seen) -> bool:
        if seen.call == "record" and seen.moment == "asked":
            held.wait(END_S)
        return True

    with running_tap(service.url) as tap:
        tap.watch = hold
        give_a_past(home, tap.url)
        kernel = shell(home, HAILUO_BASE_URL=tap.url, KIE_API_KEY="sk-lives-31c")
        assert not kernel.run(CELL).error
        until(lambda: knows_the_key(home))
        (first,) = keepers(home)
        first.kill()
        until(lambda: [one.pid for one in keepers(home)] not in ([], [first.pid]))
        until(lambda: knows_the_key(home))
        until(lambda: told(home, f"SELECT task_id FROM {OURS}") != [(None,)])
        kill(kernel)
        kernel.reap()
        held.set()
        until(lambda: told(home, f"SELECT state FROM {OURS}") == [("done",)])
        kernel.close()
    assert [row["input"]["prompt"] for row in service.ledger()].count("A boat turns.") == 1


def test_a_frozen_kernel_writes_nothing_beside_the_keeper(home: Path, service: Simulator) -> None:
    """Its answer is on the way when it freezes; when it comes back the keeper has the clip."""
    asked, wake = threading.Event(), threading.Event()

    def hold(seen: Seen) -> bool:
        if (seen.call, seen.moment) == ("record", "answered") and not asked.is_set():
            asked.set()
            wake.wait(END_S)
        return True

    with running_tap(service.url) as tap:
        tap.watch = hold
        give_a_past(home, tap.url)
        kernel = shell(home, HAILUO_BASE_URL=tap.url, KIE_API_KEY="sk-lives-42d")
        assert not kernel.run("%%hailuo slow\nA slow boat turns.").error
        until(lambda: knows_the_key(home))
        assert asked.wait(END_S)
        os.kill(kernel.pid, signal.SIGSTOP)
        told(home, "UPDATE leases SET expires_at = 0")
        until(lambda: told(home, f"SELECT state FROM {OURS}") == [("done",)])
        told(home, "CREATE TABLE written (state TEXT)")
        told(
            home,
            "CREATE TRIGGER noted AFTER UPDATE ON tasks"
            " BEGIN INSERT INTO written VALUES (new.state); END",
        )
        os.kill(kernel.pid, signal.SIGCONT)
        wake.set()
        assert not kernel.run("%hailuo wait --timeout 60").error
        assert kernel.run("print(slow.state)").text.strip() == "done"
        kernel.close()
    assert told(home, "SELECT state FROM written") == []
