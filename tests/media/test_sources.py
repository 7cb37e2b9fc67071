"""What a person names as an image is found, checked, and decoded only when it is sent."""

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import PIL.Image
import PIL.ImageFile
import PIL.WebPImagePlugin
import pytest

from hailuo_nb.core.request import IMAGE_BYTES_MAX
from hailuo_nb.errors import ImageError
from hailuo_nb.media import samples
from hailuo_nb.media.sources import ImageSource, find_image
from tests.store.make import BLUE, RED, image_bytes, write_mp4

PNG_BYTES = image_bytes("PNG")


@dataclass
class TaskLike:
    """What is known of a task here: its clip and the clip's digest."""

    video: Path | None
    sha256: str | None = "cd34"
    state: str = "done"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder, as a notebook does in its own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def no_decoding(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail on any decoding of pixels from a file."""

    def load(image: PIL.ImageFile.ImageFile) -> None:
        raise AssertionError("decoded in the cell")

    monkeypatch.setattr(PIL.ImageFile.ImageFile, "load", load)
    monkeypatch.setattr(PIL.WebPImagePlugin.WebPImageFile, "load", load)


def sent(source: ImageSource) -> PIL.Image.Image:
    """Open what would be uploaded."""
    assert source.load is not None
    return PIL.Image.open(io.BytesIO(source.load()))


@pytest.mark.parametrize(
    ("form", "mime"), [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("WEBP", "image/webp")]
)
def test_a_file_is_sent_as_it_is(folder: Path, form: str, mime: str) -> None:
    """Each type that the service takes goes out byte by byte, known by its content."""
    data = image_bytes(form, size=(320, 200))
    (folder / "start").write_bytes(data)
    found = find_image("start", {})
    assert found.load is not None
    assert found.load() == data
    ref = found.ref
    assert (ref.label, ref.mime, ref.width_px, ref.height_px) == ("start", mime, 320, 200)
    assert (ref.digest, ref.size_bytes) == (hashlib.sha256(data).hexdigest(), len(data))
    assert ref.url is None


@pytest.mark.parametrize("as_path", [str, Path, lambda path: str(path.parent / "." / path.name)])
def test_a_path_may_be_text_or_a_path(folder: Path, as_path: Any) -> None:
    """Relative, absolute and Path all mean the file."""
    path = folder / "my start.png"
    path.write_bytes(PNG_BYTES)
    assert find_image(as_path(path), {}).ref.label == "my start.png"
    assert find_image("my start.png", {}).ref.digest == find_image(path, {}).ref.digest


def test_the_home_folder_may_be_written_short(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """~ is the person's home."""
    monkeypatch.setenv("HOME", str(folder))
    (folder / "a.png").write_bytes(PNG_BYTES)
    assert find_image("~/a.png", {}).ref.label == "a.png"


@pytest.mark.parametrize("url", ["http://x/a.png", "https://x/a.png?b=c#d", "HTTPS://X/a.png"])
def test_an_address_is_left_to_the_service(url: str) -> None:
    """Nothing is fetched here: the service fetches it itself."""
    found = find_image(url, {})
    assert (found.ref.url, found.ref.label, found.load) == (url, url, None)


@pytest.mark.parametrize("name", samples.SAMPLES)
def test_a_sample_is_drawn_when_it_is_sent(name: str) -> None:
    """A built-in still has the size, type and content that its reference promises."""
    found = find_image(f"sample:{name}", {})
    picture = sent(found)
    assert (picture.format, found.ref.mime) == ("PNG", "image/png")
    assert picture.size == (found.ref.width_px, found.ref.height_px) == (1024, 576)
    assert found.load is not None
    data = found.load()
    assert data == samples.draw(name)
    assert len(data) < 700_000


def test_the_samples_are_three_different_pictures() -> None:
    """Each sample is drawn the same every time and identified apart from the others."""
    assert len(samples.SAMPLES) == len({samples.draw(name) for name in samples.SAMPLES}) == 3
    assert len({find_image(f"sample:{name}", {}).ref.digest for name in samples.SAMPLES}) == 3
    assert all(samples.SAMPLES.values())


def test_the_first_sample_is_the_one_in_every_example() -> None:
    """The examples say sample:peak."""
    assert next(iter(samples.SAMPLES)) == "peak"


def test_an_unknown_sample_lists_those_there_are() -> None:
    """A misspelt sample is refused, by name and when drawn."""
    with pytest.raises(ImageError, match=r"no sample 'peek'.*sample:peak.*sample:harbour"):
        find_image("sample:peek", {})
    with pytest.raises(ImageError, match="no sample 'peek'"):
        samples.draw("peek")


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_bytes_are_an_image(kind: Any) -> None:
    """Bytes of any kind go out as they are, under the variable's name."""
    found = find_image("data", {"data": kind(PNG_BYTES)})
    assert found.load is not None
    assert found.load() == PNG_BYTES
    assert found.ref.label == "data"
    assert find_image(kind(PNG_BYTES), {}).ref.digest == found.ref.digest


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "P", "1", "CMYK"])
def test_a_pillow_image_is_sent_as_png(mode: str) -> None:
    """What Pillow holds in memory is sent in its size, whatever its mode."""
    picture = PIL.Image.new("RGB", (320, 200), BLUE).convert(mode)
    found = find_image("picture", {"picture": picture})
    assert (found.ref.label, found.ref.mime) == ("picture", "image/png")
    assert (found.ref.width_px, found.ref.height_px) == sent(found).size == (320, 200)


def test_a_pillow_image_is_known_by_its_pixels() -> None:
    """Equal pictures are the same image; size, mode, pixels and palette tell others apart."""
    base = PIL.Image.new("RGB", (4, 2), RED)
    palette = PIL.Image.new("P", (4, 2))
    palette.putpalette([1, 2, 3])
    other_palette = PIL.Image.new("P", (4, 2))
    other_palette.putpalette([3, 2, 1])
    others = [
        base.resize((2, 4)),
        base.convert("RGBA"),
        base.convert("L"),
        PIL.Image.new("RGB", (4, 2), BLUE),
        palette,
        other_palette,
    ]
    digests = {find_image(picture, {}).ref.digest for picture in (base, *others)}
    assert len(digests) == 7
    assert find_image(base.copy(), {}).ref.digest == find_image(base, {}).ref.digest


def test_a_picture_painted_over_later_is_sent_as_it_was() -> None:
    """What the cell showed is what is sent, though the variable changes before it leaves."""
    picture = PIL.Image.new("RGB", (4, 2), RED)
    found = find_image(picture, {})
    picture.paste(BLUE, (0, 0, 4, 2))
    assert sent(found).getpixel((0, 0)) == RED


def test_a_finished_task_gives_its_last_frame(tmp_path: Path) -> None:
    """A clip goes on where another ended; it is decoded only when it is sent."""
    video = write_mp4(tmp_path / "a.mp4", [RED] * 5 + [BLUE])
    found = find_image("samurai", {"samurai": TaskLike(video)})
    pixel = sent(found).convert("RGB").getpixel((48, 32))
    assert isinstance(pixel, tuple)
    assert pixel[2] > 180 > 80 > pixel[0]
    assert found.ref.label == "last frame of samurai"


def test_a_last_frame_is_known_by_its_clip(tmp_path: Path) -> None:
    """The clip's digest identifies it, wherever the file lies."""
    one, same, other = (
        find_image(TaskLike(tmp_path / name, digest), {}).ref.digest
        for name, digest in (("a", "d1"), ("b", "d1"), ("a", "d2"))
    )
    assert one == same != other


@pytest.mark.parametrize(
    ("state", "advice"),
    [("generating", "%hailuo wait holds for it"), ("failed", "%hailuo show NAME says")],
)
def test_a_task_without_a_clip_is_waited_for_only_while_it_runs(state: str, advice: str) -> None:
    """It has no last frame yet; one that failed never has one."""
    with pytest.raises(ImageError, match=rf"samurai has no clip yet.*{advice}"):
        find_image("samurai", {"samurai": TaskLike(None, state=state)})


def test_a_variable_may_hold_what_could_be_typed(folder: Path) -> None:
    """A str variable is a sample, an address or a file; a Path is a file."""
    (folder / "a.png").write_bytes(PNG_BYTES)
    names = {
        "a_sample": "sample:peak",
        "an_address": "https://x/a.png",
        "a_file": "a.png",
        "a_path": folder / "a.png",
    }
    labels = [find_image(name, names).ref.label for name in names]
    assert labels == ["sample:peak", "https://x/a.png", "a.png", "a.png"]


def test_a_variable_does_not_lead_to_another_variable() -> None:
    """One step is taken, and none in a circle."""
    with pytest.raises(ImageError, match="no file and no variable 'two'"):
        find_image("one", {"one": "two", "two": PNG_BYTES})
    with pytest.raises(ImageError, match="no file and no variable 'one'"):
        find_image("one", {"one": "one"})


def test_a_sample_comes_before_a_file(folder: Path) -> None:
    """The order of resolution: sample, address, file, variable."""
    (folder / "sample:peak").write_bytes(PNG_BYTES)
    assert find_image("sample:peak", {}).ref.width_px == samples.WIDTH_PX
    (folder / "http:").mkdir()
    (folder / "http:" / "x.png").write_bytes(PNG_BYTES)
    assert find_image("http://x.png", {}).load is None


def test_a_file_and_a_variable_of_one_name_are_not_guessed_between(folder: Path) -> None:
    """Both matching is an error that names both; ./ means the file."""
    (folder / "start").write_bytes(PNG_BYTES)
    names = {"start": image_bytes(colour=BLUE)}
    with pytest.raises(ImageError, match=r"both the file .*/start and a variable") as refused:
        find_image("start", names)
    assert "./start" in refused.value.advice
    assert find_image("./start", names).ref.digest == hashlib.sha256(PNG_BYTES).hexdigest()


def test_a_folder_is_no_file(folder: Path) -> None:
    """A folder of the same name does not hide a variable."""
    (folder / "start").mkdir()
    assert find_image("start", {"start": PNG_BYTES}).ref.label == "start"


@pytest.mark.parametrize(
    "source",
    [
        "nothing",
        "nothing.png",
        "",
        "/",
        "a\x00b",
        "x" * 5000,
        "a.b",
        "http:",
        "//[",
        "[",
        "~nobody/a.png",
    ],
)
def test_what_is_not_there_is_said(folder: Path, source: str) -> None:
    """Whatever was typed, the answer is an ImageError with what it could be."""
    with pytest.raises(ImageError, match="There is no file and no variable"):
        find_image(source, {"a": PNG_BYTES})


@pytest.mark.parametrize(
    "value", [None, 7, 1.5, ["a.png"], {"a": 1}, pytest.param(object(), id="object")], ids=repr
)
def test_a_value_that_is_no_image_is_refused(value: object) -> None:
    """The message names the variable and its type."""
    kind = type(value).__name__
    with pytest.raises(ImageError, match=f"'start' is of type {kind}, which is no image"):
        find_image("start", {"start": value})
    with pytest.raises(ImageError, match=kind):
        find_image(value, {})


@pytest.mark.parametrize("form", ["GIF", "BMP", "TIFF"])
def test_a_type_that_the_service_does_not_take_is_refused(folder: Path, form: str) -> None:
    """A GIF is refused before it is uploaded, by its content and not its name."""
    (folder / "a.png").write_bytes(image_bytes(form))
    with pytest.raises(ImageError, match=rf"a\.png is {form}; the service takes JPEG, PNG"):
        find_image("a.png", {})


@pytest.mark.parametrize("data", [b"", b"no image", b"<svg/>", PNG_BYTES[:20]])
def test_what_is_no_image_is_refused(folder: Path, data: bytes) -> None:
    """Text, nothing and half a header are no image, in a file and in a variable."""
    (folder / "a.png").write_bytes(data)
    with pytest.raises(ImageError, match=r"a\.png is no readable image"):
        find_image("a.png", {})
    with pytest.raises(ImageError, match="start is no readable image"):
        find_image("start", {"start": data})


def padded(size_bytes: int) -> bytes:
    """Return an image file of exactly this size."""
    return PNG_BYTES + bytes(size_bytes - len(PNG_BYTES))


def test_ten_megabytes_are_taken(folder: Path) -> None:
    """The limit itself is within it."""
    (folder / "a.png").write_bytes(padded(IMAGE_BYTES_MAX))
    assert find_image("a.png", {}).ref.size_bytes == IMAGE_BYTES_MAX == 10_000_000


def test_one_byte_more_is_not(folder: Path) -> None:
    """A file and bytes over the limit are refused with their size."""
    data = padded(IMAGE_BYTES_MAX + 1)
    (folder / "a.png").write_bytes(data)
    for source in ("a.png", data):
        with pytest.raises(ImageError, match=r"10\.1 MB; the service takes 10 MB"):
            find_image(source, {})


def test_a_huge_file_is_not_even_read(folder: Path) -> None:
    """The size is asked for first: a sparse file of a terabyte is refused at once."""
    with (folder / "a.png").open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(ImageError, match="1099511"):
        find_image("a.png", {})


def test_a_file_that_cannot_be_read_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file without permission is an ImageError with the system's reason."""
    (folder / "a.png").write_bytes(PNG_BYTES)

    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(ImageError, match=r"a\.png cannot be read: Permission denied"):
        find_image("a.png", {})


@pytest.mark.usefixtures("no_decoding")
@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_in_the_cell_only_the_header_is_read(folder: Path, form: str) -> None:
    """Finding a file, bytes, a sample or a task decodes no pixel."""
    data = image_bytes(form, size=(640, 400))
    (folder / "a").write_bytes(data)
    names = {"data": data, "task": TaskLike(folder / "missing.mp4")}
    sizes = [find_image(source, names).ref.width_px for source in ("./a", "data", "task")]
    assert sizes == [640, 640, 0]


def test_damage_behind_the_header_is_not_looked_for() -> None:
    """A file cut off in its pixels is found in the cell; only decoding would tell."""
    cut = image_bytes("PNG", size=(640, 400))[:120]
    found = find_image(cut, {})
    assert (found.ref.width_px, found.ref.height_px) == (640, 400)
    with pytest.raises(OSError, match="truncated"):
        sent(found).load()


def test_a_sample_is_not_drawn_in_the_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only its name is looked up."""
    drawn: list[str] = []

    def draw(name: str) -> bytes:
        drawn.append(name)
        return PNG_BYTES

    monkeypatch.setattr(samples, "draw", draw)
    found = find_image("sample:peak", {})
    assert drawn == []
    assert found.load is not None
    found.load()
    assert drawn == ["peak"]


def test_the_folder_left_later_does_not_matter(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was found stays found when the notebook changes its folder or deletes the file."""
    (folder / "a.png").write_bytes(PNG_BYTES)
    found = find_image("a.png", {})
    (folder / "a.png").unlink()
    monkeypatch.chdir("/")
    assert found.load is not None
    assert found.load() == PNG_BYTES
