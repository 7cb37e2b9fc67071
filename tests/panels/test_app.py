"""The panel as a page of its own: free unless somebody says what may be spent."""

import pytest

from hailuo_nb import process
from hailuo_nb.errors import MissingKey, OptionError
from hailuo_nb.panels.face import app
from hailuo_nb.session import Session


@pytest.fixture(autouse=True)
def _of_this_test(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the face use this test's session."""
    monkeypatch.setitem(process.state, "session", session)


def test_a_page_is_on_the_simulator_whatever_key_there_is(session: Session) -> None:
    """Without more words nothing can be paid for."""
    shown = app()
    assert session.config.simulator
    assert session.config.key_source is None
    shown.prompt = "a sea"
    assert "simulated, so free" in shown.quote["lines"][0]
    shown.close()


def test_a_page_that_pays_needs_a_budget(session: Session) -> None:
    """Paid without a number, or with none above zero, is refused; nothing changes."""
    for budget in (None, 0, -1.0):
        with pytest.raises(OptionError, match="budget"):
            app(paid=True, budget=budget)
    assert not session.host.is_public


def test_the_budget_caps_the_day(session: Session) -> None:
    """All visitors together may spend so much; above it the panel refuses."""
    shown = app(paid=True, budget=20)
    shown.prompt = "a sea"
    assert not session.config.simulator
    assert not shown.quote["can_send"]
    assert "20 a day" in shown.quote["problems"][0]["words"]
    shown.close()


def test_paid_without_a_key_is_refused(session: Session) -> None:
    """It does not fall back to the simulator in silence."""
    session.configure(session.config.simulated())
    with pytest.raises(MissingKey):
        app(paid=True, budget=20)
