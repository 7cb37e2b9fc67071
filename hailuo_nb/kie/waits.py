"""How long the service asks to wait, read from its header."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

WAIT_S_MAX = 3600.0


def read_retry_after(text: str | None, now: datetime | None = None) -> float | None:
    """Return Retry-After in seconds, 0 to `WAIT_S_MAX`; None where it says nothing.

    Parameters
    ----------
    text
        The header: a number of seconds or an HTTP date.
    now
        The moment to reckon a date from; the clock's when left out.
    """
    if not text or len(text) > 100:
        return None
    if re.fullmatch(r"\s*[0-9]{1,12}(\.[0-9]{1,6})?\s*", text, re.ASCII):
        return min(float(text), WAIT_S_MAX)
    try:
        until = parsedate_to_datetime(text)
        seconds = (until - (now or datetime.now(UTC))).total_seconds()
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(seconds, 0.0), WAIT_S_MAX)
