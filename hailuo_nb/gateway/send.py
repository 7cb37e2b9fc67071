"""Sending: at most 20 in any 11 s and 100 under way, one at a time, never one of them twice.

It knows the gate, claims and what a broken send means. It must not know who asks, nor HTTP.
"""

import json
import logging
import time
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, update
from sqlalchemy.exc import IntegrityError

from hailuo_nb.core.request import Request
from hailuo_nb.errors import HailuoError
from hailuo_nb.gateway.asked import request_of
from hailuo_nb.gateway.database import Books, clock
from hailuo_nb.gateway.outcomes import Step, accepted, outcome_of, unsure
from hailuo_nb.gateway.tables import account, gate, task
from hailuo_nb.kie.client import Client

WINDOW_S = 11.0
"""The service counts 10 s; the eleventh is for the way from a claim to its first byte."""

SENDS_MAX = 20
UNDER_WAY_MAX = 100
FIRST_BYTE_WITHIN_S = 1.0
UNSURE_COUNTS_S = 1800.0
LEASE_S = 90.0
"""Longer than any send takes: who has not written its reply by then is dead."""

PAUSE_S = 0.2
CALLBACKS = "/api/v1/callback/"

log = logging.getLogger("hailuo_nb.gateway")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A task that this process alone may send, until ``not_after`` on its monotonic clock."""

    id: str
    request: Request
    not_after: float


class Sender:
    """Sends what stands first in the queue, one clip at a time.

    Parameters
    ----------
    database, client
        Where the queue is, and the service.
    owner
        This process's name among the replicas.
    public_url
        Where the service calls back; None where it cannot.
    """

    def __init__(self, database: Books, client: Client, owner: str, public_url: str | None) -> None:
        self._database = database
        self._client = client
        self._owner = owner
        self._public_url = public_url

    async def turn(self) -> float:
        """Send one clip, if any may be sent now; what became of it is written down."""
        claim = await self._database.run(self._claim)
        if claim is None:
            return PAUSE_S
        await self._send(claim)
        return 0.0

    async def _send(self, claim: Claim) -> None:
        images = (claim.request.image, claim.request.end_image)
        image_url, end_image_url = (one.url if one else None for one in images)
        try:
            upstream = await self._client.create_task(
                claim.request,
                image_url=image_url,
                end_image_url=end_image_url,
                not_after=claim.not_after,
            )
        except HailuoError as error:
            failure = error
            log.warning("task %s was not taken for certain: %s", claim.id, type(error).__name__)
        else:
            await self._write(claim, accepted(upstream))
            return
        await self._write(claim, outcome_of(failure))

    async def _write(self, claim: Claim, step: Step) -> None:
        try:
            await self._database.insist(lambda one: step(one, claim.id, self._owner))
        except IntegrityError:  # the service has named another task by this id already
            await self._database.insist(lambda one: unsure(one, claim.id, self._owner))

    def _claim(self, connection: Connection) -> Claim | None:
        """Take the first of the queue where the gate is open; committed before the first byte."""
        row = connection.execute(select(gate).with_for_update()).one()
        now, not_after = clock(connection), time.monotonic() + FIRST_BYTE_WITHIN_S
        recent = [moment for moment in json.loads(row.recent) if moment > now - WINDOW_S]
        is_shut = now < row.shut_until or connection.scalar(select(account.c.paused))
        if is_shut or len(recent) >= SENDS_MAX or under_way(connection, now) >= UNDER_WAY_MAX:
            return None
        first = select(task).where(task.c.state == "queued").order_by(task.c.vstart, task.c.seq)
        found = connection.execute(first.limit(1)).first()
        if found is None:
            return None
        values = {"owner": self._owner, "lease": now + LEASE_S, "sent": now}
        taken = update(task).where(task.c.id == found.id, task.c.state == "queued")
        if connection.execute(taken.values(state="sending", **values)).rowcount != 1:
            return None
        vnow, recent_ = max(row.vnow, found.vstart), json.dumps([*recent, now])
        connection.execute(update(gate).values(vnow=vnow, recent=recent_, trouble=None))
        param = json.loads(found.param)
        request = request_of(param["model"], json.loads(param["input"]))
        if self._public_url is not None:
            place = f"{self._public_url}{CALLBACKS}{found.callback_token}"
            request = replace(request, callback_url=place)
        return Claim(id=found.id, request=request, not_after=not_after)


def takes_a_place(now: float) -> ColumnElement[bool]:
    """Return what a task must be to take one of the service's places."""
    unsure = and_(task.c.state == "unsure", task.c.sent > now - UNSURE_COUNTS_S)
    return or_(task.c.state.in_(("sending", "running")), unsure)


def under_way(connection: Connection, now: float) -> int:
    """Return how many tasks take one of the service's places."""
    counted = select(func.count()).select_from(task).where(takes_a_place(now))
    return connection.scalar(counted) or 0
