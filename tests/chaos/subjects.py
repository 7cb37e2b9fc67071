"""The kinds of subject: a process with IPython's shell, a real kernel, one of a Jupyter Server.

All run cells, can be told to run one without waiting, and die by SIGKILL, the last with its server.
They know nothing of why they are killed.
"""

import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import psutil

from tests.kernel.real_kernel import CLEARED, RealClient, RealKernel
from tests.support.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
CELL_TIMEOUT_S = 120.0
START_S = 60.0
SERVER = (
    *(sys.executable, "-m", "jupyter_server", "--no-browser", "--allow-root"),
    *("--ServerApp.port_retries=0", "--ServerApp.ip=127.0.0.1", "--IdentityProvider.token="),
    *("--ServerApp.password=", "--ServerApp.disable_check_xsrf=True"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one cell printed, and its error, empty without one."""

    text: str
    error: str


class Subject(Protocol):
    """A process that runs cells."""

    pid: int

    def send(self, cell: str) -> None:
        """Have a cell run and do not wait."""

    def run(self, cell: str) -> Said:
        """Run a cell to its end."""

    def reap(self) -> None:
        """Wait until the killed process is gone, and what dies with it."""

    def close(self) -> None:
        """End it, if it still lives, and let go of what belongs to it."""


class Shell:
    """`tests.chaos.subject` in a process of its own: a third of a kernel's starting time."""

    def __init__(self, folder: Path, env: Mapping[str, str]) -> None:
        clean = {name: text for name, text in os.environ.items() if name not in CLEARED}
        own = {"PYTHONPATH": str(ROOT), "IPYTHONDIR": str(folder / ".ipython")}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.chaos.subject"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=(folder / "stderr.txt").open("ab"),
            cwd=folder,
            env={**clean, **own, **env},
            text=True,
        )
        self.pid = self._process.pid

    def send(self, cell: str) -> None:
        """Have a cell run and do not wait."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(cell) + "\n")
        self._process.stdin.flush()

    def run(self, cell: str) -> Said:
        """Run a cell to its end."""
        assert self._process.stdout is not None
        watchdog = threading.Timer(CELL_TIMEOUT_S, self._process.kill)
        watchdog.start()
        try:
            self.send(cell)
            line = self._process.stdout.readline()
        except BrokenPipeError:
            line = ""
        finally:
            watchdog.cancel()
        return Said(**json.loads(line)) if line else Said(text="", error="the process died")

    def reap(self) -> None:
        """Wait until the killed process is gone."""
        self._process.wait(20)

    def close(self) -> None:
        """End it, if it still lives."""
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            try:
                pipe.close()
            except BrokenPipeError:
                continue
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(20)


class Kernel:
    """A real kernel over its sockets."""

    def __init__(self, folder: Path, env: Mapping[str, str]) -> None:
        own = {name: text for name, text in env.items() if name != "HAILUO_HOME"}
        self._kernel = RealKernel(folder, Path(env["HAILUO_HOME"]), own)
        self.pid = int(self._kernel.manager.provisioner.pid)

    def send(self, cell: str) -> None:
        """Have a cell run and do not wait."""
        self._kernel.client.execute(cell, allow_stdin=False)

    def run(self, cell: str) -> Said:
        """Run a cell to its end; a display that was updated counts as printed."""
        return _said(self._kernel, cell)

    def reap(self) -> None:
        """Wait until the killed process is gone."""
        self._kernel.manager.provisioner.process.wait(20)

    def close(self) -> None:
        """End it, if it still lives."""
        self._kernel.close()


class Served:
    """A kernel of a Jupyter Server: it is the server that is killed, and it ends by that."""

    def __init__(self, folder: Path, env: Mapping[str, str]) -> None:
        clean = {name: text for name, text in os.environ.items() if name not in CLEARED}
        own = {f"JUPYTER_{one}_DIR": str(folder / "jupyter" / one) for one in ("CONFIG", "DATA")}
        runtime = folder / "jupyter" / "runtime"
        own |= {"JUPYTER_RUNTIME_DIR": str(runtime), "IPYTHONDIR": str(folder / ".ipython")}
        port = free_port()
        self._server = subprocess.Popen(
            [*SERVER, f"--port={port}", f"--ServerApp.root_dir={folder}"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=(folder / "stderr.txt").open("ab"),
            cwd=folder,
            env={**clean, **own, **env},
        )
        self.pid = self._server.pid
        try:
            self._kernel, self._asked = self._kernel_of(f"http://127.0.0.1:{port}", runtime)
        except BaseException:
            self._server.terminate()
            raise

    def _kernel_of(self, origin: str, runtime: Path) -> tuple[psutil.Process, RealClient]:
        """Have the server start a kernel; return its process, and what talks to it."""
        made = self._started(f"{origin}/api/kernels")
        known = psutil.Process(self.pid).children()
        words = {one: one.as_dict(["cmdline"], ad_value=[])["cmdline"] for one in known}
        (process,) = [one for one, told in words.items() if made in " ".join(told)]
        return process, RealClient(runtime / f"kernel-{made}.json")

    def send(self, cell: str) -> None:
        """Have a cell run and do not wait."""
        self._asked.client.execute(cell, allow_stdin=False)

    def run(self, cell: str) -> Said:
        """Run a cell to its end; a display that was updated counts as printed."""
        return _said(self._asked, cell)

    def reap(self) -> None:
        """Wait until the killed server is gone, and then its kernel, which looks for it."""
        self._server.wait(20)
        self._kernel.wait(20)

    def close(self) -> None:
        """End both, if they still live."""
        self._asked.close()
        self._server.terminate()
        try:
            self._server.wait(20)
        except subprocess.TimeoutExpired:
            self._server.kill()
        self.reap()

    def _started(self, address: str) -> str:
        """Have the server start a kernel once it is up; return the kernel's id there."""
        ends = time.monotonic() + START_S
        while self._server.poll() is None and time.monotonic() < ends:
            try:
                with urllib.request.urlopen(address, b"{}") as reply:
                    return str(json.load(reply)["id"])
            except urllib.error.URLError:
                time.sleep(0.05)
        raise RuntimeError("the server did not start")


def _said(kernel: "RealKernel | RealClient", cell: str) -> Said:
    before = dict(kernel.updates)
    outcome = kernel.run(cell, timeout=CELL_TIMEOUT_S)
    changed = [one for one, count in kernel.updates.items() if before.get(one) != count]
    shown = [kernel.plain(one) for one in changed]
    return Said(text="\n".join([outcome.text, *shown]), error=outcome.error)


def kill(subject: Subject) -> None:
    """Kill -9, at once."""
    os.kill(subject.pid, signal.SIGKILL)
