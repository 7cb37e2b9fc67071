"""The picture on a card that stays: the player, or the poster in its place.

Pure markup with inline style, like `settled`, whose left column this is. It knows the
box and the addresses, not the words beside it.
"""

from hailuo_nb.core.task import Snapshot
from hailuo_nb.views import words
from hailuo_nb.views.card.frame import FRAME_PX, GAP_PX, frame_size_px
from hailuo_nb.views.text import escaped, is_embedded, safe_address

_SHADE = "#80808026"
_POSTER_TWICE_CHARS_MAX = 26_000
"""A longer poster stands in the markup once, not twice, to keep a saved card small."""

_PICTURE_COLUMN = f"float:left;box-sizing:border-box;width:100%;padding:0 {GAP_PX}px 0 0"
_PICTURE = f"display:block;width:100%;height:auto;border-radius:6px;background:{_SHADE}"
_EMPTY = f"margin:0 0 8px 0;border-radius:6px;background:{_SHADE};text-align:center"


def picture(snapshot: Snapshot, clip: str | None) -> str:
    """Return the picture's column: a player for ``clip``, a safe address, else the poster."""
    width_px, height_px = frame_size_px(snapshot)
    inner = _video(snapshot, clip, width_px, height_px) if clip else ""
    inner = inner or _still(snapshot, width_px, height_px)
    return f'<div style="{_PICTURE_COLUMN};max-width:{width_px + GAP_PX}px">{inner}</div>'


def _video(snapshot: Snapshot, clip: str, width_px: int, height_px: int) -> str:
    poster = safe_address(snapshot.poster)
    shown = f' poster="{escaped(poster)}"' if poster else ""
    return (
        f'<video src="{escaped(clip)}"{shown} controls loop muted playsinline preload="none"'
        f' width="{width_px}" height="{height_px}" title="{title(snapshot)}"'
        f' style="{_PICTURE}">{_without_video(snapshot, clip, poster)}</video>'
        f'<div class="hailuo-bar" style="min-height:26px;margin:8px 0">'
        f"{_download(snapshot, clip)}</div>"
    )


def _without_video(snapshot: Snapshot, clip: str, poster: str | None) -> str:
    """Return what shows where videos are stripped: the poster, linked to the clip."""
    seen = "Clip"
    if poster and len(poster) <= _POSTER_TWICE_CHARS_MAX:
        seen = f'<img src="{escaped(poster)}" alt="{title(snapshot)}" width="{FRAME_PX}">'
    return seen if is_embedded(clip) else f'<a href="{escaped(clip)}">{seen}</a>'


def _still(snapshot: Snapshot, width_px: int, height_px: int) -> str:
    poster = safe_address(snapshot.poster)
    if poster is None:
        empty = f"{_EMPTY};height:{height_px}px;line-height:{height_px}px"
        return f'<div style="{empty}"><small>no picture</small></div>'
    return (
        f'<img src="{escaped(poster)}" alt="{title(snapshot)}" width="{width_px}"'
        f' height="{height_px}" style="{_PICTURE};margin:0 0 8px 0">'
    )


def _download(snapshot: Snapshot, clip: str) -> str:
    if is_embedded(clip):
        return ""
    return (
        f'<a href="{escaped(clip)}" download="{escaped(snapshot.id)}.mp4"'
        ' style="color:inherit;font-size:12px;text-decoration:underline">Download MP4</a>'
    )


def title(snapshot: Snapshot) -> str:
    """Return what the picture is called, escaped."""
    simulated = " (simulated)" if snapshot.simulated else ""
    return escaped(f"Clip {words.plain_name(snapshot)}{simulated}")
