"""Which clips a cell asks for: every combination of its axes, each with its place and label.

Pure: prompts and the values of options in, cells out. It knows neither how a prompt is
written nor what an option means, and not which combinations a model allows.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from hailuo_nb.core.linked import TOGETHER, check_equal, linked_places, picks, times_of
from hailuo_nb.errors import UsageError

COMBINATIONS_MAX = 10_000
"""A cell that asks for more is refused before anything of it is built."""

ABSENT = "–"
"""The place, on an axis, of the prompts that do not have it."""

SAMPLE = "sample"
"""The name of the axis that repeating a cell makes; no other axis has it."""

LABEL_CHARS = 40
BETWEEN = " · "
"""Stands between the labels of a place, and between the name of a cell and a clip of it."""

Coordinates = tuple[tuple[str, str], ...]
"""Pairs of axis and label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """One thing that a cell varies: its name and the label of each value, in the order typed."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One prompt of a cell: its text, and its label on each axis of the cell's prompts.

    ``as_typed`` is the text with the blanks inside braces as they were typed, where that differs:
    so it was sent, and is recorded, by versions that did not trim.
    """

    text: str
    as_typed: str = ""
    values: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompts:
    """What a cell's body stands for: its axes and every prompt, the last axis fastest."""

    axes: tuple[Axis, ...] = ()
    variants: tuple[Variant, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One combination.

    Parameters
    ----------
    coordinates
        One pair for each axis.
    label
        The labels in one; unique in its matrix, "" where there is no axis.
    prompt, as_typed
        The text; as in a `Variant`.
    values
        One value for each option.
    warnings
        What may disappoint in its prompt, one sentence each.
    """

    coordinates: Coordinates
    label: str = ""
    prompt: str
    as_typed: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A combination that is not made: its label and place, as of a `Cell`, and why, in words."""

    label: str = ""
    coordinates: Coordinates
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Axes and the cells at their points; the last axis is the fastest."""

    axes: tuple[Axis, ...]
    cells: tuple[Cell, ...]


Choices = Mapping[str, Sequence[tuple[str, object]]]
"""For each option its values in the order typed, at least one, each with a label."""


def expand(
    prompts: Prompts,
    options: Choices,
    *,
    linked: Sequence[str] = (),
    most: int = COMBINATIONS_MAX,
) -> Matrix:
    """Return every combination of the prompts and the options' values.

    The axes are those of the prompts, then those of the options in the order of the
    mapping; an axis of one value is none. Those that are ``linked``, by name, are one axis, at
    the place of the first.

    Raises
    ------
    UsageError
        There are more than ``most``.
    OptionError
        A linked axis is none of the cell's, or they have not equally many values.
    """
    times = times_of({name: len(some) for name, some in options.items()}, linked)
    check_number(len(prompts.variants) * times, most)
    varied = [name for name, choices in options.items() if len(choices) > 1]
    names = unique((axis.name for axis in prompts.axes), taken=[SAMPLE, *varied])
    named = [unique((label for label, _ in some), taken=[ABSENT]) for some in options.values()]
    axes = [
        *(replace(axis, name=name) for axis, name in zip(prompts.axes, names, strict=True)),
        *(Axis(name=name, values=some) for name, some in zip(options, named, strict=True)),
    ]
    titles = [*(axis.name for axis in prompts.axes), *options]
    tied = linked_places(titles, [len(axis.values) for axis in axes], linked)
    called = [f"{{{{{one}}}}}" if one in options else one for one in titles[: len(names)]]
    check_equal(
        {[*called, *options][at]: len(axes[at].values) - (ABSENT in axes[at].values) for at in tied}
    )
    points = _points(options, named, [at - len(names) for at in tied if at >= len(names)])
    of_prompts = [(at, axes[at].values) for at in tied if at < len(names)]
    fitting = [points.get(_number(one, of_prompts), points[None]) for one in prompts.variants]
    check_number(sum(map(len, fitting)), most)
    rows = [
        (variant, (*variant.values, *place), chosen)
        for variant, some in zip(prompts.variants, fitting, strict=True)
        for place, chosen in some
    ]
    axes, whole = _as_one(axes, titles, tied, [place for _, place, _ in rows])
    kept, coordinates, labels = _narrow(axes, whole)
    return Matrix(
        axes=kept,
        cells=tuple(
            Cell(
                coordinates=pairs,
                label=label,
                prompt=variant.text,
                as_typed=variant.as_typed,
                values=chosen,
                warnings=variant.warnings,
            )
            for (variant, _, chosen), pairs, label in zip(rows, coordinates, labels, strict=True)
        ),
    )


_Point = tuple[tuple[str, ...], dict[str, Any]]
"""The labels of the options' values, and the values by the options' names."""


def _points(
    options: Choices, named: Sequence[Sequence[str]], tied: Sequence[int]
) -> dict[int | None, list[_Point]]:
    """Return what the options stand for, the tied ones going together.

    All of it under None, and under the number of their values that of the tied ones.
    """
    found: dict[int | None, list[_Point]] = {None: []}
    for pick in picks(range(len(options)), [len(some) for some in named], tied):
        place = tuple(some[pick[at]] for at, some in enumerate(named))
        chosen = {name: some[pick[at]][1] for at, (name, some) in enumerate(options.items())}
        found[None].append((place, chosen))
        if tied:
            found.setdefault(pick[tied[0]], []).append((place, chosen))
    return found


def _number(variant: Variant, linked: Sequence[tuple[int, Sequence[str]]]) -> int | None:
    """Return which value of linked axes, told by their places, a prompt has; None where none."""
    words = ((some, variant.values[at]) for at, some in linked)
    return next((some.index(word) for some, word in words if word != ABSENT), None)


def _as_one(
    axes: Sequence[Axis],
    titles: Sequence[str],
    tied: Sequence[int],
    places: Sequence[tuple[str, ...]],
) -> tuple[list[Axis], list[tuple[str, ...]]]:
    """Return the axes with the linked ones as one, and each place on them.

    What an option and a list of one title both say is said once.
    """
    if not tied:
        return list(axes), list(places)
    said = [dict.fromkeys((titles[at], place[at]) for at in tied) for place in places]
    told = [TOGETHER.join(word for _, word in pairs if word != ABSENT) or ABSENT for pairs in said]
    first, others = tied[0], set(tied[1:])
    name = TOGETHER.join(dict.fromkeys(titles[at] for at in tied))
    one = Axis(name=name, values=tuple(dict.fromkeys(told)))
    return (
        [one if at == first else axis for at, axis in enumerate(axes) if at not in others],
        [
            tuple(word if at == first else on for at, on in enumerate(place) if at not in others)
            for place, word in zip(places, told, strict=True)
        ],
    )


def narrowed(axes: Sequence[Axis], cells: Sequence[Cell]) -> Matrix:
    """Return the matrix of these cells alone, labelled anew.

    Values that no cell has are gone, and so are axes that are left with one value. Each
    cell has a coordinate for each axis, in the axes' order.
    """
    rows = [tuple(value for _, value in cell.coordinates) for cell in cells]
    kept, coordinates, labels = _narrow(axes, rows)
    return Matrix(
        axes=kept,
        cells=tuple(
            replace(cell, coordinates=pairs, label=label)
            for cell, pairs, label in zip(cells, coordinates, labels, strict=True)
        ),
    )


def _narrow(
    axes: Sequence[Axis], rows: Sequence[tuple[str, ...]]
) -> tuple[tuple[Axis, ...], list[Coordinates], tuple[str, ...]]:
    """Return the axes that vary, and each row's coordinates on them and label.

    A row has a value for each axis.
    """
    kept: list[tuple[int, Axis]] = []
    for at, axis in enumerate(axes):
        used = {row[at] for row in rows}
        values = tuple(value for value in axis.values if value in used)
        if len(used - {ABSENT}) > 1:
            kept.append((at, Axis(name=axis.name, values=values)))
    coordinates = [tuple((axis.name, row[at]) for at, axis in kept) for row in rows]
    return tuple(axis for _, axis in kept), coordinates, unique(map(label_of, coordinates))


def repeated(points: Iterable[Coordinates], places: Sequence[str]) -> list[tuple[Coordinates, str]]:
    """Return each point once at each place on the axis of samples, with its label."""
    found = [(*point, (SAMPLE, place)) for point in points for place in places]
    return list(zip(found, unique(map(label_of, found)), strict=True))


def label_of(coordinates: Coordinates) -> str:
    """Return the labels of a place in one, such as "slow · 10 s"; what it lacks is left out."""
    return BETWEEN.join(value for _, value in coordinates if value != ABSENT)


def unique(labels: Iterable[str], *, taken: Collection[str] = ()) -> tuple[str, ...]:
    """Return the labels, the second of equal ones marked "#2", and so on."""
    used, counts, found = set(taken), Counter[str](taken), []
    for label in labels:
        own = label
        while own in used:
            counts[label] += 1
            own = f"{label} #{max(2, counts[label])}"
        counts[label] = max(1, counts[label])
        used.add(own)
        found.append(own)
    return tuple(found)


def short(text: str, *, chars: int = LABEL_CHARS) -> str:
    """Return a text on one line, at most so many characters, cut after a word where it can be."""
    line = " ".join(text[: 9 * chars].split())
    if len(line) <= chars:
        return line
    cut = line[: chars - 1]
    words, blank, _ = cut.rpartition(" ")
    return (words if blank and len(words) > chars // 2 else cut) + "…"


def check_number(number: int, most: int = COMBINATIONS_MAX) -> None:
    """Refuse what is no experiment any more but a slip.

    Raises
    ------
    UsageError
        There are more than ``most``.
    """
    if number > most == 1:
        raise UsageError("That is more than one clip.", advice="Give each a row of its own.")
    if number > most:
        raise UsageError(
            f"This cell asks for more than {most:,} clips.",
            advice="Take an axis away, or give some of them fewer values.",
        )
