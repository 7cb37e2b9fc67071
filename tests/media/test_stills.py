"""Images that unpack to far more than they are: refused by their head, or cheap to find out."""

import io
import zlib
from collections.abc import Callable
from functools import cache
from itertools import product

import numpy as np
import PIL.Image
import PIL.TiffImagePlugin
import psutil
import pytest

from hailuo_nb.core.stills import PIXELS_MAX
from hailuo_nb.errors import ImageError
from hailuo_nb.media.limits import Harmful, Unreadable
from hailuo_nb.media.posters import image_poster
from hailuo_nb.media.reading import read
from hailuo_nb.media.sources import find_image
from tests.media import crafted
from tests.store.make import image_bytes


@cache
def zeros() -> bytes:
    """Return 300 MB of nothing, packed: made once, by whoever runs these tests."""
    return zlib.compress(bytes(300_000_000), 9)


def text_bomb() -> bytes:
    body = b"Comment\0\1\0\0\0" + zeros()
    return crafted.png(30, 20, more=crafted.png_chunk(b"iTXt", body))


def short_text_bomb() -> bytes:
    return crafted.png(30, 20, more=crafted.png_chunk(b"zTXt", b"Comment\0\0" + zeros()))


def profile_bomb() -> bytes:
    return crafted.png(30, 20, more=crafted.png_chunk(b"iCCP", b"x\0\0" + zeros()))


def pixel_bomb() -> bytes:
    return crafted.png(30, 20, pixels=zeros())


def lying_jpeg() -> bytes:
    """Return a JPEG with a second, larger size behind the first."""
    small = image_bytes("JPEG", size=(30, 20))
    at = small.index(b"\xff\xda")
    return small[:at] + crafted.jpeg(65_500, 65_500)[2:-2] + small[at:]


CLAIMS: dict[str, Callable[[], bytes]] = {
    "png": lambda: crafted.png(13_300, 13_300, pixels=b""),
    "png of one row": lambda: crafted.png(2**31 - 1, 1, pixels=b""),
    "png of the most": lambda: crafted.png(2**32 - 1, 2**32 - 1, pixels=b""),
    "webp": lambda: crafted.webp(16_383, 16_383),
    "webp of the most": lambda: crafted.webp(2**24, 2**8),
    "jpeg": lambda: crafted.jpeg(65_500, 65_500),
}
BOMBS = (text_bomb, short_text_bomb, profile_bomb, pixel_bomb, lying_jpeg)


def resident_bytes() -> int:
    return int(psutil.Process().memory_info().rss)


@pytest.mark.parametrize("name", CLAIMS)
def test_a_claim_beyond_the_limit_is_refused_by_the_head(name: str) -> None:
    """In the cell, before a pixel is decoded, with the limit and its reason."""
    data = CLAIMS[name]()
    with pytest.raises(ImageError, match=r"pixels; at most 50 million are taken, since decoding"):
        find_image(data, {})
    with pytest.raises((Harmful, Unreadable)):
        read("image_poster", data=data)


def test_the_limit_itself_is_within_it() -> None:
    """An image of exactly as many pixels as are taken gets its poster within the memory."""
    for form, mode in product(("PNG", "WEBP", "JPEG"), ("RGB", "RGBA")):
        if (form, mode) == ("JPEG", "RGBA"):
            continue
        data = image_bytes(form, size=(10_000, PIXELS_MAX // 10_000), mode=mode)
        assert find_image(data, {}).ref.width_px == 10_000
        assert image_poster(data).startswith("data:image/jpeg")


@pytest.mark.parametrize("bomb", BOMBS, ids=lambda bomb: bomb.__name__)
def test_what_unpacks_to_hundreds_of_megabytes(bomb: Callable[[], bytes]) -> None:
    """The kernel looks at the head alone, and whoever decodes has a poster or words of it."""
    data = bomb()
    assert len(data) < 500_000
    before = resident_bytes()
    assert find_image(data, {}).ref.width_px == 30
    try:
        found = image_poster(data)
    except ImageError as error:
        found = str(error)
    assert found.startswith(("data:image/jpeg", "The image cannot be read"))
    assert resident_bytes() - before < 50e6


def test_pictures_of_the_notebook_are_held_to_it_too() -> None:
    """A picture opened but not yet decoded, and a view that stands for far more than it holds."""
    bomb = PIL.Image.open(io.BytesIO(crafted.png(9_000, 9_000)))
    view = np.broadcast_to(np.zeros((1, 1, 3), np.uint8), (100_000, 100_000, 3))
    grey = np.broadcast_to(np.zeros((1, 1), np.uint8), (100_000, 100_000))
    before = resident_bytes()
    for value in (bomb, view, grey):
        with pytest.raises(ImageError, match=r"value has .* pixels; at most 50 million"):
            find_image("value", {"value": value})
    assert resident_bytes() - before < 50e6


@pytest.mark.parametrize("form", ["GIF", "TIFF"])
def test_kinds_that_are_not_taken_are_not_opened(form: str) -> None:
    """An image of another kind is refused by its first bytes, whatever follows."""
    data = image_bytes(form)[:8] + bytes(100)
    with pytest.raises(ImageError, match=rf"is {form}; the service takes JPEG, PNG and WEBP"):
        find_image(data, {})
    with pytest.raises(Unreadable):
        read("image_poster", data=data)
