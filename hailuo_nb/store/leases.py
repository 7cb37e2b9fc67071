"""What the kernels on one history share: who looks after a task, who may send, what is up.

One process at a time looks after a task. A lease names its holder by host, boot, process and
the process's start. On one host the holder decides, whatever the clocks say: while it lives it
keeps its lease, and once it has ended its tasks are free. Where nothing is known of it, on
another host or stopped by a signal, the lease ends when its time is over; one that would end in
more than a minute is of a clock that was wrong, and does not count.
"""

import json
import os
import secrets
import socket
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from hailuo_nb.core.budget import REFUND_S, Others
from hailuo_nb.core.fork import in_child
from hailuo_nb.store import rate_limit
from hailuo_nb.store.database import Database
from hailuo_nb.store.rows import IS_OWN
from hailuo_nb.store.spending import PRICE_UNKNOWN

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
UNDER_WAY = """
SELECT tasks.id, state, holder, expires_at FROM tasks
LEFT JOIN leases ON leases.id = tasks.id
WHERE state IN ('waiting', 'submitting', 'queued', 'generating', 'saving')
"""

OTHERS = f"""
SELECT
    total(submitted_at > :since) AS sent,
    total(CASE WHEN submitted_at > :since
        THEN coalesce(nullif(price, 0), :price_unknown) END) AS credits,
    total(state = 'failed' AND coalesce(credits, 0) = 0) AS failed
FROM tasks
WHERE service = :service AND id != :without AND submitted_at > :since - :refund_s
    AND {IS_OWN} AND state != 'waiting' AND (state != 'failed' OR task_id IS NOT NULL)
"""  # noqa: S608 - our own statement
"""What else may have moved a balance: other tasks of one service, sent or failed in a while."""

BEING_MADE = f"""
SELECT count(*) AS count FROM tasks
WHERE state IN ('queued', 'generating') AND service = :service AND submitted_at > :since
    AND {IS_OWN}
"""  # noqa: S608 - our own statement


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


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderWay:
    """A task that has not ended; ``free`` says that no living process looks after it."""

    id: str
    state: str
    free: bool


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


class Holding:
    """One process among those that share a history."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._own = Holder()
        in_child(self._begin_anew)

    def _begin_anew(self) -> None:
        """In a forked child: it is another holder, and looks after none of its parent's tasks."""
        self._own = Holder()

    @property
    def holder(self) -> str:
        """The process, as it stands in its leases."""
        return str(self._own)

    @property
    def is_writable(self) -> bool:
        """Whether something can be recorded; what is there can be looked at in any case."""
        return self._database.is_writable

    def lease(self, id: str) -> bool:
        """Take or keep a task for this process; False while another looks after it."""
        found = self._found(id)
        if found is not None and not self._may_have(*found):
            return False
        holder, expires_at = found or ("", 0.0)
        facts = {
            "id": id,
            "holder": str(self._own),
            "found": holder,
            "found_expires_at": expires_at,
            "expires_at": time.time() + LEASE_S,
        }
        return self._database.write(TAKE, facts) == 1

    def holds(self, id: str) -> bool:
        """Return whether this process looks after a task."""
        facts = {"id": id, "holder": str(self._own)}
        return bool(self._database.read(HOLDS, facts))

    def held_elsewhere(self, id: str) -> bool:
        """Return whether another living process looks after a task."""
        found = self._found(id)
        return found is not None and not self._may_have(*found)

    def never_sent(self) -> list[str]:
        """Return the ids of the tasks that wait and that no living process looks after."""
        return [one.id for one in self.under_way() if one.state == "waiting" and one.free]

    def under_way(self) -> list[UnderWay]:
        """Return the tasks that have not ended, and which of them nobody looks after."""
        rows = self._database.read(UNDER_WAY, {})
        leased = {(row["holder"], row["expires_at"]) for row in rows if row["holder"] is not None}
        now, own = time.time(), self._own
        free = {lease for lease in leased if own.leaves_free(*lease, now)} | {(None, None)}
        return [
            UnderWay(
                id=row["id"],
                state=row["state"],
                free=(row["holder"], row["expires_at"]) in free,
            )
            for row in rows
            if isinstance(row["id"], str)
        ]

    def _found(self, id: str) -> tuple[object, object] | None:
        """Return who looks after a task, and until when unless it is renewed."""
        rows = self._database.read(FOUND, {"id": id})
        return (rows[0]["holder"], rows[0]["expires_at"]) if rows else None

    def _may_have(self, holder: object, expires_at: object) -> bool:
        own = self._own
        return holder == str(own) or own.leaves_free(holder, expires_at, time.time())

    def renew_leases(self) -> None:
        """Keep every task of this process for another while."""
        if not self._database.is_writable:
            return
        expires_at = time.time() + LEASE_S
        self._database.write(RENEW, {"holder": str(self._own), "expires_at": expires_at})

    def release(self, id: str | None = None) -> None:
        """Leave a task, or all of this process, to others."""
        if not self._database.is_writable:
            return
        sql = RELEASE if id else RELEASE_ALL
        self._database.write(sql, {"id": id, "holder": str(self._own)})

    def pass_gate(self, service: str, gate: str, *, count: int, window_s: float) -> float:
        """Take a pass if one is free; return 0, else the seconds until one may be."""
        now = time.time()
        facts = {"service": service, "gate": gate, "count": count, "window_s": window_s, "now": now}
        if self._database.write(rate_limit.GO, facts) == 1:
            self._database.write(rate_limit.FORGET, facts)
            return 0.0
        return max(0.01, float(self._database.read(rate_limit.FREE_AT, facts)[0]["free_at"]) - now)

    def pause_gate(self, service: str, gate: str, pause_s: float) -> None:
        """Let nobody pass for so many seconds: the service asked for a pause."""
        facts = {"service": service, "gate": gate, "until": time.time() + pause_s}
        self._database.write(rate_limit.PAUSE, facts)

    def others(self, service: str, *, without: str, since: float) -> Others:
        """Return what the other tasks of a service took since then (seconds since the epoch)."""
        facts = {"service": service, "without": without, "since": since}
        facts |= {"refund_s": REFUND_S, "price_unknown": PRICE_UNKNOWN}
        found = self._database.read(OTHERS, facts)
        sent, credits, failed = found[0] if found else (0, 0.0, 0)
        return Others(sent=int(sent), credits=credits, failed=int(failed))

    def being_made(self, service: str, *, since: float) -> int:
        """Return how many tasks that a service took after ``since`` have not ended, as last told.

        ``since`` is in seconds since the epoch; which process looks after them does not matter.
        """
        found = self._database.read(BEING_MADE, {"service": service, "since": since})
        return int(found[0]["count"]) if found else 0

    def upload_url(self, service: str, digest: str, *, since: float) -> str | None:
        """Return where an image was uploaded after ``since`` (seconds since the epoch)."""
        found = self._database.read(
            "SELECT url FROM uploads"
            " WHERE service = :service AND digest = :digest AND uploaded_at > :since",
            {"service": service, "digest": digest, "since": since},
        )
        url = found[0]["url"] if found else None
        return url if isinstance(url, str) else None

    def add_upload(self, service: str, digest: str, url: str, *, at: float) -> None:
        """Remember where an image was uploaded, and when."""
        self._database.write(
            "INSERT OR REPLACE INTO uploads (service, digest, url, uploaded_at)"
            " VALUES (:service, :digest, :url, :at)",
            {"service": service, "digest": digest, "url": url, "at": at},
        )
