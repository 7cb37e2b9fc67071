"""Drafts and the full size: the cheapest settings of a model, and what is made of a draft.

Pure: it knows the catalogue and the price list. Nothing of a request says that it is a draft:
what is made of it in full size follows from its settings alone.
"""

from collections.abc import Iterable
from typing import Any

from hailuo_nb.core.models import Model, find_model, short_name
from hailuo_nb.core.pricing import price
from hailuo_nb.core.request import NOT_WITH_END, Request, make_request

NO_SEED = (
    "There is no seed: a clip in full size is a new sample of the prompt, not the draft enlarged."
)


def make_draft(
    *, duration_s: int | None = None, resolution: str | None = None, **others: Any
) -> Request:
    """Return the cheapest request that the model allows; what is given stays as it is given.

    Parameters
    ----------
    duration_s, resolution
        As in `hailuo_nb.core.request.make_request`; None where the cheapest is wanted.
    others
        The other parameters of it.

    Raises
    ------
    PromptError, OptionError
        As `make_request` does.
    """
    made = make_request(duration_s=duration_s, resolution=resolution, **others)
    pairs = [
        (seconds, lines)
        for seconds, lines in find_model(made.model).settings
        if (duration_s is None or seconds == made.duration_s)
        and (resolution is None or lines == made.resolution)
        and not (made.end_image is not None and lines == NOT_WITH_END)
    ]
    if not pairs:
        return made
    duration_s, resolution = min(pairs, key=lambda pair: price(made.model, *pair).credits)
    return make_request(duration_s=duration_s, resolution=resolution, **others)


def full_size(
    request: Request,
    *,
    model: str | None = None,
    duration_s: int | None = None,
    resolution: str | None = None,
) -> Request:
    """Return a request in full size, as the same sample.

    What is not given is the model's default, or the request's own where that is longer or
    dearer and the model has it: a promoted clip is never smaller than its draft.

    Raises
    ------
    PromptError, OptionError
        The model does not take it; it says why.
    """
    row = find_model(model or request.model)
    if duration_s is None:
        own_s = request.duration_s if request.duration_s in row.durations_s else 0
        duration_s = max(row.durations_s[0], own_s)
    return make_request(
        prompt=request.prompt,
        image=request.image,
        end_image=request.end_image,
        model=row.id,
        duration_s=duration_s,
        resolution=resolution or _full_resolution(row, duration_s, request.resolution),
        aspect_ratio=request.aspect_ratio if row.aspect_ratios else None,
        prompt_optimizer=request.prompt_optimizer if row.has("prompt_optimizer") else None,
        nsfw_check=request.nsfw_check,
        callback_url=request.callback_url,
        sample=request.sample,
    )


def draft_words(requests: Iterable[Request]) -> tuple[str, ...]:
    """Return which settings drafts have, one sentence for each kind of them."""
    kinds = {
        (one.model, one.duration_s, one.resolution, one.end_image is not None): one
        for one in requests
    }
    return tuple(dict.fromkeys(map(_words, kinds.values())))


def _words(draft: Request) -> str:
    words = f"Draft: {short_name(draft.model)} at {draft.resolution}, {draft.duration_s} s"
    if full_size(draft) == draft:
        words += ", its full size, too"
    has_refused = NOT_WITH_END in find_model(draft.model).resolutions
    if has_refused and draft.end_image is not None:
        words += f"; {NOT_WITH_END} goes with no end image"
    return f"{words}."


def _full_resolution(row: Model, duration_s: int, own: str) -> str:
    default = row.resolutions[0]
    if (duration_s, own) not in row.settings:
        return default
    return max(default, own, key=lambda lines: price(row.id, duration_s, lines).credits)
