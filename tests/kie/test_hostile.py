"""Whatever arrives, the mapping gives a value or one of our errors, and nothing else."""

import json

from hypothesis import given
from hypothesis import strategies as st

from hailuo_nb.core.task import Record
from hailuo_nb.errors import CallbackError, HailuoError, UnexpectedReply
from hailuo_nb.kie import wire
from hailuo_nb.kie.callback import verify_callback
from hailuo_nb.kie.envelope import read_envelope
from hailuo_nb.kie.outcome import submit_outcome
from hailuo_nb.kie.record import read_param, read_record
from hailuo_nb.kie.sanitize import clean, excerpt, is_web_url
from hailuo_nb.kie.transport import WAIT_S_MAX, read_retry_after

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)
RESULTS = (
    VALUES | VALUES.map(json.dumps) | st.builds(lambda v, j: json.dumps(v) + j, VALUES, st.text())
)
DATA = st.fixed_dictionaries(
    {},
    optional={
        "taskId": VALUES,
        "state": st.sampled_from(["waiting", "success", "fail", "new"]) | VALUES,
        "successFlag": VALUES,
        "resultJson": RESULTS | st.fixed_dictionaries({"resultUrls": RESULTS}),
        "response": RESULTS,
        "param": RESULTS,
        "failCode": VALUES,
        "failMsg": VALUES,
        "costTime": VALUES,
        "createTime": VALUES,
        "completeTime": VALUES,
        "creditsConsumed": VALUES,
        "consumeCredits": VALUES,
    },
)
CODES = st.sampled_from([200, 401, 402, 422, 429, 500, "200", 1e300]) | VALUES
ENVELOPES = st.fixed_dictionaries(
    {}, optional={"code": CODES, "msg": VALUES, "data": DATA | VALUES}
)
BODIES = st.binary() | st.builds(lambda v: json.dumps(v).encode(), ENVELOPES | VALUES)


@given(st.integers(100, 999), st.text(), BODIES)
def test_any_reply(status: int, content_type: str, body: bytes) -> None:
    """Any reply is data or a service error of bounded, printable words."""
    for read in (read_envelope, wire.read_upload):
        try:
            read(status, content_type, body)
        except HailuoError as error:
            assert len(error.what) <= 500
            assert all(char.isprintable() or char in "\u200c\u200d" for char in error.what)
            assert submit_outcome(error) in ("not_taken", "refused", "lost")


@given(DATA | VALUES)
def test_any_record(data: object) -> None:
    """Any data is a record with web addresses and sane numbers, or an unexpected reply."""
    try:
        record = read_record(data)
    except UnexpectedReply:
        assert not isinstance(data, dict)
        return
    assert isinstance(record, Record)
    assert all(is_web_url(url) for url in record.result_urls)
    for number in (record.credits, record.cost_time_s):
        assert number is None or 0 <= number <= 1e12


@given(DATA | VALUES)
def test_any_param(data: object) -> None:
    """Any data gives a model and its input, or nothing."""
    param = read_param(data)
    assert param == {} or (isinstance(param["model"], str) and isinstance(param["input"], dict))


@given(VALUES | DATA)
def test_any_small_reading(data: object) -> None:
    """Ids, balances and addresses are read or refused, never anything else."""
    for read in (wire.read_task_id, wire.read_credit, wire.read_download_url):
        try:
            assert read(data) is not None
        except UnexpectedReply:
            continue


@given(st.dictionaries(st.text(), st.text()), st.binary() | st.text(), st.text(min_size=1))
def test_any_callback(headers: dict[str, str], body: bytes | str, key: str) -> None:
    """An unsigned callback is an error of ours, whatever it holds."""
    signed = headers | {"X-Webhook-Timestamp": "1", "X-Webhook-Signature": "x"}
    for sent in (headers, signed):
        try:
            verify_callback(sent, body, key)
        except CallbackError:
            continue
        raise AssertionError("an unsigned callback was accepted")


@given(st.text() | st.integers().map(str))
def test_any_retry_after(header: str) -> None:
    """Any header is a wait within bounds or nothing."""
    wait_s = read_retry_after(header)
    assert wait_s is None or 0 <= wait_s <= WAIT_S_MAX


@given(st.text(), st.integers(2, 50))
def test_any_text_is_made_harmless(text: str, chars_max: int) -> None:
    """Cleaned text is one line, bounded, and can be encoded."""
    cleaned = clean(text, chars_max)
    assert len(cleaned) <= chars_max
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    assert clean(cleaned, chars_max) == cleaned


@given(st.binary())
def test_any_excerpt(body: bytes) -> None:
    """Any body has a short printable beginning."""
    assert len(excerpt(body)) <= 120
