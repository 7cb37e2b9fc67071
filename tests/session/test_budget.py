"""A paid cell keeps to its caps before anything leaves: the ledger is the witness."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hailuo_nb.config import read_config
from hailuo_nb.core.request import make_request, next_sample
from hailuo_nb.errors import BudgetExceeded, HailuoError
from hailuo_nb.runner.task import Task
from hailuo_nb.session.plan import PlanItem
from hailuo_nb.session.session import Session
from hailuo_nb.store.history import History
from tests.session.conftest import KEY, Stage, set_balance


def order(prompt: str, **facts: Any) -> PlanItem:
    """Ask for a clip of 30 credits."""
    return PlanItem(request=make_request(prompt=prompt), **facts)


def ask_balance(session: Session) -> float | None:
    """Let the engine hear of the balance; for a minute no task asks again."""
    runner = session.runner()
    return runner.engine.start(runner.shared.refresh_balance()).result(30)


def ended(task: Task) -> Task:
    """Wait for the end, whatever it is."""
    with suppress(HailuoError):
        task.wait(60)
    return task


def test_a_cell_above_the_cap_sends_nothing(session: Session, stage: Stage) -> None:
    """The refusal leaves no task here, none at the service, and no hold."""
    before = len(stage.ledger())
    session.history.budget.set_cap(20, "day")
    with pytest.raises(BudgetExceeded, match="20 of the 20 a day are left") as caught:
        session.dispatch.submit(order("above the cap"))
    assert "Nothing was sent." in str(caught.value)
    assert (session.tasks, session.history.newest(9)) == ([], [])
    assert session.history.budget.spending().held_today == 0
    assert len(stage.ledger()) == before


def test_a_cell_within_the_cap_is_sent(session: Session, stage: Stage) -> None:
    """Its hold counts at once, and what it took at the end; then the cap is full."""
    stage.play("stuck-waiting")
    session.history.budget.set_cap(45, "day")
    task = session.dispatch.submit(order("within the cap"))
    assert session.history.budget.spending().held_today == 30
    with pytest.raises(BudgetExceeded, match=r"15 of the 45 .*0 spent, 30 held"):
        session.dispatch.submit(order("one too many"))
    stage.play()
    ended(task)
    with pytest.raises(BudgetExceeded, match=r"15 of the 45 .*30 spent, 0 held"):
        session.dispatch.submit(order("one too many"))


def test_a_failed_task_gives_its_hold_back(session: Session, stage: Stage) -> None:
    """What the service refused counts nothing."""
    stage.play("no-credit")
    session.history.budget.set_cap(30, "day")
    assert ended(session.dispatch.submit(order("refused"))).state == "failed"
    stage.play()
    assert ended(session.dispatch.submit(order("accepted"))).state == "done"


def test_an_unsure_task_is_held(session: Session, stage: Stage) -> None:
    """It may have been billed, so the cap counts it."""
    stage.play("drop-submit-reply")
    session.history.budget.set_cap(30, "day")
    assert ended(session.dispatch.submit(order("unsure"))).state == "unsure"
    stage.play()
    with pytest.raises(BudgetExceeded, match="30 held"):
        session.dispatch.submit(order("after it"))


def test_the_same_cell_again_is_free_above_any_cap(session: Session, stage: Stage) -> None:
    """A task that exists is shown, however little is left."""
    task = ended(session.dispatch.submit(order("free again")))
    session.history.budget.set_cap(1, "day")
    session.history.budget.set_cap(1, "session")
    assert session.dispatch.submit(order("free again"), max_credits=1).id == task.id


def test_another_kernel_s_holds_count(session: Session, stage: Stage) -> None:
    """A second process on the same history leaves less of the day, not of the session."""
    stage.play("stuck-waiting")
    session.history.budget.set_cap(50, "day")
    session.dispatch.submit(order("the first kernel's"))
    environ = {"HAILUO_HOME": str(session.config.home), "HAILUO_BASE_URL": stage.url}
    other = Session(read_config(environ, session_key=KEY), display=lambda task: None)
    other.history.budget.set_cap(30, "session")
    with pytest.raises(BudgetExceeded, match="20 of the 50 a day"):
        other.dispatch.submit(order("the second kernel's"))
    other.history.budget.set_cap(None, "day")
    other.dispatch.submit(order("the second kernel's"))
    other.close()
    stage.play()


def test_a_session_s_cap_ends_with_the_session(session: Session, tmp_path: Path) -> None:
    """It refuses here, survives new settings, and is on no disk."""
    session.history.budget.set_cap(20, "session")
    with pytest.raises(BudgetExceeded, match="a session"):
        session.dispatch.submit(order("above the session's cap"))
    with History(session.config.home) as later:
        assert later.budget.caps() == ()
    session.configure(replace(session.config, home=tmp_path / "elsewhere"))
    with pytest.raises(BudgetExceeded, match="a session"):
        session.dispatch.submit(order("above the session's cap"))


def test_a_cell_s_own_limit(session: Session, stage: Stage) -> None:
    """--max-credits refuses what costs more and lets through what does not."""
    before = len(stage.ledger())
    with pytest.raises(BudgetExceeded, match="needs 30 credits; --max-credits allows 29"):
        session.dispatch.submit(order("its own limit"), max_credits=29)
    assert len(stage.ledger()) == before
    assert ended(session.dispatch.submit(order("its own limit"), max_credits=30)).state == "done"


def test_a_cell_above_200_credits_has_to_say_so(session: Session, stage: Stage) -> None:
    """Seven clips of 30 are refused before the first is recorded, unless the cell allows it."""
    request = make_request(prompt="many")
    orders = [PlanItem(request=next_sample(request, number)) for number in range(1, 8)]
    with pytest.raises(BudgetExceeded, match="needs 210 credits for 7 clips"):
        session.dispatch.check_budget(orders, None)
    session.dispatch.check_budget(orders[:6], None)
    session.dispatch.check_budget(orders, 210)
    session.dispatch.check_budget([], None)
    assert session.history.newest(9) == []


def test_a_balance_known_to_be_too_low_refuses(session: Session, stage: Stage) -> None:
    """Nothing is sent, and the words name what is there."""
    before = len(stage.ledger())
    set_balance(stage, 12.5)
    assert ask_balance(session) == 12.5
    with pytest.raises(BudgetExceeded) as caught:
        session.dispatch.submit(order("too dear"))
    assert str(caught.value).startswith(
        "Not enough credits: this needs 30, the balance is 12.5. Nothing was sent. Top up"
    )
    assert len(stage.ledger()) == before


def test_two_cells_do_not_spend_one_balance(session: Session, stage: Stage) -> None:
    """What left since the balance was heard of is taken off it."""
    set_balance(stage, 50)
    ask_balance(session)
    ended(session.dispatch.submit(order("the first of two")))
    with pytest.raises(BudgetExceeded, match="the balance is 50, 30 of it held"):
        session.dispatch.submit(order("the second of two"))


def test_a_balance_that_is_unknown_or_old_refuses_nothing(session: Session, stage: Stage) -> None:
    """Then the service decides; no cell waits for the network."""
    set_balance(stage, 12.5)
    ask_balance(session)
    shared = session.runner().shared
    assert shared.heard is not None
    shared.heard = replace(shared.heard, at=shared.heard.at - 61)
    assert ended(session.dispatch.submit(order("the service decides"))).state == "failed"


def test_another_account_s_balance_is_forgotten(session: Session, stage: Stage) -> None:
    """After a change of settings the balance of before decides nothing."""
    set_balance(stage, 12.5)
    ask_balance(session)
    set_balance(stage, 10000)
    session.configure(session.config)
    assert ended(session.dispatch.submit(order("another account"))).state == "done"


def test_the_built_in_simulator_is_in_no_budget(session: Session) -> None:
    """Its cells are held to no cap and not to the 200, but to a limit that they name themselves."""
    session.history.budget.set_cap(1, "day")
    session.history.budget.set_cap(1, "session")
    simulated = replace(session.config, simulator=True)
    session.configure(simulated)
    check, seven = session.dispatch.check_budget, [order(f"simulated {at}") for at in range(7)]
    check(seven, None)
    check(seven, 210)
    with pytest.raises(BudgetExceeded, match="210 credits for 7 clips; --max-credits allows 209"):
        check(seven, 209)
    assert session.ask_balance() is None


def test_the_balance_is_asked_for_and_may_be_unknown(session: Session, stage: Stage) -> None:
    """It is a figure, or None where the service does not tell."""
    set_balance(stage, 4321.5)
    assert session.ask_balance() == 4321.5
    stage.play("bad-key")
    assert session.ask_balance() is None
    stage.play()
