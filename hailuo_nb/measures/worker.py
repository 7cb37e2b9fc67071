"""The measuring process: it serves the jobs of this room as the reading process does its own.

Of all processes it gives way first. It knows what it may take; it has no key and writes no file.
"""

import contextlib
import os
from pathlib import Path

from hailuo_nb.media import worker
from hailuo_nb.media.worker import Asked, Made

NICE = 15
COLOURS_BYTES_MAX = 200_000_000


def _measure(asked: Asked, data: bytes) -> Made:
    """Measure a clip by the built-in measures that are asked for."""
    from hailuo_nb.measures.frames import decoded
    from hailuo_nb.measures.material import Material
    from hailuo_nb.measures.table import MEASURES

    start_bytes = asked["start_bytes"]
    material = Material(
        clip=decoded(Path(asked["path"])),
        prompt=asked["prompt"],
        start=data[:start_bytes],
        end=data[start_bytes:],
    )
    rows = [row for row in MEASURES if row.key in asked["keys"]]
    return {"found": {row.key: [row.of(material), row.in_words(material)] for row in rows}}, b""


def _colours(asked: Asked, data: bytes) -> Made:
    """Return a clip's frames in RGB, smaller where they are too many."""
    from hailuo_nb.measures.frames import colours

    frames, fps = colours(Path(asked["path"]), bytes_max=COLOURS_BYTES_MAX)
    return {"shape": frames.shape, "fps": fps}, frames.tobytes()


if __name__ == "__main__":
    with contextlib.suppress(OSError, AttributeError):  # Windows has no such word
        os.nice(NICE)
    worker.main({"measure": _measure, "colours": _colours})
