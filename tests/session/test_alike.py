"""A prompt that only looks like one that is there is not paid for again, whoever asks."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from hailuo_nb.config import read_config
from hailuo_nb.core.request import Request, make_request
from hailuo_nb.runner.task import Task
from hailuo_nb.session.expand import Ask
from hailuo_nb.session.plan import PlanItem
from hailuo_nb.session.planning import make_plan
from hailuo_nb.session.session import Session
from hailuo_nb.store.migrations import MIGRATIONS
from tests.session.conftest import KEY, Stage

TYPED = "A cat in a café."
ALIKE = (
    "A cat in a café. ",
    "A cat in a cafe\u0301.",
    "A cat\u200b in a café.",
    "A\u00a0cat in a café.",
)


def of(prompt: str, sample: int = 1) -> Request:
    """Ask for a clip of a prompt."""
    return make_request(prompt=prompt, sample=sample)


def run(session: Session, prompt: str, **options: object) -> Task:
    """Run a cell with one clip; return its task once it is over."""
    (task,) = session.dispatch.send(make_plan(session, Ask(prompt=prompt, **options)))
    task.wait(60)
    return task


@pytest.fixture
def made(session: Session) -> Task:
    """Make a clip of the prompt as it was first typed."""
    return run(session, TYPED)


def test_what_looks_equal_is_there(session: Session, stage: Stage, made: Task) -> None:
    """Each way of typing it shows the one task; none is sent."""
    before = len(stage.ledger())
    assert {run(session, prompt).id for prompt in ALIKE} == {made.id}
    assert len(stage.ledger()) == before


def test_two_that_look_equal_in_one_cell_are_one(session: Session, stage: Stage) -> None:
    """They are merged, and it is told."""
    before = len(stage.ledger())
    plan = make_plan(session, Ask(prompt="{A fox. |A fox.\u200b|A\u00a0fox.|A hen.}"))
    assert [item.request.prompt for item in plan.clips] == ["A fox.", "A hen."]
    assert "2 equal combinations were merged." in plan.notes
    assert len(stage.ledger()) == before


def test_what_is_asked_for_again_is_sent_as_it_was_typed(
    session: Session, stage: Stage, made: Task
) -> None:
    """``--again`` pays for the text with its blanks, as the next sample of what looks equal."""
    again = run(session, ALIKE[1], again=True)
    assert again.id != made.id
    assert again.snapshot.request.sample == 2
    (sent,) = [one for one in stage.ledger() if one["taskId"] == again.task_id]
    assert sent["input"]["prompt"] == ALIKE[1]
    both = session.dispatch.send(make_plan(session, Ask(prompt=TYPED, repeat=2)))
    assert {task.id for task in both} == {made.id, again.id}


def test_another_kernel_that_was_quicker_is_seen_within_the_transaction(
    session: Session, stage: Stage, made: Task
) -> None:
    """A plan that was made before it is not sent: the look within the transaction decides."""
    before = len(stage.ledger())
    assert session.dispatch.submit(PlanItem(request=of(ALIKE[0]))).id == made.id
    assert len(stage.ledger()) == before


def test_a_clip_that_the_history_forgot_is_found_by_its_sidecar(
    session: Session, stage: Stage, made: Task, tmp_path: Path
) -> None:
    """Also by what looks equal."""
    before = len(stage.ledger())
    environ = {"HAILUO_HOME": str(tmp_path / "another"), "HAILUO_BASE_URL": stage.url}
    other = Session(read_config(environ, session_key=KEY), display=lambda task: None)
    try:
        assert other.dispatch.submit(PlanItem(request=of(ALIKE[2]))).id == made.id
    finally:
        other.close()
    assert len(stage.ledger()) == before


@pytest.fixture
def earlier(session: Session, made: Task) -> Iterator[Session]:
    """Return a session on the history as the version before wrote it."""
    path, config = session.history.path, session.config
    session.close()
    with closing(sqlite3.connect(path)) as history, history:
        history.execute("DROP INDEX tasks_by_alike")
        history.execute("ALTER TABLE tasks DROP COLUMN alike")
        history.execute(f"PRAGMA user_version = {len(MIGRATIONS) - 1}")
    opened = Session(config, display=lambda task: None)
    yield opened
    opened.close()


@pytest.mark.parametrize("prompt", [TYPED, *ALIKE])
def test_what_an_earlier_version_recorded_is_found(
    earlier: Session, stage: Stage, made: Task, prompt: str
) -> None:
    """By its own digest, and by what looks equal."""
    before = len(stage.ledger())
    assert earlier.dispatch.submit(PlanItem(request=of(prompt))).id == made.id
    assert len(stage.ledger()) == before


def test_what_a_cell_says_of_again_is_no_word_of_its_clip(session: Session, made: Task) -> None:
    """The note is the cell's that pays again, and stands on no later one, nor in the history."""
    plan = make_plan(session, Ask(prompt=TYPED, again=True))
    assert "pays for a next sample" in plan.found
    (again,) = session.dispatch.send(plan)
    again.wait(60)
    later = make_plan(session, Ask(prompt=TYPED, repeat=2))
    assert "pays" not in " ".join(later.all_notes)
    known = session.history.get(again.id)
    assert (known.warnings, again.snapshot.warnings) == ((), ())
