"""One clip among others: the small figure that comparisons and grids are made of.

Pure: a label, a snapshot and the clip's address in, markup out. Like the single card it
must read well with no script and no style sheet; the player in `compare.js` finds
these figures by their class. It knows one clip, not what stands around it.
"""

from dataclasses import dataclass

from hailuo_nb.core.task import FINAL, Snapshot, State
from hailuo_nb.views import words
from hailuo_nb.views.card.frame import frame_size_px
from hailuo_nb.views.card.state import fold_reason
from hailuo_nb.views.text import escaped, is_embedded, isolated, plain, safe_address

_SHADE = "#80808026"
_MARK: dict[State, str] = {
    "failed": "#d93025",
    "unsure": "#d97706",
    "expired": "#d97706",
    "stopped": "#808080",
}
_POSTER_TWICE_CHARS_MAX = 20_000
"""A longer poster stands in the markup once, not twice, to keep a saved clip small."""

_FIGURE = "box-sizing:border-box;margin:0;min-width:0;font-size:13px;line-height:1.45"
_ROW = "margin:0;padding:0;overflow-wrap:anywhere"
_QUIET = f"{_ROW};font-size:12px;opacity:0.78"
_BADGE = (
    "display:inline-block;margin:0 0 0 6px;padding:0 5px;border:1px solid #d97706;"
    "border-radius:4px;background:#f59e0b2e;font-size:10px;font-weight:700;"
    "letter-spacing:0.8px;vertical-align:1px"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """One clip of a comparison or a grid.

    Parameters
    ----------
    label
        What tells it from the others; unique among them.
    snapshot
        Its task, in any state.
    src
        The clip's address as seen from the notebook; None where there is no clip. A
        relative path, http(s) or a ``data:`` URI; anything else counts as None.
    coordinates
        Its place in an experiment: pairs of axis and value.
    """

    label: str
    snapshot: Snapshot
    src: str | None
    coordinates: tuple[tuple[str, str], ...] = ()

    @property
    def address(self) -> str | None:
        """The clip's address if a page may load it and there is a clip, else None."""
        return safe_address(self.src) if self.snapshot.state == "done" else None

    @property
    def title(self) -> str:
        """The label on one line, marked where the clip is simulated."""
        simulated = " (simulated)" if self.snapshot.simulated else ""
        return " ".join(plain(self.label).split()) + simulated


def clip_figure(clip: Clip, *, box_px: tuple[int, int] | None = None, style: str = "") -> str:
    """Return the clip as a figure: its player or poster, and what became of it below.

    Parameters
    ----------
    clip
        In any state; one that is not done shows its poster and its state or reason.
    box_px
        Width and height of the box in px, for the ratio: the clip is shown whole in it,
        and the box shrinks and grows with the figure. Default the clip's own.
    style
        More inline style for the figure, such as its share of a row; not escaped.
    """
    box_px = box_px or frame_size_px(clip.snapshot)
    address = clip.address
    seen = _video(clip, address, box_px) if address else _still(clip, box_px)
    kind = f"hailuo-clip hailuo-{clip.snapshot.state}"
    label, seconds = escaped(clip.label), clip.snapshot.request.duration_s
    return (
        f'<figure class="{kind}" data-label="{label}" data-seconds="{seconds}"'
        f' style="{_FIGURE};{style}">{seen}{_caption(clip)}</figure>'
    )


def _video(clip: Clip, address: str, box_px: tuple[int, int]) -> str:
    poster = safe_address(clip.snapshot.poster)
    shown = f' poster="{escaped(poster)}"' if poster else ""
    src = address if is_embedded(address) else escaped(address)
    return (
        f'<video src="{src}"{shown} controls loop muted playsinline preload="none"'
        f' width="{box_px[0]}" height="{box_px[1]}" title="{escaped(clip.title)}"'
        f' style="{_box(box_px)}">{_without_video(clip, address, poster)}</video>'
    )


def _without_video(clip: Clip, address: str, poster: str | None) -> str:
    """Return what shows where videos are stripped: the poster, linked to the clip."""
    if is_embedded(address):
        return ""
    seen = "Clip"
    if poster and len(poster) <= _POSTER_TWICE_CHARS_MAX:
        seen = f'<img src="{escaped(poster)}" alt="{escaped(clip.title)}" width="240">'
    return f'<a href="{escaped(address)}">{seen}</a>'


def _still(clip: Clip, box_px: tuple[int, int]) -> str:
    poster = safe_address(clip.snapshot.poster)
    if poster is None:
        return (
            f'<div style="{_box(box_px)};display:grid;place-items:center">'
            "<small>no picture</small></div>"
        )
    return (
        f'<img src="{escaped(poster)}" alt="{escaped(clip.title)}" width="{box_px[0]}"'
        f' height="{box_px[1]}" style="{_box(box_px)};opacity:0.6">'
    )


def _box(box_px: tuple[int, int]) -> str:
    return (
        "display:block;box-sizing:border-box;width:100%;height:auto;margin:0;border-radius:6px;"
        f"background:{_SHADE};aspect-ratio:{box_px[0]}/{box_px[1]};object-fit:contain"
    )


def _caption(clip: Clip) -> str:
    badge = f' <strong style="{_BADGE}">{words.SIMULATED}</strong>'
    name = f"<strong>{isolated(clip.label)}</strong>{badge if clip.snapshot.simulated else ''}"
    return (
        '<figcaption style="padding:6px 0 0 0;overflow:hidden">'
        f'<p style="{_ROW}">{name}</p>{_became(clip.snapshot)}</figcaption>'
    )


def _became(snapshot: Snapshot) -> str:
    """Return state, price and time in one quiet line; a failure with its reason, marked."""
    facts = [words.headline(snapshot), words.money_words(snapshot)]
    line = " · ".join(escaped(fact) for fact in facts if fact)
    explained = words.explanation(snapshot)
    if explained is None:
        running = "" if snapshot.state in FINAL else "…"
        return f'<p style="{_QUIET}">{line}{running}</p>'
    mark = f"{_ROW};font-size:12px;padding:0 0 0 8px;border-left:3px solid {_MARK[snapshot.state]}"
    return f'<div style="{mark}"><strong>{line}</strong>{_reason(plain(explained))}</div>'


def _reason(explained: str) -> str:
    """Return the reason, folded where it would make a narrow clip tall."""
    shown, rest = fold_reason(explained)
    if not rest:
        return f"<br>{isolated(shown)}"
    return (
        f'<details style="margin:0"><summary style="cursor:pointer">{isolated(shown)}</summary>'
        f"{isolated(rest)}</details>"
    )
