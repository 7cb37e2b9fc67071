"""Days as people say them: a date, "yesterday", "2 days ago", "last week".

Pure: words and today's date in, the first and the last day that are meant out.
"""

import re
from calendar import monthrange
from datetime import date, timedelta

from hailuo_nb.errors import OptionError

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_AGO = re.compile(r"(an?|one|\d{1,5}) (day|week|month|year)s? ago")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_SPANS = {"day": 1, "week": 7}

Days = tuple[date, date]
"""The first and the last day."""


def days_of(flag: str, text: str, today: date) -> Days:
    """Return which days a text means; none lies before year 1.

    Raises
    ------
    OptionError
        It means none.
    """
    said = " ".join(text.lower().split())
    try:
        found = _named(said, today) or _dated(said)
    except (ValueError, OverflowError):
        found = None
    if found is None:
        raise OptionError(
            f"{flag} takes a day, not {text[:40]!r}.",
            advice='Such as 2026-09-30, 2026-09, today, yesterday, monday, "2 days ago", '
            '"last week".',
        )
    return found


def _named(said: str, today: date) -> Days | None:
    if said in ("today", "yesterday"):
        return _one(today - timedelta(days=said == "yesterday"))
    if said in _WEEKDAYS or said.removeprefix("last ") in _WEEKDAYS:
        back = (today.weekday() - _WEEKDAYS.index(said.removeprefix("last "))) % 7
        return _one(today - timedelta(days=back or 7 * said.startswith("last ")))
    if ago := _AGO.fullmatch(said):
        number = int(ago[1]) if ago[1].isdigit() else 1
        return _one(_before(today, number, ago[2]))
    monday = today - timedelta(days=today.weekday())
    first = today.replace(day=1)
    spans = {
        "this week": (monday, today),
        "last week": (monday - timedelta(days=7), monday - timedelta(days=1)),
        "this month": (first, today),
        "last month": (_before(first, 1, "month"), first - timedelta(days=1)),
        "this year": (today.replace(month=1, day=1), today),
        "last year": (date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)),
    }
    return spans.get(said)


def _dated(said: str) -> Days | None:
    if month := _MONTH.fullmatch(said):
        year, number = int(month[1]), int(month[2])
        return date(year, number, 1), date(year, number, monthrange(year, number)[1])
    return _one(date.fromisoformat(said))


def _before(day: date, number: int, span: str) -> date:
    if span in _SPANS:
        return day - timedelta(days=number * _SPANS[span])
    months = 12 * day.year + day.month - 1 - number * (12 if span == "year" else 1)
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _one(day: date) -> Days:
    return day, day
