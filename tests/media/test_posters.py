"""Small pictures of images and of real clips; what is broken is said or left out."""

import base64
import io
from pathlib import Path

import PIL.Image
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hailuo_nb.errors import ImageError
from hailuo_nb.media.posters import clip_pictures, image_poster, last_frame_png
from hailuo_nb.media.stills import (
    POSTER_BYTES_MAX,
    POSTER_SIDE_PX,
    STRIP_FRAME_BYTES_MAX,
    STRIP_SIDE_PX,
    encoded,
    poster,
    seen,
    strip_frame,
)
from hailuo_nb.store.files import Files
from tests.store.make import BLUE, GREEN, RED, Colour, image_bytes, noise_png, write_mp4

HEAD, WEBP = "data:image/jpeg;base64,", "data:image/webp;base64,"
GREY, WHITE = (128, 128, 128), (255, 255, 255)
PNG_BYTES = image_bytes("PNG")


def opened(poster: str, head: str = HEAD) -> PIL.Image.Image:
    """Decode a poster, or a frame of a strip."""
    assert poster.startswith(head)
    picture = PIL.Image.open(io.BytesIO(base64.b64decode(poster.removeprefix(head))))
    assert picture.format == head[len("data:image/") :].partition(";")[0].upper()
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


def test_a_palette_may_hold_transparent_colours() -> None:
    """As of a picture that was quantized here: the colour hidden under them is not shown."""
    cutout = PIL.Image.new("RGBA", (60, 40), (255, 0, 255, 0))
    cutout.paste((0, 0, 0, 255), (20, 10, 40, 30))
    shown = opened(poster(cutout.quantize()))
    assert near(shown.crop((0, 0, 8, 8)), WHITE)


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
    width_px, height_px = opened(poster).size
    assert width_px == height_px > POSTER_SIDE_PX / 3


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


@pytest.mark.parametrize("form", ["mp4", "mkv"])
def test_a_clip_s_pictures_are_its_middle_and_four_moments(tmp_path: Path, form: str) -> None:
    """The poster is the frame in the middle; the strip shows start, thirds and end, exactly."""
    told = {0: RED, 13: GREEN, 20: BLUE, 26: WHITE, 39: RED}
    colours = [told.get(at, GREY) for at in range(40)]
    made = clip_pictures(write_mp4(tmp_path / f"a.{form}", colours))
    assert made is not None
    assert near(opened(made.poster), BLUE)
    frames = [opened(one, WEBP) for one in made.strip]
    assert all(map(near, frames, (RED, GREEN, WHITE, RED)))
    assert len(frames) == 4


@pytest.mark.parametrize(("count", "last"), [(1, RED), (2, BLUE), (3, BLUE)])
def test_the_shortest_clip_has_all_its_pictures(
    tmp_path: Path, count: int, last: tuple[int, int, int]
) -> None:
    """One frame is start, middle and end at once."""
    made = clip_pictures(write_mp4(tmp_path / "a.mp4", [RED, *[BLUE] * (count - 1)]))
    assert made is not None
    assert near(opened(made.strip[0], WEBP), RED)
    assert near(opened(made.strip[3], WEBP), last)


def test_a_clip_s_pictures_are_small(tmp_path: Path) -> None:
    """A large clip's poster has the same size as an image's; its strip is smaller."""
    made = clip_pictures(write_mp4(tmp_path / "a.mp4", [RED], size=(768, 432)))
    assert made is not None
    assert opened(made.poster).size == (POSTER_SIDE_PX, 216)
    assert {opened(one, WEBP).size for one in made.strip} == {(STRIP_SIDE_PX, 108)}


def test_the_frame_of_a_strip_is_small_even_of_noise() -> None:
    """Whatever is filmed, so many bytes do, and something of it is seen."""
    noise = PIL.Image.open(io.BytesIO(noise_png(800, 450)))
    frame = strip_frame(noise)
    assert len(base64.b64decode(frame.removeprefix(WEBP))) <= STRIP_FRAME_BYTES_MAX
    assert opened(frame, WEBP).width > STRIP_SIDE_PX / 4
    assert len(poster(noise)) < 18_000


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
    assert clip_pictures(video) is None
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
    assert Files(tmp_path).clip_pictures(video) == clip_pictures(video)
    assert Files(tmp_path).image_poster(PNG_BYTES, "a.png") == image_poster(PNG_BYTES)
