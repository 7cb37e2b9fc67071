"""Small pictures: posters of start frames and clips, and a clip's last frame.

They are decoded in another process. It knows files, never tasks.
"""

import logging
from pathlib import Path

from hailuo_nb.errors import ImageError
from hailuo_nb.media.reading import read
from hailuo_nb.media.trouble import Harmful, NoReader, Unreadable

log = logging.getLogger("hailuo_nb")


def image_poster(data: bytes) -> str:
    """Return a poster of an image's bytes as a ``data:image/jpeg`` URI.

    Raises
    ------
    ImageError
        The bytes are no readable image.
    """
    try:
        return str(read("image_poster", data=data).facts["poster"])
    except (Unreadable, Harmful, NoReader) as error:
        raise ImageError(f"The image cannot be read: {error}.") from None


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
