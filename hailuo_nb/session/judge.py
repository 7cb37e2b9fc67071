"""One judge's votes on one experiment: which pair comes next, and what was said of it.

Each vote is in the history when this returns; all else follows from the history, so that judging
may be left and taken up anywhere. It knows tasks and votes, not how they are shown.
"""

import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from hailuo_nb.core.matrix import SAMPLE
from hailuo_nb.core.task import FINAL
from hailuo_nb.core.vote import OUTCOMES, Outcome, Vote
from hailuo_nb.errors import OptionError, UsageError, VotesError
from hailuo_nb.judging.pairs import Pair, Verdict, next_pair, verdict
from hailuo_nb.judging.ranking import Ranking
from hailuo_nb.judging.tally import Tally
from hailuo_nb.judging.votes import Agreement, agreement, standing
from hailuo_nb.runner.experiment import Experiment
from hailuo_nb.runner.task import Task
from hailuo_nb.session.ranked import contestants_of, tally_of
from hailuo_nb.session.session import Session
from hailuo_nb.session.vote_log import vote_log
from hailuo_nb.store.votes import JUDGE_CHARS_MAX, is_judge, read_votes

JUDGE = "me"
"""What a judge is called who gives no name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """What a judge is asked now.

    Parameters
    ----------
    turn
        How many entries of the judge the history has: an answer to another turn is none.
    left, right
        The two clips.
    verdict
        How far all judges together have come.
    cast
        How many votes of the judge stand, skips included.
    can_undo
        Whether there is one to take back.
    """

    turn: int
    left: Task
    right: Task
    pair: Pair
    verdict: Verdict
    cast: int

    @property
    def can_undo(self) -> bool:
        """Whether there is a vote to take back."""
        return self.cast > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What all votes say so far: of the prompts, of how far judges agree, and on which axes."""

    ranking: Ranking
    verdict: Verdict
    agreement: tuple[Agreement, ...]
    judges: tuple[str, ...]
    axes: tuple[str, ...]


class Judging:
    """A judge at an experiment.

    Parameters
    ----------
    here
        The session.
    shown
        The experiment.
    judge
        The name of who votes.
    only
        The numbers of the clips to choose between, from 0; None for all that can be played.

    Raises
    ------
    OptionError
        The name cannot be one.
    UsageError
        Fewer than two of its prompts have a clip.
    """

    def __init__(
        self,
        here: Session,
        shown: Experiment,
        judge: str = JUDGE,
        *,
        only: Sequence[int] | None = None,
    ) -> None:
        if not is_judge(judge):
            raise OptionError(
                f"A judge's name is 1 to {JUDGE_CHARS_MAX} visible characters.", advice=""
            )
        self.judge = judge
        self.shown = shown
        self._here = here
        self._read = here.history
        self._known: list[Vote] = []
        self._last = 0
        meant = shown if only is None else [shown[at] for at in only]
        self.clips = {task.id: task for task in meant if is_playable(task)}
        if len(contestants_of(shown, self.clips)) < 2:
            is_over = all(task.state in FINAL for task in meant)
            raise UsageError(
                f"{shown.name or 'This'} has no clips of two prompts to choose between.",
                advice="{slow|fast} in its text makes a clip of each."
                if is_over
                else "%hailuo wait holds for them.",
            )

    @property
    def name(self) -> str:
        """What the votes of the experiment are kept under, with `digest`."""
        return self.shown.name or ""

    @cached_property
    def digest(self) -> str:
        """What tells the clips from others of the same name."""
        return self.shown.study.digest

    @property
    def prompts(self) -> dict[str, int]:
        """The number of each clip's prompt, from 0, by the clip's local id."""
        found = contestants_of(self.shown, self.clips)
        return {id: number for number, one in enumerate(found) for id in one.clips}

    def ballot(self) -> Ballot:
        """Return what the judge is asked now.

        Raises
        ------
        StoreError
            The history cannot be read.
        """
        log = self._log()
        tally = Tally(contestants_of(self.shown, self.clips), log)
        pair = next_pair(tally, self.judge, seed=int(self.digest[:8], 16))
        return Ballot(
            turn=sum(vote.judge == self.judge for vote in log),
            left=self.clips[pair.left],
            right=self.clips[pair.right],
            pair=pair,
            verdict=verdict(tally),
            cast=sum(vote.judge == self.judge for vote in tally.votes),
        )

    def vote(self, turn: int, outcome: str) -> Ballot:
        """Record what was said of the pair of a turn; return what is asked next.

        An answer that comes late or twice changes nothing.

        Raises
        ------
        UsageError
            Nothing of the kind can be said.
        StoreError
            It cannot be recorded.
        """
        if outcome not in OUTCOMES:
            raise UsageError(f"A vote is one of {', '.join(OUTCOMES)}.", advice="")
        said: Outcome = OUTCOMES[OUTCOMES.index(outcome)]
        with self._here.history.together():
            asked = self.ballot()
            if asked.turn == turn:
                self._here.history.votes.add([self._entry(asked.pair, said)])
        return self.ballot()

    def undo(self, turn: int) -> Ballot:
        """Take the judge's last vote back, by a further entry; return what is asked next.

        Raises
        ------
        StoreError
            It cannot be recorded.
        """
        with self._here.history.together():
            asked = self.ballot()
            if asked.turn == turn and asked.can_undo:
                self._here.history.votes.add([self._undoing()])
        return self.ballot()

    def _log(self) -> list[Vote]:
        """Return all entries; only those are read that came since the last look."""
        if self._read is not self._here.history:
            self._read, self._known, self._last = self._here.history, [], 0
        new = vote_log(self._here, self.shown, after=self._last)
        self._known += new.votes
        self._last = new.last
        return self._known

    def _entry(self, pair: Pair, outcome: Outcome) -> Vote:
        return Vote(
            id=uuid.uuid4().hex,
            experiment=self.name,
            digest=self.digest,
            judge=self.judge,
            left=pair.left,
            right=pair.right,
            outcome=outcome,
            repeat=pair.repeat,
            at=time.time(),
        )

    def _undoing(self) -> Vote:
        last = [vote for vote in standing(self._log()) if vote.judge == self.judge][-1]
        return replace(last, id=uuid.uuid4().hex, at=time.time(), undoes=last.id)


def standing_of(here: Session, shown: Experiment) -> Standing:
    """Return what all votes on an experiment say so far.

    Raises
    ------
    StoreError
        The history cannot be read.
    """
    tally = tally_of(here, shown)
    return Standing(
        ranking=Ranking(tally),
        verdict=verdict(tally),
        agreement=tuple(agreement(tally.votes)),
        judges=tuple(dict.fromkeys(vote.judge for vote in tally.votes)),
        axes=tuple(axis.name for axis in shown.axes if axis.name != SAMPLE),
    )


def add_file(here: Session, shown: Experiment, path: Path) -> int:
    """Count the votes of a file that a judge sent; return how many more stand now.

    Raises
    ------
    VotesError
        They cannot be counted, or are there already.
    StoreError
        The history cannot be written.
    """
    name, clips = shown.name or "", {task.id for task in shown}
    earlier = [one.study for one in here.history.experiments.named(name)]
    digests = {digest for study in (shown.study, *earlier) for digest in study.digests}
    found = read_votes(path, experiment=name, digests=digests, clips=clips)
    with here.history.together():
        log = vote_log(here, shown).votes
        known = {(vote.judge, vote.at): vote.id for vote in log}
        if any(known.get((vote.judge, vote.at), vote.id) != vote.id for vote in found):
            what = "a judge of it gave another vote at the same moment"
            raise VotesError(f"The votes of {path.name} are not counted: {what}.")
        if not here.history.votes.add(found):
            what = f"The votes of {path.name} are there already."
            raise VotesError(what, advice="They count once.")
    there = set(known.values())
    return sum(vote.id not in there for vote in standing(found))


def is_playable(task: Task) -> bool:
    """Return whether a clip was saved and is still there."""
    video = task.snapshot.video
    try:
        return task.state == "done" and video is not None and video.is_file()
    except OSError:
        return False
