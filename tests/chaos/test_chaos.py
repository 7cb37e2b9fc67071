"""Kernels killed in ten narrow places, some of them in every run; ``make chaos`` kills 200."""

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.chaos.__main__ import play, report
from tests.chaos.aims import AIMS, plan, plans
from tests.chaos.run import Result, unsure_at
from tests.chaos.service import running_simulator
from tests.chaos.subjects import Shell, kill

SEED = 7
PLACES: Mapping[str, tuple[str, ...]] = {
    "recorded": ("recorded, upload not begun", "recorded, not yet sent"),
    "upload asked": ("image on its way up",),
    "submitting": (
        "submitting: nothing at the service's door",
        "submitting: last byte left, not taken",
        "submitting: taken, reply not stored",
    ),
    "create asked, lost on the way": ("submitting: last byte left, not taken",),
    "create asked, arrives after death": ("submitting: last byte left, not taken",),
    "create answered": ("submitting: taken, reply not stored",),
    "create half replied": ("submitting: taken, reply not stored",),
    "queued": ("queued",),
    "file half here": ("saving: no file yet", "saving: half a file"),
    "renamed": ("saving: renamed, not recorded", "saving: described, not recorded", "done"),
}
"""Ten aims, and the steps that such a kill may meet."""

SOME = ("submitting", "create answered", "renamed")
"""Those of every run: before, at and after the paid step, the last with a real kernel."""


@pytest.fixture(scope="module", params=["some", "rest"])
def aimed(request: pytest.FixtureRequest) -> tuple[str, ...]:
    """Name the places of one part."""
    return tuple(what for what in PLACES if (what in SOME) == (request.param == "some"))


@pytest.fixture(scope="module")
def results(aimed: tuple[str, ...]) -> list[Result]:
    """Play a part of the runs, two at a time."""
    aims, numbers = {aim.what: aim for aim in AIMS}, list(PLACES)
    return play([plan(numbers.index(what), aims[what], SEED) for what in aimed], jobs=2)


def test_no_promise_is_broken(results: list[Result]) -> None:
    """Nothing is paid twice, nothing is lost, and what cannot be known is said."""
    assert [words for result in results for words in result.broken] == []


def test_each_kill_came_where_it_was_aimed(results: list[Result], aimed: tuple[str, ...]) -> None:
    """The first kill of each run met the step that it was meant for."""
    met = {one.plan.aim.what: one.first_step for one in results}
    assert {what: step for what, step in met.items() if step not in PLACES[what]} == {}
    assert met.keys() == set(aimed)
    assert all(result.hit for result in results)


def test_every_unsure_task_was_being_sent(results: list[Result]) -> None:
    """Unsure are those and only those whose kernel died between submit and stored reply."""
    steps = unsure_at(results)
    assert sum(steps.values()) >= 1
    assert all(step.startswith("submitting:") for step in steps)


def test_the_report_counts_every_task(results: list[Result]) -> None:
    """The table's tasks add up, and it says how many promises were broken."""
    text = report(results, seed=SEED, took_s=60.0)
    assert f"{sum(len(result.plan.prompts) for result in results)} tasks" in text
    assert "Promises broken: **0**" in text


def test_a_seed_draws_the_same_runs_again() -> None:
    """A seed names its runs, and two hundred of them aim at every place."""
    assert plans(200, 1) == plans(200, 1)
    assert plans(200, 1) != plans(200, 2)
    assert {one.aim for one in plans(200, 1)} == set(AIMS)


def test_a_killed_subject_is_gone(tmp_path: Path) -> None:
    """After the kill no process of that number runs, so that its leases are free."""
    with running_simulator() as service:
        subject = Shell(tmp_path, {"HAILUO_BASE_URL": service.url, "KIE_API_KEY": "sk-gone-1"})
        kill(subject)
        subject.reap()
        subject.close()
    with pytest.raises(ProcessLookupError):
        os.kill(subject.pid, 0)
