"""A given still under a prompt's words: as it was given at first, then in their light.

It knows how grade and visitor are put on a still; it must not know files, nor the air before it.
"""

from collections.abc import Sequence

from hailuo_nb.simulator.render import colour
from hailuo_nb.simulator.render.camera import without_commands
from hailuo_nb.simulator.render.colour import Floats, Grade, Planes
from hailuo_nb.simulator.render.jobs import ClipJob
from hailuo_nb.simulator.render.layers import Shots
from hailuo_nb.simulator.render.looks import lit, looks_in
from hailuo_nb.simulator.render.stage import DawningStage, Stage
from hailuo_nb.simulator.render.visitor import GAITS, VisitedStage
from hailuo_nb.simulator.render.words import SUBJECT_WORDS, most_meant, words_of

_MOVERS = {name: words for name, words in SUBJECT_WORDS.items() if name in GAITS}


class GivenStill:
    """A still of the clip's size.

    Parameters
    ----------
    rgb : float32 array (height, width, 3)
        0..255.
    job : ClipJob
        Whose words are laid over it.
    grade : Grade
        What every clip of a still has, words or none.
    """

    def __init__(self, rgb: Floats, job: ClipJob, grade: Grade) -> None:
        self._job = job
        self._given = colour.planes_of(rgb)
        self._lit: Planes = colour.planes_of(lit(rgb, looks_in(job.prompt)))
        grade.apply(self._lit, 1.0)

    def staged(self, shots: Shots, strengths: Sequence[float]) -> Stage:
        """Return it as filmed in shots; a strength 0..1 for each is how much the words show."""
        stage = DawningStage(self._given, self._lit, shots, strengths)
        words = words_of(without_commands(self._job.prompt))
        name = most_meant(words, _MOVERS)
        # Where a clip is to end on a picture of its own, that one says who is there.
        if name is None or self._job.end is not None:
            return stage
        return VisitedStage(stage, self._lit, name, shots, self._job.seed)
