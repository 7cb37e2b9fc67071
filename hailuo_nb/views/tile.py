"""One clip in markup that stays: its player or picture, its words, and the small figure of both.

Pure: facts in, markup out. It must read well with no script and no style sheet, and survive
JupyterLab's sanitizer in an untrusted notebook; so all style is inline, and colours are inherited
or plain hex. The players find these figures by their class. It knows one clip, not what stands
around it.
"""

from collections.abc import Iterable

from hailuo_nb.core.task import State
from hailuo_nb.views import words
from hailuo_nb.views.actions import clip_attributes
from hailuo_nb.views.facts import Facts
from hailuo_nb.views.rating import rating_html
from hailuo_nb.views.text import escaped, fold, fold_reason, is_embedded, isolated

MARK: dict[State, str] = {
    "failed": "#d93025",
    "unsure": "#d97706",
    "expired": "#d97706",
    "stopped": "#808080",
}
"""The colour beside what went wrong."""

ACCENT = "var(--jp-brand-color1,var(--vscode-charts-blue,#1976d2))"
"""The colour of what a plot draws."""

BORDER = (
    "box-sizing:border-box;margin:4px 0;border:1px solid #80808066;"
    "border-color:var(--jp-border-color2,var(--vscode-panel-border,#80808066));"
    "border-radius:8px;font-size:13px;line-height:1.5;"
    "font-family:var(--jp-ui-font-family,var(--vscode-font-family,system-ui,sans-serif))"
)
"""What stands around a card, a grid and a comparison."""

BADGE = (
    ' <strong style="display:inline-block;margin:0 0 0 6px;padding:0 5px;border:1px solid #d97706;'
    "border-radius:4px;background:#f59e0b2e;font-size:10px;font-weight:700;"
    f'letter-spacing:0.8px;vertical-align:1px">{words.SIMULATED}</strong>'
)
"""Says that what is shown is simulated."""

SHADE = "#80808026"
_POSTER_TWICE_CHARS_MAX = 9_000
"""A longer poster stands in the markup once, not twice, to keep a saved clip small."""

_STRIP = "display:flex;gap:3px;align-items:flex-start;margin:4px 0 0 0"
_FRAME = "flex:1 1 0;min-width:0;height:auto;margin:0;border-radius:3px"
_FIGURE = "box-sizing:border-box;margin:0;min-width:0;font-size:13px;line-height:1.45"
_ROW = "margin:0;padding:0;overflow-wrap:anywhere"
_QUIET = f"{_ROW};font-size:12px;opacity:0.78"


def clip_figure(of: Facts, *, box_px: tuple[int, int] | None = None, marked: bool = True) -> str:
    """Return the clip as a figure: its player or poster, and what became of it below.

    Parameters
    ----------
    of
        In any state; one that is not done shows its poster and its state or reason.
    box_px
        Width and height of the box in px, for the ratio: the clip is shown whole in it,
        and the box shrinks and grows with the figure. Default the clip's own.
    marked
        Whether it says itself that it is simulated, rather than what stands around it.
    """
    kind = f"hailuo-clip hailuo-{of.state}"
    label, seconds = escaped(of.name), of.request.duration_s
    return (
        f'<figure class="{kind}" data-label="{label}" data-seconds="{seconds}"'
        f'{clip_attributes(of)} style="{_FIGURE}">'
        f"{seen(of, box_px or of.box_px)}{_frames(of)}"
        f"{_caption(of, marked)}</figure>"
    )


def _frames(of: Facts) -> str:
    """Return the strip where it is shown on demand: a script has one button for all of them."""
    summary = '<summary style="cursor:pointer;font-size:12px">Frames</summary>'
    inner = f"{summary}{strip(of)}"
    style = "margin:4px 0 0 0"
    return f'<details class="hailuo-frames" style="{style}">{inner}</details>' if of.strip else ""


def strip(of: Facts) -> str:
    """Return the frames of a clip from its start to its end in a row; "" where there are none."""
    frames = "".join(
        f'<img src="{escaped(frame)}" alt="{escaped(f"{of.title} at {second:.3g} s")}"'
        f' width="92" style="{_FRAME}">'
        for second, frame in of.strip
    )
    return f'<div class="hailuo-strip" style="{_STRIP}">{frames}</div>' if frames else ""


def seen(of: Facts, box_px: tuple[int, int]) -> str:
    """Return the player of a clip that has an address, else its poster, else an empty box."""
    poster, name = escaped(of.poster), escaped(f"Clip {of.title}")
    size = f'width="{box_px[0]}" height="{box_px[1]}"'
    if of.address:
        shown = f' poster="{poster}"' if poster else ""
        return (
            f'<video src="{escaped(of.address)}"{shown} controls loop muted playsinline'
            f' preload="none" {size} title="{name}" style="{_box(box_px)}">'
            f"{_without_video(of.address, poster, name)}</video>"
        )
    if not poster:
        style = f"{_box(box_px)};display:grid;place-items:center"
        return f'<div style="{style}"><small>no picture</small></div>'
    faint = ";opacity:0.6" if of.state in MARK else ""
    return f'<img src="{poster}" alt="{name}" {size} style="{_box(box_px)}{faint}">'


def _without_video(address: str, poster: str, name: str) -> str:
    """Return what shows where videos are stripped: the poster, linked to the clip."""
    is_light = poster and len(poster) <= _POSTER_TWICE_CHARS_MAX
    shown = f'<img src="{poster}" alt="{name}" width="240">' if is_light else "Clip"
    return shown if is_embedded(address) else f'<a href="{escaped(address)}">{shown}</a>'


def _box(box_px: tuple[int, int]) -> str:
    return (
        "display:block;box-sizing:border-box;width:100%;height:auto;margin:0;border-radius:6px;"
        f"background:{SHADE};aspect-ratio:{box_px[0]}/{box_px[1]};object-fit:contain"
    )


def _caption(of: Facts, marked: bool) -> str:
    name = f"<strong>{isolated(of.name)}</strong>{BADGE if marked and of.is_simulated else ''}"
    return (
        '<figcaption style="padding:6px 0 0 0;overflow:hidden">'
        f'<p style="{_ROW}">{name}</p>{_became(of)}</figcaption>'
    )


def _became(of: Facts) -> str:
    """Return state, price and time in one quiet line; a failure with its reason, marked."""
    line = " · ".join(escaped(fact) for fact in (of.headline, of.money) if fact)
    if not of.explanation:
        place = row(isolated(of.elsewhere), _QUIET) if of.elsewhere else ""
        rated = rating_html(of.snapshot.rating)
        more = "" if of.is_over else "…"
        return f'<p style="{_QUIET};min-height:2.9em">{line}{more}</p>{place}{rated}'
    mark = f"{_ROW};font-size:12px;padding:0 0 0 8px;border-left:3px solid {MARK[of.state]}"
    return f'<div style="{mark}"><strong>{line}</strong>{_reason(of.explanation)}</div>'


def _reason(explained: str) -> str:
    """Return the reason, folded where it would make a narrow clip tall."""
    shown, rest = fold_reason(explained)
    if not rest:
        return f"<br>{isolated(shown)}"
    return (
        f'<details style="margin:0"><summary style="cursor:pointer">{isolated(shown)}</summary>'
        f"{isolated(rest)}</details>"
    )


def folded(prompt: str, style: str) -> str:
    """Return a prompt of which the rest opens where it is long."""
    shown, rest = fold(prompt)
    how = f'dir="auto" style="{style};white-space:pre-wrap"'
    if not rest:
        return f"<p {how}>{escaped(shown)}</p>"
    summary = f'<summary style="cursor:pointer">{escaped(shown)}…</summary>'
    return f"<details {how}>{summary}{escaped(rest)}</details>"


def row(inner: str, style: str) -> str:
    """Return a paragraph, nothing where there is nothing to say."""
    return f'<p style="{style}">{inner}</p>' if inner else ""


def dotted(phrases: Iterable[str]) -> str:
    """Return phrases in a row, each in its own direction."""
    return " · ".join(map(isolated, phrases))
