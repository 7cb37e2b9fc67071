"""What planning costs as a cell grows, in calls: each clip as much as the one before it."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

import pytest

from hailuo_nb.config import read_config
from hailuo_nb.core import offers, prompt
from hailuo_nb.core.matrix import COMBINATIONS_MAX
from hailuo_nb.core.study import Study
from hailuo_nb.errors import UsageError
from hailuo_nb.notebook.panel.form import read_form
from hailuo_nb.notebook.panel.quote import quote
from hailuo_nb.session import expand
from hailuo_nb.session.expand import Ask, expand_ask
from hailuo_nb.session.plan import Plan, forecast
from hailuo_nb.session.session import Session

CALLS_A_CLIP = 160
"""Expanding takes about 135 of Python's and C's functions together."""

CALLS_A_QUOTE = 110
"""Of what is expanded a quote takes about 90 for each clip."""

IMAGE = "https://example.com/peak.png"


def calls(work: Callable[[], object]) -> int:
    """Return how many functions a piece of work calls."""
    found = 0

    def count(_: FrameType, event: str, __: object) -> None:
        nonlocal found
        found += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return found


def plan(number: int) -> Plan:
    """Return the plan of a cell with so many prompts."""
    body = "\n---\n".join(f"A calm sea, number {at}" for at in range(number))
    return expand_ask(Ask(prompt=body, image=IMAGE), {})


def test_each_prompt_is_expanded_with_as_much_work_as_the_one_before() -> None:
    """A thousand prompts take twice what five hundred take, and each of them little."""
    plan(2)
    half, whole = calls(lambda: plan(500)), calls(lambda: plan(1000))
    assert whole < 2.05 * half
    assert whole < 1000 * CALLS_A_CLIP


@pytest.fixture
def paying(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """Open a session with a history, whose service nobody asks."""
    monkeypatch.chdir(tmp_path)
    environ = {"HAILUO_HOME": str(tmp_path), "HAILUO_BASE_URL": "http://127.0.0.1:9"}
    here = Session(read_config(environ, session_key="sk-test-1"), display=lambda task: None)
    here.history.experiments.record("old", Study(axes=(), places=()))
    yield here
    here.close()


def test_what_is_new_is_quoted_with_one_look_at_the_history(paying: Session) -> None:
    """A thousand new prompts take twice what five hundred take, and each of them little."""

    def quoted(number: int) -> Callable[[], object]:
        body = "\n---\n".join(f"A calm sea, number {at}" for at in range(number))
        wish = read_form(paying, body, {"image": IMAGE})
        return lambda: quote(paying, wish, turn=0)

    quoted(2)()
    half, whole = calls(quoted(500)), calls(quoted(1000))
    assert whole < 2.05 * half
    assert whole < 1000 * CALLS_A_QUOTE


@pytest.mark.parametrize("left", [0.0, 90.0, 15_000.0, 1e9])
def test_what_fits_is_found_in_one_look_at_each_clip(left: float) -> None:
    """Cheaper settings are tried on one clip of each kind, whatever their number."""
    requests = [item.request for item in plan(1000).clips]
    offers.fitting(requests[:2], left)
    half = calls(lambda: offers.fitting(requests[:500], left))
    whole = calls(lambda: offers.fitting(requests, left))
    assert whole < 2.5 * half
    assert whole < 1000 * 20


def test_a_forecast_asks_the_price_list_once_for_each_kind() -> None:
    """Clips of the same settings have the same bounds."""
    requests = [item.request for item in plan(1000).clips]
    forecast(requests[:2])
    assert calls(lambda: forecast(requests)) < 1000 * 6


@pytest.mark.parametrize(
    "ask",
    [
        Ask(prompt="\n---\n".join(["A sea."] * (COMBINATIONS_MAX + 1))),
        Ask(prompt="{a|b|c|d|e|f|g|h|i|j} " * 5),
        Ask(prompt="{a|b|c|d|e|f|g|h|i|j} " * 4, image=IMAGE, duration="6,10"),
    ],
)
def test_more_than_a_cell_may_ask_for_is_refused_before_it_is_expanded(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not one prompt is filled in, and no request made."""
    made: list[object] = []
    monkeypatch.setattr(prompt, "_filled", lambda *given: made.append(given) or "")
    monkeypatch.setattr(expand, "make_request", lambda **given: made.append(given))
    with pytest.raises(UsageError, match="more than 10,000 clips"):
        expand_ask(ask, {})
    assert made == []
