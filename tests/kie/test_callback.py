"""Callbacks: only what the service signed, and only the task's id."""

import base64
import hashlib
import hmac
import json

import pytest

from hailuo_nb.errors import CallbackError
from hailuo_nb.kie.callback import verify_callback

NOW = 1_765_185_334
HOOK = "webhook-key"


def signed(task_id: str, timestamp: str = str(NOW), key: str = HOOK) -> dict[str, str]:
    digest = hmac.new(key.encode(), f"{task_id}.{timestamp}".encode(), hashlib.sha256).digest()
    return {
        "X-Webhook-Timestamp": timestamp,
        "X-Webhook-Signature": base64.b64encode(digest).decode(),
    }


SUCCESS = {
    "code": 200,
    "msg": "Playground task completed successfully.",
    "data": {"taskId": "abc", "state": "success", "resultJson": "{}", "creditsConsumed": 30},
}
BODIES = [
    SUCCESS,
    {"code": 501, "msg": "Playground task failed.", "data": {"taskId": "abc", "state": "fail"}},
    {"code": 200, "data": {"task_id": "abc", "consumeCredits": 30, "remainedCredits": 1}},
    {"taskId": "abc", "state": "success"},
    {"task_id": "abc", "data": None},
]


@pytest.mark.parametrize("body", BODIES)
def test_both_generations(body: dict[str, object]) -> None:
    """A signed callback gives its task's id, as bytes and as text."""
    text = json.dumps(body)
    assert verify_callback(signed("abc"), text, HOOK, now=NOW) == "abc"
    assert verify_callback(signed("abc"), text.encode(), HOOK, now=NOW) == "abc"


def test_a_known_signature() -> None:
    """The signature is base64(HMAC-SHA256(id + "." + timestamp)), worked out by hand."""
    headers = {
        "X-Webhook-Timestamp": "1700000000",
        "X-Webhook-Signature": "ZldUdpiTNjv8C3iG+Nsqf+/7MoUG8WN6i3/xqFapcCM=",
    }
    body = '{"data": {"taskId": "task_1"}}'
    assert verify_callback(headers, body, "secret", now=1_700_000_000) == "task_1"


def test_header_names_in_any_case() -> None:
    """Servers spell header names as they like."""
    headers = {name.lower(): value for name, value in signed("abc").items()}
    assert verify_callback(headers, json.dumps(SUCCESS), HOOK, now=NOW) == "abc"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Webhook-Timestamp": str(NOW)},
        {"X-Webhook-Signature": signed("abc")["X-Webhook-Signature"]},
        signed("abc") | {"X-Webhook-Signature": ""},
        signed("abc") | {"X-Webhook-Signature": "é\ud800"},
        signed("abc") | {"X-Webhook-Timestamp": str(NOW + 1)},
        signed("other"),
        signed("abc", key="another"),
    ],
)
def test_unsigned_or_foreign(headers: dict[str, str]) -> None:
    """A missing or foreign signature is refused."""
    with pytest.raises(CallbackError):
        verify_callback(headers, json.dumps(SUCCESS), HOOK)


@pytest.mark.parametrize("timestamp", ["soon", "nan", "inf", str(NOW - 301), str(NOW + 301)])
def test_an_age_limit_refuses_old_callbacks(timestamp: str) -> None:
    """Any age will do until a limit is asked for: a recorded callback stays verifiable."""
    headers, body = signed("abc", timestamp), json.dumps(SUCCESS)
    assert verify_callback(headers, body, HOOK) == "abc"
    with pytest.raises(CallbackError, match="too far from now"):
        verify_callback(headers, body, HOOK, max_age_s=300, now=NOW)


def test_a_server_may_hand_over_what_it_has() -> None:
    """Headers in bytes, as ASGI keeps them, and a body that is parsed already will do."""
    raw = {key.lower().encode(): value.encode() for key, value in signed("abc").items()}
    assert verify_callback(raw, SUCCESS, HOOK) == "abc"


def test_the_age_can_be_chosen() -> None:
    """A longer age takes an older callback."""
    headers = signed("abc", str(NOW - 4000))
    assert verify_callback(headers, json.dumps(SUCCESS), HOOK, max_age_s=5000, now=NOW) == "abc"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff",
        b" " * 3_000_000,
        "[" * 100_000,
        "[]",
        "{}",
        '{"data": []}',
        '{"data": {"taskId": 7}}',
        '{"taskId": ""}',
        '{"taskId": "a\\nb"}',
    ],
)
def test_bodies_without_a_task(body: bytes | str) -> None:
    """A body that names no task is refused, however it is broken."""
    with pytest.raises(CallbackError):
        verify_callback(signed("abc"), body, HOOK, now=NOW)


def test_an_empty_key_verifies_nothing() -> None:
    """Anybody could sign with an empty key."""
    with pytest.raises(CallbackError):
        verify_callback(signed("abc", key=""), json.dumps(SUCCESS), "", now=NOW)


def test_no_more_is_charged_for_a_callback() -> None:
    """The error speaks of trust, not of money or sending."""
    with pytest.raises(CallbackError) as caught:
        verify_callback({}, "", HOOK)
    assert "sent" not in str(caught.value)
