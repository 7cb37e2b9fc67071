"""What a person thinks of a task's clip, read and changed as attributes of the task.

It knows a journal that keeps ratings; it must not know where that lies.
"""

from collections.abc import Callable, Iterable, Iterator, MutableSet
from contextlib import suppress
from dataclasses import replace
from typing import Any

from hailuo_nb.core.rating import (
    Rating,
    bare_tag,
    check_note,
    check_stars,
    check_tag,
    check_tags,
    with_tag,
    without_tag,
)
from hailuo_nb.core.task import Snapshot
from hailuo_nb.core.values import flag
from hailuo_nb.errors import SavingError
from hailuo_nb.runner.engine import Engine
from hailuo_nb.runner.job import Job

TELL_TIMEOUT_S = 30.0


class Rated:
    """A clip that a person may rate; each change is kept at once, for all kernels."""

    _job: Job
    _engine: Engine

    @property
    def rating(self) -> Rating:
        """All that the person thinks of it, as the history has it now."""
        snapshot = self._job.snapshot
        kept = self._job.journal.rating(snapshot.id)
        return snapshot.rating if kept is None else kept

    @property
    def stars(self) -> int | None:
        """1 to 5, None where none were given; set 0 or None to take them back."""
        return self.rating.stars

    @stars.setter
    def stars(self, stars: int | None) -> None:
        checked = check_stars(stars)
        self.rate(lambda now: replace(now, stars=checked))

    @property
    def note(self) -> str:
        """The person's own words, "" without any; at most 2000 characters."""
        return self.rating.note

    @note.setter
    def note(self, note: str) -> None:
        checked = check_note(note)
        self.rate(lambda now: replace(now, note=checked))

    @property
    def wins(self) -> bool:
        """Whether it is the one that was looked for."""
        return self.rating.wins

    @wins.setter
    def wins(self, wins: bool) -> None:
        checked = flag("wins", wins)
        self.rate(lambda now: replace(now, wins=checked))

    @property
    def tags(self) -> "Tags":
        """Single words, as a set that can be changed: ``task.tags.add("talk")``."""
        return Tags(self)

    @tags.setter
    def tags(self, tags: Iterable[str]) -> None:
        checked = check_tags(tags)
        self.rate(lambda now: replace(now, tags=checked))

    def rate(self, change: Callable[[Rating], Rating]) -> Rating:
        """Make another rating of the one that the history has now; return it.

        It is kept in the history and beside the clip, and told to all who show it.
        """
        job = self._job
        id, known = job.snapshot.id, job.snapshot.rating
        after = job.journal.rate(id, lambda now: change(known if now is None else now))
        self._show(lambda now: replace(now, rating=after))
        video = job.snapshot.video
        if video is not None and video.with_suffix(".json").is_file():
            with suppress(SavingError):
                job.files.write_sidecar(job.snapshot)
        return after

    def _show(self, change: Callable[[Snapshot], Snapshot]) -> None:
        """Tell all who look of what need not be recorded; waits until they know."""
        self._engine.start(_mirror(self._job, change)).result(TELL_TIMEOUT_S)


class Tags(MutableSet[str]):
    """The tags of one clip: a set whose every change is kept."""

    def __init__(self, of: Rated) -> None:
        self._of = of

    def __contains__(self, tag: object) -> bool:
        return isinstance(tag, str) and bare_tag(tag) in self._of.rating.tags

    def __iter__(self) -> Iterator[str]:
        return iter(self._of.rating.tags)

    def __len__(self) -> int:
        return len(self._of.rating.tags)

    @classmethod
    def _from_iterable(cls, it: Iterable[Any]) -> set[Any]:
        """Return what an operator makes of tags: a set of words, of no clip."""
        return set(it)

    def add(self, value: str) -> None:
        """Give the clip a tag; raises `OptionError` where it is no single word."""
        tag = check_tag(value)
        self._of.rate(lambda now: with_tag(now, tag))

    def discard(self, value: str) -> None:
        """Take a tag away, where the clip has it."""
        self._of.rate(lambda now: without_tag(now, bare_tag(value)))

    def __repr__(self) -> str:
        return f"{{{', '.join(map(repr, self))}}}"


async def _mirror(job: Job, change: Callable[[Snapshot], Snapshot]) -> None:
    job.mirror(change(job.snapshot))
