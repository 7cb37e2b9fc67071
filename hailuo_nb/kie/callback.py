"""The signature of a callback: whether the service sent it, and for which task.

It knows both generations of the callback's body. It must not know a server or
what is done then: the body itself is not signed, so only the task's id may be
believed. It reads no clock unless an age limit is asked for. One to oneself is sent here, too.
"""

import base64
import hashlib
import hmac
import json
import logging
import math
import time
from collections.abc import Mapping

from hailuo_nb.errors import CallbackError
from hailuo_nb.kie.sanitize import NotJson, load_json
from hailuo_nb.kie.taken import TASK_ID_CHARS_MAX

BODY_BYTES_MAX = 2 * 1024 * 1024

log = logging.getLogger("hailuo_nb")

TIMEOUT_S = 5.0
TASK = "none-this-is-a-test"


def verify_callback(
    headers: Mapping[str, str] | Mapping[bytes, bytes],
    body: bytes | str | Mapping[str, object],
    key: str,
    *,
    max_age_s: float | None = None,
    now: float | None = None,
) -> str:
    """Return the task id of a callback that the service signed.

    Trust nothing else in the body: ask the service for the task. The service may send a
    callback more than once, so the same task id may come again.

    Parameters
    ----------
    headers
        The request's headers, in any case, as text or as bytes.
    body
        The request's body as it came, or parsed.
    key
        The account's webhook key.
    max_age_s
        How far the timestamp may lie from now, in seconds, either way; any age when left out.
        300 keeps old callbacks from being played to a server again.
    now
        Seconds since the epoch, where there is an age limit; the clock's when left out.

    Raises
    ------
    CallbackError
        It is unsigned, wrongly signed, too old, or names no task.
    """
    if not key:
        raise CallbackError("There is no webhook key to check the callback with.")
    timestamp = _header(headers, "x-webhook-timestamp")
    signature = _header(headers, "x-webhook-signature")
    task_id = task_id_of(body)
    given = signature.encode("utf-8", "surrogatepass")
    if not hmac.compare_digest(_signature(task_id, timestamp, key), given):
        raise CallbackError("The callback's signature is wrong.")
    if max_age_s is not None:
        _check_age(timestamp, time.time() if now is None else now, max_age_s)
    return task_id


def signed(task_id: str, timestamp: str, key: str) -> dict[str, str]:
    """Return the headers that sign a callback about a task, at so many seconds since the epoch."""
    signature = _signature(task_id, timestamp, key).decode()
    return {"X-Webhook-Timestamp": timestamp, "X-Webhook-Signature": signature}


def _signature(task_id: str, timestamp: str, key: str) -> bytes:
    said = f"{task_id}.{timestamp}".encode("utf-8", "surrogatepass")
    digest = hmac.new(key.encode("utf-8", "surrogatepass"), said, hashlib.sha256).digest()
    return base64.b64encode(digest)


def _header(headers: Mapping[str, str] | Mapping[bytes, bytes], name: str) -> str:
    for key, value in headers.items():
        if _text(key).lower() == name:
            return _text(value).strip()
    raise CallbackError(f"The callback has no {name} header.")


def _text(value: object) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def task_id_of(body: bytes | str | Mapping[str, object]) -> str:
    """Return the task that a callback names, signed or not; nothing in it is to be believed.

    Raises
    ------
    CallbackError
        It names none.
    """
    document = body if isinstance(body, Mapping) else _parsed(body)
    if isinstance(document, Mapping):
        for place in (document.get("data"), document):
            task_id = _named(place)
            if task_id is not None:
                return task_id
    raise CallbackError("The callback names no task.")


def _parsed(body: bytes | str) -> object:
    try:
        return load_json(body) if len(body) <= BODY_BYTES_MAX else None
    except NotJson:
        return None


def _named(place: object) -> str | None:
    if not isinstance(place, Mapping):
        return None
    for field in ("taskId", "task_id"):
        value = place.get(field)
        if isinstance(value, str) and 0 < len(value) <= TASK_ID_CHARS_MAX and value.isprintable():
            return value
    return None


def _check_age(timestamp: str, now: float, max_age_s: float) -> None:
    try:
        age_s = now - float(timestamp)
    except ValueError:
        age_s = math.nan
    if not abs(age_s) <= max_age_s:
        raise CallbackError("The callback's timestamp is too far from now.")


def calls_itself(url: str, key: str) -> None:
    """Send a callback, as the service would, to an address, to see whether it leads here.

    It is signed where there is a key, and the task that it names is none. The address ends with
    a secret, so it is called by what writes no log. Blocks for seconds at most.
    """
    import urllib.request

    headers = {"Content-Type": "application/json"}
    if key:
        headers |= signed(TASK, str(int(time.time())), key)
    body = json.dumps({"code": 200, "data": {"taskId": TASK, "state": "waiting"}}).encode()
    call = urllib.request.Request(url, data=body, headers=headers)  # noqa: S310 - checked before
    try:
        urllib.request.urlopen(call, timeout=TIMEOUT_S).close()  # noqa: S310 - http or https
    except (OSError, ValueError) as error:
        log.info("a callback to oneself failed: %s", type(error).__name__)
