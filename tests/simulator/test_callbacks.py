"""Callbacks, received by a real server."""

import base64
import hashlib
import hmac
import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from hailuo_nb.simulator.callbacks import is_loopback
from tests.simulator.process import QUICK, wait_for


@pytest.fixture
def receiver():
    """Run a server that keeps what it is sent and answers from a list of statuses."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            server.received.append((dict(self.headers), json.loads(body)))
            self.send_response(server.statuses.pop(0) if server.statuses else 200)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.received, server.statuses = [], []
    server.url = f"http://127.0.0.1:{server.server_port}/done"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_success_callback_has_the_shape_and_no_signature(sim, receiver):
    """One POST at the end carries the documented fields; unsigned without a key."""
    task_id = sim.create_id(callBackUrl=receiver.url)
    headers, body = wait_for(lambda: receiver.received)[0]
    assert (body["code"], body["msg"]) == (200, "Playground task completed successfully.")
    assert list(body["data"]) == [
        "taskId", "model", "state", "param", "resultJson", "costTime", "completeTime",
        "createTime", "updateTime", "creditsConsumed",
    ]  # fmt: skip
    record = sim.finished(task_id)
    assert body["data"]["taskId"] == task_id
    assert body["data"]["resultJson"] == record["resultJson"]
    assert json.loads(record["param"])["callBackUrl"] == receiver.url
    assert "X-Webhook-Signature" not in headers


def test_fail_callback(sim, receiver):
    """A failed task is called back with code 501 and what went wrong."""
    sim.faults("fail-moderation")
    sim.create_id(callBackUrl=receiver.url)
    _, body = wait_for(lambda: receiver.received)[0]
    assert (body["code"], body["msg"]) == (501, "Playground task failed.")
    assert list(body["data"]) == [
        "taskId", "model", "state", "param", "failCode", "failMsg", "costTime", "creditsConsumed",
    ]  # fmt: skip
    assert body["data"]["creditsConsumed"] == 0


def test_signature(start, receiver):
    """With a webhook key the task id and the time are signed, and nothing else."""
    sim = start(*QUICK, "--webhook-key", "w-key")
    task_id = sim.create_id(callBackUrl=receiver.url)
    headers, _ = wait_for(lambda: receiver.received)[0]
    text = f"{task_id}.{headers['X-Webhook-Timestamp']}".encode()
    expected = base64.b64encode(hmac.new(b"w-key", text, hashlib.sha256).digest()).decode()
    assert headers["X-Webhook-Signature"] == expected


def test_unanswered_callback_is_sent_again(sim, receiver):
    """A callback answered otherwise than 200 comes again."""
    receiver.statuses[:] = [500]
    sim.create_id(callBackUrl=receiver.url)
    wait_for(lambda: len(receiver.received) == 2)
    first, second = (body for _, body in receiver.received)
    assert first == second


@pytest.mark.parametrize("answer", [b"", b"no HTTP at all\r\n\r\n"])
def test_a_receiver_that_hangs_up_is_called_again(sim, answer):
    """A connection closed without an answer, or with junk, is four attempts and no more."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        sim.create_id(callBackUrl=f"http://127.0.0.1:{server.getsockname()[1]}/")
        server.settimeout(30)
        for _ in range(4):
            connection, _ = server.accept()
            with connection:
                assert connection.recv(65536).startswith(b"POST / HTTP/1.1")
                connection.sendall(answer)
    wait_for(lambda: b"was not answered with 200" in sim.errors)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://127.0.0.1:5/x", True),
        ("http://localhost/x", True),
        ("http://[::1]:80/", True),
        ("http://example.com/", False),
        ("http://10.0.0.1/", False),
        ("http://127.0.0.1.example.com/", False),
        ("http://[bad/", False),
    ],
)
def test_only_loopback_is_called(url, expected):
    """Only this machine's own address is ever called back."""
    assert is_loopback(url) is expected


def test_odd_callback_urls_do_no_harm(sim):
    """A callback URL that is no URL, or leads away, leaves the task as it is."""
    odd = (7, ["x"], "nonsense", "https://example.com/cb", "http://127.0.0.1:1/closed")
    sim.faults("fail-internal")
    tasks = [sim.create_id(callBackUrl=url) for url in odd]
    assert {sim.finished(task)["failCode"] for task in tasks} == {"500"}
