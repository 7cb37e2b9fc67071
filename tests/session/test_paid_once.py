"""A cell whose submit nobody can vouch for, run again: what is known is shown, nothing is paid."""

import dataclasses

import pytest

from hailuo_nb.config import read_config
from hailuo_nb.core.request import make_request
from hailuo_nb.errors import TaskUnsure
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
