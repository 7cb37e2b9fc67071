"""Where a view gets a clip and its pictures from: by address, as bytes, or not yet.

Of clips that the notebook cannot reach by a path one output holds so many bytes, and no more.
"""

import base64
import logging
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from hailuo_nb.core.fork import ProcessLock
from hailuo_nb.core.task import FINAL, Snapshot
from hailuo_nb.views.facts import Facts
from hailuo_nb.views.text import AWAY

_log = logging.getLogger("hailuo_nb")

EMBED_BYTES_MAX = 4_000_000
"""So many bytes of clips one output of the notebook holds; what is above lies where it lies."""


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


class Allowance:
    """What one output of the notebook may still embed; its views share it.

    Who comes first is served, and keeps it: a view that is published again embeds the same.
    """

    def __init__(self) -> None:
        self._lock = ProcessLock()
        self._taken: dict[tuple[object, Path], int] = {}

    def address(self, view: object, video: Path) -> str:
        """Return a clip's address as a view of the output holds it.

        It is a ``data:`` URI, or `AWAY` where the output has no room for it.

        Parameters
        ----------
        view
            What tells the view from others of the same output.
        video
            The file.

        Raises
        ------
        OSError
            It cannot be read.
        """
        size_bytes = video.stat().st_size
        with self._lock:
            taken = self._taken | {(view, video): size_bytes}
            if sum(taken.values()) > EMBED_BYTES_MAX:
                return AWAY
            self._taken = taken
        with video.open("rb") as file:
            return as_address(file.read(EMBED_BYTES_MAX))


def as_address(video: bytes) -> str:
    """Return an MP4 file's bytes as a ``data:`` URI."""
    return "data:video/mp4;base64," + base64.b64encode(video).decode("ascii")


@lru_cache(maxsize=1)
def allowance_of(output: str) -> Allowance:
    """Return what the views of the running output share; the one before it keeps its own."""
    return Allowance()
