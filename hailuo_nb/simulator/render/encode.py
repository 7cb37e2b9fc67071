"""Planes in, one MP4 file out: H.264, yuv420p, fast start, the same bytes for the same planes.

A sound track, where there is one, is AAC. It knows PyAV and the container; it must not know what
the planes show or the waves are.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import av
import numpy as np
from av.container import OutputContainer

from hailuo_nb.simulator.disk import replacing
from hailuo_nb.simulator.render.colour import Floats, Planes
from hailuo_nb.simulator.render.sound import RATE_HZ

Packets = list["av.Packet[av.AudioStream]"]

FPS = 24
GOP = 12
# Numbers of the H.264 standard, written into the file so that no player has to guess.
BT709 = 1
LIMITED_RANGE = 1
# One thread and no lookahead: the bytes must not depend on the machine's load.
OPTIONS = {
    "preset": "superfast",
    "crf": "22",
    "threads": "1",
    "bf": "0",
    "subme": "0",
    "rc-lookahead": "0",
    "mbtree": "0",
    "sc_threshold": "0",
}
SOUND_BITS_PER_S = 96_000


def write(
    path: Path,
    frames: Iterable[Planes],
    width_px: int,
    height_px: int,
    sound: Floats | None = None,
) -> None:
    """Encode frames into an MP4 that appears under its name only when it is whole.

    Parameters
    ----------
    path : Path
        The file to make.
    frames : iterable of (Y, U, V)
        uint8 planes of shape (height, width) and twice (height / 2, width / 2), as
        made by `colour`.
    width_px, height_px : int
        Even sizes.
    sound : float array of shape (2, samples) or None
        At `RATE_HZ`, within ±1; None makes no track.
    """
    with (
        replacing(path) as file,
        # By its name: a fast start needs a file that can be read again.
        av.open(file.name, "w", format="mp4", options={"movflags": "+faststart"}) as container,
    ):
        stream = container.add_stream("libx264", rate=FPS, options=OPTIONS)
        stream.width, stream.height, stream.pix_fmt = width_px, height_px, "yuv420p"
        _describe(stream.codec_context)
        heard = _heard(container, sound)
        for number, planes in enumerate(frames):
            frame = _frame(planes, width_px, height_px)
            frame.pts = number
            container.mux(stream.encode(frame))
            container.mux(next(heard, []))
        container.mux(stream.encode(None))
        for packets in heard:
            container.mux(packets)


def _heard(container: OutputContainer, sound: Floats | None) -> Iterator[Packets]:
    """Yield the packets of a sound track, those of a picture's time by turns; the rest at last."""
    if sound is None:
        return iter(())
    track = container.add_stream("aac", rate=RATE_HZ, options={"threads": "1"})
    track.codec_context.layout, track.bit_rate = "stereo", SOUND_BITS_PER_S
    return _sound_packets(track, sound)


def _sound_packets(track: av.AudioStream, sound: Floats) -> Iterator[Packets]:
    step = RATE_HZ // FPS
    for at in range(0, sound.shape[1], step):
        piece = np.ascontiguousarray(sound[:, at : at + step])
        frame = av.AudioFrame.from_ndarray(piece, format="fltp", layout="stereo")
        frame.sample_rate, frame.pts = RATE_HZ, at
        yield track.encode(frame)
    yield track.encode(None)


def _describe(context: av.VideoCodecContext) -> None:
    context.gop_size = GOP
    context.colorspace = context.color_primaries = context.color_trc = BT709
    context.color_range = LIMITED_RANGE


def _frame(planes: Planes, width_px: int, height_px: int) -> av.VideoFrame:
    frame = av.VideoFrame(width_px, height_px, "yuv420p")
    for target, source in zip(frame.planes, planes, strict=True):
        rows, columns = source.shape
        buffer = np.frombuffer(memoryview(target), np.uint8).reshape(-1, target.line_size)
        buffer[:rows, :columns] = source
    return frame
