"""Clips measured as they are saved or looked at, one at a time, beside everything else.

A thread waits for the process that measures; what it finds goes into the history, the sidecar
and the views. A person's own function may be any closure: it runs in that thread, and only
where clips are looked at. An earlier version's clips get their pictures there, too. It knows
what is due; it must not know how anything is measured.
"""

import logging
import threading
from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from hailuo_nb.core.fork import in_child
from hailuo_nb.core.measured import Measured, Value
from hailuo_nb.core.names import is_chain
from hailuo_nb.core.request import ImageRef
from hailuo_nb.core.task import Pictures, Snapshot
from hailuo_nb.errors import HailuoError, SavingError, StoreError, brief
from hailuo_nb.measures.measuring import measure_clip, measure_own
from hailuo_nb.measures.table import Measure, all_measures
from hailuo_nb.media.limits import Harmful, NoReader, Unreadable
from hailuo_nb.media.posters import clip_pictures
from hailuo_nb.media.sources import find_image
from hailuo_nb.runner.task import Task
from hailuo_nb.session.images import found_again
from hailuo_nb.store.gallery_queries import ByMeasure
from hailuo_nb.store.sidecar import write_sidecar

if TYPE_CHECKING:
    from hailuo_nb.session.session import Session

SLICE_S = 0.1
"""Waiting is cut into slices so that Interrupt takes effect at once."""

log = logging.getLogger("hailuo_nb")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    snapshot: Snapshot
    task: Task | None
    own: bool
    asked: bool = False
    """By a table, which has a column for each measure."""

    @property
    def now(self) -> Snapshot:
        """What is known of it by now."""
        return self.task.snapshot if self.task is not None else self.snapshot


class Measuring:
    """What is to be measured for a session, and its thread while there is any.

    Parameters
    ----------
    here
        The session: its history, its tasks, where its clips lie and who shows them.
    """

    def __init__(self, here: "Session") -> None:
        self._here = here
        self._changed = threading.Condition()
        self._waiting: deque[_Wanted] = deque()
        self._pending: dict[str, int] = {}
        self._in_vain: set[tuple[str, str, int]] = set()
        self._runs = self._closed = False
        in_child(self._leave_parents)

    def note(self, snapshot: Snapshot) -> None:
        """Measure a clip that has just been saved."""
        if snapshot.state == "done":
            self._add([_Wanted(snapshot=snapshot, task=self._here.own(snapshot.id), own=False)])

    def look(self, tasks: Iterable[Task]) -> list[Task]:
        """Measure what is not known yet of clips that are looked at, by one's own measures, too.

        Returns those of which something is not known yet.
        """
        return self._look(tasks, asked=False)

    def look_at_rows(self, known: Iterable[Snapshot]) -> None:
        """Measure what is not known yet of clips of the history."""
        for snapshot in known:
            self.note(snapshot)

    def wait(self, tasks: Iterable[Task]) -> None:
        """Measure these as `look` does, and hold until that is done."""
        self._hold(list(tasks), asked=False)

    def values(self, tasks: Sequence[Task]) -> list[dict[str, Value | None]]:
        """Return what every measure finds of each clip, by key; holds until that is known."""
        self._hold(tasks, asked=True)
        return [values_of(task.snapshot) for task in tasks]

    def _look(self, tasks: Iterable[Task], *, asked: bool) -> list[Task]:
        wanted = (
            _Wanted(snapshot=task.snapshot, task=task, own=True, asked=asked) for task in tasks
        )
        return [one.task for one in self._add(wanted) if one.task is not None]

    def _hold(self, tasks: Sequence[Task], *, asked: bool) -> None:
        self._look(tasks, asked=asked)
        ids = {task.id for task in tasks}
        with self._changed:
            while not self._closed and ids & self._pending.keys():
                self._changed.wait(SLICE_S)

    def close(self) -> None:
        """Measure nothing more; what is under way is not kept."""
        with self._changed:
            self._closed = True
            self._waiting.clear()
            self._changed.notify_all()

    def _leave_parents(self) -> None:
        """In a forked child: what is measured is its parent's, and nobody holds the lock."""
        self._changed = threading.Condition()
        self._waiting, self._pending, self._runs = deque(), {}, False

    def _add(self, wanted: Iterable[_Wanted]) -> list[_Wanted]:
        found = [
            one
            for one in wanted
            if one.snapshot.state == "done" and (self._due(one) or lacks_pictures(one.task))
        ]
        with self._changed:
            if self._closed or not found:
                return []
            for one in found:
                self._waiting.append(one)
                self._pending[one.snapshot.id] = self._pending.get(one.snapshot.id, 0) + 1
            begins, self._runs = not self._runs, True
        if begins:
            self._start()
        return found

    def _start(self) -> None:
        try:
            threading.Thread(target=self._run, name="hailuo-measures", daemon=True).start()
        except RuntimeError:  # no thread begins any more: the kernel ends
            self.close()

    def _run(self) -> None:
        while (one := self._next()) is not None:
            try:
                self._measure(one)
            except Exception:  # a clip is good without its measures
                log.exception("the clip of %s could not be measured", one.snapshot.id)
            with self._changed:
                left = self._pending[one.snapshot.id] - 1
                self._pending[one.snapshot.id] = left
                if not left:
                    del self._pending[one.snapshot.id]
                self._changed.notify_all()

    def _next(self) -> _Wanted | None:
        with self._changed:
            self._runs = bool(self._waiting)
            return self._waiting.popleft() if self._waiting else None

    def _due(self, one: _Wanted) -> list[Measure]:
        """Return the measures by which a clip is still to be measured, and can be."""
        if is_chain(one.snapshot.id) or not (one.asked or self._here.config.measures):
            return []
        known, id = one.now.measured, one.snapshot.id
        return [
            row
            for row in all_measures()
            if (one.own or not row.own)
            and not (row.key in known and known[row.key].version == row.version)
            and (id, row.key, row.version) not in self._in_vain
            and not row.missing
        ]

    def _measure(self, one: _Wanted) -> None:
        if one.task is not None and lacks_pictures(one.task) and not self._closed:
            picture(self._here, one.task)
        if one.task is None:  # it may have been measured since it was looked at
            one = replace(one, snapshot=self._here.history.get(one.snapshot.id) or one.snapshot)
        due = self._due(one)
        video = self._here.dispatch.clip_of(one.now) if due else None
        if video is None:
            return
        snapshot = replace(one.now, video=video)
        built_in = self._built_in(one, snapshot, [row for row in due if not row.own])
        found = built_in | {row.key: _by_own(row, video) for row in due if row.own}
        sound = {key for key, measured in found.items() if measured.version}
        self._in_vain |= {
            (snapshot.id, row.key, row.version) for row in due if row.key not in sound
        }
        if found and not self._closed:
            self._keep(one.now, video, {key: found[key] for key in sound})
            self._tell(one, found)

    def _built_in(
        self, one: _Wanted, snapshot: Snapshot, due: Collection[Measure]
    ) -> dict[str, Measured]:
        """Return what our own measures find, but for those whose image is not at hand."""
        images = {which: self._image(one, which) for which in ("image", "end_image")}
        lost = {which for which, data in images.items() if data is None}
        keys = {row.key for row in due if row.image not in lost}
        if not keys or snapshot.video is None:
            return {}
        prompt = snapshot.request.prompt
        start, end = images.values()
        try:
            return measure_clip(snapshot.video, prompt, start, end, keys=keys)
        except (Unreadable, Harmful, NoReader) as error:
            log.info("the clip of %s cannot be measured: %s", snapshot.id, error)
            return {}

    def _image(self, one: _Wanted, which: str) -> bytes | None:
        """Return an image that was sent, b"" where there was none, None where it is gone.

        What an imported page calls an image is looked for nowhere: it may be any file or address.
        """
        ref: ImageRef | None = getattr(one.snapshot.request, which)
        if ref is None:
            return b""
        if one.snapshot.imported is not None:
            return None
        load = one.task.sent_image(which) if one.task is not None else None
        try:
            return (load or self._found_again(ref) or _gone)()
        except (HailuoError, OSError):
            return None

    def _found_again(self, ref: ImageRef) -> Callable[[], bytes] | None:
        here = self._here
        find = partial(find_image, names=here.host.names, clips=here.dispatch.find)
        found = found_again(ref, find, clips=here.folder)
        return found[1].load if found is not None else None

    def _keep(self, known: Snapshot, video: Path, found: Mapping[str, Measured]) -> None:
        """Keep what was found in the history and beside the clip, where these can be written.

        Measuring takes its time: what else the sidecar says is as the history has it by then.
        """
        if not found:
            return
        with suppress(StoreError):
            recorded = self._here.history.get(known.id)
            if recorded is not None:
                self._here.history.measures.keep(known.id, found)
                known = recorded
        if video.with_suffix(".json").is_file():
            with suppress(SavingError):
                measured = {**known.measured, **found}
                write_sidecar(replace(known, video=video, measured=measured))

    def _tell(self, one: _Wanted, found: Mapping[str, Measured]) -> None:
        if one.task is not None:
            one.task.add_measured(found)
        else:
            self._here.tell(replace(one.snapshot, measured={**one.snapshot.measured, **found}))


def values_of(snapshot: Snapshot) -> dict[str, Value | None]:
    """Return a clip's value by every measure, None where it has none by today's definition."""
    known = {row.key: (row, snapshot.measured.get(row.key)) for row in all_measures()}
    return {
        key: one.value if one is not None and one.version == row.version else None
        for key, (row, one) in known.items()
    }


def order_of(sort: str) -> ByMeasure | None:
    """Return the order that "motion" or "motion:rising" names, None where it names none.

    "motion:falling" is "motion".
    """
    key, _, way = sort.partition(":")
    row = next((one for one in all_measures() if one.key == key and one.has_order), None)
    if row is None or way not in ("", "falling", "rising"):
        return None
    return ByMeasure(key=key, version=row.version, verdicts=row.verdicts, rising=way == "rising")


def _by_own(row: Measure, video: Path) -> Measured:
    """Return what a person's own function finds; what it raises is said in words."""
    try:
        return measure_own(video, row)
    except Exception as error:  # noqa: BLE001 - whatever a person's function raises
        return Measured(value=None, version=0, words=brief(f"{type(error).__name__}: {error}", 300))


def _gone() -> bytes:
    raise FileNotFoundError


def lacks_pictures(task: Task | None) -> bool:
    """Return whether a clip's pictures were never made."""
    return task is not None and task.state == "done" and task.snapshot.strip is None


def picture(here: "Session", task: Task) -> None:
    """Make a clip's poster and strip, keep them, and tell all who look."""
    video = here.dispatch.clip_of(task.snapshot)
    if video is None:
        return
    made = clip_pictures(video)
    with suppress(StoreError):
        if here.history.get(task.id) is not None:
            here.history.set_pictures(task.id, made)
    task.add_pictures(made or Pictures(poster=task.snapshot.poster or "", strip=()))
