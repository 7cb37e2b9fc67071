"""What a hostile client sends: odd framing, tricks of paths, SQL and HTML in every field."""

import asyncio
import json
import logging
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import func, inspect, select

from hailuo_nb.gateway.tables import metadata, task
from tests.gateway.classroom import Classroom, asked, classroom, credit, record
from tests.simulator.process import I2V, Simulator

NASTY = (
    "'; DROP TABLE task; --",
    '" OR 1=1 --',
    "<script>alert(1)</script>",
    "%s {0} {{7*7}} ${x} \\x00 %00",
    "\u202egnp.\u0000\ud800",
    "=HYPERLINK(1)",
    "x" * 5000,
)
FRAMINGS = (
    "Content-Length: 0\r\nContent-Length: {}",
    "Content-Length: 0, {}",
    "Content-Length: +0",
    "Content-Length: 0x0",
    "Content-Length: -1",
    "Transfer-Encoding: chunked\r\nContent-Length: {}",
    "Transfer-Encoding: xchunked",
    "Transfer-Encoding: identity, chunked",
    "Transfer-Encoding : chunked",
    "Content-Length: 0\nTransfer-Encoding: chunked",
)
PATHS = (
    *("/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/page/teacher.js", "/static/teacher.js"),
    *("//api/v1/chat/credit", "/api/v1/chat/credit/", "/API/V1/CHAT/CREDIT", "/admin/credits"),
    *("/api/v1/chat/credit%00", "/api/v1/chat/credit;a", "/api/v1/jobs/../chat/credit"),
)


def room_of(service: Simulator, folder: Path) -> AbstractAsyncContextManager[Classroom]:
    """Return a class of one process, which only takes in."""
    return classroom(f"sqlite:///{folder / 'class.db'}", service.url, folder, at_work=False)


async def said(student: httpx.AsyncClient, body: object) -> dict[str, Any]:
    """Ask for a clip in ASCII, as halves of characters need, and return the envelope."""
    content = json.dumps(body).encode()
    return dict((await student.post("/api/v1/jobs/createTask", content=content)).json())


async def spoken(room: Classroom, text: str) -> bytes:
    """Send bytes as they are, and return all that is answered."""
    port = int(room.urls[0].rpartition(":")[2])
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(text.encode())
    reply = await asyncio.wait_for(reader.read(), 20)
    writer.close()
    return reply


def test_odd_framing_hides_no_second_request(service: Simulator, tmp_path: Path) -> None:
    """What a proxy may take for one request's body is never taken for another request."""

    async def lesson() -> None:
        async with room_of(service, tmp_path) as room:
            body, token = json.dumps(asked()), f"Authorization: Bearer {room.tokens[0]}"
            path = "POST /api/v1/jobs/createTask HTTP/1.1\r\nHost: a\r\n"
            hidden = (
                f"{path}{token}\r\nConnection: close\r\nContent-Length: {len(body)}\r\n\r\n{body}"
            )
            number = select(func.count()).select_from(task)
            assert b'"taskId"' in await spoken(room, hidden)
            for framing in FRAMINGS:
                head = f"POST /login HTTP/1.1\r\nHost: a\r\n{framing.format(len(hidden))}\r\n\r\n"
                assert b'"taskId"' not in await spoken(room, head + hidden), framing
                assert await room.database.run(lambda one: one.scalar(number)) == 1, framing

    asyncio.run(lesson())


def test_no_path_leads_elsewhere(service: Simulator, tmp_path: Path) -> None:
    """An endpoint has one spelling, and no file is to be had."""

    async def lesson() -> None:
        async with room_of(service, tmp_path) as room:
            token = f"Host: a\r\nAuthorization: Bearer {room.tokens[0]}\r\nConnection: close"
            good = await spoken(room, f"GET /api/v1/chat/credit HTTP/1.1\r\n{token}\r\n\r\n")
            assert good.startswith(b"HTTP/1.1 200 ")
            for path in PATHS:
                reply = await spoken(room, f"GET {path} HTTP/1.1\r\n{token}\r\n\r\n")
                assert reply.startswith(b"HTTP/1.1 404 "), (path, reply)
                assert b'"code":404' in reply

    asyncio.run(lesson())


def test_every_field_is_text_alone(
    service: Simulator, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """SQL, markup, formats and halves of characters change nothing and reach no log."""

    async def lesson() -> None:
        async with room_of(service, tmp_path) as room:
            one, other = room.students
            for text in NASTY:
                taken = await said(one, asked(text))
                if taken["code"] == 200:
                    told = await record(one, taken["data"]["taskId"])
                    assert json.loads(json.loads(told["param"])["input"])["prompt"] == text
                else:
                    assert taken["code"] in (422, 500) and len(text) > 1500, taken
                bodies = (
                    {"model": text, "input": {"prompt": "a"}},
                    {"model": I2V, "input": {"prompt": "a", "image_url": text}},
                    {"model": I2V, "input": text},
                    text,
                )
                codes = {(await said(other, body))["code"] for body in bodies}
                assert codes <= {422, 500}, text
                looked = {"taskId": text.encode("utf-8", "replace")}
                reply = await other.get("/api/v1/jobs/recordInfo", params=looked)
                assert reply.json()["code"] == 422
                reply = await other.post(
                    "/api/v1/common/download-url", content=json.dumps({"url": text}).encode()
                )
                assert reply.json()["code"] == 422
            assert await credit(room.students[0]) < 300
            tables = await room.database.run(lambda one: set(inspect(one).get_table_names()))
            assert tables == set(metadata.tables)
            await room.balanced()

    with caplog.at_level(logging.DEBUG, "hailuo_nb"):
        asyncio.run(lesson())
    assert not [text for text in NASTY if text in caplog.text]
