"""Clips one after another as one clip: joined once, kept beside the others, in no history.

It knows tasks and files; what plays the clip, and how clips are joined, is next door.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from hailuo_nb.core.disk import write_whole
from hailuo_nb.core.names import CHAIN
from hailuo_nb.core.task import Snapshot
from hailuo_nb.core.words import clipless_advice
from hailuo_nb.errors import ExportError, UsageError
from hailuo_nb.media.film import join
from hailuo_nb.runner.task import Task
from hailuo_nb.session.lives import keep
from hailuo_nb.store.files import Files

if TYPE_CHECKING:
    from hailuo_nb.session.session import Session

BETWEEN_PROMPTS = "\n---\n"


def as_one(here: "Session", tasks: Sequence[Task]) -> Task:
    """Return several clips, one after another, as one clip that can be shown and exported.

    Parameters
    ----------
    tasks
        At least one, in their order, such as `hailuo_nb.Task.chain`.

    Raises
    ------
    UsageError
        There is none, or one has no clip.
    ExportError
        They cannot be joined, or there is no room.
    """
    if not tasks:
        raise UsageError("There is no clip in it.")
    if len(tasks) == 1:
        return tasks[0]
    known = [task.snapshot for task in tasks]
    clips = [here.dispatch.clip_of(one) if one.state == "done" else None for one in known]
    videos = [clip for clip in clips if clip is not None]
    if len(videos) < len(known):
        lost = next(one for one, clip in zip(known, clips, strict=True) if clip is None)
        raise UsageError(f"{lost.label} has no clip.", advice=clipless_advice([lost.state]))
    id = (
        CHAIN + hashlib.sha256(" ".join(one.sha256 or one.id for one in known).encode()).hexdigest()
    )
    path = Files.clip_path(here.folder, id)
    try:
        if not path.is_file():
            write_whole(path, join(videos), durable=False)
        data = path.read_bytes()
    except OSError as error:
        raise ExportError(f"{path} cannot be written: {error.strerror}.", advice="") from error
    whole = replace(_whole(known, id), video=path, size_bytes=len(data))
    return keep(here, replace(whole, sha256=hashlib.sha256(data).hexdigest()))


def _whole(known: Sequence[Snapshot], id: str) -> Snapshot:
    """Return what there is to say of clips together, but for their file."""
    first, last = known[0], known[-1]
    request = replace(
        last.request,
        prompt=BETWEEN_PROMPTS.join(dict.fromkeys(one.request.prompt for one in known)),
        image=first.request.image,
        duration_s=sum(one.request.duration_s for one in known),
        sample=1,
    )
    listed = [one.request.price.credits if one.credits is None else one.credits for one in known]
    return Snapshot(
        id=id,
        name=f"{last.label}, {len(known)} clips in one",
        state="done",
        request=request,
        service=last.service,
        created_at=last.created_at,
        finished_at=last.finished_at,
        credits=sum(listed),
        imported=next((one.imported for one in known if one.imported), None),
    )
