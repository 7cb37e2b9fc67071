"""What paid tasks took and may still take, summed over the history, and the caps on it.

A task counts on the local day it was sent; until then on the day it was asked for, or today
while a kernel looks after it. It counts with what was really consumed once it ended, with a
hold of the larger of price and reported credits before, and where its outcome is unknown.
Simulated and imported tasks count nowhere. It knows SQL, no network; the rules are those of
`core.budget`.
"""

import json
import sqlite3
import time
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from hailuo_nb.core.budget import (
    DAYS,
    Balance,
    Cap,
    Entry,
    Limits,
    Per,
    Report,
    Spending,
    check_budget,
)
from hailuo_nb.core.names import SIMULATOR
from hailuo_nb.core.pricing import price
from hailuo_nb.core.request import Request
from hailuo_nb.errors import StoreError
from hailuo_nb.store import foreign
from hailuo_nb.store.database import Values
from hailuo_nb.store.foreign import AMOUNT_MAX
from hailuo_nb.store.rows import IS_OWN, LATEST_S

Read = Callable[[str, Values], list[sqlite3.Row]]
Write = Callable[[str, Values], object]

DAY_CAP = "cap_per_day"
"""The setting that holds the day's cap, in credits."""

PRICE_UNKNOWN = price("", 15, "").credits
"""What a task is taken to cost whose price cannot be read: the dearest clip, one of 15 s."""


MICRO = 1_000_000
"""The history's own sums are in millionths of a credit: whole numbers, which add up exactly."""


def _amount(column: str) -> str:
    """Return a column as an amount, NULL where it holds none: a row may be damaged."""
    return f"CASE WHEN {column} BETWEEN 0 AND {AMOUNT_MAX} THEN {column} END"


def _moment(column: str) -> str:
    """Return a column as seconds since the epoch, NULL where it holds none."""
    return f"CASE WHEN {column} BETWEEN 0 AND {LATEST_S} THEN {column} END"


_PAID = f"""
    SELECT id, service, state, created_at, at, model, notebook,
        CASE
            WHEN state IN ('done', 'expired') THEN coalesce(told, listed)
            WHEN state IS NOT 'failed' THEN 0
            ELSE coalesce(told, CASE WHEN task_id IS NULL THEN 0 ELSE listed END)
        END AS spent,
        CASE
            WHEN state IN ('done', 'expired', 'failed') THEN 0
            WHEN state = 'stopped' AND submitted_at IS NULL THEN 0
            ELSE max(coalesce(told, 0), listed)
        END AS held
    FROM (
        SELECT *,
            {_amount("credits")} AS told,
            CASE WHEN state = 'waiting' AND EXISTS (
                SELECT 1 FROM leases
                WHERE leases.id = tasks.id AND expires_at BETWEEN :now AND :now + 60
            ) THEN :now
            ELSE coalesce({_moment("submitted_at")}, {_moment("created_at")}, 0) END AS at,
            coalesce(nullif({_amount("price")}, 0), :price_unknown) AS listed
        FROM tasks WHERE service IS NOT :simulator AND {IS_OWN} AND ({{}})
    )
"""  # noqa: S608 - our own statement
"""What of some rows is spent and held; read by index, since a history may be long."""

_SINCE = "state = 'waiting' OR submitted_at >= :since OR created_at >= :since"
"""Has all that counts on a day from then on, and more."""

_UNPRICED = "NOT coalesce(price > 0 AND price <= 1000000000000, 0)"
"""Has what the history's own sums leave out: a price that nobody knows may become another."""

_SUMS = f"""
    WITH own AS (SELECT value AS id FROM json_each(:own)),
    paid AS ({_PAID.format(f"{_SINCE} OR id IN own")})
    SELECT
        total(CASE WHEN at >= :since THEN spent END) AS spent_today,
        total(CASE WHEN at >= :since THEN held END) AS held_today,
        total(CASE WHEN id IN own THEN spent END) AS spent_session,
        total(CASE WHEN id IN own THEN held END) AS held_session,
        total(CASE WHEN at >= :since AND service = :service AND (
            state = 'waiting' OR created_at > :balance_at
        ) THEN spent + held END) AS unseen
    FROM paid WHERE id NOT IN (SELECT value FROM json_each(:without))
"""  # noqa: S608 - our own statement

_DAY = " ".join(
    [
        f"CASE WHEN at >= :d{DAYS} THEN date(at, 'unixepoch', 'localtime')",
        *(f"WHEN at >= :d{day} THEN :name{day}" for day in reversed(range(DAYS))),
        "END",
    ]
)
"""The local day of a moment; those that are told begin at d0, d1 ...: SQLite's own is slow."""

_LINES = f"""
    SELECT at, {_DAY} AS day,
        CASE typeof(model) WHEN 'text' THEN model ELSE '' END AS model,
        CASE typeof(notebook) WHEN 'text' THEN notebook ELSE '' END AS notebook,
        CAST(round({MICRO} * spent) AS INTEGER) AS spent,
        CAST(round({MICRO} * held) AS INTEGER) AS held
    FROM ({_PAID})
"""  # noqa: S608 - our own statement

_ENTRIES = f"""
    WITH newer AS (
        SELECT day, model, notebook, total(spent) AS spent, total(held) AS held
        FROM ({_LINES.format(_SINCE)}) WHERE at >= :since GROUP BY 1, 2, 3
    ),
    lines AS (
        SELECT * FROM newer
        UNION ALL SELECT '', model, notebook, -spent, -held FROM newer
        UNION ALL SELECT '', model, notebook, spent, held FROM paid_sums
        UNION ALL SELECT '', model, notebook, spent, held FROM ({_LINES.format(_UNPRICED)})
    )
    SELECT day, model, nullif(notebook, '') AS notebook,
        total(spent) / {MICRO} AS spent, total(held) / {MICRO} AS held
    FROM lines GROUP BY day, model, lines.notebook HAVING total(spent) + total(held) > 0
    ORDER BY day DESC, 2, 3
"""  # noqa: S608 - our own statement
"""The newest days line by line; what is before them is all that there is, without these."""


def _facts() -> dict[str, object]:
    return {"simulator": SIMULATOR, "price_unknown": PRICE_UNKNOWN, "now": time.time()}


class Budget:
    """What may still be spent: the day's cap over all kernels, and this process's own.

    Parameters
    ----------
    read, write
        Run one statement on the history.
    """

    def __init__(self, read: Read, write: Write) -> None:
        self._read = read
        self._write = write
        self._own: list[str] = []
        self.session_cap: float | None = None

    def enter(self, id: str) -> None:
        """Count a task to this process's session, from when it is recorded."""
        self._own.append(id)

    def caps(self) -> tuple[Cap, ...]:
        """Return the caps in force."""
        limits: tuple[tuple[Per, float | None], ...] = (
            ("day", self._day_cap()),
            ("session", self.session_cap),
        )
        return tuple(Cap(credits=most, per=per) for per, most in limits if most is not None)

    def set_cap(self, credits: float | None, per: Per) -> None:
        """Cap a day for every kernel of the person, or this session; None lifts the cap."""
        facts = {"name": DAY_CAP, "value": json.dumps(credits)}
        if per == "session":
            self.session_cap = credits
        elif credits is None:
            self._write("DELETE FROM settings WHERE name = :name", facts)
        else:
            self._write("INSERT OR REPLACE INTO settings VALUES (:name, :value)", facts)

    def spending(
        self, service: str = "", balance_at: float = 0.0, *, without: Sequence[str] = ()
    ) -> Spending:
        """Return what was spent and is held.

        Parameters
        ----------
        service, balance_at
            Whose balance is known, and since when (seconds since the epoch), for what that
            balance cannot show yet. A task that was being sent just then may be in it or not;
            it is taken to be, for the service refuses free of charge.
        without
            Ids of tasks to leave out.
        """
        facts = _facts() | {
            "own": json.dumps(self._own),
            "since": _midnight(),
            "service": service,
            "balance_at": balance_at,
            "without": json.dumps(without),
        }
        found = self._read(_SUMS, facts)
        return Spending(**dict(found[0])) if found else Spending()

    def entries(self) -> tuple[Entry, ...]:
        """Return what each day, model and notebook took and may take, newest day first.

        All that was before the newest `DAYS` is of the day "".
        """
        days = [date.today() + timedelta(days=1 - back) for back in range(DAYS, -1, -1)]
        facts = _facts() | {"since": _midnight(days[0])}
        facts |= {f"d{at}": _midnight(day) for at, day in enumerate(days)}
        facts |= {f"name{at}": day.isoformat() for at, day in enumerate(days)}
        return tuple(Entry(**dict(row)) for row in self._read(_ENTRIES, facts))

    def check(
        self,
        requests: Sequence[Request],
        *,
        service: str,
        max_credits: float | None,
        balance: Balance | None,
        redone: Sequence[str] = (),
    ) -> None:
        """Refuse a paid cell that costs more than it may; asks no network.

        Within `History.add` nobody else can spend between the check and the record. ``redone``
        are the ids of recorded tasks that the requests are, so that they count once.

        Raises
        ------
        BudgetExceeded
            It says what the cell costs, what is left and what would fit.
        """
        known_at = balance.at if balance else time.time()
        spending = self.spending(service, known_at, without=redone)
        known = balance.credits if balance else None
        limits = Limits(caps=self.caps(), max_credits=max_credits, balance=known)
        check_budget(requests, spending, limits)

    def report(self, service: str, balance: float | None) -> Report:
        """Return everything that a look at the budget shows."""
        return Report(
            service=service,
            simulated=service == SIMULATOR,
            day=date.today().isoformat(),
            balance=balance,
            caps=self.caps(),
            spending=self.spending(),
            entries=self.entries(),
        )

    def _day_cap(self) -> float | None:
        found = self._read("SELECT value FROM settings WHERE name = :name", {"name": DAY_CAP})
        try:
            return foreign.amount(json.loads(found[0]["value"])) if found else None
        except (ValueError, TypeError, RecursionError):
            raise StoreError(
                "The day's cap in the history cannot be read, so nothing is paid for.",
                advice="%hailuo budget N sets it anew, %hailuo budget off lifts it.",
            ) from None


def _midnight(day: date | None = None) -> float:
    """Return when the person's local day, or another, began."""
    return datetime.combine(day or date.today(), datetime.min.time()).timestamp()
