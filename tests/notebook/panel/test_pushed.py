"""The panel is told what this process's tasks become as it happens; the history says the rest."""

import asyncio
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from hailuo_nb.core.task import State
from hailuo_nb.notebook.panel.gallery import LOOK_S, Gallery
from hailuo_nb.runner.experiment import Experiment
from hailuo_nb.runner.task import Task
from hailuo_nb.session.session import Session
from hailuo_nb.store.gallery_queries import Shelf
from tests.notebook.panel.conftest import Asked
from tests.session.conftest import Stage

Make = Callable[..., Asked]


LONGEST_S = 120.0
"""How long what is told may take on a busy machine."""


class Rows:
    """What a gallery tells."""

    def __init__(self) -> None:
        self.messages: list[list[dict[str, Any]]] = []
        self._told = threading.Condition()

    def take(self, rows: list[dict[str, Any]]) -> None:
        """Keep a message."""
        with self._told:
            self.messages.append(rows)
            self._told.notify_all()

    def hold(self, id: str, state: State) -> None:
        """Wait until it was told that this clip is in this state."""
        with self._told:
            assert self._told.wait_for(lambda: state in self._states(id), LONGEST_S)

    def _states(self, id: str) -> list[State]:
        return [row["state"] for rows in self.messages for row in rows if row["id"] == id]


@pytest.fixture
def questions(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Count what is asked of the history for what moves in it."""
    asked: list[str] = []
    moving = Shelf.moving

    def counted(self: Shelf, *args: Any, **facts: Any) -> Any:
        asked.append("moving")
        return moving(self, *args, **facts)

    monkeypatch.setattr(Shelf, "moving", counted)
    return asked


def test_a_clip_of_this_process_asks_nothing_of_the_history(
    panel: Make, session: Session, stage: Stage, questions: list[str]
) -> None:
    """From its start to its end each change is pushed, and nobody looks for it."""
    shown, told = panel("a sea"), Rows()
    first = shown.generate()
    assert isinstance(first, Task)
    first.wait()
    session.measuring.wait([first])
    gallery = Gallery(session, told.take)
    gallery.follow()
    session.runner().engine.start(asyncio.sleep(2 * LOOK_S)).result()  # both have looked once
    asked = len(questions)
    stage.play("stuck-waiting")
    shown.prompt = "another sea"
    made = shown.generate()
    assert isinstance(made, Task)
    told.hold(made.id, "queued")
    stage.play()
    told.hold(made.id, "done")
    gallery.close()
    assert len(questions) == asked


def test_many_that_change_together_are_one_message(panel: Make, session: Session) -> None:
    """What changes within half a second travels together."""
    told, began = Rows(), time.monotonic()
    gallery = Gallery(session, told.take)
    gallery.follow()
    shown = panel("{" + "|".join(f"sea {at}" for at in range(8)) + "}")
    made = shown.generate(confirmed=True)
    assert isinstance(made, Experiment)
    for task in made:
        told.hold(task.id, "done")
    gallery.close()
    assert {row["id"] for rows in told.messages for row in rows} == {task.id for task in made}
    changes = sum(len(rows) for rows in told.messages)
    assert len(told.messages) <= min(changes - 1, 2 * (time.monotonic() - began) + 4)


def test_what_another_process_writes_is_heard(panel: Make, session: Session) -> None:
    """Nobody pushes it: the record's version says that there is something."""
    told = Rows()
    made = panel("a sea").generate()
    assert isinstance(made, Task)
    made.wait()
    gallery = Gallery(session, told.take)
    gallery.look()
    before = len(told.messages)
    gallery.look()
    assert len(told.messages) == before
    from hailuo_nb.store.history import History

    with History(session.config.home) as other:
        elsewhere = replace(
            made.snapshot, id="elsewhere", state="queued", task_id="other", name=None
        )
        other.add(elsewhere, folder=session.folder)
    gallery.look()
    assert [row["id"] for row in told.messages[-1]] == ["elsewhere"]


def test_who_fell_silent_hears_it_all_when_it_is_used_again(panel: Make, session: Session) -> None:
    """What was pushed meanwhile was heard by nobody: it is looked up."""
    shown, told = panel("a first sea"), Rows()
    first = shown.generate()
    assert isinstance(first, Task)
    first.wait()
    gallery = Gallery(session, told.take)
    gallery.look()
    gallery.close()
    shown.prompt = "a sea"
    made = shown.generate()
    assert isinstance(made, Task)
    made.wait()
    told.messages.clear()
    gallery.follow()
    told.hold(made.id, "done")
    gallery.close()
    assert [row["id"] for row in told.messages[0]] == [made.id]
