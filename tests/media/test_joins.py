"""Clips one after another in one file: every frame and every sound of each, at its time."""

from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest

from hailuo_nb.errors import ExportError
from hailuo_nb.media import films
from hailuo_nb.media.film import join
from tests.store.make import BLUE, GREEN, RED, write_mp4
from tests.views.reels import FPS, write_frames


def frames(path: Path) -> Iterator[tuple[float, bytes]]:
    """Yield when each frame is due and its pixels."""
    with av.open(str(path)) as clip:
        for frame in clip.decode(video=0):
            yield float(frame.time or 0), frame.to_ndarray().tobytes()


def heard_s(path: Path) -> float:
    """Return for how long something is heard, in seconds."""
    with av.open(str(path)) as clip:
        found = [frame.to_ndarray().shape[-1] for frame in clip.decode(audio=0)]
        return sum(found) / clip.streams.audio[0].rate


def written(folder: Path, data: bytes) -> Path:
    path = folder / "joined.mp4"
    path.write_bytes(data)
    return path


def test_clips_of_one_kind_are_joined_as_they_are(tmp_path: Path) -> None:
    """Pixel by pixel, each frame a twelfth of a second after the one before it."""
    clips = [
        write_mp4(tmp_path / f"{at}.mp4", [colour] * (4 + at))
        for at, colour in enumerate((RED, GREEN, BLUE))
    ]
    film = list(frames(written(tmp_path, join(clips))))
    assert [pixels for _, pixels in film] == [pixels for one in clips for _, pixels in frames(one)]
    assert [time for time, _ in film] == pytest.approx([at / 12 for at in range(15)], abs=1e-3)


def test_sound_is_joined_too(tmp_path: Path) -> None:
    """Where all have it; it stays with its pictures."""
    greys = [np.full((48, 64, 3), 8 * at) for at in range(FPS)]
    for name in ("a", "b", "silent"):
        write_frames(tmp_path / f"{name}.mp4", greys, has_sound=name != "silent")
    a, b, silent = (tmp_path / f"{name}.mp4" for name in ("a", "b", "silent"))
    assert heard_s(written(tmp_path, join([a, b, a]))) == pytest.approx(3 * heard_s(a), abs=0.1)
    with av.open(str(written(tmp_path, join([a, silent])))) as film:
        assert [stream.type for stream in film.streams] == ["video"]


def test_clips_of_other_kinds_are_made_alike(tmp_path: Path) -> None:
    """As large as the largest, each as long as it was, none torn."""
    small = write_mp4(tmp_path / "small.mp4", [RED] * 6, size=(48, 64))
    large = write_mp4(tmp_path / "large.mp4", [BLUE] * 6, size=(96, 64))
    made = written(tmp_path, join([small, large]))
    assert films.facts(made)["width_px"] == 96
    assert len(list(frames(made))) == 12


def test_what_is_no_clip_is_told(tmp_path: Path) -> None:
    """In words."""
    odd = tmp_path / "odd.mp4"
    odd.write_bytes(b"no clip at all")
    with pytest.raises(ExportError, match="cannot be joined"):
        join([write_mp4(tmp_path / "a.mp4", [RED] * 3), odd])
