"""A prompt and its options, written as a person would: as a cell, or as a call in Python.

Pure: what is written here and run asks for exactly the same. The way back leads from a request to
what asks for it again. It knows the options' table, not where an image lies.
"""

import shlex
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import PurePath
from typing import Any

from hailuo_nb.core.models import find_model
from hailuo_nb.core.options import OPTIONS, Option
from hailuo_nb.core.prompt import escape, read_prompts
from hailuo_nb.core.request import Request
from hailuo_nb.core.values import on_off
from hailuo_nb.errors import OptionError, PromptError

Settings = Mapping[str, object]
"""Options by name, as they are typed: text, a list of texts, or True for a flag."""

NAME = "name"
"""What a cell is called, besides the options."""


def typed(settings: Mapping[str, object]) -> dict[str, str | list[str] | bool]:
    """Return the options as they would be typed; what says nothing, or is none, is left out.

    Raises
    ------
    OptionError
        One holds an object that no text stands for.
    """
    found: dict[str, str | list[str] | bool] = {}
    for option in OPTIONS:
        if option.place != "cell" and (value := _typed(option, settings.get(option.name))):
            found[option.name] = value
    name = settings.get(NAME)
    if name is not None and not isinstance(name, str):
        raise OptionError(
            f"A name is text, not an object of type {type(name).__name__}.", option=NAME
        )
    if name := (name or "").strip():
        found[NAME] = name
    return found


def given(settings: Settings) -> Iterator[tuple[Option, str | list[str] | bool]]:
    """Yield the options that say something, in the table's order."""
    found = typed(settings)
    yield from ((option, found[option.name]) for option in OPTIONS if option.name in found)


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


def _typed(option: Option, value: object) -> str | list[str] | bool:
    if option.kind == "flag":
        return value is True
    if isinstance(value, list | tuple):
        several = [one for one in (_word(option, each) for each in value) if one]
        if option.several in ("commas", "names"):
            return ",".join(several)
        return several if len(several) > 1 else "".join(several)
    return _word(option, value)


def _word(option: Option, value: object) -> str:
    if isinstance(value, bool):
        return on_off(value) if option.kind == "switch" else ""
    if value is None or isinstance(value, str | int | float | PurePath):
        return "" if value is None else str(value).strip()
    raise OptionError(
        f"{option.flag} takes text here, not an object of type {type(value).__name__}.",
        advice=f"Name the variable that holds it: {option.name}='NAME'.",
    )


def _literal(text: str) -> str:
    """Return a string as Python writes it, its lines below each other where it has several."""
    lines = text.splitlines(keepends=True)
    if len(lines) < 2:
        return repr(text)
    return "(\n" + "".join(f"        {line!r}\n" for line in lines) + "    )"


def prompt_again(request: Request) -> tuple[str, dict[str, Any]]:
    """Return the text that stands for a request's prompt where it is typed, and what it needs.

    Blank lines at its ends are kept by ``verbatim`` alone.
    """
    ways: tuple[tuple[str, dict[str, Any]], ...] = (
        (escape(request.prompt), {}),
        (request.prompt.removesuffix("\n"), {"verbatim": True}),
    )
    for text, needs in ways:
        with suppress(PromptError):
            made = read_prompts(body_of(text, needs), {}, verbatim=bool(needs))
            if [variant.text for variant in made.variants] == [request.prompt]:
                return text, needs
    return ways[0]


def options_again(request: Request) -> dict[str, Any]:
    """Return the options by name that ask for a request again, but for its images.

    Raises
    ------
    OptionError
        The catalogue has its model no more.
    """
    model = find_model(request.model)
    values: dict[str, object] = {
        "duration": request.duration_s,
        "resolution": request.resolution,
        "aspect_ratio": request.aspect_ratio,
        "optimizer": request.prompt_optimizer,
        "nsfw_check": request.nsfw_check or None,
    }
    found: dict[str, Any] = {"model": model.short}
    for option in OPTIONS:
        value = values.get(option.name)
        if value is not None and (option.of_model is None or option.of_model(model)):
            found[option.name] = value
    return found
