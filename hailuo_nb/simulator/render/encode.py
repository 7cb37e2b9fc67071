"""Planes in, one MP4 file out: H.264, yuv420p, fast start, the same bytes for the same planes.

It knows PyAV and the container; it must not know what the planes show.
"""

from collections.abc import Iterable
from pathlib import Path

import av
import numpy as np

from hailuo_nb.simulator.disk import replacing
from hailuo_nb.simulator.render.colour import Planes

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


def write(path: Path, frames: Iterable[Planes], width_px: int, height_px: int) -> None:
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
    """
    with (
        replacing(path) as file,
        # By its name: a fast start needs a file that can be read again.
        av.open(file.name, "w", format="mp4", options={"movflags": "+faststart"}) as container,
    ):
        stream = container.add_stream("libx264", rate=FPS, options=OPTIONS)
        stream.width, stream.height, stream.pix_fmt = width_px, height_px, "yuv420p"
        _describe(stream.codec_context)
        for number, planes in enumerate(frames):
            frame = _frame(planes, width_px, height_px)
            frame.pts = number
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


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
