"""The built-in simulator as a process: one a person, found again by every kernel.

It outlives the kernel that started it, keeps its ledger, and ends by itself when
nobody has asked for ten minutes. It knows how to start, recognise and end it; what it
answers is the simulator's own affair.
"""

import json
import os
import re
import secrets
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from hailuo_nb.errors import SimulatorError

SPEED = 20.0
"""How much faster than the real service the built-in simulator makes clips."""

SIZE_PX = 640
"""The longest side of the built-in simulator's clips."""

SPEED_MAX = 1e9
IDLE_EXIT_S = 600
START_TIMEOUT_S = 20.0
LOG_TAIL_LINES = 12

_LOOPBACK = re.compile(r"http://127\.0\.0\.1:[0-9]{1,5}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulator:
    """A running simulator.

    ``url`` is its origin on loopback, ``speed`` how much faster than the real service it
    makes clips, ``size_px`` the longest side of them, ``faults`` what it plays. As a context
    manager it ends with the block.
    """

    url: str
    pid: int
    speed: float
    size_px: int = SIZE_PX
    faults: tuple[str, ...] = ()
    token: str = field(repr=False)

    def __str__(self) -> str:
        return self.url

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def is_alive(self) -> bool:
        """Return whether the process that answers is still the one that was started."""
        import urllib.request  # 5 ms that loading the extension need not pay
        from http.client import HTTPException

        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(f"{self.url}/_sim/health", timeout=2) as reply:
                return bool(json.load(reply).get("token") == self.token)
        except (OSError, ValueError, AttributeError, HTTPException):
            return False

    def stop(self) -> None:
        """End it; its ledger is kept. Safe to call twice."""
        if not self.is_alive():
            return
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGTERM)
        deadline = time.monotonic() + START_TIMEOUT_S
        while self.is_alive() and time.monotonic() < deadline:
            time.sleep(0.05)


def ensure_simulator(home: Path) -> Simulator:
    """Return the person's running simulator, starting it when there is none; blocks.

    Raises
    ------
    SimulatorError
        It did not start; the message ends with its log's last lines.
    """
    with _locked(home):
        return running_simulator(home) or _start(
            home, speed=known_speed(home), size_px=_known_size_px(home), faults=()
        )


def restart_simulator(
    home: Path, *, speed: float = SPEED, size_px: int = SIZE_PX, faults: Sequence[str] = ()
) -> Simulator:
    """End the person's simulator if it runs and start it with other settings; blocks.

    Parameters
    ----------
    home
        The folder of the history.
    speed
        How much faster than the real service, above 0.
    size_px
        The longest side of its clips, 64 to 1920.
    faults
        What it plays: "no-credit", "rate-limit=0.2", "drop-submit-reply=#3" and so on.

    Raises
    ------
    SimulatorError
        It did not start.
    """
    with _locked(home):
        found = running_simulator(home)
        if found is not None:
            found.stop()
        return _start(home, speed=speed, size_px=size_px, faults=tuple(faults))


def running_simulator(home: Path) -> Simulator | None:
    """Return the person's simulator if it runs."""
    found = _recorded(home)
    return found if found is not None and found.is_alive() else None


def known_speed(home: Path) -> float:
    """Return how fast the person's simulator was last started, without asking it."""
    found = _recorded(home)
    return found.speed if found is not None else SPEED


def _known_size_px(home: Path) -> int:
    found = _recorded(home)
    return found.size_px if found is not None else SIZE_PX


def _recorded(home: Path) -> Simulator | None:
    try:
        facts = json.loads(_state_file(home).read_text(encoding="utf-8"))
        found = Simulator(**{**facts, "faults": tuple(facts["faults"])})
        return found if _is_one_of_ours(found) else None
    except (OSError, ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return None


def _is_one_of_ours(found: Simulator) -> bool:
    """Return whether each value is one that `_keep` writes: anyone may have edited the file."""
    return (
        _LOOPBACK.fullmatch(found.url) is not None
        and _is_whole(found.pid, 2, 2**31)
        and not isinstance(found.speed, bool)
        and 0 < found.speed <= SPEED_MAX
        and _is_whole(found.size_px, 64, 1920)
        and all(isinstance(fault, str) for fault in found.faults)
        and isinstance(found.token, str)
        and found.token.isalnum()
    )


def _is_whole(value: object, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def log_file(home: Path) -> Path:
    """Return where the simulator's log is kept."""
    return _folder(home) / "log.txt"


def log_tail(home: Path) -> str:
    """Return the last lines of the simulator's log, oldest first; of a refusal, its reason."""
    try:
        lines = log_file(home).read_text(errors="replace").splitlines()
    except OSError:
        return ""
    _, refused, reason = (lines or [""])[-1].partition(": error: ")
    return reason if refused else "\n".join(lines[-LOG_TAIL_LINES:])


def _start(home: Path, *, speed: float, size_px: int, faults: tuple[str, ...]) -> Simulator:
    token = secrets.token_hex(16)
    words = [sys.executable, "-m", "hailuo_nb.simulator", "--speed", f"{speed:g}"]
    words += ["--max-size", str(size_px), "--idle-exit", str(IDLE_EXIT_S), "--token", token]
    words += ["--state-dir", str(_folder(home) / "state")]
    words += [word for fault in faults for word in ("--fault", fault)]
    log_file(home).touch(mode=0o600)
    with log_file(home).open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - our own module
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            cwd=_folder(home),
            start_new_session=True,
            umask=0o077 if os.name == "posix" else -1,
        )
    url = _first_line(process)
    if not url.startswith("http://"):
        process.kill()
        process.wait()
        raise SimulatorError(f"The built-in simulator did not start: {log_tail(home) or 'no log'}")
    found = Simulator(
        url=url, pid=process.pid, speed=speed, size_px=size_px, faults=faults, token=token
    )
    _keep(home, found)
    return found


def _first_line(process: "subprocess.Popen[bytes]") -> str:
    """Return what it prints first; empty when it ends without a word."""
    late = threading.Timer(START_TIMEOUT_S, process.kill)
    late.start()
    try:
        with process.stdout or open(os.devnull, "rb") as stdout:  # noqa: PTH123 - never None here
            return stdout.readline().decode("ascii", "replace").strip()
    finally:
        late.cancel()


def _keep(home: Path, found: Simulator) -> None:
    path = _state_file(home)
    part = path.with_suffix(".part")
    part.touch(mode=0o600)
    part.write_text(json.dumps(asdict(found)), encoding="utf-8")
    part.replace(path)


def _folder(home: Path) -> Path:
    folder = home / "simulator"
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _state_file(home: Path) -> Path:
    return home / "simulator" / "process.json"


@contextmanager
def _locked(home: Path) -> Iterator[None]:
    """Let one kernel at a time look and start; the lock ends with its holder.

    Raises
    ------
    SimulatorError
        Another one is starting it, or its folder cannot be used.
    """
    try:
        lock = _folder(home) / "lock.sqlite3"
        lock.touch(mode=0o600)
        connection = sqlite3.connect(lock, timeout=START_TIMEOUT_S, isolation_level=None)
        with closing(connection) as holder:
            holder.execute("BEGIN EXCLUSIVE")
            yield
    except (OSError, sqlite3.Error) as error:
        raise _unusable(home / "simulator", error) from error


def _unusable(folder: Path, error: OSError | sqlite3.Error) -> SimulatorError:
    if getattr(error, "sqlite_errorname", "") == "SQLITE_BUSY":
        return SimulatorError(f"Another kernel is starting the simulator: {error}.")
    reason = getattr(error, "strerror", None) or str(error)
    return SimulatorError(
        f"The built-in simulator needs the folder {folder}, which cannot be used: {reason}.",
        advice="Move away what lies there instead, or set HAILUO_HOME to another folder.",
    )
