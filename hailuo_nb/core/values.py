"""Values as people type them: numbers, times, switches; each checked and named in its refusal.

It knows text in and values out; it does not know which option takes which.
"""

import math
from numbers import Integral

from hailuo_nb.errors import OptionError


def count(flag: str, value: str | int | None, *, most: int) -> int | None:
    """Return a whole number from 1 to ``most``, None where nothing was said.

    Raises
    ------
    OptionError
        The value is something else.
    """
    if value is None:
        return None
    small = isinstance(value, int) or (value.isdecimal() and len(value) < 10)
    number = int(value) if small else 0
    if not 1 <= number <= most:
        raise OptionError(f"{flag} takes a number from 1 to {most}, not {value!r}.")
    return number


def time_s(flag: str, value: str | float | None) -> float | None:
    """Return a time in seconds from "90s", "30m", "2h" or a number; None where nothing was said.

    Raises
    ------
    OptionError
        The value is no such time, or not above 0.
    """
    if value is None:
        return None
    if isinstance(value, int | float):
        number, factor = float(value), 1.0
    else:
        digits, factor = value[:-1], _FACTORS.get(value[-1:], 0.0)
        number = float(digits) if digits.replace(".", "", 1).isdecimal() else 0.0
    if not 0 < number * factor < float("inf"):
        raise OptionError(f"{flag} takes a time such as 90s, 30m or 2h, not {value!r}.")
    return number * factor


_FACTORS = {"s": 1.0, "m": 60.0, "h": 3600.0}


def text(flag: str, value: object) -> str:
    """Return a text as it is.

    Raises
    ------
    OptionError
        The value is something else.
    """
    if not isinstance(value, str):
        raise OptionError(f"{flag} takes text, not {value!r}.")
    return value


def switch(flag: str, value: object) -> bool | None:
    """Return True for on, False for off, None where nothing was said.

    Raises
    ------
    OptionError
        The value is neither on nor off.
    """
    if value is None or isinstance(value, bool):
        return value
    if not isinstance(value, str) or value.lower() not in ("on", "off"):
        raise OptionError(f"{flag} takes on or off, not {value!r}.")
    return value.lower() == "on"


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
    if isinstance(value, Integral) and not isinstance(value, bool):
        return int(value)
    if isinstance(value, str) and value.isdecimal() and len(value) < 10:
        return int(value)
    raise OptionError(f"--duration takes seconds, such as 6, not {value!r}.")


def amount(flag: str, value: str | float | None) -> float | None:
    """Return an amount of credits above 0, None where nothing was said.

    Raises
    ------
    OptionError
        The value is something else.
    """
    if value is None:
        return None
    try:
        credits = float(value)
    except (ValueError, OverflowError):
        credits = math.nan
    if not (math.isfinite(credits) and credits > 0):
        raise OptionError(f"{flag} takes credits, such as 50, not {value!r}.")
    return credits
