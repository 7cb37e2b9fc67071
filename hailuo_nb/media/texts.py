"""An image written as text: a data: address, or base64 alone.

It knows letters and the bytes that they stand for, not pixels.
"""

import binascii
import re
from base64 import b64decode

from hailuo_nb.core.stills import is_encoded
from hailuo_nb.errors import ImageError, brief

SAID_CHARS_MAX = 100
"""So much of what was given is said again."""

_ADDRESS = re.compile(r"data:[^,]{0,200}?(;base64)?,", re.IGNORECASE)
_BASE64_CHARS_MIN = 64
_URL_SAFE = str.maketrans("-_", "+/")


def image_in(text: str) -> bytes | None:
    """Return the image that a text holds, None where it holds none.

    Raises
    ------
    ImageError
        It is a data: address of something else.
    """
    address = _ADDRESS.match(text)
    if address is None:
        data = _decoded(text) if len(text) >= _BASE64_CHARS_MIN else None
        return data if data is not None and is_encoded(data) else None
    data = _decoded(text[address.end() :]) if address[1] else None
    if data is None or not is_encoded(data):
        raise ImageError(
            f"{said(text)} is a data: address, but of no image.",
            advice="Give the file, or the bytes in a variable.",
        )
    return data


def said(text: str) -> str:
    """Return a text in quotes as it may stand in a sentence: its backslashes as they were typed."""
    return brief(repr(text).replace("\\\\", "\\"), SAID_CHARS_MAX)


def _decoded(text: str) -> bytes | None:
    letters = "".join(text.split()).rstrip("=").translate(_URL_SAFE)
    try:
        return b64decode(letters + "=" * (-len(letters) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None
