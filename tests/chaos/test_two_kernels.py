"""Two kernels on one history: they pay once, also at the same moment and after a long sleep."""

import json
import os
import signal
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from tests.chaos.service import Simulator, running_simulator
from tests.chaos.subjects import Shell
from tests.chaos.tap import Call, Seen, running_tap

ROUNDS = 3
Start = Callable[[str], Shell]


@pytest.fixture(scope="module")
def service() -> Iterator[Simulator]:
    """Start a service."""
    with running_simulator() as running:
        yield running


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Return what starts kernels of one history with the extension loaded."""
    started: list[Shell] = []

    def one(url: str) -> Shell:
        env = {"HAILUO_HOME": str(tmp_path), "HAILUO_BASE_URL": url, "KIE_API_KEY": "sk-two-5e"}
        started.append(Shell(tmp_path, env))
        assert not started[-1].run("%load_ext hailuo_nb").error
        return started[-1]

    yield one
    for shell in started:
        shell.close()


def times_paid(service: Simulator, prompt: str) -> int:
    """Return how often a prompt stands in the ledger."""
    return [row["input"]["prompt"] for row in service.ledger()].count(prompt)


def test_the_same_cell_at_the_same_moment_is_paid_once(start: Start, service: Simulator) -> None:
    """Whoever records it first pays; the other one shows the same task."""
    shells = [start(service.url), start(service.url)]
    with ThreadPoolExecutor(len(shells)) as pool:
        for cell in (
            "%%hailuo warm --dry-run\nEverything is imported now.",
            *(f"%%hailuo boat\nBoat {number} turns." for number in range(ROUNDS)),
            "%hailuo wait --timeout 60",
        ):
            list(pool.map(lambda shell, cell=cell: shell.run(cell), shells))
    ids = [shell.run("print(boat.task_id)").text for shell in shells]
    paid = [times_paid(service, f"Boat {number} turns.") for number in range(ROUNDS)]
    assert (paid, ids[0]) == ([1] * ROUNDS, ids[1])


BALANCE = """
from hailuo_nb import api
runner = api.session().runner()
api.session().ask(runner.shared.ask_balance(), runner)
"""
"""Asks anew: what was asked before the sleep may have been given up in it."""


@pytest.mark.parametrize("first", ["upload", "credit"])
def test_a_kernel_that_slept_too_long_does_not_send_again(
    start: Start, service: Simulator, tmp_path: Path, first: Call
) -> None:
    """What another kernel has sent meanwhile is neither sent nor written over by the sleeper.

    It wakes while its image is on the way, and hears first of the image or of its balance.
    """
    prompt = f"A boat turns while one kernel sleeps; then comes the {first}."
    calls: tuple[Call, ...] = ("upload", "credit")
    held, wakes = ({call: threading.Event() for call in calls} for _ in range(2))

    def hold(seen: Seen) -> bool:
        if seen.call in held and seen.moment == "answered" and not held[seen.call].is_set():
            held[seen.call].set()
            wakes[seen.call].wait()
        return True

    with running_tap(service.url) as tap:
        tap.watch = hold
        sleeper = start(tap.url)
        assert not sleeper.run(f"%%hailuo boat --image sample:peak\n{prompt}").error
        assert all(event.wait(30) for event in held.values())
        os.kill(sleeper.pid, signal.SIGSTOP)
        with closing(sqlite3.connect(tmp_path / "history.sqlite3")) as journal, journal:
            journal.execute("UPDATE leases SET expires_at = 0")
        other = start(tap.url)
        for cell in ("%hailuo resume", "%hailuo wait --timeout 60"):
            assert not other.run(cell).error
        os.kill(sleeper.pid, signal.SIGCONT)
        wakes[first].set()
        if first == "credit":
            sleeper.run(BALANCE)
        for event in wakes.values():
            event.set()
        assert not sleeper.run("%hailuo wait --timeout 60").error
        told = [shell.run("%hailuo history --json --limit 1").text for shell in (sleeper, other)]
    assert times_paid(service, prompt) == 1
    assert sleeper.run("print(boat.state)").text.strip() == "done"
    assert [json.loads(text)[0]["state"] for text in told] == ["done", "done"]


def test_a_reply_that_comes_after_a_long_sleep_is_not_lost(
    start: Start, service: Simulator, tmp_path: Path
) -> None:
    """Another kernel has called the task unsure meanwhile; the id is recorded and watched."""
    prompt = "A boat turns while the reply to its submit waits."
    held, wake = threading.Event(), threading.Event()

    def hold(seen: Seen) -> bool:
        if (seen.call, seen.moment) == ("create", "answered"):
            held.set()
            wake.wait()
        return True

    with running_tap(service.url) as tap:
        tap.watch = hold
        sleeper = start(tap.url)
        assert not sleeper.run(f"%%hailuo boat\n{prompt}").error
        assert held.wait(30)
        os.kill(sleeper.pid, signal.SIGSTOP)
        with closing(sqlite3.connect(tmp_path / "history.sqlite3")) as journal, journal:
            journal.execute("UPDATE leases SET expires_at = 0")
        other = start(tap.url)
        assert not other.run("%hailuo resume").error
        unsure = json.loads(other.run("%hailuo history --json --limit 1").text)
        os.kill(sleeper.pid, signal.SIGCONT)
        wake.set()
        assert not sleeper.run("%hailuo wait --timeout 60").error
    assert [row["state"] for row in unsure] == ["unsure"]
    assert times_paid(service, prompt) == 1
    told = [shell.run("%hailuo history --json --limit 1").text for shell in (sleeper, other)]
    assert [json.loads(text)[0]["state"] for text in told] == ["done", "done"]
