"""The live view in which a judge votes, and what it leaves in the notebook.

Names, prompts and figures stay in Python until the judge asks for the result; the browser has two
clips and how far it is. It knows what is shown, not how pairs are chosen.
"""

import uuid
from collections.abc import Callable, Mapping
from shlex import quote
from typing import Any

import traitlets

from hailuo_nb.errors import HailuoError
from hailuo_nb.runner.experiment import Experiment
from hailuo_nb.runner.task import Task
from hailuo_nb.session.chosen import names_of
from hailuo_nb.session.judge import JUDGE, Ballot, Judging, standing_of
from hailuo_nb.session.session import Session
from hailuo_nb.views import display
from hailuo_nb.views.facts import Facts
from hailuo_nb.views.judge.result import result_html, result_text
from hailuo_nb.views.live import Live
from hailuo_nb.views.text import AWAY, plain

PACE_VOTES = 10
"""From so many votes on it is said how many more may be needed."""

Message = Mapping[str, Any]


class JudgeView(Live):
    """The widget: what is asked now, and the result once it is asked for."""

    ballot = traitlets.Dict().tag(sync=True)
    result = traitlets.Unicode().tag(sync=True)


class Booth:
    """One judge's view in one cell.

    Parameters
    ----------
    here
        The session.
    judging
        Whose votes on what.
    """

    def __init__(self, here: Session, judging: Judging) -> None:
        self._here, self._judging = here, judging
        self._order = list(judging.clips.values())
        self._sides: dict[str, dict[str, Any]] = {}
        self._display_id = f"hailuo-{uuid.uuid4().hex}"
        self._view: JudgeView | None = None

    def show(self) -> None:
        """Draw it in the running cell.

        Raises
        ------
        StoreError
            The history cannot be read.
        """
        heard = {
            "vote": self._heard(lambda told: self._judging.vote(*_said(told))),
            "undo": self._heard(lambda told: self._judging.undo(_turn(told))),
            "go on": self._heard(lambda _: self._judging.ballot(), result=""),
            "result": self._end,
            "clip": self._clip,
        }
        ballot = self._state(self._judging.ballot())
        self._view = JudgeView(name="judge", heard=heard, ballot=ballot)
        self._publish({**self._view.view_data, **self._bundle()}, update=False)

    def _heard(
        self, does: Callable[[Message], Ballot], **more: str
    ) -> Callable[[Message], dict[str, Any]]:
        """Return what answers a message: the new ballot, or why there is none."""

        def answer(message: Message) -> dict[str, Any]:
            try:
                state = {"ballot": self._state(does(message)), **more}
            except HailuoError as error:
                return {"trouble": plain(HailuoError.mask(str(error)))}
            if self._view is not None:
                self._view.change(state)
            return {}

        return answer

    def _end(self, _: Message) -> dict[str, Any]:
        """Show what the votes say, here and in what the notebook keeps."""
        try:
            bundle = self._bundle()
        except HailuoError as error:
            return {"trouble": plain(HailuoError.mask(str(error)))}
        if self._view is not None:
            self._view.change({"result": bundle["text/html"]})
        self._publish(bundle, update=True)
        return {}

    def _clip(self, message: Message) -> dict[str, Any] | None:
        index = message.get("index")
        if type(index) is not int or not 0 <= index < len(self._order):
            return None
        try:
            video = self._order[index].video
            return {"index": index, "bytes": video.read_bytes()} if video else None
        except OSError:
            return None

    def _bundle(self) -> dict[str, str]:
        here, shown = self._here, self._judging.shown
        return bundle_of(here, shown, again_line(here, shown, self._judging.judge))

    def _state(self, ballot: Ballot) -> dict[str, Any]:
        return ballot_state(ballot, self._side)

    def _side(self, task: Task) -> dict[str, Any]:
        if task.id not in self._sides:
            clip = display.clip_of(self._here, "", task.snapshot)
            self._sides[task.id] = {"index": self._order.index(task), **side_state(clip)}
        return self._sides[task.id]

    def _publish(self, data: dict[str, Any], *, update: bool) -> None:
        masked = {
            mime: HailuoError.mask(one) if isinstance(one, str) else one
            for mime, one in data.items()
        }
        self._here.host.publish(masked, metadata={}, display_id=self._display_id, update=update)


def bundle_of(here: Session, shown: Experiment, again: str) -> dict[str, str]:
    """Return what all votes on an experiment say, by media type.

    Raises
    ------
    StoreError
        The history cannot be read.
    """
    standing = standing_of(here, shown)
    return {
        "text/html": result_html(standing, again=again),
        "text/plain": result_text(standing, again=again),
    }


def ballot_state(ballot: Ballot, side: Callable[[Task], dict[str, Any]]) -> dict[str, Any]:
    """Return a ballot for the browser: JSON values only, and nothing that tells a prompt.

    ``side`` returns `side_state` of a clip, with its number.
    """
    return {
        "turn": ballot.turn,
        "clips": [side(one) for one in (ballot.left, ballot.right)],
        "progress": progress_words(ballot),
        "can_undo": ballot.can_undo,
        "decided": ballot.verdict.state != "open",
    }


def side_state(clip: Facts) -> dict[str, Any]:
    """Return what the browser may know of a clip before the end: nothing of its prompt."""
    return {
        "id": clip.snapshot.id,
        "src": AWAY if clip.is_away else clip.address,
        "poster": clip.poster,
        "seconds": clip.request.duration_s,
        "box_px": list(clip.box_px),
        "simulated": clip.is_simulated,
    }


def progress_words(ballot: Ballot) -> str:
    """Return how far judging has come, without a name."""
    found, own = ballot.verdict, f"{votes_in_words(ballot.cast)} of yours"
    if found.state == "better":
        return f"{own}. Decided: one is better than each other one."
    if found.votes < PACE_VOTES:
        return f"{own}."
    return f"{own}. {found}"


def votes_in_words(number: int) -> str:
    """Return how many votes there are."""
    return f"{number:,} vote{'s' * (number != 1)}"


def again_line(here: Session, shown: Experiment, judge: str) -> str:
    """Return what takes judging up again, "" where no name leads back.

    Raises
    ------
    StoreError
        The history cannot be read.
    """
    names = names_of(here, shown)
    if not names:
        return ""
    quoted = judge if judge.isalnum() else f'"{judge}"' if '"' not in judge else quote(judge)
    return " ".join(["%hailuo judge", *names, *(["--judge", quoted] if judge != JUDGE else [])])


def _turn(message: Message) -> int:
    turn = message.get("turn")
    return turn if type(turn) is int else -1


def _said(message: Message) -> tuple[int, str]:
    return _turn(message), str(message.get("outcome"))
