"""Whether a file is a clip that plays, and its facts.

It knows containers and frames. It must not know where the file comes from.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hailuo_nb.errors import NotAVideo

if TYPE_CHECKING:
    from av import VideoStream
    from av.container import InputContainer

SIDE_PX_MAX = 8192


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoFacts:
    """What a clip is: size in pixels, duration in seconds."""

    width_px: int
    height_px: int
    duration_s: float


def check_video(path: Path) -> VideoFacts:
    """Decode a clip's first frame and read it to its end.

    Raises
    ------
    NotAVideo
        It is no MP4 or WebM, is cut short, or holds no picture.
    """
    import av

    kind = _format(path)
    # Edit lists hide frames; all of them are counted here.
    options = {"ignore_editlist": "1"} if kind == "mp4" else {}
    try:
        # An open file and a named format: a playlist in disguise can name other files.
        with (
            path.open("rb") as file,
            av.open(file, "r", format=kind, container_options=options) as container,
        ):
            return _facts(container)
    except (av.FFmpegError, EOFError, ValueError) as error:
        raise NotAVideo(f"The file is no video that plays ({type(error).__name__}).") from None


def _format(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(12)
    if head[4:8] == b"ftyp":
        return "mp4"
    if head[:4] == b"\x1aE\xdf\xa3":
        return "matroska"
    raise NotAVideo("The file is neither MP4 nor WebM.")


def _facts(container: "InputContainer") -> VideoFacts:
    if not container.streams.video:
        raise NotAVideo("The file holds no picture.")
    stream = container.streams.video[0]
    codec = stream.codec_context
    # None where the header is cut before the codec is named, whatever the types say.
    width_px, height_px = (codec.width, codec.height) if codec else (0, 0)
    # Before decoding: the size alone decides how much memory a frame takes.
    if not (0 < width_px <= SIDE_PX_MAX and 0 < height_px <= SIDE_PX_MAX):
        raise NotAVideo(f"The file claims frames of {width_px}x{height_px} pixels.")
    duration_s = _read_to_end(container, stream)
    return VideoFacts(width_px=width_px, height_px=height_px, duration_s=duration_s)


def _read_to_end(container: "InputContainer", stream: "VideoStream") -> float:
    """Return the clip's duration in seconds: a frame decodes, no packet is missing."""
    count, seen, first_s, last_s = 0, False, float("inf"), 0.0
    for packet in container.demux(stream):
        if packet.is_corrupt:
            raise NotAVideo("The file is cut short.")
        seen = seen or bool(packet.decode())
        if packet.size == 0 or packet.pts is None:
            continue
        count += 1
        unit_s = float(packet.time_base)
        first_s = min(first_s, packet.pts * unit_s)
        last_s = max(last_s, (packet.pts + (packet.duration or 0)) * unit_s)
    if count < stream.frames:
        raise NotAVideo(f"The file is cut short: {count} of {stream.frames} frames.")
    if not seen or last_s <= first_s:
        raise NotAVideo("The file holds no moving picture.")
    return round(last_s - first_s, 6)
