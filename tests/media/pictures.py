"""Pictures as cameras, scanners and drawing programs make them."""

import io

import numpy as np
import PIL.Image
from PIL.Image import Transpose

QUARTERS = ((200, 30, 30), (30, 180, 30)), ((30, 30, 200), (220, 220, 40))
"""Of a picture that stands upright: its upper row, its lower row."""

HELD = {
    1: None,
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_90,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_270,
}
"""How a camera that notes this orientation stores an upright picture."""


def quartered(width_px: int = 320, height_px: int = 400) -> PIL.Image.Image:
    """Return a picture that looks different from every side."""
    return PIL.Image.fromarray(np.array(QUARTERS, np.uint8)).resize(
        (width_px, height_px), PIL.Image.Resampling.NEAREST
    )


def photo(orientation: int, form: str = "JPEG", **options: object) -> bytes:
    """Return a photo that is `quartered` once it is turned as it asks for."""
    turn = HELD[orientation]
    stored = quartered() if turn is None else quartered().transpose(turn)
    exif = PIL.Image.Exif()
    exif[0x0112] = orientation
    return file_of(stored, form, exif=exif, **options)


def file_of(picture: PIL.Image.Image, form: str, **options: object) -> bytes:
    """Return a picture as a file's bytes."""
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def opened(data: bytes) -> PIL.Image.Image:
    """Open a file's bytes, whose pixels stand as they are stored."""
    return PIL.Image.open(io.BytesIO(data))


def is_quartered(picture: PIL.Image.Image) -> bool:
    """Tell whether a picture's pixels are those of `quartered`, as far as codecs keep them."""
    picture = picture.convert("RGB")
    width_px, height_px = picture.size
    if width_px >= height_px:
        return False
    middles = [
        [
            picture.getpixel((width_px * (1 + 2 * x) // 4, height_px * (1 + 2 * y) // 4))
            for x in (0, 1)
        ]
        for y in (0, 1)
    ]
    return bool(np.abs(np.array(middles, int) - np.array(QUARTERS, int)).max() < 25)


def cutout(mode: str = "RGBA") -> PIL.Image.Image:
    """Return a dark square on nothing, with magenta hidden under the nothing."""
    picture = PIL.Image.new("RGBA", (400, 320), (255, 0, 255, 0))
    picture.paste((20, 20, 20, 255), (100, 80, 300, 240))
    if mode == "P":
        small = picture.convert("RGB").quantize(4)
        small.info["transparency"] = small.getpixel((0, 0))
        return small
    return picture.convert(mode)


def scan(high: int = 65_535) -> PIL.Image.Image:
    """Return greys from 0 to ``high``, in 16 bits, dark at the left."""
    row = np.linspace(0, high, 400).astype(np.uint16)
    return PIL.Image.fromarray(np.tile(row, (320, 1)))


def noisy(width_px: int, height_px: int) -> PIL.Image.Image:
    """Return a picture that PNG makes hardly smaller, and JPEG much."""
    noise = np.random.default_rng(1).integers(0, 64, (height_px, width_px, 3), dtype=np.uint8)
    return PIL.Image.fromarray(
        noise + np.linspace(0, 190, width_px).astype(np.uint8)[None, :, None]
    )
