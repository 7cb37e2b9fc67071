"""Where each clip stands in a film: the grid's places, inside the film, none on another."""

from itertools import combinations
from pathlib import Path

import pytest

from hailuo_nb.core.matrix import Axis, LeftOut
from hailuo_nb.core.study import Place
from hailuo_nb.media.film import Box, Scene
from hailuo_nb.views.compare.scene import PIXELS_MAX, SIDES_PX_MAX, Shot, scene
from hailuo_nb.views.grid.layout import lay_out

PACE, SIZE = Axis(name="pace", values=("slow", "fast")), Axis(name="size", values=("a", "b", "c"))
PLACES = [
    Place(label=f"{pace} · {size}", coordinates=(("pace", pace), ("size", size)))
    for pace in PACE.values
    for size in SIZE.values
]
HD = (1366, 768)


def shots(count: int) -> list[Shot]:
    return [Shot(label=f"clip {at}", clips=(Path(f"{at}.mp4"),)) for at in range(count)]


def drawn(count: int, *, kind: str = "mp4", is_bare: bool = False, **changes: object) -> Scene:
    layout = lay_out((PACE, SIZE), PLACES) if count == 6 else lay_out((), PLACES[:1] * count)
    sides_px = changes.get("sides_px", HD)
    return scene(layout, shots(count), clip_sides_px=sides_px, kind=kind, is_bare=is_bare)  # type: ignore[arg-type]


def texts(of: Scene) -> list[str]:
    return [one.text for one in of.words]


def overlap(one: Box, other: Box) -> bool:
    return all(
        one[at] < other[at] + other[at + 2] and other[at] < one[at] + one[at + 2] for at in (0, 1)
    )


def test_rows_and_columns_are_those_of_the_grid() -> None:
    """Clips of a row have one top, of a column one left; the heads stand at their sides."""
    of = drawn(6)
    boxes = [box for box, _ in of.tiles]
    assert len({box[1] for box in boxes}) == 2
    assert len({box[0] for box in boxes}) == 3
    assert [str(clips[0]) for _, clips in of.tiles] == [f"{at}.mp4" for at in range(6)]
    assert texts(of) == ["a", "b", "c", "slow", "fast"]


@pytest.mark.parametrize("sides_px", [HD, (768, 1366), (64, 64)])
@pytest.mark.parametrize("kind", SIDES_PX_MAX)
@pytest.mark.parametrize("count", [1, 2, 4, 6, 9, 64])
def test_all_stand_inside_and_apart(count: int, kind: str, sides_px: tuple[int, int]) -> None:
    """Boxes are even, lie in the film, and meet neither each other nor words."""
    of = drawn(count, kind=kind, sides_px=sides_px)
    width_px, height_px = of.sides_px
    assert width_px <= SIDES_PX_MAX[kind][0] and height_px <= SIDES_PX_MAX[kind][1] + 2
    assert width_px * height_px <= 1.02 * PIXELS_MAX[kind]
    boxes = [box for box, _ in of.tiles]
    for left, top, width, height in boxes:
        assert not (left % 2 or top % 2 or width % 2 or height % 2)
        assert left + width <= width_px and top + height <= height_px
        assert width <= sides_px[0] + 2
    assert not any(overlap(one, other) for one, other in combinations(boxes, 2))


def test_without_axes_each_is_named_above_it() -> None:
    """Nearly square, in the order asked for."""
    of = drawn(4)
    assert len({box[0] for box, _ in of.tiles}) == len({box[1] for box, _ in of.tiles}) == 2
    assert texts(of) == ["clip 0", "clip 1", "clip 2", "clip 3"]


def test_bare_has_no_words_and_no_room_for_them() -> None:
    """The pictures alone."""
    of = drawn(6, is_bare=True)
    assert of.words == ()
    assert min(box[0] for box, _ in of.tiles) == min(box[1] for box, _ in of.tiles) == 0


def test_where_there_is_no_clip_stands_why() -> None:
    """A failed one and a combination that is not made keep their places."""
    left_out = LeftOut(label="fast · c", coordinates=PLACES[5].coordinates, reason="not allowed")
    layout = lay_out((PACE, SIZE), PLACES[:5], [left_out])
    some = [*shots(4), Shot(label="clip 4", reason="failed")]
    of = scene(layout, some, clip_sides_px=HD, kind="mp4")
    assert len(of.tiles) == 4
    assert {"failed", "not allowed"} < set(texts(of))
