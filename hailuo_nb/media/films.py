"""Clips in the reading process: opened safely, checked, their frames taken, made smaller.

PyAV does the work; whatever is odd raises `Unreadable` or `Harmful`. It knows containers
and frames; it must not know who asks.
"""

import io
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

import av
from av.container import InputContainer, OutputContainer
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from hailuo_nb.media import limits
from hailuo_nb.media.limits import Harmful, Unreadable
from hailuo_nb.media.sound import SoundTrack

if TYPE_CHECKING:
    from PIL.Image import Image

SMALLER_SIDE_PX_MAX = 640

_KINDS = {"mp4": "mov,mp4,m4a,3gp,3g2,mj2", "matroska": "matroska,webm"}
"""The two demuxers that open, as they are asked for, and all the names each of them has."""

_SHUT = {
    # The bytes come through a file of ours: nothing else may be opened by whatever is in it.
    "protocol_whitelist": "none",
    "format_whitelist": ",".join(_KINDS.values()),
}
_NO_REFERENCES = {"enable_drefs": "0", "use_absolute_path": "0"}


def facts(path: Path) -> dict[str, object]:
    """Return a clip's sides and duration: a frame decodes, no packet is missing."""
    with opened(path, whole=True) as (container, stream):
        codec = stream.codec_context
        duration_s = _read_to_end(container, stream, path.stat().st_size)
        return {"width_px": codec.width, "height_px": codec.height, "duration_s": duration_s}


def moments(path: Path, shares: Sequence[float]) -> "list[Image]":
    """Return a clip's frames at these shares of its length, rising from 0 to 1."""
    with opened(path) as (container, stream):
        shown, keys = _timeline(container, stream, path.stat().st_size)
        found: list[VideoFrame] = []
        frames: Iterator[VideoFrame] = iter(())
        for pts in (shown[round(share * (len(shown) - 1))] for share in shares):
            key = max((one for one in keys if one <= pts), default=shown[0])
            if not found or key > (found[-1].pts or 0):
                container.seek(key, stream=stream, backward=True)
                frames = container.decode(stream)
            found.append(_reached(frames, pts, found))
        return [_picture(frame) for frame in found]


def last_frame(path: Path) -> "Image":
    """Return a clip's last frame."""
    last = None
    with opened(path) as (container, stream):
        if stream.duration:
            container.seek(stream.duration, stream=stream, backward=True)
        for frame in container.decode(stream):
            last = frame
        if last is None:
            raise Unreadable("it holds no frame")
        return _picture(last)


def frames(path: Path) -> Iterator[VideoFrame]:
    """Yield a clip's frames in their order, all of one size, each to be looked at at once."""
    sides_px, count = None, 0
    with opened(path) as (container, stream):
        for frame in container.decode(stream):
            _check_frame(frame)
            if (frame.width, frame.height) != (sides_px or (frame.width, frame.height)):
                raise Unreadable("its frames change their size")
            sides_px, count = (frame.width, frame.height), count + 1
            if count > limits.CLIP_FRAMES_MAX:
                raise Harmful(f"it holds more than {limits.CLIP_FRAMES_MAX} frames")
            yield frame


def frames_per_s(path: Path) -> float:
    """Return how many frames a second a clip shows, 24 where it does not tell."""
    with opened(path) as (_, stream):
        rate = stream.average_rate
        return float(rate) if rate and 1 <= rate <= 120 else 24.0


def told_s(path: Path) -> float:
    """Return how long a clip says that it lasts, in seconds."""
    with opened(path) as (container, _):
        return (container.duration or 0) / av.time_base


def smaller(path: Path, *, room: float, size_max_bytes: int, bits_per_s_min: int) -> bytes | None:
    """Return a clip as MP4 bytes, its long side at most 640 px; None where the bits do not do.

    Parameters
    ----------
    room
        The share of the wanted size that the encoder is given: it does not hit it exactly.
    size_max_bytes
        The wanted size.
    bits_per_s_min
        Below this, it shows nothing that could be judged.
    """
    with opened(path) as (clip, stream):
        duration_s = (clip.duration or 0) / av.time_base
        bits_per_s = int(room * 8 * size_max_bytes / max(1.0, duration_s))
        if bits_per_s < bits_per_s_min:
            return None
        made = io.BytesIO()
        with av.open(made, "w", format="mp4") as copy:
            _encode(clip, stream, copy, bits_per_s)
        return made.getvalue()


@contextmanager
def opened(path: Path, *, whole: bool = False) -> Iterator[tuple[InputContainer, VideoStream]]:
    """Open a clip that claims nothing absurd; with ``whole``, frames hidden by edits, too."""
    kind = _kind(path)
    options = _SHUT | (_NO_REFERENCES if kind == "mp4" else {})
    if whole and kind == "mp4":
        options["ignore_editlist"] = "1"
    try:
        # An open file and a named format: a playlist in disguise can name other files.
        with (
            path.open("rb") as file,
            av.open(file, "r", format=kind, container_options=options) as container,
        ):
            yield container, _stream(container)
    except MemoryError:  # one of PyAV's errors, too
        raise
    except av.FFmpegError as error:
        raise Unreadable(type(error).__name__) from None
    except (EOFError, IndexError, ValueError) as error:
        raise Unreadable(type(error).__name__) from None


def _kind(path: Path) -> str:
    if not stat.S_ISREG(path.stat().st_mode):
        raise Unreadable("it is no plain file")
    with path.open("rb") as file:
        head = file.read(12)
    if head[4:8] == b"ftyp":
        return "mp4"
    if head[:4] == b"\x1aE\xdf\xa3":
        return "matroska"
    raise Unreadable("it is neither MP4 nor WebM")


def _stream(container: InputContainer) -> VideoStream:
    """Return the picture's stream, one thread to decode it, before any frame is made."""
    if len(container.streams) > limits.CLIP_TRACKS_MAX:
        raise Harmful(f"it claims {len(container.streams)} tracks")
    if not container.streams.video:
        raise Unreadable("it holds no picture")
    stream = container.streams.video[0]
    codec = stream.codec_context
    # None where the header is cut before the codec is named, whatever the types say.
    sides_px = (codec.width, codec.height) if codec else (0, 0)
    if min(sides_px) <= 0:
        raise Unreadable("it names no size of its picture")
    _check_size(*sides_px)
    if stream.frames > limits.CLIP_FRAMES_MAX:
        raise Harmful(f"it claims {stream.frames} frames")
    told_s = [(container.duration or 0) / av.time_base]
    if stream.duration and stream.time_base:
        told_s.append(float(stream.duration * stream.time_base))
    _check_duration(max(told_s))
    codec.thread_count = 1
    return stream


def _check_size(width_px: int, height_px: int) -> None:
    if (
        max(width_px, height_px) > limits.CLIP_SIDE_PX_MAX
        or width_px * height_px > limits.CLIP_PIXELS_MAX
    ):
        raise Harmful(f"it claims frames of {width_px}x{height_px} pixels")


def _check_duration(duration_s: float) -> None:
    if not duration_s <= limits.CLIP_DURATION_S_MAX:
        raise Harmful(f"it claims a duration of {duration_s:.0f} s")


def _timeline(
    container: InputContainer, stream: VideoStream, size_bytes: int
) -> tuple[list[int], list[int]]:
    """Return when each frame is shown, in order, and which of them need no other."""
    shown, keys = [], []
    for packet in _packets(container, stream, size_bytes):
        if packet.size and packet.pts is not None:
            shown.append(packet.pts)
            keys += [packet.pts] if packet.is_keyframe else []
    if not shown:
        raise Unreadable("it holds no frame")
    return sorted(shown), keys


def _reached(frames: Iterator[VideoFrame], pts: int, found: Sequence[VideoFrame]) -> VideoFrame:
    """Return the frame that is shown at a time, the last one where there is none so late."""
    last = found[-1] if found else None
    if last is not None and (last.pts or 0) >= pts:
        return last
    for last in frames:
        if (last.pts or 0) >= pts:
            break
    if last is None:
        raise Unreadable("it holds no frame")
    return last


def _packets(
    container: InputContainer, stream: VideoStream, size_bytes: int
) -> "Iterator[Packet[VideoStream]]":
    """Yield the packets of a clip, as many as can be in a file of this size."""
    count = read_bytes = 0
    for packet in container.demux(stream):
        yield packet
        if packet.size == 0 or packet.pts is None:
            continue
        count, read_bytes = count + 1, read_bytes + packet.size
        # One place of the file may stand for any number of frames.
        if count > limits.CLIP_FRAMES_MAX or read_bytes > 2 * size_bytes:
            raise Harmful(f"its first {count} frames already hold {read_bytes} bytes")


def _read_to_end(container: InputContainer, stream: VideoStream, size_bytes: int) -> float:
    """Return the clip's duration in seconds: a frame decodes, no packet is missing."""
    count, seen, first_s, last_s = 0, False, float("inf"), 0.0
    for packet in _packets(container, stream, size_bytes):
        if packet.is_corrupt:
            raise Unreadable("it is cut short")
        seen = seen or any(map(_check_frame, packet.decode()))
        if packet.size == 0 or packet.pts is None:
            continue
        count += 1
        unit_s = float(packet.time_base)
        first_s = min(first_s, packet.pts * unit_s)
        last_s = max(last_s, (packet.pts + (packet.duration or 0)) * unit_s)
    if count < stream.frames:
        raise Unreadable(f"it is cut short: {count} of {stream.frames} frames")
    if not seen or last_s <= first_s:
        raise Unreadable("it holds no moving picture")
    _check_duration(last_s - first_s)
    return round(last_s - first_s, 6)


def _check_frame(frame: object) -> bool:
    """Check a frame's own size: a stream may change it on the way."""
    if isinstance(frame, VideoFrame):
        _check_size(frame.width, frame.height)
    return True


def _picture(frame: VideoFrame) -> "Image":
    _check_frame(frame)
    picture: Image = frame.to_image()  # type: ignore[no-untyped-call]
    return picture


def _encode(
    clip: InputContainer, seen: VideoStream, copy: OutputContainer, bits_per_s: int
) -> None:
    sound = SoundTrack(clip, copy, bits_per_s)
    stream = _video_stream(copy, seen, bits_per_s - sound.bits_per_s)
    count = 0
    for packet in clip.demux(seen, *sound.heard):
        if packet.stream in sound.heard:
            sound.add(packet)
            continue
        for frame in packet.decode():
            _check_frame(frame)
            count += 1
            if count > limits.CLIP_FRAMES_MAX:
                raise Harmful(f"it holds more than {limits.CLIP_FRAMES_MAX} frames")
            shown = cast("VideoFrame", frame).reformat(stream.width, stream.height, "yuv420p")
            copy.mux(stream.encode(shown))
    copy.mux(stream.encode())
    sound.finish()


def _video_stream(copy: OutputContainer, seen: VideoStream, bits_per_s: int) -> VideoStream:
    rate = seen.average_rate
    stream = copy.add_stream("libx264", rate=rate if rate and 1 <= rate <= 120 else 24)
    stream.width, stream.height = _size_px(seen.width, seen.height)
    stream.pix_fmt = "yuv420p"
    stream.bit_rate = bits_per_s
    stream.gop_size = 12
    stream.options = {
        "maxrate": str(bits_per_s),
        "bufsize": str(bits_per_s),
        "preset": "fast",
        "threads": "2",
    }
    return stream


def _size_px(width_px: int, height_px: int) -> tuple[int, int]:
    """Return even sides of the same shape, the long one at most `SMALLER_SIDE_PX_MAX`."""
    scale = min(1.0, SMALLER_SIDE_PX_MAX / max(width_px, height_px))
    return max(2, round(width_px * scale / 2) * 2), max(2, round(height_px * scale / 2) * 2)
