"""What a session does with what an earlier one left: watch, send, follow, settle, adopt."""

import dataclasses
import shutil
import time
from contextlib import suppress
from pathlib import Path

import pytest

from hailuo_nb.config import read_config
from hailuo_nb.core.request import make_request
from hailuo_nb.core.task import Snapshot
from hailuo_nb.errors import (
    HailuoError,
    SavingError,
    SetupError,
    TaskStopped,
    UnknownTask,
    UsageError,
)
from hailuo_nb.media.sources import find_image
from hailuo_nb.session import recovery, settling
from hailuo_nb.session.clip_dispatch import _MadeElsewhere
from hailuo_nb.session.plan import PlanItem
from hailuo_nb.session.session import Session
from tests.session.conftest import KEY, SPEED, Stage


def order(prompt: str) -> PlanItem:
    """Return the cheapest order of a prompt."""
    image = find_image("sample:forest", {})
    request = make_request(prompt=prompt, image=image.ref, resolution="512P")
    return PlanItem(request=request, image=image)


def recorded(session: Session, state: str, prompt: str, **facts: object) -> Snapshot:
    """Put a task into the history as an ended kernel would have left it."""
    snapshot = dataclasses.replace(session.dispatch._snapshot(order(prompt)), state=state, **facts)
    session.history.add(snapshot, folder=session.folder, key_print=session.key_print())
    return snapshot


def another(session: Session, stage: Stage, key: str = KEY) -> Session:
    """Open a second session on the same history, as a second kernel would."""
    environ = {"HAILUO_HOME": str(session.config.home), "HAILUO_BASE_URL": stage.url}
    second = Session(read_config(environ, session_key=key), display=lambda task: None)
    second.runner().shared.table_median_s = 180 / SPEED
    return second


def unexpected(known: Snapshot, error: HailuoError) -> None:
    """Fail where a cap refuses what it should not."""
    raise error


def prompts(stage: Stage) -> list[str]:
    """Return every prompt that was ever submitted."""
    return [row["input"]["prompt"] for row in stage.ledger()]


def test_what_never_left_is_sent_only_when_asked(session: Session, stage: Stage) -> None:
    """A row in state waiting is offered with its price, then sent once."""
    recorded(session, "waiting", "never left")
    left = recovery.left_unfinished(session)
    assert ([known.state for known in left.never_sent], left.price.credits) == (["waiting"], 12)
    assert recovery.watch(session, left.sent) == []
    assert "never left" not in prompts(stage)
    (task,) = recovery.send(session, left.never_sent, unexpected)
    assert task.wait(60).state == "done"
    assert prompts(stage).count("never left") == 1


def test_an_interrupted_submit_is_unsure(session: Session, stage: Stage) -> None:
    """A row in state submitting whose process is gone is never sent again by itself."""
    recorded(session, "submitting", "interrupted")
    left = recovery.left_unfinished(session)
    (task,) = recovery.watch(session, left.interrupted)
    assert task.state == "unsure"
    assert "may have been accepted and billed" in str(task.error)
    assert session.dispatch.submit(order("interrupted")).id == task.id
    assert "interrupted" not in prompts(stage)


def test_showing_what_never_left_does_not_hold_it_back(session: Session, stage: Stage) -> None:
    """A task that is only looked at can still be waited for, resumed and sent by its cell."""
    known = recorded(session, "waiting", "looked at")
    shown = session.dispatch.find(known.id)
    assert shown is not None
    with pytest.raises(TaskStopped, match="never sent"):
        shown.wait(60)
    assert [left.id for left in recovery.left_unfinished(session).never_sent] == [known.id]
    assert session.dispatch.submit(order("looked at")).wait(60).state == "done"
    assert prompts(stage).count("looked at") == 1


def test_the_same_cell_in_two_kernels_at_once_pays_once(session: Session, stage: Stage) -> None:
    """Whoever is second to record the request takes up the task of the first."""
    second = another(session, stage)
    first_look = second.history.same(order("twice").request, second.config.service)
    task = session.dispatch.submit(order("twice"))
    assert first_look is None
    with pytest.raises(_MadeElsewhere):
        second.dispatch._new(order("twice"), None)
    assert second.dispatch.submit(order("twice")).id == task.id
    assert task.wait(60).state == "done"
    assert prompts(stage).count("twice") == 1
    second.close()


def test_a_row_that_left_meanwhile_is_not_sent_again(session: Session, stage: Stage) -> None:
    """A submit begins only from a row that still waits and is held by this process."""
    known = recorded(session, "waiting", "left meanwhile")
    assert session.history.lease(known.id)
    begun = dataclasses.replace(known, state="submitting")
    assert session.history.begin_submit(begun)
    assert not session.history.begin_submit(begun)
    rival = another(session, stage)
    other = recorded(session, "waiting", "held elsewhere")
    assert session.history.lease(other.id)
    assert not rival.history.begin_submit(dataclasses.replace(other, state="submitting"))
    rival.close()


def test_stop_during_a_refused_submit_sends_nothing_more(session: Session, stage: Stage) -> None:
    """Who presses Stop while the service says "later" pays nothing."""
    stage.play("maintenance")
    task = session.dispatch.submit(PlanItem(request=make_request(prompt="stopped in time")))
    while task.snapshot.note is None:
        assert not task._job.over.wait(0.01)
    task.stop()
    with pytest.raises(TaskStopped):
        task.wait(60)
    stage.play()
    assert "stopped in time" not in prompts(stage)


def test_an_unsure_task_is_settled_by_its_id_or_by_nothing(session: Session, stage: Stage) -> None:
    """With a task id it is watched to its clip; dropped, the same cell may send it."""
    stage.play("drop-submit-reply")
    for prompt in ("settled", "dropped"):
        with suppress(HailuoError):
            session.dispatch.submit(order(prompt)).wait(60)
    stage.play()
    made = next(row["taskId"] for row in stage.ledger() if row["input"]["prompt"] == "settled")
    unsure = {known.request.prompt: known.id for known in session.history.newest(9, state="unsure")}
    assert settling.settle(session, unsure["settled"], made).wait(60).state == "done"
    dropped = settling.settle(session, unsure["dropped"], None)
    assert dropped.state == "failed"
    assert session.dispatch.submit(order("dropped")).wait(60).state == "done"
    with pytest.raises(UsageError, match="only an unsure"):
        settling.settle(session, dropped.id, None)


def test_a_task_that_was_asked_for_something_else_settles_nothing(
    session: Session, stage: Stage
) -> None:
    """Its prompt and model are compared first; whoever means it says so."""
    made = session.dispatch.submit(order("another prompt")).wait(60)
    assert made.task_id is not None
    session.history._database.write("DELETE FROM tasks", {})
    unsure = recorded(session, "unsure", "wants its clip")
    with pytest.raises(UsageError, match="prompt 'another prompt' instead of 'wants its clip'"):
        settling.settle(session, unsure.id, made.task_id)
    assert session.history.get(unsure.id) == unsure
    with pytest.raises(UnknownTask):
        settling.settle(session, unsure.id, "f" * 32)
    assert session.history.get(unsure.id) == unsure
    task = settling.settle(session, unsure.id, made.task_id, anyway=True)
    assert (task.wait(60).state, task.task_id) == ("done", made.task_id)


def test_a_task_of_which_nothing_is_said_settles_nothing(
    session: Session, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the service does not tell what it was asked for, the person has to mean it."""
    made = session.dispatch.submit(order("untold")).wait(60)
    session.history._database.write("DELETE FROM tasks", {})
    unsure = recorded(session, "unsure", "untold")
    monkeypatch.setattr("hailuo_nb.kie.looker.read_param", lambda _: {})
    with pytest.raises(UsageError, match=r"cannot be compared.*--anyway"):
        settling.settle(session, unsure.id, made.task_id)
    monkeypatch.undo()
    monkeypatch.chdir(session.folder.parent)
    assert settling.settle(session, unsure.id, made.task_id).wait(60).state == "done"


def test_a_run_made_elsewhere_is_adopted(session: Session, stage: Stage, tmp_path: Path) -> None:
    """A bare task id is enough: the request is rebuilt and the clip saved, unpaid."""
    made = session.dispatch.submit(order("made elsewhere")).wait(60)
    environ = {"HAILUO_HOME": str(tmp_path / "other"), "HAILUO_BASE_URL": stage.url}
    other = Session(read_config(environ, session_key=KEY), display=lambda task: None)
    adopted = recovery.adopt(other, made.task_id or "")
    assert adopted.wait(60).prompt == "made elsewhere"
    assert adopted.snapshot.request.resolution == "512P"
    assert prompts(stage).count("made elsewhere") == 1
    other.close()


def test_two_kernels_never_watch_one_task_twice(session: Session, stage: Stage) -> None:
    """The second follows the record of the first, and both end with the same clip."""
    stage.play("stuck-waiting")
    first = session.dispatch.submit(order("shared"))
    while first.task_id is None:
        assert not first._job.over.wait(0.01)
    second_session = another(session, stage)
    second = second_session.dispatch.submit(order("shared"))
    assert second.id == first.id
    stage.play()
    assert first.wait(60).state == "done"
    assert second.wait(60).video == first.video
    assert prompts(stage).count("shared") == 1
    second_session.close()


def test_a_follower_that_stops_leaves_the_record_alone(session: Session, stage: Stage) -> None:
    """Stop in one kernel is no stop in the one that looks after the task."""
    stage.play("stuck-waiting")
    first = session.dispatch.submit(order("followed"))
    while first.task_id is None:
        assert not first._job.over.wait(0.01)
    follower = another(session, stage)
    second = follower.dispatch.submit(order("followed"))
    second.stop()
    with pytest.raises(TaskStopped):
        second.wait(60)
    stage.play()
    assert first.wait(60).state == "done"
    assert session.history.find(first.id) == dataclasses.replace(
        first.snapshot, estimate=None, note=None
    )
    follower.close()


def test_a_task_is_taken_over_when_its_kernel_closes(session: Session, stage: Stage) -> None:
    """The lease ends with its holder, and the follower watches on."""
    stage.play("stuck-waiting")
    first = session.dispatch.submit(order("inherited"))
    while first.task_id is None:
        assert not first._job.over.wait(0.01)
    heir = another(session, stage)
    task = heir.dispatch.submit(order("inherited"))
    session.close()
    stage.play()
    assert task.wait(60).state == "done"
    assert prompts(stage).count("inherited") == 1
    heir.close()


def test_a_task_of_another_key_is_named_as_such(session: Session, stage: Stage) -> None:
    """It is neither watched with the wrong key nor called lost."""
    recorded(session, "queued", "somebody else's", task_id="f" * 32)
    stranger = another(session, stage, key="sk-another-key")
    left = recovery.left_unfinished(stranger)
    assert ([known.state for known in left.elsewhere], left.sent) == (["queued"], ())
    stranger.close()


def test_another_keys_task_is_not_watched_by_its_cell(session: Session, stage: Stage) -> None:
    """The service knows nothing of it for this key: that is said, and the record stays."""
    known = recorded(session, "queued", "of another key", task_id="e" * 32)
    stranger = another(session, stage, key="sk-another-key")
    for look in (
        lambda: stranger.dispatch.submit(order("of another key")),
        lambda: stranger.dispatch.find(known.id),
        lambda: recovery.resume(stranger, [known.id]),
    ):
        with pytest.raises(SetupError, match="made with another key") as caught:
            look()
        assert "--again" not in str(caught.value)
    assert session.history.get(known.id) == known
    assert stranger.history.lease(known.id)
    stranger.close()


def test_what_waits_since_yesterday_is_held_to_todays_cap(session: Session, stage: Stage) -> None:
    """Resuming what never left cannot spend past the cap; what still fits is sent."""
    days_ago = time.time() - 2 * 86400
    dear = make_request(prompt="of yesterday", duration_s=10)
    recorded(session, "waiting", "of yesterday", created_at=days_ago, request=dear)
    recorded(session, "waiting", "fits", created_at=days_ago + 1)
    session.history.budget.set_cap(15, "day")
    refused: list[str] = []
    left = recovery.left_unfinished(session).never_sent
    (task,) = recovery.send(session, left, lambda known, _: refused.append(known.request.prompt))
    assert (task.prompt, refused) == ("fits", ["of yesterday"])
    assert task.wait(60).state == "done"
    assert "of yesterday" not in prompts(stage)


def test_a_task_that_waits_since_today_is_counted_once(session: Session, stage: Stage) -> None:
    """Its hold is its price: the cap that has room for it lets its own cell run again."""
    recorded(session, "waiting", "of this morning")
    session.history.budget.set_cap(12, "day")
    assert session.dispatch.looked_up(order("of this morning")).there is None
    session.dispatch.check_budget([session.dispatch.looked_up(order("of this morning"))], None)
    assert session.dispatch.submit(order("of this morning")).wait(60).state == "done"
    assert prompts(stage).count("of this morning") == 1


def test_a_deleted_clip_is_fetched_again(session: Session, stage: Stage) -> None:
    """Whoever deletes a clip gets it back while the service has it, unpaid."""
    task = session.dispatch.submit(order("deleted")).wait(60)
    assert task.video is not None
    task.video.unlink()
    assert session.dispatch.submit(order("deleted")).wait(60).video == task.video
    assert task.video.is_file()
    assert prompts(stage).count("deleted") == 1


def test_a_moved_folder_is_found_again(session: Session, tmp_path: Path) -> None:
    """A clip that moved with its notebook is shown from where it is now."""
    task = session.dispatch.submit(order("moved")).wait(60)
    assert task.video is not None
    moved = tmp_path / "elsewhere"
    task.video.parent.rename(moved)
    session.config = dataclasses.replace(session.config, videos=moved)
    assert session.dispatch.submit(order("moved")).video == moved / task.video.name


@pytest.mark.parametrize("asks", ["resume", "resume it", "the cell"])
def test_a_clip_whose_folder_is_lost_goes_to_that_of_today(
    session: Session, stage: Stage, tmp_path: Path, asks: str
) -> None:
    """A disk that is gone or full does not keep a paid clip away: another folder is set."""
    prompt = f"homeless, {asks}"
    task = session.dispatch.submit(order(prompt)).wait(60)
    assert task.video is not None
    clip = task.video
    shutil.rmtree(clip.parent)
    clip.parent.touch()
    (lost,) = recovery.resume(session, [task.id])
    with pytest.raises(SavingError, match="set HAILUO_VIDEOS to another folder and run %reload_"):
        lost.wait(60)
    session.config = dataclasses.replace(session.config, videos=tmp_path / "elsewhere")
    if asks == "the cell":
        session.dispatch.submit(session.dispatch.looked_up(order(prompt)))
    else:
        recovery.resume(session, [task.id] if asks == "resume it" else [])
    found = session.dispatch.find(task.id)
    assert found is not None
    assert found.wait(60).video == tmp_path / "elsewhere" / clip.name
    assert prompts(stage).count(prompt) == 1


def test_images_wait_on_disk_until_they_are_sent(session: Session, stage: Stage) -> None:
    """An image's bytes outlive the kernel, and are gone once the task is accepted."""
    stage.play("maintenance")
    image = find_image("sample:peak", {})
    assert image.load is not None
    data = image.load()
    source = find_image(data, {})
    waiting = dataclasses.replace(
        session.dispatch._snapshot(order("kept")),
        request=make_request(prompt="kept", image=source.ref, resolution="512P"),
    )
    session.history.add(waiting, folder=session.folder, key_print=session.key_print())
    session.runner().shared.files.keep_input(waiting.id, "image", data)
    stage.play()
    (task,) = recovery.send(session, [waiting], unexpected)
    assert task.wait(60).state == "done"
    assert list((session.config.home / "inputs").iterdir()) == []


def test_sixty_tasks_at_once_from_three_kernels(
    session: Session, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rest wait in our queue: the service refuses none, and none is lost."""
    from hailuo_nb.runner import connection

    monkeypatch.setattr(connection, "CREATES_WINDOW_S", 0.5)
    kernels = [another(session, stage) for _ in range(3)]
    tasks = [
        kernel.dispatch.submit(
            PlanItem(request=make_request(prompt=f"crowd {kernel_number} {number}"))
        )
        for number in range(20)
        for kernel_number, kernel in enumerate(kernels)
    ]
    assert [task.wait(120).state for task in tasks] == ["done"] * 60
    made = [prompt for prompt in prompts(stage) if "crowd" in prompt]
    assert len(made) == len(set(made)) == 60
    sql = "SELECT at FROM passes WHERE gate = 'create' ORDER BY at"
    passed = [row["at"] for row in session.history._database.read(sql, {})]
    windows_s = [later - earlier for earlier, later in zip(passed, passed[20:], strict=False)]
    assert min(windows_s) >= 0.5
    for kernel in kernels:
        kernel.close()


def test_again_in_two_kernels_makes_two_samples(session: Session, stage: Stage) -> None:
    """Both asked for the next sample at the same moment: the later one gets the one after it."""
    session.dispatch.submit(order("asked twice")).wait(60)
    asked = dataclasses.replace(order("asked twice").as_sample(2), again=True)
    second = another(session, stage)
    made = [here.dispatch.submit(asked).wait(60) for here in (session, second)]
    assert [task.snapshot.request.sample for task in made] == [2, 3]
    assert prompts(stage).count("asked twice") == 3
    second.close()


def test_a_task_of_a_history_left_meanwhile_is_still_shown(
    session: Session, tmp_path: Path
) -> None:
    """Another HAILUO_HOME in the same kernel does not cut off the cards of the first."""
    task = session.dispatch.submit(order("of the first home"))
    session.configure(dataclasses.replace(session.config, home=tmp_path / "second"))
    seen: list[str] = []
    task.attach(lambda now: seen.append(now.id), lambda _: None)
    assert seen == [task.id]
    assert task.wait(60).state == "done"
