"""A reply of createTask that is lost: asked for again of a gateway, never of the service."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import select

from hailuo_nb.core.request import make_request
from hailuo_nb.errors import HailuoError
from hailuo_nb.gateway.tables import task
from hailuo_nb.kie import client as client_module
from hailuo_nb.kie.calls import GATEWAY
from hailuo_nb.kie.client import Client
from hailuo_nb.kie.outcome import submit_outcome
from tests.gateway.classroom import classroom, credit

CREATE = b"createTask"


class Line:
    """A proxy that loses the first replies of createTask, and may hide who announced itself."""

    def __init__(self, port: int, losses: int, *, hides: bool) -> None:
        self._port = port
        self._losses = losses
        self._hides = hides
        self.creates = 0

    async def pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take one request and give its reply, where it is not lost."""
        asked = await read_message(reader)
        there, back = await asyncio.open_connection("127.0.0.1", self._port)
        back.write(asked)
        reply = await read_message(there)
        back.close()
        if CREATE in asked.partition(b"\r\n")[0]:
            self.creates += 1
            reply = b"" if self.creates <= self._losses else reply
        if self._hides:
            reply = reply.replace(GATEWAY.encode(), b"X-Nothing")
        writer.write(reply.replace(b"\r\n", b"\r\nConnection: close\r\n", 1))
        writer.close()


async def read_message(reader: asyncio.StreamReader) -> bytes:
    """Return a whole request or reply."""
    head = await reader.readuntil(b"\r\n\r\n")
    _, _, length = head.lower().partition(b"content-length:")
    body = await reader.readexactly(int(length.partition(b"\r\n")[0])) if length else b""
    return head + body


@asynccontextmanager
async def lossy(port: int, losses: int, *, hides: bool) -> AsyncIterator[tuple[Line, str]]:
    """Run a proxy for the block."""
    line = Line(port, losses, hides=hides)
    server = await asyncio.start_server(line.pass_on, "127.0.0.1", 0)
    async with server:
        yield line, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


@pytest.mark.parametrize(
    ("is_known", "hides", "losses", "creates", "named"),
    [
        (True, False, 1, 2, True),
        (True, False, 99, 3, False),  # it answers nothing: nobody knows
        (False, False, 1, 1, False),  # nothing was heard of it before
        (True, True, 1, 1, False),  # the service itself, as far as can be seen
    ],
    ids=["gateway", "gateway, all lost", "not known yet", "service"],
)
def test_a_lost_reply_is_asked_for_again_of_a_gateway_alone(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    is_known: bool,
    hides: bool,
    losses: int,
    creates: int,
    named: bool,
) -> None:
    """Under one name, and paid once; a server that has not announced itself is asked once."""
    monkeypatch.setattr(client_module, "REPEATED_AFTER_S", (0.0, 0.0))

    async def lesson() -> None:
        url = f"sqlite:///{tmp_path / 'class.db'}"
        async with classroom(url, "http://127.0.0.1:9", tmp_path, at_work=False) as room:
            port = int(room.urls[0].rpartition(":")[2])
            async with lossy(port, losses, hides=hides) as (line, origin):
                token = room.tokens[0]
                own = Client(
                    api_origin=origin,
                    upload_origin=origin,
                    key=lambda _: token,
                    user_agent="hailuo_nb/test",
                )
                if is_known:
                    await own.credit()
                try:
                    request = make_request(prompt="A lighthouse.")
                    made = await own.create_task(request, image_url=None, end_image_url=None)
                except HailuoError as error:
                    made = None
                    assert submit_outcome(error) == "lost"
                await own.aclose()
                ids = await room.database.run(lambda one: one.scalars(select(task.c.id)).all())
                assert (line.creates, len(ids)) == (creates, 1)
                assert (made == ids[0]) is named
                assert await credit(room.students[0]) == 270

    asyncio.run(lesson())
