r"""The text of a prompt cell: from what was typed to what is sent.

It knows the grammar: ``{{name}}`` inserts a variable, ``\{ \} \|`` and ``\---``
are plain text, a group such as ``{slow|fast}`` and a line ``---`` ask for several
prompts. Nothing is evaluated, and what was inserted is not read again.
"""

import re
from collections.abc import Mapping
from numbers import Real

from hailuo_nb.errors import PromptError

_INSERT = re.compile(r"\{\{[ \t]*([^\W\d]\w*)[ \t]*\}\}")
_TOKEN = re.compile(r"\\[{}|]|" + _INSERT.pattern)
_AXIS = re.compile(r'\{[^{}"\n]*\|[^{}"\n]*\}')
_SEPARATOR = re.compile(r"^---[ \t]*$", re.MULTILINE)
_ESCAPED_SEPARATOR = re.compile(r"^\\---[ \t]*$", re.MULTILINE)
_NOT_INSERTED = re.compile(r"\{\{[^{}\n]*\}\}")
_MASK = "\x00"


def read_prompt(body: str, names: Mapping[str, object], *, verbatim: bool = False) -> str:
    """Return the prompt that a cell's body stands for.

    Parameters
    ----------
    body
        The cell's text below the magic line.
    names
        The notebook's variables.
    verbatim
        Whether the body is sent exactly as typed.

    Raises
    ------
    PromptError
        A name is not defined or not plain text or a number, the text cannot be sent, or
        it asks for several prompts.
    """
    text = body if verbatim else _expand(body.replace("\r\n", "\n"), names)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise PromptError(f"Character {error.start + 1} of the prompt is no text.") from None
    return text


def prompt_warnings(body: str, *, verbatim: bool = False) -> tuple[str, ...]:
    """Return what looks like an insertion but is sent as plain text."""
    if verbatim:
        return ()
    left = _NOT_INSERTED.findall(_INSERT.sub("", body))
    return tuple(
        f"{braces} is sent as plain text: only a variable's name is inserted."
        for braces in dict.fromkeys(left)
    )


def _strip_blank_lines(body: str) -> str:
    lines = body.split("\n")
    while lines and not lines[0].strip():
        lines.pop(0)
    while lines and not lines[-1].strip():
        lines.pop()
    return "\n".join(lines)


def _expand(text: str, names: Mapping[str, object]) -> str:
    _refuse_several(text)
    text = _strip_blank_lines(text)
    text = _ESCAPED_SEPARATOR.sub("---", text)
    return _TOKEN.sub(lambda found: _token(found, names), text)


def _token(found: re.Match[str], names: Mapping[str, object]) -> str:
    return found[0][1] if found[0].startswith("\\") else _insert(found[1], names)


def _refuse_several(text: str) -> None:
    masked = _TOKEN.sub(lambda found: _MASK * len(found[0]), text)
    found = _SEPARATOR.search(masked) or _AXIS.search(masked)
    if found is None:
        return
    line = text.count("\n", 0, found.start()) + 1
    what = text[found.start() : found.end()].strip()
    raise PromptError(
        f"Line {line}: {what} asks for several prompts; one cell makes one clip so far.",
        advice=f"Write \\{what} for plain text, or add --verbatim.",
    )


def _insert(name: str, names: Mapping[str, object]) -> str:
    if name not in names:
        raise PromptError(f"{{{{{name}}}}}: there is no variable {name!r}.")
    value = names[name]
    if isinstance(value, str):
        return value
    if isinstance(value, Real) and not isinstance(value, bool):
        return str(value)
    raise PromptError(
        f"{{{{{name}}}}}: {name!r} is of type {type(value).__name__}; "
        "only text and numbers can be inserted."
    )
