"""Spending is summed over the history, and a cap holds against other processes."""

import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from hailuo_nb.core.budget import Balance, Cap, Entry, Spending
from hailuo_nb.core.models import MODELS
from hailuo_nb.core.pricing import price
from hailuo_nb.core.request import make_request
from hailuo_nb.core.task import STATE_WORDS, Snapshot
from hailuo_nb.errors import BudgetExceeded, StoreError
from hailuo_nb.store.history import History
from hailuo_nb.store.spending import PRICE_UNKNOWN
from tests.store.make import go, snapshot_of

ROOT = Path(__file__).parents[2]
API = "https://api.kie.ai"
RACER = """
import sys, time
from functools import partial
from pathlib import Path
from hailuo_nb.core.request import make_request
from hailuo_nb.errors import BudgetExceeded
from hailuo_nb.store.history import History
from tests.store.make import snapshot_of

history = History(Path(sys.argv[1]))
history.newest(1)
request = make_request(prompt="x")
check = partial(
    history.budget.check, [request], service="https://api.kie.ai", max_credits=None, balance=None
)
print("ready", flush=True)
sys.stdin.readline()
won = 0
for number in range(20):
    task = snapshot_of(
        f"{sys.argv[2]}{number}", request=request, service="https://api.kie.ai",
        created_at=time.time(),
    )
    try:
        history.add(task, folder=Path("/clips"), allow=check)
        won += 1
    except BudgetExceeded:
        pass
print(won, flush=True)
"""


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    """Open a history in a new folder."""
    with History(tmp_path / "home") as opened:
        yield opened


def paid(id: str, **changes: Any) -> Snapshot:
    """Make a paid task of today that costs 30 credits by the list."""
    facts = {"service": API, "request": make_request(prompt="x"), "created_at": time.time()}
    return snapshot_of(id, **facts | changes)


def record(history: History, *snapshots: Snapshot, notebook: str | None = None) -> None:
    """Record tasks as they are."""
    for snapshot in snapshots:
        history.add(snapshot, folder=Path("/clips"), notebook=notebook)


def noon(days_ago: int) -> float:
    """Return a local noon, in seconds since the epoch."""
    day = date.today() - timedelta(days=days_ago)
    return datetime.combine(day, datetime.min.time()).timestamp() + 12 * 3600


def today(history: History) -> tuple[float, float]:
    """Return what was spent and is held today."""
    found = history.budget.spending()
    return found.spent_today, found.held_today


def test_an_empty_home_has_spent_nothing(tmp_path: Path) -> None:
    """Looking at the budget makes no file."""
    history = History(tmp_path / "home")
    assert history.budget.spending() == Spending()
    assert (history.budget.caps(), history.budget.entries()) == ((), ())
    assert not history.exists()


ENDED = {"done", "failed", "expired"}


@pytest.mark.parametrize("state", sorted(set(STATE_WORDS) - ENDED))
def test_a_task_without_an_end_is_held_by_its_price(history: History, state: Any) -> None:
    """Waiting, running, unsure and no longer watched tasks hold what they may cost."""
    record(history, paid("a1", state=state, submitted_at=time.time()))
    assert today(history) == (0.0, 30.0)


@pytest.mark.parametrize(("credits", "held"), [(50.0, 50.0), (12.0, 30.0), (None, 30.0)])
def test_a_hold_is_the_larger_of_price_and_credits(
    history: History, credits: float | None, held: float
) -> None:
    """Neither a drifted price nor a hold reported late makes it too small."""
    record(history, paid("a1", state="generating", credits=credits))
    assert today(history) == (0.0, held)


@pytest.mark.parametrize(
    ("state", "credits", "task_id", "spent"),
    [
        ("done", 25.0, "t1", 25.0),
        ("done", None, "t1", 30.0),
        ("expired", 50.0, "t1", 50.0),
        ("failed", 0.0, "t1", 0.0),
        ("failed", 30.0, "t1", 30.0),
        ("failed", None, "t1", 30.0),
        ("failed", None, None, 0.0),
    ],
)
def test_a_task_that_ended_counts_what_it_took(
    history: History, state: Any, credits: float | None, task_id: str | None, spent: float
) -> None:
    """The real figure where it is known; 0 where the service never took the task."""
    record(history, paid("a1", state=state, credits=credits, task_id=task_id))
    assert today(history) == (spent, 0.0)


def test_a_task_stopped_before_it_was_sent_holds_nothing(history: History) -> None:
    """It never left, and cannot leave any more."""
    record(history, paid("a1", state="stopped", credits=None, submitted_at=None))
    assert today(history) == (0.0, 0.0)


def test_simulated_tasks_count_nowhere(history: History) -> None:
    """Simulated credits are in no sum and no table."""
    record(history, paid("a1", service="simulator", state="done", credits=50.0))
    assert history.budget.spending("simulator", 0.0) == Spending()
    assert history.budget.entries() == ()


def test_an_old_row_without_a_price_is_not_free(history: History, tmp_path: Path) -> None:
    """A task from before prices were recorded holds the dearest price."""
    record(history, paid("a1", state="queued"))
    history._database.write("UPDATE tasks SET price = 0", {})
    assert today(history) == (0.0, PRICE_UNKNOWN)
    listed = [price(model.id, *pair) for model in MODELS for pair in model.settings]
    assert PRICE_UNKNOWN == max(one.credits for one in listed) == 195


def test_a_day_is_the_day_it_was_sent(history: History) -> None:
    """Asked for yesterday and sent today counts today; all of yesterday's does not."""
    asked, now = noon(1), time.time()
    record(
        history,
        paid("a1", state="done", credits=20.0, created_at=asked, submitted_at=now),
        paid("a2", state="done", credits=40.0, created_at=asked, submitted_at=asked),
        paid("a3", state="unsure", created_at=asked, submitted_at=asked),
    )
    assert today(history) == (20.0, 0.0)


def test_a_session_is_this_process_s_own(history: History) -> None:
    """Tasks of other kernels count for the day and not for the session."""
    history.budget.enter("a1")
    history.budget.enter("a2")
    record(history, paid("a1", state="done", credits=12.0), paid("a2"), paid("b1"))
    assert history.budget.spending() == Spending(
        spent_today=12.0, held_today=60.0, spent_session=12.0, held_session=30.0
    )


def test_a_balance_does_not_show_what_left_after_it(history: History) -> None:
    """Tasks not sent yet, or asked for since the balance was heard of, are not in it."""
    known_at, before, after = time.time(), time.time() - 1, time.time() + 1
    record(
        history,
        paid("a1", created_at=before),
        paid("a2", state="queued", created_at=after, submitted_at=after),
        paid("a3", state="done", credits=7.0, created_at=after, submitted_at=after),
        paid("b1", state="queued", created_at=before, submitted_at=after),
        paid("b2", service="https://elsewhere", created_at=after),
    )
    assert history.budget.spending(API, known_at).unseen == 67.0


def test_entries_tell_day_model_and_notebook(history: History) -> None:
    """Each day, model and notebook has its line, the newest day first; free ones have none."""
    pro = make_request(prompt="x", model="02-t2v-pro")
    record(history, paid("a1", state="done", credits=25.0), paid("a2"), notebook="one.ipynb")
    record(history, paid("b1", request=pro, created_at=noon(1)))
    record(history, paid("c1", state="failed", credits=0.0))
    now, before = date.today(), date.today() - timedelta(days=1)
    assert history.budget.entries() == (
        Entry(
            day=now.isoformat(),
            model="hailuo/02-text-to-video-standard",
            notebook="one.ipynb",
            spent=25.0,
            held=30.0,
        ),
        Entry(day=before.isoformat(), model=pro.model, notebook=None, spent=0.0, held=57.0),
    )


def test_the_day_s_cap_is_kept_for_every_kernel(history: History) -> None:
    """Another process finds the cap, and may lift it; the session's own it does not see."""
    history.budget.set_cap(200, "day")
    history.budget.set_cap(50.5, "session")
    with History(history.path.parent) as other:
        assert other.budget.caps() == (Cap(credits=200.0, per="day"),)
        other.budget.set_cap(None, "day")
    assert history.budget.caps() == (Cap(credits=50.5, per="session"),)


def test_what_is_refused_is_not_recorded(history: History) -> None:
    """The check stops the record, and the history goes on working."""
    history.budget.set_cap(40, "day")

    def check() -> None:
        request = make_request(prompt="x")
        history.budget.check([request], service=API, max_credits=None, balance=None)

    history.add(paid("a1"), folder=Path("/clips"), allow=check)
    with pytest.raises(BudgetExceeded, match="10 of the 40 a day"):
        history.add(paid("a2"), folder=Path("/clips"), allow=check)
    assert [task.id for task in history.newest(9)] == ["a1"]
    record(history, paid("a3"))
    assert len(history.newest(9)) == 2


def test_a_row_that_cannot_be_written_is_undone(history: History) -> None:
    """After a failed record the next one works: no transaction is left open."""
    record(history, paid("a1"))
    with pytest.raises(StoreError):
        record(history, paid("a1"))
    record(history, replace(paid("a1"), id="a2"))
    assert len(history.newest(9)) == 2


def test_a_known_balance_is_part_of_the_check(history: History) -> None:
    """Two tasks on their way leave too little of the balance for a third."""
    known_at = time.time() - 1
    record(history, paid("a1"), paid("a2"))
    with pytest.raises(BudgetExceeded, match="the balance is 80, 60 of it held"):
        history.budget.check(
            [make_request(prompt="x")],
            service=API,
            max_credits=None,
            balance=Balance(credits=80.0, at=known_at),
        )


def racer(home: Path, name: str) -> subprocess.Popen[str]:
    """Start a process that records as many tasks as it may when it reads a line."""
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", RACER, str(home), name]
    return subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True)


def line(process: subprocess.Popen[str]) -> str:
    """Read what a process prints next."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


@pytest.mark.parametrize(("cap", "winners"), [(30, 1), (59, 1), (300, 10)])
def test_two_kernels_cannot_share_the_last_credits(
    history: History, cap: float, winners: int
) -> None:
    """However two processes race, no more is recorded than the cap allows."""
    history.budget.set_cap(cap, "day")
    home = history.path.parent
    with racer(home, "p") as one, racer(home, "q") as other:
        assert [line(one), line(other)] == ["ready", "ready"]
        go(one)
        go(other)
        won = [int(line(one)), int(line(other))]
    assert sum(won) == winners
    assert len(history.newest(99)) == winners
    assert today(history) == (0.0, 30.0 * winners)
