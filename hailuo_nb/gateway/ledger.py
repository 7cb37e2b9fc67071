"""The class's money: it moves only in the transaction that moves a task's state.

It knows holds, settlements and budgets. What is held and spent is the sum of the entries at every
commit. It must not know why a task ended, nor who asks.
"""

import secrets
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Connection,
    Row,
    Table,
    bindparam,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from hailuo_nb.core.pricing import amount_words
from hailuo_nb.gateway.database import clock
from hailuo_nb.gateway.tables import HUNDREDTHS, account, entry, student, task

DAY_S = 86_400

# Statements of each submit, made once: to put one together takes as long as to run it.
_NAMES: BindParameter[str] = bindparam("names", expanding=True)
_MORE = bindparam("more", type_=BigInteger)
_LOCKED = (
    select(student)
    .where(student.c.id.in_(_NAMES))
    .order_by(student.c.id)  # whoever locks several does it in this order
    .with_for_update(key_share=True)
)
_HOLD_OF_STUDENT = (
    update(student)
    .where(student.c.id == bindparam("name"))
    .values(held=student.c.held + _MORE, vlast=bindparam("last"))
)
_HOLD_OF_CLASS = (
    update(account)
    .where(
        account.c.budget.is_(None) | (account.c.held + account.c.spent + _MORE <= account.c.budget)
    )
    .values(held=account.c.held + _MORE)
)
_ENTER = insert(entry)


@dataclass(frozen=True, slots=True, kw_only=True)
class Purse:
    """What one student, or the class, may spend and has: in hundredths of a credit.

    ``budget`` is None where there is no limit.
    """

    budget: int | None
    held: int
    spent: int

    @property
    def left(self) -> int | None:
        """What may still be asked for."""
        return None if self.budget is None else self.budget - self.held - self.spent


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A new task's price, in hundredths of a credit, and its place in the fair queue."""

    task: str
    student: str
    price: int
    vstart: float


def enrol(connection: Connection, asked: Sequence[str]) -> list[None]:
    """Give students accounts with the class's usual budget; keep those that are there."""
    there = set(connection.scalars(select(student.c.id).where(student.c.id.in_(asked))))
    for name in dict.fromkeys(asked):
        if name not in there:
            _enrol(connection, name)
    return [None] * len(asked)


def _enrol(connection: Connection, name: str) -> None:
    budget = connection.scalar(select(account.c.student_budget))
    row = {"id": name, "budget": budget, "folder": secrets.token_hex(8)}
    try:
        with connection.begin_nested():
            connection.execute(insert(student).values(row))
    except IntegrityError:  # another replica was quicker
        return


def set_rules(rules: Mapping[str, object], connection: Connection) -> None:
    """Change columns of the class's row, such as its budget."""
    if rules:
        connection.execute(update(account).values(rules))


def session_secret(connection: Connection) -> str:
    """Return what signs teachers' sessions."""
    return str(connection.scalar(select(account.c.secret)))


def purse_of(connection: Connection, name: str | None) -> Purse:
    """Return a student's purse, or the class's where none is named."""
    table = account if name is None else student
    columns = select(table.c.budget, table.c.held, table.c.spent)
    row = connection.execute(columns if name is None else columns.where(student.c.id == name)).one()
    return Purse(budget=row.budget, held=row.held, spent=row.spent)


def locked(connection: Connection, names: Collection[str]) -> dict[str, Row[Any]]:
    """Return students' rows, which nobody else changes until the transaction has ended."""
    return {row.id: row for row in connection.execute(_LOCKED, {"names": sorted(names)})}


def hold(connection: Connection, holds: Sequence[Hold], moment: float) -> bool:
    """Hold the prices of new tasks, of students who are locked and whose budgets reach.

    Returns whether the class's budget reaches, too; the last of a submit, for all want its row.
    """
    more, last = Counter[str](), dict[str, float]()
    for one in holds:
        more[one.student] += one.price
        last[one.student] = one.vstart
    rows = [{"name": name, "more": more[name], "last": last[name]} for name in sorted(more)]
    connection.execute(_HOLD_OF_STUDENT, rows)
    entered = [_entry(one.task, one.student, "hold", one.price, moment) for one in holds]
    connection.execute(_ENTER, entered)
    return bool(connection.execute(_HOLD_OF_CLASS, {"more": more.total()}).rowcount)


def _entry(task_id: str, name: str, kind: str, amount: int, moment: float) -> dict[str, object]:
    """Return a row of the entries; a task has one of each kind at most."""
    said = {"task": task_id, "student": name, "kind": kind, "amount": amount}
    return said | {"moment": moment}


def settle(connection: Connection, task_id: str, cost: int) -> None:
    """Turn a task's hold into what it cost, 0 for nothing; its state was moved just before."""
    moment = clock(connection)
    row = connection.execute(
        update(task)
        .where(task.c.id == task_id)
        .values(cost=cost, day=int(moment // DAY_S))
        .returning(task.c.student, task.c.price)
    ).one()
    change = _entry(task_id, row.student, "settle", cost - row.price, moment)
    connection.execute(_ENTER, change)
    for table in (student, account):
        moved = update(table).values(held=table.c.held - row.price, spent=table.c.spent + cost)
        connection.execute(moved.where(student.c.id == row.student) if table is student else moved)


def imbalances(connection: Connection) -> list[str]:
    """Return in words where what is held and spent is not the sum of the entries; empty: nowhere.

    Give it a connection that sees one moment: `Books.look`.
    """
    found = []
    amounts = _sums(connection, entry, entry.c.amount)
    holds = _sums(connection, task, task.c.price, task.c.cost.is_(None))
    costs = _sums(connection, task, task.c.cost, task.c.cost.is_not(None))
    rows = connection.execute(select(student.c.id, student.c.held, student.c.spent)).all()
    for name, held, spent in rows:
        said, entered = _said(name, held, spent), amounts.get(name, 0)
        if held + spent != entered:
            found.append(f"{said}, {_amount(entered)} entered")
        if (held, spent) != (holds.get(name, 0), costs.get(name, 0)):
            found.append(f"{said}, its tasks say otherwise")
    purse = purse_of(connection, None)
    total = sum(row.held for row in rows), sum(row.spent for row in rows)
    if (purse.held, purse.spent) != total:
        said = _said("the class", purse.held, purse.spent)
        found.append(f"{said}, its students {_amount(total[0])} and {_amount(total[1])}")
    return found


def _said(name: str, held: int, spent: int) -> str:
    return f"{name}: {_amount(held)} credits held and {_amount(spent)} spent"


def _amount(hundredths: int) -> str:
    return amount_words(hundredths / HUNDREDTHS)


def _sums(
    connection: Connection,
    table: Table,
    amount: ColumnElement[int],
    *where: ColumnElement[bool],
) -> dict[str, int]:
    sums = select(table.c.student, func.sum(amount)).where(*where).group_by(table.c.student)
    return {name: int(total) for name, total in connection.execute(sums)}
