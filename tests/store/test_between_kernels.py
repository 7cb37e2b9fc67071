"""What kernels on one history share: leases, one rate gate, and images kept for sending."""

import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from hailuo_nb.errors import StoreError
from hailuo_nb.store import database, opening
from hailuo_nb.store.files import Files
from hailuo_nb.store.history import History
from hailuo_nb.store.leases import LEASE_S, Holder, _started
from tests.store.make import snapshot_of


class Clock:
    """The wall's clock, moved by hand."""

    def __init__(self) -> None:
        self.now_s = 1_000_000.0

    def time(self) -> float:
        """Answer as `time.time` does."""
        return self.now_s


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Put a clock of ours in place of the history's."""
    made = Clock()
    monkeypatch.setattr("hailuo_nb.store.leases.time", made)
    return made


@pytest.fixture
def kernels(tmp_path: Path, clock: Clock) -> Iterator[tuple[History, History]]:
    """Open one history twice, as two kernels do, with one task in it."""
    with History(tmp_path) as one, History(tmp_path) as two:
        one.add(snapshot_of("a1"), folder=Path("/clips"))
        yield one, two


def test_one_kernel_at_a_time_looks_after_a_task(kernels: tuple[History, History]) -> None:
    """Who has the lease keeps it, and the other goes without."""
    one, two = kernels
    assert [one.lease("a1"), two.lease("a1"), one.lease("a1")] == [True, False, True]


def test_a_released_task_is_free(kernels: tuple[History, History]) -> None:
    """One task or all of them are left to others; nobody releases what is another's."""
    one, two = kernels
    one.add(snapshot_of("b2"), folder=Path("/clips"))
    assert one.lease("a1") and one.lease("b2")
    two.release("a1")
    two.release()
    assert not two.lease("a1")
    one.release("a1")
    assert [two.lease("a1"), two.lease("b2")] == [True, False]
    one.release()
    assert two.lease("b2")


def test_only_who_looks_after_a_task_writes_its_row(kernels: tuple[History, History]) -> None:
    """A kernel that slept past its lease changes nothing that another has recorded since."""
    one, two = kernels
    assert two.lease("a1")
    assert two.save(snapshot_of("a1", state="queued", task_id="t1"))
    for state in ("failed", "generating", "saving"):
        assert not one.save(snapshot_of("a1", state=state))
    assert one.get("a1") == snapshot_of("a1", state="queued", task_id="t1")


def test_a_final_state_leaves_the_task_to_others(kernels: tuple[History, History]) -> None:
    """It is recorded and released in one step."""
    one, two = kernels
    assert one.lease("a1")
    assert one.save(snapshot_of("a1", state="failed"))
    assert (one.holds("a1"), two.lease("a1")) == (False, True)


def test_the_id_of_a_paid_task_is_recorded_whoever_holds_it(
    kernels: tuple[History, History],
) -> None:
    """A reply that arrives after a long sleep is not lost; an id that is there stays."""
    one, two = kernels
    assert two.lease("a1")
    assert two.save(snapshot_of("a1", state="unsure"))
    assert one.accept(snapshot_of("a1", state="queued", task_id="t1"))
    assert not two.accept(snapshot_of("a1", state="queued", task_id="t2"))
    found = two.find("t1")
    assert found is not None
    words = "The service named task t2 for it, too; it is recorded as task t1."
    assert (found.state, found.task_id, found.warnings) == ("queued", "t1", (words,))
    assert not one.accept(snapshot_of("a1", state="queued", task_id="t2"))
    assert two.find("t1") == found


def test_one_id_for_two_tasks_is_told_in_both_rows(kernels: tuple[History, History]) -> None:
    """Whoever holds them, and whatever is saved of them later; a third one is told, too."""
    one, two = kernels
    for history, id in ((one, "b2"), (two, "c3"), (two, "d4")):
        history.add(snapshot_of(id, name=f"n-{id}"), folder=Path("/clips"))
        assert history.lease(id)
        assert history.accept(snapshot_of(id, state="queued", task_id="t1", name=f"n-{id}"))
        assert history.save(snapshot_of(id, state="generating", task_id="t1"))
    elsewhere = {"service": "https://other.example", "state": "queued", "task_id": "t1"}
    one.add(snapshot_of("e5", **elsewhere), folder=Path("/clips"))

    def names(id: str) -> list[str]:
        found = one.get(id)
        assert found is not None
        return [words.split(" the same task id")[0].split("gave ")[1] for words in found.warnings]

    assert [names(id) for id in ("a1", "b2", "c3", "d4", "e5")] == [
        [],
        ["n-c3", "n-d4"],
        ["n-b2", "n-d4"],
        ["n-b2, n-c3"],
        [],
    ]


def test_an_id_waits_for_no_other_kernel(
    kernels: tuple[History, History], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Within a moment it is refused, to go to its second place; other writes wait as before."""
    monkeypatch.setattr(database, "BUSY_BRIEFLY_S", 0.01)
    one, two = kernels
    accepted = snapshot_of("a1", state="queued", task_id="t1")
    with one.together(), pytest.raises(StoreError, match="locked"):
        two.accept(accepted)
    patience = two._database.read("PRAGMA busy_timeout", {})
    assert patience[0][0] == 1000 * opening.BUSY_TIMEOUT_S
    assert two.accept(accepted)


def test_an_id_waits_for_no_other_thread(
    kernels: tuple[History, History], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cell that holds the file itself, waiting, does not hold up the id either."""
    monkeypatch.setattr(database, "BUSY_BRIEFLY_S", 0.01)
    history = kernels[0]
    accepted = snapshot_of("a1", state="queued", task_id="t1")
    with history.together(), ThreadPoolExecutor() as pool:
        work = pool.submit(history.accept, accepted)
        with pytest.raises(StoreError, match="busy"):
            work.result()
    assert history.accept(accepted)


def test_what_is_written_together_is_committed_together(
    kernels: tuple[History, History],
) -> None:
    """Until its end others see nothing of it, and a final state within is a part of it."""
    one, two = kernels
    with one.together():
        assert one.lease("a1")
        assert one.save(snapshot_of("a1", state="failed"))
        assert two.get("a1") == snapshot_of("a1")
    assert two.get("a1") == snapshot_of("a1", state="failed")


def test_a_lease_of_a_clock_that_was_ahead_does_not_count(
    kernels: tuple[History, History], clock: Clock
) -> None:
    """What another host took in a day that is yet to come is free, and nobody's."""
    one, two = kernels
    one._own = Holder(host="elsewhere")
    clock.now_s += 86400
    assert one.lease("a1")
    clock.now_s -= 86400
    assert not two.held_elsewhere("a1")
    assert two.lease("a1")
    assert one.held_elsewhere("a1")


def test_a_forked_child_is_a_process_of_its_own(tmp_path: Path) -> None:
    """It neither uses its parent's open file nor has its parent's tasks."""
    with History(tmp_path) as history:
        history.add(snapshot_of("a1"), folder=Path("/clips"))
        history.lease("a1")
        child = os.fork()
        if child == 0:
            held = history.holds("a1") or history.lease("a1")
            history.add(snapshot_of("b2"), folder=Path("/clips"))
            os._exit(held)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        assert history.holds("a1")
        assert history.get("b2") == snapshot_of("b2")


def test_a_forked_child_opens_the_file_for_itself(tmp_path: Path) -> None:
    """What its parent has open is not used: the child has one more open file than it was given."""
    with History(tmp_path.resolve()) as history:
        history.add(snapshot_of("a1"), folder=Path("/clips"))

        def open_files() -> int:
            paths = [one.path for one in psutil.Process().open_files()]
            return paths.count(str(history.path))

        given, status = open_files(), 99
        child = os.fork()
        if child == 0:
            try:
                history.get("a1")
                status = open_files() - given
            finally:
                os._exit(status)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 1


def test_a_lease_ends_unless_it_is_renewed(kernels: tuple[History, History], clock: Clock) -> None:
    """A kernel that sleeps loses its tasks when the time is over, not before."""
    one, two = kernels
    assert one.lease("a1")
    clock.now_s += LEASE_S - 1
    one.renew_leases()
    clock.now_s += LEASE_S - 1
    assert not two.lease("a1")
    clock.now_s += 2
    assert two.lease("a1")
    assert not one.lease("a1")


def test_the_tasks_of_a_killed_kernel_are_free_at_once(
    kernels: tuple[History, History], tmp_path: Path
) -> None:
    """Nobody waits for the lease of a process that is no longer there."""
    code = (
        "import os, signal, sys; from pathlib import Path;"
        "from hailuo_nb.store import history, leases; leases.time.time = lambda: 1e6;"
        "assert history.History(Path(sys.argv[1])).lease('a1');"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    ended = subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    assert ended.returncode == -9
    assert kernels[0].lease("a1")


OWN = Holder().started


@pytest.mark.parametrize(
    ("other", "standing"),
    [
        (["here", "boot", os.getppid(), f"{_started(os.getppid())}/x"], "lives"),
        (["here", "boot", os.getppid(), "an earlier start/x"], "gone"),
        (["here", "boot", os.getppid(), "x"], "unknown"),
        (["here", "boot", os.getpid(), f"{OWN}/x"], "unknown"),
        (["here", "boot", os.getpid(), "an earlier start/x"], "gone"),
        (["here", "boot", 2**22 + 1, f"{OWN}/x"], "gone"),
        (["here", "boot", 2**22 + 1, "x"], "gone"),
        (["here", "boot", -1, f"{OWN}/x"], "gone"),
        (["here", "an earlier boot", os.getppid(), f"{_started(os.getppid())}/x"], "gone"),
        (["elsewhere", "boot", 2**22 + 1, "x"], "unknown"),
        (["too", "short"], "gone"),
        (None, "gone"),
    ],
)
def test_of_another_machine_nothing_is_known(other: object, standing: str) -> None:
    """On this one a process is known by its number and start, also where the number was reused."""
    assert Holder(host="here", boot="boot").standing(json.dumps(other)) == standing


@contextmanager
def kernel_with_a_task(home: Path, ahead_s: float) -> Iterator[subprocess.Popen[str]]:
    """Run a process that has leased the task, by a clock that is so far ahead."""
    code = (
        "import sys; from pathlib import Path;"
        "from hailuo_nb.store import history, leases;"
        f"leases.time.time = lambda: 1e6 + {ahead_s};"
        "known = history.History(Path(sys.argv[1]));"
        "print(known.lease('a1'), flush=True);"
        "print(sys.stdin.readline() and known.holds('a1'), flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "True\n"
        yield process
        process.kill()


@pytest.mark.parametrize("ahead_s", [-86_400, -90, 90, 86_400])
def test_a_living_kernel_keeps_its_task_whatever_the_clocks_say(
    kernels: tuple[History, History], tmp_path: Path, ahead_s: float
) -> None:
    """Nobody on its machine takes it, or holds it for idle; once it is killed it is free."""
    one, _ = kernels
    with kernel_with_a_task(tmp_path, ahead_s) as holder:
        assert not one.lease("a1")
        assert (one.held_elsewhere("a1"), one.never_sent()) == (True, [])
        assert holder.stdin is not None and holder.stdout is not None
        holder.stdin.write("go on\n")
        holder.stdin.flush()
        assert holder.stdout.readline() == "True\n"
        holder.kill()
        holder.wait()
        assert (one.held_elsewhere("a1"), one.never_sent()) == (False, ["a1"])
        assert one.lease("a1")


def test_a_stopped_kernel_keeps_its_task_until_its_time_is_over(
    kernels: tuple[History, History], clock: Clock, tmp_path: Path
) -> None:
    """One that was halted by a signal does nothing for its task."""
    one, _ = kernels
    with kernel_with_a_task(tmp_path, 0) as holder:
        holder.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, holder.pid, os.WSTOPPED)
        assert not one.lease("a1")
        clock.now_s += LEASE_S + 1
        assert one.lease("a1")


def test_only_what_was_judged_is_taken(
    kernels: tuple[History, History], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever takes a free task between the look and the taking keeps it."""
    one, two = kernels
    three = History(one.path.parent)
    assert one.lease("a1")
    clock.now_s += LEASE_S + 1
    found = two._found("a1")
    monkeypatch.setattr(two, "_found", lambda _: found)
    assert three.lease("a1")
    assert [two.lease("a1"), three.holds("a1")] == [False, True]
    three.close()


def test_the_gate_counts_over_all_kernels(kernels: tuple[History, History], clock: Clock) -> None:
    """Two kernels together pass as often as one alone, and learn how long to wait."""
    one, two = kernels
    found = [kernel.pass_gate("s", "submit", count=3, window_s=10) for kernel in (one, two, one)]
    assert found == [0.0, 0.0, 0.0]
    clock.now_s += 4
    assert two.pass_gate("s", "submit", count=3, window_s=10) == pytest.approx(6.0)
    clock.now_s += 6
    assert two.pass_gate("s", "submit", count=3, window_s=10) == 0.0


def test_gates_and_services_do_not_hold_each_other_up(kernels: tuple[History, History]) -> None:
    """A full gate is full for its service and kind of request alone."""
    one, two = kernels
    assert one.pass_gate("s", "submit", count=1, window_s=10) == 0.0
    assert two.pass_gate("s", "submit", count=1, window_s=10) == 10.0
    assert two.pass_gate("s", "poll", count=1, window_s=10) == 0.0
    assert two.pass_gate("t", "submit", count=1, window_s=10) == 0.0


def test_a_pause_holds_for_all_kernels(kernels: tuple[History, History], clock: Clock) -> None:
    """When the service asks for a pause, every kernel keeps it to its end."""
    one, two = kernels
    one.pause_gate("s", "poll", 5.0)
    assert two.pass_gate("s", "poll", count=9, window_s=1) == pytest.approx(5.0)
    clock.now_s += 5.0
    assert two.pass_gate("s", "poll", count=9, window_s=1) == 0.0


def test_a_clock_set_back_does_not_shut_the_gate(
    kernels: tuple[History, History], clock: Clock
) -> None:
    """Passes of the future do not count."""
    one, two = kernels
    assert one.pass_gate("s", "submit", count=1, window_s=10) == 0.0
    clock.now_s -= 86_400
    assert two.pass_gate("s", "submit", count=1, window_s=10) == 0.0


@pytest.mark.parametrize("ahead_s", [90, 3000, 86_400])
def test_a_pause_of_a_clock_that_was_ahead_does_not_shut_the_gate(
    kernels: tuple[History, History], clock: Clock, ahead_s: float
) -> None:
    """No pause is longer than a minute, so one that would be is of another clock."""
    one, two = kernels
    clock.now_s += ahead_s
    one.pause_gate("s", "poll", 5.0)
    clock.now_s -= ahead_s
    assert two.pass_gate("s", "poll", count=9, window_s=1) == 0.0


def test_an_image_is_kept_until_its_task_is_sent(tmp_path: Path) -> None:
    """Both images of a task are found again by another kernel, privately, and then forgotten."""
    files = Files(tmp_path)
    files.keep_input("a1", "image", b"start")
    files.keep_input("a1", "end_image", b"end")
    files.keep_input("b2", "image", b"other")
    again = Files(tmp_path)
    assert (again.kept_input("a1", "image"), again.kept_input("a1", "end_image")) == (
        b"start",
        b"end",
    )
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "inputs").iterdir()}
    assert modes == {0o600}
    again.drop_inputs("a1")
    again.drop_inputs("a1")
    assert [path.name for path in (tmp_path / "inputs").iterdir()] == ["b2-image"]
    assert again.kept_input("a1", "image") is None


def test_an_image_is_kept_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk stops nothing and leaves no half of an image to be sent."""

    def disk_full(*_: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", disk_full)
    Files(tmp_path).keep_input("a1", "image", b"start")
    assert Files(tmp_path).kept_input("a1", "image") is None
    assert list((tmp_path / "inputs").iterdir()) == []


@pytest.mark.parametrize(("id", "which"), [("../a", "image"), ("a1", "../x"), ("", "image")])
def test_a_kept_image_is_named_by_our_id_alone(tmp_path: Path, id: str, which: str) -> None:
    """No other name becomes a file."""
    with pytest.raises(ValueError, match="not an image of ours"):
        Files(tmp_path).keep_input(id, which, b"x")
