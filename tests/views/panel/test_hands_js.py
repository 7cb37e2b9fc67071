"""What a hand does in the panel: pick, compare, hide and bring back, download, find by any case."""

import re

import pytest
from playwright.sync_api import expect

from tests.core.test_tokens import APART, SAME
from tests.views.panel.composer_page import go, prompt
from tests.views.panel.fake import CATALOGUE, QUOTE, Panel
from tests.views.panel.gallery_page import (
    Shelf,
    comparison,
    drawn,
    in_sight,
    listing,
    many,
    row,
    tile,
)

BOXES = {
    "a page": "#nothing {}",
    "an output that scrolls": "main { height: 460px; overflow: auto; contain: strict }",
    "a cell that is cut off": "main { height: 460px; overflow: hidden scroll }",
    "a moved page": "body { height: 500px; overflow-y: scroll; transform: translateY(30px) }",
}
"""Where hosts put an output, as style; nothing sticks across such boxes."""


@pytest.mark.parametrize("width_px", [400, 1280])
@pytest.mark.parametrize("box", BOXES)
def test_compare_is_in_sight_once_clips_are_picked(shelf: Shelf, box: str, width_px: int) -> None:
    """Wherever the output stands, and however far it is scrolled."""
    page = shelf.page
    page.set_viewport_size({"width": width_px, "height": 620})
    gallery = shelf.open(many(12), answers={"compare": comparison("a", "b")})
    page.add_style_tag(content=BOXES[box])
    for number in (12, 11):
        gallery.get_by_role("checkbox", name=f"Compare clip {number}", exact=True).check()
    button = gallery.get_by_role("button", name="Compare 2")
    in_sight(page, button)
    tile(gallery, "clip 11").hover()
    page.mouse.wheel(0, 60)
    in_sight(page, button)
    button.click()
    expect(page.get_by_role("region", name="Comparison", exact=True)).to_be_visible()


def test_the_bar_covers_nothing(shelf: Shelf) -> None:
    """Each tool of each clip can be reached, and what stands around the gallery does not move."""
    page = shelf.page
    page.set_viewport_size({"width": 1280, "height": 520})
    gallery = shelf.open(many(12))
    panel, scroller = page.locator(".hailuo-panel"), gallery.locator(".scroller")
    before, whole = panel.bounding_box(), scroller.bounding_box()
    gallery.get_by_role("checkbox", name="Compare clip 12", exact=True).check()
    in_sight(page, gallery.get_by_role("button", name="Compare"))
    drawn(page)
    after = panel.bounding_box()
    assert before is not None
    assert after is not None
    bar = gallery.locator(".picked").bounding_box()
    assert bar is not None
    assert after["height"] - before["height"] <= bar["height"] + 13
    for number in (12, 9, 6, 1):
        tile(gallery, f"clip {number}").hover()
        tile(gallery, f"clip {number}").get_by_role("button", name="Copy prompt").click()
    gallery.get_by_role("button", name="Clear the picked clips").click()
    left = scroller.bounding_box()
    assert whole is not None
    assert left is not None
    assert left["height"] == whole["height"]


def test_the_bar_leaves_something_of_its_list(shelf: Shelf) -> None:
    """Who is far above the gallery is not followed there."""
    gallery = shelf.open(many(12), selection=["t12"])
    shelf.page.add_style_tag(content=".hailuo-panel { margin-top: 2000px }")
    gallery.locator(".picked").wait_for()
    bar, scroller = (gallery.locator(one).bounding_box() for one in (".picked", ".scroller"))
    assert bar is not None
    assert scroller is not None
    assert bar["y"] >= scroller["y"] + 80


def test_what_was_hidden_comes_back_with_one_click(shelf: Shelf) -> None:
    """Undo shows it again, in its place, picked if it was."""
    hidden = {"words": "clip 2 is hidden.", "traits": {"selection": []}}  # as Python takes it out
    gallery = shelf.open(many(3), selection=["t2"], answers={"hide": hidden})
    tile(gallery, "clip 2").hover()
    tile(gallery, "clip 2").get_by_role("button", name="Hide").click()
    expect(gallery.locator("li.tile")).to_have_count(2)
    shelf.page.get_by_role("button", name="Undo").click()
    expect(gallery.locator("li.tile")).to_have_count(3)
    assert [one["hidden"] for one in shelf.sent("hide")] == [True, False]
    expect(gallery.locator("li.tile").nth(1)).to_contain_text("clip 2")
    expect(gallery.get_by_role("checkbox", name="Compare clip 2", exact=True)).to_be_checked()


@pytest.mark.parametrize("src", ["clip.mp4", "kernel:t1"])
def test_a_download_has_the_clips_name(shelf: Shelf, src: str) -> None:
    """Also where its bytes come from the kernel."""
    gallery = shelf.open([row(1, src=src, file="A paper boat.mp4")])
    shelf.page.evaluate(
        """async () => {
          const reply = await fetch("/page-clips/clip.mp4");
          window.clips.t1 = new Uint8Array(await reply.arrayBuffer());
        }"""
    )
    tile(gallery, "clip 1").hover()
    with shelf.page.expect_download() as found:
        tile(gallery, "clip 1").get_by_role("button", name="Download the clip").click()
    assert found.value.suggested_filename == "A paper boat.mp4"


def test_what_is_not_done_cannot_be_downloaded(shelf: Shelf) -> None:
    """Nothing is offered that is not there."""
    gallery = shelf.open([row(1, "failed"), row(2, "generating")])
    expect(gallery.locator('[data-act="download"]:not([hidden])')).to_have_count(0)


def test_news_are_found_in_any_case(shelf: Shelf) -> None:
    """A clip that comes while one looks for a word is listed as Python would list it."""
    gallery = shelf.open([], answers={"page": listing([], total=0)})
    shelf.tell(row(1, label="first"))
    gallery.get_by_role("searchbox").fill("straẞe İSTANBUL")
    gallery.get_by_role("searchbox").press("Enter")
    shelf.wait_sent("page")
    expect(gallery.locator("li.tile")).to_have_count(0)
    shelf.tell(row(2, label="Istanbul", prompt="Die Strasse"), row(3, prompt="a street"))
    expect(gallery.locator("li.tile")).to_have_count(1)


def test_the_page_reads_words_as_python_does(shelf: Shelf) -> None:
    """What is one word to Python is one to the page, and two are two."""
    shelf.open([])
    folded = """async (words) => {
      const { folded } = await import("/static/panel/news.js");
      return words.map((pair) => pair.map(folded));
    }"""
    read = shelf.page.evaluate(folded, [list(pair) for pair in (*SAME, *APART)])
    assert [one == other for one, other in read] == [True] * len(SAME) + [False] * len(APART)


def test_the_name_is_in_sight(panel_page: Panel) -> None:
    """No fold has to be opened for it."""
    panel = panel_page.open()
    expect(panel.get_by_role("textbox", name="Name", exact=True)).to_be_in_viewport()


def test_the_commands_wanted_most_stay_where_there_is_little_room(panel_page: Panel) -> None:
    """What Python names first is never folded away."""
    panel_page.page.set_viewport_size({"width": 340, "height": 900})
    named = {one["name"]: one for one in CATALOGUE["cameras"]}
    first = [named.pop("Push in"), named.pop("Zoom in")]
    panel = panel_page.open(catalogue=CATALOGUE | {"cameras": [*first, *named.values()]})
    for name in ("Push in", "Zoom in"):
        expect(panel.get_by_role("button", name=name, exact=True)).to_be_visible()
    expect(panel.get_by_role("button", name="Static shot")).to_be_hidden()


def test_a_price_that_nobody_saw_is_no_error(panel_page: Panel) -> None:
    """The first words and a click at once: the price is shown, quietly, and the next sends."""
    now = {"changed": True, "words": "That is 1 clip, 30 credits. Press once more to generate."}
    empty = {"can_send": False, "due": 0, "credits": 0, "button": "Generate", "lines": []}
    panel = panel_page.open(
        quote=QUOTE | empty, answers={"generate": now | {"traits": {"quote": QUOTE}}}
    )
    prompt(panel).fill("A boat")
    go(panel).click()
    expect(panel.locator(".outcome")).to_have_text(now["words"])
    expect(panel.locator(".outcome")).to_have_class(re.compile(r"\bquiet\b"))
    expect(panel.locator(".told")).to_be_hidden()
    expect(go(panel)).to_have_text("Generate 1 clip, 30 credits")
    go(panel).click()
    assert [one["seen"]["credits"] for one in panel_page.sent("generate")] == [0, 30]


@pytest.mark.parametrize("lost", [1, 2])
def test_what_was_interrupted_unheard_is_answered(panel_page: Panel, lost: int) -> None:
    """Sending ends, with words, although no answer comes; so does what asked for it in vain."""
    clock = panel_page.page.clock
    clock.install()
    panel = panel_page.open(held=("generate", "heard"))
    go(panel).click()
    expect(go(panel)).to_have_text("Sending…")
    for _ in range(lost):
        before = len(panel_page.sent("heard"))
        panel_page.page.evaluate("() => { window.model.waiting = []; }")
        clock.run_for(3000 * 2 ** (before + 1))
        assert len(panel_page.sent("heard")) > before
    panel_page.release("heard")
    expect(go(panel)).to_have_text("Generate 1 clip, 30 credits")
    expect(panel.locator(".told")).to_contain_text("interrupted before it was answered")


def test_a_slow_answer_is_not_lost(panel_page: Panel) -> None:
    """While the kernel is busy nothing is given up, and little is asked meanwhile."""
    clock = panel_page.page.clock
    clock.install()
    panel = panel_page.open(held=("generate",))
    go(panel).click()
    clock.run_for(600_000)
    expect(go(panel)).to_have_text("Sending…")
    assert len(panel_page.sent("heard")) < 10
    panel_page.release("generate", ids=[], words="1 clip is under way.")
    expect(panel.locator(".told")).to_have_text("1 clip is under way.")


def test_a_dropped_file_is_called_by_its_name(panel_page: Panel) -> None:
    """The name stands beside its picture."""
    frame = {
        "source": "hailuo_videos/images/0a1b/my fox.png",
        "name": "my fox.png",
        "thumbnail": None,
        "words": "PNG · 640 x 360",
        "problems": [],
        "notes": [],
    }
    panel = panel_page.open(frames={"image": frame, "end_image": None})
    field = panel.locator("[data-field=image]")
    expect(field.get_by_text("my fox.png", exact=True)).to_be_visible()
    expect(field).not_to_contain_text("0a1b")


def test_a_comparison_has_the_whole_width(shelf: Shelf) -> None:
    """It stands above both columns, three clips beside each other."""
    page = shelf.page
    page.set_viewport_size({"width": 1280, "height": 900})
    gallery = shelf.open(
        many(3), selection=["t1", "t2", "t3"], answers={"compare": comparison("a", "b", "a")}
    )
    gallery.get_by_role("button", name="Compare 3").click()
    region = page.get_by_role("region", name="Comparison", exact=True)
    expect(region.locator("figure")).to_have_count(3)
    boxes = [one.bounding_box() for one in region.locator("figure").all()]
    whole = page.locator(".hailuo-panel > .layout").bounding_box()
    assert whole is not None
    found = [box for box in boxes if box is not None]
    assert len({round(box["y"]) for box in found}) == 1
    assert sum(box["width"] for box in found) > 0.9 * whole["width"]
