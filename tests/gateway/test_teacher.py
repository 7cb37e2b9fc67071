"""The teacher's page: who gets it, what it changes, and what it keeps out."""

import asyncio
import csv
import io
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.async_api import async_playwright, expect
from sqlalchemy import select, update

from hailuo_nb.core.models import MODELS
from hailuo_nb.gateway.hub import NO_ANSWER, Hub
from hailuo_nb.gateway.ledger import enrol
from hailuo_nb.gateway.sessions import FAILURES_MAX
from hailuo_nb.gateway.sheet import cell
from hailuo_nb.gateway.tables import account, student, task
from hailuo_nb.gateway.tokens import make_tokens
from tests.gateway.classroom import (
    T2V,
    Classroom,
    asked,
    classroom,
    create,
    credit,
    record,
    taken,
    until,
)
from tests.simulator.process import Simulator
from tests.support.browser import ARGS, CHROMIUM
from tests.support.ports import free_port


@asynccontextmanager
async def taught(
    url: str, service: Simulator, folder: Path, **options: Any
) -> AsyncIterator[tuple[Classroom, httpx.AsyncClient, str]]:
    """Run a class with a teacher who has not signed in, and has this token."""
    ((_, token),) = make_tokens(folder / "tokens.txt", 1, "teacher")
    async with AsyncExitStack() as stack:
        room = await stack.enter_async_context(classroom(url, service.url, folder, **options))
        http = httpx.AsyncClient(base_url=room.urls[0], timeout=30)
        yield room, await stack.enter_async_context(http), token


async def sign_in(http: httpx.AsyncClient, token: str) -> str:
    """Open a session and return what changes must carry."""
    reply = await http.post("/login", data={"token": token})
    assert reply.status_code == 303, reply.text
    assert "HttpOnly" in (cookie := reply.headers["set-cookie"])
    assert "SameSite=Strict" in cookie
    page = (await http.get("/")).text
    return page.split('name="csrf" content="')[1].split('"')[0]


async def change(http: httpx.AsyncClient, csrf: str, **what: object) -> int:
    """Post a change and return its code."""
    reply = await http.post("/change", json=what, headers={"X-CSRF-Token": csrf})
    return int(reply.json()["code"])


def test_nobody_else_gets_in(url: str, service: Simulator, tmp_path: Path) -> None:
    """No session, a student's token, a forged cookie or none of the page's own: refused."""

    async def lesson() -> None:
        async with taught(url, service, tmp_path, at_work=False) as (room, http, token):
            for path in ("/events", "/spending.csv"):
                assert (await http.get(path)).status_code == 401
            assert (
                await http.post("/change", json={"what": "pause", "paused": True})
            ).status_code == 401
            assert (await http.post("/login", data={"token": room.tokens[0]})).status_code == 403
            http.cookies.set("hailuo_class", "74656163.99999999999.00")
            assert (await http.get("/events")).status_code == 401
            http.cookies.clear()
            csrf = await sign_in(http, token)
            assert await change(http, csrf + "0", what="pause", paused=True) == 403
            paused = select(account.c.paused)
            assert await room.database.run(lambda one: one.scalar(paused)) is False
            for _ in range(FAILURES_MAX):
                await http.post("/login", data={"token": "guess"})
            assert (await http.post("/login", data={"token": token})).status_code == 429
            (tmp_path / "tokens.txt").write_text("")
            assert (await http.get("/spending.csv")).status_code == 401

    asyncio.run(lesson())


def test_a_hub_that_is_away_is_told_on_the_page(service: Simulator, tmp_path: Path) -> None:
    """Whoever signs in meanwhile reads it, and the file of tokens still lets people in."""

    async def lesson() -> None:
        url = f"sqlite:///{tmp_path / 'class.db'}"
        async with taught(url, service, tmp_path, at_work=False) as (room, http, token):
            room.gateways[0]._people.append(Hub(f"http://127.0.0.1:{free_port()}/hub/api", "staff"))
            reply = await http.post("/login", data={"token": "of-the-hub"})
            assert (reply.status_code, NO_ANSWER in reply.text) == (503, True)
            await sign_in(http, token)

    asyncio.run(lesson())


def test_budgets_models_and_a_pause(url: str, service: Simulator, tmp_path: Path) -> None:
    """What is changed holds from the next clip on; what cannot be is refused."""

    async def lesson() -> None:
        async with taught(url, service, tmp_path) as (room, http, token):
            one = room.students[0]
            csrf = await sign_in(http, token)
            assert await change(http, csrf, what="pause", paused=True) == 200
            waiting = await taken(one)
            raised = {"what": "budget", "student": "student-01", "credits": 60.5}
            assert await change(http, csrf, **raised) == 200
            assert await credit(one) == 30.5
            for credits in (-1, "x", None, 1e300, True):
                assert await change(http, csrf, **raised | {"credits": credits}) == 422
            assert await change(http, csrf, what="class budget", credits=31) == 200
            assert (await create(one))["code"] == 433
            assert await change(http, csrf, what="class budget", credits=None) == 200
            assert await change(http, csrf, what="models", models=[]) == 200
            assert (await create(one))["code"] == 505
            assert await change(http, csrf, what="models", models=[T2V] * len(MODELS)) == 200
            other = asked() | {"model": "hailuo/02-text-to-video-pro"}
            assert (await create(one, other))["code"] == 505
            assert await change(http, csrf, what="models", models=["' or 1=1"]) == 422
            told = await record(one, waiting)
            assert (told["state"], told["queuePlace"]) == ("waiting", 1)
            assert "queueWait" not in told  # nobody knows until when it is paused
            assert await change(http, csrf, what="pause", paused=False) == 200

            async def is_made() -> bool:
                return (await record(one, waiting))["state"] == "success"

            await until(is_made)
            rows = list(csv.reader(io.StringIO((await http.get("/spending.csv")).text)))
            assert rows[1][1:] == ["student-01", "1", "30.0"]
            figures = (await http.get("/metrics")).text
            assert 'hailuo_class_tasks{state="success"} 1.0' in figures
            assert 'hailuo_class_credits{kind="spent"} 30.0' in figures
            await room.balanced()

    asyncio.run(lesson())


@pytest.mark.parametrize("verdict", ["never", "billed", "made"])
def test_what_is_unsure_is_settled_by_the_teacher(
    service: Simulator, key: str, tmp_path: Path, verdict: str
) -> None:
    """Never made gives the credits back, billed keeps them, and the service's own id watches it."""
    url = f"sqlite:///{tmp_path / 'class.db'}"

    async def lesson() -> None:
        async with taught(url, service, tmp_path, key=key) as (room, http, token):
            service.faults("drop-submit-reply=#1")
            csrf = await sign_in(http, token)
            lost = await taken(room.students[0], asked(f"Lost, {verdict}, {url}"))
            state = select(task.c.state).where(task.c.id == lost)

            async def now() -> str:
                return str(await room.database.run(lambda one: one.scalar(state)))

            await until(lambda: is_(now, "unsure"))
            other = await taken(room.students[1], asked("Another."))
            made = {each["input"]["prompt"]: each["taskId"] for each in service.ledger()}
            await until(lambda: is_(now, "unsure"))
            settle = {"what": "settle", "task": lost, "as": verdict}
            if verdict == "made":
                assert await change(http, csrf, **settle, upstream="nobody's") == 422
                settle["upstream"] = f" {made[f'Lost, {verdict}, {url}']}\n"  # as it was copied
            assert await change(http, csrf, **settle) == 200
            await until(lambda: is_(now, "success" if verdict == "made" else "fail"))
            assert await change(http, csrf, **settle) == 422
            assert await credit(room.students[0]) == (300 if verdict == "never" else 270)
            assert other
            await room.balanced()

    try:
        asyncio.run(lesson())
    finally:
        service.faults()


async def is_(look: Any, state: str) -> bool:
    """Return whether a task is in a state."""
    return bool(await look() == state)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\t=1", " =1", "\r=1"])
def test_no_cell_is_a_formula(text: str) -> None:
    """A spreadsheet shows it and reckons nothing."""
    assert cell(text) == f"'{text}"
    assert cell("student-01") == "student-01"
    assert cell(-1.5) == -1.5


def test_the_page_is_live_and_loads_nothing(service: Simulator, tmp_path: Path) -> None:
    """Numbers come by themselves, budgets are edited in place, and what is hostile is text."""

    async def lesson() -> None:
        url = f"sqlite:///{tmp_path / 'class.db'}"
        async with (
            taught(url, service, tmp_path, at_work=False) as (room, _, token),
            async_playwright() as playwright,
        ):
            chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
            page, hosts, wrong = await chromium.new_page(), set(), []
            page.on("request", lambda one: hosts.add(httpx.URL(one.url).netloc.decode()))
            page.on("pageerror", lambda one: wrong.append(str(one)))
            await page.goto(room.urls[0] + "/")
            await page.get_by_label("Teacher's token").fill(token)
            await page.get_by_role("button", name="Sign in").click()
            await expect(page.get_by_role("status")).to_have_text("Live.")
            task_id = await taken(room.students[0], asked("<img src=x onerror=alert(1)>"))
            budget = page.get_by_label("budget of student-01")
            await expect(budget).to_have_value("300")
            await budget.fill("45")
            await budget.press("Enter")
            columns = page.get_by_role("row", name="student-01").get_by_role("cell")
            await expect(columns.nth(4)).to_have_text("15")
            await room.database.run(lambda one: enrol(one, ["x" * 200]))
            await expect(page.get_by_label("budget of xxx")).to_be_attached()
            await expect(columns.nth(4)).to_be_in_viewport(ratio=1)  # a long name hides no column
            hostile = "<b onclick=x>{nonce}</b>"
            values = {"state": "fail", "ended": 1.0, "fail_msg": hostile}
            named = update(task).where(task.c.id == task_id)
            await room.database.run(lambda one: one.execute(named.values(values)))
            await expect(page.locator("#failures")).to_contain_text(hostile)
            assert "lighthouse" not in await page.content()
            assert "onerror" not in await page.content()
            assert "promptsShown" not in await record(room.students[0], task_id)
            room.gateways[0].shows_prompts = True
            await page.reload()
            prompt = page.locator("#failures q")
            await expect(prompt).to_have_text("<img src=x onerror=alert(1)>")
            assert (await record(room.students[0], task_id))["promptsShown"] is True
            await page.get_by_role("button", name="Pause sending").click()
            await expect(page.get_by_role("status")).to_have_text("Paused: nothing is sent.")
            await page.route("**/change", lambda route: route.abort())
            await page.get_by_role("button", name="Send again").click()
            await expect(page.get_by_role("alert")).to_have_text("The gateway gave no answer.")
            assert hosts == {httpx.URL(room.urls[0]).netloc.decode()}
            assert wrong == []
            await chromium.close()
            left = await room.database.run(lambda one: one.scalar(select(student.c.budget)))
            assert left == 45_00

    asyncio.run(lesson())
