"""Kind and size of an image by its first bytes, held to what Pillow finds."""

import io
from pathlib import Path

import PIL.Image
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hailuo_nb.core.stills import other_kind, still_of
from tests.media import crafted
from tests.store.make import image_bytes

SIZES = [(1, 1), (320, 200), (200, 321), (4001, 3)]
FORMS: dict[str, tuple[str, dict[str, object]]] = {
    "png": ("PNG", {}),
    "jpeg": ("JPEG", {}),
    "jpeg in steps": ("JPEG", {"progressive": True}),
    "jpeg with much before": (
        "JPEG",
        {"icc_profile": bytes(200_000), "exif": b"Exif\0\0" + bytes(900)},
    ),
    "webp": ("WEBP", {}),
    "webp without loss": ("WEBP", {"lossless": True}),
    "webp with more": ("WEBP", {"icc_profile": bytes(3000)}),
}


def made(name: str, size: tuple[int, int]) -> bytes:
    out = io.BytesIO()
    form, more = FORMS[name]
    PIL.Image.new("RGB", size, (9, 8, 7)).save(out, form, **more)
    return out.getvalue()


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("name", FORMS)
def test_it_finds_what_pillow_finds(name: str, size: tuple[int, int]) -> None:
    """Each kind that the service takes, however it was written."""
    data = made(name, size)
    found = still_of(data)
    assert found is not None
    assert (found.width_px, found.height_px) == PIL.Image.open(io.BytesIO(data)).size == size
    assert found.mime == PIL.Image.MIME[FORMS[name][0]]


def test_an_animation_and_two_pictures_in_one() -> None:
    """The size of the canvas, and of the first picture; an MPO of a phone is a JPEG."""
    frames = [PIL.Image.new("RGB", (30, 20), (shade, 0, 0)) for shade in (0, 99, 200)]
    for form, mime in (("WEBP", "image/webp"), ("PNG", "image/png"), ("MPO", "image/jpeg")):
        out = io.BytesIO()
        frames[0].save(out, form, save_all=True, append_images=frames[1:])
        found = still_of(out.getvalue())
        assert found is not None
        assert (found.mime, found.width_px, found.height_px) == (mime, 30, 20)


@pytest.mark.parametrize("name", FORMS)
@given(data=st.data())
def test_a_damaged_head_is_a_size_or_none(name: str, data: st.DataObject) -> None:
    """Whatever is cut or wrong, there is no error and no side below 1."""
    whole = bytearray(made(name, (320, 200)))
    for place in data.draw(st.lists(st.integers(0, min(len(whole), 60) - 1), max_size=4)):
        whole[place] = data.draw(st.integers(0, 255))
    cut = bytes(whole[: data.draw(st.integers(0, len(whole)))])
    found = still_of(cut)
    assert found is None or min(found.width_px, found.height_px) >= 1


@pytest.mark.parametrize("part", [b"\xff", b"\xff\xe0\x00\x02", b"\xff\xe0\x00\x00", b"\xff\xd0"])
def test_ten_megabytes_of_segments_are_not_walked_through(part: bytes) -> None:
    """A head without an end is no image: what comes after 10000 segments is not looked at."""
    before = part * (10_000_000 // len(part))
    assert still_of(crafted.jpeg(30, 20, before=before)) is None
    found = still_of(crafted.jpeg(30, 20, before=part * 1000))
    assert found is not None
    assert (found.width_px, found.height_px) == (30, 20)


@pytest.mark.parametrize("form", ["GIF", "BMP", "TIFF", "AVIF"])
def test_other_kinds_have_their_names(form: str) -> None:
    """They are told apart from what is no image at all."""
    head = b"\0\0\0\x20ftypavif" + bytes(20)
    data = head if form == "AVIF" else image_bytes(form)
    assert (still_of(data), other_kind(data)) == (None, form)
    assert other_kind(Path(__file__).read_bytes()) is None
