"""File hosts that misbehave, byte by byte: each try ends named, and leaves nothing on disk."""

import asyncio
import socket
from collections.abc import Callable
from pathlib import Path

import h11
import httpx
import pytest

from hailuo_nb import errors
from hailuo_nb.kie import download
from hailuo_nb.kie.address import Guard
from hailuo_nb.kie.client import Client
from hailuo_nb.kie.download import Saved, save
from tests.support.loopback import raw_server, reset

ClientOf = Callable[..., Client]
Act = Callable[[socket.socket], None]

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n"
LONG = HEAD + b"Content-Length: 100000\r\n\r\n" + b"x" * 500


def says(*parts: bytes, then: Act = socket.socket.close) -> Act:
    """Read a little, answer, and end the connection."""

    def act(connection: socket.socket) -> None:
        connection.recv(65_536)
        for part in parts:
            connection.sendall(part)
        then(connection)

    return act


def stays(connection: socket.socket) -> None:
    """Leave a connection open and say no more."""


def leads(to: bytes) -> Act:
    """Answer every request with a redirect."""
    return says(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + to + b"\r\n\r\n")


HOSTS: dict[str, Act] = {
    "reset at accept": reset,
    "closed at accept": socket.socket.close,
    "reset without a reply": says(then=reset),
    "closed without a reply": says(),
    "silent": says(then=stays),
    "reset in the head": says(HEAD, then=reset),
    "slow in the head": says(HEAD, then=stays),
    "reset in the body": says(LONG, then=reset),
    "closed in the body": says(LONG),
    "slow in the body": says(LONG, then=stays),
    "garbage": says(bytes(range(256)) * 40),
    "zeros": says(bytes(100)),
    "another protocol": says(b"SSH-2.0-OpenSSH_9.2\r\n"),
    "a TLS alert": says(b"\x15\x03\x01\x00\x02\x02\x28"),
    "a head without end": says(HEAD + b"X: " + b"x" * 300_000, then=stays),
    "a length below zero": says(HEAD + b"Content-Length: -1\r\n\r\nx"),
    "a length in words": says(HEAD + b"Content-Length: many\r\n\r\nx"),
    "a length of 5000 digits": says(HEAD + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\nx"),
    "two lengths": says(HEAD + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx"),
    "a length too short": says(HEAD + b"Content-Length: 1\r\n\r\n" + b"x" * 5000),
    "chunks that are none": says(HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nx"),
    "a chunk cut off": says(HEAD + b"Transfer-Encoding: chunked\r\n\r\nffff\r\nx"),
    "an unknown coding": says(HEAD + b"Transfer-Encoding: brotli\r\n\r\nx"),
    "gzip that is none": says(HEAD + b"Content-Encoding: gzip\r\n\r\nxxxx"),
    "continued for ever": says(b"HTTP/1.1 100 Continue\r\n\r\n" * 500, then=stays),
    "another protocol from now on": says(b"HTTP/1.1 101 Switch\r\nUpgrade: x\r\n\r\n"),
    "a status of its own": says(b"HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n"),
    "to itself for ever": leads(b"/a.mp4"),
    "to nowhere": leads(b""),
    "to no address": leads(b"http://[::1"),
    "to odd bytes": leads(b"http://\xff\xfe/\x80"),
    "to a port of its own": leads(b"http://127.0.0.1:99999/"),
}


def fetched(client_of: ClientOf, url: str, to: Path) -> Saved:
    """Try once to download."""

    async def main() -> Saved:
        client = client_of("http://127.0.0.1:1", timeout_s=0.3, download_time_max_s=1.0)
        try:
            return await client.download(url, to)
        finally:
            await client.aclose()

    return asyncio.run(main())


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("act", HOSTS.values(), ids=HOSTS)
def test_a_host_that_misbehaves(client_of: ClientOf, tmp_path: Path, act: Act, scheme: str) -> None:
    """Whatever it does, in the clear or in place of a TLS handshake, the try fails in words."""
    with raw_server(act) as port, pytest.raises(errors.SavingError) as caught:
        fetched(client_of, f"{scheme}://127.0.0.1:{port}/a.mp4", tmp_path / "x.mp4")
    assert caught.value.charged == "yes"
    assert caught.value.what.endswith(".")
    assert list(tmp_path.iterdir()) == []


def test_a_host_that_resets_whoever_comes(client_of: ClientOf, tmp_path: Path) -> None:
    """The connection may be gone before its peer can be asked for: no try of many is unnamed."""
    with raw_server(reset) as port:
        for _ in range(40):
            with pytest.raises(errors.SavingError):
                fetched(client_of, f"http://127.0.0.1:{port}/a.mp4", tmp_path / "x.mp4")


ODDITIES = [
    TypeError("'NoneType' object is not subscriptable"),
    AttributeError("x"),
    KeyError("x"),
    AssertionError(),
    RuntimeError("x"),
    MemoryError(),
    RecursionError(),
    UnicodeDecodeError("utf-8", b"\xff", 0, 1, "x"),
    OSError(9999, "it burns"),
    ExceptionGroup("two", [OSError("a"), TypeError("b")]),
    h11.LocalProtocolError("x"),
    h11.RemoteProtocolError("x"),
    httpx.InvalidURL("x"),
    httpx.StreamConsumed(),
    httpx.CookieConflict("x"),
]


def broken_save(to: Path, error: Exception) -> Saved:
    """Download with an HTTP library that raises."""

    def connect(url: httpx.URL) -> httpx.AsyncClient:
        raise error

    return asyncio.run(
        save(
            "http://127.0.0.1/a.mp4",
            to,
            connect=connect,
            guard=Guard(public=False),
            size_max_bytes=1000,
            time_max_s=60,
            replace=False,
        )
    )


@pytest.mark.parametrize("error", ODDITIES, ids=lambda error: type(error).__name__)
def test_whatever_is_raised_is_a_failed_try(tmp_path: Path, error: Exception) -> None:
    """No exception of a library, known or not, leaves as itself."""
    with pytest.raises(errors.SavingError):
        broken_save(tmp_path / "x.mp4", error)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("error", [TypeError("x"), ZeroDivisionError(), MemoryError()])
def test_a_file_that_breaks_the_look_at_it_is_a_failed_try(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """Neither a clip that is there nor one that came can end the saving unnamed."""

    def look(path: Path) -> None:
        raise error

    monkeypatch.setattr(download, "check_video", look)
    (tmp_path / "x.mp4").write_bytes(b"x")
    with pytest.raises(errors.SavingError):
        broken_save(tmp_path / "x.mp4", httpx.ConnectError("refused"))
