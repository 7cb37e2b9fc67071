"""A foreign file with a good sidecar is shown as what it is: never as another file."""

import dataclasses
import hashlib
from pathlib import Path

import pytest

from hailuo_nb.runner.task import Task
from hailuo_nb.session.lookup import find
from hailuo_nb.session.session import Session
from hailuo_nb.store.sidecar import write_sidecar
from tests.media import crafted
from tests.store.make import RED, finished, write_mp4


def foreign(folder: Path, data: bytes) -> Path:
    """Write a file under a clip's name, and the sidecar that tells of just these bytes."""
    path = folder / "foreign.mp4"
    path.write_bytes(data)
    digest = hashlib.sha256(data).hexdigest()
    told = dataclasses.replace(
        finished("foreign", folder), sha256=digest, size_bytes=len(data), service="simulator"
    )
    write_sidecar(told)
    return path


def shown(session: Session, path: Path) -> Task:
    task = find(session, str(path))
    assert isinstance(task, Task)
    return task


def test_a_sound_one_has_its_picture(session: Session, tmp_path: Path) -> None:
    """The way is open for a clip."""
    data = write_mp4(tmp_path / "other.mp4", [RED] * 3).read_bytes()
    task = shown(session, foreign(tmp_path, data))
    assert (task.snapshot.poster or "").startswith("data:image/jpeg")


@pytest.mark.parametrize("kind", ["concat", "hls", "crafted", "webm"])
def test_one_that_is_none_has_no_picture(session: Session, tmp_path: Path, kind: str) -> None:
    """A playlist that names the neighbour's clip shows nothing of it."""
    write_mp4(tmp_path / "secret.mp4", [RED] * 3)
    content = {
        "concat": b"ffconcat version 1.0\nfile secret.mp4\n",
        "hls": b"#EXTM3U\n#EXTINF:1,\nsecret.mp4\n#EXT-X-ENDLIST\n",
        "crafted": crafted.mp4(),
        "webm": crafted.webm(2**31, 2**31),
    }
    task = shown(session, foreign(tmp_path, content[kind]))
    assert task.state == "done"
    assert task.snapshot.poster is None
