"""How recordInfo is read, in each shape that it has been seen in."""

import json

import pytest

from hailuo_nb.core.task import Record
from hailuo_nb.errors import UnexpectedReply
from hailuo_nb.kie.record import read_param, read_record

URL = "https://files.example/a.mp4"
PENDING = {
    "taskId": "abc",
    "model": "hailuo/02-text-to-video-standard",
    "state": "waiting",
    "param": "{}",
    "resultJson": "",
    "failCode": None,
    "failMsg": None,
    "costTime": None,
    "completeTime": None,
    "createTime": 1_765_185_334_551,
    "creditsConsumed": 30.0,
}
SUCCESS = PENDING | {
    "state": "success",
    "resultJson": json.dumps({"resultUrls": [URL]}),
    "costTime": 185,
    "completeTime": 1_765_185_334_551 + 190_000,
}
FAIL = PENDING | {
    "state": "fail",
    "failCode": "422",
    "failMsg": "Image fetch failed.",
    "creditsConsumed": 0,
}


def test_pending_as_recorded() -> None:
    """A waiting task holds its price and has neither result nor failure."""
    made_at = 1_765_185_334.551
    expected = Record(task_id="abc", phase="waiting", credits=30.0, created_at=made_at)
    assert read_record(PENDING) == expected


def test_pending_as_documented() -> None:
    """The documented empty strings and zeros mean the same as the recorded nulls."""
    documented = {"failCode": "", "failMsg": "", "costTime": 0, "completeTime": 0}
    assert read_record(PENDING | documented) == read_record(PENDING)


def test_success_as_recorded() -> None:
    """A finished task has its addresses and its seconds."""
    assert read_record(SUCCESS) == Record(
        task_id="abc",
        phase="success",
        result_urls=(URL,),
        credits=30.0,
        cost_time_s=185.0,
        created_at=1_765_185_334.551,
    )


def test_failure_as_recorded() -> None:
    """A failed task says why, and holds nothing any more."""
    assert read_record(FAIL) == Record(
        task_id="abc",
        phase="fail",
        fail_code="422",
        fail_message="Image fetch failed.",
        credits=0.0,
        created_at=1_765_185_334.551,
    )


@pytest.mark.parametrize("told", [None, "", 0, -5, "yesterday", 1e20, True, [], 9_000_000_000_000])
def test_a_time_that_is_none_is_unknown(told: object) -> None:
    """When a task was made is told in ms since the epoch, or not at all."""
    assert read_record(PENDING | {"createTime": told}).created_at is None


@pytest.mark.parametrize(
    ("state", "phase"),
    [
        ("waiting", "waiting"),
        ("queuing", "queuing"),
        ("generating", "generating"),
        ("success", "success"),
        ("fail", "fail"),
        ("SUCCESS", "success"),
        ("dreaming", "generating"),
        (7, "generating"),
        (["fail"], "generating"),
    ],
)
def test_states(state: object, phase: str) -> None:
    """The five words are known; any other still runs."""
    assert read_record({"state": state}).phase == phase


@pytest.mark.parametrize(
    ("flag", "phase"), [(0, "generating"), (1, "success"), (3, "fail"), (9, "generating")]
)
def test_flag_in_place_of_state(flag: int, phase: str) -> None:
    """The newer variant's flag counts where the state is missing."""
    assert read_record({"successFlag": flag}).phase == phase
    assert read_record({"successFlag": 3, "state": "waiting"}).phase == "waiting"


@pytest.mark.parametrize(
    "result",
    [
        {"resultJson": json.dumps({"resultUrls": [URL]})},
        {"resultJson": {"resultUrls": [URL]}},
        {"resultJson": json.dumps({"resultUrls": [URL]}) + '\n<!-- cached -->{"x":1}'},
        {"resultJson": json.dumps(json.dumps({"resultUrls": [URL]}))},
        {"resultJson": json.dumps({"resultUrls": json.dumps([URL])})},
        {"resultJson": json.dumps({"resultUrls": URL})},
        {"resultJson": "\ufeff " + json.dumps({"resultUrls": [URL, URL]})},
        {"resultJson": "", "response": {"resultUrls": [URL]}},
        {"resultJson": {"resultUrls": [None, 7, "file:///etc/passwd", "javascript:x", "", URL]}},
    ],
)
def test_result_variants(result: dict[str, object]) -> None:
    """String, object, junk behind, wrapped twice: the address is found, and only web ones."""
    assert read_record({"state": "success"} | result).result_urls == (URL,)


@pytest.mark.parametrize(
    "result",
    ["", None, "{}", "nonsense", '{"resultUrls":', {"resultUrls": []}, {"resultUrls": {}}, []],
)
def test_success_without_a_result(result: object) -> None:
    """Success with nothing to fetch is told as it is."""
    record = read_record({"state": "success", "resultJson": result})
    assert record.phase == "success"
    assert record.result_urls == ()


def test_a_space_in_an_address_is_written_as_addresses_write_it() -> None:
    """An address as people type it is still one."""
    result = {"resultJson": {"resultUrls": ["https://files.example/my clip.mp4 "]}}
    assert read_record(SUCCESS | result).result_urls == ("https://files.example/my%20clip.mp4",)


def test_no_result_before_success() -> None:
    """An address in an unfinished task is not believed."""
    assert read_record(SUCCESS | {"state": "generating"}).result_urls == ()


@pytest.mark.parametrize(
    ("cost", "elapsed_ms", "seconds"),
    [
        (185, 190_000, 185.0),
        (185_000, 190_000, 185.0),
        (65, 1_000_000, 65.0),
        (65_000, 1_000_000, 65.0),
        (180, 900, 180.0),
        (500, 500, 0.5),
        (850, 1000, 0.85),
        (500, 495_000, 500.0),
        (1200, 1_230_000, 1200.0),
        (185, None, 185.0),
        (185_000, None, 185.0),
        ("185", 190_000, 185.0),
        (0, 190_000, 0.0),
    ],
)
def test_seconds_or_milliseconds(cost: object, elapsed_ms: int | None, seconds: float) -> None:
    """The unit of costTime is the one that fits the task's own clock."""
    start = PENDING["createTime"]
    times = {"completeTime": start + elapsed_ms if elapsed_ms else None, "costTime": cost}
    assert read_record(SUCCESS | times).cost_time_s == seconds


@pytest.mark.parametrize(
    "number", [float("nan"), float("inf"), -1, 10**400, "x", True, [], "9" * 5000]
)
def test_numbers_that_are_none(number: object) -> None:
    """Not-a-number, endless, huge and negative values are taken for unknown."""
    record = read_record(SUCCESS | {"creditsConsumed": number, "costTime": number})
    assert (record.credits, record.cost_time_s) == (None, None)


def test_older_name_of_credits() -> None:
    """The older consumeCredits is read where creditsConsumed is missing."""
    assert read_record({"state": "fail", "consumeCredits": 12}).credits == 12.0


def test_hostile_failure_text() -> None:
    """A failure's text is one printable line of bounded length; its code may be a number."""
    message = "<script>x</script>\u202e\x07" + "z" * 100_000
    record = read_record({"state": "fail", "failCode": 500, "failMsg": message})
    assert record.fail_code == "500"
    assert record.fail_message.startswith("<script>x</script>zzz")
    assert len(record.fail_message) == 500


@pytest.mark.parametrize("data", [None, [], "x", 7])
def test_no_object(data: object) -> None:
    """Anything but an object is an unexpected reply."""
    with pytest.raises(UnexpectedReply):
        read_record(data)


def test_param_unwrapped() -> None:
    """A bare id is enough to rebuild what was asked for."""
    fields = {"prompt": "A hill.", "duration": "6"}
    param = json.dumps({"model": "hailuo/x", "input": json.dumps(fields)})
    expected = {"model": "hailuo/x", "input": fields}
    assert read_param({"param": param}) == expected
    assert read_param({"param": {"model": "hailuo/x", "input": fields}}) == expected
    assert read_param({"paramJson": json.dumps({"input": fields}), "model": "hailuo/x"}) == expected


@pytest.mark.parametrize(
    "data", [None, {}, {"param": ""}, {"param": "x"}, {"param": "[]"}, {"param": '{"model":1}'}]
)
def test_param_unreadable(data: object) -> None:
    """An unreadable param is empty, not an error."""
    assert read_param(data) == {}
