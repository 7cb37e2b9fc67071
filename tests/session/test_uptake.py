"""What is taken up is paid for once, held to the caps, and asked for with any key."""

import dataclasses
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from hailuo_nb.core.budget import Per
from hailuo_nb.core.request import make_request
from hailuo_nb.core.task import Record, Snapshot
from hailuo_nb.errors import BudgetExceeded, HailuoError, UsageError
from hailuo_nb.notebook.magic import welcome
from hailuo_nb.runner import submit
from hailuo_nb.runner.task import Task
from hailuo_nb.session import recovery, settling
from hailuo_nb.session.plan import PlanItem
from hailuo_nb.session.services import connector
from hailuo_nb.session.session import Session
from tests.session.conftest import Stage
from tests.session.test_recovery import another, order, prompts, recorded

DAY_S = 86400.0


def shown(session: Session, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Catch what is put on the page."""
    texts: list[str] = []

    def show(*, html: str | None, text: str) -> None:
        texts.append(text)

    monkeypatch.setattr(session.host, "show", show)
    return texts


def of_yesterday(session: Session, number: int, prompt: str) -> list[Snapshot]:
    """Record tasks of 12 credits each that never left yesterday."""
    at = time.time() - DAY_S
    return [
        recorded(session, "waiting", f"{prompt} {place}", created_at=at + place)
        for place in range(number)
    ]


def test_a_clock_that_was_set_back_makes_no_cell_pay_again(session: Session, stage: Stage) -> None:
    """The refused row of a time to come does not hide the clip that the cell has made since."""
    recorded(session, "failed", "set back", created_at=time.time() + 7200)
    made = [session.dispatch.submit(order("set back")).wait(60).id for _ in range(3)]
    assert len(set(made)) == 1
    assert prompts(stage).count("set back") == 1


@pytest.mark.parametrize("per", ["day", "session"])
def test_resume_sends_what_fits_the_caps(
    session: Session, stage: Stage, monkeypatch: pytest.MonkeyPatch, per: Per
) -> None:
    """Of five that never left, two fit; the others are refused in words and wait on."""
    known = of_yesterday(session, 5, f"fits {per}")
    texts = shown(session, monkeypatch)
    session.history.budget.set_cap(30, per)
    tasks = recovery.resume(session, [])
    assert [task.wait(60).prompt for task in tasks] == [f"fits {per} 0", f"fits {per} 1"]
    assert sum(f"6 of the 30 a {per} are left" in text for text in texts) == 3
    assert [task.state for task in session.history.unfinished()] == ["waiting"] * 3
    assert sum(prompt.startswith(f"fits {per}") for prompt in prompts(stage)) == 2
    with pytest.raises(BudgetExceeded, match=f"6 of the 30 a {per}"):
        recovery.resume(session, [known[4].id])


def test_a_cell_of_yesterday_is_held_to_the_session_s_cap(session: Session, stage: Stage) -> None:
    """Its tasks that never left count for the session that sends them."""
    of_yesterday(session, 2, "cell of yesterday")
    session.history.budget.set_cap(20, "session")
    assert session.dispatch.submit(order("cell of yesterday 0")).wait(60).state == "done"
    with pytest.raises(BudgetExceeded, match="8 of the 20 a session"):
        session.dispatch.submit(order("cell of yesterday 1"))


def test_what_another_kernel_resumed_counts_today(session: Session, stage: Stage) -> None:
    """Before its first byte leaves, too: it waits, and it is looked after."""
    session.history.pause_gate(session.config.service, "create", 300)
    first, second = of_yesterday(session, 2, "of two kernels")
    session.history.budget.set_cap(20, "day")
    sent = session.dispatch.take_up(first, send=True)
    assert sent is not None
    rival = another(session, stage)
    with pytest.raises(BudgetExceeded, match="8 of the 20 a day"):
        rival.dispatch.take_up(second, send=True)
    rival.close()
    sent.stop()
    with suppress(HailuoError):
        sent.wait(60)


def test_what_was_sent_is_never_held_back(session: Session, stage: Stage) -> None:
    """Watching is free, whatever the caps say."""
    stage.play("stuck-waiting")
    task = session.dispatch.submit(order("above any cap"))
    while task.task_id is None:
        assert not task._job.over.wait(0.01)
    session.close()
    heir = another(session, stage)
    heir.history.budget.set_cap(1, "day")
    heir.history.budget.set_cap(1, "session")
    (watched,) = recovery.watch(heir, recovery.left_unfinished(heir).sent)
    stage.play()
    assert watched.wait(60).state == "done"
    heir.close()


def test_a_task_of_the_service_settles_one_of_ours(session: Session, stage: Stage) -> None:
    """An id that another task has is refused; nothing is saved or counted twice."""
    made = session.dispatch.submit(order("has the id")).wait(60)
    unsure = recorded(session, "unsure", "wants the id")
    with pytest.raises(UsageError, match=f"{made.task_id} is {made.snapshot.label} already"):
        settling.settle(session, unsure.id, made.task_id)
    assert session.history.get(unsure.id) == unsure
    assert settling.settle(session, unsure.id, None).state == "failed"


def test_a_run_made_elsewhere_is_adopted_once(
    session: Session, stage: Stage, tmp_path: Path
) -> None:
    """Two kernels that adopt it at the same moment have one task of it."""
    made = session.dispatch.submit(order("adopted by two")).wait(60)
    request = made.snapshot.request
    record = Record(task_id=made.task_id or "", phase="success")
    home = dataclasses.replace(session.config, home=tmp_path / "other")
    one = Session(home, display=lambda task: None)
    two = Session(home, display=lambda task: None)
    tasks = [here.dispatch.record_made(request, record) for here in (one, two)]
    assert tasks[0].id == tasks[1].id
    assert [task.wait(60).state for task in tasks] == ["done", "done"]
    assert len(one.history.newest(9)) == 1
    one.close()
    two.close()


@pytest.mark.parametrize(
    "look",
    [
        lambda here, known: here.dispatch.submit(order("of the former key")),
        lambda here, known: recovery.resume(here, [known.id])[0],
        lambda here, known: here.dispatch.find(known.id),
    ],
    ids=["cell", "resume", "show"],
)
def test_a_clip_of_a_former_key_is_had_where_the_service_gives_it(
    session: Session, stage: Stage, look: Callable[[Session, Snapshot], Task]
) -> None:
    """Asking is free: a new key of the same account sees what the former one made."""
    before = prompts(stage).count("of the former key")
    made = session.dispatch.submit(order("of the former key")).wait(60)
    session.close()
    assert made.video is not None
    made.video.unlink()
    heir = another(session, stage)
    assert heir.history.lease(made.id)
    going = dataclasses.replace(made.snapshot, state="saving", video=None)
    heir.history.save(going)
    heir.history.release(made.id)
    heir.history.set_key_print(made.id, "0123456789abcdef")
    assert recovery.left_unfinished(heir).elsewhere != ()
    assert look(heir, going).wait(60).video == made.video
    assert made.video.is_file()
    assert prompts(stage).count("of the former key") == before + 1
    heir.close()


def test_resume_names_what_another_key_made(
    session: Session, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bare resume watches it not, and is not silent of it."""
    recorded(session, "queued", "named", name="cat", task_id="d" * 32)
    recorded(session, "stopped", "given up", name="dog", task_id="c" * 32)
    stranger = another(session, stage, key="sk-another-key")
    texts = shown(stranger, monkeypatch)
    assert recovery.resume(stranger, []) == []
    (text,) = texts
    assert "2 unfinished tasks made with another key or service: cat, dog." in text
    stranger.close()


def test_what_never_left_is_of_the_key_that_sends_it(session: Session, stage: Stage) -> None:
    """The fingerprint in its row is that of the key that paid."""
    known = recorded(session, "waiting", "sent by the new key")
    stranger = another(session, stage, key="sk-another-key")
    task = stranger.dispatch.submit(order("sent by the new key"))
    assert (task.id, task.wait(60).state) == (known.id, "done")
    assert stranger.history.key_print_of(known.id) == stranger.key_print() != session.key_print()
    stranger.close()


def test_a_salt_of_earlier_is_kept_in_the_history(session: Session, stage: Stage) -> None:
    """Its file is read once: with the file gone the same key is still the same."""
    file = session.config.home / "salt"
    session.config.home.mkdir()
    file.write_bytes(b"0123456789abcdef")
    assert session.history.salt() == b"0123456789abcdef"
    first = session.key_print()
    file.unlink()
    second = another(session, stage)
    assert second.key_print() == first is not None
    second.close()


def test_an_unsure_task_is_told_of_until_it_is_settled(
    session: Session, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each load counts it and each resume says how to settle it; then both are silent."""
    known = recorded(session, "unsure", "open")
    for _ in range(2):
        later = another(session, stage)
        texts = shown(later, monkeypatch)
        line = welcome(later.config, later.host, recovery.left_unfinished(later))
        assert "1 unsure task may have been billed: %hailuo resume" in line
        recovery.resume(later, [])
        assert f"%hailuo resolve {known.id} --task TASKID" in texts[0]
        later.close()
    settling.settle(session, known.id, None)
    assert recovery.left_unfinished(session).unsure == ()


def test_a_damaged_clip_is_fetched_again(session: Session, stage: Stage) -> None:
    """A clip that was cut short since counts as deleted, and costs nothing."""
    task = session.dispatch.submit(order("cut short")).wait(60)
    assert task.video is not None
    whole = task.video.read_bytes()
    with task.video.open("r+b") as file:
        file.truncate(300)
    assert session.dispatch.submit(order("cut short")).wait(60).video == task.video
    assert task.video.read_bytes() == whole
    assert prompts(stage).count("cut short") == 1


def test_a_damaged_clip_is_replaced_by_a_good_one_alone(session: Session, stage: Stage) -> None:
    """Where the service has it no more, what is left of it stays."""
    task = session.dispatch.submit(order("cut for good")).wait(60)
    clip = task.video
    assert clip is not None
    clip.write_bytes(b"remains")
    stage.play("expired-file")
    with suppress(HailuoError):
        session.dispatch.submit(order("cut for good")).wait(60)
    assert session.dispatch.submit(order("cut for good")).state != "done"
    assert clip.read_bytes() == b"remains"
    assert prompts(stage).count("cut for good") == 1


@pytest.mark.parametrize("named", [False, True])
def test_resume_sends_what_a_lost_network_kept(
    session: Session, stage: Stage, monkeypatch: pytest.MonkeyPatch, named: bool
) -> None:
    """A submit that was given up and never left is sent for its price, once."""
    prompt = f"offline, named {named}"
    monkeypatch.setattr(submit, "GIVE_UP_AFTER_S", 0.0)
    port = "http://127.0.0.1:9"
    away = dataclasses.replace(session.config, api_origin=port, key_origins=frozenset({port}))
    monkeypatch.setattr(session.runner().shared, "connect", connector(away))
    failed = session.dispatch.submit(PlanItem(request=make_request(prompt=prompt), name="cat"))
    with pytest.raises(HailuoError, match="could not be reached"):
        failed.wait(60)
    session.close()
    later = another(session, stage)
    texts = shown(later, monkeypatch)
    (task,) = recovery.resume(later, [failed.id] if named else [])
    assert (task.wait(60).state, task.name) == ("done", "cat")
    assert "never left: " in texts[0] and "30 credits" in texts[0]
    assert recovery.resume(later, []) == []
    assert prompts(stage).count(prompt) == 1
    later.close()


def test_resume_sends_nothing_that_the_service_refused(session: Session, stage: Stage) -> None:
    """A refused task is offered by its cell alone, and one of long ago by its name alone."""
    recorded(session, "failed", "refused", error_kind="NotEnoughCredits")
    long_ago = time.time() - 2 * DAY_S
    recorded(session, "failed", "of long ago", error_kind="NotSent", created_at=long_ago)
    assert recovery.resume(session, []) == []
