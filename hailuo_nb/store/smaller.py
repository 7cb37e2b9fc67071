"""A smaller copy of a clip, for a page that must not be too large.

PyAV does the work. The copy is for looking: the clip itself stays as it is.
"""

import io
from pathlib import Path
from typing import TYPE_CHECKING

from hailuo_nb.errors import ExportError

if TYPE_CHECKING:
    from av import VideoStream
    from av.container import InputContainer, OutputContainer

SIDE_PX_MAX = 640
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
    import av

    try:
        if video.stat().st_size <= size_max_bytes:
            return video.read_bytes()
        with av.open(str(video)) as clip:
            bits_per_s = _bits_per_s(video, clip, size_max_bytes)
            made = io.BytesIO()
            with av.open(made, "w", format="mp4") as copy:
                _encode(clip, copy, bits_per_s)
    except (av.FFmpegError, OSError, IndexError) as error:
        raise ExportError(f"{video.name} cannot be made smaller: {error}.") from error
    data = made.getvalue()
    if len(data) > size_max_bytes:
        raise _too_small(video, size_max_bytes)
    return data


def _bits_per_s(video: Path, clip: "InputContainer", size_max_bytes: int) -> int:
    import av

    seconds = (clip.duration or 0) / av.time_base
    bits_per_s = int(_ROOM * 8 * size_max_bytes / max(1.0, seconds))
    if bits_per_s < BITS_PER_S_MIN:
        raise _too_small(video, size_max_bytes)
    return bits_per_s


def _encode(clip: "InputContainer", copy: "OutputContainer", bits_per_s: int) -> None:
    seen = clip.streams.video[0]
    stream: VideoStream = copy.add_stream("libx264", rate=seen.average_rate or 24)
    stream.width, stream.height = _size_px(seen.width, seen.height)
    stream.pix_fmt = "yuv420p"
    stream.bit_rate = bits_per_s
    stream.gop_size = 12
    stream.options = {"maxrate": str(bits_per_s), "bufsize": str(bits_per_s), "preset": "fast"}
    for frame in clip.decode(seen):
        shown = frame.reformat(width=stream.width, height=stream.height, format="yuv420p")
        copy.mux(stream.encode(shown))
    copy.mux(stream.encode())


def _size_px(width_px: int, height_px: int) -> tuple[int, int]:
    """Return even sides of the same shape, the long one at most `SIDE_PX_MAX`."""
    scale = min(1.0, SIDE_PX_MAX / max(width_px, height_px))
    return round(width_px * scale / 2) * 2, round(height_px * scale / 2) * 2


def _too_small(video: Path, size_max_bytes: int) -> ExportError:
    return ExportError(
        f"{video.name} cannot be made as small as {size_max_bytes / 1e6:.2g} MB.",
    )
