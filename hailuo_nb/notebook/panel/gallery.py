"""The panel's gallery: pages of the history, and what moves in it, from whichever kernel.

This process's tasks say when they change; the history is watched for those of others. All that
has changed is told in one message, a few times a second at most, so the number of tasks never
decides the number of messages. It draws nothing.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from hailuo_nb.core.fork import ProcessLock
from hailuo_nb.core.models import find_model, short_name
from hailuo_nb.core.polling import estimate
from hailuo_nb.core.task import FINAL, Snapshot
from hailuo_nb.core.words import clipless_advice
from hailuo_nb.errors import OptionError
from hailuo_nb.session.measuring import order_of
from hailuo_nb.session.session import Session
from hailuo_nb.store.gallery_queries import Cursor, Wanted
from hailuo_nb.store.ratings import RatedElsewhere
from hailuo_nb.views.measures import orders_state
from hailuo_nb.views.panel.rows import row
from hailuo_nb.views.text import AWAY, plain

PAGE_TASKS = 24
LOOK_S = 0.5
"""Seconds between two messages, and between two looks for what other processes have written."""

FOLLOWED_MAX = 3
"""So many panels of a process are told of changes by themselves: those used last."""

POSTERS_MAX = 48
PIECE_BYTES = 512 * 1024
"""A clip that the page cannot load by itself travels in pieces of this size."""

_log = logging.getLogger("hailuo_nb")


class Gallery:
    """What one panel shows of the history.

    Parameters
    ----------
    here
        The session.
    tell
        Sends changed rows to the browser.
    """

    def __init__(self, here: Session, tell: Callable[[list[dict[str, Any]]], None]) -> None:
        self._here = here
        self._tell = tell
        self._lock = ProcessLock()
        self._telling = ProcessLock()
        self._told: dict[str, dict[str, Any]] = {}
        self._moving: set[str] = set()
        self._changed: set[str] = set()
        self._version: int | None = None
        self._rated = RatedElsewhere(here.history.ratings)
        self._since = time.time()
        self._is_looking = self._is_pausing = False
        self.is_open = True

    def follow(self) -> None:
        """Tell of changes from now on, for as long as this panel is one of those used last.

        A cell that is run again leaves its former panel behind: that one falls silent.
        """
        with _LOCK:
            _FOLLOWED[:] = [*(one for one in _FOLLOWED if one is not self), self][-FOLLOWED_MAX:]
            begins, self._is_looking = not self._is_looking, True
        if begins:
            self._version = None  # what came meanwhile was told to nobody
            self._here.watchers.append(self._note)
            self._here.runner().engine.spawn(self._keep_looking())

    def close(self) -> None:
        """Tell of nothing any more."""
        self.is_open = False
        with _LOCK:
            _FOLLOWED[:] = [one for one in _FOLLOWED if one is not self]

    def page(self, wish: Mapping[str, Any], cursor: Cursor | None = None) -> dict[str, Any]:
        """Return a page of tasks, newest first, with the numbers of all: JSON values only.

        Parameters
        ----------
        wish
            "group", "model" (a short name), "day", "text" and "hidden", as far as given; "sort"
            is a measure's key and "falling" or "rising", such as "motion:falling".
        cursor
            What the page before came with; None for the first one.
        """
        wanted, shelf = _wanted(wish), self._here.history.shelf
        by = order_of(plain(str(wish.get("sort") or "")))
        start = int(cursor[0]) if by and cursor else 0
        if by is None:
            found = shelf.page(wanted, PAGE_TASKS + 1, after=cursor)
        else:
            found = shelf.sorted_page(wanted, by, PAGE_TASKS + 1, start=start)
        shown, counts = found[:PAGE_TASKS], shelf.counts()
        rows = self._rows(shown)
        self._know(shown, rows)
        self._here.measuring.look_at_rows(shown)
        end: list[object] | None = [start + len(shown), ""] if by else None
        if shown and by is None:
            end = [shown[-1].created_at, shown[-1].id]
        return {
            "rows": rows,
            "more": len(found) > PAGE_TASKS,
            "total": shelf.total(wanted),
            "facets": {
                "group": [list(pair) for pair in counts.groups],
                "model": [[short_name(model), number] for model, number in counts.models],
                "day": [list(pair) for pair in counts.days],
                "hidden": counts.hidden,
            },
            "orders": orders_state(),
            "cursor": end,
        }

    def posters(self, ids: Sequence[str]) -> dict[str, str]:
        """Return the pictures of these tasks, as far as there are any, as ``data:`` URIs."""
        wanted = ids[:POSTERS_MAX]
        found = self._here.history.shelf.posters(wanted)
        for id in wanted:  # one that runs here may not have been written yet
            task = self._running(id)
            if id not in found and task is not None and task.poster:
                found[id] = task.poster
        return found

    def strip(self, id: str) -> list[str]:
        """Return the frames of a clip's moments as ``data:`` URIs, none where it has no strip."""
        return self._here.history.shelf.strip(id)

    def piece(self, id: str, start: int) -> tuple[int, bytes]:
        """Return the size of a task's clip and some of its bytes from ``start`` on."""
        known = self._here.history.get(id)
        clip = self._here.dispatch.clip_of(known) if known is not None else None
        if clip is None or start < 0:
            advice = clipless_advice(["done"]).replace("NAME", id)
            raise OptionError("The clip is not there any more.", advice=advice)
        try:
            with clip.open("rb") as file:
                file.seek(start)
                return clip.stat().st_size, file.read(PIECE_BYTES)
        except OSError as error:
            raise OptionError(f"The clip cannot be read: {error.strerror}.", advice="") from error

    def tell_of(self, ids: Iterable[str]) -> None:
        """Tell of these tasks at once, whether or not anything of them moves; never raises."""
        self._tell_what(lambda: self._known_rows(ids))

    def look(self) -> None:
        """Tell what has changed, here or elsewhere, and was not told yet; never raises."""
        self._tell_what(self._changed_here)
        self._tell_what(self._changed_elsewhere)

    def _note(self, snapshot: Snapshot) -> None:
        """Tell of a task of this process soon, with all others that change until then."""
        with self._lock:
            self._changed.add(snapshot.id)
            was_pausing, self._is_pausing = self._is_pausing, True
        if not was_pausing:
            self._here.runner().engine.later(LOOK_S, self._flush)

    def _flush(self) -> None:
        with self._lock:
            self._is_pausing = False
        self._tell_what(self._changed_here)

    def _tell_what(self, find: Callable[[], list[dict[str, Any]]]) -> None:
        """Tell what is found; where it cannot be, what was done before it stays done.

        One at a time: what was read earlier is told earlier, whichever thread tells it.
        """
        try:
            with self._telling:
                if rows := find():
                    self._tell(rows)
        except Exception:  # noqa: BLE001 - the looking goes on
            _log.exception("the gallery could not look at the history")

    def _known_rows(self, ids: Iterable[str]) -> list[dict[str, Any]]:
        found = self._here.history.shelf.some(list(ids))
        rows = self._rows(found)
        self._know(found, rows)
        return rows

    async def _keep_looking(self) -> None:
        while self._is_followed():
            self._tell_what(self._changed_elsewhere)
            await asyncio.sleep(LOOK_S)

    def _is_followed(self) -> bool:
        with _LOCK:
            self._is_looking = self in _FOLLOWED
            if not self._is_looking:
                self._here.watchers.remove(self._note)
            return self._is_looking

    def _changed_here(self) -> list[dict[str, Any]]:
        with self._lock:
            changed, self._changed = self._changed, set()
        return self._news(self._here.history.shelf.some(changed)) if changed else []

    def _changed_elsewhere(self) -> list[dict[str, Any]]:
        """Return what other processes have written: the record's version is theirs alone."""
        shelf = self._here.history.shelf
        version = shelf.version()
        with self._lock:
            known, since = set(self._moving), self._since
            is_still = version == self._version
            self._version = version
            if is_still:
                return []
            rated = self._rated.look()
        moved = shelf.moving(known, since=since)
        rated -= {snapshot.id for snapshot in moved}
        return self._news([*moved, *(shelf.some(rated) if rated else ())])

    def _news(self, found: Sequence[Snapshot]) -> list[dict[str, Any]]:
        """Return the rows that the browser was not told yet, and remember them."""
        rows = self._rows(found)
        with self._lock:
            changed = [one for one in rows if self._told.get(one["id"]) != one]
        self._know(found, rows)
        return changed

    def _know(self, found: Sequence[Snapshot], rows: Sequence[dict[str, Any]]) -> None:
        """Remember what the browser has been told, and which of it goes on."""
        with self._lock:
            for snapshot, one in zip(found, rows, strict=True):
                self._since = max(self._since, snapshot.created_at)
                if one["final"]:
                    self._moving.discard(snapshot.id)
                else:
                    self._moving.add(snapshot.id)
                if one["final"] and not snapshot.unreadable:
                    self._told.pop(snapshot.id, None)
                else:  # an unreadable one may be looked at for ever
                    self._told[snapshot.id] = one

    def _rows(self, found: Sequence[Snapshot]) -> list[dict[str, Any]]:
        """Return what is told of these tasks; what runs here is newer than its record."""
        ids = [known.id for known in found]
        hidden = self._here.history.shelf.hidden(ids)
        pictured = self._here.history.shelf.pictured(ids)
        return [
            self._row(known, hidden=known.id in hidden, is_pictured=known.id in pictured)
            for known in found
        ]

    def _row(self, known: Snapshot, *, hidden: bool, is_pictured: bool) -> dict[str, Any]:
        running = self._running(known.id)
        now = self._here.dispatch.as_it_lies(known)
        now = replace(running, name=known.name) if running is not None else now
        if now.state not in FINAL and now.estimate is None:
            now = replace(now, estimate=self._usual(now))
        clip = self._here.dispatch.clip_of(now) if now.state == "done" else None
        src = self._address(clip, now.id) if clip is not None else None
        has_picture = is_pictured or now.poster is not None
        return row(now, src=src, here=running is not None, hidden=hidden, has_picture=has_picture)

    def _running(self, id: str) -> Snapshot | None:
        """Return a task as this process knows it, None where it does not run here."""
        task = self._here.own(id)
        return task.snapshot if task is not None and task.state not in FINAL else None

    def _usual(self, known: Snapshot) -> Any:
        shared = self._here.runner().shared
        took_s = self._here.history.durations_s(known.request, known.service)
        return estimate(took_s, table_median_s=shared.table_median_s)

    def _address(self, clip: Path, id: str) -> str:
        host = self._here.host
        relative = None if host.is_colab else host.relative_address(clip)
        return relative if relative is not None else f"{AWAY}{id}"


_FOLLOWED: list[Gallery] = []
_LOCK = ProcessLock()


def _wanted(wish: Mapping[str, Any]) -> Wanted:
    group = wish.get("group")
    return Wanted(
        group=cast(Any, group) if group in ("running", "done", "failed") else None,
        model=_model_id(plain(str(wish.get("model") or ""))),
        day=plain(str(wish.get("day") or "")) or None,
        text=plain(str(wish.get("text") or "")[:500]),
        hidden=wish.get("hidden") is True,
    )


def _model_id(name: str) -> str | None:
    try:
        return find_model(name).id if name else None
    except OptionError:  # a model of the history that the catalogue has no more
        return name
