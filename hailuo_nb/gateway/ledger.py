"""The class's money: it moves only in the transaction that moves a task's state.

It knows holds, settlements and budgets. What is held and spent is the sum of the entries at every
commit. It must not know why a task ended, nor who asks.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Table,
    bindparam,
    case,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from hailuo_nb.gateway.database import clock
from hailuo_nb.gateway.tables import account, entry, gate, student, task

DAY_S = 86_400

# Statements of each submit, made once: to put one together takes as long as to run it.
_PRICE = bindparam("price", type_=BigInteger)
_VNOW, _AFTER = select(gate.c.vnow).scalar_subquery(), student.c.vlast + 1
_HOLD_OF_STUDENT = (
    update(student)
    .where(
        student.c.id == bindparam("name"),
        student.c.held + student.c.spent + _PRICE <= student.c.budget,
    )
    .values(held=student.c.held + _PRICE, vlast=case((_AFTER > _VNOW, _AFTER), else_=_VNOW))
    .returning(student.c.vlast)
)
_HOLD_OF_CLASS = (
    update(account)
    .where(
        account.c.budget.is_(None) | (account.c.held + account.c.spent + _PRICE <= account.c.budget)
    )
    .values(held=account.c.held + _PRICE)
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


def enrol(connection: Connection, name: str) -> None:
    """Give a student an account with the class's usual budget; keep one that is there."""
    if connection.scalar(select(student.c.id).where(student.c.id == name)) is not None:
        return
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


def hold_of_student(connection: Connection, name: str, price: int) -> float | None:
    """Hold a price in a student's budget and return the clip's place in the fair queue.

    Returns None where the budget does not reach; nothing is held then.
    """
    row = connection.execute(_HOLD_OF_STUDENT, {"name": name, "price": price}).first()
    return None if row is None else float(row.vlast)


def hold_of_class(connection: Connection, price: int) -> bool:
    """Hold a price in the class's budget; return whether that reaches. The last of a submit."""
    return bool(connection.execute(_HOLD_OF_CLASS, {"price": price}).rowcount)


def enter(
    connection: Connection, task_id: str, name: str, kind: str, amount: int, moment: float
) -> None:
    """Write an entry; a task has one of each kind at most."""
    row = {"task": task_id, "student": name, "kind": kind, "amount": amount}
    connection.execute(_ENTER, row | {"moment": moment})


def settle(connection: Connection, task_id: str, cost: int) -> None:
    """Turn a task's hold into what it cost, 0 for nothing; its state was moved just before."""
    moment = clock(connection)
    row = connection.execute(
        update(task)
        .where(task.c.id == task_id)
        .values(cost=cost, day=int(moment // DAY_S))
        .returning(task.c.student, task.c.price)
    ).one()
    enter(connection, task_id, row.student, "settle", cost - row.price, moment)
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
        if held + spent != amounts.get(name, 0):
            found.append(f"{name}: {held} held and {spent} spent, {amounts.get(name, 0)} entered")
        if (held, spent) != (holds.get(name, 0), costs.get(name, 0)):
            found.append(f"{name}: {held} held and {spent} spent, its tasks say otherwise")
    purse = purse_of(connection, None)
    total = (sum(row.held for row in rows), sum(row.spent for row in rows))
    if (purse.held, purse.spent) != total:
        found.append(f"the class: {purse.held} held and {purse.spent} spent, its students {total}")
    return found


def _sums(
    connection: Connection,
    table: Table,
    amount: ColumnElement[int],
    *where: ColumnElement[bool],
) -> dict[str, int]:
    sums = select(table.c.student, func.sum(amount)).where(*where).group_by(table.c.student)
    return {name: int(total) for name, total in connection.execute(sums)}
