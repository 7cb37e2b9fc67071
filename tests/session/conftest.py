"""A session of its own for each test, on one fast simulator."""

import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from hailuo_nb.config import read_config
from hailuo_nb.runner import poll, saving, submit, uploads
from hailuo_nb.session import registry
from hailuo_nb.session.session import Session
from tests.simulator.owner import COPYING, ROOT, ask_owner, environment

SPEED = 400
KEY = "sk-test-5f0c9a7be41d"


LEFT_MAX = 2
"""To make more clips than these that nobody waits for takes longer than a new simulator."""


@dataclass(slots=True, kw_only=True)
class Stage:
    """A running simulator that tests can direct."""

    url: str
    running: ExitStack = field(default_factory=ExitStack)

    def play(self, *faults: str) -> None:
        """Put these faults in force and no others."""
        ask_owner(self.url, "/_sim/faults", {"faults": list(faults)})

    def ledger(self) -> list[dict[str, Any]]:
        """Return every task that was submitted."""
        found: list[dict[str, Any]] = ask_owner(self.url, "/_sim/ledger")
        return found

    def clear(self) -> None:
        """Forget the faults, and with a new simulator what one test has left to be made."""
        self.play()
        if sum(task["completeTime"] is None for task in self.ledger()) > LEFT_MAX:
            self.running.close()
            self.url = self.running.enter_context(running_simulator())


def set_balance(stage: Stage, credits: float) -> None:
    """Set what the tests' key may spend."""
    headers = {"Authorization": f"Bearer {KEY}"}
    answer = ask_owner(stage.url, "/_sim/credits", {"credits": credits}, headers=headers)
    assert answer["data"] == credits


@contextmanager
def running_simulator() -> Iterator[str]:
    """Run a simulator that is 400 times faster than the service; yield its address."""
    words = [*COPYING, "--speed", str(SPEED), "--max-size", "64", "--rate-limit", "off"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, env=environment(), cwd=ROOT) as process:
        assert process.stdout is not None
        yield process.stdout.readline().decode().strip()
        process.terminate()
        process.wait(60)


@pytest.fixture(scope="package")
def stage() -> Iterator[Stage]:
    """Run one simulator for many tests."""
    with ExitStack() as running:
        yield Stage(url=running.enter_context(running_simulator()), running=running)


@pytest.fixture
def session(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """Open a session in an empty folder; its service is the simulator, with a full account."""
    monkeypatch.chdir(tmp_path)
    stage.play()
    set_balance(stage, 10_000)
    environ = {"HAILUO_HOME": str(tmp_path / "home"), "HAILUO_BASE_URL": stage.url}
    environ["HAILUO_MEASURES"] = "off"
    opened = Session(read_config(environ, session_key=KEY), display=lambda task: None)
    opened.runner().shared.table_median_s = 180 / SPEED
    yield opened
    opened.close()
    stage.clear()


@pytest.fixture
def here(session: Session, monkeypatch: pytest.MonkeyPatch) -> Session:
    """Make the session the process's own."""
    monkeypatch.setitem(registry.state, "session", session)
    return session


def hurry(patch: pytest.MonkeyPatch) -> None:
    """Shorten every pause that only keeps a real service from being pestered."""
    patch.setattr(submit, "BACK_OFF_S", (0.05,))
    patch.setattr(uploads, "BACK_OFF_S", (0.05, 0.05))
    patch.setattr(submit, "GIVE_UP_AFTER_S", 0.5)
    patch.setattr(poll, "LOST_PAUSE_S", (0.05,))
    patch.setattr(poll, "RATE_LIMIT_PAUSE_S", 0.1)
    patch.setattr(saving, "BACK_OFF_S", (0.05, 0.05))
