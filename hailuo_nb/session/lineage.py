"""Which clip another was made of: the draft of a full size, or whose last frame it begins with.

A last frame is known by its digest, which follows from its clip's: no record is needed, and clips
of earlier versions have their chains, too.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING

from hailuo_nb.core.names import is_chain
from hailuo_nb.core.task import Snapshot
from hailuo_nb.media.sources import LAST_FRAME, last_frame_digest
from hailuo_nb.runner.task import Task

if TYPE_CHECKING:
    from hailuo_nb.session.session import Session

LINKS_MAX = 100
"""No chain that is followed is longer."""


class Lineage:
    """The kin of the clips of one session's history."""

    def __init__(self, here: "Session") -> None:
        self._here = here

    def parent(self, task: Task) -> Task | None:
        """Return the draft of a full size, else the clip whose last frame a task begins with."""
        draft = task.snapshot.parent
        if draft:
            return self._here.dispatch.find(draft)
        return self._before(task.snapshot, self._ends)

    def chain(self, task: Task) -> tuple[Task, ...]:
        """Return the clips that lead to this one by their last frames, the first of them first."""
        found, seen, ends = [task], {task.id}, cache(self._ends)
        while len(found) < LINKS_MAX:
            before = self._before(found[-1].snapshot, ends)
            if before is None or before.id in seen:
                break
            found.append(before)
            seen.add(before.id)
        return tuple(reversed(found))

    def _before(self, snapshot: Snapshot, ends: Callable[[], Mapping[str, str]]) -> Task | None:
        image = snapshot.request.image
        if (
            is_chain(snapshot.id)
            or image is None
            or image.digest is None
            or not image.label.startswith(LAST_FRAME)
        ):
            return None
        known = self._here.history.find(image.label.removeprefix(LAST_FRAME))
        if known is None or not _ends_with(known.sha256, image.digest):
            known = self._here.history.get(ends().get(image.digest, ""))
        return self._here.dispatch.find(known.id) if known is not None else None

    def _ends(self) -> dict[str, str]:
        """Return the newest clip's id by the digest of its last frame, of the whole history."""
        clips = reversed(self._here.history.shelf.digests())
        return {last_frame_digest(sha256): id for id, sha256 in clips}


def _ends_with(sha256: str | None, digest: str) -> bool:
    return sha256 is not None and last_frame_digest(sha256) == digest
