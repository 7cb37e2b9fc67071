"""What a task costs, in credits: a table with its date.

Prices drift; the card shows what was really consumed. Source: the vendor's price
feed and model catalogue, last seen in October 2026, 1 credit = 0.005 USD; for models that are
unverified, public clients of September and October.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

PRICES_AS_OF = "2026-10"


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """A price in credits; not exact where none is known, and the dearest is taken for it."""

    credits: float
    exact: bool = True

    def __str__(self) -> str:
        return credit_words(self.credits) if self.exact else "price unknown"


def amount_words(credits: float) -> str:
    """Return "50" or "12.5": credits without the word, to two places."""
    return f"{round(credits, 2):.12g}"


def credit_words(credits: float) -> str:
    """Return "1 credit", "12.5 credits"; ``credits`` is in credits, at least 0, to two places."""
    amount = amount_words(credits)
    return f"{amount} credit" + ("" if amount == "1" else "s")


_TABLE: dict[str, dict[tuple[int, str], float]] = {
    "hailuo/02-image-to-video-standard": {
        (6, "512P"): 12,
        (10, "512P"): 20,
        (6, "768P"): 30,
        (10, "768P"): 50,
    },
    "hailuo/02-text-to-video-standard": {(6, "768P"): 30, (10, "768P"): 50},
    "hailuo/02-image-to-video-pro": {(6, "1080P"): 57},
    "hailuo/02-text-to-video-pro": {(6, "1080P"): 57},
    "hailuo/2-3-image-to-video-standard": {(6, "768P"): 30, (10, "768P"): 50, (6, "1080P"): 50},
    "hailuo/2-3-image-to-video-pro": {(6, "768P"): 45, (10, "768P"): 90, (6, "1080P"): 80},
}
_PER_SECOND: dict[str, dict[str, float]] = {
    "minimax-h3/image-to-video": {"768P": 8, "2K": 13},
    "minimax-h3/text-to-video": {"768P": 8, "2K": 13},
}
"""Credits a second by resolution, whatever the length."""


@cache
def price(model_id: str, duration_s: int, resolution: str) -> Price:
    """Return the price of one task.

    Parameters
    ----------
    model_id
        The service's model name.
    duration_s
        In seconds.
    resolution
        Such as "768P".
    """
    listed = _TABLE.get(model_id, {}).get((duration_s, resolution))
    if listed is not None:
        return Price(credits=float(listed))
    a_second = per_second(model_id).get(resolution)
    if a_second is not None:
        return Price(credits=float(a_second * duration_s))
    return Price(credits=_dearest(duration_s), exact=False)


def per_second(model_id: str) -> Mapping[str, float]:
    """Return what a second costs at each resolution, in credits; empty where clips have prices."""
    return _PER_SECOND.get(model_id, {})


def _dearest(duration_s: int) -> float:
    """Guess an unlisted price by the dearest listed clip of that length: never too low."""
    clips = [
        credits
        for rows in _TABLE.values()
        for (seconds, _), credits in rows.items()
        if seconds == duration_s
    ]
    by_second = [rate * duration_s for rates in _PER_SECOND.values() for rate in rates.values()]
    return float(max(*by_second, max(clips, default=90)))
