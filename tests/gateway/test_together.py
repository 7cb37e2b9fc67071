"""Clips that are asked for at once: one transaction, and each has an answer of its own."""

import asyncio
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import func, select, update

from hailuo_nb.gateway.asked import read_asked
from hailuo_nb.gateway.gateway import Gateway
from hailuo_nb.gateway.ledger import enrol
from hailuo_nb.gateway.refused import Refused
from hailuo_nb.gateway.submit import ClipOrder
from hailuo_nb.gateway.tables import account, student, task
from tests.gateway.classroom import T2V, Classroom, asked, classroom
from tests.simulator.process import I2V

ANN, BEN, NOBODY = "student-01", "student-02", "never enrolled"


def order(who: str, named: str | None = None, **body: object) -> ClipOrder:
    """Return a checked request of 30 credits, or what the fields make of it."""
    read = read_asked(json.dumps(asked() | body).encode())
    return ClipOrder(student=who, asked=read, repeated=named)


async def at_once(gateway: Gateway, orders: Sequence[ClipOrder]) -> list[object]:
    """Return an id, a refusal's code or a fault's class for each, all asked for in one turn."""
    made = await asyncio.gather(*map(gateway.submits.do, orders), return_exceptions=True)
    return [
        one.code if isinstance(one, Refused) else type(one) if isinstance(one, Exception) else one
        for one in made
    ]


async def enrolled(room: Classroom, *names: str, **rules: object) -> None:
    """Let students in whom no request has brought, and set the class's rules."""
    await room.database.run(lambda one: enrol(one, names))
    if rules:
        await room.database.run(lambda one: one.execute(update(account).values(rules)))


def test_each_of_many_has_its_own_answer(url: str, tmp_path: Path) -> None:
    """What is refused holds nothing, and the others are taken in the order in which they came."""

    async def lesson() -> None:
        async with classroom(url, "http://127.0.0.1:9", tmp_path, at_work=False) as room:
            await enrolled(room, ANN, BEN, at_once=4, models=json.dumps([T2V]))
            purse = update(student).where(student.c.id == BEN).values(budget=60_00)
            await room.database.run(lambda one: one.execute(purse))
            picture = {"prompt": "a", "image_url": "https://a.example/a.png"}
            orders = [
                *(order(ANN, "one"), order(BEN), order(ANN, "one"), order(ANN, "two")),
                *(order(ANN, model=I2V, input=picture), order(ANN, "one", input={"prompt": "b"})),
                *(order(BEN), order(BEN), order(ANN), order(ANN), order(ANN)),
            ]
            told = await at_once(room.gateways[0], orders)
            taken = [one for one in told if isinstance(one, str)]
            assert [one if isinstance(one, int) else taken.index(one) for one in told] == [
                *(0, 1, 0, 3, 505, 422, 4, 402, 5, 6, 429)
            ]
            order_of = select(task.c.id, task.c.vstart, task.c.created).order_by(task.c.seq)
            rows = (await room.database.run(lambda one: one.execute(order_of).all())) or []
            assert [row.id for row in rows] == list(dict.fromkeys(taken))
            assert [row.vstart for row in rows] == [1, 1, 2, 2, 3, 4]
            assert len({row.created for row in rows}) == 1  # by the one look at the clock
            await room.balanced()

    asyncio.run(lesson())


def test_what_is_left_of_the_class_goes_to_those_who_came_first(url: str, tmp_path: Path) -> None:
    """Where it does not reach for all of a turn, it does for as many as it reaches for."""

    async def lesson() -> None:
        async with classroom(url, "http://127.0.0.1:9", tmp_path, at_work=False) as room:
            await enrolled(room, ANN, BEN, budget=100_00)
            told = await at_once(room.gateways[0], [order(ANN), order(BEN)] * 3)
            assert [one if isinstance(one, int) else 200 for one in told] == [
                *[200] * 3,
                *[433] * 3,
            ]
            await room.balanced()

    asyncio.run(lesson())


def test_a_fault_of_one_is_no_fault_of_those_beside(url: str, tmp_path: Path) -> None:
    """Each is tried by itself then, and nothing of the turn that failed is kept."""

    async def lesson() -> None:
        async with classroom(url, "http://127.0.0.1:9", tmp_path, at_work=False) as room:
            await enrolled(room, ANN)
            told = await at_once(room.gateways[0], [order(ANN), order(NOBODY), order(ANN)])
            assert told[1] is KeyError
            assert len({told[0], told[2]}) == 2
            counted = select(func.count()).select_from(task)
            assert await room.database.run(lambda one: one.scalar(counted)) == 2
            await room.balanced()

    asyncio.run(lesson())


def test_replicas_take_one_request_once(url: str, tmp_path: Path) -> None:
    """Whichever of them is asked, in whatever order, under one name there is one clip."""

    async def lesson() -> None:
        dead = "http://127.0.0.1:9"
        async with classroom(url, dead, tmp_path, replicas=3, at_work=False) as room:
            await enrolled(room, ANN, BEN)
            orders = [order(who, str(number)) for number in range(5) for who in (ANN, BEN)]
            told = await asyncio.gather(
                *(at_once(gateway, orders) for gateway in room.gateways[:2]),
                at_once(room.gateways[2], orders[::-1]),
            )
            assert told[0] == told[1] == told[2][::-1]
            assert set(Counter(told[0]).values()) == {1}
            await room.balanced()

    asyncio.run(lesson())
