"""An experiment's votes, ranked: the history's log of them, and which clips are of one prompt."""

from collections.abc import Container

from hailuo_nb.core.matrix import SAMPLE, Coordinates, label_of
from hailuo_nb.judging.ranking import Ranking
from hailuo_nb.judging.tally import Contestant, Tally
from hailuo_nb.runner.experiment import Experiment
from hailuo_nb.session.session import Session
from hailuo_nb.session.vote_log import vote_log


def contestants_of(shown: Experiment, clips: Container[str] | None = None) -> list[Contestant]:
    """Return the prompts of an experiment with their clips; each sample is a clip of one.

    With ``clips``, local ids, only these clips, and only prompts that have one.
    """
    found: dict[tuple[str, Coordinates], list[str]] = {}
    for place, task in zip(shown.places, shown, strict=True):
        if clips is not None and task.id not in clips:
            continue
        values = tuple(pair for pair in place.coordinates if pair[0] != SAMPLE)
        name = label_of(values) if values else shown.name or place.label
        found.setdefault((name, values), []).append(task.id)
    return [
        Contestant(name=name, values=values, clips=tuple(dict.fromkeys(ids)))
        for (name, values), ids in found.items()
    ]


def tally_of(here: Session, shown: Experiment) -> Tally:
    """Return what was said of an experiment's prompts, counted.

    A prompt whose clips nobody could see takes no part, once there are votes on others.

    Raises
    ------
    StoreError
        The history cannot be read.
    """
    log = vote_log(here, shown).votes
    voted = {id for vote in log for id in (vote.left, vote.right)}
    seen = voted | {task.id for task in shown if task.state == "done"}
    return Tally(contestants_of(shown, seen if log else None), log)


def ranking_of(here: Session, shown: Experiment) -> Ranking:
    """Return what the votes so far say of an experiment's prompts.

    Raises
    ------
    StoreError
        The history cannot be read.
    """
    return Ranking(tally_of(here, shown))


def win_rates_of(here: Session, shown: Experiment) -> list[float | None]:
    """Return the chance of each clip's prompt against another one's, 0 to 1, None where unknown.

    Raises
    ------
    StoreError
        The history cannot be read.
    """
    rates = {(row.name, row.values): row.win_rate for row in ranking_of(here, shown)}
    found = {
        clip: rates.get((one.name, one.values))
        for one in contestants_of(shown)
        for clip in one.clips
    }
    return [found.get(task.id) for task in shown]
