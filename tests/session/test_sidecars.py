"""A clip is found by its own file where no history tells of it; finding it changes nothing."""

import dataclasses
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from hailuo_nb.config import read_config
from hailuo_nb.errors import SidecarError, UsageError
from hailuo_nb.runner.task import Task
from hailuo_nb.session import recovery
from hailuo_nb.session.lookup import find
from hailuo_nb.session.session import Session
from hailuo_nb.store.sidecar import write_sidecar
from hailuo_nb.views.compare.comparison import members
from tests.session.conftest import KEY, Stage
from tests.session.test_recovery import order


@pytest.fixture
def newcomer(session: Session, stage: Stage, tmp_path: Path) -> Iterator[Session]:
    """Open a session beside the same clips whose history is empty."""
    environ = {"HAILUO_HOME": str(tmp_path / "empty"), "HAILUO_BASE_URL": stage.url}
    opened = Session(read_config(environ, session_key=KEY), display=lambda task: None)
    yield opened
    opened.close()


def made(session: Session, prompt: str) -> tuple[Task, Path]:
    """Make a clip and return its task and file."""
    task = session.dispatch.submit(order(prompt)).wait(60)
    assert task.video is not None
    return task, task.video


def found(here: Session, meant: str | Path) -> Task:
    """Return the one task that is meant."""
    task = find(here, meant)
    assert isinstance(task, Task)
    return task


@pytest.mark.parametrize("form", ["path", "text", "sidecar", "id"])
def test_a_clip_is_found_by_its_file(
    session: Session, newcomer: Session, stage: Stage, tmp_path: Path, form: str
) -> None:
    """By path or by id it is the finished task, with a picture; nothing is sent or recorded."""
    task, video = made(session, f"found by {form}")
    sent = len(stage.ledger())
    relative = video.relative_to(tmp_path)
    forms: dict[str, str | Path] = {
        "path": video,
        "text": str(relative),
        "sidecar": str(relative.with_suffix(".json")),
        "id": task.id,
    }
    again = found(newcomer, forms[form])
    assert again.wait(0) is again
    assert (again.id, again.prompt, again.credits) == (task.id, task.prompt, task.credits)
    assert again.video is not None
    assert again.video.samefile(video)
    assert again.snapshot.poster == task.snapshot.poster
    assert (newcomer.history.newest(9), newcomer.tasks, len(stage.ledger())) == ([], [], sent)


def test_what_the_history_knows_comes_from_it(session: Session) -> None:
    """The file of a recorded task is that task, with all that only the history knows."""
    task, video = made(session, "recorded")
    again = found(session, str(video))
    assert again.snapshot == task.snapshot
    assert [one.task.id for one in members([task, again])] == [task.id]


def test_a_copy_is_found_where_the_recorded_clip_is_gone(session: Session, tmp_path: Path) -> None:
    """A clip that was moved without its notebook plays from where it is now."""
    task, video = made(session, "moved away")
    shutil.move(video.parent, tmp_path / "attic")
    assert found(session, tmp_path / "attic" / video.name).video == tmp_path / "attic" / video.name
    assert session.history.get(task.id) == dataclasses.replace(task.snapshot, estimate=None)


def test_a_foreign_file_takes_no_task_s_place(session: Session, tmp_path: Path) -> None:
    """One that claims the id of a recorded task is another clip, and the task stays as it is."""
    task, video = made(session, "the real one")
    other = tmp_path / "shared" / video.name
    other.parent.mkdir()
    copied, clip = made(session, "the other one")
    shutil.copy(clip, other)
    request = dataclasses.replace(task.snapshot.request, prompt="a lie")
    lie = dataclasses.replace(copied.snapshot, id=task.id, request=request, video=other)
    write_sidecar(lie)
    before = task.snapshot
    assert found(session, other).prompt == "a lie"
    assert task.snapshot == before
    assert found(session, task.id).snapshot == before


def test_there_is_nothing_to_resume(session: Session, newcomer: Session, stage: Stage) -> None:
    """A saved clip is shown once more, and neither the service nor the history hears of it."""
    _, video = made(session, "saved already")
    sent = len(stage.ledger())
    (task,) = recovery.resume(newcomer, [str(video)])
    assert (task.state, newcomer.history.newest(9), len(stage.ledger())) == ("done", [], sent)


def test_a_damaged_sidecar_is_said(session: Session, newcomer: Session) -> None:
    """By its path or its id the sentence names the file."""
    task, video = made(session, "damaged")
    video.with_suffix(".json").write_text('{"version": 1')
    for meant in (video, task.id):
        with pytest.raises(SidecarError, match=rf"{task.id}\.json does not say"):
            find(newcomer, meant)


@pytest.mark.parametrize("meant", ["nowhere", "nowhere.mp4", "~nobody/a.json", "../a", "a" * 5000])
def test_what_is_no_clip_is_not_found(session: Session, meant: str) -> None:
    """Whatever is typed, the answer is a sentence."""
    with pytest.raises(UsageError, match="There is no"):
        find(session, meant)


def test_a_cell_whose_history_is_gone_does_not_pay_again(
    session: Session, stage: Stage, tmp_path: Path
) -> None:
    """The clip and its sidecar are enough to show it; only --again pays."""
    made = session.dispatch.submit(order("history gone")).wait(60)
    anew = dataclasses.replace(session.config, home=tmp_path / "anew")
    later = Session(anew, display=lambda task: None)
    known = later.dispatch.looked_up(order("history gone")).there
    assert known is not None
    assert known.id == made.id
    shown = later.dispatch.submit(order("history gone"))
    assert (shown.id, shown.state, shown.video) == (made.id, "done", made.video)
    assert "no history knows this clip" in shown.snapshot.warnings[-1]
    assert later.history.newest(9) == []
    assert made.video is not None
    made.video.write_bytes(b"no longer the clip of its sidecar")
    assert later.dispatch.looked_up(order("history gone")).there is None
    assert later.dispatch.looked_up(order("another prompt")).there is None
    later.close()
