"""The grid that stays: HTML for an experiment that is over, or saved in mid-run.

Pure: a board and clips in, markup out. Like `settled` it must read well with no style
sheet and no script and survive JupyterLab's sanitizer; what one clip looks like is the
affair of `clips`.
"""

import json
from collections.abc import Sequence
from itertools import islice

from hailuo_nb.views import words
from hailuo_nb.views.bundles import bundle
from hailuo_nb.views.compare.compare import box_size_px, page_id
from hailuo_nb.views.facts import Facts
from hailuo_nb.views.grid.layout import (
    CELL_PX_MAX,
    Board,
    Layout,
    Sheet,
    Spot,
    cell_px_min,
    head_px,
)
from hailuo_nb.views.grid.words import (
    NOTHING_HERE,
    all_notes,
    found_words,
    judge_line,
    left_out_words,
    shared_prompt,
    shared_words,
    summary_words,
)
from hailuo_nb.views.measures import table_html
from hailuo_nb.views.text import escaped, isolated
from hailuo_nb.views.tile import BADGE, BORDER, clip_figure, dotted, folded, row

PICTURES_MAX = 8
"""So many start images are shown of a grid that is under way."""

_ROOT = f"{BORDER};padding:12px;line-height:1.45"
_ROW = "margin:0 0 6px 0;max-width:860px;overflow-wrap:break-word"
_QUIET = f"{_ROW};font-size:12px;opacity:0.78"
_BAR = '<div class="hailuo-bar" style="min-height:28px;margin:12px 0"></div>'
_WRAPPED = (
    "display:grid;gap:16px 12px;grid-template-columns:repeat(auto-fit,minmax(min(100%,200px),1fr))"
)
_PLACE = (
    "padding:0 12px 16px 0;border:0;text-align:left;vertical-align:top;overflow-wrap:break-word"
)
_EDGE = f"{_PLACE};padding-bottom:6px;vertical-align:bottom"
_ABSENT = (
    "margin:0;padding:8px 10px;border:1px dashed #80808066;border-radius:6px;font-size:12px;"
    "opacity:0.78"
)


def grid_html(board: Board, clips: Sequence[Facts]) -> str:
    """Return the grid as it stays in the notebook.

    Parameters
    ----------
    board
        What stands around the cells.
    clips
        One for each cell, in their order. Of those that are not final yet the state is
        told, and how to see them later.
    """
    is_over = all(clip.is_over for clip in clips)
    plan = found_words(board.plan_words) if is_over else board.plan_words
    rows = [_headline(clips, board.notes), row(isolated(plan), _QUIET)]
    prompt = shared_prompt(clips)
    rows.append(folded(prompt, _ROW) if prompt is not None else "")
    shared = dotted(shared_words(clips))
    rows.append(row(f"All: {shared}" if shared else "", _QUIET))
    rows.append(_start_images(clips))
    rows.append(_BAR if any(clip.address for clip in clips) else "")
    rows.append(f'<div class="hailuo-clips">{_sheets(board.layout, clips)}</div>')
    rows.append(table_html([(clip.name, clip.snapshot) for clip in clips], board.win_rates))
    rows.append(_prompts(clips) if prompt is None else "")
    rows.append(_notes(board, clips))
    known_as = f'class="hailuo-compare hailuo-grid" data-grid="{page_id("grid", clips)}"'
    if board.layout.axes:
        known_as += f' data-axes="{escaped(json.dumps(board.layout.axes_form))}"'
    if line := judge_line(clips):
        known_as += f' data-judge="{escaped(line)}"'
    root = f'<div {known_as} style="{_ROOT}">{"".join(rows)}</div>'
    return root + _script(board.layout, clips)


def _headline(clips: Sequence[Facts], notes: Sequence[str]) -> str:
    line = f'<strong style="font-size:14px">{escaped(summary_words(clips))}</strong>'
    line += BADGE if any(clip.is_simulated for clip in clips) else ""
    if not all(clip.is_over for clip in clips):
        way_back = words.see_again([clip.handle for clip in clips], notes)
        line += f"<br><strong>{isolated(way_back)}</strong>"
    return row(line, _ROW)


def _sheets(layout: Layout, clips: Sequence[Facts]) -> str:
    cells = [_cell(clip, box_px) for box_px in [box_size_px(clips)] for clip in clips]
    return "".join(_sheet(sheet, layout, cells) for sheet in layout.sheets)


def _sheet(sheet: Sheet, layout: Layout, cells: Sequence[str]) -> str:
    heading = (
        f'<h4 class="hailuo-heading" dir="auto" style="margin:8px 0;font-size:14px">'
        f"{escaped(sheet.heading)}</h4>"
        if sheet.heading
        else ""
    )
    inner = _table(sheet, layout, cells) if layout.row_axis is not None else _wrapped(sheet, cells)
    return f'<section class="hailuo-sheet">{heading}{inner}</section>'


def _wrapped(sheet: Sheet, cells: Sequence[str]) -> str:
    places = "".join(f"<div>{_place(spot, cells)}</div>" for _, row in sheet.rows for spot in row)
    width_px = min(1240, CELL_PX_MAX * len(cells))
    return f'<div class="wrapped" style="{_WRAPPED};max-width:{width_px}px">{places}</div>'


def _table(sheet: Sheet, layout: Layout, cells: Sequence[str]) -> str:
    number, side = len(sheet.columns), head_px(layout)
    style = (
        f"width:100%;min-width:{side + number * cell_px_min(number)}px;"
        f"max-width:{side + number * CELL_PX_MAX}px;margin:0;border-collapse:collapse;"
        "table-layout:fixed;font-size:13px"
    )
    heads = "".join(
        f'<th scope="col" style="{_EDGE}">{isolated(value)}</th>' for value in sheet.columns
    )
    top = f'<tr style="background:none">{_corner(layout)}{heads}</tr>'
    rows = "".join(_table_row(head, row, cells) for head, row in sheet.rows)
    name = escaped(f"Clips {sheet.heading}".strip())
    return (
        f'<div style="overflow-x:auto" tabindex="0" role="region" aria-label="{name}">'
        f'<table style="{style}"><thead style="border:0">{top}</thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _corner(layout: Layout) -> str:
    names = f"{isolated(layout.column_axis or '')} →<br>{isolated(layout.row_axis or '')} ↓"
    width = f"width:{head_px(layout) - 12}px;overflow-wrap:break-word"
    return f'<td style="{_EDGE};{width};font-size:11px">{names}</td>'


def _table_row(head: str, row: Sequence[Spot], cells: Sequence[str]) -> str:
    places = "".join(
        f'<td data-at="{spot.place}" style="{_PLACE}">{_place(spot, cells)}</td>' for spot in row
    )
    return (
        f'<tr style="background:none"><th scope="row" style="{_PLACE}">{isolated(head)}</th>'
        f"{places}</tr>"
    )


def _place(spot: Spot, cells: Sequence[str]) -> str:
    if spot.cell is not None:
        return cells[spot.cell]
    return f'<p dir="auto" style="{_ABSENT}">{escaped(spot.reason or NOTHING_HERE)}</p>'


def _cell(clip: Facts, box_px: tuple[int, int]) -> str:
    if not clip.is_over:
        name = isolated(clip.name)
        return f'<p style="{_ABSENT}"><strong>{name}</strong><br>{escaped(clip.headline)}</p>'
    again = f"Add --retry to the cell to try it again ({clip.retry})." if clip.retry else ""
    return clip_figure(clip, box_px=box_px, marked=False) + row(
        escaped(again), f"{_QUIET};margin:4px 0 0 0"
    )


def _start_images(clips: Sequence[Facts]) -> str:
    """Return what the clips that are under way begin with, each picture once."""
    posters = dict.fromkeys(clip.poster for clip in clips if not clip.is_over and clip.poster)
    shown = "".join(
        f'<img src="{escaped(poster)}" alt="Start image" height="96"'
        ' style="margin:0 8px 0 0;border-radius:6px">'
        for poster in islice(posters, PICTURES_MAX)
    )
    return row(shown, _ROW)


def _prompts(clips: Sequence[Facts]) -> str:
    labels: dict[str, list[str]] = {}
    for clip in clips:
        labels.setdefault(clip.prompt, []).append(clip.name)
    shown = "".join(
        f'<p style="margin:0">{", ".join(map(isolated, names))}</p>{folded(prompt, _ROW)}'
        for prompt, names in labels.items()
    )
    summary = f'<summary style="cursor:pointer">{len(labels)} prompts</summary>'
    return f"<details>{summary}{shown}</details>"


def _notes(board: Board, clips: Sequence[Facts]) -> str:
    left = [map(isolated, left_out_words(one)) for one in board.left_out]
    lines = [f"Left out: {': '.join(parts)}" for parts in left]
    lines += map(isolated, all_notes(board.notes, clips))
    items = "".join(f"<li>{line}</li>" for line in lines)
    style = "margin:12px 0 0 0;padding:0;list-style:none;font-size:12px;opacity:0.78"
    return f'<ul style="{style}">{items}</ul>' if items else ""


def _script(layout: Layout, clips: Sequence[Facts]) -> str:
    plays = any(clip.address for clip in clips)
    parts = [bundle("compare")] if plays else []
    parts += [bundle("tabs")] if layout.axes and (plays or len(layout.sheets) > 1) else []
    return f'<script type="module">\n{"".join(parts)}</script>' if parts else ""
