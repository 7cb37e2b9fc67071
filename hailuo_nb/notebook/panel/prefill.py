"""From a clip of the history back to the form: the settings that ask for it once more."""

from contextlib import suppress
from typing import Any

from hailuo_nb.core.cell_text import body_of
from hailuo_nb.core.models import find_model
from hailuo_nb.core.options import OPTIONS
from hailuo_nb.core.prompt import escape, read_prompts
from hailuo_nb.core.request import Request
from hailuo_nb.errors import PromptError
from hailuo_nb.media.sources import ImageSource
from hailuo_nb.notebook.panel.image_fields import FIELDS, Frames
from hailuo_nb.session.plan import PlanItem
from hailuo_nb.views.text import plain


def prompt_of(request: Request) -> tuple[str, dict[str, Any]]:
    """Return the text that stands for a request's prompt in the form, and what it needs.

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


def settings_of(frames: Frames, request: Request) -> tuple[dict[str, Any], str]:
    """Return the options that ask for a request again.

    Returns
    -------
    tuple
        The options by name, and what an image is called that cannot be found any more, ""
        where there is none.
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
    lost = ""
    for which in FIELDS:
        ref = getattr(request, which)
        source = frames.again(ref) if ref is not None else None
        if source is not None:
            found[which] = source
        elif ref is not None:
            lost = plain(ref.label)
    return found, lost


def item_again(frames: Frames, request: Request) -> PlanItem:
    """Return the clip that sends a failed request once more, with its images' bytes."""
    image, end_image = (_source(frames, request, which) for which in FIELDS)
    return PlanItem(request=request, image=image, end_image=end_image, retry=True)


def _source(frames: Frames, request: Request, which: str) -> ImageSource | None:
    ref = getattr(request, which)
    name = frames.again(ref) if ref is not None else None
    return frames.find(name) if name is not None else None
