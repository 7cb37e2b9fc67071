"""What a task's reply says, as it may be shown to others: for recorded sessions.

Only what is named here is kept; addresses, ids and long numbers are taken out of its words, so
that neither the account nor anything that it can be reached by is among them.
"""

import re
from collections.abc import Mapping

from hailuo_nb.kie.sanitize import as_number, clean

WORDS: Mapping[str, int] = {"state": 40, "failCode": 20, "failMsg": 300}
"""Texts that are kept, and how long each may be."""

NUMBERS = ("successFlag", "costTime", "creditsConsumed", "consumeCredits")
"""Numbers that are kept as they came."""

_PRIVATE = re.compile(r"[a-z][a-z0-9+.-]*://\S+|\S+@\S+|(?=\S*[0-9])[\w.-]{16,}", re.IGNORECASE)
"""An address, somebody's mail, or a word with digits that is as long as an id."""

HIDDEN = "(left out)"


def told_by(data: Mapping[str, object], *, results: int) -> dict[str, str | float]:
    """Return what may be shown of recordInfo's ``data``.

    Parameters
    ----------
    data
        The reply's, as it came.
    results
        How many results it names; the addresses themselves are not kept.

    Returns
    -------
    dict
        Its words and numbers under their own names; "tookMs", the ms from ``createTime`` to
        ``completeTime``; and "results".
    """
    told: dict[str, str | float] = {}
    for name, most in WORDS.items():
        value = data.get(name)
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**9:
            value = str(value)
        if isinstance(value, str) and value:
            told[name] = _PRIVATE.sub(HIDDEN, clean(value[: 4 * most], most))
    for name in NUMBERS:
        number = as_number(data.get(name), 1e12)
        if number is not None:
            told[name] = number
    began, ended = (as_number(data.get(name), 1e14) for name in ("createTime", "completeTime"))
    if began and ended and ended > began:
        told["tookMs"] = ended - began
    if results:
        told["results"] = results
    return told
