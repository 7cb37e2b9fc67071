"""Who looks after a task: one process at a time, over all kernels on one history.

A lease names its holder by host, boot, process and the process's start. On one host the
holder decides, whatever the clocks say: while it lives it keeps its lease, and once it has
ended its tasks are free. Where nothing is known of it, on another host or stopped by a signal,
the lease ends when its time is over; one that would end in more than a minute is of a clock
that was wrong, and does not count.
"""

import json
import os
import secrets
import socket
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

LEASE_S = 30.0
"""How long a lease holds unless it is renewed."""

AHEAD_S = 60.0
"""How far ahead of one's own clock a lease may end and still count."""

Standing = Literal["lives", "gone", "unknown"]

TAKE = """
INSERT INTO leases (id, holder, expires_at) VALUES (:id, :holder, :expires_at)
ON CONFLICT (id) DO UPDATE SET holder = :holder, expires_at = :expires_at
WHERE holder = :holder OR (holder IS :found AND expires_at IS :found_expires_at)
"""
"""Takes what is nobody's, or still is as it was found when it was judged to be free."""

FOUND = "SELECT holder, expires_at FROM leases WHERE id = :id"
RENEW = "UPDATE leases SET expires_at = :expires_at WHERE holder = :holder"
RELEASE = "DELETE FROM leases WHERE id = :id AND holder = :holder"
RELEASE_ALL = "DELETE FROM leases WHERE holder = :holder"
HOLDS = "SELECT 1 FROM leases WHERE id = :id AND holder = :holder"
IS_HELD = f"EXISTS ({HOLDS})"
NEVER_SENT = """
SELECT tasks.id, holder, expires_at FROM tasks
LEFT JOIN leases ON leases.id = tasks.id
WHERE state = 'waiting'
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """One process as leases know it; ``token`` tells holders in one process apart."""

    host: str = field(default_factory=lambda: _host())
    boot: str = field(default_factory=lambda: _boot_id())
    pid: int = field(default_factory=os.getpid)
    started: str = field(default_factory=lambda: _started(os.getpid()))
    token: str = field(default_factory=lambda: secrets.token_hex(8))

    def __str__(self) -> str:
        # Four parts, as earlier versions read them: to those the last is a token.
        return json.dumps([self.host, self.boot, self.pid, f"{self.started}/{self.token}"])

    def standing(self, other: str) -> Standing:
        """Return what is known of another holder: nothing, where it is of another machine."""
        try:
            host, boot, pid, mark = json.loads(other)
            started, pid = str(mark).rpartition("/")[0], int(pid)
        except (ValueError, TypeError, OverflowError, RecursionError):
            return "gone"
        if host != self.host:
            return "unknown"
        standing = _standing(pid, started) if boot == self.boot else "gone"
        # Within one process there is one clock, by which its leases end.
        return "unknown" if standing == "lives" and pid == self.pid else standing

    def leaves_free(self, other: object, expires_at: object, now: float) -> bool:
        """Return whether a lease may be taken from another holder; times since the epoch.

        What is no holder, or no time, holds nothing.
        """
        standing = self.standing(str(other))
        counts = isinstance(expires_at, int | float) and now <= expires_at <= now + AHEAD_S
        return standing == "gone" or (standing == "unknown" and not counts)


def _host() -> str:
    """Return the machine's name and, where there are such, which of its containers this is."""
    processes = ""
    with suppress(OSError):
        processes = str(Path("/proc/self/ns/pid").readlink())
    return f"{socket.gethostname()} {processes}".strip()


def _boot_id() -> str:
    """Return what changes with every start of the machine; empty where it is not told."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return ""


def _standing(pid: int, started: str) -> Standing:
    """Return what is known of a process of this machine; ``started`` empty where unrecorded."""
    import psutil

    try:
        status, now_started = psutil.Process(pid).status(), _started(pid)
    except (psutil.NoSuchProcess, ValueError, OverflowError):
        return "gone"
    except psutil.Error:
        return "unknown"
    if status in (psutil.STATUS_ZOMBIE, psutil.STATUS_DEAD) or started not in ("", now_started):
        return "gone"
    halted = status in (psutil.STATUS_STOPPED, psutil.STATUS_TRACING_STOP)
    return "unknown" if halted or not started else "lives"


def _started(pid: int) -> str:
    """Return when a process began, by a clock that nobody sets where the system has one."""
    try:
        facts = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
        return facts[19].decode("ascii")  # clock ticks after the machine's start
    except (OSError, IndexError):
        import psutil

        return f"{psutil.Process(pid).create_time():.2f}"
