"""What the panel's gallery is told of a task: one small dict, without its picture.

Pure. Pictures travel apart from it, when a tile comes into view.
"""

import time
from typing import Any

from hailuo_nb.core.task import Snapshot, group_of
from hailuo_nb.views.actions import clip_state
from hailuo_nb.views.facts import Facts, milliseconds, tile_state
from hailuo_nb.views.measures import sentences_state
from hailuo_nb.views.rating import rating_state
from hailuo_nb.views.text import AWAY, safe_address

_USUAL = {"optimizer\u00a0on", "nsfw\u00a0check\u00a0off"}
"""What most clips have is left out, so that a tile stays short."""


def row(
    snapshot: Snapshot, *, src: str | None, here: bool, hidden: bool, has_picture: bool
) -> dict[str, Any]:
    """Return a tile's facts: JSON values only.

    Parameters
    ----------
    snapshot
        In any state.
    src
        The clip's address as seen from the notebook, or `AWAY` and its id; None where there
        is no clip.
    here
        Whether this kernel looks after the task.
    hidden
        Whether it is left out of the gallery.
    has_picture
        Whether there is a picture to ask for.
    """
    of, made_at = Facts(snapshot=snapshot, src=src), time.localtime(snapshot.created_at)
    model, *options = of.options
    return tile_state(of) | {
        "id": snapshot.id,
        "file": of.download,
        "line": clip_state(of).get("line", ""),
        "rating": rating_state(snapshot.rating),
        "named": snapshot.name is not None,
        "group": group_of(snapshot.state),
        "created_at_ms": milliseconds(snapshot.created_at),
        "estimate": of.estimate,
        "day": time.strftime("%Y-%m-%d", made_at),
        "when": time.strftime("%d %b %H:%M", made_at).lstrip("0"),
        "model": model,
        "options": [option for option in options if option not in _USUAL],
        "prompt": of.prompt,
        "explanation": of.explanation or None,
        "hidden": hidden,
        "here": here,
        "stop_hint": of.stop_hint if here else None,
        "retry": of.retry,
        "measures": sentences_state(snapshot),
        "has_picture": has_picture,
        "src": _address(src) if snapshot.state == "done" else None,
        "size_px": _size_px(snapshot),
        "seconds": snapshot.request.duration_s,
        "can_continue": src is not None,
    }


def _address(src: str | None) -> str | None:
    return src if src and src.startswith(AWAY) else safe_address(src)


def _size_px(snapshot: Snapshot) -> list[int]:
    """Return width and height for the ratio: the start image's, else 16:9."""
    image = snapshot.request.image
    known = image is not None and image.width_px > 0 and image.height_px > 0
    return [image.width_px, image.height_px] if known and image else [16, 9]
