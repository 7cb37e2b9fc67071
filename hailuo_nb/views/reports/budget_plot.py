"""A small bar plot of credits by day as inline SVG; pure, without text or script in it.

It knows bars, no tasks. The figures are in its ``aria-label``, and in the table beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from hailuo_nb.core.budget import Cap
from hailuo_nb.core.pricing import amount_words
from hailuo_nb.views.text import escaped
from hailuo_nb.views.tile import ACCENT

HEIGHT_PX = 72
STEP_PX = 20
BAR_PX = 14
_CAP = "#d97706"
_QUIET = "font-size:11px;opacity:0.78"


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetRow:
    """What it is about, such as a day, and the credits spent and held for it."""

    label: str
    spent: float
    held: float


def plot_svg(bars: Sequence[BudgetRow], *, cap: Cap | None) -> str:
    """Return the plot with its dates and its key.

    Parameters
    ----------
    bars
        One for each day, oldest first; at least one.
    cap
        The day's cap, drawn as a line where it lies within twice the highest bar.
    """
    highest = max(bar.spent + bar.held for bar in bars)
    shown = cap if cap is not None and cap.credits <= 2 * highest else None
    top = max(highest, shown.credits if shown else 0.0) or 1.0
    width_px = STEP_PX * len(bars)
    drawn = "".join(_bar(bar, place, top) for place, bar in enumerate(bars))
    return (
        '<div style="max-width:560px;margin:0 0 12px 0">'
        f'<svg role="img" aria-label="{escaped(_label(bars))}" '
        f'viewBox="0 0 {width_px} {HEIGHT_PX + 2}" preserveAspectRatio="none" '
        'style="display:block;width:100%;height:96px;overflow:visible">'
        f"{drawn}{_line(HEIGHT_PX + 0.5, width_px)}{_cap_line(shown, top, width_px)}</svg>"
        f'<div style="display:flex;justify-content:space-between;margin-top:2px;{_QUIET}">'
        f"<span>{escaped(bars[0].label)}</span><span>{escaped(bars[-1].label)}</span></div>"
        f'<div style="text-align:center;{_QUIET}">{_key(highest, shown)}</div></div>'
    )


def _bar(bar: BudgetRow, place: int, top: float) -> str:
    left = place * STEP_PX + (STEP_PX - BAR_PX) / 2
    spent_px, held_px = (HEIGHT_PX * part / top for part in (bar.spent, bar.held))
    return _rect(left, HEIGHT_PX - spent_px, spent_px, 1.0) + _rect(
        left, HEIGHT_PX - spent_px - held_px, held_px, 0.4
    )


def _rect(left: float, upper: float, height: float, opacity: float) -> str:
    if height <= 0:
        return ""
    return (
        f'<rect x="{left:g}" y="{upper:.2f}" width="{BAR_PX}" height="{height:.2f}" '
        f'style="fill:{ACCENT};opacity:{opacity:g}"/>'
    )


def _line(y: float, width_px: int) -> str:
    return (
        f'<line x1="0" x2="{width_px}" y1="{y:g}" y2="{y:g}" vector-effect="non-scaling-stroke" '
        'style="stroke:currentColor;stroke-width:1;opacity:0.35"/>'
    )


def _cap_line(cap: Cap | None, top: float, width_px: int) -> str:
    if cap is None:
        return ""
    y = HEIGHT_PX - HEIGHT_PX * cap.credits / top
    return (
        f'<line x1="0" x2="{width_px}" y1="{y:.2f}" y2="{y:.2f}" '
        f'vector-effect="non-scaling-stroke" '
        f'style="stroke:{_CAP};stroke-width:1.5;stroke-dasharray:5 4"/>'
    )


def _key(highest: float, cap: Cap | None) -> str:
    """Return what the colours mean, and how high the highest bar is."""
    words = [
        f"{_swatch(1.0)} spent",
        f"{_swatch(0.4)} held",
        f"highest day {amount_words(highest)}",
    ]
    if cap is not None:
        words.append(f'<span style="color:{_CAP}">┄</span> cap {amount_words(cap.credits)}')
    return " · ".join(words)


def _swatch(opacity: float) -> str:
    return f'<span style="color:{ACCENT};opacity:{opacity:g}">■</span>'


def _label(bars: Sequence[BudgetRow]) -> str:
    days = [
        f"{bar.label} {amount_words(bar.spent)} spent, {amount_words(bar.held)} held"
        for bar in bars
        if bar.spent or bar.held
    ]
    return "Credits by day: " + ("; ".join(days) or "none in these days")
