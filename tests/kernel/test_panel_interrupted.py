"""The panel of a real kernel is interrupted: whoever waits has an answer, or who asks next."""

import time
from pathlib import Path
from typing import Any

from tests.kernel.real_kernel import RealKernel

DEADLINE_S = 60
SET_UP = """import time
from pathlib import Path
import hailuo_nb
from hailuo_nb.notebook.panel import handlers

def held(*_):
    Path("held").touch()
    while True:
        time.sleep(0.01)

panel = hailuo_nb.panel("a sea")
"""
IN_A_HANDLER = 'handlers.ANSWERS["copy"] = held'
BEFORE_IT = """panel.comm.on_msg(
    lambda msg: held() if "copy" in str(msg["content"]) else panel._handle_msg(msg)
)"""


def ask(kernel: RealKernel, comm_id: str, kind: str) -> None:
    """Ask the panel, as its page does; the answer is to this kind."""
    content = {"kind": kind, "ask": kind, "as": "cell", "prompt": "", "settings": {}}
    data = {"method": "custom", "content": content}
    client = kernel.client
    client.shell_channel.send(client.session.msg("comm_msg", {"comm_id": comm_id, "data": data}))


def answers(kernel: RealKernel, *, until: str) -> dict[str, Any]:
    """Return what is answered until this is."""
    found: dict[str, Any] = {}
    while until not in found:
        message = kernel.client.get_iopub_msg(timeout=DEADLINE_S)
        content = message["content"].get("data", {}).get("content")
        if isinstance(content, dict) and "answer" in content:
            found[content["answer"]] = content
    return found


def interrupted(kernel: RealKernel, way: str) -> str:
    """Interrupt the panel while it holds a question in this way; return the wire's id."""
    made = kernel.run(SET_UP + way)
    assert made.error == ""
    comm_id = kernel.value("panel.comm.comm_id")
    ask(kernel, comm_id, "copy")
    _until(kernel.folder / "held")
    kernel.interrupt()
    return comm_id


def test_an_interrupt_in_a_handler_is_the_answer(kernel: RealKernel) -> None:
    """In words, with what to do before it is tried again; the panel goes on."""
    comm_id = interrupted(kernel, IN_A_HANDLER)
    refused = answers(kernel, until="copy")["copy"]["refused"]
    assert refused.startswith("This was interrupted. Look in the gallery")
    ask(kernel, comm_id, "sources")
    assert "refused" not in answers(kernel, until="sources")["sources"]


def test_what_is_lost_on_the_way_is_known_by_what_follows(kernel: RealKernel) -> None:
    """Nobody answers it, but all that is asked after it: so its page knows."""
    comm_id = interrupted(kernel, BEFORE_IT)
    ask(kernel, comm_id, "heard")
    assert set(answers(kernel, until="heard")) == {"heard"}


def _until(file: Path) -> None:
    deadline = time.monotonic() + DEADLINE_S
    while not file.exists():
        assert time.monotonic() < deadline, f"{file.name} never came"
        time.sleep(0.02)
