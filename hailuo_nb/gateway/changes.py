"""What a teacher changes: budgets, models, a pause, and tasks whose fate nobody knows.

It knows each change as one transaction. It must not know HTTP, nor who a teacher is.
"""

import json
from collections.abc import Callable, Mapping
from functools import partial

from sqlalchemy import Connection, select, update
from sqlalchemy.exc import IntegrityError

from hailuo_nb.core.models import MODELS
from hailuo_nb.errors import HailuoError
from hailuo_nb.gateway import ledger
from hailuo_nb.gateway.asked import request_of
from hailuo_nb.gateway.database import Books, clock
from hailuo_nb.gateway.options import CREDITS_MAX
from hailuo_nb.gateway.refused import Refused
from hailuo_nb.gateway.tables import HUNDREDTHS, account, student, task
from hailuo_nb.kie.looker import Looker

CLOCKS_S = 60.0
"""So far may the service's clock be behind the database's, in seconds."""

NOT_MADE = "Its reply was lost, and the teacher has found that it was never made"
BILLED = "Its reply was lost; it was billed, and the clip cannot be had"

Said = Mapping[str, object]


async def change(books: Books, client: Looker, said: Said) -> None:
    """Change what a teacher has said.

    Raises
    ------
    Refused
        422: it cannot be.
    """
    what = said.get("what")
    if what == "settle":
        await _settle(books, client, said)
        return
    steps: dict[object, Callable[[Said, Connection], None]] = {
        "pause": _pause,
        "budget": _budget,
        "class budget": partial(_class_budget, "budget"),
        "student budget": partial(_class_budget, "student_budget"),
        "models": _models,
    }
    if not isinstance(what, str) or what not in steps:
        raise Refused(422, "There is no such change")
    await books.run(partial(steps[what], said))


def _pause(said: Said, connection: Connection) -> None:
    connection.execute(update(account).values(paused=said.get("paused") is True))


def _budget(said: Said, connection: Connection) -> None:
    own = update(student).where(student.c.id == _name(said, "student"))
    if connection.execute(own.values(budget=_credits(said))).rowcount != 1:
        raise Refused(422, "There is no such student")


def _class_budget(column: str, said: Said, connection: Connection) -> None:
    may_be_none = column == "budget" and said.get("credits") is None
    ledger.set_rules({column: None if may_be_none else _credits(said)}, connection)


def _models(said: Said, connection: Connection) -> None:
    given = said.get("models")
    known = [row.id for row in MODELS]
    if not isinstance(given, list) or not all(one in known for one in given):
        raise Refused(422, "There is no such model")
    allowed = None if set(given) == set(known) else json.dumps(given)
    connection.execute(update(account).values(models=allowed))


def _credits(said: Said) -> int:
    value = said.get("credits")
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not 0 <= float(str(value)) <= CREDITS_MAX:
        raise Refused(422, "A budget is a number of credits, 0 or more")
    return round(float(str(value)) * HUNDREDTHS)


def _name(said: Said, key: str) -> str:
    """Return what a row is named by; a database takes no other text."""
    value = said.get(key)
    if not isinstance(value, str) or not value.isprintable():
        raise Refused(422, f"There is no such {key}")
    return value


async def _settle(books: Books, client: Looker, said: Said) -> None:
    task_id, verdict = _name(said, "task"), said.get("as")
    if verdict == "made":
        given = said.get("upstream")  # as it was copied from the service's log, blanks around it
        named = {"id": given.strip() if isinstance(given, str) else given}
        await adopt(books, client, task_id, _name(named, "id"))
    elif verdict in ("never", "billed"):
        await books.run(partial(_end, task_id, is_billed=verdict == "billed"))
    else:
        raise Refused(422, "There is no such verdict")


def _end(task_id: str, connection: Connection, *, is_billed: bool) -> None:
    why = BILLED if is_billed else NOT_MADE
    values = {"state": "fail", "fail_code": "500", "fail_msg": why, "ended": clock(connection)}
    own = update(task).where(task.c.id == task_id, task.c.state == "unsure")
    row = connection.execute(own.values(values).returning(task.c.price)).first()
    if row is None:
        raise Refused(422, "This clip is settled already")
    ledger.settle(connection, task_id, row.price if is_billed else 0)


async def adopt(books: Books, client: Looker, task_id: str, upstream: str) -> None:
    """Watch an unsure task under the id that the service has given it.

    Raises
    ------
    Refused
        422: it is not unsure, or the service's task asks for something else, was made before this
        one was sent, or is another's.
    """
    named = select(task).where(task.c.id == task_id, task.c.state == "unsure")
    row = await books.run(lambda connection: connection.execute(named).first())
    if row is None or not upstream:
        raise Refused(422, "This clip is settled already, or there is no id")
    try:
        found, record = await client.made(upstream)
    except HailuoError as error:
        raise Refused(422, f"The service does not know it: {error.what}") from None
    param = json.loads(row.param)
    own = request_of(param["model"], json.loads(param["input"]))
    if found != own:
        raise Refused(422, "The service's task asks for something else")
    if record.created_at is None or record.created_at < row.sent - CLOCKS_S:
        raise Refused(422, "The service's task is older than this clip")
    try:
        await books.run(partial(_adopt, task_id, upstream))
    except IntegrityError:
        raise Refused(422, "This id belongs to another clip") from None


def _adopt(task_id: str, upstream: str, connection: Connection) -> None:
    own = update(task).where(task.c.id == task_id, task.c.state == "unsure")
    values = {"state": "running", "phase": "waiting", "upstream": upstream}
    connection.execute(own.values(poll=clock(connection), **values))
