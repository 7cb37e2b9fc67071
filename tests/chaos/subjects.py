"""The two kinds of subject: a plain process with IPython's shell, and a real kernel.

Both run cells, can be told to run one without waiting, and die by SIGKILL. They know
nothing of why they are killed.
"""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tests.kernel.real_kernel import CLEARED, RealKernel

ROOT = Path(__file__).resolve().parents[2]
CELL_TIMEOUT_S = 120.0


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
        """Wait until the killed process is gone."""

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
        before = dict(self._kernel.updates)
        outcome = self._kernel.run(cell, timeout=CELL_TIMEOUT_S)
        changed = [one for one, count in self._kernel.updates.items() if before.get(one) != count]
        shown = [self._kernel.plain(one) for one in changed]
        return Said(text="\n".join([outcome.text, *shown]), error=outcome.error)

    def reap(self) -> None:
        """Wait until the killed process is gone."""
        self._kernel.manager.provisioner.process.wait(20)

    def close(self) -> None:
        """End it, if it still lives."""
        self._kernel.close()


def kill(subject: Subject) -> None:
    """Kill -9, at once."""
    os.kill(subject.pid, signal.SIGKILL)
