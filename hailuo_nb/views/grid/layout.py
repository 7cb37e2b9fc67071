"""Where each clip of an experiment stands: rows, columns, and tabs for what is left.

Pure: axes and coordinates in, places out. It knows neither what becomes of a clip nor how
it is drawn.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Protocol

from hailuo_nb.core.matrix import Axis, Coordinates, LeftOut
from hailuo_nb.views.text import plain

COLUMNS_MAX = 5
"""A longer axis goes down the page rather than across: cells stay large enough to judge."""

HEAD_PX, HEAD_PX_MAX, CELL_PX_MAX = 84, 220, 400
"""Width of the rows' heads at least and at most, and of a cell at most."""


class PlacedCell(Protocol):
    """One cell of an experiment, such as `hailuo_nb.core.matrix.Cell`."""

    @property
    def label(self) -> str:
        """What to call it; unique in its experiment."""
        ...

    @property
    def coordinates(self) -> Coordinates:
        """Pairs of axis and value."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One place: the number of the cell there, or why there is none.

    ``reason`` is "" where there is a cell, and where nothing was asked for; ``at`` is the number
    of its value on each axis, empty where nothing was asked for.
    """

    cell: int | None = None
    reason: str = ""
    at: tuple[int, ...] = field(default=(), compare=False)

    @property
    def place(self) -> str:
        """Where it stands on the axes, as a view reads it: "0 2 1"."""
        return " ".join(map(str, self.at))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One table: the values beside its rows and above its columns, and what is where.

    ``heading`` says where on the other axes it stands; "" where there is no other axis.
    """

    heading: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, tuple[Spot, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The sheets of an experiment, and which axes they share.

    Without ``row_axis`` there is one sheet with one row, to be wrapped where it is long.
    ``axes`` are those along which a view can lay it out anew.
    """

    row_axis: str | None = None
    column_axis: str | None = None
    sheets: tuple[Sheet, ...]
    axes: tuple[Axis, ...] = field(default=(), compare=False)

    @property
    def axes_form(self) -> list[list[object]]:
        """Each axis as a view reads it: its name, its values, and the side that it is on."""
        sides = {self.row_axis: "rows", self.column_axis: "columns"}
        return [
            [plain(axis.name), [*map(plain, axis.values)], sides.get(axis.name, "tabs")]
            for axis in self.axes
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """What stands around the clips of a grid and never changes.

    ``plan_words`` is the line above it; ``notes`` are sentences below it. ``win_rates`` are what
    the votes say of each clip's prompt, 0 to 1, None of one that has none; empty without votes.
    """

    plan_words: str
    layout: Layout
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()
    win_rates: tuple[float | None, ...] = ()


def cell_px_min(columns: int) -> int:
    """Return how narrow a cell may become before its table scrolls, in px."""
    return 150 if columns <= COLUMNS_MAX else 128


def head_px(layout: Layout) -> int:
    """Return how wide the rows' heads are, in px: no word of an axis's name is broken."""
    names = f"{layout.row_axis or ''} {layout.column_axis or ''}"
    longest = max((len(word) for word in names.split()), default=0)
    return min(max(HEAD_PX, 7 * longest + 20), HEAD_PX_MAX)


def lay_out(
    axes: Sequence[Axis], cells: Sequence[PlacedCell], left_out: Sequence[LeftOut] = ()
) -> Layout:
    """Return the place of every cell.

    Parameters
    ----------
    axes
        In the order typed.
    cells
        In the order of the experiment; each is in the layout exactly once.
    left_out
        What the model does not allow; shown where it would stand.
    """
    spots = _spots(axes, cells, left_out)
    if len(axes) < 2 or not _is_placeable(axes, cells):
        return _wrapped(axes, cells, spots)
    row, column = _sides(axes)
    others = [axis for axis in axes if axis not in (row, column)]
    sheets = [
        _sheet(row, column, tuple(zip((axis.name for axis in others), values, strict=True)), spots)
        for values in product(*(axis.values for axis in others))
    ]
    return Layout(
        row_axis=row.name,
        column_axis=column.name,
        sheets=tuple(sheet for sheet in sheets if _has_cell(sheet)),
        axes=tuple(axes),
    )


_Spots = Mapping[frozenset[tuple[str, str]], Spot]


def _spots(
    axes: Sequence[Axis], cells: Sequence[PlacedCell], left_out: Sequence[LeftOut]
) -> _Spots:
    absent = {place: Spot(reason=one.reason) for one in left_out for place in _places(axes, one)}
    present = {frozenset(cell.coordinates): Spot(cell=at) for at, cell in enumerate(cells)}
    return {place: replace(spot, at=_at(axes, place)) for place, spot in (absent | present).items()}


def _at(axes: Sequence[Axis], place: frozenset[tuple[str, str]]) -> tuple[int, ...]:
    """Return the number of a place's value on each axis; empty where it has not one on each."""
    known = dict(place)
    if any(known.get(axis.name) not in axis.values for axis in axes):
        return ()
    return tuple(axis.values.index(known[axis.name]) for axis in axes)


def _places(axes: Sequence[Axis], left_out: LeftOut) -> Iterator[frozenset[tuple[str, str]]]:
    """Yield where it would stand: everywhere on the axes of which it says nothing."""
    known = dict(left_out.coordinates)
    values = [[known[axis.name]] if axis.name in known else axis.values for axis in axes]
    for place in product(*values):
        yield frozenset(zip((axis.name for axis in axes), place, strict=True))


def _is_placeable(axes: Sequence[Axis], cells: Sequence[PlacedCell]) -> bool:
    """Tell whether each cell has a place of its own on all axes."""
    allowed = {axis.name: set(axis.values) for axis in axes}
    places = [dict(cell.coordinates) for cell in cells]
    return len({frozenset(cell.coordinates) for cell in cells}) == len(cells) and all(
        place.keys() == allowed.keys() and all(place[name] in allowed[name] for name in place)
        for place in places
    )


def _sides(axes: Sequence[Axis]) -> tuple[Axis, Axis]:
    """Return the two longest axes, those of the rows and of the columns.

    The longer goes across while it fits; of equal ones the first typed goes down.
    """
    longest, second = sorted(axes, key=lambda axis: -len(axis.values))[:2]
    equal = len(longest.values) == len(second.values)
    if equal or len(longest.values) > COLUMNS_MAX:
        return longest, second
    return second, longest


def _wrapped(axes: Sequence[Axis], cells: Sequence[PlacedCell], spots: _Spots) -> Layout:
    row = [Spot(cell=at) for at in range(len(cells))]
    if len(axes) == 1 and _is_placeable(axes, cells):
        (axis,) = axes
        places = (spots.get(frozenset([(axis.name, value)])) for value in axis.values)
        row = [spot for spot in places if spot is not None]
    only = axes[0].name if len(axes) == 1 else None
    return Layout(column_axis=only, sheets=(Sheet(rows=(("", tuple(row)),)),))


def _sheet(row: Axis, column: Axis, place: Coordinates, spots: _Spots) -> Sheet:
    """Return one table, without the rows and columns in which nothing stands."""
    table = {
        (down, across): spots.get(frozenset([(row.name, down), (column.name, across), *place]))
        for down in row.values
        for across in column.values
    }
    rows = [value for value in row.values if any(table[value, to] for to in column.values)]
    columns = [value for value in column.values if any(table[to, value] for to in row.values)]
    return Sheet(
        heading=" · ".join(_placed(name, value) for name, value in place),
        columns=tuple(columns),
        rows=tuple(
            (down, tuple(table[down, across] or Spot() for across in columns)) for down in rows
        ),
    )


def _placed(name: str, value: str) -> str:
    """Return where a sheet stands on an axis; one of braces is called by its values."""
    return value if value in name.split("|") else f"{name} {value}"


def _has_cell(sheet: Sheet) -> bool:
    return any(spot.cell is not None for _, row in sheet.rows for spot in row)
