"""What the form holds: how much of everything, what a cell would refuse unread, and what it asks.

Each change of the form is answered with a quote of all that stands in it, so that is bounded. The
words of a cell are said in those of the form here: "--image" is the field “Start image” there.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hailuo_nb.core.cell_line import check_name
from hailuo_nb.core.cell_text import NAME, body_of
from hailuo_nb.core.options import OPTIONS
from hailuo_nb.errors import (
    HailuoError,
    ImageError,
    KeyInCell,
    NameInUse,
    OptionError,
    PromptError,
    UsageError,
)
from hailuo_nb.media.sources import find_image
from hailuo_nb.session import lookup, planning
from hailuo_nb.session.expand import Ask, FindImage
from hailuo_nb.session.plan import Plan
from hailuo_nb.session.session import Session
from hailuo_nb.views.text import plain

CLIPS_MAX = 1000
IMAGES_MAX = 24
"""Of each field, to compare."""

PROMPT_CHARS_MAX = 200_000
VALUE_CHARS_MAX = 4000
"""What stands in one field besides the prompt."""

_HEADINGS = {option.flag: option.heading for option in OPTIONS}
_FLAG = re.compile(r"(?<![\w-])--[a-z]+(?:-[a-z]+)*(?![\w-])")


@dataclass(frozen=True, slots=True, kw_only=True)
class FormWish:
    """What stands in a form, expanded once: its prompt and settings, and every clip of them."""

    prompt: str
    settings: Mapping[str, Any]
    ask: Ask
    plan: Plan


def read_form(
    here: Session, prompt: str, settings: Mapping[str, Any], *, find: FindImage = find_image
) -> FormWish:
    """Return what a form asks for.

    Parameters
    ----------
    settings
        The options by name, as they are typed.
    find
        Finds images.

    Raises
    ------
    HailuoError
        It cannot be sent as it stands.
    """
    if not prompt.strip():
        raise UsageError("There is no prompt yet.", advice="Write one, then press Generate.")
    check_form(here, prompt, settings)
    ask = Ask(prompt=body_of(prompt, settings), **settings)
    plan = planning.expanded(here, ask, find=find, most=CLIPS_MAX)
    return FormWish(prompt=prompt, settings=dict(settings), ask=ask, plan=plan)


def check_form(here: Session, prompt: str, settings: Mapping[str, Any]) -> None:
    """Refuse more than a form holds, and what a cell would refuse before it reads a prompt.

    Raises
    ------
    PromptError, OptionError
        There is too much of something; the name is none for a variable.
    KeyInCell, NameInUse
        The key stands in the prompt; the name is taken.
    """
    if len(prompt) > PROMPT_CHARS_MAX:
        raise PromptError(
            f"There are {len(prompt):,} characters here; the form takes {PROMPT_CHARS_MAX:,}.",
            advice="Take some of them away.",
        )
    for name, value in settings.items():
        _check_size(name, value if isinstance(value, list) else [value])
    planning.refuse_keys(here, "", prompt)
    check_name(settings.get(NAME))
    lookup.check_name(here, settings.get(NAME))


def _check_size(name: str, values: list[object]) -> None:
    if len(values) > IMAGES_MAX:
        raise OptionError(
            f"“{heading_of(name)}” has {len(values)} images; the form compares {IMAGES_MAX}.",
            advice="A cell takes more.",
            option=name,
        )
    if sum(len(one) for one in values if isinstance(one, str)) > VALUE_CHARS_MAX:
        raise OptionError(
            f"“{heading_of(name)}” has more than {VALUE_CHARS_MAX:,} characters.",
            advice="Shorten it.",
            option=name,
        )


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
