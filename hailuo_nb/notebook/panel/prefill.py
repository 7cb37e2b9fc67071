"""From a clip of the history back to the form: the settings that ask for it once more."""

from typing import Any

from hailuo_nb.core.cell_text import options_again
from hailuo_nb.core.request import Request
from hailuo_nb.media.sources import ImageSource
from hailuo_nb.notebook.panel.image_fields import FIELDS, Frames
from hailuo_nb.session.plan import PlanItem
from hailuo_nb.views.text import plain


def settings_of(frames: Frames, request: Request) -> tuple[dict[str, Any], str]:
    """Return the options that ask for a request again.

    Returns
    -------
    tuple
        The options by name, and what an image is called that cannot be found any more, ""
        where there is none.
    """
    found = options_again(request)
    lost = ""
    for which in FIELDS:
        ref = getattr(request, which)
        source = frames.again(ref) if ref is not None else None
        if source is not None:
            found[which] = source
        elif ref is not None:
            lost = plain(ref.label)
    return found, lost


def item_again(frames: Frames, request: Request) -> PlanItem:
    """Return the clip that sends a failed request once more, with its images' bytes."""
    image, end_image = (_source(frames, request, which) for which in FIELDS)
    return PlanItem(request=request, image=image, end_image=end_image, retry=True)


def _source(frames: Frames, request: Request, which: str) -> ImageSource | None:
    ref = getattr(request, which)
    name = frames.again(ref) if ref is not None else None
    return frames.find(name) if name is not None else None
