"""What a lost submit leaves to be compared: the balance before and after, and who else moved it.

Pure: what the service said and what the history tells in, words out. It reckons no balance.
"""

import time
from dataclasses import dataclass

from hailuo_nb.core.budget import Balance
from hailuo_nb.core.pricing import credit_words

REFUND_S = 3600.0
"""A task that was sent so long before may still have failed in between, and been given back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Others:
    """What a history's other tasks of one service may have done to its balance in a while.

    ``sent`` of them were sent, for ``credits`` by the price list; ``failed`` of those that may
    have run then have failed free of charge since.
    """

    sent: int
    credits: float
    failed: int


def balance_evidence(before: Balance | None, after: Balance | None, others: Others) -> str:
    """Return what the service said of the balance, when, and what others took in between."""
    was, now = (
        f"{credit_words(told.credits)} at {time.strftime('%H:%M:%S', time.localtime(told.at))}"
        if told is not None
        else "not known"
        for told in (before, after)
    )
    return f"The balance was {was} before and is {now} now. {_words('In between', others)}"


def killed_evidence(balance: float, others: Others) -> str:
    """Return what is known of the balance before a submit whose kernel ended."""
    was = credit_words(balance)
    return f"The balance was {was} up to a minute before. {_words('Since then', others)}"


def _words(when: str, others: Others) -> str:
    if not others.sent and not others.failed:
        return f"{when} no other task of this history was sent."
    tasks = f"{others.sent} other task{'s' * (others.sent != 1)} of this history"
    words = f"{when} {tasks} took about {credit_words(others.credits)} of it"
    if others.failed:
        words += f", and {others.failed} that failed may have been given back"
    return f"{words}."
