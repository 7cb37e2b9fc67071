"""The way back from a request to what asks for it again: the text of a cell, and its options.

Pure. It must not know where an image lies.
"""

from contextlib import suppress
from typing import Any

from hailuo_nb.core.cell_text import body_of
from hailuo_nb.core.models import find_model
from hailuo_nb.core.options import OPTIONS
from hailuo_nb.core.prompt import escape, read_prompts
from hailuo_nb.core.request import Request
from hailuo_nb.errors import PromptError


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
