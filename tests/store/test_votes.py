"""Votes stay as they were cast; a file of them counts once, or says why it does not count."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hailuo_nb.core.vote import Vote
from hailuo_nb.errors import VotesError
from hailuo_nb.store import votes as room
from hailuo_nb.store.history import History
from hailuo_nb.store.votes import FILE_BYTES_MAX, FILE_VOTES_MAX, read_votes, votes_form

AT = 1_790_000_000.0
CLIPS = ("c1", "c2", "c3")


def vote_of(number: int = 1, **changes: Any) -> Vote:
    """Make a vote, with some changes."""
    facts: dict[str, Any] = {
        "id": f"v{number}",
        "experiment": "trial",
        "digest": "ab12",
        "judge": "Ada",
        "left": "c1",
        "right": "c2",
        "outcome": "left",
        "at": AT + number,
    }
    return Vote(**facts | changes)


UNDO = vote_of(2, undoes="v1")
LOG = (vote_of(1), UNDO, vote_of(3, outcome="tie", repeat=True), vote_of(4, judge="Grace 🗡"))


def read(path: Path, **changes: Any) -> tuple[Vote, ...]:
    """Read a file of votes on the experiment of `vote_of`, a minute after its votes."""
    facts = {"experiment": "trial", "digests": ["ab12"], "clips": CLIPS, "now": AT + 60}
    return read_votes(path, **facts | changes)


def file_of(folder: Path, *votes: Vote, **changes: object) -> Path:
    """Save votes as a file, with some changes of its head."""
    path = folder / "votes.json"
    path.write_text(json.dumps(votes_form("trial", "ab12", votes) | changes))
    return path


def test_votes_are_read_as_they_were_cast(history: History, tmp_path: Path) -> None:
    """In their order, undo included, by another process too, and of their experiment alone."""
    assert history.votes.of("trial", "ab12").votes == ()
    assert history.votes.add(LOG) == 4
    others = [vote_of(5, experiment="other"), vote_of(6, digest="cd34")]
    assert history.votes.add(others) == 2
    with History(tmp_path) as another:
        assert another.votes.of("trial", "ab12") == room.Log(votes=LOG)


def test_a_vote_that_is_there_counts_once(history: History) -> None:
    """A further entry is added, the known ones are not."""
    history.votes.add(LOG[:3])
    assert history.votes.add(LOG) == 1
    assert history.votes.of("trial", "ab12").votes == LOG


def test_a_vote_that_is_there_is_never_another(history: History) -> None:
    """Nothing of such a file is recorded, not even what is new in it."""
    history.votes.add(LOG[:1])
    with pytest.raises(VotesError, match="Vote v1 is there already"):
        history.votes.add([vote_of(9), replace(LOG[0], outcome="right")])
    assert history.votes.of("trial", "ab12").votes == LOG[:1]


@pytest.mark.parametrize(
    ("column", "odd"),
    [("outcome", "both"), ("repeat", 2), ("at", "soon"), ("judge", ""), ("left", "../c1")],
)
def test_a_row_that_cannot_be_read_hides_no_other(
    history: History, column: str, odd: object
) -> None:
    """It is told how many there are; they stay as they are."""
    history.votes.add(LOG)
    with closing(sqlite3.connect(history.path)) as database:
        database.execute(f"UPDATE votes SET {column} = ? WHERE id = 'v1'", (odd,))
        database.commit()
    assert history.votes.of("trial", "ab12") == room.Log(votes=LOG[1:], unreadable=1)


def test_a_file_is_read_as_it_was_saved(tmp_path: Path, history: History) -> None:
    """Added twice it counts once."""
    path = file_of(tmp_path, *LOG)
    assert read(path) == LOG
    assert history.votes.add(read(path)) == 4
    assert history.votes.add(read(path)) == 0


SAVED = """{"votes_version": 1, "experiment": "trial", "digest": "ab12", "votes": [
  {"id": "v3", "judge": "Ada", "left": "c1", "right": "c2", "outcome": "tie", "repeat": true,
   "at": 1790000003.0, "undoes": null}]}"""
"""The first form of a file; it is never changed."""


def test_a_saved_form_is_read_for_ever(tmp_path: Path) -> None:
    """What the first version saved is what is saved and read today; what is beyond is passed by."""
    assert votes_form("trial", "ab12", LOG[2:3]) == json.loads(SAVED)
    path = tmp_path / "votes.json"
    newer = json.loads(SAVED) | {"page": 7}
    newer["votes"][0]["seconds"] = 2.5
    for form in (json.loads(SAVED), newer):
        path.write_text(json.dumps(form))
        assert read(path) == LOG[2:3]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"votes_version": 2}, "a newer hailuo_nb wrote it"),
        *[({"votes_version": odd}, "no file of votes") for odd in (0, "1", True, None, [])],
        ({"experiment": "other"}, "not of 'trial'"),
        ({"digest": "cd34"}, "other clips that were called 'trial'"),
        *[({"votes": odd}, "'votes' is no list") for odd in (None, {}, "x")],
        ({"votes": [7]}, "vote 1 is no JSON object"),
        ({"votes": [0] * (FILE_VOTES_MAX + 1)}, "more than 20,000"),
    ],
)
def test_a_file_of_something_else_is_refused(
    tmp_path: Path, changes: dict[str, object], reason: str
) -> None:
    """It says what is wrong with the whole."""
    with pytest.raises(VotesError, match=reason):
        read(file_of(tmp_path, **changes))


ODD: list[tuple[str, object]] = [
    *[("id", odd) for odd in ("", "a b", "../a", "é", "a" * 201, None, 7, "'; DROP")],
    *[("judge", odd) for odd in ("", " ", " Ada", "A\nb", "a" * 101, None, "\ud800", "\u202eAda")],
    *[("left", odd) for odd in ("", None, 7, ["c1"])],
    *[("outcome", odd) for odd in ("LEFT", "", None, 1, ["left"])],
    *[("repeat", odd) for odd in (None, 1, "no")],
    *[("at", odd) for odd in (None, "now", True, -1, 0, 1e400, 1e18, 1_577_836_799)],
    *[("undoes", odd) for odd in ("", 7, [])],
]


@pytest.mark.parametrize(("name", "odd"), ODD, ids=lambda value: ascii(value)[:20])
def test_an_odd_field_is_named(tmp_path: Path, name: str, odd: object) -> None:
    """Each vote holds what it should; nothing is guessed."""
    form: Any = votes_form("trial", "ab12", LOG[:1])
    form["votes"][0][name] = odd
    path = tmp_path / "votes.json"
    path.write_text(json.dumps(form).replace("Infinity", "1e999"))
    with pytest.raises(VotesError, match=f"vote 1: {name!r} holds something else"):
        read(path)


@pytest.mark.parametrize(
    ("vote", "reason"),
    [
        (vote_of(7, right="c1"), "both clips are one"),
        (vote_of(7, right="c9"), "not of the experiment"),
        (vote_of(7, at=AT + 90_000), "still to come"),
        (vote_of(1, at=AT), "its id is there twice"),
        (vote_of(7, at=AT + 1), "at the same moment"),
        (vote_of(7, undoes="v9"), "takes back what is not there"),
        (vote_of(7, undoes="v1"), "takes back what is not there"),
        (vote_of(7, undoes="v2"), "takes back what is not there"),
        (vote_of(7, undoes="v4"), "is another judge's"),
        (vote_of(7, undoes="v3", left="c2", right="c3"), "takes back what is not there"),
    ],
)
def test_a_vote_that_cannot_have_been_cast_is_named(
    tmp_path: Path, vote: Vote, reason: str
) -> None:
    """One such vote and the whole file does not count."""
    with pytest.raises(VotesError, match=rf"vote 5: .*{reason}"):
        read(file_of(tmp_path, *LOG, vote))


@pytest.mark.parametrize("text", ["", "{", "[]", "7", "[" * 100_000, '{"votes_version": NaN}'])
def test_what_is_no_file_of_votes_is_refused(tmp_path: Path, text: str) -> None:
    """Half a text, another kind, depth without end: a sentence, never a raw error."""
    path = tmp_path / "votes.json"
    path.write_text(text)
    with pytest.raises(VotesError, match=r"votes\.json"):
        read(path)


def test_a_file_that_cannot_be_opened_or_is_too_large_is_refused(tmp_path: Path) -> None:
    """The size is looked at before anything is read of it."""
    with pytest.raises(VotesError, match="cannot be read"):
        read(tmp_path / "nowhere.json")
    path = tmp_path / "votes.json"
    path.write_bytes(b" " * (FILE_BYTES_MAX + 1))
    with pytest.raises(VotesError, match="too large"):
        read(path)
