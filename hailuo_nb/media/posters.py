"""Pictures of files: posters of start frames, poster and strip of clips, a photo upright.

They are decoded in another process. It knows files, never tasks.
"""

import logging
from base64 import b64decode
from functools import lru_cache
from pathlib import Path
from typing import cast

from hailuo_nb.core.task import Pictures
from hailuo_nb.errors import ImageError
from hailuo_nb.media.limits import Harmful, NoReader, Unreadable
from hailuo_nb.media.reading import read

SHEETS_KEPT = 8
"""So many are not drawn anew when their views are published again."""

THUMBNAILS_KEPT = 64

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


def clip_pictures(video: Path) -> Pictures | None:
    """Return a clip's poster and strip, None where its frames cannot be decoded."""
    try:
        made = read("clip_pictures", video).facts
    except (Unreadable, Harmful, NoReader) as error:
        log.info("%s has no pictures: %s", video.name, error)
        return None
    strip = tuple(map(str, cast("list[str]", made["strip"])))
    return Pictures(poster=str(made["poster"]), strip=strip)


@lru_cache(maxsize=THUMBNAILS_KEPT)
def thumbnail(uri: str) -> str:
    """Return a very small picture of a ``data:`` URI of one, "" where it cannot be made."""
    try:
        return str(read("thumbnail", data=b64decode(uri.partition(",")[2])).facts["thumbnail"])
    except (ValueError, Unreadable, Harmful, NoReader) as error:
        log.info("there is no thumbnail: %s", error)
        return ""


@lru_cache(maxsize=SHEETS_KEPT)
def contact_sheet(cells: tuple[tuple[tuple[str, ...], str], ...], columns: int) -> str:
    """Return one small JPEG of several pictures as a ``data:`` URI; "" where it cannot be made.

    Parameters
    ----------
    cells
        Row by row: the URIs of a picture and of those in a row below it, and its label. A
        picture that cannot be read is left out.
    columns
        How many stand side by side.
    """
    try:
        return str(read("sheet", cells=cells, columns=columns).facts["sheet"])
    except (Unreadable, Harmful, NoReader) as error:
        log.info("there is no contact sheet: %s", error)
        return ""


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
