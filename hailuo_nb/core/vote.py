"""A vote: what one judge said of two clips that were shown side by side.

Pure. It knows ids and words; what votes say together is reckoned elsewhere.
"""

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["left", "right", "tie", "skip"]
"""Which clip was better; neither; or no answer."""

OUTCOMES: tuple[Outcome, ...] = ("left", "right", "tie", "skip")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """One entry of a log that only grows.

    Parameters
    ----------
    id
        Letters and digits, unique everywhere: a vote that is met twice counts once.
    experiment, digest
        The experiment's name, and `Study.digest` of its clips.
    judge
        The name of who voted.
    left, right
        The local ids of the two clips, by the side where each stood.
    outcome
        What was said.
    repeat
        Whether the judge has had the pair before, and it came again with sides changed.
    at
        Seconds since the epoch.
    undoes
        The id of the vote that this entry takes back, None for a vote. An entry that takes
        back has the pair and outcome of what it takes back, and is itself never taken back.
    """

    id: str
    experiment: str
    digest: str
    judge: str
    left: str
    right: str
    outcome: Outcome
    repeat: bool = False
    at: float
    undoes: str | None = None
