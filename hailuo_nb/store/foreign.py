"""Values that anyone may have written, in a JSON file or a row: as they should be, or refused.

Each reader returns one kind of value and raises a ValueError for any other; nothing is
guessed or converted. It knows kinds of values, not what they mean.
"""

import json
import math
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn, TypeVar

LATEST_S = datetime(2100, 1, 1, tzinfo=UTC).timestamp()
"""Later times are no times of ours, in seconds since the epoch."""

AMOUNT_MAX = 1e12
_ID_CHARS_MAX = 200

T = TypeVar("T")


class Odd(ValueError):
    """What is wrong with a file, as the end of a sentence."""


def load_object(path: Path, size_max_bytes: int) -> dict[str, object]:
    """Return the JSON object that a file holds.

    Raises
    ------
    OSError
        It cannot be read.
    ValueError, RecursionError
        It is no JSON, too large or too deep, or no object.
    """
    with path.open("rb") as file:
        data = file.read(size_max_bytes + 1)
    return object_of(data, size_max_bytes)


def object_of(data: bytes, size_max_bytes: int) -> dict[str, object]:
    """Return the JSON object that bytes are; raises as `load_object` does."""
    if len(data) > size_max_bytes:
        raise Odd("it is too large")
    found = json.loads(data.decode("utf-8-sig"), parse_constant=_no_constant)
    if not isinstance(found, dict):
        raise Odd("it is no JSON object")
    return found


def beyond(found: Mapping[str, object], known: Collection[str]) -> tuple[tuple[str, object], ...]:
    """Return the fields of an object that are not known here, in the alphabet's order."""
    return tuple(sorted((name, found[name]) for name in found.keys() - set(known)))


def or_none(read: Callable[[object], object]) -> Callable[[object], object]:
    """Return a reader that takes null, too."""
    return lambda value: None if value is None else read(value)


def whole(least: int, most: int) -> Callable[[object], int]:
    """Return a reader of whole numbers from ``least`` to ``most``."""

    def read(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise ValueError
        return value

    return read


def within(least: float, most: float) -> Callable[[object], float]:
    """Return a reader of numbers from ``least`` to ``most``."""

    def read(value: object) -> float:
        found = number(value)
        if not least <= found <= most:
            raise ValueError
        return found

    return read


def one_of(known: Collection[T]) -> Callable[[object], T]:
    """Return a reader of what is one of these."""

    def read(value: object) -> T:
        found = [one for one in known if one == value]
        if not found:
            raise ValueError
        return found[0]

    return read


def reason_of(error: Exception) -> str:
    """Return why a JSON text could not be read, as the end of a sentence."""
    return str(error) if isinstance(error, Odd) else "it is no readable JSON"


def amount(value: object) -> float:
    """Return a number from 0 to `AMOUNT_MAX`."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise ValueError  # noqa: TRY004 - one kind of error for every odd value
    if not 0 <= value <= AMOUNT_MAX:  # NaN is neither
        raise ValueError
    return float(value)


def number(value: object) -> float:
    """Return a finite number."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise ValueError  # noqa: TRY004 - one kind of error for every odd value
    if not math.isfinite(value):
        raise ValueError
    return float(value)


def local_id(value: object) -> str:
    """Return an id of ours: letters and digits, safe as a file name."""
    id = text(value)
    if not (id.isascii() and id.isalnum() and len(id) <= _ID_CHARS_MAX):
        raise ValueError
    return id


def text(value: object) -> str:
    """Return a text; one with half a character, which no file can hold, is refused."""
    if not isinstance(value, str):
        raise ValueError  # noqa: TRY004 - one kind of error for every odd value
    value.encode("utf-8")
    return value


def switch(value: object) -> bool:
    """Return true or false."""
    if not isinstance(value, bool):
        raise ValueError  # noqa: TRY004 - one kind of error for every odd value
    return value


def when(value: object) -> float:
    """Return the seconds since the epoch of an ISO time with its zone, 1970 to 2100."""
    at = datetime.fromisoformat(text(value))
    if at.tzinfo is None:
        raise ValueError
    try:
        at_s = at.timestamp()
    except OverflowError:
        raise ValueError from None
    if not 0 <= at_s <= LATEST_S:
        raise ValueError
    return at_s


def _no_constant(name: str) -> NoReturn:
    raise Odd(f"it holds {name}")
