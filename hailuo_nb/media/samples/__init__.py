"""Three start images drawn by code, so that the first cell works anywhere.

It knows their names, size and version; the scene's own module, and numpy and Pillow with it,
are imported when it is drawn.
"""

from functools import cache
from importlib import import_module

from hailuo_nb.errors import ImageError

WIDTH_PX = 1024
HEIGHT_PX = 576
VERSION = 1
"""To be raised with every visible change: it is part of a sample's identity."""

SAMPLES: dict[str, str] = {
    "peak": "a lone swordsman on a jagged peak at dawn, petals on the wind",
    "harbour": "a fishing harbour at dusk, its lights on the water",
    "forest": "a forest path to a red gate, light falling through the mist",
}
"""Each sample's name, which is also its module's, and what it shows."""


def poster(name: str) -> str:
    """Return a sample small, as a ``data:`` URI.

    Raises
    ------
    ImageError
        There is no such sample.
    """
    from hailuo_nb.media.stills import image_poster

    return image_poster(draw(name))


@cache
def draw(name: str) -> bytes:
    """Return a sample as PNG bytes of `WIDTH_PX` x `HEIGHT_PX`, the same every time.

    Parameters
    ----------
    name
        One of `SAMPLES`.

    Raises
    ------
    ImageError
        There is no such sample.
    """
    if name not in SAMPLES:
        raise ImageError(f"There is no sample {name!r}.")
    png: bytes = import_module(f"hailuo_nb.media.samples.{name}").draw()
    return png
