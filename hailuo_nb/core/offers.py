"""What could be had for less: other settings, other models, fewer clips.

Pure: it knows the catalogue and the price list, no caps and no balance.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from hailuo_nb.core.models import MODELS, Model
from hailuo_nb.core.pricing import Price, price
from hailuo_nb.core.request import NOT_WITH_END, Request

_ROUNDING = 1e-6
"""Sums of fractional credits differ by less than this, in credits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Settings that would suit all requests of a cell, as flags, and what they cost together."""

    flags: str
    cost: Price
    same_model: bool


def total(requests: Sequence[Request]) -> Price:
    """Return the price of several requests together, exact only if each one is."""
    prices = [request.price for request in requests]
    return Price(credits=sum(one.credits for one in prices), exact=all(one.exact for one in prices))


def exceeds(credits: float, limit: float) -> bool:
    """Tell whether credits are above a limit by more than rounding."""
    return credits > limit + _ROUNDING


def fitting(requests: Sequence[Request], left: float) -> tuple[str, ...]:
    """Return what could be had instead for ``left`` credits; empty where nothing fits.

    Parameters
    ----------
    requests
        What was asked for.
    left
        In credits.

    Returns
    -------
    tuple of str
        Short phrases: the cheapest settings that fit, of the same model where it has some,
        else of the same kind of model; and how many of several clips fit as they are.
    """
    ways = []
    within = (offer for offer in _offers(requests) if not exceeds(offer.cost.credits, left))
    if offers := [offer for offer in within if offer.flags]:
        best = min(offers, key=lambda offer: (not offer.same_model, offer.cost.credits))
        ways.append(f"{best.flags} ({best.cost})")
    clips = _clips_that_fit(requests, left)
    if 0 < len(clips) < len(requests):
        ways.append(f"{len(clips)} of the {len(requests)} clips ({total(clips)})")
    return tuple(ways)


def _offers(requests: Sequence[Request]) -> list[Offer]:
    used = {request.model for request in requests}
    kinds = _kinds(requests)
    return [
        Offer(
            flags=_flags(model, duration_s, resolution, named=used != {model.id}),
            cost=_times(price(model.id, duration_s, resolution), len(requests)),
            same_model=used == {model.id},
        )
        for model in MODELS
        for duration_s, resolution in model.settings
        if (model.verified or model.id in used)
        and all(_suits(model, resolution, request) for request in kinds)
    ]


def _kinds(requests: Sequence[Request]) -> list[Request]:
    """Return the longest request of each kind: what suits these suits all."""
    found: dict[tuple[object, ...], Request] = {}
    for one in requests:
        images = one.image is None, one.end_image is None
        kind = (*images, one.prompt_optimizer is False, one.nsfw_check, one.aspect_ratio)
        if kind not in found or len(found[kind].prompt) < len(one.prompt):
            found[kind] = one
    return list(found.values())


def _suits(model: Model, resolution: str, request: Request) -> bool:
    """Tell whether a request could be made with this model as it stands."""
    if request.end_image and (not model.has("end_image") or resolution == NOT_WITH_END):
        return False
    if request.prompt_optimizer is False and not model.has("prompt_optimizer"):
        return False
    if request.nsfw_check and not model.has("nsfw_check"):
        return False
    if request.aspect_ratio not in (None, *model.aspect_ratios):
        return False
    is_short = len(request.prompt) <= model.prompt_chars_max
    return is_short and model.takes_image == (request.image is not None)


def _flags(model: Model, duration_s: int, resolution: str, *, named: bool) -> str:
    flags = [f"--model {model.short}"] if named else []
    flags += [f"--resolution {resolution}"] if len(model.resolutions) > 1 else []
    flags += [f"--duration {duration_s}"] if len(model.durations_s) > 1 else []
    return " ".join(flags)


def _clips_that_fit(requests: Sequence[Request], left: float) -> list[Request]:
    """Return as many requests as ``left`` credits pay for, the first ones first."""
    fit: list[Request] = []
    credits = 0.0
    for request in requests:
        more = credits + request.price.credits
        if not exceeds(more, left):
            fit.append(request)
            credits = more
    return fit


def _times(one: Price, count: int) -> Price:
    return Price(credits=one.credits * count, exact=one.exact)
