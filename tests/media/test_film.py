"""A film of several clips, decoded again: each box shows the frame that is due."""

import io
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from hailuo_nb.errors import ExportError
from hailuo_nb.media import filming, limits
from hailuo_nb.media.film import Scene, Text, make_film
from hailuo_nb.media.limits import Harmful
from tests.views.reels import FPS, write_frames

Greys = NDArray[np.float64]
WIDTH_PX, HEIGHT_PX = 64, 48
BOXES = ((0, 20, 64, 48), (68, 20, 64, 48))
SIDES_PX = (132, 72)


def level(number: int) -> int:
    """Return the grey of a frame, far enough from its neighbours' to be told."""
    return 20 + 9 * number


def clip(folder: Path, name: str, count: int) -> Path:
    path = folder / f"{name}.mp4"
    write_frames(path, [np.full((HEIGHT_PX, WIDTH_PX, 3), level(n)) for n in range(count)])
    return path


def pictures(film: bytes, kind: str) -> Iterator[Greys]:
    """Yield a film's frames in greys."""
    if kind == "mp4":
        with av.open(io.BytesIO(film)) as container:
            for frame in container.decode(video=0):
                yield np.asarray(frame.to_image().convert("L"), float)
        return
    moving = Image.open(io.BytesIO(film))
    for number in range(moving.n_frames):
        moving.seek(number)
        yield np.asarray(moving.convert("L"), float)


def shown(picture: Greys, box: tuple[int, int, int, int]) -> int:
    """Return which frame a box shows, by the grey of its middle."""
    left, top, width, height = box
    area = picture[top + 8 : top + height - 8, left + 8 : left + width - 8]
    return round((area.mean() - level(0)) / 9)


def test_every_box_shows_the_same_frame_and_its_last_one_stays(tmp_path: Path) -> None:
    """Frame by frame, to the end of the longest."""
    clips = (clip(tmp_path, "long", 20), clip(tmp_path, "short", 12))
    tiles = tuple((box, (one,)) for box, one in zip(BOXES, clips, strict=True))
    scene = Scene(sides_px=SIDES_PX, tiles=tiles)
    told: list[float] = []
    seen = list(pictures(make_film(scene, "mp4", told.append), "mp4"))
    assert [shown(one, BOXES[0]) for one in seen] == list(range(20))
    assert [shown(one, BOXES[1]) for one in seen] == [min(n, 11) for n in range(20)]
    assert told == sorted(told) and 0 <= told[0] < 0.1 and 0.9 <= told[-1] <= 1


def test_clips_of_a_chain_follow_each_other(tmp_path: Path) -> None:
    """In one box, without a frame between them or twice."""
    clips = (clip(tmp_path, "a", 6), clip(tmp_path, "b", 9))
    scene = Scene(sides_px=SIDES_PX, tiles=((BOXES[0], clips),))
    seen = list(pictures(make_film(scene, "mp4", print), "mp4"))
    assert [shown(one, BOXES[0]) for one in seen] == [*range(6), *range(9)]


@pytest.mark.parametrize("kind", ["gif", "webp"])
def test_a_moving_picture_plays_in_step_for_ever(tmp_path: Path, kind: str) -> None:
    """Its frames are those of its own times, in both boxes."""
    scene = Scene(
        sides_px=SIDES_PX, tiles=tuple((box, (clip(tmp_path, "x", 24),)) for box in BOXES)
    )
    film = make_film(scene, kind, print)
    moving = Image.open(io.BytesIO(film))
    assert moving.info["loop"] == 0
    moving.load()
    assert moving.info["duration"] == 80
    for number, picture in enumerate(pictures(film, kind)):
        due = int(number / 12.5 * FPS + 0.05)
        assert abs(shown(picture, BOXES[0]) - due) <= 1
        assert shown(picture, BOXES[0]) == shown(picture, BOXES[1])
    assert number + 1 == pytest.approx(12.5, abs=1)


def test_a_clip_of_another_shape_is_whole_in_the_middle(tmp_path: Path) -> None:
    """Nothing of it is cut off; the ground stands beside it."""
    tall = tmp_path / "tall.mp4"
    write_frames(tall, [np.full((64, 32, 3), 200)] * 3)
    scene = Scene(sides_px=SIDES_PX, tiles=((BOXES[0], (tall,)),))
    picture = next(pictures(make_film(scene, "mp4", print), "mp4"))
    left, top, width, height = BOXES[0]
    row = picture[top + height // 2, left : left + width]
    bright = np.flatnonzero(row > 120)
    assert len(bright) == pytest.approx(24, abs=3)
    assert bright.mean() == pytest.approx(width / 2, abs=2)


def test_words_stand_where_they_are_put(tmp_path: Path) -> None:
    """Letters are seen in their box and nowhere else; without any the ground is even."""
    tiles = ((BOXES[0], (clip(tmp_path, "x", 2),)),)
    bare = Scene(sides_px=SIDES_PX, tiles=tiles)
    told = Scene(
        sides_px=SIDES_PX,
        tiles=tiles,
        words=(Text(text="mist é", box=(0, 0, 64, 20), size_px=14),),
    )
    without, having = (
        next(pictures(make_film(scene, "mp4", print), "mp4")) for scene in (bare, told)
    )
    assert without[:18, :64].std() < 4
    assert having[:18, :64].std() > 20
    assert having[:18, 70:].std() < 4


def test_a_clip_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """In words, and nothing is left running."""
    bad = tmp_path / "bad.mp4"
    bad.write_bytes(b"no clip")
    with pytest.raises(ExportError, match="The film cannot be made: it is neither MP4 nor WebM"):
        make_film(Scene(sides_px=SIDES_PX, tiles=((BOXES[0], (bad,)),)), "mp4", print)


def test_it_never_has_more_frames_than_a_clip_may(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However few each of its clips has."""
    monkeypatch.setattr(limits, "CLIP_FRAMES_MAX", 10)
    tile = {"box": BOXES[0], "clips": [clip(tmp_path, name, 8) for name in "ab"]}
    with pytest.raises(Harmful, match="more than 10 frames"):
        list(filming.film("mp4", SIDES_PX, [tile], ()))


def test_an_interrupt_ends_the_making(tmp_path: Path) -> None:
    """The process that made it is not used again, and the next film is made."""
    scene = Scene(sides_px=SIDES_PX, tiles=((BOXES[0], (clip(tmp_path, "x", 20),)),))

    def interrupted(share: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_film(scene, "mp4", interrupted)
    assert make_film(scene, "mp4", print)[4:8] == b"ftyp"


def test_its_index_stands_in_front(tmp_path: Path) -> None:
    """A page begins to play before all of it is there."""
    film = make_film(
        Scene(sides_px=SIDES_PX, tiles=((BOXES[0], (clip(tmp_path, "x", 20),)),)), "mp4", print
    )
    assert film.index(b"moov") < film.index(b"mdat")
