"""Clips that are passed on: many at once, and those beyond are asked to come again."""

import asyncio
import json
import resource
from pathlib import Path

import httpx
import pytest
from sqlalchemy import update

from hailuo_nb.gateway import results
from hailuo_nb.gateway.results import Links
from hailuo_nb.gateway.tables import task
from tests.gateway.classroom import Classroom, classroom, record, taken

PLACES = 3
CLIP = b"x" * 200_000
HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 200000\r\nConnection: close\r\n\r\n"


class Host:
    """A host of files that sends a part of each, and the rest once it is let go on."""

    def __init__(self) -> None:
        self.going = asyncio.Event()
        self.all_begun = asyncio.Event()
        self._begun = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Give one file."""
        await reader.readuntil(b"\r\n\r\n")
        writer.write(HEAD + CLIP[:1000])
        self._begun += 1
        if self._begun == PLACES:
            self.all_begun.set()
        await self.going.wait()
        writer.write(CLIP[1000:])
        writer.close()


async def link(room: Classroom, origin: str) -> str:
    """Return the address of a clip that a student has, as the student is told it."""
    name = await taken(room.students[0])
    named = json.dumps([f"{origin}/a.mp4"])
    made = update(task).values(state="success", result=named, ended=9.0)
    await room.database.run(lambda one: one.execute(made))
    data = await record(room.students[0], name)
    return str(json.loads(data["resultJson"])["resultUrls"][0])


def test_whoever_finds_no_place_is_asked_to_come_again(tmp_path: Path) -> None:
    """At once and by name; the clips under way arrive whole, and their places are given on."""

    async def lesson() -> None:
        host = Host()
        async with await asyncio.start_server(host.serve, "127.0.0.1", 0) as server:
            origin = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
            url = f"sqlite:///{tmp_path / 'class.db'}"
            of_class = classroom(url, origin, tmp_path, at_work=False, streams=True)
            async with of_class as room, httpx.AsyncClient(timeout=60) as viewer:
                room.gateways[0].links = Links("a", None, "", PLACES)
                address = await link(room, origin)
                under_way = [asyncio.create_task(viewer.get(address)) for _ in range(PLACES)]
                await host.all_begun.wait()
                for _ in range(2):
                    told = await viewer.get(address)
                    assert (told.status_code, told.headers["Retry-After"]) == (503, "2")
                    assert told.json() == {"code": 503, "msg": results.FULL, "data": None}
                host.going.set()
                came = [await one for one in under_way]
                came += [await viewer.get(address) for _ in range(2 * PLACES)]
                assert all(one.status_code == 200 and one.content == CLIP for one in came)

    asyncio.run(lesson())


@pytest.mark.parametrize(
    ("files", "places"), [(64, 8), (512, 64), (1024, 320), (65536, 400), (-1, 400)]
)
def test_files_are_left_to_all_else(
    files: int, places: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process without any accepts nobody: each clip on its way is two."""
    monkeypatch.setattr(resource, "getrlimit", lambda _: (files, files))
    assert results.at_once() == places
