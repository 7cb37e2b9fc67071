"""The panel as a page of its own: free unless somebody says what may be spent."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from hailuo_nb.config import read_config
from hailuo_nb.core.task import FINAL
from hailuo_nb.errors import MissingKey, OptionError
from hailuo_nb.notebook.panel import uploads
from hailuo_nb.notebook.panel.open import app
from hailuo_nb.runner.task import Task
from hailuo_nb.session import registry
from hailuo_nb.session.expand import Ask, expand_ask
from hailuo_nb.session.images import FOLDER
from hailuo_nb.session.session import Session
from tests.notebook.panel.conftest import Asked
from tests.notebook.panel.test_frames import drop, picture
from tests.session.conftest import KEY, Stage


@pytest.fixture(autouse=True)
def _of_this_test(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the face use this test's session."""
    monkeypatch.setitem(registry.state, "session", session)


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


@pytest.fixture
def visit(session: Session, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Asked]]:
    """Open pages over a finished clip of the owner's; a visit is a process of its own."""
    monkeypatch.setattr("hailuo_nb.notebook.panel.open.Panel", Asked)
    owner = Asked("a sea", name="first")
    made = owner.generate()
    assert isinstance(made, Task)
    made.wait()
    opened = [owner]

    def open_(**how: Any) -> Asked:
        shown = app(**how)
        assert isinstance(shown, Asked)
        opened.append(shown)
        return shown

    yield open_
    for one in opened:
        one.close()


def test_visitors_change_nothing_that_is_there(
    visit: Callable[..., Asked], session: Session
) -> None:
    """Rename and hide are not offered, and refused in words to who asks all the same."""
    shown = visit()
    assert shown.catalogue["read_only"] is True
    (row,) = shown.first["rows"]
    asked: dict[str, dict[str, object]] = {
        "rename": {"name": "mine"},
        "hide": {"hidden": True},
        "rate": {"change": {"stars": 1}},
    }
    for kind, facts in asked.items():
        refused = shown.ask(kind, id=row["id"], **facts)["refused"]
        assert refused.startswith("Visitors of this page cannot change clips that are there.")
        assert "app(shared=True)" in refused
    (same,) = shown.ask("page", filter={})["rows"]
    assert (same["label"], same["hidden"]) == ("first", False)
    assert same["rating"]["stars"] is None
    for kind in ("use", "continue", "clip"):
        assert "refused" not in shown.ask(kind, id=row["id"], start=0), kind


def test_visitors_of_a_shared_page_do(visit: Callable[..., Asked]) -> None:
    """The owner may let them: then it is offered, and done."""
    shown = visit(shared=True)
    assert shown.catalogue["read_only"] is False
    id = shown.first["rows"][0]["id"]
    assert "mine" in shown.ask("rename", id=id, name="mine")["words"]
    assert shown.ask("rate", id=id, change={"stars": 1})["rating"]["stars"] == 1
    assert "hidden" in shown.ask("hide", id=id, hidden=True)["words"]
    assert shown.ask("page", filter={})["total"] == 0


def test_a_visitor_stops_no_watching_of_anothers(
    visit: Callable[..., Asked], session: Session, stage: Stage
) -> None:
    """What another process of the owner's looks after is watched on; one's own may be left."""
    environ = {"HAILUO_HOME": str(session.config.home), "HAILUO_BASE_URL": stage.url}
    other = Session(read_config(environ, session_key=KEY), display=lambda task: None)
    stage.play("stuck-waiting")
    try:
        theirs = other.dispatch.submit(expand_ask(Ask(prompt="a far sea"), {}).clips[0])
        shown = visit(paid=True, budget=1000)
        assert "Visitors" in shown.ask("stop", id=theirs.id)["refused"]
        shown.prompt = "a near sea"
        mine = shown.generate()
        assert isinstance(mine, Task)
        assert "no longer watched" in shown.ask("stop", id=mine.id)["words"]
        assert theirs.state not in FINAL
        theirs.stop()
    finally:
        other.close()


def test_a_visit_brings_so_many_images(
    visit: Callable[..., Asked], session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next one is refused in words and kept nowhere; a new visit begins anew."""
    monkeypatch.setattr(uploads, "VISIT_IMAGES_MAX", 2)
    shown = visit()
    for side_px in (301, 302):
        drop(shown, picture(side_px))
    kept = dict(shown.settings)
    unfit = drop(shown, picture(303))["unfit"]
    assert str(unfit).startswith("One visit may bring 2 images, 60.0 MB together.")
    assert shown.settings == kept
    assert len(list((session.folder / FOLDER).iterdir())) == 2
    assert "unfit" not in drop(visit(), picture(304))


def test_a_visit_brings_so_many_bytes(
    visit: Callable[..., Asked], session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bytes count as they arrive, kept or not; the owner's own are not counted."""
    monkeypatch.setattr(uploads, "VISIT_BYTES_MAX", 2500)
    shown = visit()
    assert "no readable" in str(drop(shown, bytes(1000), field="end_image")["unfit"])
    assert "no readable" in str(drop(shown, bytes(1000))["unfit"])
    assert "One visit" in str(drop(shown, bytes(1000))["unfit"])
    assert "no readable" in str(drop(shown, bytes(100))["unfit"])
    session.host.is_public = False
    assert "no readable" in str(drop(Asked("a sea"), bytes(9000))["unfit"])
