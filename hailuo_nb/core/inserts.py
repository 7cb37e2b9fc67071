"""What a notebook's variable gives to a prompt: a text, or each text of a list.

It knows which values are plain, and which are lists, columns or arrays of these.
"""

from collections.abc import Mapping
from decimal import Decimal
from difflib import get_close_matches
from numbers import Real

from hailuo_nb.core.names import as_name
from hailuo_nb.core.values import is_missing, listed
from hailuo_nb.errors import PromptError


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
