"""What stops a task before its first byte: it has failed, nothing left, and nothing is held."""

import errno
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import pytest

from hailuo_nb.config import read_config
from hailuo_nb.core import disk
from hailuo_nb.core.request import make_request
from hailuo_nb.errors import HailuoError, SetupError
from hailuo_nb.media.sources import find_image
from hailuo_nb.runner.task import Task
from hailuo_nb.session import recovery
from hailuo_nb.session.plan import PlanItem
from hailuo_nb.session.session import Session
from tests.session.conftest import KEY, Stage


@pytest.fixture
def far(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """Open a session whose service is far away, where TLS and a network are needed."""
    monkeypatch.chdir(tmp_path)
    environ = {
        "HAILUO_HOME": str(tmp_path / "home"),
        "HAILUO_BASE_URL": "https://api.example.invalid",
    }
    opened = Session(read_config(environ, session_key=KEY), display=lambda task: None)
    yield opened
    opened.close()


def failed(session: Session, item: PlanItem) -> Task:
    """Send a clip; return its task once it has failed before anything was sent."""
    task = session.dispatch.submit(item)
    with pytest.raises(HailuoError):
        task.wait(60)
    assert (task.state, task.error.charged) == ("failed", "no")
    known = session.history.get(task.id)
    assert known is not None
    assert (known.state, known.task_id, known.credits) == ("failed", None, 0.0)
    spending = session.history.budget.spending(session.config.service)
    assert (spending.held_today, spending.spent_today) == (0.0, 0.0)
    return task


@pytest.mark.parametrize("name", ["SSL_CERT_FILE", "SSLKEYLOGFILE"])
def test_a_tls_file_that_is_missing(
    far: Session, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """The set-up is named; the task is not unsure, and no credits are held."""
    monkeypatch.setenv(name, "/opt/gone/file")
    error = failed(far, PlanItem(request=make_request(prompt="A paper boat."))).error
    assert type(error) is SetupError
    assert name in str(error)
    assert "Nothing was sent." in str(error)


@pytest.mark.parametrize("fault", [KeyError("x"), MemoryError(), ValueError("half a picture")])
def test_a_fault_while_a_task_waits(session: Session, stage: Stage, fault: Exception) -> None:
    """Whatever is raised before the submit: it left nothing, and says so."""
    image = find_image("sample:forest", {})

    def broken() -> bytes:
        raise fault

    item = PlanItem(
        request=make_request(prompt="A path.", image=image.ref),
        image=replace(image, load=broken),
    )
    before = len(stage.ledger())
    told = str(failed(session, item).error)
    assert type(fault).__name__ in told
    assert "before anything was sent" in told
    assert len(stage.ledger()) == before


@pytest.mark.parametrize("what", ["a file in its place", "a file above it", "read only", "full"])
def test_a_folder_that_takes_no_clip(
    session: Session, stage: Stage, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """Refused before anything is recorded, sent or held: such a clip would be lost."""
    folder = session.folder
    if what == "a file in its place":
        folder.write_text("in the way", encoding="utf-8")
    elif what == "a file above it":
        (folder.parent / "file").write_text("in the way", encoding="utf-8")
        monkeypatch.setattr(Session, "folder", folder.parent / "file" / "clips")
    else:
        number = errno.EROFS if what == "read only" else errno.ENOSPC

        def refused(path: Path, *, mode: int = 0o666) -> BinaryIO:
            raise OSError(number, os.strerror(number), str(path))

        monkeypatch.setattr(disk, "create", refused)
    before = len(stage.ledger())
    with pytest.raises(SetupError, match=r"No clip can be written to the folder .* sent\..*VIDEOS"):
        session.dispatch.submit(PlanItem(request=make_request(prompt="A paper boat.")))
    assert session.history.newest(9) == []
    assert len(stage.ledger()) == before


def test_what_never_left_waits_until_its_clip_can_be_put_somewhere(
    session: Session, stage: Stage
) -> None:
    """A resume pays for none whose folder is in the way, says so, and sends the others."""
    blocked = session.config.home.parent / "in-the-way"
    blocked.write_text("no folder", encoding="utf-8")
    left = []
    for prompt, folder in (("A stuck kite.", blocked), ("A free kite.", session.folder)):
        item = PlanItem(request=make_request(prompt=prompt))
        left.append(session.dispatch._snapshot(item))
        session.history.add(left[-1], folder=folder, key_print=session.key_print())
    with pytest.raises(SetupError, match=r"No clip can be written to the folder .*in-the-way"):
        recovery.resume(session, [left[0].id])
    refused = []
    never_sent = recovery.left_unfinished(session).never_sent
    (sent,) = recovery.send(session, never_sent, lambda known, _: refused.append(known.id))
    assert (sent.wait(60).id, refused) == (left[1].id, [left[0].id])
    assert "A stuck kite." not in [row["input"]["prompt"] for row in stage.ledger()]
    blocked.unlink()
    (again,) = recovery.resume(session, [left[0].id])
    assert again.wait(60).state == "done"
