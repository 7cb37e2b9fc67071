"""Images in the reading process: a poster of one, a picture as PNG.

Pillow does the work; whatever is odd raises `Unreadable` or `Harmful`. It knows pixels;
it must not know who asks.
"""

import base64
import io
import warnings

import PIL.Image
from PIL.Image import DecompressionBombError, DecompressionBombWarning, Image

from hailuo_nb.core.stills import PIXELS_MAX
from hailuo_nb.media.trouble import Harmful, Unreadable

POSTER_SIDE_PX = 384
POSTER_BYTES_MAX = 30_000
_FORMATS = "JPEG", "PNG", "WEBP"
_QUALITIES = (70, 55, 40, 25)


def image_poster(data: bytes) -> str:
    """Return a poster of an image's bytes as a ``data:image/jpeg`` URI."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DecompressionBombWarning)
            with PIL.Image.open(io.BytesIO(data), formats=_FORMATS) as image:
                if image.width * image.height > PIXELS_MAX:
                    raise Harmful(f"it claims {image.width}x{image.height} pixels")
                image.draft("RGB", (POSTER_SIDE_PX * 2, POSTER_SIDE_PX * 2))
                return poster(image.convert("RGB"))
    except (OSError, ValueError, SyntaxError, EOFError, DecompressionBombError) as error:
        raise Unreadable(str(error)) from None


def poster(image: Image) -> str:
    """Return a small JPEG of a picture, which changes by it, as a ``data:`` URI."""
    image.thumbnail((POSTER_SIDE_PX, POSTER_SIDE_PX))
    for quality in _QUALITIES:
        out = io.BytesIO()
        image.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        if out.tell() <= POSTER_BYTES_MAX:
            break
    return "data:image/jpeg;base64," + base64.b64encode(out.getvalue()).decode("ascii")


def png(image: Image) -> bytes:
    """Return a picture as PNG bytes."""
    out = io.BytesIO()
    picture = image if image.mode in ("RGB", "RGBA", "L") else image.convert("RGB")
    picture.save(out, "PNG", compress_level=3)
    return out.getvalue()
