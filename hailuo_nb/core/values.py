"""Values as people give them: numbers, times, switches; each checked and named in its refusal.

It knows text and objects in and values out; it does not know which option takes which. A
number of numpy is a number, a truth value never is one.
"""

import math
import os
import re
import time
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from fractions import Fraction
from numbers import Integral, Real
from pathlib import Path
from typing import cast
from unicodedata import normalize

from hailuo_nb.errors import OptionError, UsageError, brief

SHOWN_CHARS_MAX = 100
"""So much of what was given is said again."""

_PLAIN = (str, bytes, int, float, complex, Decimal, Fraction, type(None))
_MISSING = ("NaTType", "NAType")
"""The types of what pandas puts in place of a missing time or value."""

_TIMES = ("datetime64", "timedelta64")
"""Numpy's types of times, which may be none."""


def scalar(value: object) -> object:
    """Return what numpy has boxed, as Python has it; anything else as it is."""
    unbox = getattr(value, "item", None)
    if getattr(value, "shape", None) != () or not callable(unbox):
        return value
    unboxed = unbox()
    return value if unboxed is None else unboxed  # a missing time


def listed(value: object) -> list[object] | None:
    """Return the items of a list, tuple, range, column or one-dimensional array; else None."""
    if isinstance(value, list | tuple | range):
        return list(value)
    for unpack in ("to_list", "tolist"):
        make = getattr(value, unpack, None)
        if callable(make) and getattr(value, "ndim", None) == 1:
            return list(cast("Callable[[], list[object]]", make)())
    return None


COMMAS = (",", "\uff0c", "\u3001")
"""A comma, and what a Chinese keyboard has in its place."""


def split_list(value: str) -> list[str]:
    """Return what stands between the commas of a text, without the blanks around."""
    return [part.strip() for part in re.split("|".join(COMMAS), value)]


def is_missing(value: object) -> bool:
    """Tell whether a value is what a table has where there is none, or is no finite number."""
    if type(value).__name__ in _MISSING:
        return True
    if type(value).__name__ in _TIMES:
        return bool(value != value)
    number = number_of(value)
    return number is not None and not isinstance(value, Integral) and not math.isfinite(number)


def shown(value: object) -> str:
    """Return a value as it may stand in a sentence: short, and an object by its type alone."""
    if not isinstance(value, _PLAIN):
        return f"an object of type {type(value).__name__}"
    return brief(f"{value:g}" if isinstance(value, float) else repr(value), SHOWN_CHARS_MAX)


def count(flag: str, value: object, *, most: int) -> int | None:
    """Return a whole number from 1 to ``most``, None where nothing was said.

    Raises
    ------
    OptionError
        The value is something else.
    """
    if value is None:
        return None
    number = whole_of(value)
    if number is None or not 1 <= number <= most:
        raise OptionError(f"{flag} takes a number from 1 to {most}, not {shown(scalar(value))}.")
    return number


def time_s(flag: str, value: object) -> float | None:
    """Return a time in seconds from "90s", "30m", "2h" or a number; None where nothing was said.

    Raises
    ------
    OptionError
        The value is no such time, or not above 0.
    """
    if value is None:
        return None
    number, factor = number_of(value), 1.0
    if isinstance(value, str):
        digits, factor = value[:-1], _FACTORS.get(value[-1:], 0.0)
        number = float(digits) if digits.replace(".", "", 1).isdecimal() else 0.0
    if number is None or not 0 < number * factor < float("inf"):
        given = shown(scalar(value))
        raise OptionError(f"{flag} takes a time such as 90s, 30m or 2h, not {given}.")
    return number * factor


_FACTORS = {"s": 1.0, "m": 60.0, "h": 3600.0}


def deadline_of(timeout: object) -> float | None:
    """Return when a waiting of so many seconds is over, on the monotonic clock; None for never.

    Raises
    ------
    OptionError
        It is no number of seconds, from 0 on.
    """
    if timeout is None:
        return None
    number = number_of(timeout)
    if number is None or not 0 <= number < math.inf:
        raise OptionError(
            f"timeout takes seconds, such as 60, not {shown(scalar(timeout))}.",
            advice="None, or leaving it out, waits for as long as it takes.",
        )
    return time.monotonic() + number


def text(flag: str, value: object, *, advice: str | None = None) -> str:
    """Return a text as it is.

    Raises
    ------
    OptionError
        The value is something else.
    """
    if not isinstance(value, str):
        raise OptionError(f"{flag} takes text, not {shown(scalar(value))}.", advice=advice)
    return value


def whole_text(flag: str, value: object) -> str:
    """Return a text that can be kept and looked for.

    Raises
    ------
    OptionError
        The value is something else, or holds half of a character.
    """
    if any("\ud800" <= char <= "\udfff" for char in text(flag, value)):
        raise OptionError(f"{flag} holds half of a character.", advice="Type it anew.")
    return cast("str", value)


def choice(flag: str, value: object) -> str:
    """Return the text of one of several choices; full-width signs are those that look like them.

    Raises
    ------
    OptionError
        The value is something else.
    """
    return normalize("NFKC", text(flag, value)).strip()


def switch(flag: str, value: object) -> bool | None:
    """Return True for on, False for off, None where nothing was said.

    Raises
    ------
    OptionError
        The value is neither on nor off.
    """
    value = scalar(value)
    if value is None or isinstance(value, bool):
        return value
    if not isinstance(value, str) or value.lower() not in ("on", "off"):
        raise OptionError(f"{flag} takes on or off, not {shown(value)}.")
    return value.lower() == "on"


def flag(name: str, value: object) -> bool:
    """Return whether a flag is given; None says that it is not.

    Raises
    ------
    OptionError
        The value is no truth value: "off" would otherwise be as true as any text.
    """
    value = scalar(value)
    if value is not None and not isinstance(value, bool):
        raise OptionError(f"{name} is True or False, not {shown(value)}.")
    return bool(value)


def path_of(typed: object) -> Path:
    """Return the path that was typed, ``~`` as the home folder.

    Raises
    ------
    UsageError
        It is no path, or there is no such home folder.
    """
    if not isinstance(typed, str | os.PathLike) or "\0" in str(typed):
        raise UsageError(f"A path is text, not {shown(typed)}.", advice="Write it in full.")
    try:
        return Path(typed).expanduser()
    except RuntimeError:
        raise UsageError(
            f"{Path(typed).parts[0]} names a home folder that does not exist.",
            advice="Write the path in full.",
        ) from None


def on_off(value: bool) -> str:
    """Return a switch as it is typed."""
    return "on" if value else "off"


def seconds(value: object) -> int | None:
    """Return a duration in whole seconds, None where nothing was said.

    Raises
    ------
    OptionError
        The value is no whole number.
    """
    if value is None:
        return None
    number = whole_of(value)
    if number is None:
        raise OptionError(f"--duration takes seconds, such as 6, not {shown(scalar(value))}.")
    return number


def amount(flag: str, value: object) -> float | None:
    """Return an amount of credits above 0, None where nothing was said.

    Raises
    ------
    OptionError
        The value is something else.
    """
    if value is None:
        return None
    credits = number_of(value)
    if isinstance(value, str):
        with suppress(ValueError):
            credits = float(value)
    if credits is None or not (math.isfinite(credits) and credits > 0):
        raise OptionError(f"{flag} takes credits, such as 50, not {shown(scalar(value))}.")
    return credits


def whole_of(value: object) -> int | None:
    """Return a whole number of digits or of any kind of number, None where it is none."""
    if isinstance(value, str):
        return int(value) if value.isdecimal() and len(value) < 10 else None
    number = number_of(value)
    return int(number) if number is not None and number.is_integer() else None


def number_of(value: object) -> float | None:
    """Return a number of any kind, None for a truth value and for what is no number."""
    value = scalar(value)
    if isinstance(value, bool) or not isinstance(value, Real | Decimal):
        return None
    try:
        return float(value)
    except (ValueError, OverflowError):
        return math.nan
