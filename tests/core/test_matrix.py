"""Every combination once, each with a place of its own and a label of its own."""

from itertools import product
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hailuo_nb.core.matrix import (
    ABSENT,
    COMBINATIONS_MAX,
    Axis,
    Choices,
    Matrix,
    Prompts,
    Variant,
    check_number,
    expand,
    narrowed,
    repeated,
    short,
    unique,
)
from hailuo_nb.errors import UsageError

LABEL = st.sampled_from(["a", "b", "a · b", "a #2", "a #2 #2", ABSENT, "", "·"]) | st.text(
    max_size=5
)
LABELS = st.lists(LABEL, max_size=12)
AXES = st.lists(st.tuples(LABEL, st.lists(LABEL, min_size=1, max_size=3)), max_size=3)
OPTIONS = st.dictionaries(
    st.sampled_from(["model", "duration", "image"]), st.lists(LABEL, min_size=1, max_size=3)
)


def prompts_of(axes: list[tuple[str, list[str]]]) -> Prompts:
    """Make prompts with these axes, as the grammar does: unique names, unique values."""
    named = zip(unique(name for name, _ in axes), (unique(some) for _, some in axes), strict=True)
    made = tuple(Axis(name=name, values=values) for name, values in named)
    places = product(*(axis.values for axis in made))
    return Prompts(
        axes=made, variants=tuple(Variant(text="/".join(one), values=one) for one in places)
    )


def choices_of(options: dict[str, list[str]]) -> Choices:
    """Give each option's value a number to be known by."""
    return {name: list(zip(some, range(9), strict=False)) for name, some in options.items()}


def points(matrix: Matrix) -> list[tuple[str, ...]]:
    """Return each cell's labels, one for each axis."""
    return [tuple(value for _, value in cell.coordinates) for cell in matrix.cells]


@given(AXES, OPTIONS)
def test_the_cells_are_the_product_of_the_axes(
    axes: list[tuple[str, list[str]]], options: dict[str, list[str]]
) -> None:
    """Each combination has one cell, in the axes' order with the last axis fastest."""
    axes = [(name, [value for value in some if value != ABSENT] or ["x"]) for name, some in axes]
    matrix = expand(prompts_of(axes), choices_of(options))
    lengths = [len(some) for _, some in axes] + [len(some) for some in options.values()]
    assert len(matrix.cells) == prod(lengths)
    assert [len(axis.values) for axis in matrix.axes] == [
        length for length in lengths if length > 1
    ]
    assert points(matrix) == list(product(*(axis.values for axis in matrix.axes)))


@given(AXES, OPTIONS)
def test_labels_and_names_are_unique(
    axes: list[tuple[str, list[str]]], options: dict[str, list[str]]
) -> None:
    """No two cells have one label, no two values of an axis, and no two axes one name."""
    matrix = expand(prompts_of(axes), choices_of(options))
    labels = [cell.label for cell in matrix.cells]
    names = [axis.name for axis in matrix.axes]
    assert len(set(labels)) == len(labels)
    assert len({*names, "sample"}) == len(names) + 1
    assert all(len(set(axis.values)) == len(axis.values) for axis in matrix.axes)
    assert all([name for name, _ in cell.coordinates] == names for cell in matrix.cells)


def test_a_cell_has_its_prompt_and_its_values() -> None:
    """Each option has one value in a cell, also where it does not vary."""
    options = {"model": [("m", "02")], "duration": [("6 s", 6), ("10 s", 10)]}
    matrix = expand(prompts_of([("speed", ["slow", "fast"])]), options)
    assert [axis.name for axis in matrix.axes] == ["speed", "duration"]
    assert [cell.label for cell in matrix.cells] == [
        "slow · 6 s",
        "slow · 10 s",
        "fast · 6 s",
        "fast · 10 s",
    ]
    last = matrix.cells[-1]
    assert last.coordinates == (("speed", "fast"), ("duration", "10 s"))
    assert last.prompt == "fast"
    assert last.values == {"model": "02", "duration": 10}


def test_an_option_s_axis_keeps_its_name() -> None:
    """A variable called like an option that varies makes way; without that it does not."""
    prompts = prompts_of([("duration", ["a", "b"]), ("sample", ["c", "d"])])
    both = expand(prompts, {"duration": [("6 s", 6), ("10 s", 10)]})
    assert [axis.name for axis in both.axes] == ["duration #2", "sample #2", "duration"]
    alone = expand(prompts, {"duration": [("6 s", 6)]})
    assert [axis.name for axis in alone.axes] == ["duration", "sample #2"]


def test_what_no_cell_has_is_gone() -> None:
    """Axes and values shrink to what is left, and the labels with them."""
    matrix = expand(prompts_of([("x", ["a", "b", "c"]), ("y", ["d", "e"])]), {})
    left = narrowed(matrix.axes, [matrix.cells[0], matrix.cells[4]])
    assert left.axes == (Axis(name="x", values=("a", "c")),)
    assert [cell.label for cell in left.cells] == ["a", "c"]
    alone = narrowed(matrix.axes, [matrix.cells[3]])
    assert alone.axes == ()
    assert (alone.cells[0].label, alone.cells[0].coordinates) == ("", ())


def test_one_value_and_none_is_no_axis() -> None:
    """Where only one value is left besides the place of those that lack it, nothing varies."""
    axes = (Axis(name="prompt", values=("1", "2")), Axis(name="x", values=("a", ABSENT)))
    variants = (Variant(text="a", values=("1", "a")), Variant(text="b", values=("2", ABSENT)))
    matrix = expand(Prompts(axes=axes, variants=variants), {})
    assert matrix.axes == axes[:1]


def test_what_a_cell_lacks_is_not_in_its_label() -> None:
    """The place of what is absent is for the grid alone."""
    axes = (Axis(name="prompt", values=("1", "2")), Axis(name="x", values=("a", "b", ABSENT)))
    places = [("1", "a"), ("1", "b"), ("2", ABSENT)]
    variants = tuple(Variant(text="".join(place), values=place) for place in places)
    matrix = expand(Prompts(axes=axes, variants=variants), {})
    assert [cell.label for cell in matrix.cells] == ["1 · a", "1 · b", "2"]
    assert matrix.cells[2].coordinates == (("prompt", "2"), ("x", ABSENT))


def test_a_slip_is_refused_before_it_is_built() -> None:
    """As many as the bound are taken, one more is not."""
    check_number(COMBINATIONS_MAX)
    with pytest.raises(UsageError, match="more than 10,000 clips"):
        check_number(COMBINATIONS_MAX + 1)
    many = {"image": [("x", None)] * COMBINATIONS_MAX, "model": [("x", None)] * COMBINATIONS_MAX}
    with pytest.raises(UsageError, match="more than 10,000 clips"):
        expand(prompts_of([]), many)


@given(LABELS, st.lists(LABEL, max_size=3))
def test_equal_labels_are_told_apart(labels: list[str], taken: list[str]) -> None:
    """All become unique, the first of equal ones stays, and each still begins as it was."""
    found = unique(labels, taken=taken)
    assert len({*found, *taken}) == len(labels) + len(set(taken))
    for at, (own, label) in enumerate(zip(found, labels, strict=True)):
        assert own == label or own.startswith(f"{label} #")
        assert own == label or label in (*found[:at], *taken)


def test_many_equal_labels_are_numbered_in_turn() -> None:
    """The numbers count from the second."""
    assert unique(["a"] * 4) == ("a", "a #2", "a #3", "a #4")
    assert unique(["x"] * COMBINATIONS_MAX)[-1] == f"x #{COMBINATIONS_MAX}"


def test_points_are_repeated_as_samples() -> None:
    """Each point has every place on the axis of samples, with a label of its own."""
    assert repeated([(("x", "a"),), (("x", ABSENT),)], ["sample 1", "sample 2"]) == [
        ((("x", "a"), ("sample", "sample 1")), "a · sample 1"),
        ((("x", "a"), ("sample", "sample 2")), "a · sample 2"),
        ((("x", ABSENT), ("sample", "sample 1")), "sample 1"),
        ((("x", ABSENT), ("sample", "sample 2")), "sample 2"),
    ]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("  a\n b\t", "a b"),
        ("a" * 40, "a" * 40),
        ("a" * 41, "a" * 39 + "…"),
        ("one word after another, until it is too long", "one word after another, until it is…"),
        (" \n", ""),
    ],
)
def test_a_label_is_one_short_line(text: str, label: str) -> None:
    """White space is one blank; what is too long is cut after a word where it can be."""
    assert short(text) == label
