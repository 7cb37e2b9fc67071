"""What the form holds: how much of everything, what a cell would refuse unread, and what it asks.

Each change of the form is answered with a quote of all that stands in it, so that is bounded.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hailuo_nb.core.cell_line import check_name
from hailuo_nb.core.cell_text import NAME, body_of
from hailuo_nb.errors import OptionError, PromptError, UsageError
from hailuo_nb.media.sources import find_image
from hailuo_nb.notebook.panel.labels import heading_of
from hailuo_nb.session import lookup, planning
from hailuo_nb.session.expand import Ask, FindImage
from hailuo_nb.session.plan import Plan
from hailuo_nb.session.session import Session

CLIPS_MAX = 1000
IMAGES_MAX = 24
"""Of each field, to compare."""

PROMPT_CHARS_MAX = 200_000
VALUE_CHARS_MAX = 4000
"""What stands in one field besides the prompt."""


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
