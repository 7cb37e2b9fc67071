"""How an experiment looks: what is drawn around its clips, and each of them; pure."""

from collections.abc import Sequence
from functools import partial

from hailuo_nb.core.matrix import Axis, LeftOut
from hailuo_nb.views.facts import Facts
from hailuo_nb.views.grid.html import grid_html
from hailuo_nb.views.grid.layout import Board, Layout, lay_out
from hailuo_nb.views.grid.state import board_state, cell_state
from hailuo_nb.views.grid.text import grid_text
from hailuo_nb.views.grid.words import summary_words
from hailuo_nb.views.look import Look, Placed
from hailuo_nb.views.paper import sheet_picture

WRAPPED_COLUMNS = 4
"""So many of a row that is wrapped stand side by side on paper."""


def grid_look(
    axes: Sequence[Axis],
    cells: Sequence[Placed],
    left_out: Sequence[LeftOut] = (),
    *,
    plan_words: str,
    notes: Sequence[str] = (),
    win_rates: Sequence[float | None] = (),
) -> Look:
    """Return how the grid of an experiment looks.

    Parameters
    ----------
    axes
        What the cells vary in, in the order typed.
    cells
        Label and coordinates of each, such as `hailuo_nb.core.matrix.Cell`.
    left_out
        Combinations that are not made, with the reason.
    plan_words
        The line above the grid, such as "6 clips: 160 credits; usually 2-4 min".
    notes
        Sentences to stand below the grid.
    win_rates
        What the votes say of each cell's prompt, 0 to 1; empty where nobody voted.
    """
    board = Board(
        plan_words=plan_words,
        layout=lay_out(axes, cells, left_out),
        left_out=tuple(left_out),
        notes=tuple(notes),
        win_rates=tuple(win_rates),
    )
    return Look(
        bundle="grid",
        board=partial(board_state, board),
        tile=cell_state,
        progress=summary_words,
        html=partial(grid_html, board),
        text=partial(grid_text, board),
        picture=partial(_picture, board.layout),
    )


def _picture(layout: Layout, clips: Sequence[Facts]) -> str:
    """Return all clips in their places, the sheets one below the other."""
    rows = [spots for sheet in layout.sheets for _, spots in sheet.rows]
    is_table = layout.row_axis is not None
    columns = max(map(len, rows)) if is_table else min(WRAPPED_COLUMNS, len(clips))
    places: list[Facts | str] = []
    for spots in rows:
        places += [spot.reason if spot.cell is None else clips[spot.cell] for spot in spots]
        places += [""] * (columns - len(spots)) if is_table else []
    return sheet_picture(places, columns)
