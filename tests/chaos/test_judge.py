"""The judge: it passes what is right and names each thing that is wrong."""

from dataclasses import replace

import pytest

from tests.chaos.judge import PAID_WORDS, Charge, Evidence, Row, fates, judge

DONE = Row(prompt="a harbour", state="done", task_id="t1")
PAID = Charge(prompt="a harbour", task_id="t1", state="success")
GOOD = Evidence(
    asked=["a harbour"],
    kills=[{"a harbour": replace(DONE, state="generating")}],
    history=[DONE],
    ledger=[PAID],
    clips={"a harbour": "whole"},
)
SUBMITTING = {"a harbour": Row(prompt="a harbour", state="submitting")}
UNSURE = Row(prompt="a harbour", state="unsure", error=f"It {PAID_WORDS}.")
TOLD = Evidence(
    asked=["a harbour"],
    kills=[SUBMITTING],
    history=[UNSURE],
    ledger=[PAID],
    clips={},
    shown="a harbour: unsure",
)
WAITING = {"a harbour": Row(prompt="a harbour", state="waiting")}
OFFERED = Evidence(
    asked=["a harbour"],
    kills=[WAITING],
    history=[Row(prompt="a harbour", state="waiting")],
    ledger=[],
    clips={},
)

FORGED = {
    "paid twice": replace(GOOD, ledger=[PAID, replace(PAID, task_id="t2")]),
    "paid without a record": replace(GOOD, kills=[{}], history=[]),
    "forgotten": replace(OFFERED, history=[]),
    "two rows": replace(GOOD, history=[DONE, DONE]),
    "left hanging": replace(GOOD, history=[replace(DONE, state="generating")]),
    "guessed": replace(TOLD, history=[DONE], clips={"a harbour": "whole"}),
    "lost: 'a harbour' was paid": replace(OFFERED, ledger=[PAID]),
    "lost: the id": replace(GOOD, history=[replace(UNSURE, task_id="t1")], shown="a harbour"),
    "another task": replace(GOOD, kills=[{"a harbour": replace(DONE, task_id="t0")}]),
    "unsure without cause": replace(TOLD, kills=[WAITING]),
    "not told": replace(TOLD, history=[replace(UNSURE, error="It was lost.")]),
    "not shown": replace(TOLD, shown="1 unfinished task"),
    "no clip": replace(GOOD, clips={"a harbour": "cut off"}),
    "no clip: 'a harbour' is done, its clip is not there": replace(GOOD, clips={}),
    "made up": replace(GOOD, ledger=[]),
    "two watchers": replace(GOOD, askers={"a harbour": ["kernel 0", "keeper 0", "kernel 0"]}),
    "litter": replace(GOOD, litter=["2611230000.mp4.part"]),
}
"""What the judge must say, and evidence forged so that it is true."""


@pytest.mark.parametrize(
    ("found", "fate"), [(GOOD, "saved"), (TOLD, "unsure"), (OFFERED, "offered")]
)
def test_the_judge_passes_what_is_right(found: Evidence, fate: str) -> None:
    """A saved, an unsure and an offered task keep the promise."""
    assert judge(found) == []
    assert fates(found) == {"a harbour": fate}


def test_the_judge_passes_a_cell_that_was_never_recorded() -> None:
    """A kill before the record leaves neither a row nor a charge."""
    found = replace(GOOD, kills=[{}], history=[], ledger=[], clips={})
    assert judge(found) == []
    assert fates(found) == {"a harbour": "never recorded"}


def test_the_judge_passes_one_watcher_after_the_other() -> None:
    """A keeper takes over from a kernel, and another kernel from that."""
    askers = {"a harbour": ["kernel 0", "keeper 0", "kernel 1"]}
    assert judge(replace(GOOD, askers=askers)) == []


def test_the_judge_passes_a_failure_that_cost_nothing() -> None:
    """A task that the service failed may end as failed."""
    failed = [replace(DONE, state="failed")]
    assert judge(replace(GOOD, history=failed, ledger=[replace(PAID, state="fail")])) == []


@pytest.mark.parametrize("words", FORGED)
def test_the_judge_names_what_is_wrong(words: str) -> None:
    """Each broken promise is found in evidence forged to hold it."""
    assert any(broken.startswith(words) or words in broken for broken in judge(FORGED[words]))
