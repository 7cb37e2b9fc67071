"""What a keystroke asks is bounded: counted before it is made, and quoted once at a time."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hailuo_nb.core import prompt as prompt_module
from hailuo_nb.core.request import make_request
from hailuo_nb.notebook.panel import form
from hailuo_nb.notebook.panel.quote import Renewing
from hailuo_nb.runner.task import Task
from hailuo_nb.session import expand
from hailuo_nb.session.plan import PlanItem
from hailuo_nb.session.session import Session
from hailuo_nb.store.history import History
from tests.notebook.panel.conftest import Asked
from tests.notebook.panel.test_frames import drop, picture
from tests.session.conftest import Stage
from tests.session.test_dispatch import counting

Make = Callable[..., Asked]


def axes(number: int) -> str:
    """Return a prompt of so many axes with two values each."""
    return " ".join("{a|b}" for _ in range(number))


def listed(number: int) -> str:
    """Return one axis of so many values."""
    return "{" + "|".join(f"sea {at}" for at in range(number)) + "}"


@pytest.fixture(autouse=True)
def _no_balance(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have no panel ask for the balance: its coming, whenever that is, would be one more quote."""
    monkeypatch.setattr(Asked, "_ask_balance", lambda _: None)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what grows by each prompt that is filled in and each request that is made."""
    found: list[str] = []
    filled = prompt_module._filled

    def counted_fill(*facts: Any) -> str:
        found.append("prompt")
        return filled(*facts)

    def counted_request(**facts: Any) -> Any:
        found.append("request")
        return make_request(**facts)

    monkeypatch.setattr(prompt_module, "_filled", counted_fill)
    monkeypatch.setattr(expand, "make_request", counted_request)
    return found


@pytest.mark.parametrize(
    ("prompt", "options"),
    [
        (axes(10), {}),
        (axes(13), {}),
        (axes(99), {}),
        ("\n---\n".join(["a sea"] * 1001), {}),
        ("\n---\n".join([listed(600)] * 2), {}),
        ("a sea", {"model": ",".join(["02-t2v"] * 500), "duration": "6,10,6"}),
        ("a sea", {"image": ["sample:peak"] * 24, "end_image": ["sample:peak"] * 24,
                   "duration": "6,10"}),
    ],
)  # fmt: skip
def test_beyond_the_cap_nothing_is_made(
    panel: Make, made: list[str], prompt: str, options: dict[str, Any]
) -> None:
    """What would be more than a form may ask for is counted and refused, and not expanded."""
    shown = panel()
    made.clear()
    shown.hear({"method": "update", "state": {"prompt": prompt, "settings": options}})
    assert not shown.quote["can_send"]
    assert "more than 1,000 clips" in shown.quote["problems"][0]["words"]
    assert len(made) <= 1  # the one prompt of what only its options multiply
    assert "refused" in shown.click(seen={"due": 9999, "credits": 9e9}, confirmed=True)
    assert shown.here.tasks == []


def test_a_thousand_are_quoted_in_one_go(
    panel: Make, session: Session, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the cap each request is made once, and only the first prompts are told."""
    monkeypatch.setattr(session.dispatch, "check_budget", lambda *_: None)
    shown = panel()
    made.clear()
    shown.prompt = listed(1000)
    assert shown.quote["due"] == 1000, shown.quote["problems"]
    assert (made.count("prompt"), made.count("request")) == (1000, 1000)
    assert len(shown.quote["prompts"]) + shown.quote["more_prompts"] == 1000
    assert len(shown.quote["prompts"]) < 30


def test_samples_count_as_well(panel: Make) -> None:
    """Fifty prompts twenty-four times are more than a form may ask for."""
    shown = panel(listed(50), repeat="24")
    assert "more than 1,000 clips" in shown.quote["problems"][0]["words"]


@pytest.mark.parametrize(
    ("prompt", "options", "field"),
    [
        ("a" * (form.PROMPT_CHARS_MAX + 1), {}, "prompt"),
        ("a sea", {"image": ["sample:peak"] * 25}, "image"),
        ("a sea", {"end_image": "x" * 4001, "image": "sample:peak"}, "end_image"),
        ("a sea", {"callback": "https://example.org/" + "x" * 4000}, "callback"),
        ("a sea", {"name": "x" * 4001}, "name"),
        ("a sea", {"duration": "6," * 4000}, "duration"),
    ],
)
def test_more_than_a_form_holds_is_named(
    panel: Make, made: list[str], prompt: str, options: dict[str, Any], field: str
) -> None:
    """It stands at its field, and none of it is echoed or read."""
    shown = panel(prompt, **options)
    (problem,) = shown.quote["problems"]
    assert problem["field"] == field
    assert len(problem["words"]) < 200
    assert made == []


def test_a_picture_is_read_once_however_often_one_types(
    panel: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file is read again when it has changed, not at each key."""
    reads: list[Path] = []
    read = Path.read_bytes

    def counted(path: Path) -> bytes:
        reads.append(path)
        return read(path)

    shown = panel("a sea")
    drop(shown, picture())
    source = Path(shown.settings["image"])
    monkeypatch.setattr(Path, "read_bytes", counted)
    for at in range(5):
        shown.prompt = f"a sea {at}"
        assert shown.quote["can_send"]
    assert reads == []
    source.write_bytes(b"no picture any more")
    shown.prompt = "a far sea"
    assert "no readable image" in shown.quote["problems"][0]["words"]


def test_a_click_is_read_and_expanded_once(
    panel: Make, session: Session, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was checked is what is sent; the quote after it reads the form no second time."""
    stage.play("stuck-waiting")  # a clip that is done would be one more quote
    shown = panel("a sea")
    counts: Counter[str] = Counter()
    for name in ("read_prompts", "expand"):
        counting(monkeypatch, counts, expand, name)
    for name in ("recorded", "same"):  # what is new is known by the first alone
        counting(monkeypatch, counts, History, name)
    submit = session.dispatch.submit

    def sent(item: PlanItem, **limits: Any) -> Task:
        assert counts == {"read_prompts": 1, "expand": 1, "recorded": 1}
        return submit(item, **limits)

    monkeypatch.setattr(session.dispatch, "submit", sent)
    price = {"due": 1, "credits": 50}
    assert shown.click(prompt="a far sea", settings={"duration": "10"}, seen=price)["ids"]
    assert counts["read_prompts"] == counts["expand"] == 1
    assert shown.quote["due"] == 0


def test_who_waits_for_a_quote_takes_the_next_one() -> None:
    """Many ask while one is made: one more is made for all of them, and never two at once."""
    begun, go_on = threading.Event(), threading.Event()
    told: list[int] = []
    at_once = 0

    def tell(changes: int) -> None:
        nonlocal at_once
        at_once += 1
        assert at_once == 1
        if not told:
            begun.set()
            assert go_on.wait(30)
        told.append(changes)
        at_once -= 1

    quotes = Renewing(tell)
    first = threading.Thread(target=quotes.renew, kwargs={"is_answer": True})
    first.start()
    assert begun.wait(30)
    others = [threading.Thread(target=quotes.renew, kwargs={"is_answer": True}) for _ in range(8)]
    for one in others:
        one.start()
    deadline = time.monotonic() + 30
    while quotes._changes < 9 and time.monotonic() < deadline:  # each has asked, and waits
        threading.Event().wait(0.01)
    go_on.set()
    for one in [first, *others]:
        one.join(30)
    assert told == [1, 9]
    quotes.renew()
    assert told[-1] == 9


def test_a_form_filled_at_once_is_quoted_once() -> None:
    """What a block changes is told at its end, also where the block fails."""
    told: list[int] = []
    quotes = Renewing(told.append)
    with quotes.held():
        quotes.renew(is_answer=True)
        quotes.renew(is_answer=True)
        assert told == []
    assert told == [3]
    with pytest.raises(ValueError, match="odd"), quotes.held():
        raise ValueError("odd")
    assert told == [3, 4]
