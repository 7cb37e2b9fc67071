"""Unsure tasks and callbacks: only the service's own word about the very task settles one."""

import asyncio
import secrets
import time
from collections.abc import Coroutine, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from hailuo_nb.core.request import Request, make_request
from hailuo_nb.core.task import Record, Snapshot
from hailuo_nb.errors import NotFound
from hailuo_nb.runner.connection import Shared
from hailuo_nb.session import called
from hailuo_nb.session.called import TRIES_MAX, Called
from hailuo_nb.store import wake
from hailuo_nb.store.history import History

API = "https://api.example"
THEIRS = "281e5b0f39b9a0c7f8f2"
SENT_AT = 1_790_000_000.0
ASKED = make_request(prompt="A boat that is lost.")


@pytest.fixture
def lost() -> str:
    """Draw the unsure task's id: what callbacks have named stays for days."""
    return secrets.token_hex(6)


@pytest.fixture
def history(tmp_path: Path, lost: str) -> Iterator[History]:
    """Open one with an unsure task."""
    with History(tmp_path / "home") as opened:
        opened.add(_task(lost), folder=tmp_path / "clips")
        yield opened


def _task(id: str, **facts: Any) -> Snapshot:
    known = Snapshot(
        id=id,
        request=ASKED,
        service=API,
        created_at=SENT_AT - 1,
        submitted_at=SENT_AT,
        state="unsure",
        error="The reply was lost.",
        error_kind="TaskUnsure",
    )
    return replace(known, **facts)


class Service:
    """What the service says of one task, and how often it was asked."""

    def __init__(self, made: Request | None, created_at: float | None) -> None:
        self._made, self._created_at, self.asked = made, created_at, 0

    async def made(self, task_id: str) -> tuple[Request, Record]:
        """Return what it was asked for, and its record."""
        self.asked += 1
        if self._made is None:
            raise NotFound("There is no such task.")
        record = Record(task_id=task_id, phase="success", created_at=self._created_at)
        return self._made, record


@pytest.fixture
def waited(history: History, lost: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Wait a moment for callbacks about the unsure task; return what goes on then."""
    monkeypatch.setattr(called, "WAIT_S", 0.2)
    monkeypatch.setattr(called, "LOOK_S", 0.01)

    def wait(service: Service) -> list[Snapshot]:
        resumed: list[Snapshot] = []
        works: list[Coroutine[Any, Any, None]] = []
        waiting = Called(history, works.append, resumed.append)
        known = history.get(lost)
        assert known is not None
        waiting.wait(known, cast(Shared, service))
        waiting.wait(known, cast(Shared, service))
        (work,) = works
        asyncio.run(work)
        return resumed

    return wait


def say(lost: str, task_id: str) -> None:
    """Have a callback about our task name one of the service."""
    woken = wake.begin(lost)
    assert woken is not None
    assert wake.call(woken.token, task_id)


@pytest.mark.parametrize("created_at", [SENT_AT, SENT_AT - 59, SENT_AT + 9])
def test_the_very_task_is_watched_again(
    history: History, lost: str, waited: Any, created_at: float
) -> None:
    """It is recorded as sent under the service's id, once."""
    say(lost, THEIRS)
    (now,) = waited(Service(ASKED, created_at))
    assert (now.id, now.task_id, now.state, now.error) == (lost, THEIRS, "queued", None)
    assert history.get(lost) == now


REFUSED: dict[str, Service] = {
    "another prompt": Service(make_request(prompt="Another boat."), SENT_AT),
    "another model": Service(replace(ASKED, model="hailuo/02-text-to-video-pro"), SENT_AT),
    "made before it was sent": Service(ASKED, SENT_AT - 61),
    "made nobody knows when": Service(ASKED, None),
    "none of this key": Service(None, None),
}


@pytest.mark.parametrize("service", REFUSED.values(), ids=REFUSED)
def test_any_other_leaves_it_unsure(
    history: History, lost: str, waited: Any, service: Service
) -> None:
    """It is asked for a few times, and nothing changes."""
    before = history.get(lost)
    say(lost, THEIRS)
    service.asked = 0
    assert waited(service) == []
    assert history.get(lost) == before
    assert 0 < service.asked <= TRIES_MAX


def test_the_id_of_another_task_is_no_clip_of_this_one(
    history: History, lost: str, waited: Any, tmp_path: Path
) -> None:
    """Two rows never have one id: the clip would be paid for once and counted twice."""
    other = _task("other", state="done", task_id=THEIRS, error=None, error_kind=None)
    history.add(other, folder=tmp_path / "clips")
    say(lost, THEIRS)
    assert waited(Service(ASKED, SENT_AT)) == []
    assert (history.get(lost) or other).state == "unsure"


def test_what_was_settled_meanwhile_stays_so(history: History, lost: str, waited: Any) -> None:
    """The person's word is the last one."""
    say(lost, THEIRS)
    with history.together():
        assert history.lease(lost)
        assert history.save(_task(lost, state="failed", error_kind="TaskFailed"))
    service = Service(ASKED, SENT_AT)
    assert waited(service) == []
    assert service.asked == 0


def test_few_ids_are_kept_of_a_task_and_none_of_nobodys(lost: str) -> None:
    """Whoever has a token cannot fill the disk, nor name a file."""
    woken = wake.begin(lost)
    assert woken is not None
    for number in range(20):
        assert wake.call(woken.token, f"id{number % 10}")
    assert wake.said_of(lost) == ["id0", "id1", "id2", "id3"]
    nobodys = wake.begin()
    assert nobodys is not None
    assert wake.call(nobodys.token, "id1")
    assert wake.said_of(f"../{lost}") == wake.said_of("") == []
    assert time.time() - woken.path.stat().st_mtime < 60
