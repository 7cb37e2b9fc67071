"""Another try of what failed: in its place, for the very sample, and never past a cap."""

import dataclasses
from typing import Any

import pytest

from hailuo_nb.core.matrix import Axis
from hailuo_nb.core.request import make_request
from hailuo_nb.core.task import Snapshot
from hailuo_nb.errors import HailuoError, TaskFailed
from hailuo_nb.media.sources import find_image
from hailuo_nb.runner.experiment import Experiment
from hailuo_nb.runner.task import Task
from hailuo_nb.session.dispatch import SendInterrupted
from hailuo_nb.session.plan import Plan, PlanItem
from hailuo_nb.session.planning import looked_up
from hailuo_nb.session.session import Session
from hailuo_nb.views.display import _GridView
from tests.session.conftest import Stage


def sent(session: Session, *orders: PlanItem) -> Experiment:
    """Send orders as one experiment."""
    axis = Axis(name="pace", values=tuple(order.label for order in orders))
    plan = looked_up(session, Plan(axes=(axis,), clips=orders))
    return session.dispatch.send(plan, display=lambda shown: None)


def order(prompt: str, label: str = "", *, sample: int = 1) -> PlanItem:
    """Return the cheapest order of a prompt."""
    image = find_image("sample:forest", {})
    request = make_request(prompt=prompt, image=image.ref, resolution="512P", sample=sample)
    return PlanItem(request=request, image=image, label=label)


def test_another_try_is_of_the_sample_that_failed(session: Session, stage: Stage) -> None:
    """Also where another kernel had taken the sample that was planned."""
    session.dispatch.submit(order("tried again", sample=2)).wait(60)
    stage.play("fail-moderation")
    again = dataclasses.replace(order("tried again", sample=2), again=True)
    tries = sent(session, again)
    with pytest.raises(TaskFailed):
        tries.wait(60)
    stage.play()
    failed = tries[0].snapshot
    assert tries.try_again(0).wait(60).snapshot.request == failed.request
    assert (failed.request.sample, tries[0].state, tries[0].id != failed.id) == (3, "done", True)


def test_what_is_there_is_not_tried_again(session: Session, stage: Stage) -> None:
    """Another try of a clip that is done is that clip, free."""
    made = sent(session, order("there already")).wait(60)
    assert made.try_again(0).id == made[0].id
    assert [row["input"]["prompt"] for row in stage.ledger()].count("there already") == 1


class Told:
    """The outermost end: a grid that notes what it is told."""

    def __init__(self) -> None:
        self.snapshots: list[Snapshot] = []

    def update(self, at: int, snapshot: Snapshot) -> None:
        """Note a cell's new state."""
        self.snapshots.append(snapshot)


def test_a_try_past_the_cap_is_refused_in_its_cell(session: Session, stage: Stage) -> None:
    """The reason of the failure stays; why it was not sent stands below it."""
    stage.play("fail-moderation")
    tries = sent(session, order("past the cap"))
    with pytest.raises(TaskFailed):
        tries.wait(60)
    stage.play()
    session.history.budget.set_cap(1, "day")
    view, told = _GridView(session, tries), Told()
    view.grid = told  # type: ignore[assignment]
    view.retry(0)
    (refused,) = told.snapshots
    assert refused.error == tries[0].snapshot.error
    assert refused.note is not None
    assert "1 of the 1 a day are left" in refused.note
    assert [row["input"]["prompt"] for row in stage.ledger()].count("past the cap") == 1


@pytest.mark.parametrize(
    ("again", "advice"),
    [
        (False, "Run the cell again: what is there is free."),
        (True, "--repeat 2 in place of --again shows what is there, free, and sends the rest."),
    ],
)
def test_a_cell_cut_short_says_how_to_go_on(session: Session, again: bool, advice: str) -> None:
    """One of two fits into the budget: the way to the rest never pays for the first again."""
    session.history.budget.set_cap(15, "day")
    prompt = f"cut short {again}"
    orders = [
        dataclasses.replace(order(prompt, str(sample), sample=sample), again=again)
        for sample in (1, 2)
    ]
    with pytest.raises(HailuoError, match="1 of 2 clips are on their way") as caught:
        sent(session, *orders)
    assert caught.value.advice == advice


def test_an_interrupted_cell_says_what_is_under_way(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Interrupt between two clips: one line, no traceback, and the first goes on."""
    submit, made = session.dispatch.submit, []

    def interrupted(asked: PlanItem, **limits: Any) -> Task:
        if made:
            raise KeyboardInterrupt
        made.append(submit(asked, **limits))
        return made[0]

    monkeypatch.setattr(session.dispatch, "submit", interrupted)
    with pytest.raises(
        SendInterrupted, match="after 1 of 2 clips; what was sent goes on"
    ) as caught:
        sent(session, order("first of two", "1"), order("second of two", "2"))
    assert len(caught.value._render_traceback_()) == 1
    assert made[0].wait(60).state == "done"
