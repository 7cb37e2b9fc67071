"""A real kernel in a folder of its own, and what its cells put on the page.

Keeps displays the way a front end does: an update replaces the display of its id.
"""

import os
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager

START_S = 60.0
CLEARED = (
    "KIE_API_KEY",
    "HAILUO_BASE_URL",
    "HAILUO_UPLOAD_URL",
    "HAILUO_VIDEOS",
    "HAILUO_SIMULATOR",
    "HAILUO_DEBUG",
    "JPY_SESSION_NAME",
)
AS_NEW = """
def as_new(folder, cleared, own):
    import os, sys, ipywidgets
    shell = get_ipython()
    shell.run_line_magic("unload_ext", "hailuo_nb")
    ours = sys.modules["_hailuo_nb_process"].__dict__
    if "session" in ours:
        ours["session"].close()
    for name in ("session", "parents", "config", "host"):
        ours.pop(name, None)
    ipywidgets.Widget.close_all()
    for name in cleared:
        os.environ.pop(name, None)
    os.environ.update(own)
    os.chdir(folder)
    shell.run_line_magic("reset", "-f")
as_new({folder!r}, {cleared!r}, {own!r})
"""
"""Takes from a kernel what a test has left in it: extension, session, widgets, variables."""


@dataclass
class Outcome:
    """What one cell left: streams, error, HTML that stays, ids of other displays, in order."""

    text: str = ""
    html: str = ""
    error: str = ""
    error_name: str = ""
    displays: list[str] = field(default_factory=list)


class RealClient:
    """What talks to a running kernel; `run` executes a cell and returns what it left."""

    def __init__(self, connection: Path) -> None:
        self.page: dict[str, dict[str, Any]] = {}
        self.updates: dict[str, int] = {}
        self.client = BlockingKernelClient(connection_file=str(connection))
        self.client.load_connection_file()
        self.client.start_channels()
        self._wait_until_ready()

    def run(self, code: str, *, timeout: float = 60) -> Outcome:
        """Execute a cell and wait for its end."""
        outcome = Outcome()
        self.client.execute_interactive(
            code,
            output_hook=lambda message: self._take(message, outcome),
            timeout=timeout,
            allow_stdin=False,
        )
        return outcome

    def close(self) -> None:
        """Leave the kernel to itself."""
        self.client.stop_channels()

    def html(self, display_id: str) -> str:
        """Return the HTML that a display shows now."""
        return str(self.page[display_id]["data"].get("text/html", ""))

    def plain(self, display_id: str) -> str:
        """Return the plain text that a display shows now."""
        return str(self.page[display_id]["data"].get("text/plain", ""))

    def _wait_until_ready(self) -> None:
        """Hold until the kernel answers; on a busy machine one that lives may miss a heartbeat."""
        ends = time.monotonic() + START_S
        while True:
            try:
                return self.client.wait_for_ready(timeout=START_S)
            except RuntimeError:
                if time.monotonic() > ends:
                    raise

    def _take(self, message: dict[str, Any], outcome: Outcome) -> None:
        kind, content = message["msg_type"], message["content"]
        if kind == "stream":
            outcome.text += content["text"]
        elif kind == "error":
            outcome.error, outcome.error_name = "\n".join(content["traceback"]), content["ename"]
        elif kind in ("display_data", "update_display_data", "execute_result"):
            self._show(kind, content, outcome)

    def _show(self, kind: str, content: dict[str, Any], outcome: Outcome) -> None:
        display_id = content.get("transient", {}).get("display_id")
        if display_id is None:
            outcome.text += content["data"].get("text/plain", "") + "\n"
            outcome.html += content["data"].get("text/html", "")
            return
        self.page[display_id] = content
        self.updates[display_id] = self.updates.get(display_id, 0) + 1
        if kind == "display_data":
            outcome.displays.append(display_id)


class RealKernel(RealClient):
    """A kernel of one's own."""

    def __init__(self, folder: Path, home: Path, env: Mapping[str, str]) -> None:
        self._move(folder, home, env)
        self.manager = KernelManager(kernel_name="python3")
        self.manager.start_kernel(**self._place, stderr=sys.stderr)
        self._connect()

    def begin_anew(self, folder: Path, home: Path, env: Mapping[str, str]) -> None:
        """Go on in another place, as good as new."""
        self._move(folder, home, env)
        own = {"HAILUO_HOME": str(home), **env}
        outcome = self.run(AS_NEW.format(folder=str(folder), cleared=CLEARED, own=own))
        assert not outcome.error, outcome.error

    def value(self, code: str) -> str:
        """Return what an expression prints."""
        outcome = self.run(f"print({code})")
        assert not outcome.error, outcome.error
        return outcome.text.strip()

    def load(self) -> Outcome:
        """Load the extension."""
        outcome = self.run("%load_ext hailuo_nb")
        assert not outcome.error, outcome.error
        return outcome

    def interrupt(self) -> None:
        """Do what the Interrupt button does."""
        self.manager.interrupt_kernel()

    def restart(self) -> None:
        """End the kernel at once and start another, as the Restart button does."""
        self.client.stop_channels()
        self.manager.restart_kernel(now=True, **self._place)
        self._connect()

    def kill(self) -> None:
        """Kill -9."""
        self.manager.signal_kernel(9)

    def close(self) -> None:
        """End the kernel."""
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

    def _move(self, folder: Path, home: Path, env: Mapping[str, str]) -> None:
        self.folder, self.home = folder, home
        self.page: dict[str, dict[str, Any]] = {}
        self.updates: dict[str, int] = {}
        clean = {name: text for name, text in os.environ.items() if name not in CLEARED}
        self._place = {"cwd": str(folder), "env": {**clean, "HAILUO_HOME": str(home), **env}}

    def _connect(self) -> None:
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=START_S)


@contextmanager
def real_kernel(folder: Path, home: Path, **env: str) -> Iterator[RealKernel]:
    """Run a kernel, and end it and its simulator with the block."""
    kernel = RealKernel(folder, home, env)
    try:
        yield kernel
    finally:
        kernel.close()
        end_simulator(home)


@contextmanager
def lent_kernel(
    left: list[RealKernel], folder: Path, home: Path, **env: str
) -> Iterator[RealKernel]:
    """Lend a kernel that was left, as good as new, or start one; ``left`` has it afterwards."""
    if left:
        kernel = left.pop()
        kernel.begin_anew(folder, home, env)
    else:
        kernel = RealKernel(folder, home, env)
    try:
        yield kernel
    finally:
        if kernel.manager.is_alive():
            left.append(kernel)
        else:
            kernel.close()
        end_simulator(home)


def end_simulator(home: Path) -> None:
    """End the simulator of a history folder, if it runs."""
    from hailuo_nb.session.simulator_process import stop_simulator

    stop_simulator(home)
