"""The history: every task ever asked for, committed before its first byte leaves.

It knows rows and snapshots, never the service.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Literal, Self

from hailuo_nb.core.rating import Rating
from hailuo_nb.core.request import Request
from hailuo_nb.core.task import FINAL, Pictures, Snapshot, State, taken_up
from hailuo_nb.store import leases
from hailuo_nb.store.answers import Answers
from hailuo_nb.store.credentials import salt_of
from hailuo_nb.store.database import Database, Values
from hailuo_nb.store.experiments import Experiments
from hailuo_nb.store.gallery_queries import Shelf
from hailuo_nb.store.leases import Holding
from hailuo_nb.store.measures import Measures
from hailuo_nb.store.opening import HISTORY, is_there, none_of
from hailuo_nb.store.ratings import Ratings
from hailuo_nb.store.rows import IS_OWN, SAMPLE_MAX, STAND_IN, changing, from_row, to_row
from hailuo_nb.store.shared_ids import tell_ids
from hailuo_nb.store.spending import Budget
from hailuo_nb.store.votes import Votes
from hailuo_nb.store.word_index import WordIndex

ESTIMATE_TASKS_MAX = 200
SAME_MAX = 9

SET_POSTER = "INSERT OR REPLACE INTO posters (id, uri) VALUES (:id, :uri)"
SET_STRIP = "INSERT OR REPLACE INTO strips (id, uris) VALUES (:id, :uris)"

LAST = "tasks.rowid DESC"
"""The row that was recorded last comes first, whatever the clock said then."""

UNLESS_BEFORE = "(created_at > :since OR created_at < 0 OR created_at IS NULL)"
"""What was made since then; a text is later than any number to SQLite."""

BEST = f"""
CASE WHEN state IN ('failed', 'stopped') AND task_id IS NULL THEN 2
     WHEN state = 'failed' THEN 1 ELSE 0 END, identity != :identity, {LAST}
"""
"""What is there comes first, then what failed, then what never came to be; each as it was typed."""


class History(Holding):
    """The history in one folder.

    Parameters
    ----------
    home
        The folder; made with mode 0700 when missing.
    only_looks
        Whether nothing is ever written by it, and the file read as it lies there.
    """

    def __init__(self, home: Path, *, only_looks: bool = False) -> None:
        self.path = home / HISTORY
        super().__init__(Database(self.path, only_looks=only_looks))
        self.budget = Budget(self._database.read, self._database.write)
        self._index = WordIndex(self._database)
        self.ratings = Ratings(self._database, self._index)
        self.shelf = Shelf(self._database, self._index)
        self.experiments = Experiments(self._database)
        self.votes = Votes(self._database)
        self.measures = Measures(self._database)
        self.answers = Answers(self._database)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *of_error: object) -> None:
        self.close()

    def exists(self) -> bool:
        """Return whether anything was ever recorded here."""
        return is_there(self.path)

    def check(self) -> int:
        """Return how many tasks there are, after the close look of `store.health`."""
        from hailuo_nb.store.health import check

        return check(self._database)

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
        price: float | None = None,
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
            The name of the notebook's file, where known.
        key_print
            A salted fingerprint of the key it is made with; never the key.
        price
            What it takes in credits, where that is known better than by the table.
        allow
            Called while nobody else can write; where it raises, nothing is recorded.
        """
        row = to_row(snapshot)
        row |= {"folder": str(folder), "notebook": notebook, "key_print": key_print}
        row |= {} if price is None else {"price": price}
        columns = ", ".join(row)
        places = ", ".join(f":{column}" for column in row)
        self._database.check_place()
        with self._database.transaction():
            if allow is not None:
                allow()
            self._database.write(f"INSERT INTO tasks ({columns}) VALUES ({places})", row)  # noqa: S608 - our own column names
            if snapshot.poster is not None:
                self.set_poster(snapshot.id, snapshot.poster)
            self._index.renew(snapshot.id)

    def take_in(self, clips: Sequence[Snapshot], *, folder: Path) -> int:
        """Record clips that were made elsewhere, with all that is said of them, all or none.

        One that another process has taken in meanwhile stays as it is. Returns how many are new.

        Parameters
        ----------
        clips
            Done and imported; with pictures, ratings and measures.
        folder
            Where they were saved.
        """
        self._database.check_place()
        with self._database.transaction():
            there = {one.id for one in self.shelf.some({one.id for one in clips})}
            clips = [one for one in clips if one.id not in there]
            rows = [to_row(one) | {"folder": str(folder)} for one in clips]
            columns = list(rows[0]) if rows else []
            places = ", ".join(f":{column}" for column in columns)
            into = f"INSERT INTO tasks ({', '.join(columns)}) VALUES ({places})"  # noqa: S608 - ours
            self._database.write_all(into, rows)
            posters = [{"id": one.id, "uri": one.poster} for one in clips if one.poster]
            self._database.write_all(SET_POSTER, posters)
            strips = [{"id": one.id, "uris": " ".join(one.strip)} for one in clips if one.strip]
            self._database.write_all(SET_STRIP, strips)
            self.ratings.keep_all({one.id: one.rating for one in clips if one.rating})
            self.measures.keep_all({one.id: one.measured for one in clips})
            self._index.renew_all([one.id for one in clips])
        return len(clips)

    def save(self, snapshot: Snapshot) -> bool:
        """Record what changed; False, and nothing is, unless this process holds the task.

        A final state leaves the task to others in the same moment. A record that cannot be
        read is kept as it is.
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

        Raises
        ------
        StoreError
            Nobody would find the record again: the file was moved or replaced.
        """
        self._database.check_place()
        due = f"state = 'waiting' AND {leases.IS_HELD}"
        return not snapshot.unreadable and self._update(snapshot, due)

    def accept(self, snapshot: Snapshot) -> bool:
        """Record the service's id of a task, whoever holds it; False where it has one.

        Waits for nobody for long: an id has a second place, and is written again.
        """
        with self._database.briefly(), self._database.transaction():
            accepted = self._update(snapshot, "task_id IS NULL")
            if not snapshot.unreadable:
                tell_ids(self._database, snapshot, accepted=accepted)
        return accepted

    def together(self) -> AbstractContextManager[None]:
        """Commit what the block writes once, at its end."""
        return self._database.transaction()

    def rename(self, id: str, name: str) -> None:
        """Give a task another name, whoever looks after it."""
        facts = {"id": id, "name": name}
        with self._database.transaction():
            self._database.write("UPDATE tasks SET name = :name WHERE id = :id", facts)
            self._index.renew(id)

    def move(self, id: str, folder: Path) -> None:
        """Have a task's clip belong to another folder."""
        facts = {"id": id, "folder": str(folder)}
        self._database.write("UPDATE tasks SET folder = :folder WHERE id = :id", facts)

    def rating(self, id: str) -> Rating | None:
        """Return what the person thinks of a task's clip, None where nothing is kept."""
        return self.ratings.of([id]).get(id)

    def keep_answer(self, id: str, at: float, told: Mapping[str, object]) -> None:
        """Keep what may be shown of an answer, so many seconds after its task was sent."""
        self.answers.keep(id, at, told)

    def rate(self, id: str, change: Callable[[Rating | None], Rating]) -> Rating:
        """Make another rating of the one that is kept now; return it."""
        return self.ratings.change(id, change)

    def get(self, id: str) -> Snapshot | None:
        """Return the task of a local id."""
        return self._one("id = :id", {"id": id}) or self._without_id(id)

    def find(self, handle: str) -> Snapshot | None:
        """Return the newest task of this local id, name or service's task id."""
        wanted = "id = :handle OR name = :handle OR task_id = :handle"
        return self._one(wanted, {"handle": handle}) or self._without_id(handle)

    def of_task(self, service: str, task_id: str) -> Snapshot | None:
        """Return the task that one service knows by this id."""
        facts = {"service": service, "task_id": task_id}
        return self._one("service = :service AND task_id = :task_id", facts)

    def of_clip(self, sha256: str) -> Snapshot | None:
        """Return the newest task of one's own whose clip has this digest."""
        return self._one(f"sha256 = :sha256 AND {IS_OWN}", {"sha256": sha256})

    def same(self, request: Request, service: str) -> Snapshot | None:
        """Return the task that stands for this request to one service.

        It asked for exactly this, or for what looks equal. One that failed stands for it only
        where none is under way or done; one that cannot be read and never left, where there is
        no other.
        """
        identity, alike = request.digests(service)
        return self._standing(
            "(identity = :identity OR (alike = :alike AND sample = :sample))",
            {"identity": identity, "alike": alike, "sample": request.sample},
        )

    def recorded(self, digests: Iterable[str]) -> frozenset[str]:
        """Return those digests of requests that a task has: what has none is new."""
        some = "IN (SELECT value FROM json_each(:digests))"
        found = self._database.read(
            f"SELECT identity AS digest FROM tasks WHERE identity {some}"  # noqa: S608 - ours
            f" UNION SELECT alike FROM tasks WHERE alike {some}",
            {"digests": json.dumps(list(digests))},
        )
        return frozenset(row["digest"] for row in found)

    def _standing(self, wanted: str, values: Values) -> Snapshot | None:
        found = self._many(f"{wanted} ORDER BY {BEST} LIMIT {SAME_MAX}", values)
        stands = (one for one in found if not (one.unreadable and taken_up(one, clip=None) is None))
        return next(stands, found[0] if found else None)

    def of_identity(self, identity: str) -> Snapshot | None:
        """Return the task that stands for exactly this identity, as `same` chooses."""
        return self._standing("identity = :identity", {"identity": identity})

    def last_sample(self, request: Request, service: str) -> int:
        """Return the highest sample number of this request, 0 without any."""
        family, alike = request.family(service), request.alike(service)
        found = self._database.read(
            "SELECT max(sample) AS last FROM tasks WHERE (family = :family OR alike = :alike)"
            " AND sample BETWEEN 1 AND :most",
            {"family": family, "alike": alike, "most": SAMPLE_MAX},
        )
        return int(found[0]["last"] or 0) if found else 0

    def folder_of(self, id: str) -> Path | None:
        """Return where the clip of a local id belongs."""
        folder = self._text_of(id, "folder")
        return Path(folder) if folder else None

    def key_print_of(self, id: str) -> str | None:
        """Return the fingerprint of the key that a task was made with."""
        return self._text_of(id, "key_print")

    def set_key_print(self, id: str, key_print: str | None) -> None:
        """Record that another key sends a task than the one it was recorded with."""
        facts = {"id": id, "key_print": key_print}
        self._database.write("UPDATE tasks SET key_print = :key_print WHERE id = :id", facts)

    def salt(self) -> bytes:
        """Return the salt of the keys' fingerprints."""
        return salt_of(self._database)

    def unfinished(self) -> list[Snapshot]:
        """Return the tasks that were under way when they were last heard of, oldest first."""
        return self._many(f"{none_of(FINAL)} ORDER BY created_at", {})

    def unreadable(self) -> list[Snapshot]:
        """Return the tasks whose record cannot be read, oldest first; looks at every one."""
        found, last = list[Snapshot](), -1
        wanted = "tasks.rowid > :last ORDER BY tasks.rowid LIMIT 500"
        while rows := self._rows(wanted, {"last": last}):
            last = rows[-1]["rowid"]
            found += [known for row in rows if (known := from_row(row)).unreadable]
        return found

    def without_id(self) -> list[Snapshot]:
        """Return the tasks that may be at the service under an unknown id."""
        return self._many("task_id IS NULL AND state IN ('submitting', 'unsure')", {})

    def newest(
        self, limit: int, *, state: State | None = None, since: float | None = None
    ) -> list[Snapshot]:
        """Return up to ``limit`` tasks, newest first, of one state or of all.

        Only those made after ``since`` (seconds since the epoch), and those without a date.
        """
        wanted = "state = :state" if state else "1"
        if since is not None:
            wanted += f" AND {UNLESS_BEFORE}"
        facts = {"state": state, "limit": limit, "since": since}
        return self._many(f"{wanted} ORDER BY created_at DESC LIMIT :limit", facts)

    def durations_s(self, request: Request, service: str) -> list[float]:
        """Return how many seconds the person's own tasks of this kind took, newest first."""
        found = self._database.read(
            "SELECT finished_at - submitted_at AS took FROM tasks"  # noqa: S608 - our own condition
            " WHERE service = :service AND model = :model AND duration_s = :duration_s"
            " AND resolution = :resolution AND state = 'done' AND submitted_at IS NOT NULL"
            f" AND {IS_OWN} ORDER BY created_at DESC LIMIT :limit",
            {
                "service": service,
                "model": request.model,
                "duration_s": request.duration_s,
                "resolution": request.resolution,
                "limit": ESTIMATE_TASKS_MAX,
            },
        )
        return [float(row["took"]) for row in found if row["took"] and row["took"] > 0]

    def set_poster(self, id: str, uri: str) -> None:
        """Keep a small picture of a task, as a ``data:`` URI."""
        self._database.write(SET_POSTER, {"id": id, "uri": uri})

    def set_pictures(self, id: str, pictures: Pictures | None) -> None:
        """Keep the pictures of a task's clip, or that it has none."""
        if pictures is not None:
            self.set_poster(id, pictures.poster)
        uris = " ".join(pictures.strip) if pictures is not None else ""
        self._database.write(SET_STRIP, {"id": id, "uris": uris})

    def _update(self, snapshot: Snapshot, only_if: str) -> bool:
        row = changing(snapshot)
        if snapshot.unreadable:  # kept as it is, but for an id where there is none
            if only_if == leases.IS_HELD:
                return self.holds(snapshot.id)
            row = {"task_id": snapshot.task_id}
        sets = ", ".join(f"{column} = :{column}" for column in row)
        facts = row | {"id": snapshot.id, "holder": str(self._own)}
        sql = f"UPDATE tasks SET {sets} WHERE id = :id AND {only_if}"  # noqa: S608 - our own columns
        return self._database.write(sql, facts) == 1

    def _without_id(self, handle: str) -> Snapshot | None:
        """Return the task that is called by its place, for its own id cannot be read."""
        place = handle.removeprefix(STAND_IN)
        if place == handle or not (place.isascii() and place.isdigit() and len(place) < 19):
            return None
        known = self._one("tasks.rowid = :place", {"place": int(place)})
        return known if known is not None and known.id == handle else None

    def _text_of(self, id: str, column: Literal["folder", "key_print"]) -> str | None:
        found = self._database.read(f"SELECT {column} FROM tasks WHERE id = :id", {"id": id})  # noqa: S608
        told = found[0][column] if found else None
        return told if isinstance(told, str) else None

    def _one(self, wanted: str, values: Values) -> Snapshot | None:
        found = self._many(f"{wanted} ORDER BY {LAST} LIMIT 1", values)
        return found[0] if found else None

    def _many(self, wanted: str, values: Values) -> list[Snapshot]:
        rows = self._rows(wanted, values)
        measured = self.measures.of([row["id"] for row in rows if row["state"] == "done"])
        rated = self.ratings.of([row["id"] for row in rows])
        return [
            from_row(
                row,
                row["poster_uri"],
                row["strip_uris"],
                measured.get(row["id"]),
                rated.get(row["id"]),
            )
            for row in rows
        ]

    def _rows(self, wanted: str, values: Values) -> list[dict[str, Any]]:
        rows = self._database.read(
            "SELECT tasks.rowid AS rowid, tasks.*, posters.uri AS poster_uri,"  # noqa: S608 - our own conditions
            " strips.uris AS strip_uris FROM tasks"
            f" LEFT JOIN posters USING (id) LEFT JOIN strips USING (id) WHERE {wanted}",
            values,
        )
        return [dict(row) for row in rows]
