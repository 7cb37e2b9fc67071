"""One id that the service gives for two tasks: both say so, on the card and in the history."""

import pytest

from hailuo_nb.session.session import Session
from tests.runner.conftest import known, order
from tests.runner.service import RECORD, WAIT_S, Service, until


@pytest.mark.parametrize("mine", ["first", "second"])
def test_one_id_for_two_tasks_is_told_on_both_cards(
    session: Session, service: Service, mine: str
) -> None:
    """Neither shares the other's clip in silence, in whatever order they end."""
    tasks = {prompt: session.dispatch.submit(order(prompt)) for prompt in ("first", "second")}
    until(lambda: all(known(session, task.id).task_id for task in tasks.values()))
    service.say(RECORD, service.finish(f"{service.origin}/clip.mp4"))
    for task in tasks.values():
        task.wait(WAIT_S)
    own = tasks.pop(mine)
    (other,) = tasks.values()
    (words,) = own.snapshot.warnings
    assert words.startswith(f"The service gave {other.id} the same task id:")
    assert known(session, own.id).warnings == (words,)
    assert own.video != other.video
