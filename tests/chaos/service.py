"""The simulator as the paid service of a chaos run: started, directed, and asked for its books."""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

SPEED = 150.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulator:
    """A running simulator; its doors need no key."""

    url: str

    def play(self, *faults: str) -> None:
        """Put these faults in force and no others."""
        self._ask("/_sim/faults", json.dumps({"faults": faults}).encode())

    def ledger(self) -> list[dict[str, Any]]:
        """Return every task that it was given."""
        found: list[dict[str, Any]] = json.loads(self._ask("/_sim/ledger"))
        return found

    def clip(self, task_id: str) -> bytes:
        """Return the clip of a task as the service keeps it."""
        return self._ask(f"/files/results/{task_id}.mp4")

    def _ask(self, path: str, data: bytes | None = None) -> bytes:
        request = urllib.request.Request(
            self.url + path, data, headers={"User-Agent": "chaos", "Connection": "close"}
        )
        with urllib.request.urlopen(request, timeout=60) as reply:
            body: bytes = reply.read()
        return body


@contextmanager
def running_simulator(
    *, speed: float = SPEED, more: Sequence[str] = ("--max-size", "192")
) -> Iterator[Simulator]:
    """Serve on a free port for as long as the block lasts."""
    words = [sys.executable, "-m", "hailuo_nb.simulator", "--speed", str(speed)]
    words += ["--rate-limit", "off", *more]
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        try:
            yield Simulator(url=process.stdout.readline().strip())
        finally:
            process.terminate()
            process.wait(20)
