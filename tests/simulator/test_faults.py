"""Every fault of the table, seen from outside."""

import json
import socket
import time

import httpx
import pytest

from hailuo_nb.simulator import faults as table
from tests.simulator.process import I2V, KEY, QUICK, T2V, wait_for


def test_table_is_listed_with_help(sim):
    """The admin route lists every fault with its help and what is in force."""
    sim.faults("slow-file=0.2", "no-credit=#3")
    listed = sim.http.get("/_sim/faults").json()
    assert listed["faults"] == ["slow-file=0.2", "no-credit=#3"]
    assert set(listed["table"]) == set(table.TABLE)
    assert all(row["help"] and row["counted"] for row in listed["table"].values())


AS_JSON = {"Content-Type": "application/json"}
BAD_SETS = [
    b"",
    b"[]",
    b'{"faults": 1}',
    b'{"faults": ["none"]}',
    b'{"faults": ["bad-key=2"]}',
    b'{"faults": ["bad-key=#0"]}',
]


@pytest.mark.parametrize("body", BAD_SETS)
def test_bad_fault_sets_are_refused(sim, body):
    """A set that cannot be read is answered with 400 and changes nothing."""
    sim.faults("no-range")
    assert sim.http.post("/_sim/faults", content=body, headers=AS_JSON).status_code == 400
    assert sim.http.get("/_sim/faults").json()["faults"] == ["no-range"]


def test_the_nth_occasion_only(sim):
    """#2 strikes the second occasion and no other."""
    sim.faults("disabled=#2")
    codes = [sim.create()["code"] for _ in range(4)]
    assert codes == [200, 505, 200, 200]


def test_share_is_seeded():
    """A share strikes about that often, and the same occasions with the same seed."""

    def draw(seed):
        faults = table.Faults(["bad-json=0.3"], seed)
        return [faults.strikes("bad-json") for _ in range(1000)]

    assert draw(1) == draw(1)
    assert draw(1) != draw(2)
    assert 240 < sum(draw(1)) < 360


REFUSING = {
    "bad-key": [401],
    "no-credit": [402, 500, 402],
    "input-refused": [400],
    "content-refused": [451],
    "key-cap": [433],
    "rate-limit": [429],
    "maintenance": [455],
    "disabled": [505],
    "server-error": [500],
}


@pytest.mark.parametrize("name", REFUSING)
def test_refusing_faults_take_nothing(sim, name):
    """A refusing fault answers its code and neither charges nor creates."""
    before, count = sim.credit(), len(sim.ledger())
    sim.faults(name)
    codes = [sim.create()["code"] for _ in REFUSING[name]]
    sim.faults()
    assert codes == REFUSING[name]
    assert (sim.credit(), len(sim.ledger())) == (before, count)


@pytest.mark.parametrize("name", ["no-credit", "input-refused", "content-refused"])
def test_a_bad_request_is_refused_for_what_is_bad_in_it(sim, name):
    """Validation comes before the balance and before what a service may dislike."""
    sim.faults(name)
    assert sim.create("x" * 1501)["msg"] == "The text length cannot exceed the maximum limit"


def test_rate_limit_comes_in_both_ways(sim):
    """The rate-limit fault answers HTTP 200 with code 429, then a true HTTP 429."""
    sim.faults("rate-limit")
    answers = [sim.http.get("/api/v1/chat/credit") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 429]
    assert [answer.json()["code"] for answer in answers] == [429, 429]
    assert answers[1].headers["retry-after"] == "1"


def test_html_error_and_bad_json(sim):
    """A proxy's HTML page with HTTP 502, and JSON cut in half of work that was done."""
    sim.faults("html-error")
    answer = sim.http.get("/api/v1/chat/credit")
    assert answer.status_code == 502
    assert answer.headers["content-type"].startswith("text/html")
    sim.faults("bad-json")
    count = len(sim.ledger())
    answer = sim.http.post(
        "/api/v1/jobs/createTask", json={"model": T2V, "input": {"prompt": "cut"}}
    )
    with pytest.raises(json.JSONDecodeError):
        answer.json()
    assert len(sim.ledger()) == count + 1


def test_slow_reply(sim):
    """A slow reply outlasts a short patience."""
    sim.faults("slow-reply")
    with pytest.raises(httpx.ReadTimeout):
        sim.http.get("/api/v1/chat/credit", timeout=0.2)


@pytest.mark.parametrize(("name", "taken"), [("drop-before-read", 0), ("drop-submit-reply", 1)])
def test_dropped_connections(sim, name, taken):
    """Both drops end without a reply; only one has taken the task."""
    count = len(sim.ledger())
    sim.faults(name)
    with pytest.raises(httpx.TransportError):
        sim.create("dropped")
    sim.faults()
    assert len(sim.ledger()) == count + taken


def test_drop_before_read_does_not_wait_for_the_body(sim):
    """The connection closes although the announced body was never sent."""
    sim.faults("drop-before-read")
    host, port = sim.url.removeprefix("http://").split(":")
    head = (
        f"POST /api/v1/jobs/createTask HTTP/1.1\r\nHost: {host}:{port}\r\n"
        "Content-Type: application/json\r\n"
        f"Authorization: Bearer {KEY}\r\nContent-Length: 500\r\n\r\n"
    )
    with socket.create_connection((host, int(port)), timeout=60) as connection:
        connection.sendall(head.encode())
        assert connection.recv(100) == b""


def test_fresh_422_ends_by_itself(sim):
    """A fresh task is a null record at first, and there a few seconds later."""
    sim.faults("fresh-422")

    def fresh():
        task_id = sim.create_id()
        return task_id if sim.record(task_id)["msg"] == "recordInfo is null" else None

    task_id = wait_for(fresh)
    wait_for(lambda: sim.record(task_id)["code"] == 200)


def test_stuck_waiting_until_the_fault_is_taken_away(sim):
    """A stuck task waits; without the fault it goes on to its end."""
    sim.faults("stuck-waiting")
    task_id = sim.create_id()
    time_out = [sim.record(task_id)["data"]["state"] for _ in range(20)]
    assert set(time_out) == {"waiting"}
    sim.faults()
    assert sim.finished(task_id)["state"] == "success"


def test_unknown_state_only_while_running(start):
    """A running task answers a word nobody knows."""
    sim = start("--speed", "0.01", "--fault", "unknown-state=#1")
    task_id = sim.create_id()
    states = [sim.record(task_id)["data"]["state"] for _ in range(2)]
    assert states == ["preparing", "waiting"]


FAILING = {
    "image-fetch": ("422", "Image fetch failed."),
    "fail-moderation": ("400", "Content was flagged"),
    "fail-internal": ("500", "Internal Error"),
    "fail-generation": ("501", "Video generation failed"),
    "fail-timeout": ("408", "The upstream service returned no result"),
}


@pytest.mark.parametrize("name", FAILING)
def test_failing_faults_refund(sim, name):
    """A failing fault ends the task with its words and gives the credits back."""
    before = sim.credit()
    sim.faults(name)
    data = sim.finished(sim.create_id(model=I2V, image_url="https://example.com/a.png"))
    assert data["state"] == "fail"
    assert data["failCode"] == FAILING[name][0]
    assert data["failMsg"].startswith(FAILING[name][1])
    assert sim.credit() == before


def test_what_is_sure_to_fail_is_drawn_only_if_the_fault_goes(start, tmp_path):
    """Nothing is drawn for a task that fails; one whose fault is gone at its end has its clip."""
    quick = ("--max-size", "64", "--rate-limit", "off", "--state-dir", str(tmp_path))
    sim = start("--speed", "60", *quick, "--fault", "fail-internal")
    assert sim.finished(sim.create_id())["state"] == "fail"
    assert list(tmp_path.rglob("*.mp4")) == []
    task_id = sim.create_id()
    wait_for(lambda: sim.record(task_id)["data"]["state"] == "generating")
    sim.faults()
    assert sim.clip(task_id)[4:8] == b"ftyp"
    assert len(list(tmp_path.rglob("*.mp4"))) == 1


def test_empty_and_junk_results(sim):
    """Success with no URL, and success with junk behind the JSON."""
    sim.faults("empty-result")
    data = sim.finished(sim.create_id("empty"))
    assert (data["state"], data["resultJson"]) == ("success", '{"resultUrls":[]}')
    sim.faults("junk-result")
    text = sim.finished(sim.create_id("junk"))["resultJson"]
    result, end = json.JSONDecoder().raw_decode(text)
    assert result["resultUrls"][0].endswith(".mp4")
    assert text[end:].strip()


@pytest.fixture(scope="module")
def clip_url(shared):
    """Return the URL of one finished clip."""
    shared.faults()
    return shared.clip_url(shared.create_id("a file with faults"))


def test_truncated_html_and_expired_files(sim, clip_url):
    """Half a file that claims to be whole, a page instead of it, and none at all."""
    whole = httpx.get(clip_url, timeout=60).content
    sim.faults("truncated-file=#1", "html-file=#2", "expired-file=#3")
    assert httpx.get(clip_url, timeout=60).content == whole[: len(whole) // 2]
    page = httpx.get(clip_url, timeout=60)
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html")
    assert httpx.get(clip_url, timeout=60).status_code == 404
    assert httpx.get(clip_url, timeout=60).content == whole


def test_huge_file_streams_until_the_client_leaves(sim, clip_url):
    """A huge file claims a terabyte and sends more than the clip; leaving it does no harm."""
    sim.faults("huge-file")
    seen = 0
    with httpx.stream("GET", clip_url, timeout=60) as answer:
        assert int(answer.headers["content-length"]) == 10**12
        for chunk in answer.iter_raw():
            seen += len(chunk)
            if seen > 5_000_000:
                break
    sim.faults()
    assert httpx.get(clip_url, timeout=60).status_code == 200


def test_slow_file_trickles(sim, clip_url):
    """A slow file comes at 4 kB a second and no quicker."""
    sim.faults("slow-file")
    begun, seen, took_s = time.monotonic(), 0, 0.0
    with httpx.stream("GET", clip_url, timeout=60) as answer:
        for chunk in answer.iter_raw():
            seen, took_s = seen + len(chunk), time.monotonic() - begun
            if took_s > 0.8:
                break
    assert 0 < seen <= 4096 * (took_s + 1)
    assert int(answer.headers["content-length"]) > 2 * 4096, "it says something"


def test_no_range(sim, clip_url):
    """Without ranges the whole file comes with 200, and nothing offers them."""
    sim.faults("no-range")
    answer = httpx.get(clip_url, headers={"Range": "bytes=0-9"}, timeout=60)
    assert answer.status_code == 200
    assert "accept-ranges" not in answer.headers
    assert len(answer.content) == int(answer.headers["content-length"])


def test_clock_skew(sim):
    """A skewed task's times lie hours ahead of the wall clock."""
    sim.faults("clock-skew")
    data = sim.finished(sim.create_id())
    hours = (data["createTime"] / 1000 - time.time()) / 3600
    assert 4.9 < hours < 5.1
    assert data["completeTime"] >= data["createTime"]


def test_every_fault_of_the_table_is_tried_here():
    """A new row of the table needs a test in this file."""
    import pathlib

    text = pathlib.Path(__file__).read_text()
    assert [name for name in table.TABLE if f'"{name}' not in text] == []


def test_faults_on_the_command_line(start):
    """--fault may be given several times, with a share or a number."""
    sim = start(*QUICK, "--fault", "disabled=#1", "--fault", "maintenance=0")
    assert [sim.create()["code"] for _ in range(2)] == [505, 200]
