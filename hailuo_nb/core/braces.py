r"""The braces of a prompt: which are plain text, which insert a variable, which are an axis.

Syntax alone: a text in, its pieces out. ``{slow|fast}`` is an axis if it is closed on its
line, has a ``|`` of its own and holds no ``"`` and no data such as ``'key': 'a|b'``;
``{{name}}`` inserts; all other braces are text, and so is whatever a backslash stands before.
It knows no variable and no value.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from unicodedata import combining, east_asian_width

from hailuo_nb.errors import PromptError

_TOKEN = re.compile(
    r"(?P<separator>^\\+---[ \t]*$)"
    r"|\\(?P<escaped>[{}|])"
    r"|\{\{[ \t]*(?P<name>[^\W\d]\w*)[ \t]*\}\}"
    r"|(?P<odd>\{\{(?:[^{}\n\\]|\\[{}|]?+)*+\}\})"
    r'|(?P<mark>[{}|"\n])',
    re.MULTILINE,
)
_MARK = re.compile(r"[{}|\\]")
_ESCAPED = re.compile(r"\\([{}|])")
_KEY = re.compile(r"[ \t]*['‘“][^'’”\n]*['’”][ \t]*:")
_TORN = re.compile(
    r"(?:(?<![^{])|(?<=[:,(\[=]))[ \t]*['‘“][^'’”|\n]*\|[^'’”\n]*['’”](?=[ \t]*[]:,)}])"
)
"""A quoted text that a bar would tear apart."""

_DATA_CHARS_MAX = 2000
_BEFORE_CHARS, _AFTER_CHARS = 48, 28


@dataclass(frozen=True, slots=True, kw_only=True)
class Insert:
    """A variable's name in double braces; ``at`` is its place in the text, from 0."""

    name: str
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """An axis in braces: two or more alternatives, each in pieces of its own."""

    alternatives: tuple[tuple[str | Insert, ...], ...]


Piece = str | Insert | Group


@dataclass(slots=True, kw_only=True)
class _Open:
    """A brace that is open: where, and what was there before it."""

    at: int
    quotes: int
    axes: int
    bars: list[int]


def read_braces(text: str, start: int, end: int) -> tuple[Piece, ...]:
    """Return the pieces of a text from ``start`` to before ``end``, whole lines.

    Raises
    ------
    PromptError
        An axis stands inside an axis.
    """
    if not _MARK.search(text, start, end):
        return (text[start:end],)
    tokens = list(_TOKEN.finditer(text, start, end))
    opens, bars, closes = _axes(text, tokens)
    pieces: list[Piece] = []
    inside: list[list[str | Insert]] = []
    at = start
    for token in tokens:
        now = inside[-1] if inside else pieces
        now.append(text[at : token.start()])
        at = token.end()
        if token.start() in opens:
            inside = [[]]
        elif token.start() in bars:
            inside.append([])
        elif token.start() in closes:
            pieces.append(Group(alternatives=tuple(map(tuple, inside))))
            inside = []
        else:
            now.append(_plain(token))
    return (*pieces, text[at:end])


def odd_braces(text: str) -> Iterator[str]:
    """Yield what stands in double braces and is no name, so that it is plain text."""
    if "{{" in text:
        yield from (token["odd"] for token in _TOKEN.finditer(text) if token["odd"])


def located(text: str, at: int, what: str, advice: str) -> PromptError:
    """Return an error with its line and column, from 1, and a caret below the place.

    Parameters
    ----------
    text
        The whole body.
    at
        The place in it, from 0.
    what, advice
        What is wrong there, without its place, and what to do; each a sentence.
    """
    line, begin = text.count("\n", 0, at) + 1, text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    first, last = max(begin, at - _BEFORE_CHARS), at + _AFTER_CHARS
    before = ("…" if first > begin else "") + _printable(text[first:at])
    after = _printable(text[at : last if end < 0 else min(end, last)])
    return PromptError(
        f"Line {line}, column {at - begin + 1}: {what}",
        advice=f"{advice}\n    {before}{after}\n    {' ' * _width(before)}^",
    )


def _axes(
    text: str, tokens: Iterable[re.Match[str]]
) -> tuple[frozenset[int], frozenset[int], frozenset[int]]:
    """Return where axes open, where their bars stand, and where they close."""
    found: list[tuple[_Open, int]] = []
    open_: list[_Open] = []
    quotes = 0
    for token in tokens:
        mark, at = token["mark"], token.start()
        quotes += token[0].count('"')
        if mark == "\n":
            open_.clear()
        elif mark == "{":
            open_.append(_Open(at=at, quotes=quotes, axes=len(found), bars=[]))
        elif mark == "|" and open_:
            open_[-1].bars.append(at)
        elif mark == "}" and open_:
            group = open_.pop()
            if group.bars and group.quotes == quotes and not _is_data(text, group.at + 1, at + 1):
                if len(found) > group.axes:
                    raise axis_inside_axis(text, found[group.axes][0].at)
                found.append((group, at))
    return (
        frozenset(group.at for group, _ in found),
        frozenset(bar for group, _ in found for bar in group.bars),
        frozenset(at for _, at in found),
    )


def _is_data(text: str, start: int, end: int) -> bool:
    """Tell whether braces hold data as Python writes it; ``end`` is behind the closing one."""
    end = min(end, start + _DATA_CHARS_MAX)
    return bool(_KEY.match(text, start, end) or _TORN.search(text, start, end))


def axis_inside_axis(text: str, at: int) -> PromptError:
    """Return the error for an axis at a place that lies inside another one."""
    return located(
        text,
        at,
        "an axis stands inside an axis.",
        r"Write every alternative out in one {a|b|c}, or \{ \| \} for plain text:",
    )


def _plain(token: re.Match[str]) -> str | Insert:
    if token["name"]:
        return Insert(name=token["name"], at=token.start())
    if token["separator"]:
        return token[0][1:]
    if token["odd"]:
        return _ESCAPED.sub(r"\1", token[0])
    return token["escaped"] or token[0]


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _width(text: str) -> int:
    """Return how many columns a text takes where letters are of one width."""
    return sum(
        0 if combining(letter) else 1 + (east_asian_width(letter) in "WF") for letter in text
    )
