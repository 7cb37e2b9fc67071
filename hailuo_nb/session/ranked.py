"""An experiment's votes, ranked: the history's log of them, and which clips are of one prompt."""

from hailuo_nb.core.matrix import SAMPLE, Coordinates, label_of
from hailuo_nb.judging.ranking import Ranking
from hailuo_nb.judging.tally import Contestant, Tally
from hailuo_nb.runner.experiment import Experiment
from hailuo_nb.session.session import Session


def ranking_of(here: Session, shown: Experiment) -> Ranking:
    """Return what the votes so far say of an experiment's prompts; each sample is a clip of one.

    Raises
    ------
    StoreError
        The history cannot be read.
    """
    clips: dict[tuple[str, Coordinates], list[str]] = {}
    for place, task in zip(shown.places, shown, strict=True):
        values = tuple(pair for pair in place.coordinates if pair[0] != SAMPLE)
        name = label_of(values) if values else shown.name or place.label
        clips.setdefault((name, values), []).append(task.id)
    contestants = [
        Contestant(name=name, values=values, clips=tuple(dict.fromkeys(ids)))
        for (name, values), ids in clips.items()
    ]
    log = here.history.votes.of(shown.name or "", shown.study.digest)
    return Ranking(Tally(contestants, log.votes))
