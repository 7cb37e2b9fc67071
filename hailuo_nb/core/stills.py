"""The first bytes of an image: its kind, its size in pixels and how its camera held it.

Libraries of images may allocate the whole picture while they open it; nothing is decoded here.
It knows the headers of the three kinds that the service takes, where they keep their Exif and XMP,
and the names of some kinds that it does not take.
"""

import re
import struct
from collections.abc import Callable
from dataclasses import dataclass

PIXELS_MAX = 50_000_000
"""Of a start or end image: more than the service makes use of, and decoded still 200 MB."""

_JPEG_SEGMENTS_MAX = 10_000
_JPEG_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
_JPEG_PIXELS_FOLLOW = frozenset({0xD9, 0xDA})

_OTHERS = (
    (0, b"GIF8", "GIF"),
    (0, b"BM", "BMP"),
    (0, b"II*\0", "TIFF"),
    (0, b"MM\0*", "TIFF"),
    (0, b"8BPS", "PSD"),
    (4, b"ftypavi", "AVIF"),
    (4, b"ftyphei", "HEIC"),
    (4, b"ftyphev", "HEIC"),
    (4, b"ftypmif1", "HEIC"),
    (4, b"ftypmsf1", "HEIC"),
    (0, b"\0\0\0\x0cJXL ", "JPEG XL"),
    (0, b"\0\0\0\x0cjP  ", "JPEG 2000"),
)

UPRIGHT = 1
"""The orientation of a picture whose pixels are to be shown as they stand."""

_ON_ITS_SIDE = frozenset({5, 6, 7, 8})
_ORIENTATION = 0x0112
_SHORT = 3
_ENTRIES_MAX = 1000

_EXIF = re.compile(rb"(?:Exif\0\0|eXIf|EXIF.{4}(?:Exif\0\0)?)(II\*\0|MM\0\*)", re.DOTALL)
_XMP = re.compile(rb"tiff:Orientation(?:=\"|>)([1-8])")
_MARKS = b"Exif", b"eXIf", b"EXIF", b"Raw profile type exif", b"tiff:Orientation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Still:
    """What an image says of itself: its media type, its sides in pixels."""

    mime: str
    width_px: int
    height_px: int


def still_of(data: bytes) -> Still | None:
    """Return what a JPEG, PNG or WEBP says of itself; None where it is none of them."""
    for at, mark, mime, size_px in _readers():
        if data.startswith(mark, at):
            try:
                width_px, height_px = size_px(data)
            except (struct.error, IndexError, ValueError):
                return None
            if width_px < 1 or height_px < 1:
                return None
            return Still(mime=mime, width_px=width_px, height_px=height_px)
    return None


def other_kind(data: bytes) -> str | None:
    """Return the name of a kind of image that the service does not take."""
    return next((name for at, mark, name in _OTHERS if data.startswith(mark, at)), None)


def is_encoded(head: bytes) -> bool:
    """Tell whether an image file of any kind that is known here begins so."""
    marks = [(at, mark) for at, mark, *_ in _readers()] + [(at, mark) for at, mark, _ in _OTHERS]
    return any(head.startswith(mark, at) for at, mark in marks)


def _readers() -> tuple[tuple[int, bytes, str, Callable[[bytes], tuple[int, int]]], ...]:
    """Return where and how each kind begins that is taken, and what reads its size."""
    return (
        (0, b"\xff\xd8\xff", "image/jpeg", _jpeg_size_px),
        (0, b"\x89PNG\r\n\x1a\n", "image/png", _png_size_px),
        (8, b"WEBP", "image/webp", _webp_size_px),
    )


def _png_size_px(data: bytes) -> tuple[int, int]:
    length, kind, width_px, height_px = struct.unpack_from(">I4sII", data, 8)
    if (length, kind) != (13, b"IHDR") or len(data) < 33:
        raise ValueError("no header")
    return width_px, height_px


def _webp_size_px(data: bytes) -> tuple[int, int]:
    kind = data[12:16]
    if data[:4] != b"RIFF":
        raise ValueError("no header")
    if kind == b"VP8X":
        return 1 + int.from_bytes(data[24:27], "little"), 1 + _little(data, 27)
    if kind == b"VP8L":
        (bits,) = struct.unpack_from("<I", data, 21)
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 ":
        width_px, height_px = struct.unpack_from("<HH", data, 26)
        return width_px & 0x3FFF, height_px & 0x3FFF
    raise ValueError("no header")


def _little(data: bytes, at: int) -> int:
    if len(data) < at + 3:
        raise ValueError("cut short")
    return int.from_bytes(data[at : at + 3], "little")


def _jpeg_size_px(data: bytes) -> tuple[int, int]:
    at = 2
    for _ in range(_JPEG_SEGMENTS_MAX):
        if data[at] != 0xFF:
            raise ValueError("no segment")
        marker = data[at + 1]
        if marker in _JPEG_PIXELS_FOLLOW:
            break
        if marker == 0xFF:  # filling
            at += 1
        elif marker in _JPEG_ALONE:
            at += 2
        elif marker in _JPEG_SIZES:
            height_px, width_px = struct.unpack_from(">HH", data, at + 5)
            return width_px, height_px
        else:
            at += 2 + max(2, struct.unpack_from(">H", data, at + 2)[0])
    raise ValueError("no size before the pixels")


def orientation_of(data: bytes) -> int:
    """Return the orientation that an image's bytes tell of, 1 to 8; `UPRIGHT` without one.

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
