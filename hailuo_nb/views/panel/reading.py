"""What a page may send, held to its kind before anybody acts on it.

Pure: JSON values and bytes in, the same out, or a refusal in words. It knows the kinds of
values; what they mean is known to who asks for them.
"""

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

from hailuo_nb.errors import UsageError
from hailuo_nb.views.text import plain

Message = Mapping[str, Any]
Buffers = Sequence[memoryview]

WORDS_CHARS_MAX = 200
"""An id, a kind or a field has no more characters."""

PICKED_MAX = 1000
"""So many clips may be picked or asked for in one message."""


def unreadable() -> UsageError:
    """Return the refusal of what no page of ours sends."""
    return UsageError("The panel sent something that could not be read.", advice="Load it anew.")


def text(message: Message, name: str) -> str:
    """Return a text.

    Raises
    ------
    UsageError
        It is missing or something else; likewise below.
    """
    value = message.get(name)
    if not isinstance(value, str):
        raise unreadable()
    _check_travels(value)
    return value


def word(message: Message, name: str) -> str:
    """Return an id or another short text."""
    value = text(message, name)
    if len(value) > WORDS_CHARS_MAX or plain(value) != value:
        raise unreadable()
    return value


def words(message: Message, name: str) -> list[str]:
    """Return a list of ids."""
    value = message.get(name)
    if not isinstance(value, list) or len(value) > PICKED_MAX:
        raise unreadable()
    return [word({name: one}, name) for one in value]


def number(message: Message, name: str) -> float:
    """Return a finite number that is not negative."""
    value = message.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise unreadable()
    if not (0 <= value < 1e15 and math.isfinite(value)):
        raise unreadable()
    return value


def whole(message: Message, name: str) -> int:
    """Return a whole number that is not negative."""
    value = number(message, name)
    if not isinstance(value, int):
        raise unreadable()
    return value


def facts(message: Message, name: str) -> dict[str, Any]:
    """Return a JSON object."""
    value = message.get(name)
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        raise unreadable()
    _check_travels(value)
    return dict(value)


def piece(buffers: Buffers) -> bytes:
    """Return the one buffer that came with a message."""
    if len(buffers) != 1:
        raise unreadable()
    return bytes(buffers[0])


def _check_travels(value: object) -> None:
    """Refuse what could not be sent back: half a character, a number that is none."""
    try:
        json.dumps(value, allow_nan=False, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise unreadable() from None
