"""A class of 201 over replicas that are killed and a store that is restarted: ``make class-bench``.

Real processes throughout: the simulator with the service's own limit of rates, three replicas on
PostgreSQL (or one on SQLite), students who ask again where a reply is lost. What is counted is
read from the simulator's ledger and the tables.
"""

import argparse
import asyncio
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import psutil
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from hailuo_nb.gateway.database import Books
from hailuo_nb.gateway.ledger import imbalances
from hailuo_nb.gateway.tables import account, task
from hailuo_nb.gateway.tokens import make_tokens
from tests.gateway import bench_reads
from tests.gateway.classroom import asked
from tests.gateway.postgres import Postgres, running_postgres
from tests.gateway.replica import KEY, Line, Replica
from tests.simulator.owner import COPYING
from tests.simulator.process import Simulator

RESULTS = Path(__file__).with_name("RESULTS.md")
TITLE = f"""# A class on one key

Written by `make class-bench` on {os.cpu_count()} cores, which
run class, replicas, store and service. Each student asks for 3 clips, one for 48; the service
takes 20 in 10 s.
"""
SPEED = 20.0
MANY = 48
EACH = 3
KILLS = 20
KILL_EVERY_S = 14.0
LONGEST_S = 1500.0
WAITS_S = 30
KNOWN_S = 2.0
"""So long after a clip has ended every replica reckons with it."""

LOOK_EVERY_S = 5.0


@dataclass
class Run:
    """What one run is made of, and what was seen while it ran."""

    service: Simulator
    replicas: list[Replica]
    books: Books
    tokens: list[str]
    ids: dict[str, str] = field(default_factory=dict)
    told: list[tuple[str, float, float]] = field(default_factory=list)
    looks: int = 0
    unbalanced: list[str] = field(default_factory=list)
    began: float = 0.0
    kills: int = 0
    restarts: int = 0
    rss_mb: float = 0.0


async def ask(
    run: Run, lines: list[Line], who: int, method: str, path: str, body: bytes = b"", **headers: str
) -> dict[str, Any]:
    """Ask any replica until one answers; the same request may be asked again."""
    while True:
        try:
            line = random.choice(lines)
            async with asyncio.timeout(20):
                envelope = await line.ask(run.tokens[who], method, path, body, **headers)
        except (OSError, EOFError):
            await asyncio.sleep(0.5)
            continue
        if envelope["code"] != 500:
            assert envelope["code"] == 200, envelope
            return envelope
        await asyncio.sleep(0.5)


async def student(run: Run, who: int, clips: int) -> None:
    """Ask for clips, then look at them all now and then until each has ended."""
    mine, lines = [], [Line(replica.port) for replica in run.replicas]
    for number in range(clips):
        prompt = f"Clip {number} of {who}"
        body, path = json.dumps(asked(prompt)).encode(), "/api/v1/jobs/createTask"
        envelope = await ask(run, lines, who, "POST", path, body, Idempotency_Key=prompt)
        run.ids[prompt] = envelope["data"]["taskId"]
        mine.append(run.ids[prompt])
    while mine:
        await asyncio.sleep(LOOK_EVERY_S)
        mine = [one for one in mine if not await has_ended(run, lines, who, one)]
    for line in lines:
        line.close()


async def has_ended(run: Run, lines: list[Line], who: int, task_id: str) -> bool:
    """Look at a clip as its student does; return whether it is over, or left to the teacher."""
    path = f"/api/v1/jobs/recordInfo?taskId={task_id}"
    data = (await ask(run, lines, who, "GET", path))["data"]
    if "queueWait" in data:
        run.told.append((task_id, time.time(), data["queueWait"]))
    if data["state"] == "generating":
        return await is_unsure(run, task_id)
    return data["state"] in ("success", "fail")


async def is_unsure(run: Run, task_id: str) -> bool:
    """Return whether a task waits for the teacher."""
    named = select(task.c.state).where(task.c.id == task_id)
    return await run.books.insist(lambda one: one.scalar(named)) == "unsure"


async def auditor(run: Run) -> None:
    """Look at the money every two seconds, at one moment of the store each."""
    while True:
        await asyncio.sleep(2)
        try:
            run.unbalanced += await asyncio.to_thread(run.books.look, imbalances)
            run.looks += 1
        except OperationalError:  # the store is down
            continue
        alive = [each.process.pid for each in run.replicas if each.process]
        for pid in alive:
            try:
                run.rss_mb = max(run.rss_mb, psutil.Process(pid).memory_info().rss / 2**20)
            except psutil.NoSuchProcess:
                continue


async def killer(run: Run) -> None:
    """Kill a live replica now and then, without a word, and start it again."""
    for _ in range(KILLS):
        await asyncio.sleep(KILL_EVERY_S * random.uniform(0.6, 1.4))
        victim = random.choice(run.replicas)
        await victim.end(signal.SIGKILL)
        run.kills += 1
        await asyncio.sleep(1)
        await victim.start()


async def restarter(run: Run, store: Postgres) -> None:
    """Restart the store once as an operator does, and once by a crash."""
    for end in (store.stop, store.crash):
        await asyncio.sleep(90)
        await asyncio.to_thread(end)
        await asyncio.sleep(2)
        await asyncio.to_thread(store.start)
        run.restarts += 1


async def lesson(run: Run, students: int, chaos: list[Callable[[], Awaitable[None]]]) -> None:
    """Let the class work until each clip has ended."""
    run.began = time.time()
    disturbing = [asyncio.ensure_future(one()) for one in chaos]
    clips = [EACH] * (students - 1) + [MANY]
    async with asyncio.timeout(LONGEST_S):
        await asyncio.gather(*(student(run, who, number) for who, number in enumerate(clips)))
    for one in disturbing:
        one.cancel()
    for result in await asyncio.gather(*disturbing, return_exceptions=True):
        if isinstance(result, Exception):
            raise result


def figures(run: Run, students: int) -> dict[str, object]:
    """Return what is promised, as it was seen."""
    rows = run.books.now(lambda one: one.execute(select(task).order_by(task.c.sent)).all())
    ledger = run.service.ledger()
    made = Counter(each["input"]["prompt"] for each in ledger)
    states = Counter(row.state for row in rows)
    taken = sum(row.price for row in rows if row.upstream) / 100
    first: dict[str, float] = {}
    for row in rows:
        first.setdefault(row.student, row.sent - run.began)
    logs = "".join(each.log.read_text() for each in run.replicas)
    purse = run.books.now(lambda one: one.execute(select(account)).one())
    unknown = sum(1 for row in rows if not row.upstream)
    return {
        "clips asked for": len(run.ids),
        "ends": dict(states),
        "doubles": sum(number - 1 for number in made.values()),
        "lost": len(run.ids) - len(rows),
        "unsure": states["unsure"],
        "kills of replicas": run.kills,
        "restarts of the store": run.restarts,
        "refusals by the service (429)": logs.count("RateLimited"),
        "looks at the money, and unbalanced ones": (run.looks, len(run.unbalanced)),
        "credits held and spent": (purse.held / 100, purse.spent / 100),
        "credits of what the service has named": taken,
        "tasks at the service that have no name here": len(ledger) - (len(rows) - unknown),
        "all had queued after, in s": round(max(row.created for row in rows) - run.began, 1),
        "from then on the furthest ahead of one who waits, in clips": ahead(rows),
        "every student's first clip sent within, in s": round(max(first.values()), 1),
        "that limit, in s": round(1.3 * students / 2, 1),
        **waits(run, rows),
        "all ended after, in s": round(time.time() - run.began),
        "memory of a replica at most, in MB": round(run.rss_mb, 1),
    }


def waits(run: Run, rows: list[Any]) -> dict[str, object]:
    """Return how far the waits that students were told were from those that they had.

    Until the first clip has ended a gateway tells what the service usually takes, which is twenty
    times what a quick simulator does.
    """
    sent = {row.id: row.sent for row in rows if row.sent}
    since = min(row.ended for row in rows if row.state == "success") + KNOWN_S
    had = [(told, sent[name] - at) for name, at, told in run.told if name in sent and at > since]
    off = [abs(told - true) / true for told, true in had if true > WAITS_S]
    percent = [round(100 * value, 1) for value in (median(off), quantiles(off, n=20)[18])]
    return {
        f"waits told that were longer than {WAITS_S} s": len(off),
        "they were off by, in percent: median, p95 (20)": tuple(percent),
    }


def ahead(rows: list[Any]) -> int:
    """Return by how many clips anybody was ahead of one who waited, once all had queued."""
    sent: Counter[str] = Counter()
    asked_for = Counter(row.student for row in rows)
    most, all_queued = 0, max(row.created for row in rows)
    for row in rows:
        waiting = [name for name in asked_for if sent[name] < asked_for[name]]
        sent[row.student] += 1
        if row.sent > all_queued and waiting:
            most = max(most, sent[row.student] - min(sent[name] for name in waiting))
    return most


async def bench(
    kind: str, students: int, folder: Path, store: Postgres | None
) -> dict[str, object]:
    """Run a class on one kind of store."""
    url = store.create() if store else f"sqlite:///{folder / 'class.db'}"
    service = Simulator(
        *("--speed", str(SPEED), "--max-size", "64", "--credits", "1e6"), program=COPYING
    )
    file = folder / "tokens.txt"
    tokens = [token for _, token in make_tokens(file, students, "student")]
    env = os.environ | {"HAILUO_GATEWAY_KEY": KEY, "HAILUO_BASE_URL": service.url}
    words = ["--database", url, "--tokens", str(file), "--student-budget", "2000"]
    replicas = [
        Replica(0, words, env, folder / f"replica-{number}.log")
        for number in range(3 if store else 1)
    ]
    async with AsyncExitStack() as stack:
        stack.callback(service.close)
        for replica in replicas:
            await replica.start()
            stack.push_async_callback(replica.end, signal.SIGKILL)
        books = Books(url)
        stack.callback(books.close)
        run = Run(service, replicas, books, tokens)
        chaos = [lambda: auditor(run), lambda: killer(run)]
        await lesson(run, students, [*chaos, *([lambda: restarter(run, store)] if store else [])])
        return {"store": kind, "students": students, "seconds a clip takes": 229 / SPEED} | figures(
            run, students
        )


def table(what: str, found: list[dict[str, object]]) -> str:
    """Return results as a table: a column for each store; what is promised is in brackets."""
    lines = [f"| {what} | " + " | ".join(str(each["store"]) for each in found) + " |"]
    lines.append("|---" * (len(found) + 1) + "|")
    for name in list(found[0])[1:]:
        lines.append(f"| {name} | " + " | ".join(str(each[name]) for each in found) + " |")
    return "\n".join(lines) + "\n"


def main() -> int:
    """Run both and write the results."""
    parser = argparse.ArgumentParser(prog="python -m tests.gateway.bench", description=__doc__)
    parser.add_argument("--students", type=int, default=201)
    parser.add_argument("--store", choices=("postgresql", "sqlite", "both"), default="both")
    given = parser.parse_args()
    stores = ("postgresql", "sqlite") if given.store == "both" else (given.store,)
    found, looked = [], []
    for kind in stores:
        with running_postgres() if kind == "postgresql" else nullcontext() as store:
            looked.append({"store": kind} | bench_reads.main(store))
    for kind in stores:
        running = running_postgres() if kind == "postgresql" else nullcontext()
        with tempfile.TemporaryDirectory() as name, running as store:
            found.append(asyncio.run(bench(kind, given.students, Path(name), store)))
    tables = [TITLE, table("", found), table("one replica", looked)]
    RESULTS.write_text("\n".join(tables), "utf-8")
    print(RESULTS.read_text("utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
