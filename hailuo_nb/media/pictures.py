"""What Pillow or numpy holds in memory, as one picture: seen, known by its content, encoded.

It knows values of a notebook, not how they were named, and no files.
"""

import hashlib
import math
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeGuard

from hailuo_nb.core.request import IMAGE_BYTES_MAX
from hailuo_nb.core.stills import PIXELS_MAX, UPRIGHT
from hailuo_nb.errors import ImageError
from hailuo_nb.media import arrays
from hailuo_nb.media.limits import Unreadable

if TYPE_CHECKING:
    from PIL.Image import Image

    from hailuo_nb.media.stills import Encoded, Seen

ENCODED_AT_ONCE_BYTES = IMAGE_BYTES_MAX * 9 // 10
"""Pixels of more bytes may be too large as PNG, which has to be known before anything is sent."""

REMEMBERED_MAX = 2
"""Of so many large pictures it is remembered what they are encoded; each has 10 MB at most."""

_remembered: "dict[str, Encoded]" = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A value as a picture that can be sent: ``image`` is it as seen, ``digest`` its content.

    ``notes`` says what was done to it, one sentence each; ``data`` is it encoded where that
    had to be known at once.
    """

    image: "Image"
    digest: str
    label: str
    notes: tuple[str, ...] = ()
    data: bytes | None = None

    def load(self) -> bytes:
        """Return its bytes as they are sent; may take long.

        Raises
        ------
        ImageError
            It cannot be encoded.
        """
        return self.data if self.data is not None else _encoded(self.image, self.label).data

    def poster(self) -> str:
        """Return it small, as a ``data:`` URI.

        Raises
        ------
        ImageError
            It cannot be encoded.
        """
        from hailuo_nb.media.stills import poster

        try:
            return poster(self.image)
        except Unreadable as error:
            raise _refused(self.label, error) from None


def size_px(value: object) -> tuple[int, int] | None:
    """Return the width and height of a Pillow image or an array of pixels, None of all else.

    A table of numbers could be one, too; only one of 8 or 16 bits is taken for it.
    """
    if _is_pillow(value):
        return value.size
    if not arrays.is_array(value) or value.dtype.kind not in "buif":
        return None
    if value.ndim < 3 and value.dtype.name not in ("uint8", "uint16"):
        return None
    try:
        return arrays.size_px(value)
    except Unreadable:
        return None


def picture_of(value: object, label: str) -> "Picture | bytes | None":
    """Return what Pillow or numpy holds as a picture, or as the bytes of an image file.

    None for what is of neither.

    Raises
    ------
    ImageError
        It cannot be sent.
    """
    try:
        if arrays.is_array(value):
            return _from_array(value, label)
        return _picture(_copied(value, label), label) if _is_pillow(value) else None
    except Unreadable as error:
        raise _refused(label, error) from None


def check_size(label: str, width_px: int, height_px: int) -> None:
    """Refuse what would take very much memory, before a pixel of it is decoded.

    Raises
    ------
    ImageError
        It has more than `PIXELS_MAX` pixels.
    """
    if width_px * height_px > PIXELS_MAX:
        raise ImageError(
            f"{label} has {width_px} x {height_px} pixels; at most {PIXELS_MAX / 1e6:g} million "
            "are taken, since decoding more takes too much memory.",
            advice="Make it smaller; the clips have 2 million pixels at most.",
        )


def check_bytes(label: str, size_bytes: int) -> None:
    """Refuse a file that the service does not take.

    Raises
    ------
    ImageError
        It is larger than that.
    """
    if size_bytes > IMAGE_BYTES_MAX:
        raise ImageError(
            f"{label} has {math.ceil(size_bytes / 1e5) / 10} MB; the service takes 10 MB.",
            advice="Open it with Pillow, make it smaller, and give the variable.",
        )


def _is_pillow(value: object) -> "TypeGuard[Image]":
    pillow = sys.modules.get("PIL.Image")
    return pillow is not None and isinstance(value, pillow.Image)


def _from_array(array: "arrays.Array", label: str) -> Picture | bytes:
    if arrays.holds_file(array):
        check_bytes(label, array.nbytes)
        return array.tobytes()
    width_px, height_px = arrays.size_px(array)
    check_size(label, width_px, height_px)  # a view may stand for far more than it holds
    if not array.size:
        raise Unreadable(f"it has no pixels ({width_px} x {height_px})")
    image, words = arrays.picture_of(array)
    return _picture(image, label, *words)


def _copied(image: "Image", label: str) -> "Image":
    """Return a picture as it is now; it may be painted over later."""
    check_size(label, *image.size)
    if not all(image.size):
        return image
    try:
        return image.copy()
    except Exception as error:  # a file read only now, by a class of any package
        raise ImageError(f"{label} cannot be read: {error}.") from error


def _picture(image: "Image", label: str, *words: str) -> Picture:
    from hailuo_nb.media.stills import seen

    found = seen(image)
    if found.orientation != UPRIGHT:
        words = (*words, "it is turned upright, as its Exif says")
    if found.words:
        words = (*words, found.words)
    digest, data = _digest(image, found), None
    if found.image.width * found.image.height * len(found.image.getbands()) > ENCODED_AT_ONCE_BYTES:
        made = _remembered.get(digest) or _encoded(found.image, label)
        _remember(digest, made)
        words, data = (*words, *filter(None, [made.words])), made.data
    notes = tuple(f"{label}: {one}." for one in words)
    return Picture(image=found.image, digest=digest, label=label, notes=notes, data=data)


def _remember(digest: str, made: "Encoded") -> None:
    _remembered[digest] = made
    while len(_remembered) > REMEMBERED_MAX:
        del _remembered[next(iter(_remembered))]


def _digest(given: "Image", found: "Seen") -> str:
    """Return what a picture is known by: its mode, size, palette and pixels.

    Where what is seen differs from these pixels, that counts, and where its transparency
    is in a mode that was once left out, that is said, too.
    """
    changed = found.words or found.orientation != UPRIGHT
    known = found.image if changed else given
    facts = f"{known.mode} {known.size} {known.getpalette()}"
    if known.mode in ("LA", "PA") or (known.mode == "P" and "transparency" in known.info):
        facts += f" on {known.info.get('transparency')!r}"
    return hashlib.sha256(facts.encode() + known.tobytes()).hexdigest()


def _encoded(image: "Image", label: str) -> "Encoded":
    from hailuo_nb.media.stills import encoded

    try:
        return encoded(image)
    except Unreadable as error:
        raise _refused(label, error) from None


def _refused(label: str, error: Unreadable) -> ImageError:
    return ImageError(f"{label} is no picture that can be sent: {error}.", advice="")
