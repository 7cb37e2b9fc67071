"""How a broken request is judged: every exception of the HTTP library has a class."""

import asyncio

import httpx
import pytest

from hailuo_nb.errors import NotSent, ReplyLost
from hailuo_nb.kie.transport import Stage, Witness, failure_of


def family(root: type[Exception]) -> list[type[Exception]]:
    return [root, *(kind for child in root.__subclasses__() for kind in family(child))]


ROOTS = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, httpx.CookieConflict)
KINDS = sorted({kind for root in ROOTS for kind in family(root)}, key=lambda kind: kind.__name__)


def made(kind: type[Exception]) -> Exception:
    error = kind.__new__(kind)
    error.args = ("words",)
    return error


@pytest.mark.parametrize("kind", [*KINDS, OSError, RuntimeError, TimeoutError])
def test_after_a_byte_left_nothing_is_unsent(kind: type[Exception]) -> None:
    """Whatever is raised once sending has begun, the reply counts as lost."""
    assert type(failure_of(made(kind), "sending", "api.example")) is ReplyLost


@pytest.mark.parametrize("stage", ["nothing", "connecting"])
@pytest.mark.parametrize("kind", [*KINDS, OSError, RuntimeError, KeyError, MemoryError])
def test_before_the_first_byte_nothing_has_left(kind: type[Exception], stage: Stage) -> None:
    """Whatever is raised: how far the request got decides, not what stopped it."""
    assert type(failure_of(made(kind), stage, "api.example")) is NotSent


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
