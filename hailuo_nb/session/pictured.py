"""Pictures of clips that an earlier version saved with their first frame, made when looked at.

They are made once: what was found, or that nothing can be, is kept in the history.
"""

from contextlib import suppress
from typing import TYPE_CHECKING

from hailuo_nb.core.pictures import Pictures
from hailuo_nb.errors import StoreError
from hailuo_nb.media.posters import clip_pictures
from hailuo_nb.runner.task import Task

if TYPE_CHECKING:
    from hailuo_nb.session.session import Session


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
