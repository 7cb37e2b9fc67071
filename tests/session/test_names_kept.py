"""A name that a task had is found after it was called otherwise, and after a restart."""

import pytest

from hailuo_nb.errors import UsageError
from hailuo_nb.runner.experiment import Experiment
from hailuo_nb.runner.task import Task
from hailuo_nb.session.expand import Ask
from hailuo_nb.session.lives import earlier_words
from hailuo_nb.session.lookup import find, known_names
from hailuo_nb.session.planning import make_plan
from hailuo_nb.session.session import Session


def made(session: Session, prompt: str, name: str) -> Experiment:
    """Run a cell of this name to its end."""
    return session.dispatch.send(make_plan(session, Ask(prompt=prompt, name=name))).wait(60)


def found(session: Session, name: str) -> tuple[str, str | None]:
    """Return the id of the one task that is meant by a name, and what it is called now."""
    task = find(session, name)
    assert isinstance(task, Task)
    known = session.history.get(task.id)
    assert known is not None
    return task.id, known.name


def test_a_task_is_found_by_each_name_that_it_had(session: Session) -> None:
    """Another cell, and a clip of an experiment, asks for the same: what it was called stays."""
    (one,) = made(session, "A boat of two names.", "first")
    made(session, "A boat of two names.", "second")
    trial = made(session, "A boat of {two|three} names.", "trial")
    assert trial[0].id == one.id
    assert found(session, "first") == found(session, "second") == (one.id, "trial · two")
    assert {"first", "second", "trial"} <= set(known_names(session))
    assert isinstance(find(session, "trial"), Experiment)
    with pytest.raises(UsageError, match="first is no experiment"):
        find(session, "first[0]")


def test_what_had_the_name_later_goes_before_it(session: Session) -> None:
    """A name that was given to another clip since means that one; the old one is name~1."""
    (old,) = made(session, "A boat, first of all.", "boat")
    (new,) = made(session, "A boat, later.", "boat")
    made(session, "A boat, first of all.", "other")
    assert found(session, "boat") == (new.id, "boat")
    assert found(session, "boat~1") == (old.id, "other")
    assert (earlier_words(session, "boat") or "").startswith("Earlier: boat~1 (")
    made(session, "A boat, first of all.", "boat")
    assert found(session, "other") == (old.id, "boat")


def test_an_experiment_is_not_lost_to_a_name_of_its_tasks(session: Session) -> None:
    """One of its clips is called otherwise; it stays the experiment, be it of one clip."""
    row = session.dispatch.send(make_plan(session, Ask(prompt="A row.", name="row", repeat=2)))
    row.wait(60)
    made(session, "A row.", "one")
    assert found(session, "one") == found(session, "row[0]") == (row[0].id, "one")
    draft = made(session, "A boat, ten seconds long.", "draft")
    full = draft.promote(names=[0], duration=10)
    assert isinstance(full, Experiment)
    full.wait(60)
    session.dispatch.send(
        make_plan(session, Ask(prompt="A boat, ten seconds long.", name="long", duration=10))
    )
    assert found(session, "long")[0] == full[0].id
    again = find(session, "draft_full")
    assert isinstance(again, Experiment)
    assert again.study.notes
