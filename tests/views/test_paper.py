"""What stays for paper: one picture of all clips, each with its label."""

import base64
import io

import PIL.Image
import pytest

from hailuo_nb.media.sheets import ALONE_PX, CELL_PX, GAP_PX, LINE_PX, sheet
from hailuo_nb.views.compare.compare import comparison_picture
from hailuo_nb.views.facts import Facts
from hailuo_nb.views.grid.grid import grid_look
from hailuo_nb.views.paper import CLIPS_MAX, card_picture, sheet_picture
from tests.views.grid_samples import LEFT_OUT, PLAN, sample
from tests.views.samples import poster, snapshot, strip

HEIGHT_PX = CELL_PX * 216 // 384


def opened(uri: str) -> PIL.Image.Image:
    """Decode a picture for paper."""
    head, _, data = uri.partition(",")
    assert head == "data:image/jpeg;base64"
    return PIL.Image.open(io.BytesIO(base64.b64decode(data)))


def has_ink(page: PIL.Image.Image, box: tuple[int, int, int, int]) -> bool:
    """Return whether anything dark stands in a part of the page."""
    return page.convert("L").crop(box).getextrema()[0] < 80


def test_a_card_is_its_poster_above_its_strip_and_name() -> None:
    """All of it in the width of one picture."""
    page = opened(card_picture(Facts(snapshot=snapshot("done"))))
    assert page.width == ALONE_PX
    assert 216 + 50 + LINE_PX < page.height < 216 + 60 + 2 * LINE_PX + GAP_PX
    assert has_ink(page, (0, page.height - LINE_PX, ALONE_PX, page.height))


def test_a_grid_has_each_clip_in_its_place_with_its_label() -> None:
    """Rows and columns are those of the grid; where nothing was made its reason stands."""
    of = sample(states=["done", "failed"], left_out=LEFT_OUT)
    look = grid_look(of.axes, of.cells, of.left_out, plan_words=PLAN)
    page = opened(look.picture(of.clips()))
    assert page.width == 3 * CELL_PX + 2 * GAP_PX
    for column in range(3):
        left = column * (CELL_PX + GAP_PX)
        assert has_ink(page, (left, HEIGHT_PX + GAP_PX, left + CELL_PX, HEIGHT_PX + LINE_PX))
    gap = 2 * (CELL_PX + GAP_PX), page.height - HEIGHT_PX, page.width, page.height
    assert not has_ink(page, gap)


def test_a_comparison_has_its_columns() -> None:
    """Two clips stand beside each other, nine in three rows."""
    clips = [Facts(snapshot=snapshot("done"), label=f"clip {at}") for at in range(9)]
    assert opened(comparison_picture(clips[:2])).width == 2 * CELL_PX + GAP_PX
    page = opened(comparison_picture(clips))
    assert page.width == 3 * CELL_PX + 2 * GAP_PX
    assert page.height > 3 * (HEIGHT_PX + LINE_PX)


def test_without_any_picture_there_is_none() -> None:
    """An empty sheet would stand in place of the words."""
    bare = [Facts(snapshot=snapshot("failed", poster=one)) for one in (None, "javascript:alert(1)")]
    assert sheet_picture(bare, 2) == card_picture(bare[0]) == ""


def test_many_clips_are_the_first_ones() -> None:
    """Two hundred are no page: it says how many more there are."""
    clips = [Facts(snapshot=snapshot("done"), label=str(at)) for at in range(CLIPS_MAX + 30)]
    page = opened(sheet_picture(clips, 10))
    rows = CLIPS_MAX // 10
    assert page.height < (rows + 1) * (HEIGHT_PX + LINE_PX + 2 * GAP_PX)


@pytest.mark.parametrize("broken", ["", "data:image/jpeg;base64,AAAA", "data:,%%%"])
def test_a_broken_picture_leaves_its_label(broken: str) -> None:
    """The others are there, and a label in any script takes its lines at most."""
    label = "樱花 سلام " * 40 + "a" * 400
    page = opened(sheet([([broken], label), ([poster(), *strip()], "b")], 2))
    assert page.width == 2 * CELL_PX + GAP_PX
    assert has_ink(page, (0, 0, CELL_PX, 4 * LINE_PX))
    assert not has_ink(page, (0, 4 * LINE_PX, CELL_PX, page.height))
