"""An image field in a browser: every way an image comes, what is checked, and how it travels."""

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Locator, expect

from tests.views.panel.fake import Panel
from tests.views.panel.pictures import dropped, dropped_address, noise, pasted, thumbnail

FRAME: dict[str, Any] = {
    "source": "sample:peak",
    "words": "JPEG · 1280 x 720 · 16:9 · 212 kB",
    "thumbnail": thumbnail(),
    "problems": [],
    "notes": [],
}
HERE: dict[str, Any] = {
    "settings": {"image": "sample:peak"},
    "frames": {"image": FRAME, "end_image": None},
}
SMALL = noise(100)  # one piece
MIDDLE = noise(230)  # three pieces
LARGE = noise(300)  # above what the service takes


def field(panel: Locator, name: str = "Start image") -> Locator:
    """Return one of the two fields."""
    return panel.get_by_role("group", name=name)


def way(panel: Locator, name: str) -> Locator:
    """Return one of the small buttons below the start image."""
    return field(panel).get_by_role("button", name=name, exact=True)


def test_what_the_pictures_of_these_tests_weigh() -> None:
    """The files are as large as the tests below take them to be."""
    assert len(SMALL) < 65_536 < 2 * 65_536 < len(MIDDLE) < 200_000 < len(LARGE)


PICKED = """() => {
  window.picked = 0;
  HTMLInputElement.prototype.click = () => { window.picked += 1; };
}"""


def test_a_file_is_chosen_by_keyboard(panel_page: Panel, tmp_path: Path) -> None:
    """The empty field is a button that opens the picker; what is picked goes to Python."""
    (tmp_path / "boat.png").write_bytes(SMALL)
    panel = panel_page.open(answers={"piece": {"traits": HERE}})
    panel_page.page.evaluate(PICKED)
    way(panel, "Drop, paste or choose an image").focus()
    panel_page.page.keyboard.press("Enter")
    panel_page.page.keyboard.press("Space")
    assert panel_page.page.evaluate("() => window.picked") == 2
    field(panel).locator("input[type=file]").set_input_files(tmp_path / "boat.png")
    expect(field(panel).get_by_text("1280 x 720")).to_be_visible()
    assert panel_page.sent("piece") == [
        {
            "field": "image",
            "name": "boat.png",
            "type": "image/png",
            "size": len(SMALL),
            "part": 0,
            "parts": 1,
            "bytes": [len(SMALL)],
        }
    ]


def test_a_dropped_file_travels_in_pieces(panel_page: Panel) -> None:
    """Each piece waits for the one before; the bar shows how far it is, then the image is there."""
    panel = panel_page.open(held=("piece",))
    dropped(field(panel, "End image"), "boat.png", MIDDLE)
    bar = field(panel, "End image").get_by_role("progressbar")
    expect(bar).to_have_attribute("aria-valuenow", "0")
    expect(field(panel, "End image").get_by_text("Sending boat.png")).to_be_visible()
    for now in ("33", "67"):
        panel_page.page.wait_for_function("() => window.model.waiting.length === 1")
        panel_page.release("piece")
        expect(bar).to_have_attribute("aria-valuenow", now)
    panel_page.page.wait_for_function("() => window.model.waiting.length === 1")
    frames = {"image": None, "end_image": FRAME}
    panel_page.release("piece", traits={"frames": frames, "settings": {"end_image": "boat.png"}})
    expect(bar).to_be_hidden()
    expect(field(panel, "End image").get_by_role("img")).to_have_attribute(
        "src", FRAME["thumbnail"]
    )
    pieces = panel_page.sent("piece")
    assert [(one["part"], one["parts"]) for one in pieces] == [(0, 3), (1, 3), (2, 3)]
    assert sum(one["bytes"][0] for one in pieces) == len(MIDDLE)
    assert {one["field"] for one in pieces} == {"end_image"}


def test_the_picture_shows_at_once_and_is_let_go(panel_page: Panel) -> None:
    """While it is sent the page's own copy is seen; its address is given back afterwards."""
    panel = panel_page.open(held=("piece",))
    panel_page.page.evaluate("""() => {
      window.let_go = [];
      const revoke = URL.revokeObjectURL;
      URL.revokeObjectURL = (address) => { window.let_go.push(address); revoke(address); };
    }""")
    dropped(field(panel), "boat.png", SMALL)
    picture = field(panel).get_by_role("img")
    expect(picture).to_have_js_property("naturalWidth", 100)
    address = picture.get_attribute("src")
    panel_page.page.wait_for_function("() => window.model.waiting.length === 1")
    panel_page.release("piece", traits=HERE)
    expect(picture).to_have_attribute("src", FRAME["thumbnail"])
    assert panel_page.page.evaluate("() => window.let_go") == [address]


def test_cancel_ends_the_journey(panel_page: Panel) -> None:
    """After Cancel no further piece is sent and the field is empty; the focus stays in it."""
    panel = panel_page.open(held=("piece",))
    dropped(field(panel), "boat.png", MIDDLE)
    panel_page.page.wait_for_function("() => window.model.waiting.length === 1")
    way(panel, "Cancel").click()
    expect(way(panel, "Drop, paste or choose an image")).to_be_focused()
    panel_page.release("piece")
    assert panel_page.page.evaluate("() => window.model.waiting.length") == 0
    assert len(panel_page.sent("piece")) == 1
    expect(field(panel).locator(".problem:visible")).to_have_count(0)


def test_a_failure_is_told_and_tried_again(panel_page: Panel) -> None:
    """What Python refuses stands beside the field; Retry sends the whole file anew."""
    panel = panel_page.open(answers={"piece": {"refused": "The disk is full."}})
    dropped(field(panel), "boat.png", SMALL)
    expect(field(panel).get_by_text("boat.png did not arrive: The disk is full.")).to_be_visible()
    panel_page.page.evaluate("(here) => { window.model.answers.piece = { traits: here }; }", HERE)
    way(panel, "Retry").click()
    expect(field(panel).get_by_text("1280 x 720")).to_be_visible()
    expect(field(panel).get_by_text("did not arrive")).to_be_hidden()
    assert len(panel_page.sent("piece")) == 2


def test_what_came_before_stays_and_says_so(panel_page: Panel) -> None:
    """A file that Python cannot read is told once, without another try; the former image stays."""
    words = "broken.png is no readable image. Drop a JPEG, PNG or WEBP image."
    panel = panel_page.open(answers={"piece": {"unfit": words}}, **HERE)
    dropped(field(panel), "broken.png", SMALL)
    trouble = field(panel).locator(".wrong")
    expect(trouble).to_have_text(f"{words} The image above stays.")
    expect(way(panel, "Retry")).to_be_hidden()
    expect(field(panel).get_by_text("1280 x 720")).to_be_visible()
    dropped(field(panel), "notes.txt", b"words", "text/plain")
    expect(trouble).to_contain_text("notes.txt is no image that can be used.")
    expect(trouble).to_contain_text("The image above stays.")


def test_where_there_was_none_no_image_stays(panel_page: Panel) -> None:
    """An empty field says only what is wrong."""
    panel = panel_page.open(answers={"piece": {"unfit": "broken.png is no readable image."}})
    dropped(field(panel), "broken.png", SMALL)
    expect(field(panel).locator(".wrong")).to_have_text("broken.png is no readable image.")


@pytest.mark.parametrize(
    ("name", "data", "kind", "words"),
    [
        ("notes.txt", b"words", "text/plain", "notes.txt is no image that can be used."),
        ("old.gif", b"GIF89a", "image/gif", "old.gif is a GIF image. The service takes JPEG, PNG"),
        ("none.png", b"", "image/png", "none.png is empty."),
        ("big.png", LARGE, "image/png", "The service takes up to 200 kB."),
    ],
)
def test_a_file_is_checked_before_it_is_sent(
    panel_page: Panel, name: str, data: bytes, kind: str, words: str
) -> None:
    """A wrong type, nothing in it, too much of it: said beside the field, and nothing is sent."""
    panel = panel_page.open()
    dropped(field(panel), name, data, kind)
    expect(field(panel).get_by_text(words)).to_be_visible()
    assert panel_page.sent("piece") == []


def test_a_large_file_is_made_smaller_on_demand(panel_page: Panel) -> None:
    """One button re-encodes it as a JPEG that fits, and sends that."""
    panel = panel_page.open(answers={"piece": {"traits": HERE}})
    dropped(field(panel), "big.png", LARGE)
    way(panel, "Make it smaller (JPEG)").click()
    expect(field(panel).get_by_text("1280 x 720")).to_be_visible()
    pieces = panel_page.sent("piece")
    assert (pieces[0]["name"], pieces[0]["type"]) == ("big.jpg", "image/jpeg")
    assert 10_000 < pieces[0]["size"] <= 200_000
    assert sum(one["bytes"][0] for one in pieces) == pieces[0]["size"]
    expect(way(panel, "Make it smaller (JPEG)")).to_be_hidden()


def test_an_image_of_another_kind_is_made_a_jpeg(panel_page: Panel) -> None:
    """What the browser can read but the service does not take is offered as a JPEG."""
    file = io.BytesIO()
    Image.new("P", (20, 20)).save(file, "GIF")
    panel = panel_page.open(answers={"piece": {"traits": HERE}})
    dropped(field(panel), "old.gif", file.getvalue(), "image/gif")
    way(panel, "Make it a JPEG").click()
    expect(field(panel).get_by_text("1280 x 720")).to_be_visible()
    assert [one["name"] for one in panel_page.sent("piece")] == ["old.jpg"]


def test_what_the_browser_cannot_read_says_so(panel_page: Panel) -> None:
    """A broken file is not made smaller; the words say what to do."""
    panel = panel_page.open()
    dropped(field(panel), "broken.gif", b"GIF89a", "image/gif")
    way(panel, "Make it a JPEG").click()
    expect(field(panel).get_by_text("This browser cannot read broken.gif.")).to_be_visible()
    assert panel_page.sent("piece") == []


def test_an_image_is_pasted(panel_page: Panel) -> None:
    """Into the field, or into the prompt; there words on the clipboard come first."""
    panel = panel_page.open()
    pasted(way(panel, "Drop, paste or choose an image"), "one.png", SMALL)
    panel_page.page.wait_for_function("() => window.model.sent.length === 1")
    area = panel.get_by_role("textbox", name="Prompt")
    pasted(area, "two.png", SMALL, words="words")
    pasted(area, "three.png", SMALL)
    panel_page.page.wait_for_function("() => window.model.sent.length === 2")
    assert [one["name"] for one in panel_page.sent("piece")] == ["one.png", "three.png"]


def test_an_address_is_dropped_or_typed(panel_page: Panel) -> None:
    """A picture of another page, or its address, is fetched by Python."""
    panel = panel_page.open()
    dropped_address(field(panel), "https://example.org/a.png")
    way(panel, "URL").click()
    address = field(panel).get_by_role("textbox", name="Address of the start image")
    expect(address).to_be_focused()
    panel_page.page.keyboard.press("Escape")
    expect(way(panel, "URL")).to_be_focused()
    way(panel, "URL").click()
    address.fill(" https://example.org/b.png ")
    address.press("Enter")
    expect(address).to_be_hidden()
    assert [(one["field"], one["source"]) for one in panel_page.sent("source")] == [
        ("image", "https://example.org/a.png"),
        ("image", "https://example.org/b.png"),
    ]


def test_a_refused_address_is_told(panel_page: Panel) -> None:
    """Python's reason stands beside the field, and Retry asks again."""
    panel = panel_page.open(answers={"source": {"refused": "There is no image at this address."}})
    dropped_address(field(panel), "https://example.org/a.png")
    expect(field(panel).get_by_text("There is no image at this address.")).to_be_visible()
    way(panel, "Retry").click()
    assert len(panel_page.sent("source")) == 2


def test_a_sample_is_picked_by_keyboard(panel_page: Panel) -> None:
    """Arrows, Home and End move in the list, Escape closes it and gives the focus back."""
    panel = panel_page.open(answers={"source": {"traits": HERE}})
    opener = way(panel, "Samples")
    opener.focus()
    panel_page.page.keyboard.press("Enter")
    items = field(panel).get_by_role("menuitem")
    expect(items).to_have_text(["peak", "harbour", "forest"])
    for key, at in (("ArrowDown", 1), ("End", 2), ("ArrowDown", 0), ("ArrowUp", 2), ("Home", 0)):
        panel_page.page.keyboard.press(key)
        expect(items.nth(at)).to_be_focused()
    panel_page.page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    expect(opener).to_have_attribute("aria-expanded", "false")
    panel_page.page.keyboard.press("Enter")
    panel_page.page.keyboard.press("ArrowDown")
    panel_page.page.keyboard.press("Enter")
    expect(field(panel).get_by_text("1280 x 720")).to_be_visible()
    assert panel_page.sent("source")[0]["source"] == "sample:harbour"


def test_images_of_the_notebook_are_looked_for_when_asked(panel_page: Panel) -> None:
    """The list is asked for each time it opens; a click elsewhere closes it."""
    sources = {"sources": [{"source": "photo", "words": "PIL image, 640 x 480"}]}
    panel = panel_page.open(held=("sources",), answers={"sources": sources})
    assert panel_page.sent("sources") == []
    way(panel, "From the notebook").click()
    expect(field(panel).get_by_role("menuitem")).to_have_text(["Looking…"])
    panel_page.release("sources")
    expect(field(panel).get_by_role("menuitem")).to_have_text(["photoPIL image, 640 x 480"])
    expect(field(panel).get_by_role("menuitem")).to_be_focused()
    panel.get_by_role("textbox", name="Prompt").click()
    expect(field(panel).get_by_role("menu")).to_be_hidden()
    way(panel, "From the notebook").click()
    panel_page.release("sources", sources=[])
    expect(field(panel).get_by_role("menuitem")).to_have_text(
        "No images among the notebook's variables yet."
    )
    way(panel, "From the notebook").click()
    expect(field(panel).get_by_role("menu")).to_be_hidden()


def test_a_late_list_does_not_open_again(panel_page: Panel) -> None:
    """An answer that comes after the list was closed is let go."""
    panel = panel_page.open(held=("sources",))
    way(panel, "From the notebook").click()
    panel_page.page.keyboard.press("Escape")
    panel_page.release("sources", sources=[{"source": "photo", "words": "late"}])
    expect(field(panel).get_by_role("menu")).to_be_hidden()
    expect(way(panel, "From the notebook")).to_be_focused()


def test_a_filled_field_tells_about_the_image(panel_page: Panel) -> None:
    """Thumbnail, type, size and ratio; problems and notes in words; the quote's among them."""
    frame = FRAME | {"problems": ["Too small."], "notes": ["Will be cropped."]}
    panel = panel_page.open(frames={"image": frame, "end_image": None})
    expect(field(panel).get_by_role("img")).to_have_js_property("naturalWidth", 160)
    panel_page.quote(
        problems=[{"field": "image", "words": words} for words in ("Too small.", "No.")]
    )
    for words in ("1280 x 720", "Too small.", "No.", "Will be cropped."):
        expect(field(panel).get_by_text(words)).to_be_visible()


def test_an_image_without_a_picture_is_named(panel_page: Panel) -> None:
    """An address that only the service fetches shows as text; markup in it stays text."""
    source = "https://example.org/<b>boat</b>.png"
    frame = FRAME | {"thumbnail": None, "source": source, "words": "an address"}
    panel = panel_page.open(frames={"image": frame, "end_image": None})
    expect(field(panel).get_by_text(f"{source}: an address")).to_be_visible()
    expect(field(panel).get_by_role("img")).to_be_hidden()


def test_remove_takes_it_away(panel_page: Panel) -> None:
    """Python is asked for an empty source; the field is empty and keeps the focus."""
    nothing = {"settings": {}, "frames": {"image": None, "end_image": None}}
    panel = panel_page.open(answers={"source": {"traits": nothing}}, **HERE)
    way(panel, "Remove the start image").click()
    expect(way(panel, "Drop, paste or choose an image")).to_be_focused()
    assert [one["source"] for one in panel_page.sent("source")] == [""]


def test_another_file_replaces_the_first(panel_page: Panel, tmp_path: Path) -> None:
    """Replace opens the picker, and a file may be dropped on the picture as well."""
    (tmp_path / "boat.png").write_bytes(SMALL)
    panel = panel_page.open(**HERE)
    with panel_page.page.expect_file_chooser() as chooser:
        way(panel, "Replace the start image").click()
    chooser.value.set_files(tmp_path / "boat.png")
    panel_page.page.wait_for_function("() => window.model.sent.length === 1")
    dropped(field(panel), "two.png", SMALL)
    panel_page.page.wait_for_function("() => window.model.sent.length === 2")
    assert [one["name"] for one in panel_page.sent("piece")] == ["boat.png", "two.png"]


def test_a_second_file_takes_the_place_of_one_under_way(panel_page: Panel) -> None:
    """The first stops where it is; what it would have set does not show."""
    panel = panel_page.open(held=("piece",))
    dropped(field(panel), "one.png", MIDDLE)
    panel_page.page.wait_for_function("() => window.model.waiting.length === 1")
    dropped(field(panel), "two.png", SMALL)
    panel_page.page.wait_for_function("() => window.model.waiting.length === 2")
    panel_page.release("piece")
    expect(field(panel).get_by_text("Sending two.png")).to_be_visible()
    expect(field(panel).get_by_role("progressbar")).to_have_attribute("aria-valuenow", "0")
    panel_page.release("piece", traits=HERE)
    expect(field(panel).get_by_text("1280 x 720")).to_be_visible()
    assert [(one["name"], one["part"]) for one in panel_page.sent("piece")] == [
        ("one.png", 0),
        ("two.png", 0),
    ]


def test_a_file_dropped_beside_the_fields_is_taken(panel_page: Panel) -> None:
    """It would replace the page otherwise; it goes to the start image."""
    panel = panel_page.open()
    dropped(panel.get_by_role("textbox", name="Prompt"), "boat.png", SMALL)
    panel_page.page.wait_for_function("() => window.model.sent.length === 1")
    assert [one["field"] for one in panel_page.sent("piece")] == ["image"]


def test_both_views_show_the_same_image(panel_page: Panel) -> None:
    """What one view sends is in the other's field as soon as Python has it."""
    panel = panel_page.open(places=2, answers={"piece": {"traits": HERE}})
    dropped(field(panel), "boat.png", SMALL)
    other = panel_page.page.locator(".hailuo-panel").nth(1)
    expect(field(other).get_by_text("1280 x 720")).to_be_visible()
