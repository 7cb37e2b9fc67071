"""Given stills: opening them safely, cropping them, and drawing a stand-in for a foreign URL.

It knows Pillow and the limits of what is opened; it must not know clips or tasks.
"""

import io
import warnings

import numpy as np
from PIL import Image, ImageOps
from PIL.Image import DecompressionBombError, DecompressionBombWarning
from PIL.Image import Image as Picture

from hailuo_nb.simulator.render import label, plates, scene
from hailuo_nb.simulator.render.colour import Floats, Planes
from hailuo_nb.simulator.render.mood import mood_of

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_PIXELS = 50_000_000
# Of the short side: no clip has more, and every further step is cheap.
SIDE_PX = 2048
STAND_IN_SIZE = (640, 360)


class UnreadableError(Exception):
    """A file that is no picture of a known kind, is damaged, or is absurdly large."""


def opened(path: str) -> Picture:
    """Open a picture upright in RGB; raises UnreadableError."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DecompressionBombWarning)
            with Image.open(path, formats=FORMATS) as image:
                if image.width * image.height > MAX_PIXELS:
                    raise UnreadableError("too many pixels")
                image.draft("RGB", (SIDE_PX, SIDE_PX))
                upright = ImageOps.exif_transpose(_reduced(image))
                return _on_white(upright)
    except (OSError, SyntaxError, ValueError, MemoryError, DecompressionBombError) as error:
        raise UnreadableError(f"{type(error).__name__}: {error}") from None


def _reduced(image: Picture) -> Picture:
    """Return a huge picture at a whole fraction of its size, any other as it is."""
    factor = min(image.size) // SIDE_PX
    if factor < 2:
        return image
    if "transparency" in image.info:
        image = image.convert("RGBA")
    elif image.mode not in ("L", "LA", "RGB", "RGBA"):
        image = image.convert("RGB")
    return image.reduce(factor)


def _on_white(image: Picture) -> Picture:
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        clear = image.convert("RGBA")
        ground = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(ground, clear).convert("RGB")
    return image.convert("RGB")


def cropped(image: Picture, width: int, height: int) -> Floats:
    """Return the picture filling the size, cut evenly at its sides: (height, width, 3)."""
    filled = ImageOps.fit(image, (width, height), Image.Resampling.LANCZOS)
    return np.asarray(filled, np.float32)


def host_label(url: str) -> str:
    """Return the words that mark a stand-in: plain characters only."""
    host = url.partition("://")[2].partition("/")[0].rpartition("@")[2]
    plain = "".join(c for c in host if c.isascii() and c.isprintable())
    return f"STAND-IN FOR {plain[:32]}"


def drawn_for(url: str, width: int, height: int) -> Picture:
    """Return the scene that stands for a foreign URL, without words on it."""
    return to_image(_drawn(url, width, height))


def _drawn(url: str, width: int, height: int) -> Planes:
    return plates.still(scene.build(mood_of(url), width, height), width, height)


def stand_in(url: str) -> bytes:
    """Return the scene that stands for a foreign URL, as JPEG."""
    width, height = STAND_IN_SIZE
    planes = _drawn(url, width, height)
    label.Label(host_label(url), width, height, side="left").stamp(planes)
    kept = io.BytesIO()
    to_image(planes).save(kept, "JPEG", quality=90)
    return kept.getvalue()


def to_image(planes: Planes) -> Picture:
    """Return planes as an RGB picture."""
    luma = (planes[0].astype(np.float32) - 16) * np.float32(1.16438)
    blue, red = (
        np.repeat(np.repeat(plane.astype(np.float32) - 128, 2, axis=0), 2, axis=1)
        for plane in planes[1:]
    )
    rgb = (luma + 1.79274 * red, luma - 0.21325 * blue - 0.53291 * red, luma + 2.11240 * blue)
    return Image.fromarray(np.clip(np.stack(rgb, axis=-1) + 0.5, 0, 255).astype(np.uint8))
