"""A clip is asked for: one transaction holds its price and gives it a place in the fair queue.

It knows budgets, limits and repeated requests. It must not know HTTP, nor how a task is sent.
"""

import hashlib
import json
import re
import secrets
import uuid
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, func, insert, select
from sqlalchemy.exc import IntegrityError

from hailuo_nb.core.models import short_name
from hailuo_nb.core.pricing import amount_words, credit_words
from hailuo_nb.gateway import ledger
from hailuo_nb.gateway.asked import Asked
from hailuo_nb.gateway.database import MOMENT, Books
from hailuo_nb.gateway.passing import remember
from hailuo_nb.gateway.refused import Refused
from hailuo_nb.gateway.tables import HUNDREDTHS, account, student, task

FOLDER = re.compile(r"/class-([0-9a-f]{16})/")
"""The folder of a student's uploads, within an address."""

UNDER_WAY = ("queued", "sending", "running")

# Statements of each submit, made once: to put one together takes as long as to run it.
_MINE = (task.c.student == bindparam("name"), task.c.state.in_(UNDER_WAY))
_NUMBER = select(func.count()).select_from(task).where(*_MINE).scalar_subquery()
_RULES = select(account.c.models, account.c.at_once, _NUMBER.label("under_way"), MOMENT)
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


async def submit(database: Books, order: ClipOrder) -> str:
    """Take a clip in and return its id; the same again where it was taken under this name.

    Raises
    ------
    Refused
        505 a model that the class may not use, 429 too many at once, 402 the student's budget,
        433 the class's, 422 another request under the same name.
    """
    try:
        return await database.run(lambda connection: _take(connection, order))
    except IntegrityError:  # the same request came twice at once, and the other was quicker
        return await database.run(lambda connection: _take(connection, order))


def _take(connection: Connection, order: ClipOrder) -> str:
    known = _known(connection, order)
    if known is not None:
        return known
    name, asked = order.student, order.asked
    vstart = ledger.hold_of_student(connection, name, asked.price)
    moment = _check_class(connection, order)
    _check_pictures(connection, order)
    if vstart is None:
        raise _over_budget(ledger.purse_of(connection, name), asked.price)
    task_id = _insert(connection, order, vstart, moment)
    ledger.enter(connection, task_id, name, "hold", asked.price, moment)
    if asked.callback_url is not None:
        remember(connection, task_id, asked.callback_url)
    if not ledger.hold_of_class(connection, asked.price):
        raise Refused(433, "The class's budget is used up. Please tell your teacher.")
    return task_id


def _known(connection: Connection, order: ClipOrder) -> str | None:
    if order.named is None:
        return None
    of_student = task.c.student == order.student
    same = select(task.c.id, task.c.digest).where(of_student, task.c.idempotency == order.named)
    row = connection.execute(same).first()
    if row is None:
        return None
    if row.digest != order.digest:
        raise Refused(422, "This Idempotency-Key belongs to another request")
    return str(row.id)


def _check_class(connection: Connection, order: ClipOrder) -> float:
    """Refuse what the class may not; return the moment. The student's row is locked by now."""
    rules = connection.execute(_RULES, {"name": order.student}).one()
    if rules.models is not None and order.asked.model not in json.loads(rules.models):
        model = short_name(order.asked.model)
        raise Refused(505, f"Your class does not use {model}. Your teacher can allow it.")
    if rules.under_way >= rules.at_once:
        words = f"You have {rules.under_way} clips under way. Wait until one is done."
        raise Refused(429, words)
    return float(rules.moment)


def _check_pictures(connection: Connection, order: ClipOrder) -> None:
    """Refuse a picture that another student has uploaded."""
    folders = {found for text in order.asked.fields.values() for found in FOLDER.findall(str(text))}
    if folders:
        own = connection.scalar(select(student.c.folder).where(student.c.id == order.student))
        if folders - {own}:
            raise Refused(422, "This picture was uploaded by somebody else")


def _over_budget(purse: ledger.Purse, price: int) -> Refused:
    left = amount_words((purse.left or 0) / HUNDREDTHS)
    budget = credit_words((purse.budget or 0) / HUNDREDTHS)
    cost = amount_words(price / HUNDREDTHS)
    return Refused(
        402,
        f"Credits insufficient : this clip costs {cost}, and {left} of your {budget} are left. "
        "Your teacher can give you more.",
    )


def _insert(connection: Connection, order: ClipOrder, vstart: float, moment: float) -> str:
    task_id = uuid.uuid4().hex
    row = {
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
    connection.execute(_INSERT, row)
    return task_id


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
