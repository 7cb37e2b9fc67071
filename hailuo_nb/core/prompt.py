r"""The text of a prompt cell: from what was typed to the prompts that are sent.

It knows the grammar: a line ``---`` separates prompts, a group such as ``{slow|fast}`` is
an axis, ``{{name}}`` inserts a variable, and a list makes it an axis. A backslash before
``{ } |`` or a line ``---`` makes them plain text. Nothing is evaluated, and what was
inserted is not read again.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from difflib import get_close_matches
from math import prod
from numbers import Real

from hailuo_nb.core.blanks import joined
from hailuo_nb.core.braces import Group, Insert, Piece, axis_inside_axis, odd_braces, read_braces
from hailuo_nb.core.linked import check_equal, picks
from hailuo_nb.core.matrix import (
    ABSENT,
    COMBINATIONS_MAX,
    Axis,
    Prompts,
    Variant,
    check_number,
    short,
    unique,
)
from hailuo_nb.core.names import as_name
from hailuo_nb.core.slips import check_meant
from hailuo_nb.core.values import is_missing, listed
from hailuo_nb.errors import PromptError, UsageError

NONE = "(none)"
"""The label of an alternative that is empty."""

_SEPARATOR = re.compile(r"^---[ \t]*$", re.MULTILINE)
_ESCAPABLE = re.compile(r"[{}|]|^\\*---[ \t]*$", re.MULTILINE)
_LINE_END = re.compile(r"\r+\n")
_PLAIN = str.maketrans("\uff5b\uff5c\uff5d", "{|}")
_WIDE = re.compile(r"(?<!\\)[{\uff5b][^{|}\uff5b-\uff5d\n]*[|\uff5c][^{}\uff5b\uff5d\n]*[}\uff5d]")
_AXIS_SIGNS = set("{|}")
"""Braces of an axis, and all that a Chinese keyboard makes look like them."""

_PROMPT_CHARS = 28
_AXES_MAX = 100

_Template = tuple[str | int, ...]
"""A prompt in pieces; a number stands for an axis."""


def read_prompts(
    body: str,
    names: Mapping[str, object],
    *,
    verbatim: bool = False,
    most: int = COMBINATIONS_MAX,
    times: int = 1,
    linked: Sequence[str] = (),
) -> Prompts:
    """Return every prompt that a cell's body stands for, with the axes between them.

    Blank lines at the ends of each prompt are dropped, and so is a separator before the
    first or after the last one. The same list or group in several prompts is one axis.

    Parameters
    ----------
    body
        The cell's text below the magic line.
    names
        The notebook's variables.
    verbatim
        Whether the body is one prompt, exactly as typed.
    most
        So many clips it may stand for.
    times
        Clips of each prompt.
    linked
        Names of axes that go together; some may be none of the prompts'.

    Raises
    ------
    PromptError
        A name is not defined or not text, a number or a list of these; a prompt is missing
        or cannot be sent; an axis stands inside an axis; a line is no prompt's.
    UsageError
        There are more.
    OptionError
        Linked axes have not equally many values.
    """
    if verbatim:
        return Prompts(variants=(Variant(text=_sendable(body)),))
    text = _LINE_END.sub("\n", body)
    check_meant(text)
    places = _sections(text)
    check_number(times * len(places), most)
    axes = _Axes(text, names)
    templates = [axes.template(read_braces(text, *place)) for place in places]
    warnings = [prompt_warnings(text[start:end]) for start, end in places]
    return _expanded(axes, templates, warnings, lambda n: check_number(times * n, most), linked)


def prompt_warnings(body: str) -> tuple[str, ...]:
    """Return what looks like an insertion but is sent as plain text."""
    advice = dict.fromkeys(odd_braces(body), "only a variable's name is inserted")
    for braces in _WIDE.findall(body):
        if not _AXIS_SIGNS.issubset(braces):
            advice[braces] = f"write {braces.translate(_PLAIN)}"
    return tuple(f"{braces} is sent as plain text: {words}." for braces, words in advice.items())


def escape(text: str) -> str:
    r"""Return what to type in a cell so that a text arrives as it is.

    Only ``--verbatim`` keeps blank lines at the ends, and ``\r\n`` as the end of a line.
    """
    return _ESCAPABLE.sub(r"\\\g<0>", _LINE_END.sub("\n", text))


class _Axes:
    """The axes of one cell's prompts, in the order in which they first stand there."""

    def __init__(self, text: str, names: Mapping[str, object]) -> None:
        self._text = text
        self._names = names
        self._places: dict[object, int] = {}
        self._titles: list[str] = []
        self.groups: set[int] = set()
        self.texts: list[tuple[str, ...]] = []
        self.labels: list[tuple[str, ...]] = []

    def template(self, pieces: Iterable[Piece]) -> _Template:
        """Return a prompt with its scalars inserted and its axes noted."""
        seen: Counter[tuple[str, ...]] = Counter()
        return tuple(
            self._group(piece, seen) if isinstance(piece, Group) else self._plain(piece)
            for piece in pieces
        )

    def named(self, templates: Sequence[_Template]) -> list[Axis]:
        """Return the axes; one that a prompt lacks has a place for that."""
        lacking = {at for at in range(len(self.texts)) if any(at not in one for one in templates)}
        return [
            Axis(name=name, values=(*self.labels[at], *([ABSENT] if at in lacking else [])))
            for at, name in enumerate(unique(self._titles, taken=["prompt"]))
        ]

    def tied(self, linked: Sequence[str]) -> list[int]:
        """Return the axes among these that go together, which have equally many values."""
        tied = [at for at, title in enumerate(self._titles) if title in linked]
        check_equal({self._titles[at]: len(self.texts[at]) for at in tied})
        return tied

    def _plain(self, piece: str | Insert) -> str | int:
        if isinstance(piece, str):
            return piece
        value = inserted(piece.name, self._names)
        return value if isinstance(value, str) else self._add(piece.name, value, piece.name)

    def _group(self, group: Group, seen: Counter[tuple[str, ...]]) -> int:
        texts = tuple("".join(map(self._scalar, parts)) for parts in group.alternatives)
        seen[texts] += 1
        place = self._add((texts, seen[texts]), texts)
        self.groups.add(place)
        return place

    def _scalar(self, piece: str | Insert) -> str:
        if isinstance(piece, str):
            return piece
        value = inserted(piece.name, self._names)
        if not isinstance(value, str):
            raise axis_inside_axis(self._text, piece.at)
        return value

    def _add(self, key: object, texts: tuple[str, ...], title: str = "") -> int:
        if key not in self._places:
            self._places[key] = len(self.texts)
            labels = [short(text) or NONE for text in texts]
            self.texts.append(texts)
            self.labels.append(unique(labels, taken=[ABSENT]))
            self._titles.append(title or short("|".join(labels)))
        return self._places[key]


def _expanded(
    axes: _Axes,
    templates: Sequence[_Template],
    warnings: Sequence[tuple[str, ...]],
    check: Callable[[int], None],
    linked: Sequence[str],
) -> Prompts:
    """Return each prompt with every value of the axes that it has."""
    owns = [sorted({piece for piece in one if isinstance(piece, int)}) for one in templates]
    counts, tied = list(map(len, axes.texts)), axes.tied(linked)
    check(sum(prod(counts[at] for at in own if at not in tied[1:]) for own in owns))
    if len(axes.texts) > _AXES_MAX:
        raise UsageError(f"This cell has {len(axes.texts)} axes; at most {_AXES_MAX} are taken.")
    titles = [f"{at} {_title(one)}".rstrip() for at, one in enumerate(templates, 1)]
    several = len(templates) > 1
    variants = [
        Variant(
            **_filled(axes, template, picked),
            values=(*([title] if several else []), *_labels(axes, picked)),
            warnings=notes,
        )
        for template, own, title, notes in zip(templates, owns, titles, warnings, strict=True)
        for picked in picks(own, counts, tied)
    ]
    first = [Axis(name="prompt", values=tuple(titles))] if several else []
    return Prompts(axes=(*first, *axes.named(templates)), variants=tuple(variants))


def _filled(axes: _Axes, template: _Template, picked: Mapping[int, int]) -> dict[str, str]:
    """Return the text of a prompt, and as it was typed where that differs."""
    parts = [
        (piece, False)
        if isinstance(piece, str)
        else (axes.texts[piece][picked[piece]], piece in axes.groups)
        for piece in template
    ]
    text, as_typed = joined(parts), "".join(part for part, _ in parts)
    return {"text": _sendable(text), "as_typed": as_typed if as_typed != text else ""}


def _labels(axes: _Axes, picked: Mapping[int, int]) -> list[str]:
    return [labels[picked[at]] if at in picked else ABSENT for at, labels in enumerate(axes.labels)]


def _title(template: _Template) -> str:
    """Return a prompt's first words; an axis in them is shown as dots."""
    words = "".join(piece if isinstance(piece, str) else "…" for piece in template)
    return short(words, chars=_PROMPT_CHARS)


def _sections(text: str) -> list[tuple[int, int]]:
    """Return where each prompt begins and ends, without the blank lines around it."""
    lines = list(_SEPARATOR.finditer(text))
    starts = [0, *(line.end() + 1 for line in lines)]
    ends = [*(line.start() for line in lines), len(text)]
    places = [_trimmed(text, start, end) for start, end in zip(starts, ends, strict=True)]
    for line, (start, end) in zip(lines, places[1:-1], strict=False):
        if start == end:
            number = text.count("\n", 0, line.start()) + 1
            raise PromptError(
                f"Line {number}: no prompt stands between this --- and the next one.",
                advice=r"Write one there, take one --- out, or write \--- for plain text.",
            )
    return [(start, end) for start, end in places if start < end] or [(0, 0)]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    if not part.strip():
        return start, start
    first, last = start + len(part) - len(part.lstrip()), start + len(part.rstrip())
    after = text.find("\n", last, end)
    return max(start, text.rfind("\n", 0, first) + 1), end if after < 0 else after


def _sendable(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise PromptError(f"Character {error.start + 1} of the prompt is no text.") from None
    return text


def inserted(name: str, names: Mapping[str, object]) -> str | tuple[str, ...]:
    """Return what ``{{name}}`` stands for; a list, column or array gives its items in order.

    Raises
    ------
    PromptError
        There is no such variable, or it holds something else than text and numbers, or
        nothing, or an item is missing or no finite number; it says which.
    """
    name = as_name(name)
    if name not in names:
        near = get_close_matches(name, [known for known in names if known[:1] != "_"], n=1)
        hint = f" Did you mean {{{{{near[0]}}}}}?" if near else ""
        raise PromptError(f"{{{{{name}}}}}: there is no variable {name!r}.{hint}")
    value = names[name]
    items = listed(value)
    if items is None:
        return _text(name, value, repr(name))
    if not items:
        raise PromptError(
            f"{{{{{name}}}}}: {name!r} is an empty {type(value).__name__}.",
            advice="Give it at least one text or number.",
        )
    return tuple(_text(name, item, f"item {at} of {name!r}") for at, item in enumerate(items))


def _text(name: str, value: object, what: str) -> str:
    if isinstance(value, str):
        return value
    if is_missing(value):
        raise PromptError(
            f"{{{{{name}}}}}: {what} is {value}, which is no value.",
            advice=f"Take it out of {name!r}, or put text or a number in its place.",
        )
    if not isinstance(value, Real | Decimal) or isinstance(value, bool):
        raise PromptError(
            f"{{{{{name}}}}}: {what} is of type {type(value).__name__}; "
            "only text, numbers and lists of these can be inserted."
        )
    try:
        return str(value)
    except ValueError:
        raise PromptError(f"{{{{{name}}}}}: {what} has too many digits.") from None
