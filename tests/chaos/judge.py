"""The verdict on one run: pure, over what was seen from outside.

It knows the promise (nothing paid twice, nothing lost, what cannot be known is said) and
nothing of how it is kept. An empty list of violations means that it was kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

PAID_WORDS = "may have been accepted and billed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A task as the history has it."""

    prompt: str
    state: str
    task_id: str | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """A task as the service's ledger has it; ``state`` is the service's word."""

    prompt: str
    task_id: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What was seen of one run.

    Parameters
    ----------
    asked
        The prompts whose cells were given to the kernel.
    kills
        The journal at each kill, by prompt; read when the kernel was dead.
    history
        What the recovered kernel's history says in the end.
    ledger
        What the service was given.
    clips
        By prompt: "whole" for a clip that plays and equals the service's, else what is wrong.
    litter
        Half files that are left in the folder of clips.
    shown
        All that the recovered kernel has printed.
    askers
        By prompt: the processes that asked for its record, one after the other.
    """

    asked: Sequence[str]
    kills: Sequence[Mapping[str, Row]]
    history: Sequence[Row]
    ledger: Sequence[Charge]
    clips: Mapping[str, str]
    litter: Sequence[str] = ()
    shown: str = ""
    askers: Mapping[str, Sequence[str]] = field(default_factory=dict)


Fate = Literal["saved", "failed", "offered", "never recorded", "unsure", "lost"]

_FATES: dict[str, Fate] = {
    "done": "saved",
    "failed": "failed",
    "waiting": "offered",
    "unsure": "unsure",
}
"""How a task may end; any other state is a task left hanging."""


def fates(found: Evidence) -> dict[str, Fate]:
    """Return how each asked-for task ended."""
    rows = {row.prompt: row for row in found.history}
    return {
        prompt: _FATES.get(rows[prompt].state, "lost") if prompt in rows else "never recorded"
        for prompt in found.asked
    }


def judge(found: Evidence) -> list[str]:
    """Return every way in which the promise was broken, in words."""
    broken = (
        _paid_twice(found)
        + _two_watchers(found)
        + [f"litter: {name} was left in the folder of clips" for name in found.litter]
    )
    rows = {row.prompt: row for row in found.history}
    if len(rows) != len(found.history):
        broken.append("a prompt has two rows in the history")
    for prompt, fate in fates(found).items():
        charge = next((charge for charge in found.ledger if charge.prompt == prompt), None)
        if fate == "never recorded":
            broken += _never_recorded(found, prompt, charge)
        else:
            broken += _recorded(found, rows[prompt], fate, charge)
    return broken


def _paid_twice(found: Evidence) -> list[str]:
    sent = [charge.prompt for charge in found.ledger]
    return [
        f"paid twice: {prompt!r} is {sent.count(prompt)} times in the ledger"
        for prompt in found.asked
        if sent.count(prompt) > 1
    ]


def _two_watchers(found: Evidence) -> list[str]:
    """Whoever asked for a task and was followed by another must not ask again."""
    return [
        f"two watchers: {prompt!r} was asked for by {', '.join(askers)}"
        for prompt, askers in found.askers.items()
        if len(set(askers)) < len(askers)
    ]


def _never_recorded(found: Evidence, prompt: str, charge: Charge | None) -> list[str]:
    broken = []
    if charge is not None:
        broken.append(f"paid without a record: {prompt!r}")
    if any(prompt in journal for journal in found.kills):
        broken.append(f"forgotten: {prompt!r} was in the journal and is no longer")
    return broken


def _recorded(found: Evidence, row: Row, fate: Fate, charge: Charge | None) -> list[str]:
    at_kills = [journal[row.prompt] for journal in found.kills if row.prompt in journal]
    broken = []
    if fate == "lost":
        broken.append(f"left hanging: {row.prompt!r} ended as {row.state!r}")
    if fate == "unsure":
        broken += _unsure(found, row, at_kills)
    elif any(known.state == "submitting" for known in at_kills):
        broken.append(f"guessed: {row.prompt!r} was being sent at a kill and ended as {row.state}")
    if charge is not None and fate in ("offered", "failed") and charge.state != "fail":
        broken.append(f"lost: {row.prompt!r} was paid ({charge.state}) and ended as {row.state}")
    ids = {known.task_id for known in at_kills if known.task_id}
    if ids and charge is not None and charge.state == "success" and fate != "saved":
        broken.append(f"lost: the id of {row.prompt!r} was journalled and it ended as {row.state}")
    if fate == "saved":
        broken += _saved(found, row, charge)
    if ids - {row.task_id}:
        broken.append(f"another task: {row.prompt!r} had id {ids} and has {row.task_id}")
    return broken


def _unsure(found: Evidence, row: Row, at_kills: Sequence[Row]) -> list[str]:
    broken = []
    if not any(known.state == "submitting" for known in at_kills):
        states = [known.state for known in at_kills]
        broken.append(f"unsure without cause: {row.prompt!r} was {states} at the kills")
    if PAID_WORDS not in (row.error or ""):
        broken.append(f"not told: the row of {row.prompt!r} does not say that it may be billed")
    if row.prompt not in found.shown:
        broken.append(f"not shown: {row.prompt!r} is unsure and was never shown")
    return broken


def _saved(found: Evidence, row: Row, charge: Charge | None) -> list[str]:
    clip = found.clips.get(row.prompt, "not there")
    broken = [] if clip == "whole" else [f"no clip: {row.prompt!r} is done, its clip is {clip}"]
    if charge is None or charge.task_id != row.task_id or charge.state != "success":
        broken.append(f"made up: {row.prompt!r} is done, the ledger says {charge}")
    return broken
