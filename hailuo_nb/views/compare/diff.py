"""What differs between requests: the words of their prompts, and their options.

Pure: texts and requests in, plain values out. It knows nothing of markup, and nothing of
what came out of the requests.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from hailuo_nb.core.models import short_name
from hailuo_nb.core.request import ImageRef, Request
from hailuo_nb.core.values import on_off

NONE = "none"
_PAIRS_MAX = 2_000_000
"""With more pairs of words the search may overlook matches, rather than take seconds."""

Kind = Literal["same", "added", "gone"]
Change = tuple[Kind, str]

# A camera command, a word, one sign of a script without blanks, or anything else, each with
# the blanks behind it.
_WORD = re.compile(
    r"(?:\[[^\[\]\n]{1,80}\]|[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
    r"|[^\W\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+(?:['’]\w+)?|[^\w\s]|^)\s*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DiffOptions:
    """The options of several requests, by the name that a person reads.

    ``differing`` holds one value for each request, in their order; ``same`` the one value
    that all share.
    """

    differing: dict[str, tuple[str, ...]]
    same: dict[str, str]


def word_changes(before: str, after: str) -> tuple[Change, ...]:
    """Return how one text becomes another, word by word.

    The texts of "same" and "added" together are ``after``; neighbours of one kind are one.
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    hasty = len(old) * len(new) > _PAIRS_MAX
    matcher = SequenceMatcher(None, _keys(old), _keys(new), autojunk=hasty)
    changes: list[Change] = []
    for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if kind == "equal":
            changes.append(("same", "".join(new[new_from:new_to])))
            continue
        changes.append(("gone", "".join(old[old_from:old_to])))
        changes.append(("added", "".join(new[new_from:new_to])))
    return tuple(change for change in changes if change[1])


def compare_options(requests: Sequence[Request]) -> DiffOptions:
    """Return which options the requests share, and which not.

    Images differ by their content, whatever they are called. What no request has is left out.
    """
    rows = [_values(request) for request in requests]
    differing: dict[str, tuple[str, ...]] = {}
    same: dict[str, str] = {}
    for name in rows[0] if rows else ():
        values = [row[name] for row in rows]
        if len({identity for _, identity in values}) > 1:
            differing[name] = _told_apart(values)
        elif values[0][0] != NONE:
            same[name] = values[0][0]
    return DiffOptions(differing=differing, same=same)


def _values(request: Request) -> dict[str, tuple[str, str]]:
    """Return each option as what is shown, and what makes two of them the same."""
    shown = {
        "model": short_name(request.model),
        "duration": f"{request.duration_s} s",
        "resolution": request.resolution,
        "aspect ratio": request.aspect_ratio or NONE,
        "optimizer": _switch(request.prompt_optimizer),
        "nsfw check": _switch(request.nsfw_check),
        "sample": str(request.sample),
    }
    images = {"start image": _image(request.image), "end image": _image(request.end_image)}
    return {name: (value, value) for name, value in shown.items()} | images


def _told_apart(values: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Return what is shown, with a piece of the identity where names alone would mislead."""
    if len({shown for shown, _ in values}) == len(set(values)):
        return tuple(shown for shown, _ in values)
    return tuple(shown if shown == NONE else f"{shown} ({key[:6]})" for shown, key in values)


def _image(image: ImageRef | None) -> tuple[str, str]:
    return (image.label, image.identity) if image else (NONE, NONE)


def _switch(switch: bool | None) -> str:
    return NONE if switch is None else on_off(switch)


def _keys(tokens: Sequence[str]) -> list[str]:
    """Return the words without the blanks behind them, which make no difference."""
    return [token.strip() for token in tokens]
