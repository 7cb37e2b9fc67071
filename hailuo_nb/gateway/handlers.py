"""The service's API as students meet it: createTask, recordInfo, credit, download-url.

It knows HTTP and the envelope. What a call does is the business of the modules it asks.
"""

import json
import logging
from abc import ABC, abstractmethod
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from tornado.iostream import StreamClosedError
from tornado.web import HTTPError, RequestHandler

from hailuo_nb.errors import (
    AuthenticationError,
    HailuoError,
    KeyLimitReached,
    NotEnoughCredits,
    SetupError,
)
from hailuo_nb.gateway.asked import read_asked, read_object
from hailuo_nb.gateway.gateway import Gateway
from hailuo_nb.gateway.ledger import purse_of
from hailuo_nb.gateway.passing import key_of
from hailuo_nb.gateway.refused import Refused
from hailuo_nb.gateway.submit import ClipOrder
from hailuo_nb.gateway.tables import HUNDREDTHS, task
from hailuo_nb.gateway.tokens import Person
from hailuo_nb.gateway.told import record_of
from hailuo_nb.kie.calls import GATEWAY
from hailuo_nb.kie.sanitize import is_web_url

BUSY = "Server exception, please try again later"
TELL = "The service does not take the class's key at the moment. Please tell your teacher."
OF_CLASS = (AuthenticationError, NotEnoughCredits, KeyLimitReached, SetupError)
NAME_CHARS_MAX = 200
ID_CHARS = 32

log = logging.getLogger("hailuo_nb.gateway")


class Plain(RequestHandler):
    """What every answer of the gateway has in common."""

    gateway: Gateway

    def initialize(self, gateway: Gateway) -> None:
        """Take the parts from the route table."""
        self.gateway = gateway

    def set_default_headers(self) -> None:
        """Tell nobody which server this is, and let nothing be guessed or kept."""
        self.clear_header("Server")
        self.set_header(GATEWAY, "1")
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")

    def compute_etag(self) -> str | None:
        """Leave it out: answers differ from one moment to the next."""
        return None

    def decode_argument(self, value: bytes, name: str | None = None) -> str:
        """Read what is no UTF-8, too: it names nothing that there is."""
        return value.decode("utf-8", "replace")

    def send_json(self, body: object, status: int = 200) -> None:
        """Write a JSON body."""
        self.set_status(status)
        self.set_header("Content-Type", "application/json;charset=UTF-8")
        self.write(json.dumps(body, separators=(",", ":")))

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Answer an unexpected end with the service's envelope."""
        words = {404: "Not Found", 405: "Method Not Allowed"}.get(status_code)
        words = words or (BUSY if status_code >= 500 else "Bad Request")
        self.send_json(self.refusal(Refused(status_code, words)), status_code)

    def refusal(self, refused: Refused) -> dict[str, Any]:
        """Return the shape of a refusal here."""
        return envelope_of(refused)

    def log_exception(self, *args: Any) -> None:
        """Name what went wrong, never the request: it may carry a token or a prompt."""
        if isinstance(args[1], HTTPError):
            log.info("%s: %s", type(self).__name__, args[1].status_code)
        elif not isinstance(args[1], StreamClosedError):
            log.error("%s: %s", type(self).__name__, type(args[1]).__name__)


class StudentHandler(Plain, ABC):
    """Base of the endpoints that need a token."""

    person: Person

    @abstractmethod
    async def answer(self) -> object:
        """Return the data of the good answer; raises Refused."""

    async def serve(self) -> None:
        """Answer in the envelope."""
        try:
            self.person = await self.gateway.person(self.request)
            body = self.accepted(await self.answer())
        except Refused as refused:
            body = self.refusal(refused)
        except HailuoError as error:
            log.warning("%s: %s", type(self).__name__, type(error).__name__)
            body = self.refusal(of_service(error))
        except SQLAlchemyError as error:
            log.warning("%s: %s", type(self).__name__, type(error).__name__)
            body = self.refusal(Refused(500, BUSY))
        self.send_json(body)

    def accepted(self, data: object) -> dict[str, Any]:
        """Return the shape of a good answer here."""
        return {"code": 200, "msg": "success", "data": data}


class SubmitHandler(StudentHandler):
    """``POST /api/v1/jobs/createTask``."""

    async def post(self) -> None:
        """Take a clip in."""
        await self.serve()

    async def answer(self) -> object:
        """Check what is asked for, hold its price and queue it."""
        asked = read_asked(self.request.body)
        repeated = self.request.headers.get("Idempotency-Key") or None
        if repeated is not None and len(repeated) > NAME_CHARS_MAX:
            raise Refused(422, "The Idempotency-Key is too long")
        made = ClipOrder(student=self.person.name, asked=asked, repeated=repeated)
        task_id = await self.gateway.submits.do(made)
        return {"taskId": task_id, "recordId": task_id}


class TaskHandler(StudentHandler):
    """``GET /api/v1/jobs/recordInfo``."""

    async def get(self) -> None:
        """Tell how a task stands."""
        await self.serve()

    async def answer(self) -> object:
        """Find the student's own task in the table."""
        name = self.get_query_argument("taskId", "")
        is_name = name.isascii() and name.isalnum() and len(name) <= ID_CHARS
        row = await self.gateway.looks.row(name) if is_name else None
        if row is None or row.student != self.person.name:
            raise Refused(422, "recordInfo is null")
        told = record_of(row, await self.gateway.queue())
        if row.state == "success" and self.gateway.links is not None:
            told["resultJson"] = self.gateway.links.result_json(row, self.request)
        return told | ({"promptsShown": True} if self.gateway.shows_prompts else {})


class LeftHandler(StudentHandler):
    """``GET /api/v1/chat/credit``."""

    async def get(self) -> None:
        """Tell what is left."""
        await self.serve()

    async def answer(self) -> object:
        """Return the student's own credits, less where the class has less."""
        name = self.person.name

        def left(connection: Any) -> list[int | None]:
            return [purse_of(connection, one).left for one in (name, None)]

        found = await self.gateway.database.run(left)
        return max(0, min(one for one in found if one is not None)) / HUNDREDTHS


class CallbackKeyHandler(StudentHandler):
    """``GET /api/v1/callback-key``: the gateway's own."""

    async def get(self) -> None:
        """Tell the key that signs the student's own callbacks."""
        await self.serve()

    async def answer(self) -> object:
        """Return it."""
        return key_of(self.gateway.secret, self.person.name)


class FreshUrlHandler(StudentHandler):
    """``POST /api/v1/common/download-url``."""

    async def post(self) -> None:
        """Give a fresh link to a clip of the student's own."""
        await self.serve()

    async def answer(self) -> object:
        """Ask the service, for an address that one of the student's tasks has as its result."""
        url = read_object(self.request.body).get("url")
        if not isinstance(url, str) or not is_web_url(url):
            raise Refused(422, "url is wrong")
        if await self._is_own_link(url):
            return url
        if not await self._is_own(url):
            raise Refused(422, "url is wrong")
        return await self.gateway.client.fresh_url(url)

    async def _is_own_link(self, url: str) -> bool:
        links = self.gateway.links
        name = links.task_of(url) if links else None
        row = await self.gateway.looks.row(name) if name else None
        mine = row is not None and row.student == self.person.name
        return mine and links is not None and links.address(row, url) is not None

    async def _is_own(self, url: str) -> bool:
        if not urlsplit(url).path:
            return False
        mine = (task.c.student == self.person.name, task.c.state == "success")
        holds = select(task.c.result).where(
            *mine, task.c.result.contains(json.dumps(url), autoescape=True)
        )
        found = await self.gateway.database.run(lambda one: one.scalars(holds).all())
        return any(url in json.loads(result) for result in found)


class MetricsHandler(Plain):
    """``GET /metrics``."""

    async def get(self) -> None:
        """Tell Prometheus."""
        # Its library is loaded by whoever is asked, and not by every replica.
        from hailuo_nb.gateway.metrics import metrics

        text = await self.gateway.database.run(metrics)
        self.set_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
        self.write(text)


class NoSuchHandler(Plain):
    """Any other path."""

    def prepare(self) -> None:
        """Answer 404 whatever the method."""
        self.send_error(404)


def of_service(error: HailuoError) -> Refused:
    """Return what a student is told of the service: the class's key is no affair of their own."""
    if isinstance(error, OF_CLASS):
        return Refused(500, TELL)
    return Refused(int(getattr(error, "code", None) or 500), error.what)


def envelope_of(refused: Refused) -> dict[str, Any]:
    """Return the envelope of a refusal; a 401 has no data key."""
    body: dict[str, Any] = {"code": refused.code, "msg": refused.words, "data": None}
    if refused.code == 401:
        del body["data"]
    return body
