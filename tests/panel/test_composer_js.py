"""The composer in a browser: prompt, cameras, options, price, with a fake model behind it."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.views.grid_shots import themed

from .fake import CATALOGUE, QUOTE, Panel
from .pictures import thumbnail

STYLE = {
    "name": "style",
    "flag": "--style",
    "label": "Style",
    "unit": "",
    "help": "how it is drawn",
    "metavar": "",
    "choices": [],
    "several": "commas",
    "place": "main",
    "kind": "choice",
}
FUTURE = CATALOGUE | {
    "models": [
        *CATALOGUE["models"],
        {
            "short": "9-x2v",
            "kind": "image-to-video",
            "prompt_chars_max": 20,
            "takes_image": True,
            "takes_end_image": False,
            "fields": {"style": ["calm", "wild"], "loop": ["off", "on"], "duration": ["60"]},
            "not_together": [],
        },
    ],
    "options": [
        *CATALOGUE["options"],
        STYLE,
        STYLE | {"name": "loop", "label": "Loop", "kind": "switch", "several": ""},
        STYLE | {"name": "mood", "label": "Mood", "kind": "text", "place": "main"},
        STYLE | {"name": "secret", "label": "Secret", "kind": "flag", "place": "more"},
    ],
}
IMAGE: dict[str, Any] = {
    "settings": {"image": "sample:peak"},
    "frames": {
        "image": {
            "source": "sample:peak",
            "words": "JPEG · 1280 x 720 · 16:9 · 212 kB",
            "thumbnail": thumbnail(),
            "problems": [],
            "notes": [],
        },
        "end_image": None,
    },
}


def prompt(panel: Locator) -> Locator:
    """Return the prompt's field."""
    return panel.get_by_role("textbox", name="Prompt")


def counter(panel: Locator) -> Locator:
    """Return the prompt's counter."""
    return panel.locator(".script .count")


def row(panel: Locator, name: str) -> Locator:
    """Return an option's row."""
    return panel.locator(f"[data-option={name}]")


def chip(panel: Locator, name: str, value: str) -> Locator:
    """Return one value of an option."""
    return row(panel, name).locator(f".chip[data-value='{value}']")


def go(panel: Locator) -> Locator:
    """Return the big button."""
    return panel.locator("button.go")


# ---- the prompt


def test_typing_sends_one_message(panel_page: Panel) -> None:
    """Keys send nothing; leaving the field tells the whole text once."""
    panel = panel_page.open()
    prompt(panel).press_sequentially("A boat", delay=0)
    assert (panel_page.saves, panel_page.trait("prompt")) == (0, "")
    prompt(panel).blur()
    assert (panel_page.saves, panel_page.trait("prompt")) == (1, "A boat")


def test_the_prompt_follows_but_never_over_typing(panel_page: Panel) -> None:
    """What Python or the other view writes shows, unless the person is typing there."""
    panel = panel_page.open(places=2)
    other = prompt(panel_page.page.locator(".hailuo-panel").nth(1))
    panel_page.change(prompt="From a cell")
    expect(prompt(panel)).to_have_value("From a cell")
    prompt(panel).press_sequentially("!")
    panel_page.change(prompt="Anew")
    expect(prompt(panel)).not_to_have_value("Anew")
    expect(other).to_have_value("Anew")
    typed = prompt(panel).input_value()
    prompt(panel).blur()
    expect(other).to_have_value(typed)
    assert panel_page.trait("prompt") == typed


def test_the_counter_counts_characters_against_the_limit(panel_page: Panel) -> None:
    """Characters as Python counts them; over the limit words say by how many."""
    panel = panel_page.open(catalogue=FUTURE, settings={"model": "9-x2v"})
    prompt(panel).fill("\N{PAPERCLIP}\N{SAILBOAT}\N{GRINNING FACE}")
    expect(counter(panel)).to_have_text("3 / 20")
    prompt(panel).fill("x" * 23)
    expect(counter(panel)).to_have_text("23 / 20, 3 too many")
    expect(prompt(panel)).to_have_attribute("aria-invalid", "true")
    expect(panel.get_by_text("The prompt is 3 characters too long")).to_be_visible()


def test_of_several_prompts_the_longest_counts(panel_page: Panel) -> None:
    """Where braces make several prompts, or a text is put in, Python's figure is shown."""
    panel = panel_page.open(prompt="{a|b} boat")
    made = [{"label": "a", "text": "a boat"}, {"label": "b", "text": "b boat"}]
    panel_page.quote(prompts=made, chars=6)
    expect(counter(panel)).to_have_text("longest 6 / 1500")
    panel_page.quote(chars=700)
    expect(counter(panel)).to_have_text("10 / 1500")
    panel_page.change(prompt="{{boat}}")
    expect(counter(panel)).to_have_text("longest 700 / 1500")


def test_a_camera_command_goes_to_the_caret(panel_page: Panel) -> None:
    """It replaces what is selected, keeps the focus, and one undo takes it back."""
    panel = panel_page.open()
    area = prompt(panel)
    area.fill("A boat moves. It rains.")
    area.evaluate("(area) => area.setSelectionRange(7, 13)")
    panel.get_by_role("button", name="Pan left").click()
    expect(area).to_have_value("A boat [Pan left]  It rains.")
    expect(area).to_be_focused()
    assert area.evaluate("(area) => area.selectionStart") == len("A boat [Pan left] ")
    panel_page.page.keyboard.press("Control+z")
    expect(area).to_have_value("A boat moves. It rains.")


def test_a_camera_command_stands_apart_from_the_word_before(panel_page: Panel) -> None:
    """After a word comes a blank first; at the start and in braces none."""
    panel = panel_page.open()
    button = panel.get_by_role("button", name="Pan left")
    for before, after in (("", "[Pan left] "), ("boat", "boat [Pan left] "), ("{", "{[Pan left] ")):
        prompt(panel).fill(before)
        button.click()
        expect(prompt(panel)).to_have_value(after)


def test_camera_buttons_say_what_they_do(panel_page: Panel) -> None:
    """Each has a title; in a narrow panel one line stands, and the rest on demand."""
    panel = panel_page.open()
    cameras = panel.get_by_role("group", name="Camera commands").locator("button.camera")
    expect(cameras.first).to_have_attribute("title", "what Truck left does")
    panel_page.page.set_viewport_size({"width": 400, "height": 1000})
    more = panel.get_by_role("button", name="All 15")
    expect(more).to_be_visible()
    lines = "(all) => new Set(all.filter((one) => !one.hidden).map((one) => one.offsetTop)).size"
    assert cameras.evaluate_all(lines) == 1
    more.click()
    expect(cameras.last).to_be_visible()
    assert cameras.evaluate_all(lines) > 1
    panel.get_by_role("button", name="Fewer").click()
    expect(cameras.last).to_be_hidden()


def test_several_prompts_are_listed(panel_page: Panel) -> None:
    """Three stand open, the others fold; what is left out says why."""
    panel = panel_page.open()
    made = [{"label": f"pace {n}", "text": f"A boat, pace {n}."} for n in range(5)]
    panel_page.quote(prompts=made, more_prompts=7, left_out=[["pace 9", "There is no pace 9."]])
    expect(panel.get_by_text("Makes 12 prompts")).to_be_visible()
    expect(panel.get_by_text("A boat, pace 2.")).to_be_visible()
    expect(panel.get_by_text("A boat, pace 3.")).to_be_hidden()
    panel.get_by_text("2 more", exact=True).click()
    expect(panel.get_by_text("A boat, pace 4.")).to_be_visible()
    expect(panel.get_by_text("and 7 others")).to_be_visible()
    expect(panel.get_by_text("There is no pace 9.")).to_be_visible()
    panel_page.quote(prompts=made[:1])
    expect(panel.get_by_text("Makes")).to_be_hidden()


# ---- options


def test_models_are_told_in_words(panel_page: Panel) -> None:
    """The list says what each takes and makes; the automatic choice names itself."""
    panel = panel_page.open()
    select = panel.get_by_role("combobox", name="Model")
    expect(select.locator("option")).to_have_text(
        [
            "Automatic (02-t2v)",
            "02-i2v: from an image, up to 10 s, 768P or 512P",
            "02-t2v: from words alone, up to 10 s",
            "2.3-i2v: from an image, up to 10 s, 768P or 1080P",
        ]
    )
    panel_page.change(**IMAGE)
    expect(select.locator("option").first).to_have_text("Automatic (02-i2v)")
    select.select_option("2.3-i2v")
    assert panel_page.trait("settings")["model"] == "2.3-i2v"
    select.select_option("")
    assert "model" not in panel_page.trait("settings")


def test_only_what_the_model_has_is_shown(panel_page: Panel) -> None:
    """Fields come and go with the model, and its limit counts."""
    panel = panel_page.open()
    expect(row(panel, "resolution")).to_be_hidden()
    expect(panel.get_by_role("group", name="Start image")).to_be_visible()
    panel.get_by_role("combobox", name="Model").select_option("2.3-i2v")
    expect(row(panel, "resolution")).to_be_visible()
    expect(row(panel, "optimizer")).to_be_hidden()
    expect(panel.get_by_role("group", name="End image")).to_be_hidden()
    expect(counter(panel)).to_have_text("0 / 5000")
    panel.get_by_role("combobox", name="Model").select_option("02-t2v")
    expect(panel.get_by_role("group", name="Start image")).to_be_hidden()


def test_changing_the_model_leaves_out_what_it_lacks(panel_page: Panel) -> None:
    """Settings that the new model has not are dropped, in words; the others stay."""
    settings = {"model": "02-i2v", "resolution": "512P", "optimizer": "off", "duration": "10"}
    panel = panel_page.open(settings=settings | {"name": "boat"})
    panel.get_by_role("combobox", name="Model").select_option("2.3-i2v")
    assert panel_page.trait("settings") == {"model": "2.3-i2v", "duration": "10", "name": "boat"}
    expect(panel.get_by_text("resolution 512P, optimizer off")).to_be_visible()


def test_one_value_is_chosen_by_a_click(panel_page: Panel) -> None:
    """Values behave as a radio row; the default goes without saying."""
    panel = panel_page.open()
    expect(chip(panel, "duration", "6")).to_have_attribute("aria-pressed", "true")
    chip(panel, "duration", "10").click()
    assert panel_page.trait("settings") == {"duration": "10"}
    expect(chip(panel, "duration", "6")).to_have_attribute("aria-pressed", "false")
    chip(panel, "duration", "6").click()
    assert panel_page.trait("settings") == {}


def test_compare_lets_several_be_chosen(panel_page: Panel) -> None:
    """The switch at the row's end makes a row of boxes; one value always stays."""
    panel = panel_page.open()
    compare = row(panel, "duration").get_by_role("button", name="Compare")
    compare.click()
    expect(row(panel, "duration").get_by_text("Choose two or more")).to_be_visible()
    chip(panel, "duration", "10").click()
    assert panel_page.trait("settings") == {"duration": "6,10"}
    chip(panel, "duration", "6").click()
    chip(panel, "duration", "10").click()
    assert panel_page.trait("settings") == {"duration": "10"}
    chip(panel, "duration", "6").click()
    compare.click()
    assert panel_page.trait("settings") == {}
    expect(compare).to_have_attribute("aria-pressed", "false")


@pytest.mark.parametrize("key", ["Shift", "Control"])
def test_a_key_held_adds_a_value(panel_page: Panel, key: Any) -> None:
    """Shift or Ctrl and a click choose one more, for who knows."""
    panel = panel_page.open()
    chip(panel, "optimizer", "off").click(modifiers=[key])
    assert panel_page.trait("settings") == {"optimizer": "on,off"}


def test_models_can_be_compared(panel_page: Panel) -> None:
    """Compare turns the list of models into a row of them."""
    panel = panel_page.open(settings={"model": "02-i2v"})
    row(panel, "model").get_by_role("button", name="Compare").click()
    chip(panel, "model", "2.3-i2v").click()
    assert panel_page.trait("settings") == {"model": "02-i2v,2.3-i2v"}
    expect(row(panel, "resolution").locator(".chip")).to_have_text(["768P", "512P", "1080P"])


def test_an_impossible_pair_cannot_be_chosen(panel_page: Panel) -> None:
    """The value that does not go with the rest stays out, and says why; then it comes back."""
    panel = panel_page.open(settings={"model": "2.3-i2v", "duration": "10"})
    impossible = chip(panel, "resolution", "1080P")
    expect(impossible).to_have_attribute("aria-disabled", "true")
    expect(impossible).to_have_attribute("title", "2.3-i2v makes no 10 s clip at 1080P.")
    expect(impossible).to_have_accessible_description("2.3-i2v makes no 10 s clip at 1080P.")
    expect(row(panel, "resolution").get_by_text("2.3-i2v makes no 10 s")).to_be_visible()
    impossible.click(force=True)
    impossible.focus()
    panel_page.page.keyboard.press("Enter")
    assert "resolution" not in panel_page.trait("settings")
    chip(panel, "duration", "6").click()
    impossible.click()
    assert panel_page.trait("settings") == {"model": "2.3-i2v", "resolution": "1080P"}
    expect(chip(panel, "duration", "10")).to_have_attribute("aria-disabled", "true")


def test_a_made_up_model_and_option_work(panel_page: Panel) -> None:
    """A row in the catalogue is all that a new model and each kind of option need."""
    panel = panel_page.open(catalogue=FUTURE)
    expect(row(panel, "style")).to_be_hidden()
    panel.get_by_role("combobox", name="Model").select_option("9-x2v")
    expect(counter(panel)).to_have_text("0 / 20")
    expect(chip(panel, "duration", "60")).to_have_text("60 s")
    chip(panel, "style", "wild").click(modifiers=["Shift"])
    chip(panel, "loop", "on").click(modifiers=["Shift"])
    panel.get_by_role("textbox", name="Mood").fill("merry")
    panel.get_by_text("More options").click()
    panel.get_by_role("checkbox", name="Secret").check()
    assert panel_page.trait("settings") == {
        "model": "9-x2v",
        "style": "calm,wild",
        "loop": "on",
        "mood": "merry",
        "secret": True,
    }


def test_a_setting_that_the_model_lacks_can_be_taken_away(panel_page: Panel) -> None:
    """What came from Python and does not fit is shown with the reason, and goes by a click."""
    panel = panel_page.open(settings={"model": "02-t2v", "resolution": "512P"})
    expect(panel.get_by_text("02-t2v has no setting “Resolution”.")).to_be_visible()
    row(panel, "resolution").get_by_role("button", name="Compare").wait_for(state="hidden")
    chip(panel, "resolution", "512P").click()
    assert panel_page.trait("settings") == {"model": "02-t2v"}
    expect(row(panel, "resolution")).to_be_hidden()


def test_more_options_are_told_late_and_whole(panel_page: Panel) -> None:
    """Text is told when the field is left; an image that came meanwhile stays."""
    panel = panel_page.open()
    panel.get_by_text("More options").click()
    repeat = panel.get_by_role("textbox", name="Repeat")
    expect(repeat).to_have_accessible_description("samples 1 to N of the same request")
    repeat.press_sequentially("12")
    assert panel_page.saves == 0
    panel_page.change(settings={"image": "photo"})
    panel.get_by_role("textbox", name="Max credits").focus()
    prompt(panel).focus()
    prompt(panel).blur()
    panel_page.page.wait_for_function("() => window.model.traits.settings.repeat === '12'")
    assert panel_page.trait("settings") == {"image": "photo", "repeat": "12"}


def test_a_bad_name_says_so(panel_page: Panel) -> None:
    """A name that cannot be a variable is marked, in words."""
    panel = panel_page.open()
    panel.get_by_text("More options").click()
    name = panel.get_by_role("textbox", name="Name")
    name.fill("2 boats")
    expect(name).to_have_attribute("aria-invalid", "true")
    expect(panel.get_by_text("Use letters, digits and _ only")).to_be_visible()
    name.fill("bateau_über_2")
    expect(name).to_have_attribute("aria-invalid", "false")


def test_a_problem_stands_at_its_field(panel_page: Panel) -> None:
    """Each is tied to the field it is about, which unfolds; the button says that there are some."""
    panel = panel_page.open(prompt="A boat")
    panel_page.quote(
        can_send=False,
        problems=[
            {"field": "repeat", "words": "No number."},
            {"field": "prompt", "words": "Too rude."},
            {"field": "duration", "words": "Too long."},
            {"field": "", "words": "The budget is used up."},
        ],
    )
    repeat = panel.get_by_role("textbox", name="Repeat")
    expect(repeat).to_be_visible()
    expect(repeat).to_have_accessible_description("samples 1 to N of the same request No number.")
    expect(row(panel, "duration").get_by_text("Too long.")).to_be_visible()
    expect(panel.locator(".script").get_by_text("Too rude.")).to_be_visible()
    expect(panel.locator(".price").get_by_text("The budget is used up.")).to_be_visible()
    expect(panel.locator(".price").get_by_text("see the words marked above")).to_be_visible()


# ---- the price and the button


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


def test_a_choice_is_not_undone_by_older_typing(page: Page) -> None:
    """What is chosen while typing still rests takes the typing along, and stays chosen."""
    page.clock.install()
    behind = Panel(page)
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


def test_what_comes_with_its_price_is_not_veiled(page: Page) -> None:
    """Settings that Python sets take the confirmation back, and leave the price as it is."""
    page.clock.install()
    behind = Panel(page)
    confirm = {"button": "Yes, generate 30 clips", "words": "That is above 200."}
    panel = behind.open(quote=QUOTE | {"confirm": confirm})
    page.clock.pause_at("2100-01-01")
    go(panel).click()
    expect(go(panel)).to_have_text(confirm["button"])
    behind.change(settings={"duration": "10"}, prompt="From the gallery")
    page.clock.run_for(1_000)
    expect(go(panel)).to_have_text(QUOTE["button"])


def test_an_old_price_is_veiled_without_a_flicker(page: Page) -> None:
    """A quick quote never shows the dots; a slow one does, until it is there."""
    page.clock.install()
    behind = Panel(page)
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


def test_a_price_that_stays_the_same_comes_back(page: Page) -> None:
    """A change that leaves the quote as it was brings no message; the dots end by themselves."""
    page.clock.install()
    behind = Panel(page)
    panel = behind.open()
    page.clock.pause_at("2100-01-01")
    prompt(panel).press_sequentially("b")
    page.clock.run_for(600)
    expect(go(panel)).to_have_text("Generate … clip, …")
    assert behind.trait("prompt") == "b"
    page.clock.run_for(4_000)
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


# ---- all of it


def test_foreign_text_is_shown_as_text(panel_page: Panel) -> None:
    """Markup in what Python or the service say makes no element and runs nothing."""
    bad = "<img src=x onerror=alert(1)>"
    panel_page.page.once("dialog", lambda dialog: pytest.fail(dialog.message))
    panel = panel_page.open(
        quote=QUOTE
        | {
            "button": bad,
            "lines": [bad],
            "notes": [bad],
            "prompts": [{"label": bad, "text": bad}] * 2,
            "left_out": [[bad, bad]],
            "problems": [{"field": field, "words": bad} for field in ("", "prompt", "image")],
        }
    )
    expect(panel.locator("img[src=x]")).to_have_count(0)
    assert panel.inner_text().count(bad) >= 8


@pytest.mark.parametrize("width_px", [400, 760, 1200])
def test_nothing_sticks_out(panel_page: Panel, width_px: int) -> None:
    """At every width the page does not scroll sideways, whatever the words."""
    panel_page.page.set_viewport_size({"width": width_px, "height": 900})
    long = "x" * 300
    panel_page.open(
        prompt=long,
        **IMAGE,
        quote=QUOTE
        | {
            "button": f"Generate {long}",
            "lines": [long],
            "prompts": [{"label": long, "text": long}] * 2,
            "left_out": [[long, long]],
            "problems": [{"field": field, "words": long} for field in ("", "image", "duration")],
        },
    )
    assert panel_page.page.evaluate("() => document.documentElement.scrollWidth") <= width_px


def test_tab_goes_from_top_to_bottom(panel_page: Panel) -> None:
    """The order of the keyboard is the order of the eye, and ends at the copies."""
    panel_page.page.set_viewport_size({"width": 330, "height": 1000})  # all in one column
    panel = panel_page.open(quote=QUOTE | {"can_send": True})
    prompt(panel).focus()
    middles = []
    for _ in range(40):
        panel_page.page.keyboard.press("Tab")
        if panel.get_by_role("button", name="Copy as Python").evaluate(
            "(one) => one === document.activeElement"
        ):
            break
        middles.append(
            panel_page.page.evaluate("""() => {
              const { top, bottom } = document.activeElement.getBoundingClientRect();
              return Math.round((top + bottom) / 2);
            }""")
        )
    else:
        pytest.fail("the last button was never reached")
    assert middles == sorted(middles)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("colours", ["none", "active"])
def test_axe_finds_nothing(panel_page: Panel, theme: Any, colours: Any) -> None:
    """In every theme names, roles, order and contrast are right, problems and all."""
    page = panel_page.page
    page.emulate_media(color_scheme=theme, forced_colors=colours)
    panel = panel_page.open(
        head=f"<style>{themed(theme)}</style>",
        prompt="A boat",
        frames=IMAGE["frames"],
        settings={"image": "sample:peak", "model": "2.3-i2v,02-i2v", "duration": "10"},
        quote=QUOTE
        | {
            "prompts": [{"label": "a", "text": "b"}] * 5,
            "left_out": [["a", "b"]],
            "notes": ["A note."],
            "again": {"button": "Another sample, 30 credits", "credits": 30},
            "problems": [{"field": f, "words": "No."} for f in ("", "image", "repeat", "model")],
        },
    )
    panel.get_by_role("button", name="Samples").first.click()
    found = Axe().run(page, options={"rules": {"page-has-heading-one": {"enabled": False}}})
    assert [one["id"] for one in found.response["violations"]] == [], found.generate_report()


def test_leaving_ends_every_listener(panel_page: Panel) -> None:
    """After the view ends the model has no listener left and the page no panel."""
    panel = panel_page.open()
    prompt(panel).press_sequentially("A boat")
    panel_page.page.evaluate("() => { for (const leave of window.leave) leave(); }")
    assert panel_page.page.evaluate("() => window.listeners()") == 0
    assert panel_page.trait("prompt") == "A boat"
    expect(panel_page.page.locator(".hailuo-panel")).to_have_count(0)
