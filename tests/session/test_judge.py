"""Judging over the history: what is asked, recorded, taken back, taken up again and merged."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from hailuo_nb.core.line import words_of
from hailuo_nb.core.vote import Vote
from hailuo_nb.errors import ExportError, OptionError, TaskFailed, UsageError, VotesError
from hailuo_nb.judging.votes import standing
from hailuo_nb.runner.experiment import Experiment
from hailuo_nb.session.chosen import drafts_of, judged_of
from hailuo_nb.session.found import look_for
from hailuo_nb.session.judge import JUDGE, Judging, add_file, standing_of
from hailuo_nb.session.lookup import find
from hailuo_nb.session.ranked import win_rates_of
from hailuo_nb.session.session import Session
from hailuo_nb.store.votes import votes_form
from hailuo_nb.views.compare.comparison import _votes
from hailuo_nb.views.judge.booth import again_line
from hailuo_nb.views.judge.judge import export, show_added
from tests.session.conftest import Stage
from tests.session.test_promotion import drafted, planned


@pytest.fixture
def trial(session: Session) -> Experiment:
    """Make an experiment of three clips."""
    return drafted(session, "A {slow|fast|blue} boat is judged.", name="trial")


def log_of(session: Session, trial: Experiment) -> Sequence[Vote]:
    """Return what the history has."""
    return session.history.votes.of("trial", trial.study.digest).votes


def test_a_vote_is_recorded_at_once_and_counts_once(session: Session, trial: Experiment) -> None:
    """What the history has is the pair that was asked; a late or doubled answer changes nothing."""
    judging = Judging(session, trial)
    first = judging.ballot()
    second = judging.vote(first.turn, "left")
    assert (second.turn, second.cast) == (1, 1)
    (known,) = log_of(session, trial)
    assert (known.left, known.right, known.outcome) == (first.left.id, first.right.id, "left")
    assert judging.vote(first.turn, "right").turn == 1
    assert len(log_of(session, trial)) == 1
    with pytest.raises(UsageError, match="one of left, right, tie, skip"):
        judging.vote(1, "both")


def test_undo_takes_back_and_asks_again(session: Session, trial: Experiment) -> None:
    """The log grows by an entry, and the same pair is asked for; with nothing cast nothing is."""
    judging = Judging(session, trial)
    first = judging.ballot()
    assert not first.can_undo
    assert judging.undo(first.turn).turn == 0
    back = judging.undo(judging.vote(0, "tie").turn)
    assert back.pair == first.pair
    assert (back.turn, back.cast, back.can_undo) == (2, 0, False)
    assert [vote.undoes is None for vote in log_of(session, trial)] == [True, False]


def test_undo_takes_back_the_last_vote_of_its_judge_once(
    session: Session, trial: Experiment
) -> None:
    """Not the first, nor what another judge said since; a click that comes twice takes one."""
    judging = Judging(session, trial)
    judging.vote(0, "left")
    judging.vote(1, "right")
    Judging(session, trial, "Ann").vote(0, "tie")
    for _ in range(2):
        judging.undo(2)
    first, last, another, *undone = log_of(session, trial)
    assert [(vote.judge, vote.undoes) for vote in undone] == [("me", last.id)]
    assert standing(log_of(session, trial)) == [first, another]


def test_another_kernel_goes_on_where_it_was_left(session: Session, trial: Experiment) -> None:
    """By the name alone; each judge has an order of pairs of their own."""
    judging = Judging(session, trial)
    asked = judging.vote(0, "left")
    session.history.close()
    found = find(session, "trial")
    assert isinstance(found, Experiment)
    again = Judging(session, found).ballot()
    assert (again.turn, again.pair) == (asked.turn, asked.pair)
    assert Judging(session, found, "Ann").ballot().turn == 0


def test_votes_stay_where_a_clip_was_never_sent(session: Session, trial: Experiment) -> None:
    """Those of the whole, and those that are kept under the clips that there are."""
    Judging(session, trial).vote(0, "left")
    never = replace(trial.places[2], label="red", identity="0" * 64)
    session.history.experiments.record("trial", replace(trial.study, places=(*trial.places, never)))
    whole = session.history.experiments.named("trial")[0].study.digest
    found = find(session, "trial")
    assert isinstance(found, Experiment) and len(found) == 3
    assert found.study.digest == whole != trial.study.digest
    judging = Judging(session, found)
    assert judging.ballot().turn == 1
    judging.vote(1, "left")
    assert [vote.digest for vote in session.history.votes.of("trial", whole).votes] == [whole]
    assert sum(row.votes for row in found.ranking()) == 4


def test_what_votes_say_is_asked_in_python_too(session: Session, trial: Experiment) -> None:
    """Enough votes for one clip make its prompt better; two judges are set side by side."""
    for judge in ("me", "Ann"):
        judging = Judging(session, trial, judge)
        for turn in range(40):
            ballot = judging.ballot()
            outcome = {ballot.left.id: "left", ballot.right.id: "right"}.get(trial[1].id, "tie")
            judging.vote(turn, outcome)
    standing = standing_of(session, trial)
    assert standing.verdict.state == "better"
    assert str(standing.verdict).startswith("fast is better than each other one")
    assert standing.judges == ("me", "Ann")
    assert standing.agreement[-1].same == standing.agreement[-1].asked > 0
    assert trial.ranking()[0].name == "fast"
    frame = trial.to_frame()
    assert frame["win_rate"]["fast"] == trial.ranking()[0].win_rate
    assert win_rates_of(session, trial) == list(frame["win_rate"])
    assert {"votes", "win_rate", "win_low", "win_high"} <= set(frame.columns)


def test_the_name_above_the_votes_of_a_page_is_text(session: Session, trial: Experiment) -> None:
    """Whatever an experiment is called; without votes there is no heading."""
    trial.name = "</h2><script>alert(1)</script>"
    assert _votes(session, trial) == ""
    judging = Judging(session, trial)
    judging.ballot()
    judging.vote(0, "left")
    assert "Votes on &lt;/h2&gt;&lt;script&gt;" in _votes(session, trial)
    assert "<script" not in _votes(session, trial)


def test_a_clip_that_failed_holds_up_nobody(session: Session, stage: Stage) -> None:
    """It is neither shown nor ranked, and the others are; fewer than two are refused."""
    stage.play("fail-moderation=#2")
    with pytest.raises(TaskFailed):
        drafted(session, "A {slow|fast|blue} boat fails to be judged.", name="lame")
    lame = find(session, "lame")
    assert isinstance(lame, Experiment)
    judging = Judging(session, lame)
    assert len(judging.clips) == 2
    for turn in range(3):
        judging.vote(turn, "left")
    assert len(lame.ranking()) == 2
    with pytest.raises(UsageError, match="no clips of two prompts"):
        Judging(session, lame, only=[0])
    with pytest.raises(OptionError, match="visible characters"):
        Judging(session, lame, "\u202eAnn")


def test_what_was_said_stays_where_a_cell_gets_more_clips(session: Session, tmp_path: Path) -> None:
    """More samples or values, in any order: of clips that are still there the votes count."""
    cell = "A {slow|fast} boat gets company."
    few = drafted(session, cell, name="more", repeat=2)
    judging = Judging(session, few, "Ann")
    for turn in range(6):
        judging.vote(turn, "left")
    told = str(few.ranking()[0])
    (last,) = session.history.votes.of("more", few.study.digest).votes[-1:]
    ben = replace(last, id="b1", judge="Ben")
    path = file_of(tmp_path / "ben.json", few, [ben], "more")
    many = drafted(session, cell, name="more", repeat=3)
    assert str(many.ranking()[0]) == told
    assert Judging(session, many, "Ann").ballot().turn == 6
    assert add_file(session, many, path) == 1
    with pytest.raises(VotesError, match="there already"):
        add_file(session, many, path)
    other = drafted(session, "A {fast|slow|red} boat gets company.", name="more", repeat=2)
    assert sum(row.votes for row in other.ranking()) == 14
    gone = drafted(session, "A {slow|red} boat gets company.", name="more", repeat=2)
    assert not gone.ranking().is_known


def test_the_line_that_is_told_takes_judging_up_again(session: Session, trial: Experiment) -> None:
    """An experiment by its name, also one of earlier; clips by themselves by theirs, in order."""
    single = drafted(session, "A boat is judged by itself.", name="single")
    other = drafted(session, "Another boat is.")
    assert again_line(session, trial, JUDGE) == "%hailuo judge trial"
    drafted(session, "A {red|green} boat is judged later.", name="trial")
    for shown in (trial, judged_of(session, [other[0], single[0]])[0]):
        line = again_line(session, shown, 'Ann "A" B')
        verb, _, *names = words_of(line)[:-2]
        assert (verb, words_of(line)[-2:]) == ("%hailuo", ["--judge", 'Ann "A" B'])
        found, _ = judged_of(session, names)
        assert (found.study.digest, found.name) == (shown.study.digest, shown.name)
    assert again_line(session, trial, JUDGE) == "%hailuo judge trial~1"
    assert again_line(session, other, JUDGE) == ""


def test_clips_in_a_list_are_those_to_choose_between(session: Session, trial: Experiment) -> None:
    """Not one after another as one clip, whether they are cut out of an experiment or found."""
    found = look_for(session, "boat", display=lambda _: None, limit=2)
    assert judged_of(session, [trial[:2]])[1] == [0, 1]
    assert judged_of(session, [found])[1] == [2, 1]
    assert len(trial.promote(names=drafts_of(session, [list(trial)])[1], dry_run=True).clips) == 3


def test_who_names_nothing_reads_of_judging(session: Session, trial: Experiment) -> None:
    """Not of promoting."""
    for odd in ([], [trial, trial]):
        with pytest.raises(UsageError, match="One experiment is judged at a time"):
            judged_of(session, odd)


def test_a_page_for_votes_is_a_page(session: Session, trial: Experiment, tmp_path: Path) -> None:
    """What no browser would open is not written, nor what has no size."""
    judging = Judging(session, trial)
    with pytest.raises(OptionError, match=r"end in \.html"):
        export(session, judging, tmp_path / "votes.txt", max_mb=25, smaller=False)
    with pytest.raises(ExportError, match="not 'much'"):
        export(session, judging, tmp_path / "votes.html", max_mb="much", smaller=False)  # type: ignore[arg-type]
    assert list(tmp_path.glob("votes.*")) == []


def file_of(path: Path, trial: Experiment, votes: Sequence[Vote], name: str = "trial") -> Path:
    """Write a file of votes as a page saves it."""
    path.write_text(json.dumps(votes_form(name, trial.study.digest, votes)))
    return path


def test_files_are_merged_once_and_forged_ones_refused(
    session: Session, trial: Experiment, tmp_path: Path
) -> None:
    """What was saved twice counts once; a copy with other ids, and another's file, do not count."""
    judging = Judging(session, trial, "Ann")
    for turn in range(5):
        judging.vote(turn, "left")
    mine = log_of(session, trial)
    ben = [replace(vote, id=f"b{vote.id}", judge="Ben", at=vote.at + 0.5) for vote in mine]
    path = tmp_path / "ben.json"
    assert add_file(session, trial, file_of(path, trial, ben[:3])) == 3
    assert add_file(session, trial, file_of(path, trial, ben)) == 2
    with pytest.raises(VotesError, match="there already"):
        add_file(session, trial, path)
    forged = [replace(vote, id=f"c{vote.id}") for vote in ben]
    with pytest.raises(VotesError, match="at the same moment"):
        add_file(session, trial, file_of(path, trial, forged))
    with pytest.raises(VotesError, match="not of 'trial'"):
        add_file(session, trial, file_of(path, trial, ben, "other"))
    assert len(log_of(session, trial)) == 10
    with pytest.raises(VotesError, match="there is none in it"):
        add_file(session, trial, file_of(path, trial, []))
    with pytest.raises(VotesError, match=r"^\. cannot be read"):
        add_file(session, trial, Path())


def test_a_file_that_is_refused_holds_up_no_other(
    session: Session, trial: Experiment, tmp_path: Path
) -> None:
    """A teacher names all files again: what is there already, or damaged, is said at the end."""
    Judging(session, trial, "Ann").vote(0, "left")
    (vote,) = log_of(session, trial)
    for who in ("Ben", "Cem"):
        own = replace(vote, id=who, judge=who)
        file_of(tmp_path / f"{who}.json", trial, [own])
    (tmp_path / "odd.json").write_text("{")
    paths = [tmp_path / name for name in ("Ben.json", "odd.json", "Cem.json")]
    with pytest.raises(VotesError, match=r"votes of odd\.json are not counted"):
        show_added(session, trial, paths)
    assert [one.judge for one in log_of(session, trial)] == ["Ann", "Ben", "Cem"]
    with pytest.raises(VotesError, match=r"Ben.json are there .* odd.json .* Cem.json are there"):
        show_added(session, trial, paths)


def test_one_prompt_is_not_waited_for(session: Session, stage: Stage) -> None:
    """The advice is to wait where something is under way, else to write a second prompt."""
    alone = drafted(session, "A boat is judged alone.", name="alone")
    with pytest.raises(UsageError, match=r"no clips of two prompts.*\{slow\|fast\} in its text"):
        Judging(session, alone)
    stage.play("stuck-waiting")
    made = session.dispatch.send(planned(session, "A {slow|fast} boat is awaited.", name="stuck"))
    with pytest.raises(UsageError, match="%hailuo wait holds for them"):
        Judging(session, made)
    made.stop()
