"""Small pictures of images and of real clips; what is broken is said or left out."""

import base64
import io
from pathlib import Path

import PIL.Image
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hailuo_nb.errors import ImageError
from hailuo_nb.media.posters import clip_poster, image_poster, last_frame_png
from hailuo_nb.media.stills import POSTER_BYTES_MAX, POSTER_SIDE_PX, encoded, seen
from hailuo_nb.store.files import Files
from tests.store.make import BLUE, GREEN, RED, Colour, image_bytes, noise_png, write_mp4

HEAD = "data:image/jpeg;base64,"
PNG_BYTES = image_bytes("PNG")


def opened(poster: str | None) -> PIL.Image.Image:
    """Decode a poster."""
    assert poster is not None
    assert poster.startswith(HEAD)
    picture = PIL.Image.open(io.BytesIO(base64.b64decode(poster.removeprefix(HEAD))))
    assert picture.format == "JPEG"
    return picture.convert("RGB")


def near(picture: PIL.Image.Image, colour: Colour) -> bool:
    """Return whether a plain picture's middle has this colour, as far as codecs keep it."""
    found = picture.convert("RGB").getpixel((picture.width // 2, picture.height // 2))
    assert isinstance(found, tuple)
    return all(abs(one - other) < 25 for one, other in zip(found, colour, strict=True))


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_a_poster_is_a_small_picture_of_the_image(form: str) -> None:
    """Each format that the service takes becomes a JPEG of the same look and ratio."""
    poster = opened(image_poster(image_bytes(form, size=(1024, 576), colour=GREEN)))
    assert poster.size == (POSTER_SIDE_PX, 216)
    assert near(poster, GREEN)


@pytest.mark.parametrize("mode", ["RGBA", "L", "P", "1", "LA"])
def test_a_poster_is_made_of_any_mode(mode: str) -> None:
    """Palettes, greys and transparency are no obstacle."""
    assert opened(image_poster(image_bytes(size=(60, 40), mode=mode))).size == (60, 40)


def test_a_small_image_is_not_blown_up() -> None:
    """A poster is never larger than its image."""
    assert opened(image_poster(image_bytes(size=(40, 30)))).size == (40, 30)


def test_a_tall_image_fits_as_well() -> None:
    """The longer side is the one that counts."""
    assert opened(image_poster(image_bytes(size=(300, 900)))).size == (128, POSTER_SIDE_PX)


def test_a_poster_is_small_even_of_noise() -> None:
    """The picture that compresses worst still fits a saved notebook."""
    poster = image_poster(noise_png(800, 800))
    assert len(base64.b64decode(poster.removeprefix(HEAD))) <= POSTER_BYTES_MAX
    assert opened(poster).size == (POSTER_SIDE_PX, POSTER_SIDE_PX)


@pytest.mark.parametrize("data", [b"", b"no image", PNG_BYTES[:40], PNG_BYTES[:-30], b"GIF89a"])
def test_a_broken_image_is_an_image_error(data: bytes) -> None:
    """What cannot be read is said in words."""
    with pytest.raises(ImageError, match="cannot be read"):
        image_poster(data)


@given(st.integers(8, len(PNG_BYTES) - 1), st.integers(0, 255))
def test_a_damaged_image_is_a_poster_or_an_image_error(place: int, value: int) -> None:
    """Whichever byte of a file is wrong, nothing but an ImageError comes out."""
    damaged = PNG_BYTES[:place] + bytes([value]) + PNG_BYTES[place + 1 :]
    try:
        found = image_poster(damaged)
    except ImageError as error:
        found = str(error)
    assert found.startswith((HEAD, "The image cannot be read"))


def test_a_clip_s_poster_is_its_first_frame(tmp_path: Path) -> None:
    """The poster of a clip shows how it begins."""
    video = write_mp4(tmp_path / "a.mp4", [RED, *[BLUE] * 20])
    assert near(opened(clip_poster(video)), RED)


def test_a_clip_s_poster_is_small(tmp_path: Path) -> None:
    """A large clip's poster has the same size as an image's."""
    video = write_mp4(tmp_path / "a.mp4", [RED], size=(768, 432))
    assert opened(clip_poster(video)).size == (POSTER_SIDE_PX, 216)


@pytest.mark.parametrize("frames", [1, 2, 12, 13, 30, 50])
def test_the_last_frame_is_the_very_last(tmp_path: Path, frames: int) -> None:
    """Whatever the length, within a group of pictures or across, the last colour is found."""
    video = write_mp4(tmp_path / "a.mp4", [RED] * (frames - 1) + [GREEN])
    picture = PIL.Image.open(io.BytesIO(last_frame_png(video)))
    assert (picture.format, picture.size) == ("PNG", (96, 64))
    assert near(picture, GREEN)


def test_the_last_frame_keeps_the_clip_s_size(tmp_path: Path) -> None:
    """A next clip starts from the full picture, not from a poster."""
    video = write_mp4(tmp_path / "a.mp4", [RED, BLUE], size=(768, 432))
    assert PIL.Image.open(io.BytesIO(last_frame_png(video))).size == (768, 432)


def broken_clips(folder: Path) -> dict[str, Path]:
    """Write files that are no playable clip."""
    whole = write_mp4(folder / "whole.mp4", [RED] * 5).read_bytes()
    contents = {"empty": b"", "html": b"<html>404</html>", "cut": whole[:200]}
    for name, data in contents.items():
        (folder / name).write_bytes(data)
    return {name: folder / name for name in (*contents, "missing")}


@pytest.mark.parametrize("name", ["empty", "html", "cut", "missing"])
def test_a_broken_clip_has_no_poster_and_no_last_frame(tmp_path: Path, name: str) -> None:
    """A poster is left out; a last frame that is asked for is an error naming the file."""
    video = broken_clips(tmp_path)[name]
    assert clip_poster(video) is None
    with pytest.raises(ImageError, match=name):
        last_frame_png(video)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "P", "1", "CMYK"])
def test_a_picture_of_any_mode_becomes_png(mode: str) -> None:
    """What Pillow holds can be sent, in the same size and look."""
    picture = PIL.Image.new("RGB", (30, 20), (255, 255, 255)).convert(mode)
    found = PIL.Image.open(io.BytesIO(encoded(seen(picture).image).data))
    assert (found.format, found.size) == ("PNG", (30, 20))
    assert near(found, (255, 255, 255))


def test_the_files_behind_one_object_make_the_same(tmp_path: Path) -> None:
    """The runner's view of the pictures answers as the functions do."""
    video = write_mp4(tmp_path / "a.mp4", [RED])
    assert Files(tmp_path).clip_poster(video) == clip_poster(video)
    assert Files(tmp_path).image_poster(PNG_BYTES, "a.png") == image_poster(PNG_BYTES)
