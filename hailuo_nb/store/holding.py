"""What the kernels on one history share: who looks after a task, who may send, what is up.

The words of leases and passes are those of `leases` and `rate_limit`; this runs them
for one process.
"""

import time

from hailuo_nb.core.evidence import REFUND_S, Others
from hailuo_nb.core.fork import in_child
from hailuo_nb.store import leases, rate_limit
from hailuo_nb.store.database import Database
from hailuo_nb.store.others import OTHERS
from hailuo_nb.store.spending import PRICE_UNKNOWN


class Holding:
    """One process among those that share a history."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._own = leases.Holder()
        in_child(self._begin_anew)

    def _begin_anew(self) -> None:
        """In a forked child: it is another holder, and looks after none of its parent's tasks."""
        self._own = leases.Holder()

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
            "expires_at": time.time() + leases.LEASE_S,
        }
        return self._database.write(leases.TAKE, facts) == 1

    def holds(self, id: str) -> bool:
        """Return whether this process looks after a task."""
        facts: dict[str, object] = {"id": id, "holder": str(self._own)}
        return bool(self._database.read(leases.HOLDS, facts))

    def held_elsewhere(self, id: str) -> bool:
        """Return whether another living process looks after a task."""
        found = self._found(id)
        return found is not None and not self._may_have(*found)

    def never_sent(self) -> list[str]:
        """Return the ids of the tasks that wait and that no living process looks after."""
        rows = self._database.read(leases.NEVER_SENT, {})
        leased = {(row["holder"], row["expires_at"]) for row in rows if row["holder"] is not None}
        now, own = time.time(), self._own
        free = {lease for lease in leased if own.leaves_free(*lease, now)} | {(None, None)}
        idle = [row["id"] for row in rows if (row["holder"], row["expires_at"]) in free]
        return [id for id in idle if isinstance(id, str)]

    def _found(self, id: str) -> tuple[object, object] | None:
        """Return who looks after a task, and until when unless it is renewed."""
        rows = self._database.read(leases.FOUND, {"id": id})
        return (rows[0]["holder"], rows[0]["expires_at"]) if rows else None

    def _may_have(self, holder: object, expires_at: object) -> bool:
        own = self._own
        return holder == str(own) or own.leaves_free(holder, expires_at, time.time())

    def renew_leases(self) -> None:
        """Keep every task of this process for another while."""
        if not self._database.is_writable:
            return
        expires_at = time.time() + leases.LEASE_S
        self._database.write(leases.RENEW, {"holder": str(self._own), "expires_at": expires_at})

    def release(self, id: str | None = None) -> None:
        """Leave a task, or all of this process, to others."""
        if not self._database.is_writable:
            return
        sql = leases.RELEASE if id else leases.RELEASE_ALL
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
