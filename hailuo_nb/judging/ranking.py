"""Which prompt is better by the votes so far, and how sure that is.

Rows are prompts. From five clips of each on an interval speaks of the prompt, whatever clips
it had made; below that it speaks of these clips alone, and says so. It knows votes and names.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import overload

import numpy as np

from hailuo_nb.core.matrix import Coordinates
from hailuo_nb.judging.samples import CLIPS_MIN, DRAWS, Z_95, draw, half_widths
from hailuo_nb.judging.strengths import Floats, fit, logistic, logit, win_rate_slopes, win_rates
from hailuo_nb.judging.tally import Tally

Figures = Callable[[Floats], Floats]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A prompt's place.

    ``votes`` are those of its clips against other prompts' clips. ``win_rate`` is its chance
    against another prompt that is drawn evenly, from ``low`` to ``high`` with 95 %; None where
    the votes say nothing of it yet.
    """

    name: str
    values: Coordinates
    votes: int
    win_rate: float | None = None
    low: float | None = None
    high: float | None = None

    def __str__(self) -> str:
        votes = f"{self.votes} vote{'s' * (self.votes != 1)}"
        if self.win_rate is None or self.low is None or self.high is None:
            return f"{self.name}: {votes}"
        return f"{self.name}: {_chance_words(self.win_rate, self.low, self.high)}, {votes}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Duel:
    """Two values of an axis, the better one first, all else alike; chances as in a `Row`."""

    better: str
    worse: str
    win_rate: float
    low: float
    high: float

    def __str__(self) -> str:
        chance = _chance_words(self.win_rate, self.low, self.high)
        return f"{self.better} beats {self.worse} in {chance}"


@dataclass(frozen=True, slots=True)
class _Sure:
    """How sure figures of a tally are."""

    tally: Tally
    draws: int
    seed: int

    def half(self, of_votes: Floats, figures: Figures, design: Floats | None = None) -> Floats:
        """Return half the width of each figure's interval, given its variance by the votes."""
        tally = self.tally
        if not tally.speaks_of_prompts:
            return Z_95 * np.sqrt(of_votes)
        drawn = draw(
            tally.clip_wins,
            tally.owners,
            figures,
            design=design,
            draws=self.draws,
            seed=self.seed,
        )
        clips = tally.owners.sum(0)
        each = clips if design is None else np.full(len(of_votes), clips.mean())
        return half_widths(drawn, of_votes, each, int(clips.sum()) - len(clips))


class Ranking(Sequence[Row]):
    """Rows, the best first; as typed where the votes give no ranking.

    Parameters
    ----------
    tally
        The votes.
    draws, seed
        Of the clips, where an interval speaks of the prompts; one seed gives one ranking.

    Attributes
    ----------
    note
        What the person should know of it, in one sentence; "" where there is nothing to say.
    is_known
        Whether the votes give a ranking.
    """

    def __init__(self, tally: Tally, *, draws: int = DRAWS, seed: int = 0) -> None:
        self.note = _note(tally)
        self._sure = _Sure(tally, draws, seed)
        self.is_known = not self.note.startswith(_NO_RANKING)
        self._rows = tuple(_rows(self._sure) if self.is_known else _unsure(tally))

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, place: int | slice) -> Row | tuple[Row, ...]:
        return self._rows[place]

    def __len__(self) -> int:
        return len(self._rows)

    def __repr__(self) -> str:
        return "\n".join([*map(str, self._rows), *filter(None, [self.note])])

    def by_axis(self, axis: str) -> tuple[Duel, ...]:
        """Return each two values of an axis, all else alike; none where nothing is known."""
        return _duels(self._sure, axis) if self.is_known else ()


_NO_RANKING = "No ranking"


def _note(tally: Tally) -> str:
    if not tally.shown.any():
        return f"{_NO_RANKING} yet: there are no votes."
    groups = tally.groups
    if len(groups) > 1:
        shortest, *_ = sorted(groups, key=len)
        names = ", ".join(shortest[:3]) + (" …" if len(shortest) > 3 else "")
        return f"{_NO_RANKING} yet: nobody has compared {names} with the others."
    return "" if tally.speaks_of_prompts else _OF_CLIPS


_OF_CLIPS = (
    f"Of these clips: with fewer than {CLIPS_MIN} clips of each, votes cannot speak of the prompts."
)


def _unsure(tally: Tally) -> list[Row]:
    votes = tally.shown.sum(1)
    return [
        Row(name=one.name, values=one.values, votes=int(number))
        for one, number in zip(tally.contestants, votes, strict=True)
    ]


def _rows(sure: _Sure) -> list[Row]:
    found = fit(sure.tally.wins)
    slopes = win_rate_slopes(found.strengths)
    logits = logit(win_rates(found.strengths))
    half = sure.half(np.diag(slopes @ found.covariance @ slopes.T), _win_logits)
    middle, low, high = (logistic(logits + half * side) for side in (0, -1, 1))
    bare = _unsure(sure.tally)
    return [
        replace(bare[at], win_rate=float(middle[at]), low=float(low[at]), high=float(high[at]))
        for at in np.argsort(-found.strengths, kind="stable")
    ]


def _win_logits(strengths: Floats) -> Floats:
    return logit(win_rates(strengths))


def _duels(sure: _Sure, axis: str) -> tuple[Duel, ...]:
    """Return each two values of an axis; a prompt's strength is the sum of its values'."""
    held = [one.values for one in sure.tally.contestants]
    named = list(dict.fromkeys(pair for values in held for pair in values))
    design = np.array([[float(pair in values) for pair in named] for values in held])
    places = [place for place, (name, _) in enumerate(named) if name == axis]
    pairs = list(combinations(places, 2))
    if not pairs:
        return ()
    slopes = np.zeros((len(pairs), len(named)))
    for row, (one, other) in enumerate(pairs):
        slopes[row, [one, other]] = 1, -1
    found = fit(sure.tally.wins, design=design)
    gaps = slopes @ found.strengths
    of_votes = np.diag(slopes @ found.covariance @ slopes.T)
    half = sure.half(of_votes, lambda strengths: strengths @ slopes.T, design)
    return tuple(
        _duel(named[one][1], named[other][1], float(gap), float(width))
        for (one, other), gap, width in zip(pairs, gaps, half, strict=True)
    )


def _duel(one: str, other: str, gap: float, half: float) -> Duel:
    better, worse = (one, other) if gap >= 0 else (other, one)
    middle, low, high = (logistic(np.asarray(abs(gap) + half * side)) for side in (0, -1, 1))
    return Duel(
        better=better, worse=worse, win_rate=float(middle), low=float(low), high=float(high)
    )


def _chance_words(chance: float, low: float, high: float) -> str:
    return f"{round(100 * chance)} % [{round(100 * low)}, {round(100 * high)}]"
