"""What happens to a task when its kernel is interrupted, restarted or killed."""

import threading
from pathlib import Path

from hailuo_nb.session.simulator_process import running_simulator
from tests.kernel.real_kernel import RealKernel, real_kernel
from tests.runner.service import RECORD, running_service, until
from tests.simulator.owner import ask_owner

HELD = "%hailuo simulator --speed 400 --size 64 --fault stuck-waiting"
"""No clip is made before the test has done to its kernel what it does, however long that takes."""

MADE = "%hailuo simulator --speed 400 --size 64"
"""What was held is made now."""

TELL_OF_WAITING = """
import pathlib
from hailuo_nb.runner import task as waiting
slice_s = waiting._slice_s
def told(deadline):
    pathlib.Path("waits").touch()
    return slice_s(deadline)
waiting._slice_s = told
"""


def ledger(home: Path) -> list[dict[str, object]]:
    """Return every task that the simulator was given."""
    simulator = running_simulator(home)
    assert simulator is not None
    found: list[dict[str, object]] = ask_owner(simulator.url, "/_sim/ledger", token=simulator.token)
    return found


def wait_for_ledger(kernel: RealKernel, count: int) -> None:
    """Hold until the kernel knows so many tasks of the simulator by their ids."""
    code = (
        "import time, hailuo_nb\n"
        f"while sum(task.task_id is not None for task in hailuo_nb.history()) < {count}:\n"
        "    time.sleep(0.05)\n"
    )
    assert not kernel.run(code).error
    assert len(ledger(kernel.home)) == count


def test_interrupt_ends_the_waiting_not_the_task(kernel: RealKernel) -> None:
    """Interrupt during --wait stops the cell, says so, and the task goes on to its clip."""
    kernel.run(HELD)
    assert not kernel.run(TELL_OF_WAITING).error

    def interrupt() -> None:
        until((kernel.folder / "waits").exists)
        kernel.interrupt()

    person = threading.Thread(target=interrupt)
    person.start()
    outcome = kernel.run("%%hailuo one --wait\nA harbour.")
    person.join()
    assert not kernel.run("waiting._slice_s = slice_s").error
    assert outcome.error_name == "WaitInterrupted"
    assert "goes on" in outcome.error
    assert kernel.value("one.state") not in ("stopped", "failed")
    kernel.run(MADE)
    assert not kernel.run("%hailuo wait one").error
    assert kernel.value("one.state") == "done"


def test_restart_in_mid_task(kernel: RealKernel) -> None:
    """After a restart the same cell finds the running task and pays nothing more."""
    kernel.run(HELD)
    cell = "%%hailuo one --image sample:harbour\nA harbour."
    kernel.run(cell)
    wait_for_ledger(kernel, 1)
    task_id = kernel.value("one.task_id")
    kernel.restart()
    assert "1 unfinished task" in kernel.load().text
    assert not kernel.run(cell).error
    assert kernel.value("one.task_id") == task_id
    kernel.run(MADE)
    assert not kernel.run("%hailuo wait one").error
    assert kernel.value("one.state") == "done"
    assert len(ledger(kernel.home)) == 1


def test_show_and_resume_after_restart(kernel: RealKernel) -> None:
    """After a restart a task is found by its name, and resume watches all of them."""
    kernel.run(HELD)
    kernel.run("%%hailuo one\nA harbour.")
    wait_for_ledger(kernel, 1)
    kernel.restart()
    kernel.load()
    assert not kernel.run("%hailuo resume").error
    kernel.run(MADE)
    assert not kernel.run("%hailuo wait").error
    shown = kernel.run("%hailuo show one")
    assert "<video" in kernel.html(shown.displays[0])
    assert kernel.value("one.state") == "done"


def test_stopping_is_not_failure(kernel: RealKernel) -> None:
    """Stop watching leaves the task at the service; the same cell looks again, free."""
    kernel.run(HELD)
    cell = "%%hailuo one\nA harbour."
    kernel.run(cell)
    wait_for_ledger(kernel, 1)
    kernel.run("one.stop()")
    assert kernel.run("%hailuo wait one").error_name == "TaskStopped"
    kernel.run(cell)
    kernel.run(MADE)
    assert not kernel.run("%hailuo wait one").error
    assert kernel.value("one.state") == "done"
    assert len(ledger(kernel.home)) == 1


def test_capture_keeps_the_final_state(tmp_path: Path, clip: bytes) -> None:
    """%%capture around another cell, in which the task ends, does not swallow the clip."""
    with running_service(clip) as service:
        service.say(RECORD, service.finish(f"{service.origin}/clip.mp4"))
        reply = service.hold(RECORD)
        env = {"HAILUO_BASE_URL": service.origin, "KIE_API_KEY": "sk-capture-7d"}
        with real_kernel(tmp_path, tmp_path / "home", **env) as kernel:
            kernel.load()
            card = kernel.run("%%hailuo one\nA harbour.").displays[0]

            def let_go() -> None:
                until(lambda: "/captured" in service.asked)
                reply.set()

            helper = threading.Thread(target=let_go)
            helper.start()
            ask = f"import httpx; httpx.get({service.origin + '/captured'!r})"
            assert not kernel.run(f"%%capture\n{ask}\none.wait()").error
            helper.join()
            assert "<video" in kernel.html(card)


def test_lost_reply_is_unsure_and_never_sent_again(kernel: RealKernel) -> None:
    """A submit without a reply is called unsure, also by the same cell run again."""
    kernel.run("%hailuo simulator --speed 400 --size 64 --fault drop-submit-reply")
    cell = "%%hailuo one --wait\nA harbour."
    first = kernel.run(cell)
    assert first.error_name == "TaskUnsure"
    assert "It may have been accepted." in first.error
    assert "billed" not in first.error  # what is simulated costs nothing
    second = kernel.run(cell)
    assert second.error_name == "TaskUnsure"
    assert len(ledger(kernel.home)) == 1


def test_no_credits_then_topped_up(kernel: RealKernel) -> None:
    """A refused submit costs nothing and the same cell sends it once it can go."""
    kernel.run("%hailuo simulator --speed 400 --size 64 --fault no-credit")
    cell = "%%hailuo one --wait\nA harbour."
    refused = kernel.run(cell)
    assert "balance isn" in refused.error
    assert "Nothing was charged" in refused.error
    kernel.run("%hailuo simulator --speed 400 --size 64")
    assert not kernel.run(cell).error
    assert kernel.value("one.state") == "done"
