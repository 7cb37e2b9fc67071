"""What a cell will cost and take is told in figures that can be trusted."""

from dataclasses import replace

import pytest

from hailuo_nb.core.polling import Estimate, estimate
from hailuo_nb.core.pricing import Price
from hailuo_nb.core.request import make_request
from hailuo_nb.session.plan import Forecast, forecast, until_the_last

LISTED = make_request(prompt="a")
USUAL = estimate(())


def test_listed_prices_are_added_up() -> None:
    """The sum of known prices is one figure."""
    found = forecast([LISTED] * 3)
    assert (found.clips, found.price) == (3, Price(credits=90.0))
    assert str(found) == "3 clips, 90 credits"


def test_an_unknown_price_is_said_to_be_unknown() -> None:
    """One of them makes the sum unknown, too: no range without a reason."""
    unknown = replace(LISTED, model="hailuo/9-new")
    assert str(forecast([LISTED, unknown])) == "2 clips, price unknown"


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
    assert str(Forecast(clips=2, price=Price(credits=1.0))) == "2 clips, 1 credit"
