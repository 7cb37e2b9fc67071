"""How far a request got, and which of our errors a broken one becomes.

It knows the HTTP library's events and exceptions: the one place where they are
mapped. It must not know what the request was for.
"""

from collections.abc import Mapping
from typing import Literal

import httpx

from hailuo_nb.errors import NotSent, ReplyLost, TransportError
from hailuo_nb.kie.envelope import sentence
from hailuo_nb.kie.wording import clean

Stage = Literal["nothing", "connecting", "sending"]

NOTHING_LEFT: tuple[type[Exception], ...] = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
)
"""Exceptions that come before a byte of the request; any other may come after."""

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


class Witness:
    """Sees how far a request gets; httpx calls it as its ``trace`` extension."""

    def __init__(self) -> None:
        self.stage: Stage = "nothing"

    async def __call__(self, event: str, info: Mapping[str, object]) -> None:
        """Take note of an event; once sending, always sending."""
        if self.stage == "sending":
            return
        leaving = ".send_request_" in event and event.endswith(".started")
        # A proxy is first asked to connect: that is not the request yet.
        asked = getattr(info.get("request"), "method", None)
        self.stage = "sending" if leaving and asked != b"CONNECT" else "connecting"


def failure_of(error: Exception, stage: Stage, host: str) -> TransportError:
    """Return our error for a request that got no whole reply.

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
    if has_not_left(error, stage):
        return NotSent(sentence(f"{host} could not be reached: {reason}"))
    return ReplyLost(sentence(f"{host} gave no whole reply: {reason}"))


def has_not_left(error: Exception, stage: Stage) -> bool:
    """Tell whether it is proven that no byte of the request left this machine."""
    if stage == "sending":
        return False
    return stage == "connecting" or isinstance(error, NOTHING_LEFT)


def reason_of(error: Exception) -> str:
    """Return in words why a request broke."""
    for kind, words in REASONS.items():
        if isinstance(error, kind) and not isinstance(error, httpx.ConnectError):
            return words
    if isinstance(error, httpx.ConnectError | httpx.ProxyError):
        return str(error) or "the connection was refused"
    return type(error).__name__


def unpacks_safely(response: httpx.Response) -> bool:
    """Tell whether a body is packed once at most.

    Each layer can grow a thousandfold within one chunk, before it can be counted.
    """
    packing = response.headers.get("content-encoding", "").strip().lower()
    return packing in ("", "identity", "gzip", "deflate")
