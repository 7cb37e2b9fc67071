"""The box in which a poster or clip is shown: its place and size on every card.

The live and the settled card share these figures, so that nothing jumps when one
takes the other's place. It knows sizes, no markup.
"""

import base64

from hailuo_nb.core.stills import still_of
from hailuo_nb.core.task import Snapshot

FRAME_PX = 384
"""Longest side of the box."""

TEXT_PX = 420
TEXT_PX_MIN = 260
"""The text's widest, and its narrowest beside the box; narrower, it goes below."""

GAP_PX = 16


def frame_size_px(snapshot: Snapshot) -> tuple[int, int]:
    """Return width and height of the box in px: the poster's ratio, else the image's, else 16:9."""
    image = snapshot.request.image
    size = _jpeg_size_px(snapshot.poster) if snapshot.poster else None
    if size is None and image is not None and image.width_px and image.height_px:
        size = (image.width_px, image.height_px)
    width, height = size or (16, 9)
    longest = max(width, height)
    return round(FRAME_PX * width / longest), round(FRAME_PX * height / longest)


def _jpeg_size_px(uri: str) -> tuple[int, int] | None:
    try:
        found = still_of(base64.b64decode(uri.partition(",")[2]))
    except ValueError:
        return None
    return (found.width_px, found.height_px) if found is not None else None
