"""The composer in a browser, a fake model behind it: prompt, cameras, options."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.views.panel.composer_page import FUTURE, IMAGE, chip, counter, go, prompt, row
from tests.views.panel.fake import CATALOGUE, Panel
from tests.views.site import Site

# ---- the prompt


@pytest.fixture
def still(page: Page, site: Site) -> Panel:
    """Hand out a panel in which typing never rests, however slowly the keys come."""
    page.clock.install()
    page.clock.pause_at("2100-01-01")
    return Panel(page, site)


def test_typing_sends_one_message(still: Panel) -> None:
    """Keys send nothing; leaving the field tells the whole text once."""
    panel = still.open()
    prompt(panel).press_sequentially("A boat", delay=0)
    assert (still.saves, still.trait("prompt")) == (0, "")
    prompt(panel).blur()
    assert (still.saves, still.trait("prompt")) == (1, "A boat")


def test_the_prompt_follows_but_never_over_typing(still: Panel) -> None:
    """What Python or the other view writes shows, unless the person is typing there."""
    panel = still.open(places=2)
    other = prompt(still.page.locator(".hailuo-panel").nth(1))
    still.change(prompt="From a cell")
    expect(prompt(panel)).to_have_value("From a cell")
    prompt(panel).press_sequentially("!")
    still.change(prompt="Anew")
    expect(prompt(panel)).not_to_have_value("Anew")
    expect(other).to_have_value("Anew")
    typed = prompt(panel).input_value()
    prompt(panel).blur()
    expect(other).to_have_value(typed)
    assert still.trait("prompt") == typed


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


def test_what_a_model_lacked_is_told_once(panel_page: Panel) -> None:
    """The words go with the next change of the settings, and when the clip is made."""
    panel = panel_page.open(settings={"model": "02-i2v", "resolution": "512P"})
    select = panel.get_by_role("combobox", name="Model")
    said = panel.get_by_text("Left out, as")
    select.select_option("2.3-i2v")
    expect(said).to_have_text("Left out, as 2.3-i2v has no such thing: resolution 512P.")
    prompt(panel).fill("A boat")
    expect(said).to_be_visible()
    chip(panel, "duration", "10").click()
    expect(said).to_be_hidden()
    select.select_option("02-i2v")
    panel_page.change(settings={"model": "02-i2v", "resolution": "512P"})
    select.select_option("2.3-i2v")
    expect(said).to_be_visible()
    go(panel).click()
    expect(said).to_be_hidden()


def test_what_the_model_makes_anyway_is_not_missed(panel_page: Panel) -> None:
    """A value that the new model has fixed goes without a word; the others are named."""
    models = [
        model | ({"fixed": ["768P"]} if model["short"] == "02-t2v" else {})
        for model in CATALOGUE["models"]
    ]
    settings = {"model": "02-i2v", "resolution": "768P", "optimizer": "off"}
    panel = panel_page.open(catalogue=CATALOGUE | {"models": models}, settings=settings)
    select = panel.get_by_role("combobox", name="Model")
    select.select_option("02-t2v")
    assert panel_page.trait("settings") == {"model": "02-t2v", "optimizer": "off"}
    expect(panel.get_by_text("Left out, as")).to_be_hidden()
    panel_page.change(settings=settings | {"resolution": "512P"})
    select.select_option("02-t2v")
    expect(panel.get_by_text("no such thing: resolution 512P.")).to_be_visible()


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


def test_more_options_are_told_late_and_whole(still: Panel) -> None:
    """Text is told when the field is left; an image that came meanwhile stays."""
    panel = still.open()
    panel.get_by_text("More options").click()
    repeat = panel.get_by_role("textbox", name="Repeat")
    expect(repeat).to_have_accessible_description("samples 1 to N of the same request")
    repeat.press_sequentially("12")
    assert still.saves == 0
    still.change(settings={"image": "photo"})
    panel.get_by_role("textbox", name="Max credits").focus()
    prompt(panel).focus()
    prompt(panel).blur()
    still.page.wait_for_function("() => window.model.traits.settings.repeat === '12'")
    assert still.trait("settings") == {"image": "photo", "repeat": "12"}


def test_a_bad_name_says_so(panel_page: Panel) -> None:
    """A name that cannot be a variable is marked, in words."""
    panel = panel_page.open()
    panel.get_by_text("More options").click()
    name = panel.get_by_role("textbox", name="Name")
    name.fill("2 boats")
    expect(name).to_have_attribute("aria-invalid", "true")
    expect(panel.get_by_text("Use letters, digits and _ only")).to_be_visible()
    name.fill("class")
    expect(panel.get_by_text("class is a word of Python's own")).to_be_visible()
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
