"""What an exported page carries for those who take it in: its tasks, experiments and votes.

It knows the history; it must not know how a page looks.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from hailuo_nb.core.study import Study
from hailuo_nb.judging.votes import standing
from hailuo_nb.runner.experiment import Experiment
from hailuo_nb.runner.task import Task
from hailuo_nb.session.vote_log import vote_log
from hailuo_nb.store.page import PageStudy, page_data

if TYPE_CHECKING:
    from hailuo_nb.session.session import Session


def data_of(here: "Session", found: Sequence[Task | Experiment], shown: Sequence[Task]) -> str:
    """Return what a page with these clips carries, so that it can be taken in.

    Parameters
    ----------
    found
        What was asked for; the votes on an experiment go with it.
    shown
        Its tasks in the page's order; those without a clip are left out.
    """
    clips = [
        (at, replace(task.snapshot, rating=task.rating))
        for at, task in enumerate(shown)
        if task.state == "done" and task.snapshot.sha256 is not None
    ]
    ids = {one.id for _, one in clips}
    studies = (_told(here, one, ids) for one in found if isinstance(one, Experiment) and one.name)
    return page_data(clips, studies)


def _told(here: "Session", whole: Experiment, ids: set[str]) -> PageStudy:
    """Return an experiment with the votes that stand on those of its clips that are shown."""
    study, name = whole.study, whole.name or ""
    pairs = zip(study.places, whole, strict=True)
    places = tuple(replace(place, identity=task.id) for place, task in pairs if task.id in ids)
    log = standing(vote_log(here, whole).votes)
    return PageStudy(
        name=name,
        study=Study(axes=study.axes, places=places, left_out=study.left_out),
        votes=tuple(vote for vote in log if vote.left in ids and vote.right in ids),
    )
