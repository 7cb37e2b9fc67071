"""The history: every task ever asked for, committed before its first byte leaves.

It knows rows and snapshots, never the service.
"""

import os
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Self

from hailuo_nb.core.request import Request
from hailuo_nb.core.task import FINAL, Snapshot, State
from hailuo_nb.store import gates, leases
from hailuo_nb.store.database import Database
from hailuo_nb.store.peek import HISTORY
from hailuo_nb.store.rows import changing, family, from_row, to_row
from hailuo_nb.store.shelf import Shelf
from hailuo_nb.store.spending import Budget

ESTIMATE_TASKS_MAX = 200


class History:
    """The history in one folder.

    Parameters
    ----------
    home
        The folder; made with mode 0700 when missing.
    """

    def __init__(self, home: Path) -> None:
        self.path = home / HISTORY
        self._database = Database(self.path)
        self._own = leases.Holder()
        self.budget = Budget(self._database.read, self._database.write)
        self.shelf = Shelf(self._database)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def _holder(self) -> leases.Holder:
        """Who this process is to the leases; a forked child is another."""
        if self._own.pid != os.getpid():
            self._own = leases.Holder()
        return self._own

    def exists(self) -> bool:
        """Return whether anything was ever recorded here."""
        return self.path.exists()

    def close(self) -> None:
        """Close the file; it is opened again by the next use."""
        self._database.close()

    def add(
        self,
        snapshot: Snapshot,
        *,
        folder: Path,
        notebook: str | None = None,
        key_print: str | None = None,
        allow: Callable[[], None] | None = None,
    ) -> None:
        """Record a new task; when this returns it survives a power cut.

        Parameters
        ----------
        snapshot
            The task: "waiting", or "queued" where it was made elsewhere.
        folder
            Where its clip will be saved.
        notebook
            The notebook's path, where known.
        key_print
            A salted fingerprint of the key it is made with; never the key.
        allow
            Called while nobody else can write; where it raises, nothing is recorded.
        """
        row = to_row(snapshot)
        row |= {"folder": str(folder), "notebook": notebook, "key_print": key_print}
        columns = ", ".join(row)
        places = ", ".join(f":{column}" for column in row)
        with self._database.transaction():
            if allow is not None:
                allow()
            self._database.write(f"INSERT INTO tasks ({columns}) VALUES ({places})", row)  # noqa: S608 - our own column names

    def save(self, snapshot: Snapshot) -> bool:
        """Record what changed; False, and nothing is, unless this process holds the task.

        A final state leaves the task to others in the same moment.
        """
        if snapshot.state not in FINAL:
            return self._update(snapshot, leases.IS_HELD)
        with self._database.transaction():
            saved = self._update(snapshot, leases.IS_HELD)
            self.release(snapshot.id)
        return saved

    def begin_submit(self, snapshot: Snapshot) -> bool:
        """Record that a submit begins; False where it must not.

        It must not where the row is no longer "waiting" or another process holds it.
        """
        return self._update(snapshot, f"state = 'waiting' AND {leases.IS_HELD}")

    def accept(self, snapshot: Snapshot) -> bool:
        """Record the service's id of a task, whoever holds it; False where it has one."""
        return self._update(snapshot, "task_id IS NULL")

    def together(self) -> AbstractContextManager[None]:
        """Commit what the block writes once, at its end."""
        return self._database.transaction()

    def rename(self, id: str, name: str) -> None:
        """Give a task another name, whoever looks after it."""
        self._database.write(
            "UPDATE tasks SET name = :name WHERE id = :id", {"id": id, "name": name}
        )

    def get(self, id: str) -> Snapshot | None:
        """Return the task of a local id."""
        return self._one("id = :id", {"id": id})

    def find(self, handle: str) -> Snapshot | None:
        """Return the newest task of this local id, name or service's task id."""
        return self._one("id = :handle OR name = :handle OR task_id = :handle", {"handle": handle})

    def same(self, request: Request, service: str) -> Snapshot | None:
        """Return the newest task that asked one service for exactly this."""
        return self._one("identity = :identity", {"identity": request.identity(service)})

    def last_sample(self, request: Request, service: str) -> int:
        """Return the highest sample number of this request, 0 without any."""
        found = self._database.read(
            "SELECT max(sample) AS last FROM tasks WHERE family = :family",
            {"family": family(request, service)},
        )
        return int(found[0]["last"] or 0) if found else 0

    def folder_of(self, id: str) -> Path | None:
        """Return where the clip of a local id belongs."""
        found = self._database.read("SELECT folder FROM tasks WHERE id = :id", {"id": id})
        return Path(found[0]["folder"]) if found else None

    def key_print_of(self, id: str) -> str | None:
        """Return the fingerprint of the key that a task was made with."""
        found = self._database.read("SELECT key_print FROM tasks WHERE id = :id", {"id": id})
        return found[0]["key_print"] if found else None

    def unfinished(self) -> list[Snapshot]:
        """Return the tasks that were under way when they were last heard of, oldest first."""
        final = ", ".join(f"'{state}'" for state in sorted(FINAL))
        return self._many(f"state NOT IN ({final}) ORDER BY created_at", {})

    def newest(self, limit: int, *, state: State | None = None) -> list[Snapshot]:
        """Return up to ``limit`` tasks, newest first, of one state or of all."""
        wanted = "state = :state" if state else "1"
        return self._many(
            f"{wanted} ORDER BY created_at DESC LIMIT :limit", {"state": state, "limit": limit}
        )

    def durations_s(self, request: Request, service: str) -> list[float]:
        """Return how many seconds the person's own tasks of this kind took, newest first."""
        found = self._database.read(
            "SELECT finished_at - submitted_at AS took FROM tasks"
            " WHERE service = :service AND model = :model AND duration_s = :duration_s"
            " AND resolution = :resolution AND state = 'done' AND submitted_at IS NOT NULL"
            " ORDER BY created_at DESC LIMIT :limit",
            {
                "service": service,
                "model": request.model,
                "duration_s": request.duration_s,
                "resolution": request.resolution,
                "limit": ESTIMATE_TASKS_MAX,
            },
        )
        return [float(row["took"]) for row in found if row["took"]]

    def set_poster(self, id: str, uri: str) -> None:
        """Keep a small picture of a task, as a ``data:`` URI."""
        self._database.write(
            "INSERT OR REPLACE INTO posters (id, uri) VALUES (:id, :uri)", {"id": id, "uri": uri}
        )

    def upload_url(self, service: str, digest: str, *, since: float) -> str | None:
        """Return where an image was uploaded after ``since`` (seconds since the epoch)."""
        found = self._database.read(
            "SELECT url FROM uploads"
            " WHERE service = :service AND digest = :digest AND uploaded_at > :since",
            {"service": service, "digest": digest, "since": since},
        )
        return str(found[0]["url"]) if found else None

    def add_upload(self, service: str, digest: str, url: str, *, at: float) -> None:
        """Remember where an image was uploaded, and when."""
        self._database.write(
            "INSERT OR REPLACE INTO uploads (service, digest, url, uploaded_at)"
            " VALUES (:service, :digest, :url, :at)",
            {"service": service, "digest": digest, "url": url, "at": at},
        )

    def lease(self, id: str) -> bool:
        """Take or keep a task for this process; False while another looks after it."""
        found = self._database.read(leases.HOLDER, {"id": id})
        holder = str(found[0]["holder"]) if found else ""
        gone = holder if self._holder.is_gone(holder) else ""
        now = time.time()
        facts = {"id": id, "gone": gone, "now": now, "expires_at": now + leases.LEASE_S}
        return self._database.write(leases.TAKE, facts | {"holder": str(self._holder)}) == 1

    def holds(self, id: str) -> bool:
        """Return whether this process looks after a task."""
        facts: dict[str, object] = {"id": id, "holder": str(self._holder)}
        return bool(self._database.read(leases.HOLDS, facts))

    def held_elsewhere(self, id: str) -> bool:
        """Return whether another living process looks after a task."""
        facts = {"id": id, "holder": str(self._holder), "now": time.time()}
        found = self._database.read(leases.HELD, facts)
        return any(not self._holder.is_gone(str(row["holder"])) for row in found)

    def renew_leases(self) -> None:
        """Keep every task of this process for another while."""
        expires_at = time.time() + leases.LEASE_S
        self._database.write(leases.RENEW, {"holder": str(self._holder), "expires_at": expires_at})

    def release(self, id: str | None = None) -> None:
        """Leave a task, or all of this process, to others."""
        sql = leases.RELEASE if id else leases.RELEASE_ALL
        self._database.write(sql, {"id": id, "holder": str(self._holder)})

    def pass_gate(self, service: str, gate: str, *, count: int, window_s: float) -> float:
        """Take a pass if one is free; return 0, else the seconds until one may be."""
        now = time.time()
        facts = {"service": service, "gate": gate, "count": count, "window_s": window_s, "now": now}
        if self._database.write(gates.GO, facts) == 1:
            self._database.write(gates.FORGET, facts)
            return 0.0
        return max(0.01, float(self._database.read(gates.FREE_AT, facts)[0]["free_at"]) - now)

    def pause_gate(self, service: str, gate: str, pause_s: float) -> None:
        """Let nobody pass for so many seconds: the service asked for a pause."""
        facts = {"service": service, "gate": gate, "until": time.time() + pause_s}
        self._database.write(gates.PAUSE, facts)

    def _update(self, snapshot: Snapshot, only_if: str) -> bool:
        row = changing(snapshot)
        sets = ", ".join(f"{column} = :{column}" for column in row)
        facts = row | {"id": snapshot.id, "holder": str(self._holder)}
        return (
            self._database.write(f"UPDATE tasks SET {sets} WHERE id = :id AND {only_if}", facts)  # noqa: S608 - our own columns
            == 1
        )

    def _one(self, wanted: str, values: dict[str, object]) -> Snapshot | None:
        found = self._many(f"{wanted} ORDER BY created_at DESC LIMIT 1", values)
        return found[0] if found else None

    def _many(self, wanted: str, values: dict[str, object]) -> list[Snapshot]:
        rows = self._database.read(
            "SELECT tasks.*, posters.uri AS poster_uri FROM tasks"  # noqa: S608 - our own conditions
            f" LEFT JOIN posters USING (id) WHERE {wanted}",
            values,
        )
        return [from_row(dict(row), row["poster_uri"]) for row in rows]
