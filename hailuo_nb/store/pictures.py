"""Small pictures: posters of start frames and clips, and a clip's last frame.

Pillow and PyAV do the work; both are imported at the first use, on the thread that
runs tasks. It knows pixels, never tasks.
"""

import base64
import io
from pathlib import Path
from typing import TYPE_CHECKING

from hailuo_nb.errors import ImageError

if TYPE_CHECKING:
    from av import VideoFrame
    from PIL.Image import Image

POSTER_SIDE_PX = 384
POSTER_BYTES_MAX = 30_000
_QUALITIES = (70, 55, 40, 25)


def image_poster(data: bytes) -> str:
    """Return a poster of an image's bytes as a ``data:image/jpeg`` URI.

    Raises
    ------
    ImageError
        The bytes are no readable image.
    """
    import PIL.Image

    try:
        with PIL.Image.open(io.BytesIO(data)) as image:
            image.draft("RGB", (POSTER_SIDE_PX * 2, POSTER_SIDE_PX * 2))
            return _poster(image.convert("RGB"))
    except (OSError, ValueError, SyntaxError, PIL.Image.DecompressionBombError) as error:
        raise ImageError(f"The image cannot be read: {error}.") from error


def clip_poster(video: Path) -> str | None:
    """Return a poster of a clip's first frame, None where it cannot be decoded."""
    import av

    try:
        with av.open(str(video)) as container:
            for frame in container.decode(video=0):
                return _poster(_picture(frame))
    except (av.FFmpegError, OSError, IndexError, ValueError):
        return None
    return None


def last_frame_png(video: Path) -> bytes:
    """Return the last frame of a clip as PNG bytes.

    Raises
    ------
    ImageError
        The clip cannot be decoded.
    """
    import av

    last = None
    try:
        with av.open(str(video)) as container:
            stream = container.streams.video[0]
            if stream.duration:
                container.seek(stream.duration, stream=stream, backward=True)
            for frame in container.decode(stream):
                last = frame
    except (av.FFmpegError, OSError, IndexError) as error:
        raise ImageError(f"The last frame of {video.name} cannot be read: {error}.") from error
    if last is None:
        raise ImageError(f"{video.name} holds no frame.")
    return png(_picture(last))


def png(image: "Image") -> bytes:
    """Return a Pillow image as PNG bytes."""
    out = io.BytesIO()
    picture = image if image.mode in ("RGB", "RGBA", "L") else image.convert("RGB")
    picture.save(out, "PNG", compress_level=3)
    return out.getvalue()


def _picture(frame: "VideoFrame") -> "Image":
    import PIL.Image

    return PIL.Image.fromarray(frame.to_ndarray(format="rgb24"))


def _poster(image: "Image") -> str:
    image.thumbnail((POSTER_SIDE_PX, POSTER_SIDE_PX))
    for quality in _QUALITIES:
        out = io.BytesIO()
        image.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        if out.tell() <= POSTER_BYTES_MAX:
            break
    return "data:image/jpeg;base64," + base64.b64encode(out.getvalue()).decode("ascii")
