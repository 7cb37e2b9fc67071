"""How an experiment looks: what is drawn around its clips, and each of them; pure."""

from collections.abc import Sequence
from functools import partial

from hailuo_nb.core.matrix import Axis, LeftOut
from hailuo_nb.views.grid.html import grid_html
from hailuo_nb.views.grid.layout import Board, lay_out
from hailuo_nb.views.grid.state import board_state, cell_state
from hailuo_nb.views.grid.text import grid_text
from hailuo_nb.views.grid.words import summary_words
from hailuo_nb.views.look import Look, Placed


def grid_look(
    axes: Sequence[Axis],
    cells: Sequence[Placed],
    left_out: Sequence[LeftOut] = (),
    *,
    plan_words: str,
    notes: Sequence[str] = (),
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
    """
    board = Board(
        plan_words=plan_words,
        layout=lay_out(axes, cells, left_out),
        left_out=tuple(left_out),
        notes=tuple(notes),
    )
    return Look(
        bundle="grid",
        board=partial(board_state, board),
        tile=cell_state,
        progress=summary_words,
        html=partial(grid_html, board),
        text=partial(grid_text, board),
    )
