"""Whether a cell may be paid for: caps, what is spent and held, and how a refusal reads.

Pure: sums in, a refusal in words out; of a lost submit what is left to be compared, the balance
before and after, and who else moved it. It does not know where the sums come from, and simulated
credits never get here.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from hailuo_nb.core.offers import exceeds, fitting, total
from hailuo_nb.core.pricing import amount_words, credit_words
from hailuo_nb.core.request import Request
from hailuo_nb.errors import BudgetExceeded

CELL_CREDITS_MAX = 200.0
"""A cell that costs more is refused unless it carries ``--max-credits``."""

DAYS = 14
"""So many days, today the last of them, are told one by one."""

Per = Literal["day", "session"]

REFUND_S = 3600.0
"""A task that was sent so long before may still have failed in between, and been given back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    """At most so many credits a local day, or as long as this process lives."""

    credits: float
    per: Per = "day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """The account's credits, as they were ``at`` so many seconds since the epoch."""

    credits: float
    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Spending:
    """What paid tasks took (spent) or may take (held), in credits.

    ``today`` is the person's local day over all kernels, ``session`` this process alone.
    ``unseen`` is what today's tasks took or may take that the known balance cannot show yet.
    """

    spent_today: float = 0.0
    held_today: float = 0.0
    spent_session: float = 0.0
    held_session: float = 0.0
    unseen: float = 0.0

    def spent(self, per: Per) -> float:
        """Return what was really consumed."""
        return self.spent_today if per == "day" else self.spent_session

    def held(self, per: Per) -> float:
        """Return what tasks under way, or of unknown outcome, may still take."""
        return self.held_today if per == "day" else self.held_session

    def left(self, cap: Cap) -> float:
        """Return what a cap still allows, at least 0."""
        return max(0.0, cap.credits - self.spent(cap.per) - self.held(cap.per))


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one cell has to keep to.

    ``max_credits`` is the cell's own ``--max-credits``; ``balance`` is in credits, None where
    it is unknown or too old to refuse by.
    """

    caps: tuple[Cap, ...] = ()
    max_credits: float | None = None
    balance: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the tasks of one local day, model and notebook took and may still take, in credits.

    ``day`` is "" for all before the days that are told one by one.
    """

    day: str
    model: str
    notebook: str | None
    spent: float
    held: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything that a look at the budget shows.

    ``day`` is today as "2026-09-30"; ``balance`` is in credits, None where it is unknown.
    """

    service: str
    simulated: bool
    day: str
    balance: float | None
    caps: tuple[Cap, ...]
    spending: Spending
    entries: tuple[Entry, ...]


def check_budget(requests: Sequence[Request], spending: Spending, limits: Limits) -> None:
    """Refuse a cell that costs more than it may.

    Parameters
    ----------
    requests
        The cell's requests that would be paid for; those that exist already are free.
    spending
        What was spent and is held before this cell.
    limits
        The caps, the cell's own limit and the balance.

    Raises
    ------
    BudgetExceeded
        It says what the cell costs, what is left and what would fit.
    """
    check_cell(requests, limits.max_credits)
    for cap in limits.caps:
        _check_cap(requests, cap, spending)
    if limits.balance is not None:
        _check_balance(requests, limits.balance, spending.unseen)


def check_cell(requests: Sequence[Request], max_credits: float | None) -> None:
    """Refuse a cell that costs more than its own limit, or without one more than any may.

    Raises
    ------
    BudgetExceeded
        It says what the cell costs, and what would fit.
    """
    cost = total(requests)
    allowed = CELL_CREDITS_MAX if max_credits is None else max_credits
    if not exceeds(cost.credits, allowed):
        return
    if max_credits is None:
        what = f"{_needs(requests)}; a cell above {amount_words(allowed)} has to say so."
        more = f"Add --max-credits {amount_words(cost.credits)} if you mean it"
    else:
        what = f"{_needs(requests)}; --max-credits allows {amount_words(allowed)}."
        more = "Raise --max-credits"
    raise BudgetExceeded(what, advice=_advice(more, fitting(requests, allowed)))


def _check_cap(requests: Sequence[Request], cap: Cap, spending: Spending) -> None:
    left = spending.left(cap)
    if not exceeds(total(requests).credits, left):
        return
    spent, held = spending.spent(cap.per), spending.held(cap.per)
    what = (
        f"{_needs(requests)}; {amount_words(left)} of the {amount_words(cap.credits)} "
        f"a {cap.per} are left ({amount_words(spent)} spent, {amount_words(held)} held)."
    )
    more = "Raise the cap with %hailuo budget N" + " --per session" * (cap.per == "session")
    raise BudgetExceeded(what, advice=_advice(more, fitting(requests, left)))


def _check_balance(requests: Sequence[Request], balance: float, unseen: float) -> None:
    cost, left = total(requests), max(0.0, balance - unseen)
    if not exceeds(cost.credits, left):
        return
    needs = amount_words(cost.credits)
    needs += f" for {len(requests)} clips" * (len(requests) > 1)
    there = amount_words(balance)
    there += f", {amount_words(unseen)} of it held for clips on their way" if unseen else ""
    raise BudgetExceeded(
        f"Not enough credits: this needs {needs}, the balance is {there}.",
        advice=_advice("Top up at kie.ai", fitting(requests, left)),
    )


def _needs(requests: Sequence[Request]) -> str:
    clips = f" for {len(requests)} clips" if len(requests) > 1 else ""
    cost = total(requests)
    unknown = "" if cost.exact else "an unknown price, taken to be "
    return f"This needs {unknown}{credit_words(cost.credits)}{clips}"


def _advice(more: str, ways: tuple[str, ...]) -> str:
    return f"{more}, or try {', or '.join(ways)}." if ways else f"{more}; nothing cheaper fits."


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
