"""Whatever comes in, the service answers in its own words and lives on."""

import json
import socket

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.simulator.process import KEY

QUIET = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4)
    ),
    max_leaves=12,
)
MODELS = st.sampled_from(["hailuo/02-text-to-video-standard", "hailuo/02-image-to-video-pro", "x"])
FIELDS = st.sampled_from(
    ["prompt", "image_url", "end_image_url", "duration", "resolution", "prompt_optimizer", "seed"]
)
POSTS = (
    "/api/v1/jobs/createTask",
    "/api/v1/common/download-url",
    "/api/file-base64-upload",
    "/api/file-url-upload",
    "/api/file-stream-upload",
    "/_sim/faults",
    "/_sim/credits",
)


def post(sim, path: str, body: bytes, content_type: str = "application/json"):
    answer = sim.http.post(path, content=body, headers={"Content-Type": content_type})
    assert answer.status_code < 500
    assert isinstance(answer.json()["code"], int)
    return answer.json()


@QUIET
@given(body=JSON)
def test_any_json_is_answered(sim, body):
    """Any JSON at all gets a coded answer from every endpoint that takes a body."""
    for path in POSTS:
        assert post(sim, path, json.dumps(body).encode())["code"] != 200


@QUIET
@given(model=MODELS, given_input=st.dictionaries(FIELDS, JSON, max_size=5))
def test_any_input_object_is_refused_or_taken(sim, model, given_input):
    """Inputs of every type in every field are refused in documented codes or taken."""
    sim.faults("stuck-waiting")
    body = json.dumps({"model": model, "input": given_input}).encode()
    assert post(sim, POSTS[0], body)["code"] in (200, 402, 422, 500)
    sim.http.post("/_sim/credits", json={"credits": 10000})


@QUIET
@given(body=st.binary(max_size=200))
def test_any_bytes_are_answered(sim, body):
    """Bytes that are no JSON get the validation error."""
    for path in POSTS[:4]:
        assert post(sim, path, body)["code"] in (400, 422, 500)


def test_deep_huge_and_strange_json(sim):
    """Deep nesting, huge numbers, NaN, lone surrogates and a body above the cap do no harm."""
    bodies = [
        b"[" * 100_000,
        b'{"a":' * 900 + b"1" + b"}" * 900,
        b'{"model": NaN}',
        b'{"model": 1e999}',
        b'{"model": ' + b"9" * 5000 + b"}",
        b'{"model": "\\ud800"}',
        b'{"x": "' + b"a" * 3_000_000 + b'"}',
        b"\xff\xfe{}",
        b"null",
    ]
    for body in bodies:
        for path in POSTS[:4]:
            assert post(sim, path, body)["code"] in (400, 422, 500)


def test_the_ledger_stays_json(sim):
    """What is no JSON number is refused before it is kept: a strict reader reads the ledger."""
    body = b'{"model":"hailuo/02-text-to-video-pro","input":{"prompt":"x","extra":1e999}}'
    assert post(sim, POSTS[0], body)["code"] == 422
    assert "Infinity" not in sim.http.get("/_sim/ledger").text


def test_a_task_id_that_is_no_text_is_unknown(sim):
    """Bytes that are no UTF-8 name no task; nothing is answered with an empty 304."""
    answer = sim.http.get("/api/v1/jobs/recordInfo?taskId=%ff")
    assert answer.json() == {"code": 422, "msg": "recordInfo is null", "data": None}
    assert "etag" not in answer.headers


def test_strange_prompts_make_clips(sim):
    """Markup, emoji, right-to-left text, control characters and lone surrogates all render."""
    prompts = [
        "<script>alert(1)</script> [[[]]] [Pan left",
        "\u202e\u0645\u0631\u062d\u0628\u0627 \U0001f409 \x00\x1b[31m",
        "[,,,] [" + "Push in," * 30 + "]",
        "\\ud800",
        " ",
    ]
    tasks = [sim.create_id(prompt) for prompt in prompts]
    surrogate = b'{"model":"hailuo/02-text-to-video-pro","input":{"prompt":"x \\ud800"}}'
    tasks.append(post(sim, POSTS[0], surrogate)["data"]["taskId"])
    assert {sim.finished(task)["state"] for task in tasks} == {"success"}


def test_broken_multipart(sim):
    """Multipart bodies that are none are answered with an error."""
    for body, content_type in [
        (b"garbage", "multipart/form-data; boundary=x"),
        (b"--x\r\n\r\n", "multipart/form-data; boundary=x"),
        (b"--x--", "multipart/form-data"),
        (b"a=b", "application/x-www-form-urlencoded"),
        (b"", "text/plain"),
    ]:
        assert post(sim, "/api/file-stream-upload", body, content_type)["code"] == 400


def test_broken_http(sim):
    """Half requests, endless headers and nonsense lines leave the service serving."""
    host, port = sim.url.removeprefix("http://").split(":")
    for data in (
        b"GET",
        b"\x00" * 100,
        b"POST /api/v1/jobs/createTask HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        b"POST /api/v1/jobs/createTask HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\nhalf",
        b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 20_000,
    ):
        with socket.create_connection((host, int(port)), timeout=60) as connection:
            connection.sendall(data)
    assert sim.credit() > 0


def test_odd_paths_and_queries(sim):
    """Odd paths and repeated or missing arguments are answered in JSON."""
    for path in (
        "/api/v1/jobs/recordInfo",
        "/api/v1/jobs/recordInfo?taskId=%00&taskId=%ff",
        "/files/%2e%2e/%2e%2e/etc/passwd",
        "/files/results/..%2f..%2fledger.sqlite3",
        "/files/x?sig=%ff&expires=never",
        "/%ff%fe",
    ):
        answer = sim.http.get(path)
        assert answer.status_code in (200, 400, 403, 404), path
        assert answer.json()["code"] in (400, 403, 404, 422), path


def test_key_is_never_logged(sim):
    """After all this the bearer is not on stderr."""
    assert KEY.encode() not in sim.errors
