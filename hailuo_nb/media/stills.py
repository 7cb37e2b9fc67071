"""A picture as it is seen, and from there what is shown and what is sent of it.

Pillow does the work; whatever is odd raises `Unreadable` or `Harmful`. What comes as a file
is opened in the reading process. It knows pixels; it must not know who asks.
"""

import base64
import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import PIL.Image
from PIL.Image import DecompressionBombError, DecompressionBombWarning, Image, Transpose
from PIL.JpegImagePlugin import JpegImageFile, get_sampling

from hailuo_nb.core.request import IMAGE_BYTES_MAX
from hailuo_nb.core.stills import PIXELS_MAX, UPRIGHT
from hailuo_nb.media.limits import Harmful, Unreadable

POSTER_SIDE_PX, STRIP_SIDE_PX = 384, 192
POSTER_BYTES_MAX, STRIP_FRAME_BYTES_MAX = 13_000, 2_000
"""So that a saved clip has less than 60 kB with all its pictures."""

THUMBNAIL_SIDE_PX, THUMBNAIL_BYTES_MAX = 120, 640

_FORMATS = "JPEG", "PNG", "WEBP"
_QUALITIES = (70, 55, 40, 25)
_SHRINK = 0.8

_QUALITIES_SENT = (95, 85)
_ORIENTATION = 0x0112
_TURNS = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}
_TELLS_ORIENTATION = "exif", "xmp", "XML:com.adobe.xmp", "Raw profile type exif"

_KEPT = frozenset({"1", "L", "LA", "P", "RGB", "RGBA"})
"""The modes that a PNG holds as they are, in 8 bits."""

_NUMBERS = frozenset({"I", "I;16", "I;16B", "I;16L", "I;16N", "F"})
_PREMULTIPLIED = {"La": "LA", "RGBa": "RGBA"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A picture in a mode that a PNG holds, upright.

    ``words`` says what was done to its values, "" where nothing was; ``orientation`` is the
    one that it had.
    """

    image: Image
    words: str = ""
    orientation: int = UPRIGHT


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """A picture's bytes, and how they came to be where that is no plain PNG."""

    data: bytes
    words: str = ""


def seen(image: Image) -> Seen:
    """Return what a person sees of a picture.

    It is turned upright, values beyond 8 bits become greys, and transparency stays.

    Raises
    ------
    Unreadable
        It has no pixels, or a mode that nothing shows.
    """
    if not (image.width and image.height):
        raise Unreadable(f"it has no pixels ({image.width} x {image.height})")
    orientation = _orientation(image)
    if not _is_colour(image.info.get("transparency"), image.mode):
        image.info.pop("transparency", None)
    return replace(_in_png_mode(_turned(image, orientation)), orientation=orientation)


def is_transparent(image: Image) -> bool:
    """Tell whether a picture has pixels, or a colour, through which a ground may be seen."""
    through = image.palette is not None and image.palette.mode == "RGBA"
    return image.mode in ("LA", "PA", "RGBA") or "transparency" in image.info or through


def image_poster(data: bytes) -> str:
    """Return a poster of an image's bytes as a ``data:image/jpeg`` URI."""
    with _opened(data) as image:
        image.draft("RGB", (POSTER_SIDE_PX * 2, POSTER_SIDE_PX * 2))
        return poster(seen(image).image)


def shown(data: bytes) -> Image:
    """Return what a person sees of an image's bytes: RGB, transparency on white."""
    with _opened(data) as image:
        upright_ = seen(image).image
        return _on_white(upright_.convert("RGBA" if is_transparent(upright_) else "RGB"))


def poster(image: Image) -> str:
    """Return a small JPEG of a picture, transparency on white, as a ``data:`` URI."""
    options = {"optimize": True, "progressive": True}
    return small(image, "JPEG", POSTER_SIDE_PX, POSTER_BYTES_MAX, **options)


def strip_frame(image: Image) -> str:
    """Return a still smaller WEBP of a picture as a ``data:`` URI."""
    return small(image, "WEBP", STRIP_SIDE_PX, STRIP_FRAME_BYTES_MAX, method=6)


def thumbnail(data: bytes) -> str:
    """Return a very small WEBP of a picture's bytes as a ``data:`` URI."""
    with _opened(data) as image:
        return small(image, "WEBP", THUMBNAIL_SIDE_PX, THUMBNAIL_BYTES_MAX, method=6)


def small(image: Image, kind: str, side_px: int, bytes_max: int, **options: object) -> str:
    """Return a picture of at most so many pixels a side and bytes as a ``data:`` URI.

    ``kind`` is "JPEG" or "WEBP", ``options`` are its own.
    """
    image = image.convert("RGBA" if is_transparent(image) else "RGB")
    image.thumbnail((side_px, side_px))
    image = _on_white(image)
    for quality in _QUALITIES:
        data = _saved(image, kind, quality=quality, **options)
        if len(data) <= bytes_max:
            words = base64.b64encode(data).decode("ascii")
            return f"data:image/{kind.lower()};base64,{words}"
    return small(image, kind, round(_SHRINK * side_px), bytes_max, **options)


def upright(data: bytes) -> bytes:
    """Return the bytes of an image that stands upright without being told so.

    They are its own where it does; else those of a file of its kind and, about, its size.
    """
    with _opened(data) as image:
        orientation = _orientation(image)
        if orientation == UPRIGHT:
            return data
        turned = _turned(image, orientation)
        if isinstance(image, JpegImageFile):
            return _as_fine(image, turned)
        return encoded(_in_png_mode(turned).image).data


def encoded(image: Image) -> Encoded:
    """Return a picture that was `seen` as PNG, or as less where that is too large to be sent.

    Raises
    ------
    Unreadable
        It is too large even so, or cannot be encoded.
    """
    profile = image.info.get("icc_profile")
    profile = profile if isinstance(profile, bytes) else None
    data = _saved(image, "PNG", compress_level=3, icc_profile=profile)
    if len(data) <= IMAGE_BYTES_MAX:
        return Encoded(data=data)
    png_mb = f"{len(data) / 1e6:.1f} MB"
    kind = "WEBP" if is_transparent(image) else "JPEG"
    plain = image.convert("RGBA" if kind == "WEBP" else "L" if image.mode in "1L" else "RGB")
    for quality in _QUALITIES_SENT:
        data = _saved(plain, kind, quality=quality, icc_profile=profile)
        if len(data) <= IMAGE_BYTES_MAX:
            made = f"{kind} of quality {quality}, {len(data) / 1e6:.1f} MB"
            return Encoded(data=data, words=f"as PNG it has {png_mb}; it is sent as {made}")
    raise Unreadable(
        f"it has {png_mb} as PNG and {len(data) / 1e6:.1f} MB as {kind}; the service takes 10 MB"
    )


def _saved(image: Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    try:
        image.save(out, kind, **options)
    except (OSError, ValueError, TypeError, SyntaxError, OverflowError) as error:
        raise Unreadable(f"it cannot be made a {kind}: {error}") from None
    return out.getvalue()


def _as_fine(source: JpegImageFile, turned: Image) -> bytes:
    """Return a turned JPEG with the fineness that it had."""
    profile = source.info.get("icc_profile")
    fineness: tuple[dict[str, object], ...] = (
        {"qtables": source.quantization, "subsampling": max(get_sampling(source), 0)},
        {"quality": _QUALITIES_SENT[0]},
        {"quality": _QUALITIES_SENT[1]},
    )
    for options in fineness:
        try:
            data = _saved(turned, "JPEG", icc_profile=profile, **options)
        except Unreadable:  # its tables are beyond what can be written
            continue
        if len(data) <= IMAGE_BYTES_MAX:
            return data
    raise Unreadable("it has more than 10 MB once it is turned upright")


@contextmanager
def _opened(data: bytes) -> Iterator[Image]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DecompressionBombWarning)
            with PIL.Image.open(io.BytesIO(data), formats=_FORMATS) as image:
                if image.width * image.height > PIXELS_MAX:
                    raise Harmful(f"it claims {image.width}x{image.height} pixels")
                yield image
    except (OSError, ValueError, SyntaxError, EOFError, DecompressionBombError) as error:
        raise Unreadable(str(error)) from None


def _orientation(image: Image) -> int:
    try:
        told = image.getexif().get(_ORIENTATION)
    except Exception:  # noqa: BLE001 - whatever is odd in what stands beside the pixels
        return UPRIGHT
    return told if told in _TURNS else UPRIGHT


def _turned(image: Image, orientation: int) -> Image:
    if orientation == UPRIGHT:
        return image
    image = image.transpose(_TURNS[orientation])
    for name in _TELLS_ORIENTATION:
        image.info.pop(name, None)
    return image


def _is_colour(transparency: object, mode: str) -> bool:
    """Tell whether this can be the transparent colour of a picture of this mode."""
    if mode == "P":
        return isinstance(transparency, bytes) or transparency in range(256)
    if mode == "RGB":
        if not isinstance(transparency, tuple):
            return False
        return len(transparency) == 3 and all(isinstance(one, int) for one in transparency)
    return isinstance(transparency, int)


def _in_png_mode(image: Image) -> Seen:
    if image.mode in _KEPT:
        return Seen(image=image)
    if image.mode in _NUMBERS:
        return _as_greys(image)
    if image.mode in _PREMULTIPLIED:
        raise Unreadable(
            f"its mode is {image.mode}, which no image file has: "
            f'.convert("{_PREMULTIPLIED[image.mode]}") makes it one that has'
        )
    try:
        plain = image.convert("RGBA" if image.mode == "PA" else "RGB")
    except ValueError as error:
        raise Unreadable(f"its mode is {image.mode}: {error}") from None
    if image.mode != "PA":
        plain.info.pop("icc_profile", None)  # it told of the other mode's colours
    return Seen(image=plain)


def _as_greys(image: Image) -> Seen:
    """Return values beyond 8 bits as greys; whole numbers have 65,535 as white."""
    import numpy as np

    from hailuo_nb.media.greys import FULL_16_BITS, greys

    found = greys(np.asarray(image), white=None if image.mode == "F" else FULL_16_BITS)
    return Seen(image=PIL.Image.fromarray(found.values), words=found.words)


def _on_white(image: Image) -> Image:
    if image.mode != "RGBA":
        return image
    ground = PIL.Image.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground
