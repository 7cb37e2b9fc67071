"""The simulator as the paid service of a chaos run: started, directed, and asked for its books."""

import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.simulator.owner import COPYING, ROOT, ask_owner, environment

SPEED = 150.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulator:
    """A running simulator, and the folder where it keeps its clips."""

    url: str
    folder: Path

    def play(self, *faults: str) -> None:
        """Put these faults in force and no others."""
        ask_owner(self.url, "/_sim/faults", {"faults": faults})

    def ledger(self) -> list[dict[str, Any]]:
        """Return every task that it was given."""
        found: list[dict[str, Any]] = ask_owner(self.url, "/_sim/ledger")
        return found

    def clip(self, task_id: str) -> bytes:
        """Return the clip of a task as the service keeps it."""
        return (self.folder / "results" / f"{task_id}.mp4").read_bytes()


@contextmanager
def running_simulator(
    *, speed: float = SPEED, more: Sequence[str] = ("--max-size", "192")
) -> Iterator[Simulator]:
    """Serve on a free port for as long as the block lasts."""
    words = [*COPYING, "--speed", str(speed), "--rate-limit", "off", *more]
    with (
        tempfile.TemporaryDirectory() as folder,
        subprocess.Popen(
            [*words, "--state-dir", folder],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=environment(),
            cwd=ROOT,
        ) as process,
    ):
        assert process.stdout is not None
        try:
            yield Simulator(url=process.stdout.readline().strip(), folder=Path(folder))
        finally:
            process.terminate()
            process.wait(20)
