"""What votes say of prompts, counted: who was compared with whom, by which clips, and who won.

It knows votes and names, not how sure anything is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hailuo_nb.core.matrix import Coordinates
from hailuo_nb.core.vote import Vote
from hailuo_nb.judging.samples import CLIPS_MIN
from hailuo_nb.judging.votes import standing, wins


@dataclass(frozen=True, slots=True, kw_only=True)
class Contestant:
    """A prompt that is voted on: its unique name, its axes' values, its clips' local ids."""

    name: str
    values: Coordinates = ()
    clips: tuple[str, ...]


class Tally:
    """What the votes say of contestants, counted.

    Parameters
    ----------
    contestants
        At least one; no two share a name or a clip.
    log
        Entries as they were recorded, of any number of judges.

    Attributes
    ----------
    votes
        Those that stand, skips included.
    wins, shown
        Of shape (contestants, contestants): wins of i against j, a tie being half a win for
        both, and votes on the two that were no skips.
    clip_wins, owners
        The same of the clips that were voted on, and, of shape (clips, contestants), 1 where a
        clip is of the contestant; two clips of one contestant say nothing here.
    """

    def __init__(self, contestants: Sequence[Contestant], log: Iterable[Vote]) -> None:
        self.contestants = tuple(contestants)
        self.votes = standing(log)
        ids = [id for one in self.contestants for id in one.clips]
        self.clips = {id: place for place, id in enumerate(ids)}
        sizes = [len(one.clips) for one in self.contestants]
        owners = np.repeat(np.eye(len(sizes)), sizes, axis=0)
        rivals = 1 - owners @ owners.T
        clip_wins = wins(self.votes, self.clips) * rivals
        voted = (clip_wins + clip_wins.T).sum(1) > 0
        self.clip_wins = clip_wins[np.ix_(voted, voted)]
        self.owners = owners[voted]
        self.wins = self.owners.T @ self.clip_wins @ self.owners
        self.shown = np.rint(self.wins + self.wins.T).astype(int)

    @property
    def met(self) -> NDArray[np.bool_]:
        """Who was shown beside whom, skips included; of shape (contestants, contestants)."""
        owner = {id: at for at, one in enumerate(self.contestants) for id in one.clips}
        met = np.zeros_like(self.shown, dtype=bool)
        for vote in self.votes:
            if vote.left in owner and vote.right in owner:
                first, second = owner[vote.left], owner[vote.right]
                met[first, second] = met[second, first] = first != second
        return met

    @property
    def groups(self) -> list[list[str]]:
        """The names of those who were compared with each other, directly or through others."""
        met = (self.shown > 0) | np.eye(len(self.shown), dtype=bool)
        for _ in range(len(met).bit_length()):
            met = met @ met
        found = {tuple(np.flatnonzero(row)): None for row in met}
        return [[self.contestants[place].name for place in group] for group in found]

    @property
    def speaks_of_prompts(self) -> bool:
        """Whether enough clips of each prompt were voted on to speak of the prompt."""
        return bool((self.owners.sum(0) >= CLIPS_MIN).all())
