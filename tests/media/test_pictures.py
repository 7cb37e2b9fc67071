"""Whatever Pillow or numpy gives becomes one picture: what is sent and what is shown of it."""

import hashlib
import io
from collections.abc import Callable
from typing import Any

import numpy as np
import PIL.Image
import pytest

from hailuo_nb.core.stills import orientation_of, upright_size_px
from hailuo_nb.errors import ImageError
from hailuo_nb.media import pictures as rooms
from hailuo_nb.media.posters import image_poster
from hailuo_nb.media.sources import ImageSource, find_image
from tests.media import pictures
from tests.media.test_posters import opened as drawn

GREY = np.tile(np.arange(0, 240, 2, dtype=np.uint8), (90, 1))
"""A picture of 120 x 90, no two columns the same."""


def sent(source: ImageSource) -> PIL.Image.Image:
    """Open what would be uploaded."""
    assert source.load is not None
    return pictures.opened(source.load())


def greys(value: object) -> "np.ndarray[Any, Any]":
    """Return what is sent of a value, as numbers."""
    return np.asarray(sent(find_image(value, {})), int)


class Photo(PIL.Image.Image):
    """A class of another package."""


class Stack(np.ndarray):
    """A class of another package."""


def photo_of_a_package() -> PIL.Image.Image:
    made = Photo()
    made.__dict__.update(pictures.quartered().__dict__)
    return made


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_upright_however_it_was_held(form: str, orientation: int) -> None:
    """From a file and opened, whatever its kind; its size is that of what is seen."""
    data = pictures.photo(orientation, form)
    for given in (data, pictures.opened(data)):
        found = find_image(given, {})
        assert (found.ref.width_px, found.ref.height_px) == (320, 400)
        assert pictures.is_quartered(sent(found))
        assert found.load is not None
        assert pictures.is_quartered(drawn(image_poster(found.load())))
    assert pictures.is_quartered(drawn(image_poster(data)))
    assert orientation_of(data) == orientation


def test_a_photo_that_is_turned_keeps_its_fineness() -> None:
    """It is not made larger or coarser, and a file that stands upright is not touched."""
    noise = pictures.noisy(800, 600)
    exif = PIL.Image.Exif()
    exif[0x0112] = 8
    data = pictures.file_of(noise, "JPEG", quality=97, exif=exif)
    found = find_image(data, {})
    assert found.load is not None
    assert len(found.load()) == pytest.approx(len(data), rel=0.1)
    assert found.ref.digest == hashlib.sha256(data).hexdigest()
    exif[0x0112] = 1
    upright = pictures.file_of(noise, "JPEG", exif=exif)
    assert sent(find_image(upright, {})).getexif()[0x0112] == 1


@pytest.mark.parametrize(
    "data",
    [
        b"Exif\0\0II*\0",
        b"Exif\0\0II*\0\x08\0\0\0\xff\xff" + b"\x12\x01\x04\0" * 9,
        b"eXIfMM\0*\xff\xff\xff\xff\0\x01",
        b"EXIF\0\0\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x63\0\0",
        b"",
    ],
)
def test_what_is_odd_beside_the_pixels_turns_nothing(data: bytes) -> None:
    """A crafted or broken note is as good as none."""
    assert orientation_of(data) == 1


@pytest.mark.parametrize(
    "note", [b'tiff:Orientation="6"', b"<tiff:Orientation>6</tiff:Orientation>"]
)
def test_a_note_in_xmp_counts_where_exif_says_nothing(note: bytes) -> None:
    """Programs that edit photos write it there; the camera's own note comes first."""
    stored = pictures.quartered().transpose(pictures.HELD[6])
    data = pictures.file_of(stored, "JPEG", xmp=b"<x:xmpmeta " + note + b"></x:xmpmeta>")
    found = find_image(data, {})
    assert (found.ref.width_px, found.ref.height_px) == (320, 400)
    assert pictures.is_quartered(sent(found))
    exif = PIL.Image.Exif()
    exif[0x0112] = 1
    upright = pictures.file_of(pictures.quartered(), "JPEG", exif=exif, xmp=note)
    assert orientation_of(upright) == 1
    assert pictures.is_quartered(sent(find_image(upright, {})))


def test_an_odd_note_does_not_spoil_a_photo() -> None:
    """A photo whose Exif nobody can read is sent as it is."""
    whole = pictures.photo(6)
    at = whole.index(b"Exif\0\0") + 10
    data = whole[:at] + b"\xff" * 8 + whole[at + 8 :]
    found = find_image(data, {})
    assert found.load is not None
    assert found.load() == data
    assert (found.ref.width_px, found.ref.height_px) == (400, 320)


def test_sides_change_places_in_four_of_eight() -> None:
    """Orientations 5 to 8 lie on their side."""
    sizes = [upright_size_px(4, 3, orientation) for orientation in range(1, 9)]
    assert sizes == [(4, 3)] * 4 + [(3, 4)] * 4


@pytest.mark.parametrize(
    "make",
    [
        photo_of_a_package,
        lambda: np.asarray(pictures.quartered()).view(Stack),
        lambda: np.ma.masked_array(np.asarray(pictures.quartered())),  # type: ignore[no-untyped-call]
        lambda: np.asarray(pictures.quartered())[None],
        lambda: np.asarray(pictures.quartered()).transpose(2, 0, 1),
        lambda: np.asarray(pictures.quartered()).transpose(2, 0, 1)[None],
        lambda: np.asarray(pictures.quartered()) / 255,
        lambda: (np.asarray(pictures.quartered()) / 127.5 - 1).astype(np.float16),
        lambda: np.asarray(pictures.quartered()).astype(np.int64),
        lambda: np.asarray(pictures.quartered()).astype(np.float32),
        lambda: np.asarray(pictures.quartered()).astype(np.uint16) * 257,
        lambda: np.asarray(pictures.quartered())[:, ::-1][:, ::-1],
        lambda: np.asfortranarray(pictures.quartered()),
        lambda: io.BytesIO(pictures.file_of(pictures.quartered(), "JPEG")),
        lambda: np.frombuffer(pictures.file_of(pictures.quartered(), "JPEG"), np.uint8),
        lambda: np.frombuffer(pictures.file_of(pictures.quartered(), "PNG"), np.uint8)[:, None],
        lambda: np.frombuffer(pictures.file_of(pictures.quartered(), "WEBP"), np.uint8)[None],
    ],
)
def test_whatever_holds_a_picture_is_it(make: Callable[[], object]) -> None:
    """Classes of other packages, every order of axes, every range, files in arrays."""
    found = find_image("it", {"it": make()})
    assert pictures.is_quartered(sent(found))
    assert (found.ref.width_px, found.ref.height_px) == (320, 400)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "RGB", "RGBA", "CMYK", "YCbCr", "HSV"])
def test_every_mode_is_seen_as_it_was(mode: str) -> None:
    """What is sent looks like what Pillow shows of it."""
    picture = PIL.Image.new("RGB", (60, 40), (255, 255, 255))
    picture.paste((0, 0, 0), (0, 0, 30, 40))
    found = sent(
        find_image(
            picture.convert("P").convert("PA") if mode == "PA" else picture.convert(mode), {}
        )
    )
    seen = np.asarray(found.convert("RGB"), int)
    assert seen[20, 5].max() < 5
    assert seen[20, 50].min() > 250


@pytest.mark.parametrize(
    ("array", "white"),
    [
        (GREY, 0),
        (GREY[..., None], 0),
        (GREY.astype(np.int32), 0),
        (GREY.astype(np.float64), 0),
        (GREY.astype(np.uint16) * 257, 65_535),
        (GREY.astype(np.uint16) * 16, 4095),
        (GREY.astype(">u2") * 257, 65_535),
        (GREY / 255, 1),
        (GREY / 255 * 1.0005, 1),
    ],
)
def test_values_of_any_range_are_seen(array: "np.ndarray[Any, Any]", white: int) -> None:
    """Ten to sixteen bits, fractions: the same greys, and a word where they are scaled."""
    assert np.abs(greys(array) - GREY).max() <= 1
    notes = find_image("scan", {"scan": array}).notes
    assert bool(notes) == bool(white)
    assert all(
        "scan: its values from 0 to" in note and f"{white} as white" in note for note in notes
    )


@pytest.mark.parametrize(
    ("array", "low", "high"),
    [
        (np.linspace(-500, 1500, 1200).reshape(30, 40), 0, 255),
        (np.linspace(0, 1e6, 1200).reshape(30, 40), 0, 255),
        (np.full((30, 40), -3.0), 0, 0),
        (np.zeros((30, 40)), 0, 0),
        (np.ones((30, 40), bool), 255, 255),
        (np.arange(1200).reshape(30, 40) - 600, 0, 255),
    ],
)
def test_the_rest_goes_from_black_to_white(
    array: "np.ndarray[Any, Any]", low: int, high: int
) -> None:
    """Heights, temperatures, masks: the lowest is black, the highest white."""
    found = greys(array)
    assert (found.min(), found.max()) == (low, high)


@pytest.mark.parametrize("mode", ["I;16", "I;16B", "I", "F"])
def test_pillow_s_modes_of_numbers_keep_their_greys(mode: str) -> None:
    """Sixteen bits, whole numbers, fractions, as Pillow opens them from scans."""
    values = np.tile(np.linspace(0, 65_535, 400), (300, 1))
    picture = PIL.Image.fromarray(
        values.astype({"F": np.float32, "I": np.int32}.get(mode, np.uint16))
    )
    if mode == "I;16B":
        picture = PIL.Image.frombytes(mode, (400, 300), values.astype(">u2").tobytes())
    assert picture.mode == mode
    assert np.abs(greys(picture)[0] - np.linspace(0, 255, 400)).max() <= 1


def test_channels_before_the_rest_are_told() -> None:
    """How an array was read is said where it is not the usual way."""
    (note,) = find_image("x", {"x": np.zeros((3, 40, 50), np.uint8)}).notes
    assert note == "x: its shape (3, 40, 50) is taken as channels, height, width."
    assert find_image("x", {"x": np.zeros((40, 50, 3), np.uint8)}).notes == ()


def test_what_stands_beside_the_pixels_does_not_spoil_them() -> None:
    """A profile of other colours is left out; one that is no bytes, and odd notes, too."""
    for mode, info in (
        ("CMYK", {"icc_profile": b"of CMYK"}),
        ("RGB", {"icc_profile": 7}),
        ("RGB", {"transparency": "no colour"}),
        ("L", {"transparency": (1, 2, 3)}),
        ("P", {"transparency": 700}),
        ("RGB", {"exif": b"Exif\0\0nonsense"}),
        ("RGB", {"exif": 7}),
    ):
        picture = PIL.Image.new(mode, (40, 30))
        picture.info |= info
        found = sent(find_image(picture, {}))
        assert found.size == (40, 30)
        assert "icc_profile" not in found.info
    keeps = PIL.Image.new("RGB", (40, 30))
    keeps.info["icc_profile"] = b"of RGB"
    assert sent(find_image(keeps, {})).info["icc_profile"] == b"of RGB"


def test_identities_of_earlier_pictures_stay() -> None:
    """A picture that is sent as it always was is known by what it always was known by."""
    for mode in ("1", "L", "RGB", "RGBA", "P", "CMYK", "YCbCr"):
        picture = pictures.quartered().convert(mode)
        facts = f"{picture.mode} {picture.size} {picture.getpalette()}".encode()
        known = hashlib.sha256(facts + picture.tobytes()).hexdigest()
        assert find_image(picture, {}).ref.digest == known
    array = np.asarray(pictures.quartered())
    assert find_image(array, {}).ref.digest == find_image(pictures.quartered(), {}).ref.digest


def test_what_is_sent_otherwise_is_another_picture() -> None:
    """Turned, scaled, with transparency of another kind: never one address for two contents."""
    plain = pictures.opened(pictures.photo(6)).convert("RGB")
    plain.info.clear()
    turned = pictures.opened(pictures.photo(6))
    spots = [pictures.cutout("P") for _ in range(2)]
    spots[1].info.pop("transparency")
    pairs = [(plain, turned), tuple(spots)]
    for one, other in pairs:
        assert find_image(one, {}).ref.digest != find_image(other, {}).ref.digest


def test_a_large_picture_is_encoded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who looks at it again, as a panel does at each letter, does not wait again."""
    made: list[str] = []
    plain = rooms._encoded

    def counted(image: PIL.Image.Image, label: str) -> Any:
        made.append(label)
        return plain(image, label)

    monkeypatch.setattr(rooms, "_encoded", counted)
    big = pictures.noisy(2400, 2000)
    found = [find_image(big, {}) for _ in range(3)]
    assert made == ["Image"]
    assert found[0].ref.mime == "image/jpeg"
    assert found[0].load is not None
    assert len(found[0].load()) <= 10_000_000


def test_a_large_cutout_stays_one() -> None:
    """Where PNG is too large, transparency is kept."""
    big = pictures.noisy(2400, 2000).convert("RGBA")
    big.putalpha(90)
    found = find_image("big", {"big": big})
    assert (found.ref.mime, sent(found).mode) == ("image/webp", "RGBA")
    assert "sent as WEBP of quality 95" in found.notes[0]


def test_what_is_too_large_even_so_is_refused_with_its_sizes() -> None:
    """Nothing is sent that the service does not take."""
    noise = np.random.default_rng(1).integers(0, 255, (5000, 6000, 3), dtype=np.uint8)
    with pytest.raises(ImageError, match=r"big is no .* 9\d\.\d MB as PNG and .* MB as JPEG"):
        find_image("big", {"big": noise})


def test_a_view_of_a_pixel_is_not_unfolded() -> None:
    """An array may stand for far more than it holds."""
    for shape in ((60_000, 60_000), (3, 60_000, 60_000), (1, 60_000, 60_000, 3)):
        with pytest.raises(ImageError, match="60000 x 60000 pixels"):
            find_image(np.broadcast_to(np.uint8(7), shape), {})
    long = np.broadcast_to(np.frombuffer(b"\xff\xd8\xff" * 30, np.uint8), (90,))
    with pytest.raises(ImageError, match="no readable image"):
        find_image(long, {})


def test_a_picture_that_cannot_be_read_any_more_is_named() -> None:
    """A file that was closed or cut off, a class that fails: the variable, and why."""

    class Broken(PIL.Image.Image):
        size = (40, 30)

        def copy(self) -> PIL.Image.Image:
            raise RuntimeError("no decoder")

    closed = pictures.opened(pictures.photo(1))
    closed.close()
    cut = PIL.Image.open(io.BytesIO(pictures.photo(1)[:2000]))
    for value in (closed, cut, Broken()):
        with pytest.raises(ImageError, match=r"^shot cannot be read: "):
            find_image("shot", {"shot": value})


@pytest.mark.parametrize(
    ("head", "kind", "words"),
    [
        (b"\0\0\0\x20ftypheic", "HEIC", "pip install pillow-heif"),
        (b"\0\0\0\x20ftyphevc", "HEIC", "pip install pillow-heif"),
        (b"\0\0\0\x20ftypmif1", "HEIC", "pip install pillow-heif"),
        (b"\0\0\0\x0cJXL \r\n", "JPEG XL", "pip install pillow-jxl-plugin"),
        (b"\0\0\0\x20ftypavif", "AVIF", "Open it with Pillow"),
        (b"BM1234", "BMP", "Open it with Pillow"),
    ],
)
def test_what_the_service_does_not_take_is_named_with_the_way(
    head: bytes, kind: str, words: str
) -> None:
    """In bytes and in an array of them, and what to install where Pillow needs it."""
    for given in (head + bytes(40), np.frombuffer(head + bytes(40), np.uint8)):
        with pytest.raises(ImageError, match=f"x is {kind};.*{words}"):
            find_image("x", {"x": given})
