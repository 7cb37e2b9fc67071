"""A prompt and its options, written as a person would: as a cell, or as a call in Python.

Pure: what is written here and run asks for exactly the same. It knows the options' table,
not what any option means.
"""

import shlex
from collections.abc import Iterator, Mapping

from hailuo_nb.core.options import OPTIONS, Option

Settings = Mapping[str, object]
"""Options by name, as they are typed: text, a list of texts, or True for a flag."""

NAME = "name"
"""What a cell is called, besides the options."""


def given(settings: Settings) -> Iterator[tuple[Option, str | list[str] | bool]]:
    """Yield the options that say something, in the table's order."""
    for option in OPTIONS:
        value = settings.get(option.name)
        if isinstance(value, list | tuple):
            several = [str(one) for one in value if str(one).strip()]
            if several:
                yield option, several if len(several) > 1 else several[0]
        elif option.kind == "flag":
            if value is True:
                yield option, True
        elif value is not None and str(value).strip():
            yield option, _typed(value)


def body_of(prompt: str, settings: Settings) -> str:
    """Return the text as a cell's body has it.

    IPython ends a cell's last line with a newline; verbatim, that is sent like the rest.
    """
    is_open = settings.get("verbatim") is True and not prompt.endswith("\n")
    return prompt + "\n" if is_open else prompt


def cell_text(prompt: str, settings: Settings) -> str:
    """Return the ``%%hailuo`` cell."""
    words = ["%%hailuo"]
    if name := str(settings.get(NAME) or "").strip():
        words.append(name)
    for option, value in given(settings):
        for one in value if isinstance(value, list) else [value]:
            words.append(option.flag)
            words += [] if one is True else [shlex.quote(str(one))]
    return f"{' '.join(words)}\n{prompt}"


def python_text(prompt: str, settings: Settings) -> str:
    """Return the call of `hailuo_nb.generate`, with the import that it needs."""
    lines = [f"    {_literal(body_of(prompt, settings))},"]
    if name := str(settings.get(NAME) or "").strip():
        lines.append(f"    name={name!r},")
    lines += [f"    {option.name}={value!r}," for option, value in given(settings)]
    target = f"{name} = " if name.isidentifier() else ""
    return f"import hailuo_nb\n\n{target}hailuo_nb.generate(\n" + "\n".join(lines) + "\n)"


def _typed(value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return str(value).strip()


def _literal(text: str) -> str:
    """Return a string as Python writes it, its lines below each other where it has several."""
    lines = text.splitlines(keepends=True)
    if len(lines) < 2:
        return repr(text)
    return "(\n" + "".join(f"        {line!r}\n" for line in lines) + "    )"
