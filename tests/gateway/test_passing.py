"""Students' own callbacks: passed on once, signed for one student, and to no address within."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from hailuo_nb.errors import CallbackError
from hailuo_nb.gateway import passing
from hailuo_nb.gateway.gateway import lasting
from hailuo_nb.gateway.passing import TRIES_MAX, Caller
from hailuo_nb.gateway.tables import call, task
from hailuo_nb.gateway.told import result_json
from hailuo_nb.kie.callback import verify_callback
from tests.gateway.classroom import Classroom, asked, classroom, taken, until
from tests.gateway.test_lost_reply import read_message

INSIDE = (
    "https://127.0.0.1:{}/",
    "http://localhost:{}/",
    "https://10.0.0.1/",
    "https://169.254.169.254/latest/meta-data",
    "https://[::1]:{}/",
    "https://2130706433:{}/",
    "http://example.com/",
)


TIMES = "completeTime costTime createTime"
SUCCEEDED = f"{TIMES} creditsConsumed model param resultJson state taskId updateTime"
FAILED = "costTime creditsConsumed failCode failMsg model param state taskId"
"""What the service's two bodies have."""


def names(body: dict[str, Any]) -> str:
    """Return the names of what a callback tells of a task."""
    return " ".join(sorted(body["data"]))


async def key(room: Classroom, who: int) -> str:
    """Return the key that signs a student's callbacks."""
    reply = await room.students[who].get("/api/v1/callback-key")
    return str(reply.json()["data"])


async def tries(room: Classroom, task_id: str) -> int:
    """Return how often an address was tried, or is counted to have been."""
    named = select(call.c.tries).where(call.c.task == task_id)
    return int(await room.database.run(lambda one: one.scalar(named)))


def test_a_callback_is_passed_on_once_and_to_no_address_within(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second try is the last where it is answered; who checks it has a key of their own."""
    monkeypatch.setattr(passing, "AGAIN_S", 0.0)
    monkeypatch.setattr(passing, "PAUSE_S", 0.01)
    heard: list[bytes] = []

    async def hear(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await read_message(reader))
        status = b"503 Busy" if len(heard) == 1 else b"200 OK"
        writer.write(b"HTTP/1.1 " + status + b"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        writer.close()

    async def lesson() -> None:
        room_of = classroom(url, "http://127.0.0.1:9", tmp_path, at_work=False)
        async with room_of as room, await asyncio.start_server(hear, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
            trusted = f"http://127.0.0.1:{port}"
            one, other = room.students
            mine = await taken(one, asked() | {"callBackUrl": f"{trusted}/mine?a=1"})
            within = [
                await taken(other, asked() | {"callBackUrl": place.format(port)})
                for place in INSIDE
            ]
            values = {"state": "success", "result": '["https://files.example/a.mp4"]', "ended": 9.0}
            await room.database.run(lambda one: one.execute(update(task).values(values)))
            gateway, ended = room.gateways[0], asyncio.Event()
            part = Caller(room.database, gateway.client, gateway.secret, {trusted}, result_json)
            running = asyncio.ensure_future(lasting(part, ended))
            for task_id in (mine, *within):
                await until(lambda named=task_id: is_over(room, named))
            ended.set()
            await running
            assert len(heard) == 2
            head, _, body = heard[1].partition(b"\r\n\r\n")
            lines = dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
            assert head.startswith(b"POST /mine?a=1 HTTP/1.1")
            assert "authorization" not in {name.lower() for name in lines}
            assert verify_callback(lines, body, await key(room, 0), max_age_s=300) == mine
            with pytest.raises(CallbackError):
                verify_callback(lines, body, await key(room, 1))
            told = json.loads(body)
            assert (told["code"], told["data"]["state"]) == (200, "success")
            assert names(told) == SUCCEEDED
            failed = {"state": "fail", "fail_code": "501", "fail_msg": "No."}
            await room.database.run(lambda one: one.execute(update(task).values(failed)))
            row = await room.database.run(lambda one: one.execute(select(task)).first())
            told = part._body(row)
            assert (told["code"], names(told)) == (501, FAILED)

    asyncio.run(lesson())


async def is_over(room: Classroom, task_id: str) -> bool:
    """Return whether an address is called no more."""
    return await tries(room, task_id) >= TRIES_MAX
