"""Which process a number means: the one that was started, or a later one that has got its number.

It knows process numbers, start times and command lines. It must not know what a process is for.
"""

import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # 10 ms that loading the extension need not pay
    import psutil

LOOK_EVERY_S = 0.05


def identify(pid: int) -> tuple[float, tuple[str, ...]] | None:
    """Return when a running process began, by the system's own clock, and its command."""
    found = _look(pid)
    return found and found[1:]


def end(pid: int, *, began: float, command: tuple[str, ...], within_s: float) -> None:
    """End the process that is this one still, politely at first; blocks until it is gone.

    Parameters
    ----------
    pid
        Its number.
    began, command
        What `identify` said of it: one that differs in either is left alone.
    within_s
        How long it may take to end politely.
    """
    for force in (False, True):
        process = _same(pid, began, command)
        if process is None:
            return
        _signal(process, force=force)
        deadline = time.monotonic() + within_s
        while _same(pid, began, command) and time.monotonic() < deadline:
            time.sleep(LOOK_EVERY_S)


def _look(pid: int) -> "tuple[psutil.Process, float, tuple[str, ...]] | None":
    import psutil

    try:
        process = psutil.Process(pid)
        began, command = _began(process), tuple(process.cmdline())
    except (psutil.Error, OSError, ValueError, TypeError):
        return None
    return (process, began, command) if command else None  # one that has ended has no command


def _began(process: "psutil.Process") -> float:
    """Return ticks since the machine's start where they are told, else Unix seconds.

    Setting the clock moves the start of a process as Linux has it in seconds, never its ticks.
    """
    try:
        stat = Path(f"/proc/{process.pid}/stat").read_text(encoding="ascii", errors="replace")
    except FileNotFoundError:
        return float(process.create_time())
    return float(stat.rpartition(")")[2].split()[19])


def _same(pid: int, began: float, command: tuple[str, ...]) -> "psutil.Process | None":
    found = _look(pid)
    if found is None or found[1:] != (began, command):
        return None
    return found[0]


def _signal(process: "psutil.Process", *, force: bool) -> None:
    import psutil

    with suppress(psutil.Error):
        process.kill() if force else process.terminate()
