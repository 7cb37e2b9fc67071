"""One POST at a task's end, signed when there is a key, sent again when it is not answered.

It knows HTTP going out and the order of attempts; it must not know when tasks end. Only loopback
addresses are ever called: a simulator must not knock at a stranger's door.
"""

import asyncio
import ipaddress
import json
import logging
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from tornado.httpclient import AsyncHTTPClient, HTTPClientError

from hailuo_nb.simulator import wire

log = logging.getLogger("hailuo_nb.simulator")

ANSWER_WITHIN_S = 15.0
RETRY_AFTER_S = (0.5, 2.0, 5.0)


def is_loopback(url: str) -> bool:
    """Say whether the URL's host is this machine by its very name or number."""
    try:
        host = urlsplit(url).hostname or ""
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


async def deliver(url: str, task_id: str, body: Mapping[str, Any], webhook_key: str | None) -> bool:
    """POST a callback until it is answered with 200, four times at most.

    Parameters
    ----------
    url : str
        Where to; anything but loopback is refused with a warning in the log.
    task_id : str
        What is signed together with the time.
    body : mapping
        The JSON body, see `wire.callback`.
    webhook_key : str or None
        Signs when given.

    Returns
    -------
    bool
        Whether it was answered with 200.
    """
    if not is_loopback(url):
        log.warning("callback of task %s is not sent: only loopback is called", task_id)
        return False
    payload = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
    for pause_s in (0.0, *RETRY_AFTER_S):
        await asyncio.sleep(pause_s)
        if await _attempt(url, payload, _headers(task_id, webhook_key)):
            return True
    log.warning("callback of task %s was not answered with 200", task_id)
    return False


def _headers(task_id: str, webhook_key: str | None) -> dict[str, str]:
    headers = {"Content-Type": "application/json"}
    if webhook_key:
        timestamp_s = int(time.time())
        headers["X-Webhook-Timestamp"] = str(timestamp_s)
        headers["X-Webhook-Signature"] = wire.signature(task_id, timestamp_s, webhook_key)
    return headers


async def _attempt(url: str, payload: bytes, headers: dict[str, str]) -> bool:
    try:
        answer = await AsyncHTTPClient().fetch(
            url,
            method="POST",
            body=payload,
            headers=headers,
            request_timeout=ANSWER_WITHIN_S,
            follow_redirects=False,
            raise_error=False,
        )
    except (HTTPClientError, OSError, ValueError, AssertionError) as error:
        log.info("callback could not be sent: %s", type(error).__name__)
        return False
    return answer.code == 200
