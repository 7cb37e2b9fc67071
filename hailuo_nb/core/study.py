"""A study: what one cell varied, and where each of its clips stands; all but the clips.

Pure. It is what an experiment is recorded as, so that it outlives its kernel.
"""

import hashlib
from dataclasses import dataclass

from hailuo_nb.core.matrix import Axis, Coordinates, LeftOut


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a clip stands: its unique label, its pairs of axis and value, and what it asks for.

    ``identity`` is that of its request to its service, "" where it is not known yet.
    """

    label: str
    coordinates: Coordinates = ()
    identity: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """What a cell varied.

    Parameters
    ----------
    axes
        What its clips vary in, in the order typed; empty where nothing was varied.
    places
        Where each stands, in the cell's order.
    left_out
        Combinations that are not made, with the reason.
    plan_words
        What was planned, in one line.
    notes
        What the person should know of the whole, one sentence each.
    whole
        The digest of all that was planned, where places of it are gone; "" where none are.
    """

    axes: tuple[Axis, ...] = ()
    places: tuple[Place, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    plan_words: str = ""
    notes: tuple[str, ...] = ()
    whole: str = ""

    @property
    def is_alone(self) -> bool:
        """Whether it is no experiment: where the one task is that had a name and was renamed."""
        unlabelled = [place.identity for place in self.places if not place.label]
        return len(self.places) == len(unlabelled) == 1 and not (self.axes or self.plan_words)

    @property
    def digest(self) -> str:
        """What tells it from other clips of the same name: of its places' identities, in order."""
        return self.whole or self.digests[-1]

    @property
    def digests(self) -> tuple[str, ...]:
        """All that tell it: its digest, and what that was before the whole was heeded."""
        identities = "\n".join(place.identity for place in self.places)
        own = hashlib.sha256(identities.encode()).hexdigest()
        return tuple(dict.fromkeys((self.whole or own, own)))
