"""A run that was made elsewhere counts on its own day, at its own price."""

import time
from dataclasses import replace
from pathlib import Path

import pytest

from hailuo_nb.config import read_config
from hailuo_nb.core.request import make_request
from hailuo_nb.core.task import Record
from hailuo_nb.runner.task import Task
from hailuo_nb.session import recovery
from hailuo_nb.session.plan import PlanItem
from hailuo_nb.session.session import Session
from hailuo_nb.views.facts import Facts
from tests.session.conftest import KEY, Stage

DAY_S = 24 * 3600.0


@pytest.fixture
def run(stage: Stage, session: Session, tmp_path: Path) -> Task:
    """Make a clip with another history."""
    environ = {"HAILUO_HOME": str(tmp_path / "other"), "HAILUO_BASE_URL": stage.url}
    other = Session(read_config(environ, session_key=KEY), display=lambda task: None)
    task = other.dispatch.submit(PlanItem(request=make_request(prompt="A paper boat.")))
    task.wait(60)
    other.close()
    for path in session.folder.iterdir():
        path.unlink()
    return task


def spent_today(session: Session) -> float:
    """Return what counts against today's cap, in credits."""
    spending = session.history.budget.spending(session.config.service)
    return spending.spent_today + spending.held_today


def test_a_run_is_recorded_as_the_service_has_it(session: Session, stage: Stage, run: Task) -> None:
    """When it was made and what it took are the record's own."""
    (told,) = [one for one in stage.ledger() if one["taskId"] == run.task_id]
    task = recovery.adopt(session, run.task_id)
    assert task.snapshot.created_at == pytest.approx(told["createTime"] / 1000, abs=0.001)
    task.wait(60)
    assert task.snapshot.credits == told["creditsConsumed"] == 30
    assert spent_today(session) == 30


@pytest.mark.parametrize(("days", "counts"), [(0.0, 17.5), (2.0, 0.0), (40.0, 0.0), (-2.0, 17.5)])
def test_it_takes_of_its_own_day(
    session: Session, run: Task, monkeypatch: pytest.MonkeyPatch, days: float, counts: float
) -> None:
    """One of an earlier day takes nothing of today's cap, also while its clip is fetched.

    No run is of a day to come, whatever the service's clock says.
    """
    made_at = time.time() - days * DAY_S
    record = Record(task_id=run.task_id, phase="success", credits=17.5, created_at=made_at)
    monkeypatch.setattr(session.runner(), "start", lambda snapshot, needs: None)
    session.dispatch.record_made(run.snapshot.request, record)
    assert spent_today(session) == counts
    known = session.history.find(run.task_id)
    assert known is not None
    assert known.created_at == pytest.approx(min(made_at, time.time()), abs=60)


def test_a_price_that_nobody_knows_is_unknown(session: Session, run: Task) -> None:
    """A model that is not in the table is not priced by it, in words."""
    request = replace(run.snapshot.request, model="hailuo/9-new")
    record = Record(task_id=run.task_id, phase="generating")
    task = session.dispatch.record_made(request, record)
    snapshot = replace(task.snapshot, state="queued", credits=None)
    assert Facts(label="", snapshot=snapshot).money == "price unknown"
    task.wait(60)
