"""The panel as people and the browser hold it: each click counts once, both sides agree."""

from collections.abc import Callable
from typing import Any

import pytest

from hailuo_nb.errors import HailuoError, KeyInCell, NameInUse, UsageError
from hailuo_nb.runner.experiment import Experiment
from hailuo_nb.runner.task import Task
from hailuo_nb.session.session import Session
from tests.notebook.panel.conftest import Asked
from tests.runner.service import until
from tests.session.conftest import KEY, Stage, set_balance

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


def test_a_sum_of_listed_prices_is_exact(panel: Make) -> None:
    """Button and line say the same of it: one figure, no range."""
    shown = panel("a sea", image="sample:peak", model="02-i2v")
    assert shown.quote["button"] == "Generate 1 clip, 30 credits"
    assert shown.quote["lines"][0].startswith("1 clip, 30 credits")
    shown.prompt = "a {b|c} sea"
    assert shown.quote["button"] == "Generate 2 clips, 60 credits"


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


def test_balance_and_budget_stand_with_the_price(
    panel: Make, session: Session, stage: Stage
) -> None:
    """What is left of both is told where it is known, and a cap of the session as well."""
    set_balance(stage, 880)
    session.history.budget.set_cap(200, "day")
    session.history.budget.set_cap(120, "session")
    shown = panel("a sea", duration="10")
    until(lambda: len(shown.quote["lines"]) == 4)
    shown.prompt = "a calm sea"
    first, *others = shown.quote["lines"]
    assert first.startswith("1 clip, 50 credits")
    assert others == [
        "balance 880 credits",
        "budget: 200 of 200 a day left",
        "budget: 120 of 120 a session left",
    ]
