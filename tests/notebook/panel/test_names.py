"""What a clip and a file are called in the panel: by their names, or by how the prompt begins."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from hailuo_nb.core.cameras import CAMERAS
from hailuo_nb.notebook.panel.uploads import place_of
from hailuo_nb.runner.task import Task
from hailuo_nb.session.session import Session
from tests.notebook.panel.conftest import Asked
from tests.notebook.panel.test_frames import drop, picture

Make = Callable[..., Asked]
LONG = "[Push in] A lone samurai on a jagged peak, a storm of sakura petals"


def test_a_clip_without_a_name_is_called_by_its_first_words(panel: Make) -> None:
    """In the gallery, in what is said, in a comparison, and as a download."""
    shown = panel(LONG)
    made = shown.generate()
    assert isinstance(made, Task)
    made.wait()
    (row,) = shown.ask("page", filter={})["rows"]
    assert row["label"] == "[Push in] A lone samurai on a jagged…"
    assert row["file"] == "[Push in] A lone samurai on a jagged….mp4"
    assert row["named"] is False
    assert shown.ask("hide", id=made.id, hidden=True)["words"].startswith("[Push in] A lone")
    html = shown.ask("compare", ids=[made.id, made.id])["html"]
    assert "A lone samurai on a jagged… #2" in html
    assert made.id not in row["label"]


def test_a_name_stands_before_the_words(panel: Make) -> None:
    """As it was given, on one line."""
    shown = panel(LONG, name="duel")
    shown.generate()
    (row,) = shown.ask("page", filter={})["rows"]
    assert (row["label"], row["file"], row["named"]) == ("duel", "duel.mp4", True)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("fox.png", "fox.png"),
        ("FOX.PNG", "FOX.PNG"),
        ("mein fuchs.jpg", "mein fuchs.jpg.png"),
        ("狐.png", "狐.png"),
        ("../../.bashrc", "bashrc.png"),
        ("", "image.png"),
        (".png", "png.png"),
        ("con.png", "_con.png"),
        ("a" * 300 + ".png", "a" * 60 + ".png"),
    ],
)
def test_a_file_keeps_its_name(name: str, kept: str) -> None:
    """As far as a file may be called so, and with what ends such an image's name."""
    place = place_of("0123456789abcdef01", name[:200], "image/png")
    assert place.name == kept
    assert place.parent == Path("0123456789abcdef")


def test_two_files_of_one_name_are_two(panel: Make) -> None:
    """Neither takes the other's place, and each is found again by its name."""
    shown = panel("a sea")
    drop(shown, picture(400))
    first = shown.settings["image"]
    drop(shown, picture(500))
    second = shown.settings["image"]
    assert Path(first).name == Path(second).name == "my photo.png"
    assert Path(first).read_bytes() == picture(400)
    assert Path(second).read_bytes() == picture(500)
    ref = shown.images.find(first).ref
    assert Path(shown.images.again(ref) or "").resolve() == Path(first).resolve()


def test_files_that_were_dropped_earlier_are_found(panel: Make, session: Session) -> None:
    """Those that are named by their content alone, as they were kept once."""
    data = picture(400)
    old = session.folder / "images" / f"{hashlib.sha256(data).hexdigest()[:16]}.png"
    old.parent.mkdir(parents=True)
    old.write_bytes(data)
    shown = panel("a sea")
    ref = shown.images.find(str(old)).ref
    assert Path(shown.images.again(ref) or "").resolve() == old.resolve()
    session.host.is_public = True
    assert shown.images.find(str(old)).ref == ref


def test_the_camera_commands_wanted_most_come_first(panel: Make) -> None:
    """Push in and Zoom in; the others follow in their order, each once."""
    named = [one["name"] for one in panel().catalogue["cameras"]]
    assert named[:2] == ["Push in", "Zoom in"]
    assert named[2:] == [name for name in CAMERAS if name not in named[:2]]
