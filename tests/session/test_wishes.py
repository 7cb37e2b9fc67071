"""What a person looks for in the history, as values of any kind."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest

from hailuo_nb.errors import OptionError
from hailuo_nb.session.found import wanted_of
from hailuo_nb.session.simulator_process import settings_of

DAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    "said", ["2026-03-01", DAY, datetime(2026, 3, 1, 9, tzinfo=UTC), pd.Timestamp(DAY)]
)
def test_a_day_may_be_a_date_of_any_kind(said: object) -> None:
    """From its first moment until its last."""
    wanted = wanted_of(None, since=said, until=said)
    begins = datetime.combine(DAY, datetime.min.time()).astimezone()
    assert wanted.since == begins.timestamp()
    assert wanted.until == (begins + timedelta(days=1)).timestamp()


@pytest.mark.parametrize("stars", ["3", 3, 3.0, np.int64(3)])
def test_stars_are_a_whole_number_of_any_kind(stars: object) -> None:
    """As a table holds them, too."""
    assert wanted_of(None, stars=stars).stars == 3


@pytest.mark.parametrize(
    "wish",
    [
        {"since": pd.NaT},
        {"until": pd.NaT},
        {"since": "0000-01-01"},
        {"until": "10000-01-01"},
        {"stars": 2.5},
        {"stars": True},
        {"stars": 10**30},
        {"model": 3},
        {"asked": 3},
        {"asked": "\ud800"},
        {"notebook": "\ud800"},
        {"tag": "\ud800"},
        {"words": 7},
        {"words": "half \udfff"},
    ],
)
def test_what_can_be_no_wish_is_refused_in_words(wish: dict[str, Any]) -> None:
    """Whatever it is: no error of a library comes up."""
    with pytest.raises(OptionError):
        wanted_of(wish.pop("words", None), **wish)


@pytest.mark.parametrize(
    ("speed", "size"),
    [(2, np.array([64, 65])), (2, pd.NA), (2, "320"), (float("inf"), 320), (10**400, 320)],
)
def test_so_are_settings_of_the_simulator(speed: object, size: object) -> None:
    """Before one that runs is ended."""
    with pytest.raises(OptionError):
        settings_of(speed, size, ())
