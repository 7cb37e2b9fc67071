"""What is published, in which order, as a task goes on."""

import json
import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import pytest

from hailuo_nb.core.task import Snapshot, State
from hailuo_nb.views.card.card import card_look
from hailuo_nb.views.output import Output
from tests.views.samples import snapshot
from tests.views.test_grid import Clock

CARDS = 250
WIDGET = "application/vnd.jupyter.widget-view+json"


class Notebook:
    """Keeps what a card publishes; stands in for the display publisher."""

    def __init__(self) -> None:
        self.shown: list[dict[str, Any]] = []
        self.updates: list[bool] = []
        self.ids: set[str] = set()
        self.stops: list[int] = []

    def publish(
        self, data: dict[str, Any], *, metadata: dict[str, Any], display_id: str, update: bool
    ) -> None:
        """Take one bundle."""
        self.shown.append(data)
        self.updates.append(update)
        self.ids.add(display_id)


@pytest.fixture
def notebook() -> Notebook:
    """Return an empty notebook."""
    return Notebook()


class Card:
    """An output of one task that needs no clock: what comes in a pause is told at its end."""

    def __init__(self, notebook: Notebook, found: str = "", **changes: Any) -> None:
        self.clock = Clock()
        given: dict[str, Any] = {
            "publish": notebook.publish,
            "on_stop": notebook.stops.append,
            "on_retry": lambda _: None,
            "locate": lambda path: f"clips/{path.name}",
            "later": self.clock.later,
        }
        self.output = Output(look=card_look(found), labels=[""], **(given | changes))

    def show(self, snapshot: Snapshot) -> None:
        """Draw it."""
        self.output.show([snapshot])

    def update(self, snapshot: Snapshot) -> None:
        """Tell it of a change, and let a pause end."""
        self.output.update(0, snapshot)
        self.clock.move(self.clock.now_s + 1.0)


def make_card(notebook: Notebook) -> Card:
    """Return a card whose clips lie in the visible folder."""
    return Card(notebook)


def live_widget(notebook: Notebook) -> Any:
    """Return the widget that the first bundle shows."""
    from ipywidgets.widgets.widget import _instances

    return _instances[notebook.shown[0][WIDGET]["model_id"]]


def test_a_running_task_shows_the_widget_with_twins(notebook: Notebook) -> None:
    """The live bundle carries the widget, and HTML and text for those who cannot show it."""
    make_card(notebook).show(snapshot("waiting"))
    assert notebook.shown[0].keys() == {WIDGET, "text/html", "text/plain"}
    assert notebook.updates == [False]
    assert live_widget(notebook).cell_0["state"] == "waiting"


def test_each_change_sets_the_one_trait_and_publishes_nothing(notebook: Notebook) -> None:
    """While it runs, only the widget's state moves."""
    card = make_card(notebook)
    card.show(snapshot("waiting"))
    for state in ("submitting", "queued", "generating", "saving"):
        card.update(snapshot(state))
        assert live_widget(notebook).cell_0["state"] == state
    assert len(notebook.shown) == 1


def test_the_end_puts_light_html_in_the_same_place(notebook: Notebook) -> None:
    """A final state puts HTML and text in the place; the widget stays where they do not come."""
    card = make_card(notebook)
    card.show(snapshot("generating"))
    widget = live_widget(notebook)
    card.update(snapshot("done"))
    assert notebook.shown[-1].keys() == {"text/html", "text/plain", "image/jpeg"}
    assert 'src="clips/k3f9x2m7.mp4"' in notebook.shown[-1]["text/html"]
    assert notebook.updates == [False, True]
    assert notebook.ids == {card.output.display_id}
    assert widget.cell_0["src"] == "clips/k3f9x2m7.mp4"


def test_what_is_over_is_kept_small(notebook: Notebook) -> None:
    """A finished card's model has no picture, which is asked for, and little code: under 2 kB."""
    data = "data:video/mp4;base64,AAAA"
    card = Card(notebook, locate=lambda _: data)
    card.show(snapshot("generating"))
    card.update(snapshot("done"))
    widget = live_widget(notebook)
    assert len(json.dumps(widget.get_state())) < 2000
    assert widget.cell_0["src"] == "kernel:"
    assert widget._heard["picture"]({"index": 0})["poster"].startswith("data:image/jpeg;base64,")


def test_each_of_many_finished_cards_leaves_two_kilobytes(notebook: Notebook) -> None:
    """In the kernel one model each; so it is in a notebook that saves its widgets."""
    from ipywidgets import Widget

    Widget.close_all()
    for _ in range(CARDS):
        card = make_card(notebook)
        card.show(snapshot("generating"))
        card.update(snapshot("done"))
    saved = Widget.get_manager_state(drop_defaults=True)["state"]  # as Lab saves it
    assert len(saved) == CARDS + 2  # and what all of them share
    assert len(json.dumps(saved)) < 1_500 * CARDS
    Widget.close_all()


def test_cards_share_what_they_have_in_common(notebook: Notebook) -> None:
    """A second card adds its own model alone; after all widgets were closed, all is made anew."""
    from ipywidgets import Widget
    from ipywidgets.widgets.widget import _instances

    make_card(notebook).show(snapshot("generating"))
    before = len(_instances)
    make_card(notebook).show(snapshot("generating"))
    assert len(_instances) == before + 1
    Widget.close_all()
    make_card(notebook).show(snapshot("generating"))
    assert len(_instances) == 3


def test_a_clip_that_the_page_cannot_load_is_sent(notebook: Notebook, tmp_path: Path) -> None:
    """It goes as bytes; where its file is gone, nothing does."""
    card, video = make_card(notebook), tmp_path / "k3f9x2m7.mp4"
    card.show(snapshot("generating"))
    card.update(replace(snapshot("done"), video=video))
    assert live_widget(notebook)._heard["clip"]({"index": 0}) == {"index": 0}
    video.write_bytes(b"clip")
    assert live_widget(notebook)._heard["clip"]({"index": 0}) == {
        "index": 0,
        "bytes": b"clip",
    }


def test_a_finished_task_is_shown_without_a_widget(notebook: Notebook) -> None:
    """A snapshot that is final from the start is published as HTML at once."""
    make_card(notebook).show(snapshot("done"))
    kinds = {"text/html", "text/plain", "image/jpeg"}
    assert [bundle.keys() for bundle in notebook.shown] == [kinds]
    assert notebook.updates == [False]


def test_an_update_before_the_card_is_shown_is_not_lost(notebook: Notebook) -> None:
    """A task that ends before its card stands is shown as ended."""
    card = make_card(notebook)
    card.update(snapshot("failed"))
    assert notebook.shown == []
    card.show(snapshot("waiting"))
    assert "Failed" in notebook.shown[0]["text/html"]


def test_the_barrier_publishes_the_end_again(notebook: Notebook) -> None:
    """The final bundle can be repeated from another cell for the same place."""
    card = make_card(notebook)
    card.show(snapshot("queued"))
    card.update(snapshot("done"))
    card.output.settle_again()
    assert notebook.shown[-1] == notebook.shown[-2]
    assert notebook.updates == [False, True, True]


@pytest.mark.parametrize("state", ["queued", "generating"])
def test_the_barrier_leaves_a_running_task_alone(notebook: Notebook, state: State) -> None:
    """Nothing final, nothing to repeat; and nothing for a card that was never shown."""
    card = make_card(notebook)
    card.output.settle_again()
    card.show(snapshot(state))
    card.output.settle_again()
    assert notebook.updates == [False]


def test_a_task_watched_again_is_live_again(notebook: Notebook) -> None:
    """After its end going on brings the live view back into its place, once."""
    card = make_card(notebook)
    card.show(snapshot("generating"))
    for state in ("stopped", "queued", "generating", "done"):
        card.update(snapshot(state))
    assert [WIDGET in bundle for bundle in notebook.shown] == [True, False, True, False]
    assert notebook.shown[2][WIDGET] == notebook.shown[0][WIDGET]


def test_a_task_watched_again_needs_no_new_widget(notebook: Notebook) -> None:
    """After it had settled, going on shows the light twin once for each state."""
    card = make_card(notebook)
    card.show(snapshot("stopped"))
    for state in ("queued", "queued", "generating", "done"):
        card.update(snapshot(state))
    assert len(notebook.shown) == 4
    assert "Run this cell again" in notebook.shown[1]["text/html"]
    assert "<video" in notebook.shown[3]["text/html"]


def test_the_stop_button_reaches_the_task(notebook: Notebook) -> None:
    """The browser's request calls the handler; any other message does not."""
    make_card(notebook).show(snapshot("queued"))
    widget = live_widget(notebook)
    for content in ({"kind": "stop", "index": 0}, {"kind": "other"}, "stop", None):
        widget._handle_custom_msg(content, [])
    assert notebook.stops == [0]


def test_a_stop_after_the_end_is_told_of_the_end_again(
    notebook: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was said of it was lost on its way; nothing is left to be stopped."""
    card = make_card(notebook)
    card.show(snapshot("queued"))
    card.update(snapshot("stopped"))
    widget, told = live_widget(notebook), list[Any]()
    monkeypatch.setattr(widget, "_send", lambda message, buffers=None: told.append(message))
    widget._handle_custom_msg({"kind": "stop", "index": 0}, [])
    assert [message["state"]["cell_0"]["state"] for message in told] == ["stopped"]
    assert notebook.shown[-1] == notebook.shown[-2]
    assert (len(notebook.shown), notebook.stops) == (3, [])


def test_a_live_view_is_reached_where_the_page_asks(notebook: Notebook) -> None:
    """The kernel's note of who was heard last is forgotten with each change: it may be gone."""
    card = make_card(notebook)
    card.show(snapshot("queued"))
    comm = live_widget(notebook).comm
    comm._reply_subshell_id = "gone"
    card.update(snapshot("generating"))
    assert not hasattr(comm, "_reply_subshell_id")


def test_a_broken_publisher_never_reaches_the_engine(
    notebook: Notebook, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """An update that fails is logged; it neither raises nor prints."""
    calls: list[bool] = []

    def publish(data: dict[str, Any], *, update: bool, **_rest: Any) -> None:
        calls.append(update)
        if update:
            raise RuntimeError("the notebook is gone")

    card = Card(notebook, publish=publish)
    card.show(snapshot("queued"))
    with caplog.at_level(logging.ERROR, logger="hailuo_nb"):
        card.update(snapshot("done"))
    assert calls == [False, True]
    assert "the notebook is gone" in caplog.text
    assert capsys.readouterr() == ("", "")


def test_a_clip_without_an_address_still_settles(notebook: Notebook) -> None:
    """When the clip's place cannot be named, the card shows the rest."""

    def nowhere(path: Path) -> str:
        raise ValueError(f"{path} lies outside")

    card = Card(notebook, locate=nowhere)
    card.show(replace(snapshot("done"), name="elsewhere"))
    assert "elsewhere" in notebook.shown[0]["text/html"]
    assert "<video" not in notebook.shown[0]["text/html"]


def test_on_paper_the_card_is_its_picture(notebook: Notebook) -> None:
    """LaTeX, and with it PDF, takes the picture that the bundle carries, a JPEG."""
    from nbconvert import LatexExporter

    make_card(notebook).show(snapshot("done"))
    output = nbformat.v4.new_output("display_data", notebook.shown[0])
    cell = nbformat.v4.new_code_cell("%hailuo show samurai", outputs=[output])
    whole = nbformat.v4.new_notebook(cells=[cell])
    latex, resources = LatexExporter().from_notebook_node(whole)
    ((name, data),) = resources["outputs"].items()
    assert name.endswith(".jpg") and name in latex
    assert data.startswith(b"\xff\xd8")


def test_what_is_there_already_says_that_nothing_was_sent(notebook: Notebook) -> None:
    """Live and saved, in HTML and text."""
    words = "There already; nothing was sent."
    card = Card(notebook, words)
    card.show(snapshot("generating"))
    card.update(snapshot("done"))
    assert live_widget(notebook).board == {"found": words}
    for bundle in notebook.shown:
        assert words in bundle["text/html"] and words in bundle["text/plain"]
