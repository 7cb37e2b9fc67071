"""A session of its own for each test, on one fast simulator."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from hailuo_nb.config import read_config
from hailuo_nb.session.session import Session
from tests.simulator.owner import ask_owner, environment

SPEED = 400
KEY = "sk-test-5f0c9a7be41d"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A running simulator that tests can direct."""

    url: str

    def play(self, *faults: str) -> None:
        """Put these faults in force and no others."""
        ask_owner(self.url, "/_sim/faults", {"faults": list(faults)})

    def ledger(self) -> list[dict[str, Any]]:
        """Return every task that was submitted."""
        found: list[dict[str, Any]] = ask_owner(self.url, "/_sim/ledger")
        return found


def set_balance(stage: Stage, credits: float) -> None:
    """Set what the tests' key may spend."""
    headers = {"Authorization": f"Bearer {KEY}"}
    answer = ask_owner(stage.url, "/_sim/credits", {"credits": credits}, headers=headers)
    assert answer["data"] == credits


@pytest.fixture(scope="package")
def stage() -> Iterator[Stage]:
    """Start a simulator that is 400 times faster than the service."""
    words = [sys.executable, "-m", "hailuo_nb.simulator", "--speed", str(SPEED)]
    words += ["--max-size", "64", "--rate-limit", "off"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, env=environment()) as process:
        assert process.stdout is not None
        yield Stage(url=process.stdout.readline().decode().strip())
        process.terminate()
        process.wait(10)


@pytest.fixture
def session(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """Open a session in an empty folder; its service is the simulator, with a full account."""
    monkeypatch.chdir(tmp_path)
    stage.play()
    set_balance(stage, 10_000)
    environ = {"HAILUO_HOME": str(tmp_path / "home"), "HAILUO_BASE_URL": stage.url}
    opened = Session(read_config(environ, session_key=KEY), display=lambda task: None)
    opened.runner().shared.table_median_s = 180 / SPEED
    yield opened
    opened.close()
    stage.play()
