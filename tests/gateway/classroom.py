"""A class in one event loop: replicas of the gateway on one database, students, the service."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

from hailuo_nb.gateway.database import Books
from hailuo_nb.gateway.gateway import Gateway
from hailuo_nb.gateway.ledger import imbalances, session_secret
from hailuo_nb.gateway.results import Links
from hailuo_nb.gateway.server import listening
from hailuo_nb.gateway.tokens import Tokens, make_tokens
from hailuo_nb.kie.client import Client
from tests.support.ports import free_port

T2V = "hailuo/02-text-to-video-standard"
WITHIN_S = 90.0
USUAL_S = 1.0
"""How long a clip usually takes of the simulator of the tests."""


class Classroom:
    """What a test asks of a class.

    ``urls`` are the replicas', ``students`` one client each, all of the first replica.
    """

    def __init__(
        self, gateways: Sequence[Gateway], urls: Sequence[str], tokens: Sequence[str]
    ) -> None:
        self.gateways = gateways
        self.urls = urls
        self.tokens = tokens
        self.database = gateways[0].database
        self.students = [client_of(urls[0], token) for token in tokens]

    async def balanced(self) -> None:
        """Fail where what is held and spent is not the sum of the entries."""
        assert self.database.look(imbalances) == []


def client_of(url: str, token: str) -> httpx.AsyncClient:
    """Return a student's client."""
    return httpx.AsyncClient(base_url=url, headers={"Authorization": f"Bearer {token}"}, timeout=30)


def asked(prompt: str = "A lighthouse in the fog.", **fields: object) -> dict[str, object]:
    """Return a createTask body of 30 credits."""
    return {"model": T2V, "input": {"prompt": prompt, **fields}}


async def create(student: httpx.AsyncClient, body: object = None, **headers: str) -> dict[str, Any]:
    """Ask for a clip and return the envelope."""
    reply = await student.post(
        "/api/v1/jobs/createTask", json=asked() if body is None else body, headers=headers
    )
    return dict(reply.json())


async def taken(student: httpx.AsyncClient, body: object = None, **headers: str) -> str:
    """Ask for a clip that is not refused, and return its id."""
    envelope = await create(student, body, **headers)
    assert envelope["code"] == 200, envelope
    return str(envelope["data"]["taskId"])


async def record(student: httpx.AsyncClient, task_id: str) -> dict[str, Any]:
    """Return what recordInfo says of a task."""
    reply = await student.get("/api/v1/jobs/recordInfo", params={"taskId": task_id})
    envelope = dict(reply.json())
    assert envelope["code"] == 200, envelope
    return dict(envelope["data"])


async def credit(student: httpx.AsyncClient) -> float:
    """Return the credits that a student has left."""
    return float((await student.get("/api/v1/chat/credit")).json()["data"])


async def until(look: Callable[[], Awaitable[Any]], within_s: float = WITHIN_S) -> Any:
    """Return the first true answer; fails when there is none in time."""
    async with asyncio.timeout(within_s):
        while not (answer := await look()):
            await asyncio.sleep(0.1)
        return answer


@asynccontextmanager
async def classroom(
    url: str,
    service: str,
    folder: Path,
    *,
    key: str | None = None,
    students: int = 2,
    replicas: int = 1,
    at_work: bool = True,
    prefix: str = "",
    is_called: bool = False,
    streams: bool = False,
) -> AsyncIterator[Classroom]:
    """Run a class for the block.

    Parameters
    ----------
    url
        The database's.
    service
        The origin of the service.
    folder
        Where the file of tokens is.
    key
        The service's; each is an account of its own. One of its own where it is left out.
    students, replicas
        How many.
    prefix
        The path below which the replicas are.
    is_called
        Whether the service calls them back.
    streams
        Whether clips are passed on.
    at_work
        Whether the replicas send and watch, or only take in.
    """
    shared = key or f"sk-{secrets.token_hex(8)}"
    tokens = [token for _, token in make_tokens(folder / "tokens.txt", students, "student")]
    async with AsyncExitStack() as stack:
        gateways, urls = [], []
        for _ in range(replicas):
            port = free_port()
            public_url = f"http://127.0.0.1:{port}{prefix}" if is_called else None
            gateway = _replica(url, service, folder / "tokens.txt", shared, prefix, public_url)
            if streams:
                secret = gateway.database.now(session_secret)
                gateway.links = Links(secret, public_url, prefix)
            gateways.append(gateway)
            if at_work:
                await stack.enter_async_context(gateway.at_work())
            else:
                stack.callback(gateway.database.close)
            urls.append(await stack.enter_async_context(listening(gateway, "127.0.0.1", port)))
        room = Classroom(gateways, urls, tokens)
        for student in room.students:
            stack.push_async_callback(student.aclose)
        yield room


def _replica(
    url: str, service: str, tokens: Path, key: str, prefix: str, public_url: str | None
) -> Gateway:
    database = Books(url)
    database.create()
    client = Client(
        api_origin=service, upload_origin=service, key=lambda _: key, user_agent="hailuo_nb/test"
    )
    secret = database.now(session_secret)
    own = {"secret": secret, "prefix": prefix, "public_url": public_url}
    return Gateway(database, client, [Tokens(tokens)], median_s=USUAL_S, **own)
