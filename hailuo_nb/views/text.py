"""How foreign text and addresses get onto a screen without doing harm there.

Prompts, names, ids and error words come from anywhere. This module knows HTML and
Unicode; it must not know tasks.
"""

import html
import re
import unicodedata
from collections.abc import Sequence

AWAY = "kernel:"
"""Stands for the address of a clip that only the kernel can read."""

PROMPT_SHOWN_CHARS = 240
"""A longer prompt is folded after about so many characters."""

REASON_SHOWN_CHARS = 60
"""A longer reason is folded after its first sentence where room is scarce."""

_FIRST_SENTENCE = re.compile(r".*?[.!?]\s+(?=\S)", re.DOTALL)
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_EMBEDDED = re.compile(r"data:(video/mp4|image/jpeg|image/webp);base64,[A-Za-z0-9+/=]+")
_FORBIDDEN = re.compile("[\x00-\x20\x7f-\x9f\\\\\"'<>`\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    """Return the text without control characters, direction overrides and half characters.

    Line breaks and tabs stay; a carriage return becomes a line break.
    """
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    visible = _DIRECTION.sub("", _CONTROLS.sub("", unified))
    return visible.encode("utf-8", "replace").decode("utf-8")


def one_line(text: str) -> str:
    """Return the text without line breaks and with one blank between words, cleaned."""
    return " ".join(plain(text).split())


def escaped(text: str) -> str:
    """Return the text ready for HTML, between tags or inside a quoted attribute."""
    return html.escape(plain(text), quote=True)


def isolated(text: str) -> str:
    """Return the text as HTML whose writing direction cannot reach its neighbours."""
    return f'<bdi dir="auto">{escaped(text)}</bdi>'


def safe_address(address: str | None) -> str | None:
    """Return the address if a page may load it, else None.

    Parameters
    ----------
    address
        Allowed are a percent-encoded relative path, http(s), and base64 ``data:`` of
        a JPEG, WEBP or MP4.
    """
    if not address:
        return None
    if _EMBEDDED.fullmatch(address):
        return address
    if _FORBIDDEN.search(address) or address.startswith("//"):
        return None
    if _SCHEME.match(address) and not address.lower().startswith(("http://", "https://")):
        return None
    return address


def is_embedded(address: str) -> bool:
    """Tell whether the address carries the bytes itself."""
    return address.startswith("data:")


def fold(prompt: str) -> tuple[str, str]:
    """Split a long prompt into what is always shown and the rest, "" for a short one."""
    if len(prompt) <= PROMPT_SHOWN_CHARS * 1.25:
        return prompt, ""
    space = prompt.rfind(" ", PROMPT_SHOWN_CHARS // 2, PROMPT_SHOWN_CHARS)
    cut = space + 1 if space > 0 else PROMPT_SHOWN_CHARS
    return prompt[:cut], prompt[cut:]


def fold_reason(reason: str) -> tuple[str, str]:
    """Split a long reason into its first sentence and the rest, "" for a short one."""
    if len(reason) <= REASON_SHOWN_CHARS:
        return reason, ""
    first = _FIRST_SENTENCE.match(reason)
    if first is None or first.end() > PROMPT_SHOWN_CHARS:
        return fold(reason)
    return reason[: first.end()], reason[first.end() :]


def aligned(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Return rows of as many cells as lines whose columns stand below each other on a terminal."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(map(_padded, row, widths)).rstrip() for row in rows]


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _width(text: str) -> int:
    """Return how many columns a text takes on a terminal."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(sign: str) -> int:
    if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in ("W", "F") else 1
