"""The panel as it stays in a saved notebook: its last state as a light picture.

Pure: words and a few small pictures in, markup out. The live panel takes its place on the
page; where there is no kernel, in an untrusted notebook or on a site that shows notebooks,
this is what is seen. So all style is inline and nothing needs a script.
"""

from collections.abc import Sequence

from hailuo_nb.core.task import Snapshot
from hailuo_nb.views.facts import Facts
from hailuo_nb.views.text import escaped, fold, isolated, plain
from hailuo_nb.views.tile import BORDER
from hailuo_nb.views.words import SIMULATED

TILES_MAX = 4
POSTER_CHARS_MAX = 40_000
"""All its pictures together, so that the notebook stays small."""

_BOX = f"{BORDER};padding:12px;max-width:860px"
_ROW = "margin:0 0 8px 0;overflow-wrap:anywhere"
_QUIET = f"{_ROW};font-size:12px;opacity:0.78"
_TILE = "display:inline-block;vertical-align:top;width:190px;margin:0 10px 8px 0"
_IMAGE = "display:block;width:100%;height:auto;margin:0;border-radius:6px"


def picture_html(
    place: str, prompt: str, options: Sequence[str], newest: Sequence[Snapshot]
) -> str:
    """Return the markup of a panel's place.

    Parameters
    ----------
    place
        The class by which the live panel finds its place.
    prompt, options
        What stands in the form, in words.
    newest
        The newest tasks, with posters where they have any.
    """
    inner = [f'<p style="{_ROW}"><strong>Video panel</strong></p>']
    if prompt.strip():
        shown, rest = fold(plain(prompt))
        more = "…" if rest else ""
        inner.append(
            f'<p dir="auto" style="{_ROW};white-space:pre-wrap">{escaped(shown)}{more}</p>'
        )
    if options:
        inner.append(f'<p style="{_QUIET}">{" · ".join(map(isolated, options))}</p>')
    inner += _tiles(newest)
    inner.append(f'<p style="{_QUIET}">Run <code>%hailuo</code> to use the panel.</p>')
    return f'<div class="{escaped(place)}"><div style="{_BOX}">{"".join(inner)}</div></div>'


def picture_text(prompt: str, newest: Sequence[Snapshot]) -> str:
    """Return the same as plain text."""
    first = " ".join(plain(prompt).split())[:80]
    clips = [Facts(snapshot=snapshot) for snapshot in newest[:TILES_MAX]]
    lines = [f"{clip.mark}{clip.name}: {clip.status}" for clip in clips]
    return "\n".join(["Video panel" + (f": {first}" if first else ""), *lines])


def _tiles(newest: Sequence[Snapshot]) -> list[str]:
    left = POSTER_CHARS_MAX
    found = []
    for snapshot in newest[:TILES_MAX]:
        clip, shown = Facts(snapshot=snapshot), ""
        if clip.poster and len(clip.poster) <= left:
            left -= len(clip.poster)
            title = escaped(f"Clip {clip.name}")
            shown = f'<img src="{escaped(clip.poster)}" alt="{title}" style="{_IMAGE}">'
        mark = f" {SIMULATED}" if clip.is_simulated else ""
        found.append(
            f'<div style="{_TILE}">{shown}<small>{isolated(clip.name)}: '
            f"{escaped(clip.status)}{mark}</small></div>"
        )
    return found
