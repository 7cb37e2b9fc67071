"""Another try of what failed: in its place, for the very sample, and never past a cap."""

import dataclasses
import sqlite3
from contextlib import closing
from typing import Any

import pytest

from hailuo_nb.core.matrix import Axis
from hailuo_nb.core.request import make_request
from hailuo_nb.core.task import Snapshot
from hailuo_nb.errors import BudgetExceeded, HailuoError, StoreError, TaskFailed, UsageError
from hailuo_nb.media.sources import find_image
from hailuo_nb.runner.experiment import Experiment
from hailuo_nb.runner.task import Task
from hailuo_nb.session.dispatch import SendInterrupted
from hailuo_nb.session.lookup import find
from hailuo_nb.session.plan import Plan, PlanItem
from hailuo_nb.session.planning import looked_up
from hailuo_nb.session.session import Session
from hailuo_nb.views.display import _View
from tests.session.conftest import Stage


def sent(session: Session, *orders: PlanItem) -> Experiment:
    """Send orders as one experiment."""
    axis = Axis(name="pace", values=tuple(order.label for order in orders))
    plan = looked_up(session, Plan(axes=(axis,), clips=orders))
    return session.dispatch.send(plan)


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
    view, told = _View(session, tries, tries.try_again), Told()
    view.output = told  # type: ignore[assignment]
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


def recorded(session: Session, name: str) -> Experiment:
    """Return an experiment as a later kernel finds it by its name."""
    found = find(session, name)
    assert isinstance(found, Experiment)
    return found


def named(prompt: str, label: str, name: str) -> PlanItem:
    """Return the cheapest order of a prompt in an experiment of this name."""
    return dataclasses.replace(order(prompt, label), name=name)


def test_what_failed_is_tried_again_from_its_record(session: Session, stage: Stage) -> None:
    """Another try stands in the place of what failed, also once the name is looked up again."""
    stage.play("fail-moderation")
    with pytest.raises(TaskFailed):
        sent(session, named("kept", "1", "kept"), named("kept too", "2", "kept")).wait(60)
    stage.play()
    found = recorded(session, "kept")
    assert [one.state for one in found] == ["failed", "failed"]
    made = found.try_again(1).wait(60)
    assert [one.id for one in recorded(session, "kept")] == [found[0].id, made.id]
    assert recorded(session, "kept").name == "kept"


def test_a_cell_cut_short_is_found_as_far_as_it_was_sent(session: Session) -> None:
    """It is recorded before its first clip leaves: a kernel may end amid it."""
    session.history.budget.set_cap(15, "day")
    with pytest.raises(HailuoError, match="1 of 2 clips are on their way"):
        sent(session, named("half", "1", "half"), named("half too", "2", "half"))
    found = recorded(session, "half")
    assert [place.label for place in found.places] == ["1"]
    assert found.study.notes == ("1 clip more: never sent. The cell sends the rest.",)
    found.wait(60)


def test_an_experiment_of_which_nothing_was_sent_says_so(session: Session) -> None:
    """Its record alone is nothing to show."""
    session.history.budget.set_cap(1, "day")
    with pytest.raises(BudgetExceeded):
        sent(session, named("none", "1", "none"))
    with pytest.raises(UsageError, match="No clip of none was sent"):
        find(session, "none")


def test_a_damaged_record_is_named(session: Session) -> None:
    """The person is told which field is wrong; the clips are listed as before."""
    sent(session, named("damaged", "1", "damaged")).wait(60)
    with closing(sqlite3.connect(session.history.path)) as database:
        database.execute("UPDATE experiments SET form = '{\"axes\": 7}'")
        database.commit()
    with pytest.raises(StoreError, match="'axes' holds something else"):
        find(session, "damaged")
    assert find(session, "damaged · 1").state == "done"  # type: ignore[union-attr]


def test_clips_of_a_lost_row_are_found_by_their_sidecars(session: Session) -> None:
    """Where the history has the experiment and not its task, the clip's own file tells of it."""
    made = sent(session, named("lost", "1", "lost")).wait(60)
    with closing(sqlite3.connect(session.history.path)) as database:
        database.execute("DELETE FROM leases")
        database.execute("DELETE FROM posters")
        database.execute("DELETE FROM tasks")
        database.commit()
    assert [one.video for one in recorded(session, "lost")] == [made[0].video]
