"""Arrays of numbers as pictures: which axis is which, and what the numbers mean.

It knows the shapes that people's tools hand out, not who asks.
"""

import sys
from typing import TYPE_CHECKING, Any, TypeGuard

from hailuo_nb.core.stills import is_encoded
from hailuo_nb.media.greys import greys
from hailuo_nb.media.limits import Unreadable

if TYPE_CHECKING:
    import numpy as np
    from PIL.Image import Image

    Array = np.ndarray[Any, Any]

HEAD_BYTES = 64
"""Enough to tell an image file by."""

_CHANNELS = 1, 2, 3, 4
_CHANNELS_FIRST = 1, 3, 4


def is_array(value: object) -> "TypeGuard[Array]":
    """Tell whether a value is an array of numpy's or of a class made from it."""
    numpy = sys.modules.get("numpy")
    return numpy is not None and isinstance(value, numpy.ndarray)


def holds_file(array: "Array") -> bool:
    """Tell whether an array holds the bytes of an image file, as `cv2.imencode` makes them."""
    is_row = array.ndim == 1 or (array.ndim == 2 and 1 in array.shape)
    if array.dtype.name != "uint8" or not is_row or not array.size:
        return False
    head = array[:, :HEAD_BYTES] if array.shape[0] == 1 else array[:HEAD_BYTES]
    return is_encoded(head.tobytes())


def size_px(array: "Array") -> tuple[int, int]:
    """Return an array's width and height, in pixels, before anything of it is copied.

    Raises
    ------
    Unreadable
        Its shape is no picture's.
    """
    height_px, width_px = _channels_last(array)[0].shape[:2]
    return width_px, height_px


def picture_of(array: "Array") -> "tuple[Image, tuple[str, ...]]":
    """Return a picture of an array that is not empty, and what was done to come to it.

    Parameters
    ----------
    array
        (height, width), with 1 to 4 channels behind or 1, 3 or 4 before; axes of length 1
        before these are left out. Of what `greys` takes.

    Raises
    ------
    Unreadable
        It is no picture.
    """
    import numpy as np
    import PIL.Image

    values, was_first = _channels_last(np.asarray(array))
    seen = greys(values)
    words = (f"its shape {array.shape} is taken as channels, height, width",) if was_first else ()
    if seen.words:
        words = (*words, seen.words)
    return PIL.Image.fromarray(np.ascontiguousarray(seen.values)), words


def _channels_last(array: "Array") -> "tuple[Array, bool]":
    """Return a view of (height, width) or with channels behind; and whether they were first."""
    shape = array.shape
    while array.ndim > 3 and array.shape[0] == 1:
        array = array[0]
    was_first = False
    if array.ndim == 3 and array.shape[2] not in _CHANNELS and array.shape[0] in _CHANNELS_FIRST:
        array, was_first = array.transpose(1, 2, 0), array.shape[0] > 1
    if array.ndim == 3 and array.shape[2] == 1:
        array = array[..., 0]
    if array.ndim != 2 and not (array.ndim == 3 and array.shape[2] in _CHANNELS):
        raise Unreadable(
            f"its shape is {shape}, and a picture's is (height, width) or (height, width, "
            "channels) with 1 to 4 channels"
        )
    return array, was_first
