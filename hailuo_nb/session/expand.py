"""From what was typed to the clips of a plan: each combination that can be made.

It knows how options are read, which images they name and what the model allows; it looks
nothing up, records and sends nothing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from hailuo_nb.core.cautions import warnings_of
from hailuo_nb.core.drafts import draft_words, make_draft
from hailuo_nb.core.linked import read_linked, times_of
from hailuo_nb.core.matrix import (
    COMBINATIONS_MAX,
    Cell,
    Choices,
    LeftOut,
    Matrix,
    check_number,
    expand,
    narrowed,
    short,
)
from hailuo_nb.core.models import find_model
from hailuo_nb.core.names import as_name
from hailuo_nb.core.options import AXES, Option, several
from hailuo_nb.core.prompt import read_prompts
from hailuo_nb.core.request import Request, make_request
from hailuo_nb.core.values import (
    amount,
    choice,
    count,
    flag,
    listed,
    on_off,
    seconds,
    switch,
    text,
    time_s,
)
from hailuo_nb.errors import OptionError, PromptError
from hailuo_nb.media.sources import Clips, ImageSource, find_image, no_clips
from hailuo_nb.runner.job import WATCH_FOR_S
from hailuo_nb.session.plan import Plan, PlanItem

REASONS_TOLD = 3
"""So many of the reasons are told where not one combination can be made."""

_Refusal = OptionError | PromptError

FindImage = Callable[..., ImageSource]
"""Finds an image as `hailuo_nb.media.sources.find_image` does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A prompt and its options, each as `hailuo_nb.generate` takes it; None is its default."""

    prompt: str
    name: str | None = None
    image: object = None
    end_image: object = None
    model: object = None
    duration: object = None
    resolution: object = None
    aspect_ratio: object = None
    optimizer: object = None
    zip: object = None
    nsfw_check: bool | str | None = None
    callback: str | None = None
    again: bool = False
    retry: bool = False
    repeat: int | str | None = None
    watch_for: float | str | None = None
    max_credits: float | str | None = None
    max_tasks: int | str | None = None
    verbatim: bool = False
    draft: bool = False


def expand_ask(
    ask: Ask,
    names: Mapping[str, object],
    *,
    clips: Clips = no_clips,
    find: FindImage = find_image,
    most: int = COMBINATIONS_MAX,
) -> Plan:
    """Return the plan of what was typed, before anything of it is looked up.

    A combination that cannot be made is left out with its reason, and equal ones are
    merged; an image is read once however many combinations have it. `with_samples` then
    repeats them.

    Parameters
    ----------
    names
        The notebook's variables.
    clips
        Finds the task of a name or id, for ``clip:NAME`` as an image.
    find
        Finds images.
    most
        More combinations are refused before they are made.

    Raises
    ------
    HailuoError
        It cannot be sent as it stands, or not one combination can be made.
    """
    ask = _checked(ask)
    checked = bool(switch("--nsfw-check", ask.nsfw_check))
    watch_for_s = time_s("--watch-for", ask.watch_for) or WATCH_FOR_S
    matrix = _matrix(ask, names, partial(find, names=names, clips=clips), most)
    make = make_draft if ask.draft else make_request
    plan = _plan(
        matrix,
        _tried(matrix.cells, partial(make, nsfw_check=checked, callback_url=ask.callback)),
        partial(PlanItem, name=ask.name, watch_for_s=watch_for_s, retry=ask.retry),
    )
    drafts = draft_words(item.request for item in plan.clips) if ask.draft else ()
    return replace(
        plan,
        draft=ask.draft,
        notes=(*drafts, *plan.notes),
        max_credits=amount("--max-credits", ask.max_credits),
        max_tasks=count("--max-tasks", ask.max_tasks, most=COMBINATIONS_MAX),
    )


def _matrix(
    ask: Ask, names: Mapping[str, object], find: Callable[[object], ImageSource], most: int
) -> Matrix:
    """Return every combination; their number is checked before an image is read."""
    values = {option.name: several(option, getattr(ask, option.name)) for option in AXES}
    linked = read_linked(ask.zip)
    times = times_of({name: len(some) for name, some in values.items()}, linked)
    prompts = read_prompts(
        ask.prompt, names, verbatim=ask.verbatim, most=most, times=times, linked=linked
    )
    check_number(len(prompts.variants) * times, most)
    return expand(prompts, _choices(values, find), linked=linked, most=most)


def _checked(ask: Ask) -> Ask:
    """Return what was asked for, refusing what is not of its kind; names as Python has them."""
    joined = "Several prompts: '\\n---\\n'.join(prompts)." if listed(ask.prompt) else None
    return replace(
        ask,
        prompt=text("The prompt", ask.prompt, advice=joined),
        name=None if ask.name is None else as_name(text("name", ask.name)).strip() or None,
        callback=None if ask.callback is None else text("--callback", ask.callback),
        again=flag("--again", ask.again),
        retry=flag("--retry", ask.retry),
        verbatim=flag("--verbatim", ask.verbatim),
        draft=flag("--draft", ask.draft),
    )


def _choices(
    given: Mapping[str, Sequence[object]], find: Callable[[object], ImageSource]
) -> Choices:
    """Return the values of each option that can have several, with their labels."""
    found: dict[object, ImageSource] = {}

    def image(source: object) -> ImageSource:
        key = source if isinstance(source, str) else id(source)
        if key not in found:
            found[key] = find(source)
        return found[key]

    readers: dict[str, Callable[[object], object]] = {
        "model": lambda value: find_model(choice("--model", value)).short,
        "duration": seconds,
        "resolution": lambda value: choice("--resolution", value).upper(),
        "aspect_ratio": partial(choice, "--aspect-ratio"),
        "optimizer": partial(switch, "--optimizer"),
        "image": image,
        "end_image": image,
    }
    return {
        option.name: [
            (_label(option, value), value)
            for one in given[option.name]
            for value in [None if one is None else readers[option.name](one)]
        ]
        for option in AXES
    }


def _label(option: Option, value: object) -> str:
    """Return an option's value as a grid names it."""
    if value is None:
        without = "no" if option.kind == "image" else "default"
        return f"{without} {option.name.replace('_', ' ')}"
    if isinstance(value, ImageSource):
        label = value.ref.label
        value = short(label.rstrip("/").rpartition("/")[2] if value.ref.url else label)
    elif isinstance(value, bool):
        value = on_off(value)
    return option.label.format(value)


def _tried(
    cells: Iterable[Cell], make: Callable[..., Request]
) -> list[tuple[Cell, Request | _Refusal]]:
    """Return each combination with its request, or why there is none; what looks equal once."""
    found: dict[object, tuple[Cell, Request | _Refusal]] = {}
    for cell in cells:
        try:
            request = _request(cell, make)
        except (OptionError, PromptError) as error:
            found[len(found)] = cell, error
        else:
            found.setdefault(request.wish, (cell, request))
    return list(found.values())


def _request(cell: Cell, make: Callable[..., Request]) -> Request:
    image, end_image = cell.values["image"], cell.values["end_image"]
    return make(
        prompt=cell.prompt,
        image=image.ref if image else None,
        end_image=end_image.ref if end_image else None,
        model=cell.values["model"],
        duration_s=cell.values["duration"],
        resolution=cell.values["resolution"],
        aspect_ratio=cell.values["aspect_ratio"],
        prompt_optimizer=cell.values["optimizer"],
    )


def _plan(
    matrix: Matrix,
    tried: Sequence[tuple[Cell, Request | _Refusal]],
    item: Callable[..., PlanItem],
) -> Plan:
    """Return the clips of the combinations that can be made, each with its place."""
    merged = len(matrix.cells) - len(tried)
    if merged:
        matrix = narrowed(matrix.axes, [cell for cell, _ in tried])
    results = [(cell, result) for cell, (_, result) in zip(matrix.cells, tried, strict=True)]
    made = [(cell, result) for cell, result in results if isinstance(result, Request)]
    left_out = [(cell, result) for cell, result in results if not isinstance(result, Request)]
    if not made:
        raise _nothing_left(left_out)
    requests = [request for _, request in made]
    return Plan(
        axes=matrix.axes,
        clips=tuple(
            item(
                request=request,
                as_typed=replace(request, prompt=cell.as_typed) if cell.as_typed else None,
                image=cell.values["image"],
                end_image=cell.values["end_image"],
                warnings=(*warnings_of(request), *_notes_of_images(cell), *cell.warnings),
                label=cell.label,
                coordinates=cell.coordinates,
            )
            for cell, request in made
        ),
        left_out=tuple(
            LeftOut(label=cell.label, coordinates=cell.coordinates, reason=error.what)
            for cell, error in left_out
        ),
        notes=_notes(requests, merged),
    )


def _notes_of_images(cell: Cell) -> tuple[str, ...]:
    """Return what differs in a combination's images from what was given."""
    images = (cell.values["image"], cell.values["end_image"])
    return tuple(note for image in images if image is not None for note in image.notes)


def _nothing_left(left_out: Sequence[tuple[Cell, _Refusal]]) -> _Refusal:
    """Return the one reason, or the first few of several, why nothing can be made."""
    reasons: dict[str, str] = {}
    for cell, error in left_out:
        reasons.setdefault(error.what, f"{cell.label}: {error.what}")
    if len(reasons) == 1:
        return left_out[0][1]
    told = list(reasons.values())[:REASONS_TOLD]
    if len(reasons) > len(told):
        told.append(f"And so on, for {len(reasons)} reasons.")
    return OptionError(f"Not one of the {len(left_out)} combinations can be made. {' '.join(told)}")


def _notes(requests: Iterable[Request], merged: int) -> tuple[str, ...]:
    """Return what is worth knowing of the whole."""
    notes = []
    if merged:
        notes.append(f"{merged} equal combination{' was' if merged == 1 else 's were'} merged.")
    if len({request.prompt for request in requests if request.prompt_optimizer}) > 1:
        notes.append(
            "The service may rewrite each prompt; --optimizer off compares them as written."
        )
    return tuple(notes)
