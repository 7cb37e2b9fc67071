"""Ten thousand students, a thousand of them looking every five seconds: how long answers take.

A part of ``make class-bench``: one replica, nothing is sent.
"""

import asyncio
import json
import os
import random
import signal
import statistics
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path

import psutil
from sqlalchemy import insert, update

from hailuo_nb.gateway.database import Books
from hailuo_nb.gateway.tables import account, student
from hailuo_nb.gateway.tokens import make_tokens
from tests.gateway.classroom import asked
from tests.gateway.postgres import Postgres, running_postgres
from tests.gateway.replica import KEY, Line, Replica

STUDENTS = 10_000
ACTIVE = 1_000
EVERY_S = 5.0
FOR_S = 30.0
AT_ONCE = 20


async def timed(
    line: Line, token: str, method: str, path: str, body: bytes = b""
) -> tuple[float, str]:
    """Return how long an answer took, in ms, and the task's id in it."""
    began = time.perf_counter()
    envelope = await line.ask(token, method, path, body)
    took = (time.perf_counter() - began) * 1000
    assert envelope["code"] == 200, envelope
    return took, envelope["data"]["taskId"]


async def submits(port: int, tokens: list[str]) -> tuple[list[float], list[str]]:
    """Ask for a clip each, so many at once, and return the times and the ids."""
    body, found = json.dumps(asked()).encode(), {}

    async def some(mine: list[str]) -> None:
        line = Line(port)
        for token in mine:
            found[token] = await timed(line, token, "POST", "/api/v1/jobs/createTask", body)

    await asyncio.gather(*(some(tokens[at::AT_ONCE]) for at in range(AT_ONCE)))
    return [found[token][0] for token in tokens], [found[token][1] for token in tokens]


async def reads(port: int, tokens: list[str], ids: list[str]) -> list[float]:
    """Let each student look every five seconds and return the times."""
    end, times = time.monotonic() + FOR_S, []

    async def look(token: str, task_id: str) -> None:
        line = Line(port)
        await asyncio.sleep(random.uniform(0, EVERY_S))
        while time.monotonic() < end:
            path = f"/api/v1/jobs/recordInfo?taskId={task_id}"
            times.append((await timed(line, token, "GET", path))[0])
            await asyncio.sleep(EVERY_S)

    await asyncio.gather(*map(look, tokens, ids))
    return times


def middle(times: list[float]) -> float:
    """Return the median."""
    return round(statistics.median(times), 1)


def p95(times: list[float]) -> float:
    """Return the 95th percentile."""
    return round(statistics.quantiles(times, n=20)[18], 1)


async def measure(folder: Path, url: str) -> dict[str, object]:
    """Return the figures of one replica."""
    file = folder / "tokens.txt"
    made = make_tokens(file, STUDENTS, "student")
    books = Books(url)
    books.create()
    rows = [{"id": name, "budget": 300_00, "folder": "0" * 16} for name, _ in made]
    books.now(lambda one: one.execute(insert(student), rows))
    books.now(lambda one: one.execute(update(account).values(paused=True)))
    books.close()
    env = os.environ | {"HAILUO_GATEWAY_KEY": KEY, "HAILUO_BASE_URL": "http://127.0.0.1:9"}
    replica = Replica(0, ["--database", url, "--tokens", str(file)], env, folder / "log")
    tokens = [token for _, token in made[:ACTIVE]]
    async with AsyncExitStack() as stack:
        await replica.start()
        stack.push_async_callback(replica.end, signal.SIGKILL)
        process = psutil.Process(replica.process.pid)
        submitted, ids = await submits(replica.port, tokens)
        before = sum(process.cpu_times()[:2])
        read = await reads(replica.port, tokens, ids)
        busy = sum(process.cpu_times()[:2]) - before
        rss = process.memory_info().rss
        return {
            "students, of whom active": (STUDENTS, ACTIVE),
            "submits, 20 at once, in ms: median, p95 (150)": (middle(submitted), p95(submitted)),
            "reads a second": round(len(read) / FOR_S),
            "reads, in ms: median, p95 (30)": (middle(read), p95(read)),
            "of one core for these": round(busy / FOR_S, 2),
            "memory of the replica, in MB (70)": round(rss / 2**20, 1),
        }


def main(store: Postgres | None) -> dict[str, object]:
    """Measure in a folder of its own; without a server of a store, on SQLite."""
    with tempfile.TemporaryDirectory() as name:
        url = store.create() if store else f"sqlite:///{name}/class.db"
        return asyncio.run(measure(Path(name), url))


if __name__ == "__main__":
    with running_postgres() as running:
        for kind, its in (("postgresql", running), ("sqlite", None)):
            for words, figure in main(its).items():
                print(f"{kind}: {words}: {figure}")
