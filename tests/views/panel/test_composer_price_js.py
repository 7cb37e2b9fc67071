"""The composer's price and button: what is seen is what is ordered, once."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.views.panel.composer_page import chip, go, prompt
from tests.views.panel.fake import QUOTE, Panel
from tests.views.site import Site


def test_a_click_asks_with_what_is_seen(panel_page: Panel) -> None:
    """The request carries the text and settings as they stand, and the price that was shown."""
    panel = panel_page.open(settings={"duration": "10"})
    prompt(panel).fill("A boat")
    go(panel).click()
    assert panel_page.sent("generate") == [
        {
            "turn": 1,
            "prompt": "A boat",
            "settings": {"duration": "10"},
            "seen": {"due": 1, "credits": 30},
            "confirmed": False,
            "again": False,
            "bytes": [],
        }
    ]
    assert panel_page.trait("prompt") == "A boat"
    expect(panel.get_by_role("status").get_by_text("1 clip is under way.")).to_be_visible()


def test_nothing_is_ever_asked_twice(panel_page: Panel) -> None:
    """Double clicks, clicks while it is sent, Ctrl+Enter and a held key make one request."""
    panel = panel_page.open(held=("generate",))
    go(panel).dblclick()
    expect(go(panel)).to_have_text("Sending…")
    expect(go(panel)).to_have_attribute("aria-disabled", "true")
    go(panel).click(force=True)
    prompt(panel).press("Control+Enter")
    go(panel).press("Enter")
    assert len(panel_page.sent("generate")) == 1
    panel_page.release("generate", ids=["a"], words="Under way.")
    expect(go(panel)).to_have_text(QUOTE["button"])
    go(panel).click()
    assert len(panel_page.sent("generate")) == 1, "that turn is spent"
    panel_page.quote(turn=2)
    go(panel).click()
    assert [one["turn"] for one in panel_page.sent("generate")] == [1, 2]


def test_a_double_click_marks_no_word(panel_page: Panel) -> None:
    """The words of a button are no text to select, whatever the host lets be selected."""
    head = "<style>main { user-select: text; }</style>"
    panel = panel_page.open(quote=QUOTE | {"can_send": False}, head=head)
    go(panel).dblclick(force=True)
    assert panel_page.page.evaluate("() => String(getSelection())") == ""


def test_a_button_held_down_is_pressed_once(panel_page: Panel) -> None:
    """Enter that repeats on the button orders one clip, however soon the next turn begins."""
    next_turn = {"ids": ["a"], "words": "Under way.", "traits": {"quote": QUOTE | {"turn": 2}}}
    panel = panel_page.open(answers={"generate": next_turn})
    go(panel).focus()
    for _ in range(3):
        panel_page.page.keyboard.down("Enter")
        expect(go(panel)).to_have_text(QUOTE["button"])
    panel_page.page.keyboard.up("Enter")
    assert [one["turn"] for one in panel_page.sent("generate")] == [1]


def test_a_choice_is_not_undone_by_older_typing(page: Page, site: Site) -> None:
    """What is chosen while typing still rests takes the typing along, and stays chosen."""
    page.clock.install()
    behind = Panel(page, site)
    panel = behind.open()
    panel.get_by_text("More options").click()
    page.clock.pause_at("2100-01-01")
    panel.get_by_role("textbox", name="Repeat").press_sequentially("12")
    chip(panel, "duration", "10").evaluate("(one) => one.click()")
    page.clock.run_for(5_000)
    assert behind.trait("settings") == {"duration": "10", "repeat": "12"}
    assert behind.saves == 1


def test_a_double_click_never_confirms(panel_page: Panel) -> None:
    """Above the caps two separate clicks are needed; Escape and any change go back."""
    confirm = {"button": "Yes, generate 30 clips for 900 credits", "words": "That is above 200."}
    panel = panel_page.open(quote=QUOTE | {"confirm": confirm})
    go(panel).dblclick()
    expect(go(panel)).to_have_text(confirm["button"])
    expect(panel.get_by_text(confirm["words"])).to_be_visible()
    panel_page.page.keyboard.press("Escape")
    expect(go(panel)).to_have_text(QUOTE["button"])
    go(panel).click()
    chip(panel, "duration", "10").click()
    expect(panel.get_by_text(confirm["words"])).to_be_hidden()
    go(panel).click()
    panel.get_by_role("button", name="Not now").click()
    expect(go(panel)).to_be_focused()
    assert panel_page.sent("generate") == []
    go(panel).click()
    go(panel).click()
    assert [one["confirmed"] for one in panel_page.sent("generate")] == [True]


def test_a_held_key_neither_confirms_nor_sends_again(panel_page: Panel) -> None:
    """Ctrl+Enter held down counts as one press, however quick the answers are."""
    confirm = {"button": "Yes, generate 30 clips", "words": "That is above 200."}
    panel = panel_page.open(quote=QUOTE | {"confirm": confirm})
    prompt(panel).focus()
    panel_page.page.keyboard.down("Control")
    for _ in range(3):
        panel_page.page.keyboard.down("Enter")
    expect(go(panel)).to_have_text(confirm["button"])
    assert panel_page.sent("generate") == []
    panel_page.page.keyboard.up("Enter")
    panel_page.page.keyboard.press("Enter")
    panel_page.page.keyboard.up("Control")
    assert [one["confirmed"] for one in panel_page.sent("generate")] == [True]


def test_a_higher_price_is_told_and_not_paid(panel_page: Panel) -> None:
    """Where Python finds more is due than was seen, its words stand beside the new price."""
    changed = {
        "changed": True,
        "words": "The price is now 60 credits.",
        "traits": {"quote": QUOTE | {"turn": 2, "credits": 60, "button": "Generate, 60 credits"}},
    }
    panel = panel_page.open(answers={"generate": changed})
    go(panel).click()
    expect(panel.get_by_text("The price is now 60 credits.")).to_be_visible()
    expect(go(panel)).to_have_text("Generate, 60 credits")
    go(panel).click()
    assert [one["seen"]["credits"] for one in panel_page.sent("generate")] == [30, 60]


def test_a_refusal_is_told_and_may_be_tried_again(panel_page: Panel) -> None:
    """An error stands beside the button and in the panel's line; the turn is not spent."""
    panel = panel_page.open(answers={"generate": {"refused": "The key is not known."}})
    go(panel).click()
    expect(panel.get_by_text("The key is not known.")).to_have_count(2)
    go(panel).click()
    assert len(panel_page.sent("generate")) == 2


def test_another_sample_has_a_button_of_its_own(panel_page: Panel) -> None:
    """Where all is there already, one more is a second button with its price."""
    again = {"button": "Another sample of each of 2, 30 credits", "credits": 30, "due": 2}
    free = QUOTE | {"due": 0, "credits": 0, "free": True, "button": "Show 1 clip, free"}
    panel = panel_page.open(quote=free | {"again": again})
    panel.get_by_role("button", name="Another sample of each of 2").dblclick()
    (one,) = panel_page.sent("generate")
    assert (one["again"], one["seen"]) == (True, {"due": 2, "credits": 30})


def test_another_sample_of_many_is_confirmed_like_any_order(panel_page: Panel) -> None:
    """Its first click names the number; the second sends it as another sample, confirmed."""
    confirm = {"button": "Yes, generate 8 clips, 400 credits", "words": "Above 200."}
    again = {"button": "Another sample of each of 8", "credits": 400, "due": 8, "confirm": confirm}
    free = QUOTE | {"due": 0, "credits": 0, "button": "Show 8 clips, free"}
    panel = panel_page.open(quote=free | {"again": again})
    panel.get_by_role("button", name="Another sample of each of 8").click()
    yes = panel.get_by_role("button", name="Yes, generate 8 clips, 400 credits")
    expect(yes).to_be_focused()
    assert panel_page.sent("generate") == []
    panel.get_by_role("button", name="Not now").click()
    expect(yes).to_have_count(0)
    panel.get_by_role("button", name="Another sample of each of 8").click()
    yes.click()
    (one,) = panel_page.sent("generate")
    assert (one["again"], one["confirmed"]) == (True, True)
    assert one["seen"] == {"due": 8, "credits": 400}


def test_what_cannot_be_sent_is_not_asked(panel_page: Panel) -> None:
    """The button rests and its reason is tied to it; a prompt nobody began is not marked wrong."""
    problem = {"field": "prompt", "words": "Write what should happen."}
    panel = panel_page.open(quote=QUOTE | {"can_send": False, "problems": [problem]})
    expect(go(panel)).to_have_attribute("aria-disabled", "true")
    expect(go(panel)).to_have_accessible_description("Write what should happen.")
    expect(prompt(panel)).to_have_attribute("aria-invalid", "false")
    go(panel).click(force=True)
    prompt(panel).press("Control+Enter")
    assert panel_page.sent("generate") == []
    prompt(panel).press_sequentially("A boat")
    go(panel).click()
    assert [one["prompt"] for one in panel_page.sent("generate")] == ["A boat"]


def test_an_empty_form_is_no_mistake(panel_page: Panel) -> None:
    """What to do first stands where the price will be, and is tied to the button."""
    note = "Write a prompt to see what it costs."
    empty = QUOTE | {"can_send": False, "notes": [note], "clips": 0, "lines": []}
    panel = panel_page.open(quote=empty)
    expect(go(panel)).to_have_accessible_description(note)
    expect(panel.locator(".price .lines")).to_have_text(note)
    expect(panel.locator(".hint:visible, .problem:visible")).to_have_count(0)
    before = go(panel).bounding_box()
    prompt(panel).fill("A boat")
    panel_page.quote(lines=["1 clip, 30 credits"])
    expect(panel.locator(".price .lines")).to_have_text("1 clip, 30 credits")
    assert go(panel).bounding_box() == before


def test_what_comes_with_its_price_is_not_veiled(page: Page, site: Site) -> None:
    """Settings that Python sets take the confirmation back, and leave the price as it is."""
    page.clock.install()
    behind = Panel(page, site)
    confirm = {"button": "Yes, generate 30 clips", "words": "That is above 200."}
    panel = behind.open(quote=QUOTE | {"confirm": confirm})
    page.clock.pause_at("2100-01-01")
    go(panel).click()
    expect(go(panel)).to_have_text(confirm["button"])
    behind.change(settings={"duration": "10"}, prompt="From the gallery")
    page.clock.run_for(1_000)
    expect(go(panel)).to_have_text(QUOTE["button"])


def test_an_old_price_is_veiled_without_a_flicker(page: Page, site: Site) -> None:
    """A quick quote never shows the dots; a slow one does, until it is there."""
    page.clock.install()
    behind = Panel(page, site)
    panel = behind.open()
    page.clock.pause_at("2100-01-01")
    chip(panel, "duration", "10").click()
    page.clock.run_for(140)
    expect(go(panel)).to_have_text(QUOTE["button"])
    behind.quote(button="Generate 1 clip, 50 credits")
    page.clock.run_for(2_000)
    expect(go(panel)).to_have_text("Generate 1 clip, 50 credits")
    chip(panel, "duration", "6").click()
    page.clock.run_for(160)
    expect(go(panel)).to_have_text("Generate … clip, …")
    expect(go(panel)).to_be_enabled()
    behind.quote()
    expect(go(panel)).to_have_text(QUOTE["button"])


def test_a_price_that_stays_the_same_comes_back(page: Page, site: Site) -> None:
    """A change that is taken back brings no message; the dots end by themselves."""
    page.clock.install()
    behind = Panel(page, site)
    panel = behind.open()
    page.clock.pause_at("2100-01-01")
    prompt(panel).press_sequentially("b")
    prompt(panel).press("Backspace")
    page.clock.run_for(600)
    expect(go(panel)).to_have_text("Generate … clip, …")
    page.clock.run_for(4_000)
    expect(go(panel)).to_have_text(QUOTE["button"])


def test_an_old_price_never_stands_for_a_new_prompt(page: Page, site: Site) -> None:
    """However late the next quote is: what it said of the old prompt goes, and buys nothing."""
    page.clock.install()
    behind = Panel(page, site)
    again = {"button": "Another sample, 50 credits", "credits": 50, "due": 1}
    free = QUOTE | {"button": "Show the clip, free", "due": 0, "lines": ["1 there already, free"]}
    panel = behind.open(quote=free | {"again": again}, held=("generate",))
    page.clock.pause_at("2100-01-01")
    prompt(panel).press_sequentially("b")
    page.clock.run_for(5_000)
    assert behind.trait("prompt") == "b"
    expect(go(panel)).to_have_text("Generate …")
    for words in ("Show the clip", "there already", "Another sample"):
        expect(panel.get_by_text(words)).to_be_hidden()
    go(panel).click()
    assert [one["seen"] for one in behind.sent("generate")] == [{"due": 0, "credits": 0}]
    behind.release("generate", changed=True, words="Look again.", ids=[])
    behind.quote(turn=2)
    expect(go(panel)).to_have_text(QUOTE["button"])


def test_without_its_kernel_the_panel_says_so(page: Page, site: Site) -> None:
    """Typing and pressing give the one true reason, and no price that was of another prompt."""
    gone = "The kernel was restarted or has ended: run %hailuo again. Nothing was sent."
    page.clock.install()
    behind = Panel(page, site)
    panel = behind.open()
    page.clock.pause_at("2100-01-01")
    behind.end_kernel()
    prompt(panel).press_sequentially("After the end")
    page.clock.run_for(600)
    expect(panel.locator(".told")).to_have_text(gone)
    page.clock.run_for(5_000)
    expect(go(panel)).to_have_text("Generate …")
    go(panel).click()
    expect(panel.locator(".price .outcome")).to_have_text(gone)
    panel.get_by_role("button", name="Copy as cell").click()
    page.clock.run_for(5_000)
    expect(panel.locator(".told")).to_have_text(gone)
    expect(go(panel)).to_be_enabled()


def test_who_waits_for_a_kernel_that_goes_is_told(panel_page: Panel) -> None:
    """A click and a copy that were under way end in words; nobody says that nothing was sent."""
    panel = panel_page.open(prompt="A boat", held=("generate", "copy"))
    panel.get_by_role("button", name="Copy as cell").click()
    go(panel).click()
    expect(go(panel)).to_have_text("Sending…")
    panel_page.lose_kernel()
    words = re.compile("^The kernel was restarted or has ended before it answered: .*gallery[.]$")
    expect(panel.locator(".told")).to_have_text(words)
    expect(panel.locator(".price .outcome")).to_have_text(words)
    expect(go(panel)).to_have_text(QUOTE["button"])


def test_figures_change_without_a_jump(panel_page: Panel) -> None:
    """One line or three, the button stays where it is."""
    panel = panel_page.open()
    before = go(panel).bounding_box()
    panel_page.quote(lines=["balance 880 credits"], button="Generate")
    expect(go(panel)).to_have_text("Generate")
    assert go(panel).bounding_box() == before


@pytest.mark.parametrize("kind", ["cell", "Python"])
def test_copy_as(panel_page: Panel, kind: str) -> None:
    """The text for the same request is on the clipboard, and the button says so."""
    answers = {"copy": {"text": f"{kind} <b>text</b>"}}
    panel = panel_page.open(prompt="A boat", settings={"duration": "10"}, answers=answers)
    panel.get_by_role("button", name=f"Copy as {kind}").click()
    expect(panel.get_by_role("button", name="Copied")).to_be_visible()
    (one,) = panel_page.sent("copy")
    assert one == {
        "as": kind.lower(),
        "prompt": "A boat",
        "settings": {"duration": "10"},
        "bytes": [],
    }
    read = panel_page.page.evaluate("() => navigator.clipboard.readText()")
    assert read == f"{kind} <b>text</b>"


def test_where_the_clipboard_is_refused_the_text_is_shown(panel_page: Panel) -> None:
    """It stands selected in a field, to be copied by hand."""
    panel = panel_page.open(answers={"copy": {"text": "%%hailuo"}})
    panel_page.page.evaluate("""() => Object.defineProperty(navigator, "clipboard", {
      value: { writeText: () => Promise.reject(new Error("no")) } })""")
    panel.get_by_role("button", name="Copy as cell").click()
    field = panel.get_by_role("textbox", name="The text to copy")
    expect(field).to_be_focused()
    expect(field).to_have_value("%%hailuo")
    chosen = "(field) => [field.selectionStart, field.selectionEnd]"
    assert field.evaluate(chosen) == [0, len("%%hailuo")]
