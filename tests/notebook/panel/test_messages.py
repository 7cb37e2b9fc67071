"""Whatever a page sends, or half sends: one answer, in words, and nothing is broken by it."""

import logging
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from hailuo_nb.errors import HailuoError
from hailuo_nb.notebook.panel import handlers
from hailuo_nb.runner.task import Task
from hailuo_nb.session.dispatch import SendInterrupted
from hailuo_nb.session.session import Session
from tests.notebook.panel.conftest import Asked

Make = Callable[..., Asked]
Facts = dict[str, Any]

FORM: Facts = {"prompt": "a sea", "settings": {}}
SEEN: Facts = {"due": 1, "credits": 30}
VALID: dict[str, Facts] = {
    "generate": {"turn": 99, **FORM, "seen": SEEN, "again": False, "confirmed": False},
    "copy": {"as": "cell", **FORM},
    "sources": {},
    "source": {"field": "image", "source": ""},
    "piece": {"field": "image", "name": "a.png", "part": 0, "parts": 2},
    "page": {"filter": {"text": "sea"}, "cursor": None},
    "posters": {"ids": ["CLIP"]},
    "strip": {"id": "CLIP"},
    "rename": {"id": "CLIP", "name": "first"},
    "rate": {"id": "CLIP", "change": {"stars": 3}},
    "hide": {"id": "CLIP", "hidden": False},
    "stop": {"id": "CLIP"},
    "retry": {"id": "CLIP"},
    "use": {"id": "CLIP"},
    "continue": {"id": "CLIP"},
    "compare": {"ids": ["CLIP", "CLIP"]},
    "judge": {"ids": ["CLIP"], "does": "vote", "turn": 0, "outcome": "left"},
    "clip": {"id": "CLIP", "start": 0},
    "left": {},
    "heard": {},
}
UNREAD = "could not be read"


def nested(depth: int) -> object:
    """Return lists in lists."""
    found: object = "x"
    for _ in range(depth):
        found = [found]
    return found


ODD: list[object] = [
    None, True, 0, -1, 3, 10**400, 1.5, float("nan"), float("inf"), "", "x" * 300_000, "\ud83d",
    "a\x00b", [], ["a"], [None], [["a"]], {}, {"a": 1}, {"prompt": None}, nested(400),
    {"model": nested(400)}, {"name": {"a": nested(400)}}, {"duration": float("nan")},
    {"image": ["x" * 9000] * 40}, {"image": "\ud83d\x00"}, {"due": float("nan"), "credits": 0},
    {"due": 10**400, "credits": 1}, {"due": 1, "credits": float("inf")}, [1e400, "a"],
]  # fmt: skip
"""What stands where something else is meant."""

odd = st.sampled_from(ODD) | st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


@st.composite
def messages(draw: st.DrawFn) -> Facts:
    """Draw a message of ours of which something is missing, odd, or too much."""
    kind = draw(st.sampled_from(list(VALID)))
    message = {"kind": kind, **VALID[kind]}
    for name in draw(st.lists(st.sampled_from(list(message)), max_size=3)):
        message.pop(name, None)
        if draw(st.booleans()):
            message[name] = draw(odd)
    return message | draw(st.dictionaries(st.text(max_size=5), odd, max_size=1))


def told(shown: Asked, message: object, *buffers: bytes) -> dict[str, Any]:
    """Send a message that asks, and return its one answer; nothing else is said."""
    asks = {**message, "ask": "q"} if isinstance(message, dict) else message
    views = [memoryview(one) for one in buffers]
    (answer,) = shown.hear({"method": "custom", "content": asks}, views)
    return answer


@pytest.fixture
def shown(panel: Make) -> Asked:
    """Return a panel with a prompt in it."""
    return panel("a calm sea")


@pytest.fixture
def clip(panel: Make) -> str:
    """Return the id of a finished clip."""
    made = panel("a sea").generate()
    assert isinstance(made, Task)
    return made.wait().id


def with_clip(value: Any, id: str) -> Any:
    """Return the value with the clip's id in its place."""
    if isinstance(value, list):
        return [with_clip(one, id) for one in value] if value and value[0] == "CLIP" else value
    return id if isinstance(value, str) and value == "CLIP" else value


def test_each_kind_is_understood(shown: Asked, clip: str) -> None:
    """What the table below breaks is answered as it should be where it is whole."""
    assert set(VALID) == set(handlers.ANSWERS)
    for kind, facts in VALID.items():
        facts = {name: with_clip(value, clip) for name, value in facts.items()}
        answer = told(shown, {"kind": kind, **facts}, *([b"a"] if kind == "piece" else []))
        # a finished clip is there: it is taken up; and one is too few to choose between
        if kind not in ("retry", "judge"):
            assert answer.get("refused") is None, (kind, answer)


@pytest.mark.parametrize("kind", [kind for kind, facts in VALID.items() if facts])
def test_a_message_without_a_field_is_refused(shown: Asked, kind: str) -> None:
    """Each field that a kind needs is missed, in words, and nothing is sent."""
    tasks = len(shown.here.tasks)
    optional = {"cursor", "again", "confirmed", "hidden"}
    for missing in VALID[kind].keys() - optional:
        facts = {name: value for name, value in VALID[kind].items() if name != missing}
        answer = told(shown, {"kind": kind, **facts}, *([b"a"] if kind == "piece" else []))
        assert UNREAD in answer["refused"], missing
    assert len(shown.here.tasks) == tasks


@settings(
    max_examples=250,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(message=messages(), buffers=st.lists(st.binary(max_size=9), max_size=3))
@example(message={"kind": "generate", **VALID["generate"], "turn": True}, buffers=[])
@example(message={"kind": "generate", **VALID["generate"], "turn": 0}, buffers=[])
@example(message={"kind": "copy", "as": "cell", "prompt": "\ud83d", "settings": {}}, buffers=[])
@example(message={"kind": "page", "filter": {"text": "\ud83d\x00"}}, buffers=[b""])
@example(message={"kind": "source", "field": "image", "source": "x" * 300_000}, buffers=[])
@example(message={"kind": "source", "field": "image", "source": "a\x00b"}, buffers=[])
def test_anything_at_all_is_answered_once(
    shown: Asked,
    clip: str,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    message: Facts,
    buffers: list[bytes],
) -> None:
    """It is answered in words, no log and no cell has a line of it, and the form goes on."""
    message = {name: with_clip(value, clip) for name, value in message.items()}
    caplog.set_level(logging.WARNING, "hailuo_nb")
    caplog.clear()
    tasks, turn = len(shown.here.tasks), shown.quote["turn"]
    answer = told(shown, message, *buffers)
    assert answer["answer"] == "q"
    assert len(str(answer.get("refused", ""))) < 3000
    assert [record.getMessage() for record in caplog.records] == []
    assert capfd.readouterr() == ("", "")
    is_pressed = (
        message.get("kind") == "generate" and "ids" in answer
    )  # whole, and of this very turn
    assert shown.quote["turn"] == turn + is_pressed
    assert is_pressed or len(shown.here.tasks) == tasks
    shown.selection, shown.settings, shown.prompt = [], {}, "a calm sea"
    assert shown.quote["can_send"], shown.quote["problems"]


@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    data=odd
    | st.fixed_dictionaries({"method": odd, "state": odd, "content": odd})
    | st.fixed_dictionaries({"method": st.just("update")}, optional={"state": odd})
    | st.fixed_dictionaries(
        {
            "method": st.just("update"),
            "state": st.fixed_dictionaries(
                {}, optional=dict.fromkeys(("prompt", "settings", "selection", "quote"), odd)
            ),
        }
    )
)
@example(data={"method": "update", "state": {"settings": {"duration": {}}, "prompt": "b"}})
@example(data={"method": "update", "state": {"prompt": "b", "selection": [3]}})
@example(data={"method": "update", "state": {"quote": {"can_send": True}, "code": "x"}})
def test_the_form_takes_what_a_form_holds(
    shown: Asked, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture, data: Any
) -> None:
    """A page sets prompt, settings and selection, each of its kind, or nothing at all."""
    caplog.set_level(logging.WARNING, "hailuo_nb")
    caplog.clear()
    shown.selection, shown.settings, shown.prompt = [], {}, "a calm sea"
    place, code, serial = shown.place, shown.code, shown.quote["serial"]
    said = shown.hear(data)
    assert [one["level"] for one in said] in ([], ["error"])
    assert [record.getMessage() for record in caplog.records] == []
    assert capfd.readouterr() == ("", "")
    assert (shown.place, shown.code) == (place, code)
    is_update = isinstance(data, dict) and data.get("method") == "update"
    state = data.get("state") if is_update else None
    if said and isinstance(state, dict):
        assert (shown.selection, shown.settings, shown.prompt) == ([], {}, "a calm sea")
        assert shown.quote["serial"] > serial
    shown.settings, shown.prompt = {}, "a calm sea"
    assert shown.quote["can_send"]


@pytest.mark.parametrize("content", [{"kind": "nothing"}, {"kind": ["page"]}, {}, "page", None, 3])
def test_what_no_page_of_ours_sends_is_refused(shown: Asked, content: Any) -> None:
    """An unknown kind is answered too: a page of another version waits for it."""
    (said,) = shown.hear({"method": "custom", "content": content})
    assert (said["kind"], said["level"]) == ("told", "error")
    if isinstance(content, dict):
        assert UNREAD in told(shown, content)["refused"]


@pytest.mark.parametrize("ask", [None, 3, float("nan"), ["q"], {"q": 1}, "\ud83d", "q" * 999])
def test_an_odd_ask_is_answered_to_everybody(shown: Asked, ask: Any) -> None:
    """What cannot be said back is not: the refusal is told in the panel's line."""
    (said,) = shown.hear({"method": "custom", "content": {"kind": "copy", "ask": ask}})
    assert said["kind"] == "told"


@pytest.mark.parametrize("buffers", [[], [b"a", b"b"]])
def test_a_piece_is_one_buffer(shown: Asked, buffers: list[bytes]) -> None:
    """None or several are no piece; the next upload begins well."""
    piece = {"kind": "piece", **VALID["piece"], "parts": 1}
    assert UNREAD in told(shown, piece, *buffers)["refused"]
    assert "no readable image" in told(shown, piece, b"a")["unfit"]


@pytest.mark.parametrize("seen", [
    {"due": float("nan"), "credits": 30}, {"due": 1, "credits": float("nan")},
    {"due": 9, "credits": float("inf")}, {"due": True, "credits": 30}, {"due": "1", "credits": 30},
    {"due": -1, "credits": 30}, {"due": 1, "credits": 10**400}, {"due": 1}, None,
])  # fmt: skip
def test_a_price_that_is_none_agrees_to_nothing(shown: Asked, seen: Any) -> None:
    """Only what a button could have named counts as seen."""
    tasks = len(shown.here.tasks)
    assert UNREAD in shown.click(seen=seen)["refused"]
    assert len(shown.here.tasks) == tasks


@pytest.mark.parametrize("kind", VALID)
@pytest.mark.parametrize(
    ("raised", "words"),
    [
        (HailuoError("The disk is full."), "The disk is full."),
        (KeyboardInterrupt(), "This was interrupted. Look in the gallery"),
        (SendInterrupted("Stopped after 3 of 9 clips."), "Stopped after 3 of 9 clips."),
        (RuntimeError("a secret"), "A fault of hailuo_nb (RuntimeError)"),
        (RecursionError(), "A fault of hailuo_nb (RecursionError)"),
        (MemoryError(), "A fault of hailuo_nb (MemoryError)"),
    ],
)
def test_whatever_a_handler_raises_is_answered(
    panel: Make, monkeypatch: pytest.MonkeyPatch, kind: str, raised: BaseException, words: str
) -> None:
    """An interrupt and a fault of ours end the waiting of the page, and stay here."""

    def fails(*_: object) -> None:
        raise raised

    monkeypatch.setattr(Asked, "handlers", {kind: fails})
    refused = told(panel("a sea"), {"kind": kind})["refused"]
    assert refused.startswith(words)
    assert "secret" not in refused


def test_an_end_of_the_process_is_answered_and_goes_on(
    panel: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page is told; what ends the kernel is not held back."""

    def ends(*_: object) -> None:
        raise SystemExit

    monkeypatch.setattr(Asked, "handlers", {"page": ends})
    shown = panel("a sea")
    with pytest.raises(SystemExit):
        shown._on_message(shown, {"kind": "page", "ask": "q"}, [])
    assert "SystemExit" in shown.heard.messages[-1]["refused"]


def test_an_answer_that_cannot_travel_is_a_refusal(
    panel: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The wire refuses it, so the page is told that there is none."""
    monkeypatch.setattr(Asked, "handlers", {"page": lambda *_: {"text": "\ud83d"}})
    assert "UnicodeEncodeError" in told(panel("a sea"), {"kind": "page"})["refused"]


def test_messages_that_come_twice_do_once(shown: Asked, session: Session) -> None:
    """Doubled by the wire, each has an answer and one effect."""
    click = {"turn": shown.quote["turn"], "prompt": "a far sea", "settings": {}, "seen": SEEN}
    first, second = (told(shown, {"kind": "generate", **click}) for _ in range(2))
    assert (len(first["ids"]), second) == (1, {"answer": "q", "ignored": True})
    for part in (0, 0, 1, 1):
        piece = {"kind": "piece", **VALID["piece"], "part": part, "parts": 3}
        answer = told(shown, piece, b"ab")
    assert "order" in answer["refused"]
    end = told(shown, {"kind": "piece", **VALID["piece"], "part": 2, "parts": 3}, b"c")
    assert "no readable image" in end["unfit"]
    assert len([task for task in session.tasks if task.prompt == "a far sea"]) == 1


def test_a_fault_while_quoting_is_told_in_its_place(
    panel: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Typing is always answered with a quote, and what was sent before stays sent."""
    shown = panel("a sea")
    with monkeypatch.context() as broken:
        broken.setattr("hailuo_nb.notebook.panel.panel.quoted", lambda *_, **__: 1 / 0)
        shown.hear({"method": "update", "state": {"prompt": "a calm sea"}})
        assert "ZeroDivisionError" in shown.quote["problems"][0]["words"]
        assert not shown.quote["can_send"]
        assert isinstance(shown.generate(), Task)
    shown.prompt = "a far sea"
    assert shown.quote["can_send"]
