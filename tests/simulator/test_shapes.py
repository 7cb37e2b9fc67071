"""Bodies against the contract, as recorded and as documented."""

import asyncio
import json

import httpx
import pytest

from hailuo_nb.simulator.server import serve
from hailuo_nb.simulator.settings import Settings
from tests.simulator.process import I2V, KEY, QUICK, T2V, wait_for

FIELDS = [
    "taskId", "model", "state", "param", "resultJson", "failCode", "failMsg", "costTime",
    "completeTime", "createTime", "creditsConsumed",
]  # fmt: skip


def test_create_answers_task_and_record_id(sim):
    """CreateTask answers two equal ids of 32 hexadecimal digits."""
    answer = sim.create()
    assert (answer["code"], answer["msg"]) == (200, "success")
    assert set(answer["data"]) == {"taskId", "recordId"}
    assert answer["data"]["taskId"] == answer["data"]["recordId"]
    assert len(answer["data"]["taskId"]) == 32
    int(answer["data"]["taskId"], 16)


def test_pending_record_has_empty_and_null_fields(start):
    """A running task has resultJson "", nulls, and the full price as a hold."""
    sim = start("--speed", "0.01")
    data = sim.record(sim.create_id())["data"]
    assert list(data) == FIELDS
    assert data["state"] == "waiting"
    assert data["resultJson"] == ""
    assert [data[name] for name in ("failCode", "failMsg", "costTime", "completeTime")] == [
        None
    ] * 4
    assert data["creditsConsumed"] == 30.0
    assert isinstance(data["creditsConsumed"], float)


def test_success_record_names_the_clip_in_a_json_string(sim):
    """A finished task has a JSON string with one URL, whole seconds, and no failure."""
    data = sim.finished(sim.create_id())
    assert list(data) == FIELDS
    assert data["state"] == "success"
    assert isinstance(data["resultJson"], str)
    assert list(json.loads(data["resultJson"])) == ["resultUrls"]
    assert data["failCode"] is None
    assert isinstance(data["costTime"], int)
    assert 0 <= data["costTime"] * 1000 <= data["completeTime"] - data["createTime"] + 1000
    assert data["creditsConsumed"] == 30.0


def test_param_is_json_within_json_with_defaults(sim):
    """Param holds the input as a JSON string again, the service's defaults filled in."""
    task_id = sim.create_id(model=I2V, image_url="https://example.com/a.png", extra=1)
    param = json.loads(sim.record(task_id)["data"]["param"])
    assert param["model"] == I2V
    assert json.loads(param["input"]) == {
        "prompt": "a quiet lake",
        "image_url": "https://example.com/a.png",
        "duration": "10",
        "resolution": "768P",
        "prompt_optimizer": True,
        "nsfw_checker": False,
    }


def test_fail_record_carries_code_and_words_and_costs_nothing(sim):
    """A failed task has a numeric string as its code, and 0 credits."""
    sim.faults("fail-internal")
    data = sim.finished(sim.create_id())
    assert data["state"] == "fail"
    assert data["failCode"] == "500"
    assert data["failMsg"] == "Internal Error, Please try again later."
    assert data["creditsConsumed"] == 0
    assert data["resultJson"] == ""


def test_unknown_task_and_foreign_task(sim):
    """An unknown id, and another account's task, are both a null record."""
    task_id = sim.create_id()
    expected = {"code": 422, "msg": "recordInfo is null", "data": None}
    assert sim.record("0" * 32) == expected
    other = sim.http.get(
        "/api/v1/jobs/recordInfo", params={"taskId": task_id}, headers=sim.bearer("other")
    )
    assert other.json() == expected


def test_documented_shapes(start):
    """--documented sends the page's task ids, empty strings, zeros and milliseconds."""
    sim = start(*QUICK, "--documented")
    sim.faults("stuck-waiting")
    answer = sim.create()
    task_id = answer["data"]["taskId"]
    assert list(answer["data"]) == ["taskId"]
    assert task_id.startswith("task_hailuo_")
    assert task_id.removeprefix("task_hailuo_").isdecimal()
    data = sim.record(task_id)["data"]
    assert (data["failCode"], data["failMsg"]) == ("", "")
    assert (data["costTime"], data["completeTime"]) == (0, 0)
    sim.faults()
    data = sim.finished(task_id)
    assert data["costTime"] == pytest.approx(data["completeTime"] - data["createTime"], abs=2)
    missing = sim.http.get("/api/v1/chat/credit", headers={"Authorization": ""})
    assert missing.status_code == 401
    upload = sim.upload(b"x")["data"]
    assert upload["downloadUrl"] == upload["fileUrl"]


def test_newer_record(start):
    """--newer-record adds a flag, the result and the request; all that there was stays."""
    sim = start(*QUICK, "--newer-record", "--fault", "stuck-waiting=#1")
    task_id = sim.create_id()
    pending = sim.record(task_id)["data"]
    assert (pending["state"], pending["successFlag"], pending["response"]) == ("waiting", 0, None)
    assert pending["operationType"] == "text-to-video"
    assert pending["paramJson"] == pending["param"]
    sim.faults("junk-result=#1", "fail-internal=#2")
    done = sim.finished(task_id)
    assert done["successFlag"] == 1
    assert done["resultJson"].startswith(json.dumps(done["response"], separators=(",", ":")))
    assert sim.http.get(done["response"]["resultUrls"][0]).status_code == 200
    failed = sim.finished(sim.create_id("another"))
    assert (failed["successFlag"], failed["response"]) == (3, None)


def test_a_task_is_forgotten_after_two_months(tmp_path):
    """Logs are kept for two months: then nobody knows the task."""
    now = [1_790_000_000.0]

    async def ask(days):
        now[0] += days * 86400
        settings = Settings(state_dir=tmp_path, speed=1e6, max_size_px=64)
        async with (
            serve(settings, lambda: now[0]) as service,
            httpx.AsyncClient(
                base_url=service.origin, headers={"Authorization": f"Bearer {KEY}"}, timeout=60
            ) as http,
        ):
            if not service.ledger.tasks:
                body = {"model": T2V, "input": {"prompt": "a lake"}}
                await http.post("/api/v1/jobs/createTask", json=body)
            (task_id,) = service.ledger.tasks
            found = await http.get("/api/v1/jobs/recordInfo", params={"taskId": task_id})
            return found.json()["code"]

    assert [asyncio.run(ask(days)) for days in (0, 59, 3)] == [200, 200, 422]


def test_states_are_seen_in_order(start):
    """A task shows waiting, queuing and generating on its way to success, never backwards.

    The first lasts a quarter of a second: where a busy machine misses it, others are asked for.
    """
    sim = start("--speed", "60", "--max-size", "64", "--rate-limit", "off", "--seed", "122")
    order = ["waiting", "queuing", "generating", "success"]

    def is_whole():
        seen = states_of(sim, [sim.create_id(f"lake {number}") for number in range(2)])
        assert all(states == sorted(states, key=order.index) for states in seen)
        return order in seen

    wait_for(is_whole)


def states_of(sim, tasks):
    """Return what each task shows until all have ended, each state once."""
    seen = {task: [] for task in tasks}

    def all_ended():
        for task in tasks:
            state = sim.record(task)["data"]["state"]
            if state not in seen[task]:
                seen[task].append(state)
        return all(states[-1] == "success" for states in seen.values())

    wait_for(all_ended)
    return list(seen.values())


@pytest.mark.parametrize("header", [None, "", "Bearer", "Basic abc"])
def test_missing_key_is_401_without_data(sim, header):
    """Without a bearer every endpoint answers the documented words and no data key."""
    headers = {} if header is None else {"Authorization": header}
    answer = httpx.get(f"{sim.url}/api/v1/chat/credit", headers=headers, timeout=60)
    assert answer.status_code == 200
    assert answer.json() == {
        "code": 401,
        "msg": "Unauthorized – Authentication failed. Please check that your Authorization and "
        "Content-Type headers are correctly set.",
    }


def test_only_the_given_key_is_accepted(start):
    """With --key any other bearer is refused."""
    sim = start("--key", "the-one")
    assert sim.http.get("/api/v1/chat/credit").json()["code"] == 401
    right = sim.http.get("/api/v1/chat/credit", headers=sim.bearer("the-one")).json()
    assert right == {"code": 200, "msg": "success", "data": 10000.0}


def test_unknown_endpoint_is_404(sim):
    """An endpoint that does not exist answers 404 in JSON."""
    answer = sim.http.post("/api/v1/jobs/cancelTask", json={})
    assert (answer.status_code, answer.json()["code"]) == (404, 404)


def test_ledger_lists_input_as_received_and_hides_the_bearer(sim):
    """The ledger keeps unknown fields, counts recordInfo, and names accounts by a hash."""
    task_id = sim.create_id("ledger please", model=T2V, nonsense=[1, 2])
    sim.finished(task_id)
    row = next(row for row in sim.ledger() if row["taskId"] == task_id)
    assert row["input"] == {"prompt": "ledger please", "nonsense": [1, 2]}
    assert row["recordInfoRequests"] >= 1
    assert (row["creditsHeld"], row["creditsConsumed"]) == (0.0, 30.0)
    assert row["createTime"] <= row["startTime"] <= row["completeTime"]
    assert sim.http.headers["Authorization"].removeprefix("Bearer ") not in str(sim.ledger())
