"""Clips that the notebook cannot reach by a path: how much of them one output may hold.

It knows files and bytes, neither the notebook nor what a view looks like.
"""

import base64
from functools import lru_cache
from pathlib import Path

from hailuo_nb.core.fork import ProcessLock
from hailuo_nb.views.text import AWAY

EMBED_BYTES_MAX = 4_000_000
"""So many bytes of clips one output of the notebook holds; what is above lies where it lies."""


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
