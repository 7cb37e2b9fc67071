"""What a cell costs and how long it takes, told before anything of it is sent.

Pure: requests and the usual time in, figures and short phrases out. It knows the price
list; it knows no caps, no balance and no history.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from hailuo_nb.core.models import MODELS
from hailuo_nb.core.polling import Estimate, range_words
from hailuo_nb.core.pricing import Price, credit_words, price
from hailuo_nb.core.request import Request

_QUARTILE_SIGMAS = 0.6745


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What the new clips of a cell will take.

    ``low_credits`` and ``high_credits`` differ where a price is not listed; ``single`` is the
    price of the only clip, None of several; ``wait`` is how long it usually takes until the
    last clip is there, None where nothing is known.
    """

    clips: int
    low_credits: float
    high_credits: float
    single: Price | None = None
    wait: Estimate | None = None

    @property
    def credits(self) -> str:
        """The price in words: "160 credits", "160-175 credits", or "about 30 credits"."""
        if self.single is not None:
            return str(self.single)
        low = "" if self.low_credits == self.high_credits else f"{self.low_credits:g}-"
        return low + credit_words(self.high_credits)

    def __str__(self) -> str:
        clips = f"{self.clips} clip" + ("" if self.clips == 1 else "s")
        wait = [range_words(self.wait)] if self.wait and self.clips else []
        return ", ".join([clips, self.credits, *wait])


def forecast(requests: Sequence[Request], *, usual: Estimate | None = None) -> Forecast:
    """Return what these requests will take; leave out those that are there already.

    Parameters
    ----------
    requests
        Those that would be paid for.
    usual
        How long one such clip takes, the slowest kind if there are several.
    """
    bounds = [price_bounds(request) for request in requests]
    return Forecast(
        clips=len(requests),
        low_credits=math.fsum(low for low, _ in bounds),
        high_credits=math.fsum(high for _, high in bounds),
        single=requests[0].price if len(requests) == 1 else None,
        wait=until_the_last(usual, len(requests)) if usual and requests else None,
    )


def price_bounds(request: Request) -> tuple[float, float]:
    """Return the least and the most that a request may cost, in credits.

    They are the same where the price is listed; elsewhere they are those of the listed
    clips of that duration and resolution, the guess of the price list included.
    """
    own = request.price
    if own.exact:
        return own.credits, own.credits
    wanted = request.duration_s, request.resolution
    listed = (price(model.id, *wanted) for model in MODELS if model.verified)
    near = [own.credits, *(one.credits for one in listed if one.exact)]
    return min(near), max(near)


def until_the_last(usual: Estimate, number: int) -> Estimate:
    """Return how long it takes until the last of so many clips, made side by side, is there.

    It takes the spread of one clip's time as log-normal, and its middle half as given.

    Parameters
    ----------
    usual
        The time of one clip.
    number
        How many, at least 1.
    """
    from statistics import NormalDist

    sigma = math.log(max(1.0, usual.high_s / usual.median_s)) / _QUARTILE_SIGMAS

    def share_s(share: float) -> float:
        return usual.median_s * math.exp(sigma * NormalDist().inv_cdf(share ** (1 / number)))

    return Estimate(
        low_s=share_s(0.25), median_s=share_s(0.5), high_s=share_s(0.75), samples=usual.samples
    )
