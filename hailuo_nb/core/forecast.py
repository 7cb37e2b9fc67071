"""What a cell costs and how long it takes, told before anything of it is sent.

Pure: requests and the usual time in, figures and short phrases out. It knows the price
list; it knows no caps, no balance and no history.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from hailuo_nb.core.offers import total
from hailuo_nb.core.polling import Estimate, range_words
from hailuo_nb.core.pricing import Price
from hailuo_nb.core.request import Request
from hailuo_nb.core.words import clips_in_words

_QUARTILE_SIGMAS = 0.6745


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What the new clips of a cell will take.

    ``price`` is that of all together; ``wait`` is how long it usually takes until the last clip
    is there, None where nothing is known.
    """

    clips: int
    price: Price
    wait: Estimate | None = None

    def __str__(self) -> str:
        wait = [range_words(self.wait)] if self.wait and self.clips else []
        return ", ".join([clips_in_words(self.clips), str(self.price), *wait])


def forecast(requests: Sequence[Request], *, usual: Estimate | None = None) -> Forecast:
    """Return what these requests will take; leave out those that are there already.

    Parameters
    ----------
    requests
        Those that would be paid for.
    usual
        How long one such clip takes, the slowest kind if there are several.
    """
    return Forecast(
        clips=len(requests),
        price=total(requests),
        wait=until_the_last(usual, len(requests)) if usual and requests else None,
    )


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
