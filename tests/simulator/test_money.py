"""Balance, holds, refunds and the rate limits."""

import asyncio
import time

import httpx
import pytest

from hailuo_nb.simulator.server import serve
from hailuo_nb.simulator.service import RateLimit
from hailuo_nb.simulator.settings import Settings
from tests.simulator.process import QUICK, T2V


def test_hold_at_creation_and_refund_on_failure(sim):
    """The price leaves the balance at creation and comes back when the task fails."""
    sim.faults("stuck-waiting")
    before = sim.credit()
    held = sim.create_id()
    assert sim.credit() == before - 30
    sim.faults("fail-moderation")
    sim.finished(held)  # it goes on once the fault is gone, and fails, too
    before = sim.credit()
    data = sim.finished(sim.create_id())
    assert data["failMsg"].startswith("Content was flagged")
    assert sim.credit() == before


def test_success_keeps_the_price(sim):
    """A finished task has cost its price, once."""
    before = sim.credit()
    sim.finished(sim.create_id())
    assert sim.credit() == before - 30


def test_too_little_balance_is_402(sim):
    """A task that costs more than the balance is refused with the documented words."""
    assert sim.http.post("/_sim/credits", json={"credits": 29.5}).json()["data"] == 29.5
    answer = sim.create()
    assert answer["code"] == 402
    assert answer["msg"].startswith("Credits insufficient : Your current balance isn’t enough")
    assert sim.credit() == 29.5


def test_each_bearer_is_an_account(start):
    """Without --key every bearer has its own balance, opened with --credits."""
    sim = start(*QUICK, "--credits", "77.25")
    sim.faults("stuck-waiting")
    sim.create_id()
    assert sim.credit() == 47.25
    assert sim.credit("somebody else") == 77.25


def test_create_is_limited_to_20_in_10_s():
    """The 21st createTask within ten seconds is refused; another account is not."""
    codes, other = asyncio.run(_asked_of(lambda service: stop_clock(service.creates), times=21))
    assert codes == [200] * 20 + [429]
    assert other == (200, 10000 - 20 * 30)


def stop_clock(limit):
    """Have all questions come at one moment, however long they take on a busy machine."""
    limit._now = lambda: 1.0


def test_a_hundred_tasks_of_an_account_run_at_once():
    """The 101st is refused while none of them has ended, and costs nothing; another's is taken."""
    codes, other = asyncio.run(_asked_of(as_if_slowly, times=101))
    assert codes == [200] * 100 + [429]
    assert other == (200, 10000 - 100 * 30)


def as_if_slowly(service):
    """Limit nobody for the rate."""
    service.creates = RateLimit(1000, 10.0, time.monotonic)


async def _asked_of(prepare, times) -> tuple[list[int], tuple[int, float]]:
    """Return the codes of so many createTasks, that of another account's, and what is left."""
    body = {"model": T2V, "input": {"prompt": "a quiet lake"}}
    one, other = ({"Authorization": f"Bearer {name}"} for name in ("one", "other"))
    async with serve(Settings(speed=0.001)) as service:
        prepare(service)
        async with httpx.AsyncClient(base_url=service.origin, timeout=60) as http:

            async def code(headers: dict[str, str]) -> int:
                answer = await http.post("/api/v1/jobs/createTask", headers=headers, json=body)
                return answer.json()["code"]

            codes = [await code(one) for _ in range(times)]
            left = await http.get("/api/v1/chat/credit", headers=one)
            return codes, (await code(other), left.json()["data"])


def test_record_is_limited_to_10_a_second_for_each_task():
    """The 11th question about one task within a second is refused; another task's is not."""
    assert asyncio.run(_records()) == ([200] * 10 + [429], 200)


async def _records() -> tuple[list[int], int]:
    """Return the codes of eleven questions about a task, and of one about another."""
    key = {"Authorization": "Bearer one"}
    async with (
        serve(Settings(speed=0.001)) as service,
        httpx.AsyncClient(base_url=service.origin, headers=key, timeout=60) as http,
    ):
        stop_clock(service.records)
        for prompt in ("one", "two"):
            body = {"model": T2V, "input": {"prompt": prompt}}
            await http.post("/api/v1/jobs/createTask", json=body)

        async def code(task_id: str) -> int:
            told = await http.get("/api/v1/jobs/recordInfo", params={"taskId": task_id})
            return told.json()["code"]

        first, second = service.ledger.tasks
        return [await code(first) for _ in range(11)], await code(second)


@pytest.mark.parametrize("credits_", ["many", None, True, [1], 1e300])
def test_bad_credits_are_refused(sim, credits_):
    """The admin route takes a number and nothing else."""
    answer = sim.http.post("/_sim/credits", json={"credits": credits_})
    assert answer.status_code == 400
