"""How a camera held its picture: the orientation that an image's bytes tell of.

It knows where a JPEG, PNG or WEBP keeps its Exif and XMP, not pixels; nothing is decoded.
"""

import re
import struct

UPRIGHT = 1
"""The orientation of a picture whose pixels are to be shown as they stand."""

_ON_ITS_SIDE = frozenset({5, 6, 7, 8})
_ORIENTATION = 0x0112
_SHORT = 3
_ENTRIES_MAX = 1000

_EXIF = re.compile(rb"(?:Exif\0\0|eXIf|EXIF.{4}(?:Exif\0\0)?)(II\*\0|MM\0\*)", re.DOTALL)
_XMP = re.compile(rb"tiff:Orientation(?:=\"|>)([1-8])")
_MARKS = b"Exif", b"eXIf", b"EXIF", b"Raw profile type exif", b"tiff:Orientation"


def orientation_of(data: bytes) -> int:
    """Return an image's orientation, 1 to 8; `UPRIGHT` where it says nothing of it.

    Its Exif counts before its XMP, as with Pillow.
    """
    found, more = _EXIF.search(data), _XMP.search(data)
    try:
        told = _told(data, found.start(1)) if found is not None else None
    except struct.error:
        told = None
    if told is None:
        return int(more[1]) if more is not None else UPRIGHT
    return told if 1 <= told <= 8 else UPRIGHT


def may_be_turned(data: bytes) -> bool:
    """Tell whether an image's bytes hold anything that could speak of its orientation."""
    return any(mark in data for mark in _MARKS)


def upright_size_px(width_px: int, height_px: int, orientation: int) -> tuple[int, int]:
    """Return the width and height, in pixels, of the picture as it is seen."""
    return (height_px, width_px) if orientation in _ON_ITS_SIDE else (width_px, height_px)


def _told(data: bytes, at: int) -> int | None:
    """Return the orientation in the first table of the TIFF block at ``at``, None for none."""
    order = "<" if data.startswith(b"II", at) else ">"
    (table,) = struct.unpack_from(order + "I", data, at + 4)
    (entries,) = struct.unpack_from(order + "H", data, at + table)
    for number in range(min(entries, _ENTRIES_MAX)):
        tag, kind, _, value = struct.unpack_from(order + "HHIH", data, at + table + 2 + 12 * number)
        if (tag, kind) == (_ORIENTATION, _SHORT):
            return int(value)
    return None
