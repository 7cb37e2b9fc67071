"""A smaller copy of a clip, for a page that must not be too large.

It is made in another process. The copy is for looking: the clip itself stays as it is.
"""

from pathlib import Path

from hailuo_nb.errors import ExportError
from hailuo_nb.media import limits
from hailuo_nb.media.limits import Harmful, NoReader, Unreadable
from hailuo_nb.media.reading import read

BITS_PER_S_MIN = 60_000
"""Below this a clip of that size shows nothing that could be judged."""

_ROOM = 0.85
"""The share of the wanted size that the encoder is given: it does not hit it exactly."""


def smaller_mp4(video: Path, size_max_bytes: int) -> bytes:
    """Return a clip as MP4 bytes of at most so many, its long side at most 640 px.

    A clip that is small enough is returned as it is.

    Raises
    ------
    ExportError
        It cannot be read, or not be made that small.
    """
    try:
        if video.stat().st_size <= size_max_bytes:
            return video.read_bytes()
        made = read(
            "smaller",
            video,
            cpu_s=limits.ENCODE_CPU_S_MAX,
            room=_ROOM,
            size_max_bytes=size_max_bytes,
            bits_per_s_min=BITS_PER_S_MIN,
        )
    except (OSError, Unreadable, Harmful, NoReader) as error:
        raise ExportError(f"{video.name} cannot be made smaller: {error}.") from error
    if not made.facts["fits"] or len(made.data) > size_max_bytes:
        raise ExportError(
            f"{video.name} cannot be made as small as {size_max_bytes / 1e6:.2g} MB.",
        )
    return made.data
