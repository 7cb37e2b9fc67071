"""Where each cell of an experiment stands."""

from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hailuo_nb.core.matrix import ABSENT, Axis, Cell, LeftOut
from hailuo_nb.views.grid.layout import COLUMNS_MAX, Layout, Spot, lay_out
from tests.views.grid_samples import MODEL, PACE, SIZE, cell_at, sample


def axis(name: str, number: int) -> Axis:
    """Return an axis of so many values."""
    return Axis(name=name, values=tuple(f"{name}{at}" for at in range(number)))


def every_cell(*axes: Axis) -> list[Cell]:
    """Return a cell for every combination."""
    names = [one.name for one in axes]
    places = product(*(one.values for one in axes))
    return [cell_at(tuple(zip(names, place, strict=True))) for place in places]


def shape(layout: Layout) -> tuple[int, int, int]:
    """Return the numbers of sheets, and of rows and columns of the first."""
    (_, row), *_ = layout.sheets[0].rows
    return len(layout.sheets), len(layout.sheets[0].rows), len(row)


def stood(layout: Layout) -> list[int]:
    """Return the cells in the order in which they stand."""
    spots = [spot for sheet in layout.sheets for _, row in sheet.rows for spot in row]
    return [spot.cell for spot in spots if spot.cell is not None]


def test_the_longer_of_two_axes_goes_across() -> None:
    """Two by three is two rows of three columns, whichever was typed first."""
    for axes in ((PACE, SIZE), (SIZE, PACE)):
        layout = lay_out(axes, every_cell(*axes))
        assert (layout.row_axis, layout.column_axis) == (PACE.name, SIZE.name)
        assert layout.sheets[0].columns == SIZE.values
        assert [head for head, _ in layout.sheets[0].rows] == ["slow", "fast"]
        assert shape(layout) == (1, 2, 3)


def test_of_equal_axes_the_first_typed_goes_down() -> None:
    """A tie keeps the order typed."""
    for axes in ((PACE, MODEL), (MODEL, PACE)):
        layout = lay_out(axes, every_cell(*axes))
        assert (layout.row_axis, layout.column_axis) == (axes[0].name, axes[1].name)


def test_an_axis_too_long_for_the_width_goes_down() -> None:
    """Four by six is six rows of four, so that the clips stay large."""
    axes = (axis("a", 4), axis("b", COLUMNS_MAX + 1))
    assert shape(lay_out(axes, every_cell(*axes))) == (1, COLUMNS_MAX + 1, 4)


def test_further_axes_become_sheets_in_the_order_typed() -> None:
    """The two longest axes make the table; every combination of the others is one sheet."""
    axes = (PACE, axis("a", 3), MODEL, axis("b", 4))
    layout = lay_out(axes, every_cell(*axes))
    assert (layout.row_axis, layout.column_axis) == ("a", "b")
    assert [sheet.heading for sheet in layout.sheets] == [
        "slow · model 02-i2v",
        "slow · model 2.3-i2v",
        "fast · model 02-i2v",
        "fast · model 2.3-i2v",
    ]
    assert sorted(stood(layout)) == list(range(48))


def test_one_axis_is_one_row_to_wrap() -> None:
    """Without a second axis the cells follow one another, with what was left out among them."""
    left_out = LeftOut(coordinates=((SIZE.name, "768P"),), reason="No such size.")
    cells = [cell_at(((SIZE.name, value),)) for value in ("512P", "1080P")]
    layout = lay_out([SIZE], cells, [left_out])
    assert layout.row_axis is None
    ((_, row),) = layout.sheets[0].rows
    assert row == (Spot(cell=0), Spot(reason="No such size."), Spot(cell=1))


def test_what_was_left_out_keeps_its_place_and_reason() -> None:
    """A combination that the model does not allow is an empty place that says why."""
    of = sample(left_out={("fast", "1080P"): "2.3 makes no 10 s clip at 1080P."})
    rows = dict(of.board.layout.sheets[0].rows)
    assert rows["fast"] == (
        *(Spot(cell=3), Spot(cell=4)),
        Spot(reason="2.3 makes no 10 s clip at 1080P."),
    )


def test_what_was_left_out_counts_for_every_sample() -> None:
    """A combination that says nothing of an axis, or names one that is gone, stands along it."""
    pairs = ((PACE.name, "fast"), (SIZE.name, "1080P"), ("gone", "x"))
    left_out = LeftOut(coordinates=pairs, reason="No.")
    repeat = axis("sample", 2)
    cells = [
        cell for cell in every_cell(PACE, SIZE, repeat) if not {*pairs[:2]} <= {*cell.coordinates}
    ]
    layout = lay_out([PACE, SIZE, repeat], cells, [left_out])
    assert [dict(sheet.rows)["fast"][2] for sheet in layout.sheets] == [Spot(reason="No.")] * 2


def test_a_sheet_has_only_the_rows_and_columns_in_which_something_stands() -> None:
    """Prompts that do not share their axes leave no empty rows, columns or sheets."""
    prompt = Axis(name="prompt", values=("1", "2"))
    pace = Axis(name="pace", values=("slow", "fast", ABSENT))
    size = axis("size", 3)
    places = [("1", "slow"), ("1", "fast"), ("2", ABSENT)]
    cells = [
        cell_at((("prompt", at), ("pace", pace_), ("size", size_)))
        for at, pace_ in places
        for size_ in size.values
    ]
    layout = lay_out([prompt, pace, size], cells)
    assert [sheet.heading for sheet in layout.sheets] == ["prompt 1", "prompt 2"]
    assert [[head for head, _ in sheet.rows] for sheet in layout.sheets] == [
        ["slow", "fast"],
        [ABSENT],
    ]
    assert sorted(stood(layout)) == list(range(9))


@pytest.mark.parametrize(
    "coordinates",
    [(("slow|fast", "slow"), ("resolution", "512P")), (("slow|fast", "slow"),), ()],
    ids=["twice", "half", "none"],
)
def test_a_cell_without_a_place_of_its_own_is_not_lost(
    coordinates: tuple[tuple[str, str], ...],
) -> None:
    """Where the coordinates do not tell all cells apart, they stand in one row."""
    cells = [*every_cell(PACE, SIZE), cell_at(coordinates)]
    layout = lay_out([PACE, SIZE], cells)
    assert stood(layout) == list(range(7))
    assert layout.row_axis is None


@given(st.lists(st.integers(1, 5), max_size=4), st.randoms(use_true_random=False))
def test_every_cell_stands_exactly_once(lengths: list[int], random: Random) -> None:
    """Whatever the axes and whatever is missing, no cell is lost or shown twice."""
    axes = [axis(f"x{at}", length) for at, length in enumerate(lengths)]
    cells = every_cell(*axes)
    kept = [cell for cell in cells if random.random() > 0.3]
    layout = lay_out(axes, kept)
    assert sorted(stood(layout)) == list(range(len(kept)))
