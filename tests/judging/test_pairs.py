"""The next pair follows from the log, and judging ends with an answer."""

from collections import Counter
from itertools import combinations

import numpy as np
import pytest

from hailuo_nb.core.vote import Vote
from hailuo_nb.judging.choice import VOTES_MAX, lead, telling, threshold
from hailuo_nb.judging.pairs import MORE_MAX, REPEAT_EVERY, Pair, next_pair, verdict
from hailuo_nb.judging.strengths import Fit, fit
from hailuo_nb.judging.tally import Contestant, Tally
from tests.judging.make import contestants_of, vote_of, votes_on


def judged(
    contestants: list[Contestant], number: int, outcome: str = "", *, seed: int = 0
) -> list[Vote]:
    """Vote on the pairs as they come, by chance or always the same."""
    rng = np.random.default_rng(seed)
    log: list[Vote] = []
    for at in range(number):
        pair = next_pair(Tally(contestants, log), "Ada", seed=seed)
        said = outcome or str(rng.choice(["left", "right", "tie"]))
        log.append(vote_of(at, pair.left, pair.right, said, repeat=pair.repeat))
    return log


def sides(vote: Vote | Pair) -> frozenset[str]:
    """Return a pair whatever its sides."""
    return frozenset((vote.left, vote.right))


@pytest.mark.parametrize("outcome", ["left", "tie", "skip"])
def test_at_first_each_pair_comes_once(outcome: str) -> None:
    """Whatever is said of it, repeats aside."""
    contestants = contestants_of(6)
    first = [vote for vote in judged(contestants, 20, outcome) if not vote.repeat][:15]
    every = {frozenset((a.clips[0], b.clips[0])) for a, b in combinations(contestants, 2)}
    assert {sides(vote) for vote in first} == every


def test_of_many_everyone_meets_as_many_others() -> None:
    """With forty prompts not all 780 pairs come first; nobody is left out."""
    contestants = contestants_of(40)
    log: list[Vote] = []
    while not any(vote.repeat for vote in log[-1:]) and len(log) < 700:
        before = Tally(contestants, log)
        if (before.met.sum(1) >= 15).all():
            break
        pairs = [pair for pair in [next_pair(before, f"judge {len(log)}")] if not pair.repeat]
        log += [vote_of(len(log), pair.left, pair.right, "tie") for pair in pairs]
    assert 300 <= len(log) < 500
    assert not Tally(contestants, log).groups[1:]


def test_the_pair_follows_from_log_judge_and_seed() -> None:
    """So judging is taken up anywhere; others are asked something else."""
    contestants = contestants_of(8)
    tally = Tally(contestants, judged(contestants, 40))
    assert next_pair(tally, "Ada", seed=3) == next_pair(tally, "Ada", seed=3)
    assert len({next_pair(tally, "Ada", seed=seed) for seed in range(20)}) > 3
    assert len({next_pair(tally, f"judge {at}") for at in range(20)}) > 3


def test_a_vote_that_was_taken_back_is_asked_for_again() -> None:
    """The pair is the same as before it, whatever was said."""
    contestants = contestants_of(8)
    log = judged(contestants, 40)
    before = next_pair(Tally(contestants, log), "Ada")
    wrong = vote_of(40, before.left, before.right)
    undo = vote_of(41, before.left, before.right, undoes=wrong.id)
    after_wrong = next_pair(Tally(contestants, [*log, wrong]), "Ada")
    assert next_pair(Tally(contestants, [*log, wrong, undo]), "Ada") == before != after_wrong


def test_one_pair_in_ten_comes_again_with_sides_changed() -> None:
    """Once every ten, never one of the last three, and as the judge's own answer stood."""
    log = judged(contestants_of(8), 200)
    turns = Counter(at // REPEAT_EVERY for at, vote in enumerate(log) if vote.repeat)
    assert set(turns.values()) == {1}
    assert 18 <= sum(turns.values()) <= 20
    for at, vote in enumerate(log):
        if vote.repeat:
            asked = [one for one in log[:at] if sides(one) == sides(vote)]
            assert (asked[-1].left, asked[-1].right) == (vote.right, vote.left)
            assert asked[-1] not in log[at - 3 : at]


@pytest.mark.parametrize(("prompts", "votes"), [(2, 66), (12, 66)])
def test_sides_are_random(prompts: int, votes: int) -> None:
    """No place in the cell has a side of its own, when each pair comes once and afterwards."""
    log = judged(contestants_of(prompts), votes)
    earlier = sum(int(vote.left[1:-2]) < int(vote.right[1:-2]) for vote in log)
    assert 18 <= earlier <= 48


def test_a_prompts_clips_are_shown_alike() -> None:
    """None of them twice more than another."""
    contestants = contestants_of(3, clips=4)
    log = [vote for vote in judged(contestants, 120) if not vote.repeat]
    shown = Counter(id for vote in log for id in (vote.left, vote.right))
    for one in contestants:
        counts = [shown[id] for id in one.clips]
        assert max(counts) - min(counts) <= 8


def test_those_who_may_be_best_are_compared() -> None:
    """Once two are ahead, nearly all votes go to them."""
    contestants = contestants_of(8)
    strengths = [2.5, 2.5, *[0.0] * 6]
    log = votes_on(contestants, strengths, 300)
    pairs = [next_pair(Tally(contestants, log), "Grace", seed=seed) for seed in range(40)]
    assert sum(sides(pair) == {"p0c0", "p1c0"} for pair in pairs) >= 36


def test_it_ends_once_somebody_is_better_than_each_other() -> None:
    """In words, and with no more votes needed."""
    contestants = contestants_of(4)
    told = verdict(Tally(contestants, votes_on(contestants, [2.0, 0.0, 0.0, 0.0], 200)))
    assert (told.state, told.best, told.more) == ("better", "p0", 0)
    assert str(told) == "p0 is better than each other one (200 votes)."


def test_nobody_is_better_than_those_whom_they_have_not_met() -> None:
    """However far ahead they are of who beats those; one vote on each is enough."""
    contestants = contestants_of(4)
    log = [vote_of(at, "p0c0", "p1c0", "left" if at % 7 else "right") for at in range(140)]
    for at in range(100):
        both = ("p1c0", f"p{2 + at % 2}c0")
        log.append(vote_of(200 + at, *both, "left" if at % 4 < 2 else "right"))
    assert lead(fit(Tally(contestants, log).wins))[1].min() > threshold(4)
    assert verdict(Tally(contestants, log)).state == "open"
    met = [("p0c0", "p2c0"), ("p0c0", "p3c0"), ("p2c0", "p3c0")]
    log += [vote_of(900 + at, *both) for at, both in enumerate(met)]
    assert str(verdict(Tally(contestants, log))).startswith("p0 is better than each other one")


def test_without_a_difference_it_says_what_would_be_needed() -> None:
    """Open until as many votes as the rule was made for; then it ends without a winner."""
    contestants = contestants_of(3)
    evenly = [
        vote_of(at, f"p{at % 3}c0", f"p{(at + 1) % 3}c0", "left" if (at // 3) % 2 else "right")
        for at in range(VOTES_MAX)
    ]
    first = verdict(Tally(contestants, evenly[:1]))
    assert str(first).startswith("Not decided after 1 vote: about")
    before = verdict(Tally(contestants, evenly[:-1]))
    assert before.state == "open"
    assert str(before).startswith("Not decided after 499 votes: more than 10,000 more")
    told = verdict(Tally(contestants, evenly))
    assert told.state == "no difference"
    assert told.more == MORE_MAX
    assert str(told).startswith("No difference seen after 500 votes: more than 10,000 more")


def test_what_would_be_needed_is_about_right() -> None:
    """Four times the votes of the same kind put the best twice as far ahead."""
    contestants = contestants_of(2)
    log = [vote_of(at, "p0c0", "p1c0", "left" if at % 10 < 6 else "right") for at in range(100)]
    told = verdict(Tally(contestants, log))
    assert told.state == "open"
    more = [vote_of(1000 + at, "p0c0", "p1c0", vote.outcome) for at, vote in enumerate(log * 4)][
        : told.more + 10
    ]
    assert verdict(Tally(contestants, log + more)).state == "better"
    assert verdict(Tally(contestants, log + more[: told.more // 2])).state == "open"


def test_without_votes_nothing_is_known() -> None:
    """The first look finds nobody ahead."""
    told = verdict(Tally(contestants_of(3), []))
    assert (told.state, told.best, told.votes) == ("open", None, 0)


def test_many_experiments_at_once_are_each_by_itself() -> None:
    """So that the rule can be tried on thousands."""
    rng = np.random.default_rng(0)
    found = fit(rng.integers(0, 9, (5, 4, 4)) * (1.0 - np.eye(4)))
    best, gaps = lead(found)
    for at in range(5):
        alone = Fit(strengths=found.strengths[at], covariance=found.covariance[at])
        own, own_gaps = lead(alone)
        assert own == best[at]
        assert np.allclose(own_gaps, gaps[at])
    first, second = telling(found, rng)
    assert (first != second).all()


def test_no_difference_is_rarely_called_one() -> None:
    """A small share of what is tried for the committed figures: two alike, 120 times 500 votes."""
    rng = np.random.default_rng(5)
    won = (rng.random((120, VOTES_MAX)) < 0.5).cumsum(1)
    wins = np.zeros((120, VOTES_MAX, 2, 2))
    wins[..., 0, 1], wins[..., 1, 0] = won, np.arange(1, VOTES_MAX + 1) - won
    _, gaps = lead(fit(wins, steps=5))
    called = (gaps.min(-1) > threshold(2)).any(1).mean()
    assert 0.01 < called <= 0.07
