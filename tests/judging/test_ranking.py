"""The ranking works with any votes or none, and says what they cannot tell."""

import pytest

from hailuo_nb.core.vote import Vote
from hailuo_nb.judging.ranking import Ranking, Row
from hailuo_nb.judging.tally import Contestant, Tally
from tests.judging.make import contestants_of, vote_of, votes_on

STRENGTHS = [0.0, 1.5, -1.0, 0.5]


def ranked(contestants: list[Contestant], log: list[Vote], **options: int) -> Ranking:
    """Rank by a log of votes."""
    return Ranking(Tally(contestants, log), **options)


def test_without_votes_it_says_so() -> None:
    """Rows stand as typed, and nothing is claimed; of no prompts there are no rows."""
    contestants = contestants_of(3)
    ranking = ranked(contestants, [])
    assert list(ranking) == [Row(name=one.name, values=one.values, votes=0) for one in contestants]
    assert ranking.note == "No ranking yet: there are no votes."
    assert ranking.by_axis("mood") == ()
    assert len(ranked([], [])) == 0


def test_the_best_comes_first_with_what_is_known_of_it() -> None:
    """A row is a prompt; its interval holds its win rate; every vote counts on two rows."""
    contestants = contestants_of(4)
    ranking = ranked(contestants, votes_on(contestants, STRENGTHS, 400, ties=0.1))
    assert [row.name for row in ranking] == ["p1", "p3", "p0", "p2"]
    assert sum(row.votes for row in ranking) == 800
    rates = [row.win_rate for row in ranking]
    assert rates == sorted(rates, reverse=True)
    assert sum(rates) == pytest.approx(2.0)
    assert all(0 < row.low < row.win_rate < row.high < 1 for row in ranking)
    assert ranking[:2] == (ranking[0], ranking[1])


def test_few_votes_are_less_sure() -> None:
    """One who won always is not sure to win."""
    contestants = contestants_of(2)
    few, many = (
        ranked(contestants, [vote_of(at, "p0c0", "p1c0") for at in range(number)])[0]
        for number in (1, 30)
    )
    assert few.low < 0.5 < many.low
    assert few.high < 1


def test_prompts_that_nobody_has_compared_have_no_ranking() -> None:
    """It names those who are apart; one vote between them is enough."""
    contestants = contestants_of(5)
    log = [vote_of(1, "p0c0", "p1c0"), vote_of(2, "p2c0", "p3c0"), vote_of(3, "p3c0", "p4c0")]
    ranking = ranked(contestants, log)
    assert ranking.note == "No ranking yet: nobody has compared p0, p1 with the others."
    assert [(row.name, row.votes, row.win_rate) for row in ranking] == [
        *[("p0", 1, None), ("p1", 1, None), ("p2", 1, None), ("p3", 2, None), ("p4", 1, None)]
    ]
    assert ranking.by_axis("mood") == ()
    joined = ranked(contestants, [*log, vote_of(4, "p4c0", "p0c0", "tie")])
    assert all(row.win_rate is not None for row in joined)


def test_two_clips_of_one_prompt_say_nothing_of_prompts() -> None:
    """Such votes are passed over."""
    contestants = contestants_of(2, clips=2)
    ranking = ranked(contestants, [vote_of(1, "p0c0", "p0c1"), vote_of(2, "p1c1", "p1c0")])
    assert [row.votes for row in ranking] == [0, 0]
    assert "no votes" in ranking.note


@pytest.mark.parametrize(("clips", "speaks"), [(1, False), (4, False), (5, True)])
def test_few_clips_do_not_speak_of_their_prompt(clips: int, speaks: bool) -> None:
    """From five clips of each on it does, and says nothing more; it is less sure then."""
    contestants = contestants_of(4, clips)
    log = votes_on(contestants, STRENGTHS, 400)
    ranking = ranked(contestants, log)
    assert ranking.note.startswith("Of these clips") is not speaks
    assert [row.name for row in ranking] == ["p1", "p3", "p0", "p2"]


def test_clips_that_nobody_voted_on_are_none() -> None:
    """Five clips of which four were seen are four."""
    contestants = contestants_of(4, clips=5)
    log = votes_on(contestants, STRENGTHS, 400)
    unseen = [vote for vote in log if "p0c4" not in (vote.left, vote.right)]
    assert ranked(contestants, log).note == ""
    assert ranked(contestants, unseen).note.startswith("Of these clips")


def test_one_lucky_clip_widens_its_prompts_interval() -> None:
    """Votes that are all on one clip's side tell of the clip: the prompt's interval allows for it.

    The same sums, spread evenly over the clips, are surer.
    """
    contestants = contestants_of(2, clips=5)
    lucky, even = [], []
    for at in range(250):
        clip, other = at % 5, (at // 5) % 5
        better = "left" if clip < 3 else "right"
        lucky.append(vote_of(at, f"p0c{clip}", f"p1c{other}", better))
        spread = "left" if (at // 25) % 5 < 3 else "right"
        even.append(vote_of(at, f"p0c{clip}", f"p1c{other}", spread))
    wide, narrow = ranked(contestants, lucky)[0], ranked(contestants, even)[0]
    assert wide.win_rate == pytest.approx(narrow.win_rate)
    assert wide.low < 0.5 < narrow.low


def test_one_log_gives_one_ranking() -> None:
    """Draws follow their seed."""
    contestants = contestants_of(4, clips=5)
    log = votes_on(contestants, STRENGTHS, 300)
    first, again, other = (ranked(contestants, log, seed=seed) for seed in (1, 1, 2))
    assert list(first) == list(again) != list(other)


@pytest.mark.parametrize("clips", [1, 5])
def test_an_axis_is_told_all_else_alike(clips: int) -> None:
    """A value that was only ever seen with the strongest move is not given the move's credit."""
    contestants = contestants_of(6, clips)
    strengths = [
        1.0 * (one.values[1][1] == "pan") + 0.6 * (one.values[0][1] == "slow")
        for one in contestants
    ]
    ranking = ranked(contestants, votes_on(contestants, strengths, 3000))
    (duel,) = ranking.by_axis("mood")
    assert (duel.better, duel.worse) == ("slow", "stormy")
    upside_down = ranked(contestants, votes_on(contestants, [-one for one in strengths], 3000))
    assert [(one.better, one.worse) for one in upside_down.by_axis("mood")] == [("stormy", "slow")]
    assert duel.low < 1 / (1 + 2.718281828**-0.6) < duel.high
    assert duel.high - duel.low < 0.2
    assert len(ranking.by_axis("move")) == 3
    assert ranking.by_axis("nothing") == ()
    assert str(duel).startswith("slow beats stormy in 6")


def test_it_reads_as_a_table() -> None:
    """Its text has a line for each row and the note."""
    contestants = contestants_of(2)
    ranking = ranked(contestants, [vote_of(1, "p1c0", "p0c0")])
    first, second, note = repr(ranking).splitlines()
    assert first == "p1: 80 % [10, 99], 1 vote"
    assert second.startswith("p0: 20 %")
    assert note == ranking.note
