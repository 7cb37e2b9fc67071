"""What one output of the notebook embeds of clips that it cannot reach by a path."""

from pathlib import Path

import pytest

from hailuo_nb.views.sources import EMBED_BYTES_MAX, Allowance, allowance_of
from hailuo_nb.views.text import AWAY


def written(folder: Path, name: str, size_bytes: int) -> Path:
    """Write a file of so many bytes."""
    path = folder / name
    path.write_bytes(bytes(size_bytes))
    return path


def test_who_comes_first_keeps_its_place(tmp_path: Path) -> None:
    """A view that is published again embeds the same, and what has no room has none later."""
    allowed, most = Allowance(), EMBED_BYTES_MAX
    large, small = written(tmp_path, "a", most - 10), written(tmp_path, "b", 10)
    more = written(tmp_path, "c", 1)
    for _ in range(2):
        assert allowed.address("card", large).startswith("data:video/mp4;base64,AAAA")
        assert allowed.address("card", small).startswith("data:video/mp4;base64,AAAA")
        assert allowed.address("card", more) == AWAY


def test_a_clip_that_two_views_show_is_embedded_twice(tmp_path: Path) -> None:
    """And counts twice."""
    allowed, clip = Allowance(), written(tmp_path, "a", EMBED_BYTES_MAX // 2 + 1)
    assert allowed.address("card", clip) != AWAY
    assert allowed.address("grid", clip) == AWAY
    assert allowed.address("card", clip) != AWAY


def test_what_is_too_large_takes_no_room(tmp_path: Path) -> None:
    """What comes after it is embedded."""
    allowed = Allowance()
    assert allowed.address("card", written(tmp_path, "a", EMBED_BYTES_MAX + 1)) == AWAY
    assert allowed.address("card", written(tmp_path, "b", EMBED_BYTES_MAX)) != AWAY


def test_what_is_gone_takes_no_room(tmp_path: Path) -> None:
    """Who asks is told."""
    allowed = Allowance()
    with pytest.raises(FileNotFoundError):
        allowed.address("card", tmp_path / "gone.mp4")
    assert allowed.address("card", written(tmp_path, "b", EMBED_BYTES_MAX)) != AWAY


def test_each_output_has_its_own(tmp_path: Path) -> None:
    """Of one output the views share it, and a view of an earlier one keeps what it was given."""
    clip = written(tmp_path, "a", EMBED_BYTES_MAX)
    first = allowance_of("cell 1")
    assert first.address("card", clip) != AWAY
    assert allowance_of("cell 1").address("grid", clip) == AWAY
    assert allowance_of("cell 2").address("grid", clip) != AWAY
    assert first.address("card", clip) != AWAY
