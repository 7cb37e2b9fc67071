"""A cell whose submit nobody can vouch for, run again: what is known is shown, nothing is paid."""

import dataclasses

import pytest

from hailuo_nb.config import read_config
from hailuo_nb.core.request import make_request
from hailuo_nb.errors import HailuoError, TaskUnsure
from hailuo_nb.session.expand import Ask
from hailuo_nb.session.plan import PlanItem
from hailuo_nb.session.planning import make_plan
from hailuo_nb.session.session import Session
from tests.session.conftest import KEY, Stage


def new_kernel(session: Session, stage: Stage) -> Session:
    """End a session and open the next one on its history."""
    session.close()
    environ = {"HAILUO_HOME": str(session.config.home), "HAILUO_BASE_URL": stage.url}
    return Session(read_config(environ, session_key=KEY), display=lambda _: None)


def sent(stage: Stage, prompt: str) -> int:
    """Return how often a prompt was submitted."""
    return [row["input"]["prompt"] for row in stage.ledger()].count(prompt)


def run_again(session: Session, prompt: str) -> str:
    """Run the cell again, which is unsure, and return its task's id."""
    plan = make_plan(session, Ask(prompt=prompt))
    assert plan.due == ()
    task = session.dispatch.submit(plan.clips[0])
    with pytest.raises(TaskUnsure, match="may have been accepted and billed"):
        task.wait(60)
    return task.id


def test_an_unsure_cell_run_again_in_a_new_kernel_pays_nothing(
    session: Session, stage: Stage
) -> None:
    """Its reply was lost: the next kernel plans nothing to send, and sends nothing."""
    stage.play("drop-submit-reply")
    plan = make_plan(session, Ask(prompt="lost on the way"))
    task = session.dispatch.submit(plan.clips[0])
    with pytest.raises(TaskUnsure):
        task.wait(60)
    stage.play()
    next_one = new_kernel(session, stage)
    assert run_again(next_one, "lost on the way") == task.id
    assert sent(stage, "lost on the way") == 1
    next_one.close()


def test_a_cell_killed_amid_its_submit_pays_nothing(session: Session, stage: Stage) -> None:
    """The kernel ended while it was being sent: the next one calls it unsure, and sends nothing."""
    item = PlanItem(request=make_request(prompt="killed on the way"))
    begun = dataclasses.replace(session.dispatch._snapshot(item), state="submitting")
    session.history.add(begun, folder=session.folder, key_print=session.key_print())
    next_one = new_kernel(session, stage)
    assert run_again(next_one, "killed on the way") == begun.id
    assert sent(stage, "killed on the way") == 0
    next_one.close()


def old_cell(session: Session, cell: str, typed: str) -> str:
    """Send what a cell with blanks inside its braces was sent as before they were trimmed."""
    task = session.dispatch.submit(make_plan(session, Ask(prompt=typed, verbatim=True)).clips[0])
    task.wait(60)
    assert make_plan(session, Ask(prompt=typed, verbatim=True)).due == ()
    there = make_plan(session, Ask(prompt=cell)).clips[0].there
    assert there is not None
    assert there.id == task.id
    return task.id


def test_a_cell_from_before_braces_were_trimmed_is_free(session: Session, stage: Stage) -> None:
    """The history's task of the text as it was typed stands for it, in a plan and when sent."""
    id = old_cell(session, "A {calm | wild} old sea", "A calm  old sea")
    plan = make_plan(session, Ask(prompt="A {calm | wild} old sea"))
    assert [item.request.prompt for item in plan.due] == ["A wild old sea"]
    blind = [dataclasses.replace(item, recorded=None, there=None) for item in plan.clips]
    assert session.dispatch.submit(blind[0]).id == id
    assert sent(stage, "A calm old sea") == 0


def test_a_sample_more_of_an_old_cell_is_paid_for(session: Session, stage: Stage) -> None:
    """It is the person's wish, and what is sent is the text as it is written today."""
    old_cell(session, "An {odd | even} sea", "An odd  sea")
    plan = make_plan(session, Ask(prompt="An {odd | even} sea", again=True))
    assert len(plan.due) == 2
    session.dispatch.submit(plan.due[0]).wait(60)
    assert sent(stage, "An odd sea") == 1
    both = make_plan(session, Ask(prompt="An {odd | even} sea", repeat=2)).clips[:2]
    shown = [item.there.request for item in both if item.there is not None]
    assert [(one.prompt, one.sample) for one in shown] == [("An odd  sea", 1), ("An odd sea", 2)]


def test_an_old_clip_stands_before_a_newer_failure(session: Session, stage: Stage) -> None:
    """Nothing is sent once more, not even with --retry, for what was made and paid for."""
    stage.play("fail-internal")
    failed = session.dispatch.submit(make_plan(session, Ask(prompt="A kept sea")).clips[0])
    with pytest.raises(HailuoError):
        failed.wait(60)
    stage.play()
    id = old_cell(session, "A {kept | lost} sea", "A kept  sea")
    plan = make_plan(session, Ask(prompt="A {kept | lost} sea", retry=True))
    assert [item.there.id if item.there else None for item in plan.clips] == [id, None]


def test_the_clip_of_an_old_cell_is_found_without_a_history(session: Session, stage: Stage) -> None:
    """By the file beside it."""
    id = old_cell(session, "A {cold | hot} sea", "A cold  sea")
    elsewhere = {"HAILUO_HOME": str(session.config.home / "new"), "HAILUO_BASE_URL": stage.url}
    next_one = Session(read_config(elsewhere, session_key=KEY), display=lambda _: None)
    there = make_plan(next_one, Ask(prompt="A {cold | hot} sea")).clips[0].there
    next_one.close()
    assert there is not None
    assert there.id == id
