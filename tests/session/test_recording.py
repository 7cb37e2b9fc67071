"""A session that was recorded is played back to whoever has no key, and tells nothing private."""

import hashlib
import json
import zipfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from hailuo_nb import api
from hailuo_nb.errors import ExportError, OptionError, SimulatorError, TaskFailed, UsageError
from hailuo_nb.kie.record import HIDDEN, told_by
from hailuo_nb.notebook.verbs import run_verb
from hailuo_nb.runner.task import Task
from hailuo_nb.session import registry
from hailuo_nb.session.recording import HIDDEN_IMAGE, TOO_OLD
from hailuo_nb.session.session import Session
from hailuo_nb.session.simulator_process import restart_simulator
from hailuo_nb.store.answers import ANSWERS_MAX
from tests.session.conftest import KEY, Stage

PROMPT = "A lighthouse, 灯塔, [Pan left]"


def made(prompt: str = PROMPT, **more: object) -> Task:
    """Make one clip to its end."""
    task = api.generate(prompt, name="shot", **more)  # type: ignore[call-overload]
    assert isinstance(task, Task)
    with suppress(TaskFailed):
        api.wait([task], timeout=120)
    return task


def members(path: Path) -> dict[str, bytes]:
    """Return what a recording has in it."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_what_was_recorded_is_played_back(here: Session, tmp_path: Path, stage: Stage) -> None:
    """Without the key: the same clip after the same states; nothing private is in the file."""
    task, twin = made(image="sample:peak"), made(image="sample:harbour")
    stage.play("fail-moderation")
    failed = made("A prompt that is refused")
    stage.play()
    assert (task.state, twin.state, failed.state) == ("done", "done", "failed")
    run_verb("record shot")
    failing = api.record(failed, to="failing.hailuo")
    parts = members(tmp_path / "shot.hailuo")
    assert parts.keys() == {"session.json"}  # the name is the newest task's: the failed one
    path = api.record(task, failed, twin, to=tmp_path / "both")
    parts = members(path)
    assert hashlib.sha256(parts["1.mp4"]).hexdigest() == task.snapshot.sha256
    session = json.loads(parts["session.json"])
    first, second, _ = session["takes"]
    assert first["input"]["image_url"] == HIDDEN_IMAGE
    assert [one["told"]["state"] for one in first["answers"]][-1] == "success"
    assert second["clip"] is None and second["answers"][-1]["told"]["failMsg"]
    private = (KEY, task.task_id, failed.task_id, stage.url, "sample:peak")
    text = b"".join((parts["session.json"], failing.read_bytes())).decode(errors="replace")
    assert [one for one in private if one and one in text] == []

    home = tmp_path / "student"
    with restart_simulator(home, speed=4000, size_px=64, replay=path):
        replayed_here(home, task, twin)


def replayed_here(home: Path, task: Task, twin: Task) -> None:
    """Run the same prompts as somebody with an empty history and other images, and another one."""
    from hailuo_nb.config import read_config

    environ = {"HAILUO_HOME": str(home), "HAILUO_SIMULATOR": "on", "HAILUO_MEASURES": "off"}
    student = Session(read_config(environ), display=lambda task: None)
    registry.state["session"] = student
    try:
        again, second, failed, other = (
            made(prompt, **more)
            for prompt, more in (
                (PROMPT, {"image": "sample:harbour"}),
                (PROMPT, {"image": "sample:peak"}),
                ("A prompt that is refused", {}),
                ("Something that was never recorded", {}),
            )
        )
    finally:
        student.close()
    assert again.snapshot.sha256 == task.snapshot.sha256 != twin.snapshot.sha256
    assert second.snapshot.sha256 == twin.snapshot.sha256  # in turn, whichever image is given
    assert failed.snapshot.state == "failed" and "flagged" in (failed.snapshot.error or "")
    assert other.state == "done" and other.snapshot.sha256 != task.snapshot.sha256


def test_what_cannot_be_recorded_says_why(here: Session, tmp_path: Path) -> None:
    """An older task, one under way, a clip that was changed; nothing is written then."""
    task = made("One that is recorded")
    here.history._database.write("DELETE FROM answers", {})
    with pytest.raises(ExportError, match=TOO_OLD):
        api.record(task, to="old")
    assert task.snapshot.video is not None
    task = made("Another that is recorded")
    assert task.snapshot.video is not None
    task.snapshot.video.write_bytes(b"other")
    with pytest.raises(ExportError, match="not where it was saved, or was changed"):
        api.record(task, to="changed")
    with pytest.raises(ExportError, match="not 0"):
        api.record(to="nothing")
    assert list(tmp_path.glob("*.hailuo")) == []


def test_a_recording_that_is_none_leaves_the_simulator(here: Session, tmp_path: Path) -> None:
    """Nothing is ended, and the reason is told."""
    (tmp_path / "none.hailuo").write_bytes(b"no recording")
    with pytest.raises(SimulatorError, match=r"left as it was: .*none\.hailuo: it is no recorded"):
        run_verb("simulator --replay none.hailuo")
    with pytest.raises(SimulatorError, match="cannot be read"):
        run_verb("simulator --replay gone.hailuo")


def test_answers_are_kept_once_and_not_without_end(here: Session) -> None:
    """The same one twice is one; a service that never says the same fills no disk."""
    task = made("Kept once")
    answers = here.history.answers
    before = len(answers.of(task.id))
    last = answers.of(task.id)[-1]
    answers.keep(task.id, 9.0, last.told)
    assert len(answers.of(task.id)) == before
    for number in range(2 * ANSWERS_MAX):
        answers.keep(task.id, 9.0, {"state": f"new {number}"})
    assert len(answers.of(task.id)) == ANSWERS_MAX
    kept = here.history._database.read(
        "SELECT count(*) AS kept FROM answers WHERE id = :id", {"id": task.id}
    )
    assert kept[0]["kept"] == ANSWERS_MAX
    here.history._database.write("UPDATE answers SET body = '[1', at = 'x' WHERE rowid % 2", {})
    assert 0 < len(answers.of(task.id)) < ANSWERS_MAX


def test_only_what_may_be_shown_is_told() -> None:
    """Addresses, mail, ids and whatever has no name here are left out of an answer."""
    hostile = {
        "state": "fail",
        "taskId": "281e5b0f39b9a0c7",
        "failMsg": "see https://kie.ai/u/9?key=1 or me@example.com, task 281e5b0f39b9a0c7f: no",
        "failCode": 501,
        "param": '{"input": {"image_url": "https://private"}}',
        "costTime": "x",
        "creditsConsumed": float("nan"),
        "createTime": 1000,
        "completeTime": 61_000,
        "account": "somebody",
    }
    told = told_by(hostile, results=0)
    words = f"see {HIDDEN} or {HIDDEN} task {HIDDEN}: no"
    assert told == {"state": "fail", "failMsg": words, "failCode": "501", "tookMs": 60_000}
    assert told_by({"state": 10**5000, "failMsg": True, "failCode": [1]}, results=0) == {}


def test_an_unfinished_task_is_not_recorded(here: Session, stage: Stage) -> None:
    """It says what to wait for."""
    stage.play("stuck-waiting")
    task = api.generate("Stuck", name="stuck")
    with pytest.raises(ExportError, match="has not ended yet"):
        api.record(task, to="stuck")
    assert isinstance(task, Task)
    assert replace(task.snapshot, state="done").state == "done"
    stage.play()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("resolve shot", "Usage: %hailuo resolve NAME --task TASKID"),
        ("history --limit 0", r"Usage: %hailuo history \[WORDS\]"),
        ("budget -5", "Usage: %hailuo budget"),
        ("simulator --size 3", "Usage: %hailuo simulator"),
        ("history --since blah", "Such as 2026-09-30"),
    ],
)
def test_a_verb_s_refusal_says_how_the_verb_is_typed(here: Session, line: str, words: str) -> None:
    """The options of a cell are others; a refusal that has advice of its own keeps it."""
    with pytest.raises(OptionError, match=words):
        run_verb(line)


def test_who_failed_is_not_waited_for(here: Session, stage: Stage) -> None:
    """An export of nothing says what would help."""
    stage.play("fail-moderation")
    made("A prompt that is refused, too")
    with pytest.raises(UsageError, match=r"None of these has a clip yet.*%hailuo show NAME says"):
        run_verb("export shot none.html")
