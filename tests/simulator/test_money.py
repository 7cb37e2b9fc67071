"""Balance, holds, refunds and the rate limits."""

import pytest

from tests.simulator.process import QUICK


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


def test_create_is_limited_to_20_in_10_s(start):
    """The 21st createTask within ten seconds is refused; another account is not."""
    sim = start("--speed", "0.001")
    codes = [sim.create()["code"] for _ in range(21)]
    assert codes == [200] * 20 + [429]
    other = sim.http.post(
        "/api/v1/jobs/createTask",
        headers=sim.bearer("other"),
        json={"model": "hailuo/02-text-to-video-pro", "input": {"prompt": "x"}},
    )
    assert other.json()["code"] == 200
    assert sim.credit() == 10000 - 20 * 30


def test_record_is_limited_to_10_a_second_for_each_task(start):
    """Of 30 quick questions about one task some are refused; another task is not."""
    sim = start("--speed", "0.001")
    first, second = sim.create_id("one"), sim.create_id("two")
    codes = [sim.record(first)["code"] for _ in range(30)]
    assert codes[:10] == [200] * 10
    assert 429 in codes
    assert sim.record(second)["code"] == 200


@pytest.mark.parametrize("credits_", ["many", None, True, [1], 1e300])
def test_bad_credits_are_refused(sim, credits_):
    """The admin route takes a number and nothing else."""
    answer = sim.http.post("/_sim/credits", json={"credits": credits_})
    assert answer.status_code == 400
