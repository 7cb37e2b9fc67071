"""One replica: its database, its client, and what it remembers for a moment.

It knows how the parts go together and when they end. It must not know HTTP's answers.
"""

import asyncio
import logging
import math
import time
import uuid
from collections.abc import AsyncIterator, Container, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Protocol

from sqlalchemy.exc import SQLAlchemyError
from tornado.httputil import HTTPServerRequest

from hailuo_nb.core.polling import MEDIAN_S
from hailuo_nb.gateway.database import Books
from hailuo_nb.gateway.ledger import enrol
from hailuo_nb.gateway.looks import Looks
from hailuo_nb.gateway.passing import Caller
from hailuo_nb.gateway.refused import UNAUTHORISED, Refused
from hailuo_nb.gateway.send import Sender
from hailuo_nb.gateway.sessions import BRAKED, Brake, Sessions
from hailuo_nb.gateway.submit import take
from hailuo_nb.gateway.together import Together
from hailuo_nb.gateway.tokens import People, Person
from hailuo_nb.gateway.told import Queue, read_queue, result_json
from hailuo_nb.gateway.watch import Watcher
from hailuo_nb.kie.client import Client

if TYPE_CHECKING:
    from hailuo_nb.gateway.results import Links

QUEUE_KEPT_S = 1.0
BEGIN_ANEW_S = 1.0
CAME_MAX = 20_000

log = logging.getLogger("hailuo_nb.gateway")


class Duty(Protocol):
    """What a replica does all the time, turn after turn."""

    async def turn(self) -> float:
        """Do what is due; return for how many seconds nothing else is."""


async def lasting(duty: Duty, ended: asyncio.Event) -> None:
    """Do a duty until it is told to end; a turn that the store or a fault of ours broke is no end.

    A clip that was being sent stays claimed, and is unsure once its lease is over.
    """
    while not ended.is_set():
        try:
            await asyncio.sleep(await duty.turn())
        except Exception as error:  # noqa: BLE001 - a class must not stand still for it
            log.warning("%s begins anew: %s", type(duty).__name__, type(error).__name__)
            await asyncio.sleep(BEGIN_ANEW_S)


class Gateway:
    """What the handlers of one replica share.

    Parameters
    ----------
    database, client, people
        Where everything is kept, the service, and who may come in, asked in turn.
    public_url
        Where the service can call this gateway; None where it cannot.
    secret
        What signs teachers' sessions, the same for all replicas.
    prefix
        The path below which a proxy has the gateway, such as "/services/class"; "" for none.
    median_s
        How long a clip usually takes of this service, in seconds.
    links
        Makes the links by which clips are passed on; None gives the service's addresses.
    trusted
        Origins of students' callbacks beside those of the public internet by https.
    shows_prompts
        Whether the teacher's page shows what clips were asked for with; students are told so.
    """

    def __init__(
        self,
        database: Books,
        client: Client,
        people: Sequence[People],
        *,
        public_url: str | None = None,
        secret: str,
        prefix: str = "",
        median_s: float = MEDIAN_S,
        links: "Links | None" = None,
        trusted: Container[str] = (),
        shows_prompts: bool = False,
    ) -> None:
        self.database = database
        self.client = client
        self.owner = uuid.uuid4().hex
        self.prefix = prefix
        self.links = links
        self.secret = secret
        self._trusted = trusted
        self.shows_prompts = shows_prompts
        self.sessions = Sessions(secret)
        self.brake = Brake()
        self.ended = asyncio.Event()
        self.looks = Looks(database)
        self.submits = Together(database, take)
        self._enrolling = Together(database, enrol)
        self._people = people
        self._public_url = public_url
        self._median_s = median_s
        self._enrolled: set[str] = set()
        self._came: set[int] = set()
        self._queue: Queue | None = None
        self._queue_read_s = -math.inf
        self._reading: asyncio.Future[None] | None = None

    async def person(self, request: HTTPServerRequest) -> Person:
        """Return who sends a request, enrolled.

        Raises
        ------
        Refused
            401: a stranger. 429: an address has guessed too often, and this token never came.
        """
        header = request.headers.get("Authorization", "")
        scheme, _, shown = header.partition(" ")
        token = shown.strip() if scheme.lower() == "bearer" else ""
        if not token:
            raise Refused(401, UNAUTHORISED)
        found = await self._shown_by(request.remote_ip or "", token)
        if found.name not in self._enrolled:
            await self._enrolling.do(found.name)
            self._enrolled.add(found.name)
        return found

    async def _shown_by(self, address: str, token: str) -> Person:
        """Return whom a token stands for; guesses are counted, and then only known ones taken.

        A whole class may come from one address, so that nobody in it is kept out by a guesser.
        """
        mark = hash(token)
        if mark not in self._came and self.brake.holds(address):
            raise Refused(429, BRAKED)
        found = await self._known(token)
        if found is None:
            self._came.discard(mark)
            self.brake.failed(address)
            raise Refused(401, UNAUTHORISED)
        if len(self._came) >= CAME_MAX:
            self._came.clear()
        self._came.add(mark)
        return found

    async def teacher_of(self, token: str) -> str | None:
        """Return the teacher whom a token stands for."""
        found = await self._known(token.strip())
        return found.name if found is not None and found.role == "teacher" else None

    def is_teacher(self, name: str) -> bool:
        """Return whether there still is such a teacher."""
        found = Person(name=name, role="teacher")
        return any(some.has(found) for some in self._people)

    async def _known(self, token: str) -> Person | None:
        for some in self._people:
            if (found := await some.person(token)) is not None:
                return found
        return None

    async def queue(self) -> Queue:
        """Return the queue as it was a moment ago: nobody waits while it is read anew."""
        if time.monotonic() - self._queue_read_s > QUEUE_KEPT_S and self._reading is None:
            self._reading = asyncio.ensure_future(self._read_queue())
        if self._queue is None and self._reading is not None:
            await asyncio.shield(self._reading)
        return self._queue or Queue(places={}, waits_s=[])

    async def _read_queue(self) -> None:
        try:
            self._queue = await self.database.run(read_queue)
            self._queue_read_s = time.monotonic()
        except (SQLAlchemyError, RuntimeError) as error:  # the store, or this replica, is ending
            log.info("the queue cannot be read: %s", type(error).__name__)
        finally:
            self._reading = None

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Send and watch while the context is open; what is being sent is written down first."""
        result = self.links.result_json if self.links else result_json
        parts = (
            Sender(self.database, self.client, self.owner, self._public_url),
            Watcher(self.database, self.client, self._median_s),
            Caller(self.database, self.client, self.secret, self._trusted, result),
        )
        running = [asyncio.create_task(lasting(part, self.ended)) for part in parts]
        try:
            yield
        finally:
            self.ended.set()
            await asyncio.gather(*running, return_exceptions=True)
            await self.client.aclose()
            self.database.close()
