"""What a cell will cost and take is told in figures that can be trusted."""

import pytest

from hailuo_nb.core.forecast import Forecast, forecast, price_bounds, until_the_last
from hailuo_nb.core.models import MODELS
from hailuo_nb.core.polling import Estimate, estimate
from hailuo_nb.core.request import ImageRef, make_request

IMAGE = ImageRef(label="a.png", digest="ab" * 32, mime="image/png")
LISTED = make_request(prompt="a")
UNLISTED = make_request(prompt="a", image=IMAGE)
USUAL = estimate(())


def test_listed_prices_are_added_up() -> None:
    """The sum of known prices is one figure."""
    found = forecast([LISTED] * 3)
    assert (found.clips, found.low_credits, found.high_credits) == (3, 90.0, 90.0)
    assert str(found) == "3 clips, 90 credits"


def test_an_unlisted_price_is_told_from_low_to_high() -> None:
    """The bounds are those of listed clips of its length and size."""
    assert price_bounds(UNLISTED) == (30.0, 45.0)
    assert forecast([LISTED, UNLISTED]).credits == "60-75 credits"


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.short)
def test_the_price_list_s_own_guess_lies_within(model: object) -> None:
    """A cap that counts the guess never counts more than the plan shows."""
    for duration_s in model.durations_s:  # type: ignore[attr-defined]
        request = make_request(
            prompt="a",
            model=model.id,  # type: ignore[attr-defined]
            image=IMAGE if model.takes_image else None,  # type: ignore[attr-defined]
            duration_s=duration_s,
        )
        low, high = price_bounds(request)
        assert low <= request.price.credits <= high
        assert (low == high) == request.price.exact


def test_one_clip_takes_its_usual_time() -> None:
    """The middle half of one clip's time is not changed."""
    found = until_the_last(USUAL, 1)
    assert (found.low_s, found.median_s, found.high_s) == pytest.approx(
        (USUAL.low_s, USUAL.median_s, USUAL.high_s), rel=1e-3
    )


def test_the_last_of_many_takes_longer_but_not_as_many_times_longer() -> None:
    """Clips are made side by side: the slowest decides, not the sum."""
    times = [until_the_last(USUAL, number).median_s for number in (1, 2, 4, 8, 24)]
    assert times == sorted(times)
    assert times[0] < times[-1] < 5 * times[0]
    found = until_the_last(USUAL, 24)
    assert found.low_s < found.median_s < found.high_s


def test_a_time_without_spread_stays() -> None:
    """Tasks that always took the same make no log of nothing."""
    same = Estimate(low_s=60.0, median_s=60.0, high_s=60.0, samples=5)
    assert until_the_last(same, 24) == same


def test_the_words_are_short() -> None:
    """Number, price and time stand in one line; nothing new takes no time."""
    assert str(forecast([LISTED], usual=USUAL)) == "1 clip, 30 credits, usually 2-5 min"
    assert str(forecast([], usual=USUAL)) == "0 clips, 0 credits"
    assert str(Forecast(clips=2, low_credits=1.0, high_credits=1.0)) == "2 clips, 1 credit"
