"""What the panel's gallery is told of a task: one small dict, without its picture.

Pure. Pictures travel apart from it, when a tile comes into view.
"""

import time
from typing import Any

from hailuo_nb.core.file_names import stem_of
from hailuo_nb.core.polling import range_words
from hailuo_nb.core.task import FINAL, Snapshot, group_of
from hailuo_nb.views import words
from hailuo_nb.views.card.state import PHASE_OF
from hailuo_nb.views.grid.words import retry_words
from hailuo_nb.views.text import AWAY, plain, safe_address

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
    estimate, made_at = snapshot.estimate, time.localtime(snapshot.created_at)
    model, *options = words.option_words(snapshot.request)
    told = [plain(option) for option in options if option not in _USUAL]
    return {
        "id": snapshot.id,
        "label": plain(words.called(snapshot)),
        "file": f"{stem_of(words.called(snapshot), otherwise=snapshot.id)}.mp4",
        "named": snapshot.name is not None,
        "state": snapshot.state,
        "group": group_of(snapshot.state),
        "headline": words.headline(snapshot),
        "phase": PHASE_OF.get(snapshot.state),
        "final": snapshot.state in FINAL,
        "submitted_at_ms": _milliseconds(snapshot.submitted_at),
        "created_at_ms": _milliseconds(snapshot.created_at),
        "late_after_s": estimate.high_s if estimate else None,
        "estimate": range_words(estimate) if estimate else None,
        "day": time.strftime("%Y-%m-%d", made_at),
        "when": time.strftime("%d %b %H:%M", made_at).lstrip("0"),
        "model": plain(model),
        "options": told,
        "prompt": plain(snapshot.request.prompt),
        "money": words.money_words(snapshot),
        "explanation": plain(words.explanation(snapshot) or "") or None,
        "note": plain(snapshot.note) if snapshot.note else None,
        "simulated": snapshot.simulated,
        "hidden": hidden,
        "here": here,
        "stop_hint": words.stop_words(snapshot) if here else None,
        "retry": retry_words(snapshot) or None,
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


def _milliseconds(epoch_s: float | None) -> int | None:
    return None if epoch_s is None else round(epoch_s * 1000)
