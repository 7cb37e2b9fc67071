"""The panel as people and the browser hold it: each click counts once, both sides agree."""

import ast
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from hailuo_nb import api
from hailuo_nb.core.cell_line import read_line
from hailuo_nb.core.models import MODELS
from hailuo_nb.core.task import FINAL
from hailuo_nb.errors import HailuoError, KeyInCell, NameInUse, UsageError
from hailuo_nb.notebook.panel import gallery as gallery_module
from hailuo_nb.runner.experiment import Experiment
from hailuo_nb.runner.task import Task
from hailuo_nb.session.session import Session
from tests.notebook.panel.conftest import Asked
from tests.session.conftest import KEY, Stage

Make = Callable[..., Asked]
PROMPT = "[Push in] a {slow|fast} storm"


def test_the_button_is_generate(panel: Make, stage: Stage) -> None:
    """generate() sends what the form says, once, and returns what a cell would bind."""
    made = panel(PROMPT, image="sample:peak", duration="6").generate()
    assert isinstance(made, Experiment)
    made.wait()
    assert sorted(task.prompt for task in made) == [
        "[Push in] a fast storm",
        "[Push in] a slow storm",
    ]
    assert len(stage.ledger()) >= 2


def test_one_prompt_is_one_task(panel: Make) -> None:
    """Without an axis it returns the task itself, as `hailuo_nb.generate` does."""
    assert isinstance(panel("a sea").generate(), Task)


def test_a_double_click_sends_once(panel: Make, session: Session) -> None:
    """Two clicks of one turn, such as on a busy kernel, are one: also for another sample."""
    shown = panel("a sea")
    turn = shown.quote["turn"]
    first = shown.click(turn=turn)
    assert len(first["ids"]) == 1
    assert shown.click(turn=turn) == {"answer": "q", "ignored": True}
    assert shown.quote["again"]["button"].startswith("Another sample")
    again = {"due": 1, "credits": shown.quote["again"]["credits"]}
    turn = shown.quote["turn"]
    second = shown.click(turn=turn, again=True, seen=again)
    shown.click(turn=turn, again=True, seen=again)
    assert len(session.tasks) == 2
    assert second["ids"] != first["ids"]


def test_nothing_is_sent_above_the_price_that_was_seen(panel: Make, session: Session) -> None:
    """What was typed after the price was drawn may cost more: then it is asked for again."""
    shown = panel("a sea")
    answer = shown.click(prompt="a {b|c|d} sea")
    assert answer["changed"] is True
    assert session.tasks == []
    assert shown.quote["due"] == 3
    assert len(shown.click()["ids"]) == 3


def test_another_family_is_made_from_the_form(panel: Make, stage: Stage) -> None:
    """The form has what its row says; what is sent and what the clip gives back are the same."""
    wide = {"model": "h3-t2v", "aspect_ratio": "9:16", "duration": "15", "resolution": "2K"}
    shown = panel("a wide lake", **wide)
    assert shown.quote["button"] == "Generate 1 clip, 195 credits"
    made = shown.generate()
    assert isinstance(made, Task)
    made.wait(60)
    (row,) = [one for one in stage.ledger() if one["input"]["prompt"] == "a wide lake"]
    assert row["input"] == {
        "prompt": "a wide lake",
        "aspect_ratio": "9:16",
        "duration": 15,
        "resolution": "2K",
    }
    shown.settings = {}
    shown.ask("use", id=made.id)
    assert shown.settings == wide
    models = {model["short"]: model for model in shown.catalogue["models"]}
    assert "unverified" in models["h3-t2v"]["fixed"]
    assert set(models["h3-t2v"]["fields"]) == {"duration", "resolution", "aspect_ratio"}
    assert set(models["h3-i2v"]["fields"]) == {"duration", "resolution"}


def test_the_price_is_named(panel: Make) -> None:
    """The button says how many clips and credits; what is there already is free."""
    shown = panel("a {b|c} sea", duration="10")
    assert shown.quote["button"] == "Generate 2 clips, 100 credits"
    assert [one["text"] for one in shown.quote["prompts"]] == ["a b sea", "a c sea"]
    made = shown.generate()
    assert isinstance(made, Experiment)
    assert shown.quote["button"] == "Show 2 clips, free"
    shown.prompt = "a {b|c|d} sea"
    assert shown.quote["button"] == "Generate 1 clip, 50 credits"


def test_one_clip_of_no_listed_price_is_about_as_much(panel: Make) -> None:
    """Button and line say the same of it; of several the range stands there."""
    shown = panel("a sea", image="sample:peak", model="02-i2v")
    assert shown.quote["button"] == "Generate 1 clip, 30 credits"
    assert shown.quote["lines"][0].startswith("1 clip, 30 credits")
    shown.prompt = "a {b|c} sea"
    assert shown.quote["button"] == "Generate 2 clips, 60-90 credits"


def test_above_a_cells_limits_a_second_click_is_needed(panel: Make, session: Session) -> None:
    """More credits or tasks than a cell may take need the click that names the number."""
    shown = panel("a {1|2|3|4|5|6|7|8} sea", duration="10")
    assert shown.quote["confirm"]["button"] == "Yes, generate 8 clips, 400 credits"
    assert "200" in shown.quote["confirm"]["words"]
    assert "refused" in shown.click()
    assert session.tasks == []
    assert len(shown.click(confirmed=True)["ids"]) == 8


def test_another_sample_of_many_needs_a_second_click(panel: Make, session: Session) -> None:
    """More samples are held to the same limits: the number is named, then confirmed."""
    shown = panel("a {1|2|3|4|5} sea", duration="10", max_credits="250")
    shown.generate()
    shown.settings = {"duration": "10"}
    again = shown.quote["again"]
    assert again["button"] == "Another sample of each of 5, 250 credits"
    assert again["confirm"]["button"] == "Yes, generate 5 clips, 250 credits"
    seen = {"due": again["due"], "credits": again["credits"]}
    assert "refused" in shown.click(again=True, seen=seen)
    assert len(session.tasks) == 5
    assert len(shown.click(again=True, seen=seen, confirmed=True)["ids"]) == 5
    assert len(session.tasks) == 10


def test_another_sample_never_costs_more_than_its_button_said(
    panel: Make, session: Session
) -> None:
    """Text that was changed meanwhile makes more samples than were seen: it is asked anew."""
    shown = panel("a {b|c} sea")
    shown.generate()
    again = shown.quote["again"]
    seen = {"due": again["due"], "credits": again["credits"]}
    assert shown.click(again=True, seen=seen, prompt="a {b|c|d} sea")["changed"] is True
    assert len(session.tasks) == 2


def test_a_cap_says_why_there_is_no_other_sample(panel: Make, session: Session) -> None:
    """What is there stays free to show; another one is above the day's budget, in words."""
    shown = panel("a sea", duration="10")
    shown.generate()
    session.history.budget.set_cap(60, "day")
    shown.prompt = "a sea "
    shown.prompt = "a sea"
    assert shown.quote["can_send"]
    assert shown.quote["again"] is None
    assert "60 a day" in shown.quote["notes"][0]


def test_a_cap_of_ones_own_cannot_be_clicked_away(panel: Make, session: Session) -> None:
    """The day's budget stands above any second click."""
    session.history.budget.set_cap(40, "day")
    shown = panel("a sea", duration="10")
    assert shown.quote["confirm"] is None
    assert not shown.quote["can_send"]
    assert "40 a day" in shown.quote["problems"][0]["words"]
    assert "refused" in shown.click(confirmed=True)


@pytest.mark.parametrize(
    ("prompt", "options", "field"),
    [
        ("a {{missing_name}} sea", {}, "prompt"),
        ("a" * 2000, {}, "prompt"),
        ("a", {"image": "nowhere.png"}, "image"),
        ("a", {"model": "2.3-i2v", "image": "sample:peak", "duration": "10",
               "resolution": "1080P"}, "duration"),
        ("a", {"repeat": "nine"}, "repeat"),
        ("a", {"name": "two words"}, "name"),
        ("a", {"model": "no-such"}, "model"),
    ],
)  # fmt: skip
def test_a_problem_stands_at_its_field(
    panel: Make, prompt: str, options: dict[str, Any], field: str
) -> None:
    """What cannot be sent says why, beside the field that it is about; nothing can be sent."""
    shown = panel(prompt, **options)
    assert [one["field"] for one in shown.quote["problems"]] == [field]
    assert not shown.quote["can_send"]
    with pytest.raises(HailuoError):
        shown.generate()


def test_an_empty_prompt_is_no_error_yet(panel: Make) -> None:
    """A new panel complains of nothing, but cannot send."""
    shown = panel()
    assert (shown.quote["problems"], shown.quote["can_send"]) == ([], False)
    with pytest.raises(UsageError, match="no prompt"):
        shown.generate()


def test_a_variable_of_the_persons_is_never_overwritten(
    panel: Make, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name may not be taken by something else."""
    monkeypatch.setattr(type(session.host), "names", {"data": 1})
    shown = panel("a", name="data")
    assert shown.quote["problems"][0]["field"] == "name"
    with pytest.raises(NameInUse):
        shown.generate()


def test_the_key_is_refused_and_never_told(panel: Make) -> None:
    """A prompt with the key in it is not sent, and no message or trait carries the key."""
    shown = panel(f"a {KEY}")
    assert not shown.quote["can_send"]
    with pytest.raises(KeyInCell):
        shown.generate()
    shown.prompt = "a sea"
    shown.generate()
    assert KEY not in repr(shown.heard.messages) + repr(shown.quote) + repr(shown.first)


def test_unknown_settings_are_dropped(panel: Make) -> None:
    """Whatever a browser or an older notebook sets, only options that a cell has are kept."""
    shown = panel("a", duration="6", nonsense="x", wait=True, again=False, image="")
    assert shown.settings == {"duration": "6"}


def test_a_switch_may_be_given_as_python_says_it(panel: Make) -> None:
    """True and False stand in the form as on and off, and are sent as such."""
    shown = panel("a sea", optimizer=False, nsfw_check=True)
    assert shown.settings == {"optimizer": "off", "nsfw_check": "on"}
    assert "--optimizer off --nsfw-check on" in shown.as_cell()


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\r\x00\x0b\x0c\x85"), max_size=40)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    prompt=TEXTS,
    options=st.fixed_dictionaries(
        {},
        optional={
            "model": st.sampled_from([model.short for model in MODELS]),
            "duration": st.sampled_from(["6", "10", "6,10"]),
            "resolution": st.sampled_from(["768P", "512P,768P"]),
            "optimizer": st.sampled_from(["on", "off", "on,off"]),
            "image": st.sampled_from(["sample:peak", ["sample:peak", "sample:forest"]]),
            "repeat": st.sampled_from(["1", "2"]),
            "verbatim": st.just(True),
            "again": st.just(True),
        },
    ),
)
@example(prompt="{a|b}\n---\n\\{c\\} 'x' \"y\" \\", options={"duration": "6,10"})
@example(prompt=" lines\n\nwith blanks \n", options={"verbatim": True})
def test_a_copied_cell_and_python_ask_for_the_same(
    panel: Make, prompt: str, options: dict[str, Any]
) -> None:
    """What is copied, read as IPython and Python read it, makes the very same requests."""
    shown = panel(prompt, **options)
    if not shown.quote["can_send"]:
        return
    line, _, body = shown.as_cell().partition("\n")
    read = read_line(line.removeprefix("%%hailuo"))
    body = body if body.endswith("\n") else body + "\n"  # as IPython hands it on
    by_cell = api.generate(body, dry_run=True, **read.values)  # type: ignore[arg-type]
    call = ast.parse(shown.as_python()).body[-1]
    assert isinstance(call, ast.Expr)
    assert isinstance(call.value, ast.Call)
    words = {str(one.arg): ast.literal_eval(one.value) for one in call.value.keywords}
    by_python = api.generate(ast.literal_eval(call.value.args[0]), dry_run=True, **words)
    assert repr(by_cell) == repr(by_python)
    by_form = shown.ask("copy", **{"as": "cell", "prompt": prompt, "settings": options})
    assert by_form["text"] == shown.as_cell()


def test_what_is_copied_is_what_is_sent(panel: Make, session: Session) -> None:
    """The cell's task is the panel's own task: run after it, the cell is free."""
    shown = panel("a \\{quiet\\} sea", image="sample:peak", duration="10", optimizer="off")
    made = shown.generate()
    assert isinstance(made, Task)
    line, _, body = shown.as_cell().partition("\n")
    values = read_line(line.removeprefix("%%hailuo")).values
    again = api.generate(body + "\n", **values)  # type: ignore[arg-type]
    assert isinstance(again, Task)
    assert again.id == made.id


def test_rows_tell_of_a_clip_from_start_to_end(panel: Make, session: Session) -> None:
    """Each change of a task comes once, the last one with its clip."""
    shown = panel("a sea")
    made = shown.generate()
    assert isinstance(made, Task)
    made.wait()
    shown.gallery.look()
    told = [row for message in shown.heard.of("rows") for row in message["rows"]]
    states = [row["state"] for row in told if row["id"] == made.id]
    assert states[-1] == "done"
    assert told[-1]["src"].endswith(f"{made.id}.mp4")
    shown.heard.messages.clear()
    shown.gallery.look()
    assert shown.heard.of("rows") == []


def test_rows_tell_when_there_is_a_picture(panel: Make, session: Session, stage: Stage) -> None:
    """What failed before a clip was made has its start image, and its row says so at the end."""
    stage.play("fail-moderation")
    shown = panel("a sea", image="sample:peak")
    made = shown.generate()
    assert isinstance(made, Task)
    with pytest.raises(HailuoError):
        made.wait()
    shown.gallery.look()
    told = [row for message in shown.heard.of("rows") for row in message["rows"]]
    assert (told[-1]["state"], told[-1]["has_picture"]) == ("failed", True)
    assert list(shown.ask("posters", ids=[made.id])["posters"]) == [made.id]
    (listed,) = shown.ask("page", filter={})["rows"]
    assert listed["has_picture"] is True
    without = panel("a calm lake").generate()
    assert isinstance(without, Task)
    (listed,) = shown.ask("page", filter={"text": "lake"})["rows"]
    assert listed["has_picture"] is False
    with pytest.raises(HailuoError):
        without.wait()


def test_another_kernels_task_is_followed(panel: Make, session: Session, stage: Stage) -> None:
    """A task on the same history that this process does not run shows up and changes."""
    from hailuo_nb.config import read_config

    shown = panel("a sea")
    environ = {"HAILUO_HOME": str(session.config.home), "HAILUO_BASE_URL": stage.url}
    other = Session(read_config(environ, session_key=KEY), display=lambda task: None)
    try:
        made = other.dispatch.submit(_order("a far sea"))
        shown.gallery.look()
        shown.gallery.look()
        made.wait()
        shown.gallery.look()
    finally:
        other.close()
    told = [row for message in shown.heard.of("rows") for row in message["rows"]]
    mine = [row for row in told if row["id"] == made.id]
    assert mine[0]["state"] not in FINAL
    assert (mine[-1]["state"], mine[-1]["here"]) == ("done", False)


def _order(prompt: str) -> Any:
    from hailuo_nb.session.expand import Ask, expand_ask

    return expand_ask(Ask(prompt=prompt), {}).clips[0]


def test_a_hundred_running_tasks_are_one_message(panel: Make, session: Session) -> None:
    """However many change, a look is one message; a look at nothing new is none."""
    shown = panel(max_tasks="100", max_credits="9000")
    shown.prompt = "{" + "|".join(f"sea {at}" for at in range(96)) + "}"
    made = shown.generate()
    assert isinstance(made, Experiment)
    shown.heard.messages.clear()
    for _ in range(5):
        shown.gallery.look()
    assert len(shown.heard.of("rows")) <= 5 + 5  # the gallery's own looks besides these
    assert all(len(message["rows"]) <= 96 for message in shown.heard.of("rows"))
    made.stop()


def test_rename_hide_and_search(panel: Make) -> None:
    """A clip is renamed and hidden from the gallery, found by its name, and stays what it is."""
    shown = panel("a sea")
    made = shown.generate()
    assert isinstance(made, Task)
    assert "refused" in shown.ask("rename", id=made.id, name="  ")
    shown.ask("rename", id=made.id, name="<b>first</b>\n try")
    assert shown.heard.of("rows")[-1]["rows"][0]["label"] == "<b>first</b> try"
    assert shown.ask("page", filter={"text": "first TRY"})["total"] == 1
    shown.selection = [made.id]
    shown.ask("hide", id=made.id, hidden=True)
    assert shown.selection == []
    assert shown.ask("page", filter={})["total"] == 0
    (row,) = shown.ask("page", filter={"hidden": True})["rows"]
    assert row["hidden"] is True
    made.stop()


def test_a_finished_clip_goes_back_into_the_form(panel: Make) -> None:
    """Its prompt and settings ask for the very same clip; its last frame starts the next."""
    shown = panel("a {{quiet}} sea", verbatim=True, image="sample:peak", duration="10")
    made = shown.generate()
    assert isinstance(made, Task)
    made.wait()
    other = panel("something else", end_image="sample:forest", repeat="3")
    other.ask("use", id=made.id)
    assert other.quote["due"] == 0
    assert other.settings["image"] == "sample:peak"
    assert "repeat" not in other.settings
    other.ask("continue", id=made.id)
    assert other.settings["image"] == f"clip:{made.id}"
    assert other.frames["image"]["thumbnail"].startswith("data:image/jpeg")
    (due,) = api.generate("on", dry_run=True, **other.settings).clips  # type: ignore[union-attr]
    assert made.id in str(due.body)


def test_a_failed_clip_is_tried_again_once(panel: Make, session: Session, stage: Stage) -> None:
    """Two clicks on "Try again" make one new task, for what was refused."""
    stage.play("fail-moderation")
    shown = panel("a sea")
    made = shown.generate()
    assert isinstance(made, Task)
    with pytest.raises(HailuoError):
        made.wait()
    stage.play()
    shown.ask("retry", id=made.id)
    shown.ask("retry", id=made.id)
    assert len(session.tasks) == 2
    session.tasks[-1].wait()


def test_clips_are_compared_in_the_panel(panel: Make) -> None:
    """2 to 9 clips come as one comparison; fewer are refused in words."""
    shown = panel("a {b|c} sea")
    made = shown.generate()
    assert isinstance(made, Experiment)
    made.wait()
    html = shown.ask("compare", ids=[task.id for task in made])["html"]
    assert html.count("<video") == 2
    assert "<script" not in html
    assert "2 to 9" in shown.ask("compare", ids=[made[0].id])["refused"]


def test_a_clip_comes_in_pieces_where_the_page_cannot_load_it(panel: Make) -> None:
    """Its pieces make the file again; an unknown one is refused."""
    shown = panel("a sea")
    made = shown.generate()
    assert isinstance(made, Task)
    made.wait()
    assert made.video is not None
    got = b""
    size = 1
    while len(got) < size:
        size = shown.ask("clip", id=made.id, start=len(got))["size"]
        got += shown.heard.buffers[-1][0]
    assert got == made.video.read_bytes()
    assert "refused" in shown.ask("clip", id="nothing", start=0)


def test_the_saved_picture_is_light_and_plain(panel: Make) -> None:
    """It names what stands in the form as text and weighs little, whatever was typed."""
    shown = panel("<script>alert(1)</script> sea", duration="10")
    made = shown.generate()
    assert isinstance(made, Task)
    made.wait()
    html = shown._saved._picture(shown.prompt, shown.settings)["text/html"]
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert shown.place in html
    assert "duration 10" in html
    assert len(html) < 60_000


def test_the_first_page_is_small_with_ten_thousand_tasks(panel: Make, session: Session) -> None:
    """What the browser is sent at first does not grow with the history."""
    from dataclasses import replace

    first = session.dispatch.submit(_order("a sea"))
    with session.history.together():
        for at in range(300):
            one = replace(first.snapshot, id=f"x{at}", created_at=1e9 + at)
            session.history.add(one, folder=session.folder)
    shown = panel("a sea")
    assert shown.first["total"] == 301
    assert len(shown.first["rows"]) == 24
    assert shown.first["more"] is True


def test_what_failed_half_way_is_not_paid_again_by_the_same_click(
    panel: Make, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A click whose sending broke off is used up: pressed again, the button has a new turn."""
    shown = panel("a sea", again=True)
    turn = shown.quote["turn"]
    monkeypatch.setattr(session.dispatch, "submit", _broken)
    assert "refused" in shown.click(turn=turn)
    assert shown.click(turn=turn) == {"answer": "q", "ignored": True}
    assert shown.quote["turn"] == turn + 1


def _broken(order: object) -> Task:
    raise HailuoError("The disk is full.")


def test_panels_left_behind_fall_silent(panel: Make) -> None:
    """A cell run again and again makes panels: the last few are told of clips, all on asking."""
    made = [panel("a sea") for _ in range(5)]
    task = made[-1].generate()
    assert isinstance(task, Task)
    task.wait()
    for shown in made:
        shown.gallery.look()
    told = [bool(shown.heard.of("rows")) for shown in made]
    assert told == [True] * 5  # asked by hand, each knows
    followed = [shown for shown in made if shown.gallery in gallery_module._FOLLOWED]
    assert followed == made[-gallery_module.FOLLOWED_MAX :]
    made[0].ask("page", filter={})
    assert made[0].gallery in gallery_module._FOLLOWED
    made[0].close()
    assert made[0].gallery not in gallery_module._FOLLOWED


def test_balance_and_budget_stand_with_the_price(panel: Make, session: Session) -> None:
    """What is left of both is told where it is known, and a cap of the session as well."""
    session.history.budget.set_cap(200, "day")
    session.history.budget.set_cap(120, "session")
    shown = panel("a sea", duration="10")
    session.runner().shared.balance = 880.0
    shown.prompt = "a calm sea"
    first, *others = shown.quote["lines"]
    assert first.startswith("1 clip, 50 credits")
    assert others == [
        "balance 880 credits",
        "budget: 200 of 200 a day left",
        "budget: 120 of 120 a session left",
    ]
