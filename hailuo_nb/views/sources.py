"""Where a view gets a clip and its pictures from: by address, as bytes, or not yet."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hailuo_nb.core.task import FINAL, Snapshot
from hailuo_nb.views.embedding import EMBED_BYTES_MAX
from hailuo_nb.views.facts import Facts

_log = logging.getLogger("hailuo_nb")


def source_of(snapshot: Snapshot, locate: Callable[[Path], str]) -> str | None:
    """Return a clip's address as seen from the notebook; None where there is no clip or address."""
    if snapshot.video is None or snapshot.state != "done":
        return None
    try:
        return locate(snapshot.video)
    except (OSError, ValueError):
        _log.exception("the clip of %s has no address", snapshot.id)
        return None


def picture_of(clip: Facts) -> dict[str, Any]:
    """Return "poster", a clip's first picture as a data address; None where it has none."""
    return {"poster": clip.pictures or None}


def clip_of(clip: Facts) -> dict[str, Any]:
    """Return "bytes", a clip that the page cannot load itself; nothing where it is gone.

    What every view asks for unasked, since it has no address, is nothing huge.
    """
    video = clip.snapshot.video
    try:
        is_sent = video and (not clip.is_away or video.stat().st_size <= EMBED_BYTES_MAX)
        data = video.read_bytes() if video and is_sent else b""
    except OSError:
        data = b""
    return {"bytes": data} if data else {}


def awaits_picture(snapshot: Snapshot) -> bool:
    """Return whether the start image of a clip that is not over will be drawn yet."""
    image = snapshot.request.image
    is_drawn = snapshot.poster is not None or image is None or image.url is not None
    return snapshot.state not in FINAL and not is_drawn
