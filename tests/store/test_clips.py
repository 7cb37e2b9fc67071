"""Clips are named by our ids alone, and a sidecar is there whole or not at all."""

import errno
import json
import os
from pathlib import Path

import pytest

from hailuo_nb.core.names import FOLDER
from hailuo_nb.errors import SavingError
from hailuo_nb.store.files import Files
from hailuo_nb.store.sidecar import sidecar, write_sidecar
from tests.store.make import PROMPT, finished, snapshot_of

SIDECAR = {
    "parent": None,
    "version": 1,
    "id": "a1",
    "name": "samurai",
    "service": "simulator",
    "simulated": True,
    "task_id": "t-a1",
    "model": "hailuo/02-image-to-video-standard",
    "prompt": PROMPT,
    "image": {"label": "start.png", "url": "https://files/start.png", "sha256": "ab12"},
    "end_image": None,
    "duration_s": 6,
    "resolution": "768P",
    "prompt_optimizer": True,
    "nsfw_check": False,
    "sample": 1,
    "credits": 50.0,
    "submitted_at": "1970-01-01T00:16:41+00:00",
    "finished_at": "1970-01-01T00:19:41+00:00",
    "cost_time_s": 171.0,
    "sha256": "cd34",
    "size_bytes": 123456,
}


def disk_full(*_: object, **__: object) -> None:
    """Fail as a full disk does."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_clip_is_named_by_its_id(tmp_path: Path) -> None:
    """The folder is made when missing, parents included."""
    folder = tmp_path / "deep" / FOLDER
    assert Files.clip_path(folder, "0a1b2c") == folder / "0a1b2c.mp4"
    assert folder.is_dir()
    assert Files.clip_path(folder, "0a1b2c") == folder / "0a1b2c.mp4"


def test_the_folder_is_visible() -> None:
    """Servers answer 404 for dot-folders."""
    assert not FOLDER.startswith(".")


@pytest.mark.parametrize("id", ["", "../a", "a/b", "a.mp4", ".", "a b", "a\n", "a\x00", "-a"])
def test_no_other_name_becomes_a_file(tmp_path: Path, id: str) -> None:
    """Nothing that could lead out of the folder, hide or surprise is a local id."""
    with pytest.raises(ValueError, match="not a local id"):
        Files.clip_path(tmp_path / "clips", id)
    assert not (tmp_path / "clips").exists()


def test_a_folder_that_cannot_be_made_is_a_saving_error(tmp_path: Path) -> None:
    """The clip exists and is paid for: the message says how to save it after all, free."""
    (tmp_path / "clips").write_text("in the way")
    with pytest.raises(SavingError, match="cannot be made") as refused:
        Files.clip_path(tmp_path / "clips", "a1")
    assert refused.value.charged == "yes"
    assert "HAILUO_VIDEOS" in refused.value.advice


def test_the_sidecar_says_what_made_the_clip(tmp_path: Path) -> None:
    """Prompt, options, credits and times stand in it; no path of this machine, no key."""
    path = write_sidecar(finished("a1", tmp_path))
    assert path == tmp_path / "a1.json"
    assert json.loads(path.read_text(encoding="utf-8")) == SIDECAR
    assert str(tmp_path) not in path.read_text(encoding="utf-8")


def test_a_sidecar_reads_as_text(tmp_path: Path) -> None:
    """Emoji and right-to-left text stand in the file as themselves."""
    text = write_sidecar(finished("a1", tmp_path)).read_text(encoding="utf-8")
    assert "🗡 שלום" in text
    assert text.endswith("}\n")


def test_an_unsubmitted_task_has_no_times() -> None:
    """What has not happened is null."""
    facts = sidecar(snapshot_of())
    assert (facts["submitted_at"], facts["finished_at"], facts["sha256"]) == (None, None, None)


def test_only_a_saved_clip_has_a_sidecar() -> None:
    """Without a clip there is nothing to describe."""
    with pytest.raises(ValueError, match="saved clip"):
        write_sidecar(snapshot_of())


def test_a_sidecar_replaces_an_older_one(tmp_path: Path) -> None:
    """Saving again leaves one file, the newer."""
    write_sidecar(finished("a1", tmp_path, credits=1.0))
    path = write_sidecar(finished("a1", tmp_path, credits=2.0))
    assert json.loads(path.read_text(encoding="utf-8"))["credits"] == 2.0
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_sidecar_is_whole_or_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """On a full disk there is no half-written .json, only an error in words."""
    monkeypatch.setattr(os, step, disk_full)
    with pytest.raises(SavingError, match=r"a1\.json cannot be written: No space left"):
        write_sidecar(finished("a1", tmp_path))
    assert not (tmp_path / "a1.json").exists()


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failed_sidecar_keeps_the_older_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """What was whole stays whole."""
    path = write_sidecar(finished("a1", tmp_path, credits=1.0))
    monkeypatch.setattr(os, step, disk_full)
    with pytest.raises(SavingError):
        write_sidecar(finished("a1", tmp_path, credits=2.0))
    assert json.loads(path.read_bytes())["credits"] == 1.0


def test_the_files_behind_one_object_are_these(tmp_path: Path) -> None:
    """The runner's view of the folder answers as the functions do."""
    files = Files(tmp_path)
    assert files.clip_path(tmp_path, "a1") == tmp_path / "a1.mp4"
    assert files.write_sidecar(finished("a1", tmp_path)) == tmp_path / "a1.json"
