"""Pictures of files: posters of start frames and clips, a clip's last frame, a photo upright.

They are decoded in another process. It knows files, never tasks.
"""

import logging
from pathlib import Path

from hailuo_nb.errors import ImageError
from hailuo_nb.media.reading import read
from hailuo_nb.media.trouble import Harmful, NoReader, Unreadable

log = logging.getLogger("hailuo_nb")


def image_poster(data: bytes, label: str = "The image") -> str:
    """Return a poster of an image's bytes as a ``data:image/jpeg`` URI; all of it is decoded.

    Raises
    ------
    ImageError
        The bytes are no readable image.
    """
    try:
        return str(read("image_poster", data=data).facts["poster"])
    except (Unreadable, Harmful, NoReader) as error:
        raise ImageError(f"{label} cannot be read: {error}.") from None


def upright(data: bytes, label: str) -> bytes:
    """Return the bytes of an image that stands upright without being told so.

    Raises
    ------
    ImageError
        The bytes are no readable image.
    """
    try:
        return read("upright", data=data).data
    except (Unreadable, Harmful, NoReader) as error:
        raise ImageError(f"{label} cannot be read: {error}.") from None


def clip_poster(video: Path) -> str | None:
    """Return a poster of a clip's first frame, None where it cannot be decoded."""
    try:
        return str(read("clip_poster", video).facts["poster"])
    except (Unreadable, Harmful, NoReader) as error:
        log.info("%s has no poster: %s", video.name, error)
        return None


def last_frame_png(video: Path) -> bytes:
    """Return the last frame of a clip as PNG bytes.

    Raises
    ------
    ImageError
        The clip cannot be decoded.
    """
    try:
        return read("last_frame", video).data
    except (Unreadable, Harmful, NoReader) as error:
        raise ImageError(f"The last frame of {video.name} cannot be read: {error}.") from None
