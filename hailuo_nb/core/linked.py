"""Axes that go together: the first value of one with the first of the others, and so on.

Pure: names, numbers and labels in; which combinations stand, and the one axis that they make.
"""

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from itertools import product
from math import prod

from hailuo_nb.core.values import listed, split_list, text
from hailuo_nb.errors import OptionError

FLAG = "--zip"
TOGETHER = ", "
"""Stands between the names, and between the values, of linked axes."""


def read_linked(given: object) -> tuple[str, ...]:
    """Return the names that ``--zip`` was given, each as its axis is called.

    Raises
    ------
    OptionError
        It is neither a text nor a list of texts, or a name is empty.
    """
    if given is None:
        return ()
    items = listed(given)
    words = split_list(text(FLAG, given)) if items is None else [text(FLAG, one) for one in items]
    names = tuple(dict.fromkeys(word.strip().removeprefix("--") for word in words))
    if not names or "" in names:
        raise _too_few(words)
    return names


def _too_few(names: Sequence[str]) -> OptionError:
    return OptionError(
        f"{FLAG} takes two names or more with commas, not {TOGETHER.join(names)!r}.",
        advice=f"Such as {FLAG} duration,resolution.",
    )


def linked_places(
    axes: Sequence[str], counts: Sequence[int], linked: Sequence[str]
) -> tuple[int, ...]:
    """Return where the linked axes stand among those of a cell, each with so many values.

    An option and a list of one name, such as ``--duration 6,10`` and ``{{duration}}``, are both
    linked by it; where only one of them varies, that one.

    Raises
    ------
    OptionError
        The cell has none of that name, or one axis alone is linked.
    """
    found = []
    for name in linked:
        own = name if name in axes else name.replace("-", "_")
        if own not in axes:
            near = get_close_matches(own, axes, n=1)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise OptionError(
                f"{FLAG}: this cell has no list called {name!r}.{hint}",
                advice="An option that takes several values can be named, and NAME of {{NAME}}.",
            )
        places = [at for at, axis in enumerate(axes) if axis == own]
        found += [at for at in places if counts[at] > 1] or places[:1]
    if len(found) == 1:
        raise _too_few(linked)
    return tuple(found)


def check_equal(counts: Mapping[str, int]) -> None:
    """Refuse linked axes of which one has more values than another.

    Raises
    ------
    OptionError
        It says how many each has.
    """
    if len(set(counts.values())) > 1:
        told = TOGETHER.join(f"{name} has {number}" for name, number in counts.items())
        raise OptionError(
            f"{FLAG}: linked axes need equally many values; {told}.",
            advice="Give each as many, or leave it out of the link.",
        )


def times_of(counts: Mapping[str, int], linked: Sequence[str]) -> int:
    """Return how many clips each prompt has: a product, to which linked options add one factor.

    None where an axis of the prompts is linked with them: that one has it.
    """
    own = [name.replace("-", "_") for name in linked]
    tied = [counts[name] for name in own if name in counts]
    free = prod(number for name, number in counts.items() if name not in own)
    return free * (max(tied) if tied and len(tied) == len(linked) else 1)


def picks(
    places: Sequence[int], counts: Sequence[int], tied: Sequence[int]
) -> Iterator[dict[int, int]]:
    """Yield every choice of one value of each of these axes, the tied ones going together.

    Parameters
    ----------
    places
        The axes, in their order, the last one the fastest.
    counts
        How many values each axis of the cell has.
    """
    together = [at for at in places if at in tied]
    groups = [together if at in together[:1] else [at] for at in places if at not in together[1:]]
    for chosen in product(*(range(counts[group[0]]) for group in groups)):
        yield {at: pick for group, pick in zip(groups, chosen, strict=True) for at in group}
