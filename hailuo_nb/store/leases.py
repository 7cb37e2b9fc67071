"""Who looks after a task: one process at a time, over all kernels on one history.

A lease names its holder by host, boot and process; it ends when its time is over, or
at once when its holder is a process of this machine that no longer runs. One that would end
in more than a minute is of a clock that was wrong, and does not count.
"""

import json
import os
import secrets
import socket
from dataclasses import dataclass, field
from pathlib import Path

LEASE_S = 30.0
"""How long a lease holds unless it is renewed."""

TAKE = """
INSERT INTO leases (id, holder, expires_at) VALUES (:id, :holder, :expires_at)
ON CONFLICT (id) DO UPDATE SET holder = :holder, expires_at = :expires_at
WHERE holder IN (:holder, :gone) OR expires_at NOT BETWEEN :now AND :now + 60
"""
RENEW = "UPDATE leases SET expires_at = :expires_at WHERE holder = :holder"
RELEASE = "DELETE FROM leases WHERE id = :id AND holder = :holder"
RELEASE_ALL = "DELETE FROM leases WHERE holder = :holder"
HOLDS = "SELECT 1 FROM leases WHERE id = :id AND holder = :holder"
IS_HELD = f"EXISTS ({HOLDS})"
HELD = """
SELECT holder FROM leases
WHERE id = :id AND expires_at BETWEEN :now AND :now + 60 AND holder != :holder
"""
NEVER_SENT = """
SELECT tasks.id, holder FROM tasks
LEFT JOIN leases ON leases.id = tasks.id AND expires_at BETWEEN :now AND :now + 60
WHERE state = 'waiting'
"""
HOLDER = "SELECT holder FROM leases WHERE id = :id"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """One process as leases know it; ``token`` tells processes of one number apart."""

    host: str = field(default_factory=socket.gethostname)
    boot: str = field(default_factory=lambda: _boot_id())
    pid: int = field(default_factory=os.getpid)
    token: str = field(default_factory=lambda: secrets.token_hex(8))

    def __str__(self) -> str:
        return json.dumps([self.host, self.boot, self.pid, self.token])

    def is_gone(self, other: str) -> bool:
        """Return whether another holder was a process of this machine that has ended."""
        try:
            host, boot, pid, _ = json.loads(other)
        except (ValueError, TypeError):
            return True
        if host != self.host:
            return False
        return boot != self.boot or not _runs(int(pid))


def _boot_id() -> str:
    """Return what changes with every start of the machine; empty where it is not told."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return ""


def _runs(pid: int) -> bool:
    import psutil

    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False
    except psutil.Error:
        return True
