"""The words of a cell said in those of the form: "--image" is the field “Start image” there."""

import re

from hailuo_nb.core.cell_text import NAME
from hailuo_nb.core.options import OPTIONS
from hailuo_nb.errors import (
    HailuoError,
    ImageError,
    KeyInCell,
    NameInUse,
    OptionError,
    PromptError,
)
from hailuo_nb.views.text import plain

_HEADINGS = {option.flag: option.heading for option in OPTIONS}
_FLAG = re.compile(r"(?<![\w-])--[a-z]+(?:-[a-z]+)*(?![\w-])")


def heading_of(name: str) -> str:
    """Return what an option's field is called."""
    return next((one.heading for one in OPTIONS if one.name == name), name.capitalize())


def in_form(words: str) -> str:
    """Return the words with the names of fields in place of options as they are typed."""
    named = _FLAG.sub(lambda flag: _named(flag[0]), words)
    return named.replace("This cell ", "This ")


def trouble(error: HailuoError) -> str:
    """Return what an error says to somebody at the form: what happened, and what to do."""
    return in_form(plain(f"{error.what} {error.advice}"))


def field_of(error: HailuoError) -> str:
    """Return which field of the form an error is about, "" where that is not known."""
    if isinstance(error, PromptError | KeyInCell):
        return "prompt"
    if isinstance(error, ImageError):
        return "image"
    if isinstance(error, NameInUse):
        return NAME
    if isinstance(error, OptionError) and error.option:
        return error.option
    words = f"{error.what} {error.advice}"
    named = [option.name for option in OPTIONS if f"{option.flag} " in f"{words.rstrip('.')} "]
    return named[0] if named else ""


def _named(flag: str) -> str:
    return f"“{_HEADINGS[flag]}”" if flag in _HEADINGS else flag
