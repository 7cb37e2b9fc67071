"""A paid clip whose file host misbehaves: tried again, then told as not saved, never unnamed."""

import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from hailuo_nb.errors import NotSent, SavingError
from hailuo_nb.kie import client
from hailuo_nb.kie.download import Saved
from hailuo_nb.runner import saving
from hailuo_nb.session import recovery
from hailuo_nb.session.session import Session
from hailuo_nb.store.files import Files
from tests.runner.conftest import known, order
from tests.runner.service import CREATE, FRESH, RECORD, WAIT_S, Service
from tests.support.loopback import raw_server, reset

Act = Callable[[socket.socket], None]
TRIES = 2
"""How often one address is tried with the pauses of these tests."""


def garbage(connection: socket.socket) -> None:
    """Answer what no protocol knows."""
    connection.recv(65_536)
    connection.sendall(bytes(range(256)) * 4)
    connection.close()


def broken_off(connection: socket.socket) -> None:
    """Promise more than comes."""
    connection.recv(65_536)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\n" + b"x" * 99)
    reset(connection)


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("act", [reset, garbage, broken_off])
def test_a_clip_outlives_its_bad_host(
    session: Session, service: Service, act: Act, scheme: str
) -> None:
    """Each try fails in words, the task ends as paid and not saved, and resume fetches it."""
    tried: list[socket.socket] = []

    def counted(connection: socket.socket) -> None:
        tried.append(connection)
        act(connection)

    with raw_server(counted) as port:
        service.say(RECORD, service.finish(f"{scheme}://127.0.0.1:{port}/clip.mp4"))
        task = session.dispatch.submit(order())
        with pytest.raises(SavingError, match="It was charged") as told:
            task.wait(WAIT_S)
    assert len(tried) >= TRIES
    assert "%hailuo resume" in str(told.value)
    assert (known(session, task.id).state, service.count(FRESH)) == ("expired", 1)
    service.say(RECORD, service.finish(f"{service.origin}/clip.mp4"))
    (again,) = recovery.resume(session, [task.id])
    assert again.wait(WAIT_S).state == "done"
    assert service.count(CREATE) == 1


FAULTS = [
    TypeError("x"),
    ValueError("x"),
    OSError("x"),
    MemoryError(),
    ExceptionGroup("x", [OSError()]),
]


@pytest.mark.parametrize("error", FAULTS, ids=lambda error: type(error).__name__)
def test_any_fault_while_downloading_is_a_failed_try(
    session: Session, service: Service, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """It is tried again like any other; once it passes the clip is there."""
    found, tries = client.Client.download, []

    async def download(self: client.Client, url: str, to: Path) -> Saved:
        tries.append(url)
        if len(tries) < TRIES:
            raise error
        return await found(self, url, to)

    monkeypatch.setattr(client.Client, "download", download)
    service.say(RECORD, service.finish(f"{service.origin}/clip.mp4"))
    assert session.dispatch.submit(order()).wait(WAIT_S).state == "done"
    assert len(tries) == TRIES


@pytest.mark.parametrize("error", [*FAULTS, NotSent("No network.")], ids=lambda e: type(e).__name__)
@pytest.mark.parametrize("where", ["download", "fresh_url"])
def test_a_fault_that_stays_is_told(
    session: Session,
    service: Service,
    monkeypatch: pytest.MonkeyPatch,
    where: str,
    error: Exception,
) -> None:
    """However odd it is, the task ends as one that can be resumed, in the history, too."""

    async def broken(*_: object) -> None:
        raise error

    monkeypatch.setattr(client.Client, where, broken)
    service.say(RECORD, service.finish(f"{service.origin}/gone.mp4"))
    task = session.dispatch.submit(order())
    with pytest.raises(Exception, match="It was charged") as told:
        task.wait(WAIT_S)
    assert known(session, task.id).state == "expired"
    assert "fault of hailuo_nb" not in str(told.value)


@pytest.mark.parametrize("step", ["clip_pictures", "write_sidecar"])
def test_a_clip_that_cannot_be_described_is_saved(
    session: Session, service: Service, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Neither its picture nor its sidecar is worth a paid clip, whatever they raise."""

    def broken(_: object) -> None:
        raise TypeError("odd")

    monkeypatch.setattr(Files, step, staticmethod(broken))
    service.say(RECORD, service.finish(f"{service.origin}/clip.mp4"))
    assert session.dispatch.submit(order()).wait(WAIT_S).state == "done"


def test_a_folder_that_cannot_be_named_is_told(
    session: Session, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even the place of the clip may raise."""

    def broken(folder: Path, id: str) -> Path:
        raise ValueError("embedded null byte")

    monkeypatch.setattr(Files, "clip_path", staticmethod(broken))
    service.say(RECORD, service.finish(f"{service.origin}/clip.mp4"))
    with pytest.raises(SavingError, match="It was charged"):
        session.dispatch.submit(order()).wait(WAIT_S)
    assert len(saving.BACK_OFF_S) == TRIES - 1
