"""A session of its own for each test, on a service that does as it is told."""

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from hailuo_nb.config import read_config
from hailuo_nb.core.request import make_request
from hailuo_nb.core.task import Snapshot, State
from hailuo_nb.runner import lifecycle, poll, saving, submit, uploads
from hailuo_nb.session.plan import PlanItem
from hailuo_nb.session.session import Session
from tests.runner.service import Service, running_service
from tests.views.samples import write_clip

Open = Callable[[], Session]


@pytest.fixture(scope="package")
def clip(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return a playable clip."""
    return write_clip(tmp_path_factory.mktemp("clip") / "one.mp4").read_bytes()


@pytest.fixture
def service(clip: bytes) -> Iterator[Service]:
    """Run a service."""
    with running_service(clip) as running:
        yield running


@pytest.fixture
def open_session(
    service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Open]:
    """Return what opens sessions of one history, as several kernels would; pauses are short."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(lifecycle, "FOLLOW_S", 0.01)
    monkeypatch.setattr(poll, "LOST_PAUSE_S", (0.01,))
    monkeypatch.setattr(poll, "RATE_LIMIT_PAUSE_S", 0.01)
    monkeypatch.setattr(poll, "next_delay_s", lambda *_, **__: 0.01)
    monkeypatch.setattr(saving, "BACK_OFF_S", (0.01,))
    monkeypatch.setattr(submit, "BACK_OFF_S", (0.01,))
    monkeypatch.setattr(uploads, "BACK_OFF_S", (0.01,))
    environ = {"HAILUO_HOME": str(tmp_path / "home"), "HAILUO_BASE_URL": service.origin}
    opened: list[Session] = []

    def one() -> Session:
        opened.append(Session(read_config(environ, session_key="sk-1"), display=lambda _: None))
        return opened[-1]

    yield one
    for event in service.held.values():
        event.set()
    for session in opened:
        session.close()


@pytest.fixture
def session(open_session: Open) -> Session:
    """Open a session."""
    return open_session()


def order(prompt: str = "A hawk.") -> PlanItem:
    """Return the order of a cell."""
    return PlanItem(request=make_request(prompt=prompt))


def recorded(session: Session, state: State, **facts: Any) -> Snapshot:
    """Put the cell's task into the history, as an ended kernel would have left it."""
    snapshot = dataclasses.replace(session.dispatch._snapshot(order()), state=state, **facts)
    session.history.add(snapshot, folder=session.folder)
    return snapshot


def known(session: Session, id: str) -> Snapshot:
    """Return what the history tells of a task."""
    found = session.history.get(id)
    assert found is not None
    return found
