"""What the live card is told."""

import json
from dataclasses import replace

import pytest

from hailuo_nb.core.task import FINAL, STATE_WORDS, State
from hailuo_nb.views.text import fold, fold_reason
from tests.views.samples import (
    ERRORS,
    PAID,
    SENT_AT,
    live_state,
    settled_html,
    settled_text,
    snapshot,
)


@pytest.mark.parametrize("state", sorted(STATE_WORDS))
def test_every_state_is_plain_json(state: State) -> None:
    """The dict survives JSON unchanged, so that it can travel to the browser."""
    told = live_state(snapshot(state))
    assert json.loads(json.dumps(told)) == told
    assert told["final"] == (state in FINAL)
    assert told["headline"]


@pytest.mark.parametrize(
    ("state", "phase"),
    [("waiting", 0), ("submitting", 0), ("queued", 1), ("generating", 2), ("saving", 3),
     ("done", 4), ("failed", None), ("stopped", None)],
)  # fmt: skip
def test_the_phase_follows_the_state(state: State, phase: int | None) -> None:
    """The rail's step goes with the state; an end without a clip has none."""
    assert live_state(snapshot(state))["phase"] == phase


def test_the_clock_gets_its_start_and_estimate() -> None:
    """Submit time is in milliseconds, the estimate in seconds and words."""
    told = live_state(snapshot("generating"))
    assert told["submitted_at_ms"] == round(SENT_AT * 1000)
    assert told["estimate"] == "usually 2-5 min"
    assert 280 < told["late_after_s"] < 300


def test_money_is_never_zero_for_an_unknown_price() -> None:
    """Before the service says what it holds, the listed price stands, marked as such."""
    told = live_state(replace(snapshot("waiting"), credits=None))
    assert told["money"] == "30 credits by the price list"
    assert live_state(snapshot("queued"))["money"] == "30 simulated credits held"
    assert told["balance"] == "balance 970"


@pytest.mark.parametrize("state", ["submitting", "done"])
def test_stopping_is_offered_only_where_it_is_possible(state: State) -> None:
    """No hint means a disabled button."""
    assert live_state(snapshot(state)).get("stop_hint") is None
    paid = live_state(snapshot("queued", service=PAID))
    assert paid["stop_hint"] == "The task goes on and may be charged."
    assert live_state(snapshot("queued"))["stop_hint"] == "The task goes on."
    assert live_state(snapshot("waiting"))["stop_hint"] == "Nothing was sent yet."


def test_foreign_text_is_cleaned_before_it_travels() -> None:
    """No control, override or half character reaches the browser in any field."""
    dirty = "a\x00b\u202ec\ud83dd"
    told = live_state(
        replace(
            snapshot("generating", prompt=dirty),
            name=dirty,
            task_id=dirty,
            note=dirty,
            error=dirty,
            warnings=(dirty,),
        )
    )
    travelling = json.dumps(told, ensure_ascii=False)
    assert not {"\x00", "\u202e", "\ud83d"} & set(travelling)
    assert travelling.count("abc?d") >= 5


@pytest.mark.parametrize("prompt", ["short", "x" * 5000, "word " * 300, "one\n" * 400])
def test_folding_loses_nothing(prompt: str) -> None:
    """Beginning and rest together are the prompt."""
    shown, rest = fold(prompt)
    assert shown + rest == prompt
    assert len(shown) <= 300


@pytest.mark.parametrize(
    ("reason", "shown"),
    [
        ("", ""),
        ("No.", "No."),
        ("Refused. Nothing was charged.", "Refused. Nothing was charged."),
        ("The clip could not be made. Nothing was charged. " * 2, "The clip could not be made. "),
        ("It took 12.5 s! Change the prompt, or the image, and try it again.", "It took 12.5 s! "),
        ("樱 " * 40, "樱 " * 40),
    ],
)
def test_a_long_reason_is_folded_after_its_first_sentence(reason: str, shown: str) -> None:
    """A short one, or one without a second sentence, stays as it is."""
    assert fold_reason(reason) == (shown, reason.removeprefix(shown))


@pytest.mark.parametrize("reason", ["x" * 5000, "word " * 300, "one\n" * 400 + "two. three"])
def test_a_reason_without_end_is_folded_all_the_same(reason: str) -> None:
    """Beginning and rest together are the reason."""
    shown, rest = fold_reason(reason)
    assert shown + rest == reason
    assert len(shown) <= 300


@pytest.mark.parametrize("error", [True, False])
@pytest.mark.parametrize("state", sorted(STATE_WORDS))
def test_what_is_simulated_speaks_of_no_bill(state: State, error: bool) -> None:
    """In no state, with or without a reason, live or saved; what is paid for does."""
    reason = ERRORS.get(state) if error else None
    shot = snapshot(state, error=reason)
    for told in (json.dumps(live_state(shot)), settled_html(shot), settled_text(shot)):
        for word in ("may be charged", "may have been", "billed", "was charged", "been charged"):
            assert word not in told.replace("Nothing was charged", "").replace(
                "may have been accepted", ""
            )
    if reason:
        paid = json.dumps(live_state(replace(shot, service=PAID)), ensure_ascii=False)
        assert reason in paid


def test_a_clip_without_a_name_is_called_by_its_prompt() -> None:
    """Card and download say how the prompt begins; the verbs still name it by its id."""
    shot = replace(snapshot("failed"), name=None)
    told = live_state(shot)
    assert told["label"] == "[Push in] A lone samurai on a jagged…"
    done = live_state(replace(snapshot("done"), name=None), "clip.mp4")
    assert done["file"] == "[Push in] A lone samurai on a jagged….mp4"
    assert ["%hailuo show k3f9x2m7", "draws this card again, free"] in told["commands"]


def test_what_is_unsure_says_how_it_is_settled() -> None:
    """To look again would bring nothing new."""
    (first, does), *_ = live_state(snapshot("unsure"))["commands"]
    assert first == "%hailuo resolve samurai --task TASKID"
    assert "--drop" in does


def test_what_never_left_is_not_looked_for_again() -> None:
    """Where a task was stopped before it was sent, there is nothing that could be looked at."""
    for task_id, commands in (("a1", ["%hailuo resume"]), (None, [])):
        stopped = snapshot("stopped", error="Stopped.", task_id=task_id)
        told = [command for command, _ in live_state(stopped)["commands"]]
        assert [one for one in told if one == "%hailuo resume"] == commands
