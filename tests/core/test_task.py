"""A task's life follows one table; whatever is not in it raises."""

from pathlib import Path
from typing import get_args

import pytest

from hailuo_nb.core.task import (
    FINAL,
    INTERRUPTED_SUBMIT,
    STATE_WORDS,
    TRANSITIONS,
    Event,
    State,
    next_state,
    taken_up,
)
from tests.core.make import snapshot_of

STATES: tuple[State, ...] = get_args(State)
EVENTS: tuple[Event, ...] = get_args(Event)
KNOWN = [(state, event, to) for state, row in TRANSITIONS.items() for event, to in row.items()]
UNKNOWN = [
    (state, event) for state in STATES for event in EVENTS if event not in TRANSITIONS[state]
]
PROMISED = "waiting submitting queued generating saving done failed stopped unsure expired"


def reachable(start: State) -> set[State]:
    """Follow the table from one state."""
    found: set[State] = set()
    open_: list[State] = [start]
    while open_:
        state = open_.pop()
        found.add(state)
        open_ += [to for to in TRANSITIONS[state].values() if to not in found]
    return found


def test_the_states_are_the_promised_ones() -> None:
    """`Task.state` has the ten words that others rely on, each with words for people."""
    assert list(STATES) == PROMISED.split()
    assert set(TRANSITIONS) == set(STATE_WORDS) == set(STATES)


def test_every_state_can_be_reached() -> None:
    """From waiting, each state is somewhere down the table."""
    assert reachable("waiting") == set(STATES)


def test_every_event_leads_somewhere() -> None:
    """No event is listed in vain, and every target is a state."""
    assert {event for _, event, _ in KNOWN} == set(EVENTS)
    assert {to for _, _, to in KNOWN} <= set(STATES)


def test_every_state_has_a_way_to_an_end() -> None:
    """No task can be under way for ever by the table."""
    assert all(reachable(state) & FINAL for state in STATES)


def test_the_ends_are_final() -> None:
    """In a final state nothing goes on; in any other something does."""
    assert {"done", "failed", "stopped", "unsure", "expired"} == FINAL
    assert all(TRANSITIONS[state] for state in STATES if state not in FINAL)


def test_from_an_end_a_task_is_at_most_looked_at_again() -> None:
    """No final state can be submitted again: that would be paid for twice."""
    onward = {event for state in FINAL for event in TRANSITIONS[state]}
    assert onward == {"watch", "settled", "refused"}
    assert TRANSITIONS["failed"] == {}


def test_only_a_waiting_task_is_submitted() -> None:
    """A submit that may have arrived is never sent again by itself."""
    assert [state for state, event, _ in KNOWN if event == "submit"] == ["waiting"]
    assert "submitting" not in reachable("unsure")


@pytest.mark.parametrize(("state", "event", "to"), KNOWN)
def test_a_known_pair_leads_on(state: State, event: Event, to: State) -> None:
    """The function answers what the table says."""
    assert next_state(state, event) == to


@pytest.mark.parametrize(("state", "event"), UNKNOWN)
def test_an_unknown_pair_raises(state: State, event: Event) -> None:
    """What the table does not hold is a fault of ours, and is named."""
    with pytest.raises(ValueError, match=f"'{state}' on event '{event}'"):
        next_state(state, event)


def test_an_unknown_state_raises() -> None:
    """A state from a damaged history is named as well."""
    with pytest.raises(ValueError, match="'flying'"):
        next_state("flying", "submit")  # type: ignore[arg-type]


def test_the_straight_way_is_the_promised_one() -> None:
    """Waiting -> submitting -> queued -> generating -> saving -> done."""
    state: State = "waiting"
    seen = [state]
    events: tuple[Event, ...] = ("submit", "accepted", "started", "finished", "saved")
    for event in events:
        state = next_state(state, event)
        seen.append(state)
    assert seen == PROMISED.split()[:6]


def test_waiting_straight_to_success_is_a_way() -> None:
    """The service may skip its states."""
    assert next_state("queued", "finished") == "saving"


@pytest.mark.parametrize(
    ("submitted_at", "finished_at", "elapsed_s"),
    [
        (None, None, None),
        (10.0, None, None),
        (None, 20.0, None),
        (10.0, 25.5, 15.5),
        (9.0, 8.0, 0.0),
    ],
)
def test_elapsed_runs_from_submit_to_finish(
    submitted_at: float | None, finished_at: float | None, elapsed_s: float | None
) -> None:
    """Only a finished task has a duration, and a set-back clock makes none negative."""
    snapshot = snapshot_of(submitted_at=submitted_at, finished_at=finished_at)
    assert snapshot.elapsed_s == elapsed_s


def test_a_task_is_called_by_its_name_else_its_id() -> None:
    """The label is the person's name for it where there is one."""
    assert snapshot_of(name="samurai").label == "samurai"
    assert snapshot_of().label == "0a1b2c3d"


def test_only_the_built_in_service_is_simulated() -> None:
    """A service of one's own is not called simulated."""
    assert snapshot_of().simulated
    assert not snapshot_of(service="https://api.kie.ai").simulated


@pytest.mark.parametrize("state", ["failed", "stopped"])
def test_what_never_came_to_be_is_due_anew(state: State) -> None:
    """A task that never got an id at the service makes room for a new one."""
    assert taken_up(snapshot_of(state=state), clip=None) is None


@pytest.mark.parametrize("state", ["waiting", "queued", "generating", "saving", "unsure", "failed"])
def test_what_is_under_way_or_decided_stays(state: State) -> None:
    """A task that came to be is shown as it is."""
    snapshot = snapshot_of(state=state, task_id="t1")
    assert taken_up(snapshot, clip=None) == snapshot


def test_a_finished_task_with_its_clip_stays_done() -> None:
    """Nothing is fetched again that is there, and a clip that was moved is found where it is."""
    snapshot = snapshot_of(state="done", task_id="t1", video=Path("a.mp4"))
    assert taken_up(snapshot, clip=Path("a.mp4")) == snapshot
    moved = snapshot_of(state="done", task_id="t1", video=Path("there/a.mp4"))
    assert taken_up(snapshot, clip=Path("there/a.mp4")) == moved


@pytest.mark.parametrize(
    ("state", "again"), [("stopped", "queued"), ("expired", "saving"), ("done", "saving")]
)
def test_what_has_no_clip_is_looked_at_again(state: State, again: State) -> None:
    """A task that was stopped, expired or lost its clip goes on watching, free of charge."""
    old = snapshot_of(
        state=state, task_id="t1", error="x", error_kind="TaskStopped", video=Path("a.mp4")
    )
    found = taken_up(old, clip=None)
    assert found == snapshot_of(state=again, task_id="t1")


def test_a_submit_cut_short_is_unsure() -> None:
    """A kernel that died while sending leaves a task that is never sent again by itself."""
    found = taken_up(snapshot_of(state="submitting"), clip=None)
    assert found == snapshot_of(state="unsure", error=INTERRUPTED_SUBMIT, error_kind="TaskUnsure")


@pytest.mark.parametrize("state", [state for state in STATES if state != "waiting"])
@pytest.mark.parametrize("clip", [Path("a.mp4"), None])
def test_taking_up_never_leads_to_paying_twice(state: State, clip: Path | None) -> None:
    """Whatever was recorded with an id, nothing that follows from it is a submit."""
    found = taken_up(snapshot_of(state=state, task_id="t1"), clip=clip)
    assert found is not None
    assert found.state not in ("waiting", "submitting")
