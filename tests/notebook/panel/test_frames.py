"""Start and end image: dropped, chosen, named, found again; always a text that a cell can carry."""

import base64
import hashlib
import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import PIL.Image
import pytest

from hailuo_nb.notebook.panel.image_fields import Frames
from hailuo_nb.notebook.panel.uploads import place_of
from hailuo_nb.runner.task import Task
from hailuo_nb.session.session import Session
from tests.media import pictures
from tests.notebook.panel.conftest import Asked

Make = Callable[..., Asked]


def picture(side_px: int = 400, kind: str = "PNG", *, noise: bool = False) -> bytes:
    """Make an image's bytes; noise does not get smaller."""
    out = io.BytesIO()
    data = np.random.default_rng(1).integers(0, 255, (side_px, side_px, 3), dtype=np.uint8)
    image = PIL.Image.fromarray(data) if noise else PIL.Image.new("RGB", (side_px, side_px // 2))
    image.save(out, kind)
    return out.getvalue()


def drop(
    shown: Asked, data: bytes, *, field: str = "image", size: int = 1 << 20
) -> dict[str, object]:
    """Send a file as the browser does, in pieces; return the last answer."""
    pieces = [data[at : at + size] for at in range(0, max(1, len(data)), size)]
    answer: dict[str, object] = {}
    for at, piece in enumerate(pieces):
        facts = {"field": field, "name": "my photo.png", "part": at, "parts": len(pieces)}
        answer = shown.ask("piece", piece, **facts)
    return answer


def test_a_dropped_file_becomes_a_file_beside_the_clips(panel: Make, session: Session) -> None:
    """Its pieces are one image, kept once under its own name, and a cell can name it."""
    shown, data = panel("a sea"), picture()
    drop(shown, data, size=300)
    source = shown.settings["image"]
    assert Path(source).read_bytes() == data
    assert Path(source).parent.parent == Path("hailuo_videos/images")
    assert (Path(source).name, shown.frames["image"]["name"]) == ("my photo.png", "my photo.png")
    assert shown.frames["image"]["words"].startswith("PNG · 400 x 200 · 2:1 · ")
    assert f"--image '{source}'" in shown.as_cell()
    drop(shown, data, field="end_image")
    assert shown.settings["end_image"] == source


def test_a_link_in_a_dropped_files_place_is_replaced(
    panel: Make, session: Session, tmp_path: Path
) -> None:
    """Neither is it written through, nor is what it leads to taken for the image."""
    precious, data = tmp_path / "precious", picture()
    precious.write_bytes(b"mine")
    digest = hashlib.sha256(data).hexdigest()
    kept = session.folder / "images" / place_of(digest, "my photo.png", "image/png")
    kept.parent.mkdir(parents=True)
    for path in (kept, kept.with_name(kept.name + ".part")):
        path.symlink_to(precious)
    shown = panel("a sea")
    drop(shown, data)
    assert Path(shown.settings["image"]).read_bytes() == data
    assert precious.read_bytes() == b"mine"


def test_a_large_file_is_taken_and_a_larger_one_refused(panel: Make) -> None:
    """Nine megabytes arrive; above the service's ten nothing is kept."""
    shown = panel("a sea")
    assert drop(shown, picture(1750, noise=True)) == {"answer": "q"}
    kept = shown.settings["image"]
    assert Path(kept).stat().st_size > 9_000_000
    assert "10 MB" in str(drop(shown, bytes(10_000_001))["unfit"])
    assert shown.settings["image"] == kept


@pytest.mark.parametrize("data", [b"", b"no picture", picture(300, "GIF"), picture(300, "BMP")])
def test_what_is_no_image_is_refused_by_its_name(panel: Make, data: bytes) -> None:
    """It says which file and what could be dropped; the form stays as it was."""
    shown = panel("a sea")
    unfit = str(drop(shown, data)["unfit"])
    assert unfit.count("my photo.png") == 1
    assert "JPEG, PNG" in unfit
    assert "image" not in shown.settings


def test_pieces_out_of_order_are_refused(panel: Make) -> None:
    """A piece that does not follow the one before ends the upload."""
    shown = panel("a sea")
    facts = {"field": "image", "name": "a.png", "parts": 3}
    shown.ask("piece", b"a", part=0, **facts)
    assert "order" in shown.ask("piece", b"c", part=2, **facts)["refused"]
    assert "order" in panel("b").ask("piece", b"c", part=1, **facts)["refused"]


def test_images_of_the_notebook_are_found(
    panel: Make, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pillow images, arrays, bytes and paths are offered by name; nothing else is."""
    Path("still.png").write_bytes(picture())
    names = {
        "photo": PIL.Image.new("RGB", (40, 30)),
        "pixels": np.zeros((30, 40, 3), np.uint8),
        "grey": np.zeros((30, 40), np.uint8),
        "numbers": np.zeros((30, 40), np.float64),
        "raw": picture(),
        "path": Path("still.png"),
        "words": "still.png",
        "text": "a sea",
        "_hidden": PIL.Image.new("RGB", (4, 3)),
        "__": b"",
    }
    monkeypatch.setattr(type(session.host), "names", names)
    shown = panel("a sea")
    found = {one["source"]: one["words"] for one in shown.ask("sources")["sources"]}
    assert set(found) == {"photo", "pixels", "grey", "raw", "path", "words"}
    assert found["photo"] == "PIL image, 40 x 30"
    assert found["pixels"] == "array, 40 x 30"
    for name in found:
        assert shown.ask("source", field="image", source=name) == {"answer": "q"}
        assert shown.frames["image"]["problems"] == []
        assert shown.quote["can_send"], name
    assert "refused" in shown.ask("source", field="image", source="text")


def test_an_address_is_never_fetched_for_its_picture(panel: Make) -> None:
    """An address stands as words; the service fetches it, the panel does not."""
    shown = panel("a sea")
    shown.ask("source", field="image", source="https://example.org/a.png")
    assert shown.frames["image"]["thumbnail"] is None
    assert "address" in shown.frames["image"]["words"]
    shown.ask("source", field="image", source="")
    assert (shown.frames["image"], shown.settings) == (None, {})


def test_a_broken_end_image_is_a_problem_of_its_own_field(panel: Make) -> None:
    """Where the start image is well, the complaint stands at the end image."""
    shown = panel("a sea", image="sample:peak", end_image="nowhere.png")
    assert [one["field"] for one in shown.quote["problems"]] == ["end_image"]


def test_a_small_image_is_warned_of_beside_the_field(panel: Make) -> None:
    """What may disappoint stands at the image, not a second time above the price."""
    shown = panel("a sea")
    drop(shown, picture(280))
    (note,) = shown.frames["image"]["notes"]
    assert "280x140" in note
    assert note not in shown.quote["notes"]


@pytest.mark.parametrize("source", ["sample:harbour", "https://example.org/a.png", "dropped"])
def test_an_image_of_the_history_is_found_again(panel: Make, session: Session, source: str) -> None:
    """From what a task records, the same image is named again; one that changed is not."""
    shown = panel("a sea")
    if source == "dropped":
        drop(shown, picture())
        source = shown.settings["image"]
    frames = Frames(session)
    ref = frames.find(source).ref
    again = frames.again(ref)
    assert again is not None
    assert frames.find(again).ref.identity == ref.identity
    if ref.size_bytes:
        Path(source).write_bytes(picture(500))
        assert frames.again(ref) is None


def test_the_last_frame_is_found_again(panel: Make, session: Session) -> None:
    """A clip that went on from another names that one, whatever it was called then."""
    made = panel("a sea").generate()
    assert isinstance(made, Task)
    made.wait()
    frames = Frames(session)
    assert list(frames.sources())[-1]["source"] == f"clip:{made.id}"
    ref = frames.find(f"clip:{made.id}").ref
    assert frames.again(ref) == f"clip:{made.id}"


def test_visitors_get_at_no_file_of_the_server(panel: Make, session: Session) -> None:
    """On a public page a path or a variable is refused; samples, files of theirs and clips go."""
    secret = Path("secret.png")
    secret.write_bytes(picture())
    session.host.is_public = True
    shown = panel("a sea")
    for source in ("secret.png", str(secret.resolve()), "hailuo_videos/images/../../secret.png"):
        assert "refused" in shown.ask("source", field="image", source=source)
        shown.settings = {"image": source}
        assert shown.settings == {}
        assert shown.frames["image"] is None
    drop(shown, picture())
    assert shown.quote["can_send"]


def thumbnail(facts: dict[str, object]) -> PIL.Image.Image:
    """Open what a field shows."""
    shown = str(facts["thumbnail"])
    return pictures.opened(base64.b64decode(shown.partition(",")[2])).convert("RGB")


@pytest.mark.parametrize("orientation", [3, 6])
def test_a_phone_photo_is_upright(panel: Make, session: Session, orientation: int) -> None:
    """Dropped, named as a file and opened with Pillow: its thumbnail and its size."""
    data = pictures.photo(orientation)
    Path("phone.jpg").write_bytes(data)
    shown = panel("a sea")
    drop(shown, data)
    dropped = shown.settings["image"]
    frames = Frames(session)
    names = {"photo": PIL.Image.open("phone.jpg")}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(session.host), "names", property(lambda host: names))
        found = [frames.facts("image", one) for one in (dropped, "phone.jpg", "photo")]
        sources = list(frames.sources())
    for facts in found:
        assert facts is not None
        assert " · 320 x 400 · " in facts["words"]
        assert pictures.is_quartered(thumbnail(facts))
    assert [one["source"] for one in sources] == ["photo"]


def test_a_jpeg_of_two_pictures_is_taken(panel: Make) -> None:
    """As a phone writes it."""
    picture = pictures.quartered()
    shown = panel("a sea")
    drop(shown, pictures.file_of(picture, "MPO", save_all=True, append_images=[picture]))
    assert pictures.is_quartered(thumbnail(shown.frames["image"]))
    assert shown.frames["image"]["problems"] == []


def test_variables_that_are_pictures_are_offered_and_looked_at(session: Session) -> None:
    """The panel takes what a cell takes, and tells what is done to it."""
    names: dict[str, object] = {
        "scan": pictures.scan(),
        "tensor": np.zeros((3, 40, 50), np.float32),
        "cut": pictures.cutout("P"),
        "numbers": np.zeros((40, 500, 7)),
        "table": np.zeros((40, 500)),
        "row": np.zeros(40),
        "words": np.array([["a", "b"], ["c", "d"]]),
    }
    frames = Frames(session)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(session.host), "names", property(lambda host: names))
        offered = {one["source"] for one in frames.sources()}
        scan, tensor, cut = (frames.facts("image", name) for name in ("scan", "tensor", "cut"))
    assert offered == {"scan", "tensor", "cut"}
    assert scan is not None
    assert tensor is not None
    assert cut is not None
    assert any("8 bits" in note for note in scan["notes"])
    assert any("channels, height, width" in note for note in tensor["notes"])
    assert np.asarray(thumbnail(cut))[5, 5].min() > 245


@pytest.mark.parametrize("field", ["image", "end_image"])
def test_a_cut_off_image_is_named_in_its_field(panel: Make, field: str) -> None:
    """Before Generate is pressed, in either field."""
    shown, data = panel("a sea"), picture(400, noise=True)
    drop(shown, data[: len(data) // 2], field=field)
    (problem,) = shown.frames[field]["problems"]
    assert "cannot be read" in str(problem)
