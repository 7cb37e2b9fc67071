"""Foreign text and JSON, made harmless: characters, length, depth and size.

It knows what a hostile text or document can do to a screen or an interpreter,
and nothing of what the text means.
"""

import json
import math
import re
import unicodedata

from hailuo_nb.core.addresses import fault_of

TEXT_CHARS_MAX = 300
# What of a foreign body one message quotes.
EXCERPT_CHARS = 120
_LOOKED_AT_CHARS_MAX = 20_000
_JOINERS = "\u200c\u200d"
_DROPPED = {"Cc", "Cf", "Cs", "Co", "Cn"}
_URL_CHARS_MAX = 8192


class NotJson(ValueError):
    """The bytes are not JSON that can be read safely."""


def clean(text: str, chars_max: int = TEXT_CHARS_MAX) -> str:
    """Return the text without control and direction characters, on one line.

    Joiners stay, since scripts and emoji need them. A text that is too long is
    cut to ``chars_max`` characters, the last of them an ellipsis.
    """
    shown = text[:_LOOKED_AT_CHARS_MAX]
    kept = "".join(char for char in shown if _is_harmless(char))
    folded = " ".join(kept.split())
    if len(folded) <= chars_max:
        return folded
    return folded[: chars_max - 1].rstrip() + "…"


def excerpt(body: bytes) -> str:
    """Return the beginning of a reply as text, without its markup."""
    text = body[:4000].decode("utf-8", "replace")
    text = re.sub(r"(?is)<(script|style)\b[^<]*(</\1>|$)", " ", text)
    return clean(re.sub(r"<[^<>]*>", " ", text), EXCERPT_CHARS)


def load_json(text: str | bytes) -> object:
    """Parse a whole JSON document.

    Raises
    ------
    NotJson
        It is no JSON, too deep, or holds a number too long to read.
    """
    try:
        return json.loads(_decoded(text))
    except (ValueError, RecursionError) as error:
        raise NotJson(type(error).__name__) from None


def load_leading_json(text: str) -> object:
    """Parse the JSON value a text begins with; what follows it is not looked at.

    Raises
    ------
    NotJson
        The text begins with something else.
    """
    try:
        return json.JSONDecoder().raw_decode(_decoded(text).lstrip())[0]
    except (ValueError, RecursionError) as error:
        raise NotJson(type(error).__name__) from None


def is_web_url(value: object) -> bool:
    """Tell whether the value is an http(s) address in plain printable characters."""
    return (
        isinstance(value, str)
        and len(value) <= _URL_CHARS_MAX
        and re.match(r"https?://[^/]", value, re.IGNORECASE) is not None
        and value.isprintable()
        and fault_of(value) is None
    )


def as_number(value: object, largest: float = 1e12, least: float = 0.0) -> float | None:
    """Return a number from ``least`` to ``largest``, given as number or text; else None."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    if isinstance(value, str) and len(value) > 40:
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) and least <= number <= largest else None


def _decoded(text: str | bytes) -> str:
    decoded = text if isinstance(text, str) else text.decode("utf-8")
    return decoded.removeprefix("\ufeff")


def _is_harmless(char: str) -> bool:
    if char in _JOINERS or char.isspace():
        return True
    return unicodedata.category(char) not in _DROPPED
