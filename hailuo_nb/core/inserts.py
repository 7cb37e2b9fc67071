"""What a notebook's variable gives to a prompt: a text, or each text of a list.

It knows which values are plain; nothing of a value is looked into or called.
"""

from collections.abc import Mapping
from difflib import get_close_matches
from numbers import Real

from hailuo_nb.errors import PromptError


def inserted(name: str, names: Mapping[str, object]) -> str | tuple[str, ...]:
    """Return what ``{{name}}`` stands for; a list or tuple gives its items in order.

    Raises
    ------
    PromptError
        There is no such variable, or it holds something else than text and numbers, or
        nothing.
    """
    if name not in names:
        near = get_close_matches(name, [known for known in names if known[:1] != "_"], n=1)
        hint = f" Did you mean {{{{{near[0]}}}}}?" if near else ""
        raise PromptError(f"{{{{{name}}}}}: there is no variable {name!r}.{hint}")
    value = names[name]
    if not isinstance(value, list | tuple):
        return _text(name, value, repr(name))
    if not value:
        raise PromptError(
            f"{{{{{name}}}}}: {name!r} is an empty {type(value).__name__}.",
            advice="Give it at least one text or number.",
        )
    return tuple(_text(name, item, f"item {at} of {name!r}") for at, item in enumerate(value))


def _text(name: str, value: object, what: str) -> str:
    if isinstance(value, str):
        return value
    if not isinstance(value, Real) or isinstance(value, bool):
        raise PromptError(
            f"{{{{{name}}}}}: {what} is of type {type(value).__name__}; "
            "only text, numbers and lists of these can be inserted."
        )
    try:
        return str(value)
    except ValueError:
        raise PromptError(f"{{{{{name}}}}}: {what} has too many digits.") from None
