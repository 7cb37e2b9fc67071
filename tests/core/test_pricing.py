"""Prices are those of the contract's table; an unknown one says so, and is never 0."""

import pytest

from hailuo_nb.core.models import MODELS
from hailuo_nb.core.pricing import Price, credit_words, price

LISTED = {
    ("hailuo/02-image-to-video-standard", 6, "512P"): 12,
    ("hailuo/02-image-to-video-standard", 10, "512P"): 20,
    ("hailuo/02-image-to-video-standard", 6, "768P"): 30,
    ("hailuo/02-image-to-video-standard", 10, "768P"): 50,
    ("hailuo/02-text-to-video-standard", 6, "768P"): 30,
    ("hailuo/02-text-to-video-standard", 10, "768P"): 50,
    ("hailuo/02-image-to-video-pro", 6, "1080P"): 57,
    ("hailuo/02-text-to-video-pro", 6, "1080P"): 57,
    ("hailuo/2-3-image-to-video-standard", 6, "768P"): 30,
    ("hailuo/2-3-image-to-video-standard", 10, "768P"): 50,
    ("hailuo/2-3-image-to-video-standard", 6, "1080P"): 50,
    ("hailuo/2-3-image-to-video-pro", 6, "768P"): 45,
    ("hailuo/2-3-image-to-video-pro", 10, "768P"): 90,
    ("hailuo/2-3-image-to-video-pro", 6, "1080P"): 80,
}
PER_SECOND = {
    (f"minimax-h3/{kind}-to-video", duration_s, resolution): duration_s * credits
    for kind in ("image", "text")
    for duration_s in range(4, 16)
    for resolution, credits in (("768P", 8), ("2K", 13))
}
POSSIBLE = [
    (model.id, duration_s, resolution)
    for model in MODELS
    for duration_s in model.durations_s
    for resolution in model.resolutions
    if (duration_s, resolution) not in model.not_together
]


@pytest.mark.parametrize(("asked", "credits"), [*LISTED.items(), *PER_SECOND.items()])
def test_a_listed_price_is_exact(asked: tuple[str, int, str], credits: int) -> None:
    """What the vendor lists is quoted as it is."""
    assert price(*asked) == Price(credits=float(credits), exact=True)


def test_everything_that_can_be_asked_for_is_listed() -> None:
    """The catalogue and the price table are kept in step."""
    assert set(POSSIBLE) == set(LISTED) | set(PER_SECOND)


@pytest.mark.parametrize(
    ("duration_s", "credits"), [(6, 80.0), (10, 130.0), (15, 195.0)], ids=["6 s", "10 s", "15 s"]
)
def test_an_unknown_model_is_priced_by_the_dearest(duration_s: int, credits: float) -> None:
    """What stands for it in a cap is never too low and never 0; in words it is unknown."""
    found = price("minimax-h3/new", duration_s, "768P")
    assert (found, str(found)) == (Price(credits=credits, exact=False), "price unknown")
    listed = [price(*one).credits for one in POSSIBLE if one[1] == duration_s]
    assert max(listed) == credits


@pytest.mark.parametrize(
    ("credits", "words"),
    [
        (0, "0 credits"),
        (1, "1 credit"),
        (12.5, "12.5 credits"),
        (1_234_567.25, "1234567.25 credits"),
    ],
)
def test_credits_in_words(credits: float, words: str) -> None:
    """Singular, plural and fractions read as people write them."""
    assert credit_words(credits) == words
