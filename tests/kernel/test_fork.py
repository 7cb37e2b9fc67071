"""A child forked in a kernel: it waits for no lock of its parent's, and uses nothing of it."""

from pathlib import Path

from tests.kernel.real_kernel import real_kernel
from tests.runner.service import running_service, until

START = """
import os, signal
from hailuo_nb import HailuoError, api
from hailuo_nb.runner import poll
poll.next_delay_s = lambda *_, **__: 0.01
api.session().runner().shared.poll_gate._count = 1000
tasks = [boat, *(api.generate(f"Boat {n} turns.") for n in range(7))]
parents = api.session(), api.session().history._database._connection, tasks[0]._engine

def look_around():
    assert not tasks[0]._engine.alive
    tasks[0].stop()
    for task in tasks:
        try:
            task.wait(60)
        except HailuoError:
            pass
        task.attach(lambda _: None, lambda _: None)
    here = api.session()
    assert here is not parents[0]
    assert not parents[0].history.holds(tasks[0].id) and not here.history.lease(tasks[0].id)
    assert here.history.get(tasks[0].id).id == tasks[0].id
    here.history.rename(tasks[0].id, f"boat_{os.getpid()}")
    assert here.runner().engine is not parents[2]
    opened = [one.history._database._connection for one in (here, parents[0])]
    assert parents[1] not in opened

def child():
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(60)
    try:
        look_around()
    except BaseException as error:
        os.write(complaints, repr(error).encode() + b"\\n")
        os._exit(1)
    os._exit(0)

complaints = os.open("complaints", os.O_CREAT | os.O_WRONLY)
ends = []
def fork():
    pid = os.fork()
    if pid == 0:
        child()
    ends.append(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
"""
FORKS = 150


def test_no_child_hangs_and_the_parent_goes_on(tmp_path: Path) -> None:
    """Its tasks are asked for all the while, and none of it is the child's."""
    with running_service(b"") as service:
        env = {"HAILUO_BASE_URL": service.origin, "KIE_API_KEY": "sk-fork-5e"}
        with real_kernel(tmp_path, tmp_path / "home", **env) as kernel:
            kernel.load()
            assert not kernel.run("%%hailuo boat\nA boat turns.").error
            assert not kernel.run(START).error
            assert not kernel.run(f"for _ in range({FORKS}): fork()", timeout=600).error
            said = (tmp_path / "complaints").read_text()
            assert (kernel.value("ends.count(0)"), said) == (str(FORKS), "")
            assert kernel.value("parents[0] is api.session()") == "True"
            until(lambda: kernel.value("{task.state for task in tasks}") == "{'generating'}")
