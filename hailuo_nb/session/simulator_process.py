"""The built-in simulator as a process: one a person, found again by every kernel.

It outlives the kernel that started it, keeps its ledger, and ends by itself when
nobody has asked for ten minutes. It knows how to start, find and end it; what it
answers is the simulator's own affair.
"""

import logging
import math
import os
import secrets
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypedDict

from hailuo_nb.core.disk import PRIVATE, create, make_private
from hailuo_nb.core.values import listed, number_of, path_of, scalar, shown, text, whole_of
from hailuo_nb.errors import OptionError, SimulatorError, setting
from hailuo_nb.session.simulator_record import (
    SIZE_PX,
    SIZES_PX,
    Simulator,
    keep_record,
    read_record,
)
from hailuo_nb.store import process_identity

log = logging.getLogger("hailuo_nb")

SPEED = 20.0
"""How much faster than the real service the built-in simulator makes clips."""

IDLE_EXIT_S = 600
START_TIMEOUT_S = 20.0
LOG_TAIL_LINES = 12
TOKEN_VARIABLE = "HAILUO_SIMULATOR_TOKEN"  # noqa: S105 - a name


def ensure_simulator(home: Path, tell: Callable[[str], object] = log.warning) -> Simulator:
    """Return the person's running simulator, starting it when there is none; blocks.

    Parameters
    ----------
    home
        The folder of the history.
    tell
        Told in words where something else has taken the place of the former one.

    Raises
    ------
    SimulatorError
        It did not start; the message ends with its log's last lines.
    """
    with _locked(home):
        found = read_record(home)
        seen = found.look() if found is not None else "nobody"
        if found is not None and seen == "itself":
            return found
        instead_of = found.url if found is not None and seen == "another" else ""
        begun = _start(home, _as_before(found), instead_of=instead_of)
        if instead_of:
            tell(begun.stranger_words)
        return begun


def restart_simulator(
    home: Path,
    *,
    speed: float = SPEED,
    size_px: int = SIZE_PX,
    faults: Sequence[str] = (),
    replay: str | Path | None = None,
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
    replay
        A recorded session that answers the requests that it knows.

    Raises
    ------
    SimulatorError
        It did not start. Where that is for what it was told, the former one is left as it is.
    """
    told = Practice(speed=speed, size_px=size_px, faults=faults, replay=_whole(replay))
    with _locked(home):
        _check(home, told)
        found = read_record(home)
        instead_of = found.url if found is not None and found.look() == "another" else ""
        stop_simulator(home)
        return _start(home, told, instead_of=instead_of)


class Practice(TypedDict):
    """What a simulator is started with; see `restart_simulator`."""

    speed: float
    size_px: int
    faults: Sequence[str]
    replay: str


def _whole(replay: str | Path | None) -> str:
    """Return a file's whole path: later kernels may start it from another folder."""
    return str(Path(replay).expanduser().absolute()) if replay else ""


def _as_before(found: Simulator | None) -> Practice:
    """Return how the person's simulator was last started, but for the faults."""
    if found is None:
        return Practice(speed=SPEED, size_px=SIZE_PX, faults=(), replay="")
    replay = found.replay if Path(found.replay).is_file() else ""
    return Practice(speed=found.speed, size_px=found.size_px, faults=(), replay=replay)


def settings_of(speed: object, size: object, faults: object, replay: object = None) -> Practice:
    """Return what a simulator can be started with, as `hailuo_nb.start_simulator` takes it.

    Raises
    ------
    OptionError
        The speed or the size is out of its range, a fault is no text, or the recording no path.
    """
    times, size_px = number_of(speed), None if isinstance(size, str) else whole_of(size)
    if times is None or not 0 < times < math.inf:
        raise OptionError(f"The speed must be a number above 0, not {shown(scalar(speed))}.")
    if size_px is None or size_px not in SIZES_PX:
        least, most, given = SIZES_PX[0], SIZES_PX[-1], shown(scalar(size))
        raise OptionError(f"The size must be whole px from {least} to {most}, not {given}.")
    played = [faults] if isinstance(faults, str) else listed(faults)
    if played is None:
        raise OptionError(f"The faults are a list of texts, not {shown(scalar(faults))}.")
    words = [text("A fault", one) for one in played]
    recording = "" if replay is None else _whole(path_of(replay))
    return Practice(speed=times, size_px=size_px, faults=words, replay=recording)


def stop_simulator(home: Path) -> None:
    """End the person's simulator, whether or not it answers; its ledger is kept."""
    found = read_record(home)
    if found is not None:
        found.stop()


def running_simulator(home: Path) -> Simulator | None:
    """Return the person's simulator if it runs."""
    found = read_record(home)
    return found if found is not None and found.is_alive() else None


def known_speed(home: Path) -> float:
    """Return how fast the person's simulator was last started, without asking it."""
    found = read_record(home)
    return found.speed if found is not None else SPEED


def log_file(home: Path) -> Path:
    """Return where the simulator's log is kept."""
    return home / "simulator" / "log.txt"


def log_tail(home: Path) -> str:
    """Return the last lines of the simulator's log, oldest first; of a refusal, its reason."""
    try:
        return _reason(log_file(home).read_text(errors="replace"))
    except OSError:
        return ""


def _reason(told: str) -> str:
    lines = told.splitlines()
    for refused in (": error: ", " cannot start: "):
        _, found, reason = (lines or [""])[-1].partition(refused)
        if found:
            return reason
    return "\n".join(lines[-LOG_TAIL_LINES:])


def _start(home: Path, told: Practice, *, instead_of: str) -> Simulator:
    token = secrets.token_hex(16)
    words = _words(home, told)
    log_file(home).unlink(missing_ok=True)
    with create(log_file(home), mode=PRIVATE) as log:
        process = subprocess.Popen(  # noqa: S603 - our own module
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            cwd=_folder(home),
            env=os.environ | {TOKEN_VARIABLE: token},
            start_new_session=True,
            umask=0o077 if os.name == "posix" else -1,
        )
    url = _first_line(process)
    if not url.startswith("http://"):
        process.kill()
        process.wait()
        raise SimulatorError(f"The built-in simulator did not start: {log_tail(home) or 'no log'}")
    began, command = process_identity.identify(process.pid) or (-1.0, ())
    found = Simulator(
        url=url,
        pid=process.pid,
        speed=told["speed"],
        size_px=told["size_px"],
        faults=tuple(told["faults"]),
        replay=told["replay"],
        instead_of=instead_of,
        token=token,
        began=began,
        command=command,
    )
    keep_record(home, found)
    return found


def _words(home: Path, told: Practice) -> list[str]:
    words = [sys.executable, "-m", "hailuo_nb.simulator", "--speed", f"{told['speed']:g}"]
    words += ["--max-size", str(told["size_px"]), "--idle-exit", str(IDLE_EXIT_S)]
    words += ["--state-dir", str(_folder(home) / "state")]
    words += [f"--replay={told['replay']}"] if told["replay"] else []
    return words + [f"--fault={fault}" for fault in told["faults"]]


def _check(home: Path, told: Practice) -> None:
    """Refuse what a simulator would not start with, before one that runs is ended."""
    words = [*_words(home, told), "--check"]
    done = subprocess.run(  # noqa: S603 - our own module
        words, stdin=subprocess.DEVNULL, capture_output=True, cwd=_folder(home), check=False
    )
    if done.returncode:
        reason = _reason(done.stderr.decode(errors="replace"))
        raise SimulatorError(f"The built-in simulator was left as it was: {reason}.")


def _first_line(process: "subprocess.Popen[bytes]") -> str:
    """Return what it prints first; empty when it ends without a word."""
    late = threading.Timer(START_TIMEOUT_S, process.kill)
    late.start()
    try:
        with process.stdout or open(os.devnull, "rb") as stdout:  # noqa: PTH123 - never None here
            return stdout.readline().decode("ascii", "replace").strip()
    finally:
        late.cancel()


def _folder(home: Path) -> Path:
    folder = home / "simulator"
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


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
        make_private(lock)
        connection = sqlite3.connect(lock, timeout=START_TIMEOUT_S, isolation_level=None)
        with closing(connection) as holder:
            holder.execute("BEGIN EXCLUSIVE")
            yield
    except (OSError, sqlite3.Error) as error:
        raise _unusable(home / "simulator", error) from error


def _unusable(folder: Path, error: OSError | sqlite3.Error) -> SimulatorError:
    if getattr(error, "sqlite_errorname", "") == "SQLITE_BUSY":
        return SimulatorError("Another kernel is starting the simulator.")
    reason = getattr(error, "strerror", None) or str(error)
    return SimulatorError(
        f"The built-in simulator needs the folder {folder}, which cannot be used: {reason}.",
        advice=f"Move away what lies there instead, or {setting('HAILUO_HOME')}.",
    )
