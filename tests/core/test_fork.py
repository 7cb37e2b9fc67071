"""Locks around a fork: what another thread holds is free in the child."""

import ast
import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

import hailuo_nb
from hailuo_nb.core import fork
from hailuo_nb.core.fork import ProcessLock, in_child

PACKAGE = Path(hailuo_nb.__file__).parent
MAKERS = {"Lock", "RLock", "Condition", "Semaphore", "BoundedSemaphore"}
BEGUN_ANEW = {"core/fork.py", "media/reading.py", "session/measuring.py"}
"""The locks themselves, and readers and measuring that a forked child makes anew."""


def in_fork(act: Callable[[], bool]) -> int:
    """Return with what a child ends: 0 where the act holds, a signal's number where it hangs."""
    child = os.fork()
    if child == 0:
        signal.alarm(30)
        os._exit(not act())
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def elsewhere(act: Callable[[], object]) -> None:
    """Run on another thread to its end."""
    thread = threading.Thread(target=act)
    thread.start()
    thread.join()


def is_free(lock: ProcessLock) -> bool:
    """Return whether another thread could have it; as it was afterwards."""
    found: list[bool] = []

    def attempt() -> None:
        found.append(lock.take(0.0))
        if found[0]:
            lock.leave()

    elsewhere(attempt)
    return found[0]


def test_a_lock_that_another_thread_keeps_is_free_in_the_child(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Forking waits for it only a little, and the parent's stays held."""
    monkeypatch.setattr(fork, "PATIENCE_S", 0.01)
    lock = ProcessLock()
    taken, done = threading.Event(), threading.Event()

    def keep() -> None:
        lock.take(0.0)
        taken.set()
        done.wait(60)

    keeper = threading.Thread(target=keep)  # alive: a thread that ended may lend its name on
    keeper.start()
    assert taken.wait(30)
    assert in_fork(lambda: is_free(lock)) == 0
    assert not is_free(lock)
    done.set()
    keeper.join()


def test_forking_waits_until_what_is_guarded_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """No thread is cut off amid it."""
    monkeypatch.setattr(fork, "PATIENCE_S", 30.0)
    lock, entered, leave, halves = ProcessLock(), threading.Event(), threading.Event(), [0, 0]

    def change() -> None:
        with lock:
            halves[0] = 1
            entered.set()
            leave.wait(30)
            halves[1] = 1

    thread = threading.Thread(target=change)
    thread.start()
    assert entered.wait(30)
    threading.Timer(0.05, leave.set).start()
    assert in_fork(lambda: halves == [1, 1] and is_free(lock)) == 0
    thread.join()


def test_the_forking_thread_keeps_what_it_holds() -> None:
    """In parent and child it lets go of it as it would have."""
    lock = ProcessLock()
    with lock:
        assert in_fork(lambda: not is_free(lock) and (lock.leave() or is_free(lock))) == 0
        assert not is_free(lock)
    assert is_free(lock)


def test_what_begins_anew_in_a_child_is_told_while_it_lives() -> None:
    """The parent is not told, and nothing is kept alive for it."""

    class Told:
        times = 0

        def tell(self) -> None:
            Told.times += 1

    kept, dropped = Told(), Told()
    in_child(kept.tell)
    in_child(dropped.tell)
    del dropped
    assert in_fork(lambda: Told.times == 1) == 0
    assert Told.times == 0


def made(path: Path) -> set[str]:
    """Return the kinds of lock that a file makes itself."""
    calls = [one.func for one in ast.walk(ast.parse(path.read_text())) if isinstance(one, ast.Call)]
    return {ast.unparse(func).removeprefix("threading.") for func in calls} & MAKERS


def test_every_lock_of_the_package_is_of_this_kind() -> None:
    """The simulator is a process of its own, which forks nowhere."""
    files = [path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py")]
    ours = [path for path in files if path.parts[0] != "simulator"]
    assert {str(path) for path in ours if made(PACKAGE / path)} <= BEGUN_ANEW
