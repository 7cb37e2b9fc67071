"""Which clips of an experiment are the best by the votes: all that promotion asks of them."""

from hailuo_nb.core.matrix import SAMPLE, Coordinates
from hailuo_nb.core.study import Place
from hailuo_nb.runner.experiment import Experiment


def winners(experiment: Experiment) -> list[str] | None:
    """Return a label for each prompt that the votes rank, the best first; None without a ranking.

    Of a prompt with several samples it is the first one's: the full clip is a new sample.
    """
    ranking = getattr(experiment, "ranking", None)
    rows = ranking() if ranking is not None else ()
    ranked = [row for row in rows if row.win_rate is not None]
    found = (_label(experiment.places, row.name, row.values) for row in ranked)
    return list(dict.fromkeys(label for label in found if label is not None)) or None


def _label(places: tuple[Place, ...], name: str, values: Coordinates) -> str | None:
    """Return the label of the first place of a prompt."""
    wanted = dict(values)
    for place in places:
        own = {axis: value for axis, value in place.coordinates if axis != SAMPLE}
        if place.label == name or (wanted and own == wanted):
            return place.label
    return None
