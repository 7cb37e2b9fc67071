"""How a broken request is judged: every exception of the HTTP library has a class."""

import asyncio

import httpx
import pytest

from hailuo_nb.errors import NotSent, ReplyLost
from hailuo_nb.kie.transport import NOTHING_LEFT, Stage, Witness, failure_of


def family(root: type[Exception]) -> list[type[Exception]]:
    return [root, *(kind for child in root.__subclasses__() for kind in family(child))]


ROOTS = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, httpx.CookieConflict)
KINDS = sorted({kind for root in ROOTS for kind in family(root)}, key=lambda kind: kind.__name__)

BEFORE = {
    "ConnectError",
    "ConnectTimeout",
    "InvalidURL",
    "PoolTimeout",
    "ProxyError",
    "UnsupportedProtocol",
}
"""The only exceptions that prove, by themselves, that nothing left."""


def made(kind: type[Exception]) -> Exception:
    error = kind.__new__(kind)
    error.args = ("words",)
    return error


@pytest.mark.parametrize("kind", KINDS)
def test_every_exception_has_a_class(kind: type[Exception]) -> None:
    """Without further witness, only what comes before a connection counts as not sent."""
    failure = failure_of(made(kind), "nothing", "api.example")
    expected = NotSent if kind.__name__ in BEFORE else ReplyLost
    assert type(failure) is expected


@pytest.mark.parametrize("kind", [*KINDS, OSError, RuntimeError, TimeoutError])
def test_after_a_byte_left_nothing_is_unsent(kind: type[Exception]) -> None:
    """Whatever is raised once sending has begun, the reply counts as lost."""
    assert type(failure_of(made(kind), "sending", "api.example")) is ReplyLost


@pytest.mark.parametrize("kind", KINDS)
def test_while_connecting_nothing_has_left(kind: type[Exception]) -> None:
    """Whatever is raised while a connection is being made, the request has not left."""
    assert type(failure_of(made(kind), "connecting", "api.example")) is NotSent


def test_the_table_is_the_list_above() -> None:
    """Nobody adds an exception to the proofs in passing."""
    assert {kind.__name__ for kind in NOTHING_LEFT} == BEFORE


@pytest.mark.parametrize(
    ("events", "stage"),
    [
        ([], "nothing"),
        ([("connection.connect_tcp.started", None)], "connecting"),
        ([("http11.send_request_headers.started", b"CONNECT")], "connecting"),
        (
            [
                ("http11.send_request_headers.started", b"CONNECT"),
                ("http11.send_request_headers.complete", None),
                ("http11.response_closed.started", None),
            ],
            "connecting",
        ),
        ([("http11.send_request_headers.started", b"POST")], "sending"),
        ([("http2.send_request_headers.started", b"POST")], "sending"),
        (
            [
                ("http11.send_request_headers.started", b"POST"),
                ("connection.connect_tcp.started", None),
            ],
            "sending",
        ),
    ],
)
def test_the_witness(events: list[tuple[str, bytes | None]], stage: Stage) -> None:
    """A proxy's CONNECT is not the request; once sending, always sending."""

    class Asked:
        def __init__(self, method: bytes) -> None:
            self.method = method

    async def main() -> Stage:
        witness = Witness()
        for event, method in events:
            await witness(event, {"request": Asked(method)} if method else {})
        return witness.stage

    assert asyncio.run(main()) == stage
