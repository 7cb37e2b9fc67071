"""The votes of the history, and files of votes that judges send: a log that only grows.

A vote is taken back by a further entry. A file is foreign: it may be damaged or made up, and
one that is added twice counts once. It knows votes one by one, not what they say together.
"""

import json
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from hailuo_nb.core.vote import OUTCOMES, Vote
from hailuo_nb.errors import VotesError
from hailuo_nb.store import foreign
from hailuo_nb.store.database import Database

FILE_VERSION = 1
FILE_BYTES_MAX = 8 * 1024 * 1024
FILE_VOTES_MAX = 20_000
JUDGE_CHARS_MAX = 100
EARLIEST_S = 1_577_836_800.0
"""2020 began: nobody has voted before, in seconds since the epoch."""
AHEAD_S = 86_400.0
"""A judge's clock may be ahead by a day."""

_RECORD = """
INSERT INTO votes (id, experiment, digest, judge, left, right, outcome, repeat, at, undoes)
VALUES (:id, :experiment, :digest, :judge, :left, :right, :outcome, :repeat, :at, :undoes)
"""
_READ = """
SELECT * FROM votes
WHERE experiment = :experiment AND number > :after
  AND (digest IN (SELECT value FROM json_each(:digests))
       OR left IN (SELECT value FROM json_each(:clips))
       AND right IN (SELECT value FROM json_each(:clips)))
ORDER BY number
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """An experiment's entries as they were recorded, and how many rows could not be read.

    ``last`` is the number of the last row: what is recorded later comes after it.
    """

    votes: tuple[Vote, ...]
    unreadable: int = 0
    last: int = field(default=0, compare=False)


class Votes:
    """The votes of one history."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, votes: Iterable[Vote]) -> int:
        """Record entries, all or none; return how many were not there yet.

        When this returns they survive a power cut.

        Raises
        ------
        VotesError
            An id is there already and says something else.
        """
        new = 0
        with self._database.transaction():
            for vote in votes:
                known = self._database.read("SELECT * FROM votes WHERE id = :id", {"id": vote.id})
                if not known:
                    new += self._database.write(_RECORD, asdict(vote))
                elif _read_row(dict(known[0])) != vote:
                    raise VotesError(f"Vote {vote.id} is there already and says something else.")
        return new

    def of(
        self, experiment: str, *digests: str, clips: Collection[str] = (), after: int = 0
    ) -> Log:
        """Return the entries of an experiment, the oldest first; only those after a row.

        Under its name those on its clips of these digests are, and those on two of ``clips``,
        by their local ids.
        """
        key = {"experiment": experiment, "digests": json.dumps(digests), "after": after}
        key["clips"] = json.dumps(list(clips))
        rows = self._database.read(_READ, key)
        read = [_read_row(dict(row)) for row in rows]
        votes = tuple(vote for vote in read if vote is not None)
        last = max([after, *(row["number"] for row in rows)])
        return Log(votes=votes, unreadable=len(read) - len(votes), last=last)


def is_judge(name: str) -> bool:
    """Return whether a judge may be called so: visible characters, not too many."""
    try:
        return _judge(name) == name
    except ValueError:
        return False


def votes_form(experiment: str, digest: str, votes: Iterable[Vote]) -> dict[str, object]:
    """Return a file of votes, ready for JSON, as an exported page saves it, too."""
    told = [{name: getattr(vote, name) for name in _OF_A_VOTE} for vote in votes]
    return {"votes_version": FILE_VERSION, "experiment": experiment, "digest": digest} | {
        "votes": told
    }


def read_votes(
    path: Path,
    *,
    experiment: str,
    digests: Collection[str],
    clips: Collection[str],
    now: float | None = None,
) -> tuple[Vote, ...]:
    """Return the entries of a file of votes.

    Parameters
    ----------
    path
        The file.
    experiment, digests, clips
        What must have been voted on: its name, one of `Study.digests`, its clips' local ids.
    now
        Seconds since the epoch; by default the time.

    Raises
    ------
    VotesError
        The file cannot be counted; it says why, and which vote is at fault.
    """
    latest = (time.time() if now is None else now) + AHEAD_S
    try:
        found = foreign.load_object(path, FILE_BYTES_MAX)
        digest = _checked_head(found, experiment, digests)
        votes = listed_votes(found, experiment, digest)
        check_votes(votes, clips, latest)
        if not votes:
            raise foreign.Odd("there is none in it")
    except OSError as error:
        raise VotesError(f"{path.name or path} cannot be read: {error.strerror}.") from None
    except (ValueError, RecursionError) as error:
        reason = foreign.reason_of(error)
        raise VotesError(f"The votes of {path.name} are not counted: {reason}.") from None
    return votes


def _checked_head(found: dict[str, object], experiment: str, digests: Collection[str]) -> str:
    """Return the digest of what a file is of; refuse what is no file of votes on this."""
    version = found.get("votes_version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise foreign.Odd("it is no file of votes")
    if version > FILE_VERSION:
        raise foreign.Odd("a newer hailuo_nb wrote it; pip install -U hailuo_nb reads it")
    if found.get("experiment") != experiment:
        raise foreign.Odd(f"they are not of {experiment!r}")
    digest = found.get("digest")
    if not isinstance(digest, str) or digest not in digests:
        raise foreign.Odd(f"they are of other clips that were called {experiment!r}")
    return digest


def listed_votes(found: dict[str, object], experiment: str, digest: str) -> tuple[Vote, ...]:
    """Return the votes of an object as `votes_form` makes it, each by itself.

    Raises
    ------
    ValueError
        One cannot be read; `foreign.Odd` says which.
    """
    listed = found.get("votes")
    if not isinstance(listed, list):
        raise foreign.Odd("'votes' is no list")
    if len(listed) > FILE_VOTES_MAX:
        raise foreign.Odd(f"there are {len(listed):,}, more than {FILE_VOTES_MAX:,}")
    return tuple(
        _read_vote(number, one, experiment, digest) for number, one in enumerate(listed, start=1)
    )


def _read_vote(number: int, found: object, experiment: str, digest: str) -> Vote:
    if not isinstance(found, dict):
        raise foreign.Odd(f"vote {number} is no JSON object")
    facts: dict[str, Any] = {}
    for name, read in _OF_A_VOTE.items():
        try:
            facts[name] = read(found.get(name))
        except (ValueError, TypeError):
            what = f"vote {number}: {name!r} holds something else than it should"
            raise foreign.Odd(what) from None
    return Vote(experiment=experiment, digest=digest, **facts)


def check_votes(votes: Iterable[Vote], clips: Collection[str], latest: float) -> None:
    """Refuse votes that cannot have been cast, one against the others.

    ``clips`` are what may have been voted on; ``latest`` is in seconds since the epoch. Raises
    `foreign.Odd`.
    """
    before: dict[str, Vote] = {}
    moments: set[tuple[str, float]] = set()
    undone: set[str | None] = set()
    for number, vote in enumerate(votes, start=1):
        reason = _alone(vote, clips, latest)
        if vote.id in before:
            reason = "its id is there twice"
        elif (vote.judge, vote.at) in moments:
            reason = "its judge gave another one at the same moment"
        elif vote.undoes is not None and (
            vote.undoes in undone or not _takes_back(vote, before.get(vote.undoes))
        ):
            reason = "it takes back what is not there, or is another judge's"
        if reason:
            raise foreign.Odd(f"vote {number}: {reason}")
        before[vote.id] = vote
        moments.add((vote.judge, vote.at))
        undone |= {vote.undoes} - {None}


def _alone(vote: Vote, clips: Collection[str], latest: float) -> str:
    """Return what is wrong with a vote by itself, "" where it may have been cast."""
    if vote.left == vote.right:
        return "both clips are one"
    if vote.left not in clips or vote.right not in clips:
        return "a clip is not of the experiment"
    if vote.at > latest:
        return "its time is still to come"
    return ""


def _takes_back(entry: Vote, vote: Vote | None) -> bool:
    """Return whether a judge's entry fits the vote that it takes back."""
    return (
        vote is not None
        and vote.undoes is None
        and (vote.judge, vote.left, vote.right) == (entry.judge, entry.left, entry.right)
    )


def _read_row(row: dict[str, object]) -> Vote | None:
    """Return a row's entry, None where it cannot be read."""
    row["repeat"] = {0: False, 1: True}.get(row["repeat"])  # type: ignore[call-overload]
    try:
        return Vote(**{name: read(row[name]) for name, read in (_OF_A_ROW | _OF_A_VOTE).items()})
    except (ValueError, TypeError):
        return None


def _judge(value: object) -> str:
    name = foreign.text(value)
    if not (name.strip() == name and name.isprintable() and 0 < len(name) <= JUDGE_CHARS_MAX):
        raise ValueError
    return name


_OF_A_VOTE: dict[str, Callable[[object], Any]] = {
    "id": foreign.local_id,
    "judge": _judge,
    "left": foreign.local_id,
    "right": foreign.local_id,
    "outcome": foreign.one_of(OUTCOMES),
    "repeat": foreign.switch,
    "at": foreign.within(EARLIEST_S, foreign.LATEST_S),
    "undoes": foreign.or_none(foreign.local_id),
}
"""What a file says of each vote, and how it is read."""

_OF_A_ROW: dict[str, Callable[[object], Any]] = {"experiment": foreign.text, "digest": foreign.text}
