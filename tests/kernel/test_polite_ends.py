"""However a process is ended politely, and whatever its tasks are at: nothing is said."""

import os
import random
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import nbformat
import pytest
from jupyter_client.manager import KernelManager
from nbclient import NotebookClient

from tests.kernel.real_kernel import CLEARED
from tests.runner.service import CREATE, RECORD, UPLOAD, Service, running_service

CLIP = "/clip.mp4"
ORDER = ("waiting", "submitting", "queued", "generating", "saving", "done")
CODE = """
import threading
import hailuo_nb
from hailuo_nb.runner import poll
poll.next_delay_s = lambda *_, **__: 0.05
tasks = [hailuo_nb.generate(f"Boat {{n}} turns.", image={image!r}) for n in range({number})]
order, pause = {order!r}, threading.Event()
while sum(order.index(task.state) for task in tasks) < {rank}: pause.wait(0.005)
del tasks
"""
"""Ends the cell once the tasks, all together, have come so far."""


LEFT = (
    r"hailuo_nb: {number} unfinished tasks? left; what was sent goes on at the service\. "
    r"The same script run again takes it up, free, and sends what never left; "
    r"generate\(\.\.\., wait=True\) holds until a clip is saved\.\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """So many tasks, by how many states all together they are on, and whose reply is held."""

    name: str
    rank: int
    held: str = ""
    finished: bool = False
    number: int = 1

    @property
    def left_by_a_script(self) -> str:
        """The pattern of what a script says of this moment at its end."""
        number = r"[1-8]" if self.number > 1 else "1"
        line = LEFT.format(number=number)
        return {"done": "", "any": f"({line})?"}.get(self.name, line)

    def code(self) -> str:
        """Return the cell that comes to this moment."""
        image = "sample:peak" if self.held == UPLOAD else None
        return CODE.format(image=image, number=self.number, order=ORDER, rank=self.rank)


MOMENTS = [
    Moment(name="waiting", rank=0, held=UPLOAD),
    Moment(name="submitting", rank=1, held=CREATE),
    Moment(name="queued", rank=2, held=RECORD),
    Moment(name="generating", rank=3),
    Moment(name="saving", rank=4, held=CLIP, finished=True),
    Moment(name="done", rank=5, finished=True),
    Moment(name="any", rank=random.randrange(10, 40), finished=True, number=8),
]


def say(service: Service, moment: Moment) -> None:
    """Have the service let tasks come to this moment, and no further where a reply is held."""
    ids = [f"t{number}" for number in range(moment.number)]
    service.say(CREATE, *({"code": 200, "data": {"taskId": id}} for id in ids))
    if moment.finished:
        going = {"code": 200, "data": {"state": "generating"}}
        service.say(RECORD, *[going] * moment.number, service.finish(service.origin + CLIP))
    if moment.held:
        service.hold(moment.held)


Env = Mapping[str, str]


@contextmanager
def a_kernel(folder: Path, env: Env, log: IO[str]) -> Iterator[KernelManager]:
    """Start one whose own streams go to a file."""
    manager = KernelManager(kernel_name="python3")
    manager.start_kernel(cwd=str(folder), env=dict(env), stdout=log, stderr=log)
    try:
        yield manager
    finally:
        manager.shutdown_kernel(now=True)


def end_kernel(folder: Path, env: Env, code: str, *, restart: bool) -> str:
    """Shut a kernel down, or restart it, as the menu does; return what it said meanwhile."""
    with (folder / "log").open("w+") as log, a_kernel(folder, env, log) as manager:
        client = manager.client()
        client.start_channels()
        client.wait_for_ready(timeout=60)
        reply = client.execute_interactive(code, timeout=60, output_hook=lambda _: None)
        assert reply["content"]["status"] == "ok", reply
        before = os.fstat(log.fileno()).st_size
        (manager.restart_kernel if restart else manager.shutdown_kernel)(now=False)
        said = []
        while client.iopub_channel.msg_ready():
            message = client.get_iopub_msg()
            if message["msg_type"] in ("stream", "error", "display_data"):
                said.append(str(message["content"]))
        client.stop_channels()
        if restart:
            manager.shutdown_kernel(now=True)
        log.seek(before)
        return "".join(said) + without_start(log.read())


def without_start(text: str) -> str:
    """Return what a kernel wrote but for the warning with which each one begins."""
    return re.sub(r"\[IPKernelApp\] WARNING \| Kernel is running over TCP .*\n", "", text)


def end_notebook(folder: Path, env: Env, code: str) -> str:
    """Execute a notebook without a head; return what it holds and what its kernel said."""
    cells = [nbformat.v4.new_code_cell(code)]
    notebook = nbformat.v4.new_notebook(cells=cells)
    with (folder / "log").open("w+") as log:
        client = NotebookClient(notebook, timeout=60, kernel_name="python3")
        client.execute(cwd=str(folder), env=dict(env), stdout=log, stderr=log)
        log.seek(0)
        return "".join(
            str(output)
            for output in notebook.cells[0].outputs
            if output.output_type in ("stream", "error")
        ) + without_start(log.read())


def end_ipython(folder: Path, env: Env, code: str) -> str:
    """Type ``exit`` in a terminal; return what was said but for the prompts and cards."""
    (folder / "code.py").write_text(code + "\nhailuo_nb = None\n", encoding="utf-8")
    words = ["-m", "IPython", "--no-banner", "--simple-prompt", "--no-confirm-exit"]
    said = run(folder, env, words, "%run code.py\nexit\n")
    return re.sub(r"In \[\d+\]:\s*", "", said).strip()


def end_script(folder: Path, env: Env, code: str) -> str:
    """Come to the end of a script; return what was said."""
    return run(folder, env, ["-c", code], "")


def run(folder: Path, env: Env, words: list[str], typed: str) -> str:
    """Run Python to its end; return what it wrote."""
    done = subprocess.run(
        [sys.executable, *words],
        input=typed,
        cwd=folder,
        env=env,
        text=True,
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=120,
    )
    return done.stdout


ENDS: dict[str, Callable[[Path, Env, str], str]] = {
    "shutdown": lambda *how: end_kernel(*how, restart=False),
    "restart": lambda *how: end_kernel(*how, restart=True),
    "nbclient": end_notebook,
    "ipython": end_ipython,
    "script": end_script,
}


@pytest.mark.parametrize(
    ("end", "moment"),
    [
        pytest.param(end, moment, id=f"{end}-{moment.name}")
        for number, moment in enumerate(MOMENTS)
        for end in (("shutdown", "restart")[number % 2], "nbclient", "ipython", "script")
    ],
)
def test_a_polite_end_says_nothing(tmp_path: Path, clip: bytes, end: str, moment: Moment) -> None:
    """Neither on its own streams nor on the page; a script says in a line what it leaves."""
    clean = {name: text for name, text in os.environ.items() if name not in CLEARED}
    with running_service(clip) as service:
        say(service, moment)
        own = {"HAILUO_HOME": str(tmp_path / "home"), "HAILUO_BASE_URL": service.origin}
        own |= {"KIE_API_KEY": "sk-polite-5e", "IPYTHONDIR": str(tmp_path / "ipython")}
        try:
            said = ENDS[end](tmp_path, {**clean, **own}, moment.code())
            assert re.fullmatch(moment.left_by_a_script if end == "script" else "", said)
        finally:
            for event in service.held.values():
                event.set()
