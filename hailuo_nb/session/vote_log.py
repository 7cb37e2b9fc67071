"""What was said of an experiment's clips: also before it had more of them, or others besides.

It knows the history and which clips there are, not what votes say together.
"""

from typing import TYPE_CHECKING

from hailuo_nb.store.votes import Log

if TYPE_CHECKING:
    from hailuo_nb.runner.experiment import Experiment
    from hailuo_nb.session.session import Session


def vote_log(here: "Session", shown: "Experiment", *, after: int = 0) -> Log:
    """Return the entries on an experiment, the oldest first; only those after a row.

    A vote is on two clips: it stays one where their cell has got more samples or values since.

    Raises
    ------
    StoreError
        The history cannot be read.
    """
    clips = [task.id for task in shown]
    name, digests = shown.name or "", shown.study.digests
    return here.history.votes.of(name, *digests, clips=clips, after=after)
