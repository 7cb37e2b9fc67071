"""The signature of a callback: whether the service sent it, and for which task.

It knows both generations of the callback's body. It must not know a server, a
clock beyond one reading, or what is done then: the body itself is not signed,
so only the task's id may be believed.
"""

import base64
import hashlib
import hmac
import math
import time
from collections.abc import Mapping

from hailuo_nb.errors import CallbackError
from hailuo_nb.kie.wording import NotJson, load_json

BODY_BYTES_MAX = 2 * 1024 * 1024
TASK_ID_CHARS_MAX = 200


def verify_callback(
    headers: Mapping[str, str],
    body: bytes | str,
    key: str,
    *,
    max_age_s: float = 300.0,
    now: float | None = None,
) -> str:
    """Return the task id of a callback that the service signed.

    Trust nothing else in the body: ask the service for the task.

    Parameters
    ----------
    headers
        The request's headers, in any case.
    body
        The request's body as it came.
    key
        The account's webhook key.
    max_age_s
        How far the timestamp may lie from now, in seconds, either way.
    now
        Seconds since the epoch; the clock's when left out.

    Raises
    ------
    CallbackError
        It is unsigned, wrongly signed, too old, or names no task.
    """
    if not key:
        raise CallbackError("There is no webhook key to check the callback with.")
    timestamp = _header(headers, "x-webhook-timestamp")
    signature = _header(headers, "x-webhook-signature")
    task_id = _task_id(body)
    signed = f"{task_id}.{timestamp}".encode("utf-8", "surrogatepass")
    digest = hmac.new(key.encode("utf-8", "surrogatepass"), signed, hashlib.sha256).digest()
    given = signature.encode("utf-8", "surrogatepass")
    if not hmac.compare_digest(base64.b64encode(digest), given):
        raise CallbackError("The callback's signature is wrong.")
    _check_age(timestamp, time.time() if now is None else now, max_age_s)
    return task_id


def _header(headers: Mapping[str, str], name: str) -> str:
    for key, value in headers.items():
        if isinstance(key, str) and key.lower() == name and isinstance(value, str):
            return value.strip()
    raise CallbackError(f"The callback has no {name} header.")


def _task_id(body: bytes | str) -> str:
    try:
        document = load_json(body) if len(body) <= BODY_BYTES_MAX else None
    except NotJson:
        document = None
    if isinstance(document, dict):
        for place in (document.get("data"), document):
            task_id = _named(place)
            if task_id is not None:
                return task_id
    raise CallbackError("The callback names no task.")


def _named(place: object) -> str | None:
    if not isinstance(place, dict):
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
