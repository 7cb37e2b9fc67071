"""A thousand tasks at once in one kernel: ``python -m tests.bench.bench_thousand``.

The tasks are made at the simulator by plain HTTP and recorded as queued, since the gate for
creates would take eight minutes; the kernel takes them up from there. At first none of
them ends: that is the polling. Then all end within a minute, nine of ten as failures. It
prints one JSON object and judges nothing.
"""

import argparse
import json
import sys
import tempfile
import time
import urllib.request
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from queue import Empty
from threading import Event
from typing import Any

import psutil

from hailuo_nb.core.request import ImageRef, make_request
from hailuo_nb.core.task import Snapshot
from hailuo_nb.store.history import History
from tests.chaos.run import give_a_past
from tests.chaos.service import Simulator, running_simulator
from tests.kernel.real_kernel import RealKernel, real_kernel

TASKS = 1000
CARDS = 20
KEY = "sk-thousand-4c1d9e"
PICTURE = "https://example.com/a.png"
SPEED = 20.0
WINDOW_S = 60.0
LONGEST_S = 900.0
ENDS = "image-fetch=0.9"

TAKE_UP = """
from hailuo_nb import api
here = api.session()
warm = {task.id for task in here.tasks}
api.resume()
tasks = [task for task in here.tasks if task.id not in warm]
"""
WATCH = f"""
from collections import defaultdict
import time
told, last = defaultdict(list), {{}}
def watcher(id):
    def watch(snapshot):
        told[id].append(time.monotonic())
        last[id] = snapshot.state
    return watch
for task in tasks:
    task.attach(lambda snapshot: None, watcher(task.id))
for task in tasks[:{CARDS}]:
    api.show(task)
"""
HOLD = """
for task in tasks:
    task._job.over.wait()
"""
TELL = """
import json
states = {task.task_id: task.state for task in tasks}
def most(times):
    return max(sum(at <= other < at + 1 for other in times) for at in times)
print(json.dumps({
    "states": states,
    "told": [last.get(task.id) == task.state for task in tasks],
    "most": max(most(times) for times in told.values()),
}))
"""


def measure(tasks: int) -> dict[str, Any]:
    """Run it all and return the figures."""
    more = ("--max-size", "32", "--credits", "1000000")
    with (
        tempfile.TemporaryDirectory() as folder,
        running_simulator(speed=SPEED, more=more) as service,
    ):
        home = Path(folder, "home")
        give_a_past(home, service.url)
        env = {"HAILUO_BASE_URL": service.url, "KIE_API_KEY": KEY}
        with real_kernel(Path(folder), home, **env) as kernel:
            _warm_up(kernel)
            service.play("stuck-waiting")
            _record(home, service, [_create(service, number) for number in range(tasks)])
            return _measure(kernel, service, tasks)


def _measure(kernel: RealKernel, service: Simulator, tasks: int) -> dict[str, Any]:
    process = psutil.Process(int(kernel.manager.provisioner.pid))  # type: ignore[union-attr]
    before_bytes = process.memory_info().rss
    began = time.monotonic()
    _run(kernel, TAKE_UP)
    taken_up_s = time.monotonic() - began
    cpu_s, asked, since = _cpu_s(process), _questions(service), time.monotonic()
    Event().wait(WINDOW_S)
    window_s = time.monotonic() - since
    polling = {
        "taken_up_s": round(taken_up_s, 2),
        "cpu_percent_of_a_core": round(100 * (_cpu_s(process) - cpu_s) / window_s, 1),
        "questions_per_s": round((_questions(service) - asked) / window_s, 2),
        "kb_per_task": round((process.memory_info().rss - before_bytes) / tasks / 1000, 1),
    }
    _run(kernel, WATCH)
    began = time.monotonic()
    service.play(ENDS)
    messages = _listen(kernel, HOLD)
    over_s = time.monotonic() - began
    return {
        "tasks": tasks,
        **polling,
        "all_over_s": round(over_s),
        **_ends(kernel, service, messages),
    }


def _ends(
    kernel: RealKernel, service: Simulator, messages: dict[str, list[float]]
) -> dict[str, Any]:
    """Return how the tasks ended; lost is one that ended other than the ledger says, or untold."""
    found = json.loads(kernel.run(TELL).text)
    right = {"success": "done", "fail": "failed"}
    ledger = {row["taskId"]: right.get(row["state"]) for row in service.ledger()}
    wrong = [id for id, state in found["states"].items() if ledger[id] != state]
    return {
        "ends": dict(Counter(found["states"].values())),
        "lost": len(wrong) + found["told"].count(False),
        "updates_per_s_max": found["most"],
        "messages_per_s_max": max(map(_most, messages.values())),
        "displays_that_spoke": len(messages),
    }


def _listen(kernel: RealKernel, code: str) -> dict[str, list[float]]:
    """Run a cell and return when each view's messages came meanwhile, in seconds."""
    asked = kernel.client.execute(code, allow_stdin=False)
    until, came = time.monotonic() + LONGEST_S, defaultdict(list)
    while time.monotonic() < until:
        try:
            message = kernel.client.get_iopub_msg(timeout=5)
        except Empty:
            continue
        view = _view_of(message["content"])
        if view is not None:
            came[view].append(message["header"]["date"].timestamp())
        idle = message["content"].get("execution_state") == "idle"
        if idle and message["parent_header"].get("msg_id") == asked:
            return came
    raise SystemExit("the tasks were not over in time")


def _view_of(content: dict[str, Any]) -> str | None:
    shown = content.get("transient") or {}
    return content.get("comm_id") or shown.get("display_id")


def _most(times: list[float]) -> int:
    """Return how many fall into the fullest second."""
    return max(sum(at <= other < at + 1 for other in times) for at in times)


def _warm_up(kernel: RealKernel) -> None:
    """Make one clip first, so that what is imported once is not counted."""
    kernel.load()
    _run(kernel, "%%hailuo warm --wait\nA harbour.")


def _run(kernel: RealKernel, code: str) -> None:
    outcome = kernel.run(code, timeout=LONGEST_S)
    if outcome.error:
        raise SystemExit(outcome.error)


def _create(service: Simulator, number: int) -> tuple[str, str]:
    """Make a task by plain HTTP; return its prompt and the service's id."""
    prompt = f"Boat {number} turns."
    fields = {"prompt": prompt, "image_url": PICTURE, "duration": "6", "resolution": "512P"}
    body = {"model": "hailuo/02-image-to-video-standard", "input": fields}
    request = urllib.request.Request(
        f"{service.url}/api/v1/jobs/createTask",
        json.dumps(body).encode(),
        {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as reply:
        return prompt, str(json.load(reply)["data"]["taskId"])


def _record(home: Path, service: Simulator, made: Iterable[tuple[str, str]]) -> None:
    """Write the tasks into the history, as a kernel that was killed leaves them."""
    picture = ImageRef(label=PICTURE, url=PICTURE)
    with History(home) as history:
        for number, (prompt, task_id) in enumerate(made):
            snapshot = Snapshot(
                id=f"boat{number:04}",
                state="queued",
                request=make_request(prompt=prompt, image=picture, resolution="512P"),
                service=service.url,
                created_at=time.time(),
                submitted_at=time.time(),
                task_id=task_id,
            )
            history.add(snapshot, folder=home / "clips")


def _cpu_s(process: psutil.Process) -> float:
    spent = process.cpu_times()
    return float(spent.user + spent.system)


def _questions(service: Simulator) -> int:
    return sum(int(row["recordInfoRequests"]) for row in service.ledger())


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.bench_thousand")
    parser.add_argument("--tasks", type=int, default=TASKS)
    json.dump(measure(parser.parse_args().tasks), sys.stdout, indent=2)


if __name__ == "__main__":
    main()
