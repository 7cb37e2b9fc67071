"""Every fault that the simulator plays, and how a task ends that meets it."""

import dataclasses
from contextlib import suppress

import pytest

from hailuo_nb.core.request import make_request
from hailuo_nb.errors import HailuoError
from hailuo_nb.media.sources import find_image
from hailuo_nb.runner.task import Task
from hailuo_nb.session.plan import PlanItem
from hailuo_nb.session.session import Session
from tests.session.conftest import Stage, hurry

HARMLESS = (
    "unknown-state",
    "junk-result",
    "no-range",
    "clock-skew",
    "fresh-422",
    "rate-limit=#1",
    "maintenance=#1",
)
"""What a task survives from the start: it ends with its clip, paid once."""

HARMLESS_LATER = (
    "bad-key=#1",
    "rate-limit=#1",
    "maintenance=#1",
    "server-error=#1",
    "html-error=#1",
    "bad-json=#1",
    "truncated-file=#1",
    "html-file=#1",
    "expired-file=#1",
)
"""What a task survives once it was accepted."""

FAILING = {
    "bad-key": ("failed", "AuthenticationError", "Nothing was charged"),
    "no-credit": ("failed", "NotEnoughCredits", "Nothing was charged"),
    "key-cap": ("failed", "KeyLimitReached", "Nothing was charged"),
    "disabled": ("failed", "FeatureDisabled", "Nothing was charged"),
    "rate-limit": ("failed", "RateLimited", "Nothing was charged"),
    "maintenance": ("failed", "Maintenance", "Nothing was charged"),
    "drop-submit-reply": ("unsure", "TaskUnsure", "may have been"),
    "drop-before-read": ("unsure", "TaskUnsure", "may have been"),
    "image-fetch": ("failed", "GenerationFailed", "Nothing was charged"),
    "fail-moderation": ("failed", "GenerationFailed", "Nothing was charged"),
    "fail-internal": ("failed", "GenerationFailed", "Nothing was charged"),
    "empty-result": ("expired", "SavingError", "It was charged"),
    "truncated-file": ("expired", "NotAVideo", "It was charged"),
    "html-file": ("expired", "NotAVideo", "It was charged"),
    "expired-file": ("expired", "ResultExpired", "It was charged"),
    "huge-file": ("expired", "TooLarge", "It was charged"),
    "stuck-waiting": ("stopped", "TaskStopped", "may have been charged"),
}
"""What a task does not survive: its state, its error, and the word about money."""


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shorten every pause that only keeps a real service from being pestered."""
    hurry(monkeypatch)


def run(session: Session, prompt: str, *, watch_for_s: float = 1800.0) -> Task:
    """Make a clip from a sample and wait for the end, whatever it is."""
    image = find_image("sample:forest", {})
    request = make_request(prompt=prompt, image=image.ref, resolution="512P")
    order = PlanItem(request=request, image=image, watch_for_s=watch_for_s)
    task = session.dispatch.submit(order)
    with suppress(HailuoError):
        task.wait(60)
    return task


@pytest.mark.parametrize("fault", HARMLESS)
def test_a_task_survives(session: Session, stage: Stage, fault: str) -> None:
    """The clip is saved, and the task was submitted once."""
    before = len(stage.ledger())
    stage.play(fault)
    task = run(session, f"survives {fault}")
    assert (task.state, str(task.error)) == ("done", "None")
    assert task.video is not None
    assert task.video.is_file()
    assert len(stage.ledger()) == before + 1


@pytest.mark.parametrize("fault", HARMLESS_LATER)
def test_a_running_task_survives(session: Session, stage: Stage, fault: str) -> None:
    """One bad answer to a question or a download costs no clip."""
    stage.play("stuck-waiting")
    task = session.dispatch.submit(PlanItem(request=make_request(prompt=f"meets {fault}")))
    while task.task_id is None:
        assert not task._job.over.wait(0.01)
    stage.play(fault)
    assert task.wait(60).state == "done"


@pytest.mark.parametrize("fault", FAILING)
def test_a_task_ends_told(session: Session, stage: Stage, fault: str) -> None:
    """State, error and word about money are right, and the history tells them word for word."""
    before = len(stage.ledger())
    stage.play(fault)
    watch_for_s = 0.5 if fault == "stuck-waiting" else 1800.0
    task = run(session, f"ends with {fault}", watch_for_s=watch_for_s)
    state, kind, money = FAILING[fault]
    assert (task.state, type(task.error).__name__) == (state, kind)
    assert money in str(task.error)
    assert task.video is None
    assert not list(session.folder.glob("*.part"))
    assert len(stage.ledger()) <= before + 1
    known = session.history.find(task.id)
    assert known is not None
    assert dataclasses.replace(known, estimate=None) == dataclasses.replace(
        task.snapshot, estimate=None, note=known.note
    )
