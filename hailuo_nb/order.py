"""From what was typed to an order: a request with what it takes to run it.

It knows options, prompts and images; it records and sends nothing.
"""

import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from hailuo_nb.core.models import find_model
from hailuo_nb.core.options import seconds, switch
from hailuo_nb.core.prompt import prompt_warnings, read_prompt
from hailuo_nb.core.request import ImageRef, Request, make_request, next_sample, warnings_of
from hailuo_nb.images import ImageSource, find_image
from hailuo_nb.runner.job import WATCH_FOR_S, Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A request with what it takes to run it.

    ``watch_for_s`` is how many seconds it is watched before that is given up,
    ``max_credits`` what its whole cell may cost, ``again`` whether a new sample is asked
    for rather than the one that exists.
    """

    request: Request
    name: str | None = None
    image: ImageSource | None = None
    end_image: ImageSource | None = None
    warnings: tuple[str, ...] = ()
    watch_for_s: float = WATCH_FOR_S
    max_credits: float | None = None
    again: bool = False

    def as_sample(self, sample: int) -> "Order":
        """Return the same order for another sample, counted from 1."""
        return replace(self, request=next_sample(self.request, sample))


def make_order(
    names: Mapping[str, object],
    *,
    prompt: str,
    name: str | None,
    image: object,
    end_image: object,
    model: str | None,
    duration: int | str | None,
    resolution: str | None,
    optimizer: bool | str | None,
    nsfw_check: bool | str | None,
    callback: str | None,
    verbatim: bool,
) -> Order:
    """Return the order of what was typed; each value is as the options' table says.

    Parameters
    ----------
    names
        The notebook's variables.

    Raises
    ------
    HailuoError
        It cannot be sent as it stands.
    """
    text = read_prompt(prompt, names, verbatim=verbatim)
    start, end = _image(image, names), _image(end_image, names)
    request = make_request(
        prompt=text,
        image=start.ref if start else None,
        end_image=end.ref if end else None,
        model=find_model(model).id if model else None,
        duration_s=seconds(duration),
        resolution=resolution,
        prompt_optimizer=switch("--optimizer", optimizer),
        nsfw_check=bool(switch("--nsfw-check", nsfw_check)),
        callback_url=callback,
    )
    warnings = warnings_of(request) + prompt_warnings(prompt, verbatim=verbatim)
    return Order(request=request, name=name, image=start, end_image=end, warnings=warnings)


def plan_of(order: Order, folder: Path, *, may_send: bool) -> Plan:
    """Return what the runner needs besides the request.

    The clip goes to ``folder``; ``may_send`` says whether the person has asked for it to be
    sent, should it not have left yet.
    """
    request = order.request
    return Plan(
        folder=folder,
        load_image=_loader(order.image, request.image),
        load_end_image=_loader(order.end_image, request.end_image),
        watch_for_s=order.watch_for_s,
        may_send=may_send,
    )


def address_of(image: ImageRef | None) -> str | None:
    """Return an image's address, or words in its place before it has one."""
    if image is None:
        return None
    return image.url or f"(address of {image.label} after its upload)"


def new_id() -> str:
    """Return a local id: the day, then letters and digits; a file name, never a prompt."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    return time.strftime("%y%m%d") + "".join(secrets.choice(alphabet) for _ in range(8))


def _image(source: object, names: Mapping[str, object]) -> ImageSource | None:
    return None if source is None else find_image(source, names)


def _loader(source: ImageSource | None, ref: ImageRef | None) -> Callable[[], bytes] | None:
    """Return how to get an image's bytes; a sample can be drawn again at any time."""
    if source is not None:
        return source.load
    if ref is not None and ref.label.startswith("sample:"):
        return find_image(ref.label, {}).load
    return None
