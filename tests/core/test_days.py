"""Days as people say them."""

from datetime import date

import pytest

from hailuo_nb.core.days import days_of
from hailuo_nb.errors import OptionError

FRIDAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("today", "2026-11-27", "2026-11-27"),
        ("Yesterday", "2026-11-26", "2026-11-26"),
        ("2 days ago", "2026-11-25", "2026-11-25"),
        ("a week ago", "2026-11-20", "2026-11-20"),
        ("one month  ago", "2026-10-27", "2026-10-27"),
        ("9 months ago", "2026-02-27", "2026-02-27"),
        ("2 years ago", "2024-11-27", "2024-11-27"),
        ("monday", "2026-11-23", "2026-11-23"),
        ("friday", "2026-11-27", "2026-11-27"),
        ("last friday", "2026-11-20", "2026-11-20"),
        ("this week", "2026-11-23", "2026-11-27"),
        ("last week", "2026-11-16", "2026-11-22"),
        ("last month", "2026-10-01", "2026-10-31"),
        ("last year", "2025-01-01", "2025-12-31"),
        ("2026-09-30", "2026-09-30", "2026-09-30"),
        ("2024-02", "2024-02-01", "2024-02-29"),
    ],
)
def test_a_day_is_understood(said: str, first: str, last: str) -> None:
    """The first and the last day that are meant."""
    assert days_of("--since", said, FRIDAY) == (date.fromisoformat(first), date.fromisoformat(last))


def test_a_shorter_month_ends_earlier() -> None:
    """A month before the 31st of March is February's last day."""
    assert days_of("--since", "1 month ago", date(2026, 3, 31))[0] == date(2026, 2, 28)


@pytest.mark.parametrize(
    "said", ["", "soon", "2026-13", "2026-02-30", "99999 years ago", "-1 days ago", "last", "0"]
)
def test_another_word_is_refused(said: str) -> None:
    """With what would do."""
    with pytest.raises(OptionError, match="--since takes a day") as refused:
        days_of("--since", said, FRIDAY)
    assert "2 days ago" in str(refused.value)
