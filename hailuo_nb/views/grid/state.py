"""What the live grid is told: one dict for the whole, and a small one for each cell.

Pure, like `state` for the single card. What never changes travels once; a cell's dict
holds only what its place shows, and its picture travels apart from it.
"""

from collections.abc import Sequence
from typing import Any

from hailuo_nb.views import measures
from hailuo_nb.views.actions import clip_state
from hailuo_nb.views.compare.compare import box_size_px, page_id
from hailuo_nb.views.facts import Facts, tile_state
from hailuo_nb.views.grid.layout import CELL_PX_MAX, Board, Spot, cell_px_min, head_px
from hailuo_nb.views.grid.words import (
    NOTHING_HERE,
    all_notes,
    judge_line,
    left_out_words,
    shared_prompt,
    shared_words,
)
from hailuo_nb.views.text import fold, fold_reason, plain


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
