"""Clips are asked for: one transaction holds their prices and gives each a place in the fair queue.

It knows budgets, limits and repeated requests. It must not know HTTP, nor how a task is sent.
"""

import hashlib
import json
import re
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from sqlalchemy import BindParameter, Connection, Row, bindparam, func, insert, select

from hailuo_nb.core.models import short_name
from hailuo_nb.core.pricing import amount_words, credit_words
from hailuo_nb.gateway import ledger
from hailuo_nb.gateway.asked import Asked
from hailuo_nb.gateway.database import MOMENT
from hailuo_nb.gateway.passing import remember
from hailuo_nb.gateway.refused import Refused
from hailuo_nb.gateway.tables import HUNDREDTHS, account, gate, task

FOLDER = re.compile(r"/class-([0-9a-f]{16})/")

UNDER_WAY = ("queued", "sending", "running")

# Statements of each submit, made once: to put one together takes as long as to run it.
_NAMES: BindParameter[str] = bindparam("names", expanding=True)
_VNOW = select(gate.c.vnow).scalar_subquery().label("vnow")
_RULES = select(account.c.models, account.c.at_once, _VNOW, MOMENT)
_UNDER_WAY = (
    select(task.c.student, func.count())
    .where(task.c.student.in_(_NAMES), task.c.state.in_(UNDER_WAY))
    .group_by(task.c.student)
)
_KNOWN = select(task.c.student, task.c.idempotency, task.c.id, task.c.digest).where(
    task.c.student.in_(_NAMES), task.c.idempotency.in_(bindparam("named", expanding=True))
)
_INSERT = insert(task)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipOrder:
    """A checked request of one student.

    ``repeated`` is the client's Idempotency-Key, by which a lost reply may be asked for again.
    """

    student: str
    asked: Asked
    repeated: str | None

    @property
    def named(self) -> str | None:
        """The digest of the client's name for it."""
        return None if self.repeated is None else _sha256(self.repeated)

    @property
    def digest(self) -> str:
        """The digest of what is asked for."""
        return _sha256(self.asked.param)


@dataclass(slots=True, kw_only=True)
class _Place:
    """A student at the desk: the row that is locked, and what is new since it was read."""

    row: Row[Any]
    vlast: float
    under_way: int
    held: int = 0

    @property
    def left(self) -> int:
        """What may still be asked for."""
        return int(self.row.budget - self.row.held - self.row.spent - self.held)

    def hold(self, price: int, vnow: float) -> float:
        """Count a clip and return its place in start-time fair queueing."""
        self.under_way, self.held = self.under_way + 1, self.held + price
        self.vlast = max(vnow, self.vlast + 1)
        return self.vlast


def take(connection: Connection, asked: Sequence[ClipOrder]) -> list[str | Exception]:
    """Take clips in, in their order, and return their ids, or why one is refused.

    The id is the same again where a clip was taken under this name. Refused with 505 is a model
    that the class may not use, with 429 too many at once, with 402 the student's budget, with 422
    another request under the same name.

    Raises
    ------
    Refused
        433: the class's budget does not reach for all of them.
    """
    desk = _Desk(connection, asked)
    answers = [desk.answer(order) for order in asked]
    desk.write(connection)
    return answers


class _Desk:
    """Students whose rows are locked: what each may, and what is about to be written.

    Whoever asks twice at once under one name waits for that lock, and is known after it.
    """

    def __init__(self, connection: Connection, orders: Sequence[ClipOrder]) -> None:
        names = {order.student for order in orders}
        rows = ledger.locked(connection, names)
        self._rules = connection.execute(_RULES).one()
        counted = connection.execute(_UNDER_WAY, {"names": list(names)})
        under_way = {row.student: int(row[1]) for row in counted}
        self._places = {
            name: _Place(row=row, vlast=row.vlast, under_way=under_way.get(name, 0))
            for name, row in rows.items()
        }
        self._moment = float(self._rules.moment)
        self._known = _known(connection, names, orders)
        self._tasks: list[dict[str, object]] = []
        self._holds: list[ledger.Hold] = []
        self._calls: list[tuple[str, str]] = []

    def answer(self, order: ClipOrder) -> str | Exception:
        """Return a clip's id, or its refusal."""
        try:
            return self._take(order)
        except Refused as refused:
            return refused

    def write(self, connection: Connection) -> None:
        """Write down what was taken in."""
        if not self._tasks:
            return
        connection.execute(_INSERT, self._tasks)
        if self._calls:
            remember(connection, self._calls)
        if not ledger.hold(connection, self._holds, self._moment):
            raise Refused(433, "The class's budget is used up. Please tell your teacher.")

    def _take(self, order: ClipOrder) -> str:
        named = (order.student, order.named)
        if named in self._known:
            task_id, digest = self._known[named]
            if digest != order.digest:
                raise Refused(422, "This Idempotency-Key belongs to another request")
            return task_id
        place, price = self._places[order.student], order.asked.price
        _check(self._rules, place, order)
        if place.left < price:
            raise _over_budget(place, price)
        task_id = uuid.uuid4().hex
        vstart = place.hold(price, self._rules.vnow)
        self._tasks.append(_row(task_id, order, vstart, self._moment))
        held = ledger.Hold(task=task_id, student=order.student, price=price, vstart=vstart)
        self._holds.append(held)
        if order.asked.callback_url is not None:
            self._calls.append((task_id, order.asked.callback_url))
        if order.named is not None:
            self._known[named] = (task_id, order.digest)
        return task_id


def _known(
    connection: Connection, names: set[str], orders: Sequence[ClipOrder]
) -> dict[tuple[str, str | None], tuple[str, str]]:
    """Return id and digest of what was taken before under the names that are given."""
    named = {order.named for order in orders if order.named is not None}
    if not named:
        return {}
    rows = connection.execute(_KNOWN, {"names": list(names), "named": list(named)})
    return {(row.student, row.idempotency): (row.id, row.digest) for row in rows}


def _check(rules: Row[Any], place: _Place, order: ClipOrder) -> None:
    """Refuse what the class may not, and a picture that another student has uploaded."""
    if rules.models is not None and order.asked.model not in json.loads(rules.models):
        model = short_name(order.asked.model)
        raise Refused(505, f"Your class does not use {model}. Your teacher can allow it.")
    if place.under_way >= rules.at_once:
        words = f"You have {place.under_way} clips under way. Wait until one is done."
        raise Refused(429, words)
    folders = {found for text in order.asked.fields.values() for found in folders_of(str(text))}
    if folders - {place.row.folder}:
        raise Refused(422, "This picture was uploaded by somebody else")


def folders_of(url: str) -> list[str]:
    """Return the folders of uploads that an address leads to, however it is written."""
    return FOLDER.findall(unquote(url))


def _over_budget(place: _Place, price: int) -> Refused:
    left = amount_words(max(0, place.left) / HUNDREDTHS)  # a budget may have been lowered
    budget = credit_words(place.row.budget / HUNDREDTHS)
    cost = amount_words(price / HUNDREDTHS)
    return Refused(
        402,
        f"Credits insufficient : this clip costs {cost}, and {left} of your {budget} are left. "
        "Your teacher can give you more.",
    )


def _row(task_id: str, order: ClipOrder, vstart: float, moment: float) -> dict[str, object]:
    return {
        "id": task_id,
        "student": order.student,
        "model": order.asked.model,
        "param": order.asked.param,
        "price": order.asked.price,
        "state": "queued",
        "vstart": vstart,
        "created": moment,
        "callback_token": secrets.token_urlsafe(32),
        "idempotency": order.named,
        "digest": order.digest,
    }


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
