"""How an experiment looks: what is drawn around its clips, and each of them, live and as text.

Pure. Of the live grid what never changes travels once; a cell's dict holds only what its place
shows, and its picture travels apart from it.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any

from hailuo_nb.core.matrix import Axis, LeftOut
from hailuo_nb.views import measures, words
from hailuo_nb.views.actions import clip_state
from hailuo_nb.views.compare.compare import box_size_px, page_id
from hailuo_nb.views.facts import Facts, tile_state
from hailuo_nb.views.grid.html import grid_html
from hailuo_nb.views.grid.layout import (
    CELL_PX_MAX,
    Board,
    Layout,
    PlacedCell,
    Spot,
    cell_px_min,
    head_px,
    lay_out,
)
from hailuo_nb.views.grid.words import (
    NOTHING_HERE,
    all_notes,
    judge_line,
    left_out_words,
    shared_prompt,
    shared_words,
    summary_words,
)
from hailuo_nb.views.look import Look
from hailuo_nb.views.paper import sheet_picture
from hailuo_nb.views.text import aligned, fold, fold_reason, one_line, plain

WRAPPED_COLUMNS = 4
"""So many of a row that is wrapped stand side by side on paper."""

_NONE = "–"
_LABEL_CHARS_MAX = 60
_HEADS = ("label", "state", "credits", "file")


def grid_look(
    axes: Sequence[Axis],
    cells: Sequence[PlacedCell],
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


def grid_text(board: Board, clips: Sequence[Facts]) -> str:
    """Return label, state, credits and file of each clip, aligned, with the reasons below."""
    mark = next((clip.mark for clip in clips if clip.mark), "")
    lines = [mark + summary_words(clips), *aligned([_HEADS, *map(_row, clips)])]
    lines += [f"{_name(clip)}: {one_line(clip.explanation)}" for clip in clips if clip.explanation]
    lines += [
        f"Left out: {': '.join(map(one_line, left_out_words(one)))}" for one in board.left_out
    ]
    lines += map(one_line, all_notes(board.notes, clips))
    if not all(clip.is_over for clip in clips):
        lines.append(words.see_again([clip.handle for clip in clips], board.notes))
    return "\n".join(lines)


def _row(of: Facts) -> tuple[str, ...]:
    return _name(of), of.status, of.credits or _NONE, of.lies_at or _NONE


def _name(of: Facts) -> str:
    return of.name if len(of.name) <= _LABEL_CHARS_MAX else f"{of.name[: _LABEL_CHARS_MAX - 1]}…"


def board_state(board: Board, clips: Sequence[Facts]) -> dict[str, Any]:
    """Return what the grid shows besides its cells: JSON values only."""
    prompt, layout = shared_prompt(clips), board.layout
    return {
        "id": page_id("grid", clips),
        "judge": judge_line(clips),
        "plan": plain(board.plan_words),
        "simulated": any(clip.is_simulated for clip in clips),
        "shared": list(shared_words(clips)),
        "prompt": None if prompt is None else list(fold(prompt)),
        "prompts": [] if prompt is not None else [clip.prompt for clip in clips],
        "notes": list(all_notes(board.notes, clips)),
        "left_out": [list(left_out_words(one)) for one in board.left_out],
        "box_px": list(box_size_px(clips)),
        "measures": measures.columns_state(),
        "votes": [measures.votes_state(one) for one in board.win_rates],
        "row_axis": layout.row_axis and plain(layout.row_axis),
        "column_axis": layout.column_axis and plain(layout.column_axis),
        "axes": layout.axes_form,
        "sheets": [
            {
                "heading": plain(sheet.heading),
                "widths_px": [head_px(layout), cell_px_min(len(sheet.columns)), CELL_PX_MAX],
                "columns": [plain(value) for value in sheet.columns],
                "rows": [
                    [plain(head), [_spot(spot) for spot in row], [spot.place for spot in row]]
                    for head, row in sheet.rows
                ],
            }
            for sheet in layout.sheets
        ],
    }


def cell_state(of: Facts) -> dict[str, Any]:
    """Return one cell's state: JSON values only.

    ``explanation`` is a reason's first sentence and its rest; ``retry`` is what another try
    costs, in words.
    """
    return (
        tile_state(of)
        | clip_state(of)
        | {
            "explanation": list(fold_reason(of.explanation)),
            "retry": of.retry,
            "measures": measures.cell_state(of.snapshot),
        }
    )


def _spot(spot: Spot) -> int | str:
    """Return the number of the cell, or in words why there is none."""
    return spot.cell if spot.cell is not None else plain(spot.reason) or NOTHING_HERE
