"""Images of the history, found again: as an address, a clip's last frame, or a file.

It knows where a page's dropped files are kept, and how to tell that an image is the same.
"""

from collections.abc import Callable
from pathlib import Path

from hailuo_nb.core.request import ImageRef
from hailuo_nb.errors import HailuoError
from hailuo_nb.media.sources import CLIP, LAST_FRAME, ImageSource

FOLDER = "images"
"""Where dropped images are kept, below the folder of the clips."""

DIGEST_CHARS = 16
"""So much of an image's digest names a folder there."""


def found_again(
    ref: ImageRef, find: Callable[[str], ImageSource], *, clips: Path
) -> tuple[str, ImageSource] | None:
    """Return the setting that names an image of the history, with the image; None if it is gone.

    Parameters
    ----------
    ref
        The image as it was recorded.
    find
        Returns the image that a setting names; raises `HailuoError` where there is none.
    clips
        The folder of the clips.
    """
    kept = clips / FOLDER
    dropped = [kept / (ref.digest or "")[:DIGEST_CHARS] / ref.label, kept / ref.label]
    guesses = [ref.url or "", ref.label, *map(str, dropped)]
    if ref.label.startswith(LAST_FRAME):
        guesses.insert(0, CLIP + ref.label.removeprefix(LAST_FRAME))
    for guess in filter(None, guesses):
        try:
            found = find(guess)
        except HailuoError:
            continue
        if found.ref.identity == ref.identity:
            return guess, found
    return None
