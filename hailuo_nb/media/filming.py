"""One film of several clips: each has its place, all go on together, words stand around them.

It runs in the reading process. Clips in, the film's bytes out; it knows frames and boxes, never
tasks.
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import av
import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray
from PIL import Image

from hailuo_nb.media import films, limits
from hailuo_nb.media.lettering import Words, board
from hailuo_nb.media.limits import Harmful

Bytes = NDArray[np.uint8]
Box = tuple[int, int, int, int]
"""Left, top, width, height in px, all even."""

PICTURES_PER_S = 12.5
"""Of a GIF, which counts in hundredths of a second, and of a WEBP."""

LATE_S = 1e-3
"""A frame may be due a little earlier than its time says: times are rounded."""

FULL_RANGE = 2
LIMITED_RANGE = 1
SEEN_FOR_COLOURS = 8
MOOV_BYTES, MOOV_BYTES_A_FRAME = 20_000, 40
BITS_PER_S_MAX = 9_000_000


class Reel:
    """What plays in one box: its clips, one after another; the last frame stays.

    Parameters
    ----------
    box
        Where.
    clips
        At least one.
    """

    def __init__(self, box: Box, clips: Sequence[Path]) -> None:
        self.box = box
        self._shots = _shots(clips)
        self._next = next(self._shots, None)

    def is_over(self) -> bool:
        """Tell whether its last frame is shown."""
        return self._next is None

    def turn(self, time_s: float) -> VideoFrame | None:
        """Return the frame that is due at a time, in seconds, where it was not due before."""
        due = None
        while self._next is not None and self._next[0] <= time_s + LATE_S:
            due = self._next[1]
            self._next = next(self._shots, None)
        return due


class Mosaic:
    """A frame in the making: planes of Y, U and V of even sides, painted over and over.

    Parameters
    ----------
    ground
        What stands around the clips.
    """

    def __init__(self, ground: VideoFrame) -> None:
        frame = _limited(ground, ground.width, ground.height)
        self.width_px, self.height_px = frame.width, frame.height
        self._ground = [plane.copy() for plane in _planes(frame)]
        self._frame = frame
        self._planes = _planes(frame)

    def put(self, frame: VideoFrame, box: Box) -> None:
        """Paint a frame into a box, as large as it fits, in its middle."""
        left, top, width, height = box
        scale = min(width / frame.width, height / frame.height)
        across, down = _even(frame.width * scale), _even(frame.height * scale)
        scaled = _planes(_limited(frame, min(across, width), min(down, height)))
        rows, columns = scaled[0].shape
        at = (top + (height - rows) // 4 * 2, left + (width - columns) // 4 * 2)
        is_whole = (rows, columns) == (height, width)
        for to, ground, plane, share in zip(
            self._planes, self._ground, scaled, (1, 2, 2), strict=True
        ):
            if not is_whole:
                area = (_span(top, height, share), _span(left, width, share))
                to[area] = ground[area]
            to[_span(at[0], rows, share), _span(at[1], columns, share)] = plane

    def frame(self, number: int) -> VideoFrame:
        """Return what is painted, as a frame of its own."""
        made = VideoFrame(self.width_px, self.height_px, "yuv420p")
        for to, plane in zip(_planes(made), self._planes, strict=True):
            to[:] = plane
        made.pts = number
        return made


class Writer(Protocol):
    """What takes frames and ends as a file's bytes."""

    def add(self, frame: VideoFrame) -> None:
        """Take the next frame."""
        ...

    def finish(self) -> bytes:
        """Return the file."""
        ...


class Mp4:
    """H.264, its index in front, so that a page plays it before all of it is there."""

    def __init__(self, mosaic: Mosaic, rate: float, seconds: float) -> None:
        self._file = io.BytesIO()
        # A fast start would read the file again; room for the index is as good.
        room = MOOV_BYTES + MOOV_BYTES_A_FRAME * round(rate * seconds)
        self._container = av.open(self._file, "w", format="mp4", options={"moov_size": str(room)})
        stream = self._container.add_stream("libx264", rate=round(rate))
        stream.width, stream.height, stream.pix_fmt = mosaic.width_px, mosaic.height_px, "yuv420p"
        stream.gop_size = round(rate)
        stream.codec_context.color_range = LIMITED_RANGE
        most = str(BITS_PER_S_MAX)
        stream.options = {
            "preset": "superfast",
            "crf": "23",
            "threads": "2",
            "maxrate": most,
            "bufsize": most,
        }
        self._stream = stream

    def add(self, frame: VideoFrame) -> None:
        """Take the next frame."""
        self._container.mux(self._stream.encode(frame))

    def finish(self) -> bytes:
        """Return the file."""
        self._container.mux(self._stream.encode(None))
        self._container.close()
        return self._file.getvalue()


class Animation:
    """An animated picture, which plays for ever wherever pictures are shown.

    Its frames are kept as JPEG until the last one is there: colours are chosen for all of them.
    """

    def __init__(self, kind: str, rate: float) -> None:
        self._kind, self._rate = kind, rate
        self._kept: list[bytes] = []

    def add(self, frame: VideoFrame) -> None:
        """Take the next frame."""
        file = io.BytesIO()
        frame.to_image().save(file, "JPEG", quality=95, subsampling=0)  # type: ignore[no-untyped-call]
        self._kept.append(file.getvalue())

    def finish(self) -> bytes:
        """Return the file."""
        options: dict[str, Any] = {"quality": 75, "method": 2}
        pictures: Iterator[Image.Image] = map(_opened, self._kept)
        if self._kind == "gif":
            colours = self._colours()
            pictures = (picture.quantize(palette=colours) for picture in pictures)
            options = {"optimize": False}
        file = io.BytesIO()
        next(pictures).save(
            file,
            self._kind.upper(),
            save_all=True,
            append_images=pictures,
            duration=round(1000 / self._rate),
            loop=0,
            **options,
        )
        return file.getvalue()

    def _colours(self) -> Image.Image:
        """Return a picture with the 256 colours of frames from the first to the last."""
        step = max(1, len(self._kept) // SEEN_FOR_COLOURS)
        seen = [_opened(jpeg) for jpeg in self._kept[::step]]
        sheet = Image.new("RGB", (seen[0].width, seen[0].height * len(seen)))
        for at, picture in enumerate(seen):
            sheet.paste(picture, (0, at * picture.height))
        return sheet.quantize(256)


def _opened(jpeg: bytes) -> Image.Image:
    return Image.open(io.BytesIO(jpeg))


def film(
    kind: str, sides_px: tuple[int, int], tiles: Sequence[dict[str, Any]], words: Sequence[Words]
) -> Iterator[float | bytes]:
    """Yield how much of a film is made, 0 to 1, again and again, and its bytes at last.

    Parameters
    ----------
    kind
        "mp4", "gif" or "webp".
    sides_px
        Its width and height, even.
    tiles
        For each place its ``box`` and the paths of its ``clips``.
    words
        What stands where.

    Raises
    ------
    Unreadable, Harmful
        A clip cannot be read.
    """
    clips = [(tuple(tile["box"]), [Path(clip) for clip in tile["clips"]]) for tile in tiles]
    seconds = max(sum(map(films.told_s, paths)) for _, paths in clips)
    rates = [films.frames_per_s(path) for _, paths in clips for path in paths]
    rate = float(round(max(rates))) if kind == "mp4" else PICTURES_PER_S
    mosaic = Mosaic(VideoFrame.from_image(board(sides_px, words)))  # type: ignore[no-untyped-call]
    writer: Writer = Mp4(mosaic, rate, seconds) if kind == "mp4" else Animation(kind, rate)
    reels = [Reel(box, paths) for box, paths in clips]
    for number, frame in enumerate(_ahead(_play(mosaic, reels, rate))):
        writer.add(frame)
        yield min(1.0, number / max(1.0, rate * seconds))
    yield writer.finish()


def _ahead(frames: Iterator[VideoFrame]) -> Iterator[VideoFrame]:
    """Yield frames, the next one being made on another core meanwhile."""
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(next, frames, None)
        while (frame := coming.result()) is not None:
            coming = pool.submit(next, frames, None)
            yield frame


def _play(mosaic: Mosaic, reels: Sequence[Reel], rate: float) -> Iterator[VideoFrame]:
    """Yield frame after frame, until the longest reel has ended."""
    for number in count():
        if number > limits.CLIP_FRAMES_MAX:
            raise Harmful(f"it would hold more than {limits.CLIP_FRAMES_MAX} frames")
        for reel in reels:
            if (due := reel.turn(number / rate)) is not None:
                mosaic.put(due, reel.box)
        yield mosaic.frame(number)
        if all(reel.is_over() for reel in reels):
            return


def _shots(clips: Iterable[Path]) -> Iterator[tuple[float, VideoFrame]]:
    """Yield the frames of clips that follow each other, each with the time at which it is due."""
    begins_s = 0.0
    for clip in clips:
        lasts_s = 1 / films.frames_per_s(clip)
        first_s, seen_s = None, 0.0
        for frame in films.frames(clip):
            told_s = frame.time if frame.time is not None else seen_s + lasts_s
            first_s = told_s if first_s is None else first_s
            seen_s = told_s - first_s
            yield begins_s + seen_s, frame
        begins_s += seen_s + lasts_s


def _limited(frame: VideoFrame, width_px: int, height_px: int) -> VideoFrame:
    """Return a frame in this size as most players expect it: black is 16, white 235."""
    source = {"src_color_range": FULL_RANGE} if frame.color_range == FULL_RANGE else {}
    return frame.reformat(
        width_px,
        height_px,
        "yuv420p",
        interpolation="AREA",
        **(source | {"dst_color_range": LIMITED_RANGE} if source else {}),
    )


def _planes(frame: VideoFrame) -> list[Bytes]:
    """Return views of a frame's Y, U and V, without what pads their lines."""
    return [
        np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)[
            : plane.height, : plane.width
        ]
        for plane in frame.planes
    ]


def _span(start_px: int, length_px: int, share: int) -> slice:
    return slice(start_px // share, (start_px + length_px) // share)


def _even(length_px: float) -> int:
    return max(2, round(length_px / 2) * 2)
