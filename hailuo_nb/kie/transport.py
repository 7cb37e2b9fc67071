"""How far a request got, and which of our errors a broken one becomes.

It knows the HTTP library's events and exceptions: the one place where they are
mapped. It must not know what the request was for.
"""

import asyncio
import re
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Literal

import httpx

from hailuo_nb.errors import NotSent, ReplyLost, TransportError
from hailuo_nb.kie.envelope import sentence
from hailuo_nb.kie.sanitize import clean

Stage = Literal["nothing", "connecting", "sending"]

HEARD_BYTES_MAX = 65_536
BEGINNING_BYTES_MAX = 8_192
WAIT_S_MAX = 3600.0
"""The longest pause that the service may ask for."""

REST_S = 0.25
"""How long the rest of a reply may take whose beginning is enough."""

REASONS: dict[type[Exception], str] = {
    TimeoutError: "it took too long",
    httpx.ConnectTimeout: "it did not answer in time",
    httpx.PoolTimeout: "too many connections were open",
    httpx.TimeoutException: "it took too long",
    httpx.RemoteProtocolError: "it closed the connection without a reply",
    httpx.NetworkError: "the connection broke",
    ConnectionError: "the connection broke",
    httpx.DecodingError: "its reply could not be unpacked",
}
"""In words, the most special class first."""

OWN_CERTIFICATE = "A network with its own: SSL_CERT_FILE names its PEM file"
"""What helps where a firm's proxy or a virus scanner reads along."""

_DISTRUST = re.compile(r"certificate verify failed: (.{1,90}?)\.? ?(?:\(_ssl|$)")


class Witness:
    """Sees how far a request gets and what comes back; httpx calls it as its ``trace`` extension.

    Parameters
    ----------
    not_after
        The moment, by the monotonic clock, after which no first byte leaves; None for any.

    Attributes
    ----------
    stage
        How far the request got.
    body
        The reply's body as far as it came, unpacked.
    heard
        The first bytes that came on the connection, as they came: a reply whose head is wrong
        about its body is heard all the same.
    """

    def __init__(self, not_after: float | None = None) -> None:
        self._not_after = not_after
        self.stage: Stage = "nothing"
        self.body = bytearray()
        self.heard = bytearray()

    async def __call__(self, event: str, info: Mapping[str, object]) -> None:
        """Take note of an event; once sending, always sending."""
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            self._listen(info["return_value"])
        if self.stage == "sending":
            return
        leaving = ".send_request_" in event and event.endswith(".started")
        # A proxy is first asked to connect: that is not the request yet.
        asked = getattr(info.get("request"), "method", None)
        begins = leaving and asked != b"CONNECT"
        if begins and self._not_after is not None and time.monotonic() > self._not_after:
            raise TimeoutError
        self.stage = "sending" if begins else "connecting"

    async def read(
        self,
        response: httpx.Response,
        bytes_max: int,
        *,
        enough: Callable[[bytes], object] | None = None,
    ) -> bytes:
        """Return the body, or one byte more than it may have.

        Where the beginning is ``enough``, the rest has to come at once.
        """
        if not unpacks_safely(response):
            return b""
        with suppress(TimeoutError):
            async with asyncio.timeout(None) as limit:
                async for part in response.aiter_bytes():
                    self.body += part
                    if len(self.body) > bytes_max:
                        break
                    short = len(self.body) <= BEGINNING_BYTES_MAX
                    if short and enough and limit.when() is None and enough(bytes(self.body)):
                        limit.reschedule(asyncio.get_running_loop().time() + REST_S)
        return bytes(self.body[: bytes_max + 1])

    def _listen(self, stream: Any) -> None:
        """Keep what is read from a stream, once the request is on its way."""
        read = stream.read

        async def heard(max_bytes: int, timeout: float | None = None) -> bytes:
            data: bytes = await read(max_bytes, timeout)
            if self.stage == "sending" and len(self.heard) < HEARD_BYTES_MAX:
                self.heard += data
            return data

        stream.read = heard


def failure_of(error: Exception, stage: Stage, host: str) -> TransportError:
    """Return our error for a request that got no whole reply.

    How far it got decides whether a byte may have left, whatever was raised.

    Parameters
    ----------
    error
        What the HTTP library raised.
    stage
        How far the request got.
    host
        Whom it was for.
    """
    reason = clean(reason_of(error), 160)
    if stage != "sending":
        return NotSent(sentence(f"{host} could not be reached: {reason}"))
    return ReplyLost(sentence(f"{host} gave no whole reply: {reason}"))


def reason_of(error: Exception) -> str:
    """Return in words why a request broke."""
    for kind, words in REASONS.items():
        if isinstance(error, kind) and not isinstance(error, httpx.ConnectError):
            return words
    if distrust := _DISTRUST.search(str(error)):
        return f"its certificate is not trusted ({distrust[1]}). {OWN_CERTIFICATE}"
    if isinstance(error, httpx.ConnectError | httpx.ProxyError):
        return str(error) or "the connection was refused"
    return type(error).__name__


def unpacks_safely(response: httpx.Response) -> bool:
    """Tell whether a body is packed once at most.

    Each layer can grow a thousandfold within one chunk, before it can be counted.
    """
    packing = response.headers.get("content-encoding", "").strip().lower()
    return packing in ("", "identity", "gzip", "deflate")


def read_retry_after(text: str | None) -> float | None:
    """Return Retry-After in seconds, 0 to `WAIT_S_MAX`; None where it says nothing.

    ``text`` is the header: a number of seconds or an HTTP date.
    """
    if not text or len(text) > 100:
        return None
    if re.fullmatch(r"\s*[0-9]{1,12}(\.[0-9]{1,6})?\s*", text, re.ASCII):
        return min(float(text), WAIT_S_MAX)
    try:
        until = parsedate_to_datetime(text)
        seconds = (until - datetime.now(UTC)).total_seconds()
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(seconds, 0.0), WAIT_S_MAX)
