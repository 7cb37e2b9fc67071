"""What the grid publishes, how often, and in which order."""

import json
import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from ipywidgets.widgets import widget as widgets

from hailuo_nb.core.request import ImageRef
from hailuo_nb.core.task import State
from hailuo_nb.views.grid.grid import grid_look
from hailuo_nb.views.output import INTERVAL_S, Output
from tests.views.grid_samples import PLAN, SIZE, Sample, at_work, frame, numbered, sample
from tests.views.samples import poster, strip
from tests.views.test_grid_layout import axis

WIDGET = "application/vnd.jupyter.widget-view+json"
RUNNING: tuple[State, ...] = ("waiting", "submitting", "queued", "generating", "saving")


class Clock:
    """A clock that a test moves, and what is due on it."""

    def __init__(self) -> None:
        self.now_s = 0.0
        self.due: list[tuple[float, Callable[[], None]]] = []

    def later(self, delay_s: float, call: Callable[[], None]) -> None:
        """Keep a call for its time."""
        self.due.append((self.now_s + delay_s, call))

    def move(self, to_s: float) -> None:
        """Let the time come, and with it what is due until then."""
        while self.due and min(at for at, _ in self.due) <= to_s:
            first = min(self.due, key=lambda one: one[0])
            self.due.remove(first)
            self.now_s = first[0]
            first[1]()
        self.now_s = to_s


class Notebook:
    """Keeps what a grid publishes, and what its widget sends."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.shown: list[dict[str, Any]] = []
        self.updates: list[bool] = []
        self.sent: list[tuple[float, dict[str, Any]]] = []
        self.stopped: list[int] = []
        self.retried: list[int] = []

    def publish(
        self, data: dict[str, Any], *, metadata: dict[str, Any], display_id: str, update: bool
    ) -> None:
        """Take one bundle."""
        self.shown.append(data)
        self.updates.append(update)

    def grid(self, of: Sample, **changes: Any) -> Output:
        """Return a grid that publishes here."""
        given: dict[str, Any] = {
            "look": grid_look(of.axes, of.cells, of.left_out, plan_words=PLAN),
            "labels": [cell.label for cell in of.cells],
            "publish": self.publish,
            "on_stop": self.stopped.append,
            "on_retry": self.retried.append,
            "locate": lambda path: f"clips/{path.name}",
            "later": self.clock.later,
        }
        return Output(**(given | changes))

    def shown_grid(self, of: Sample, **changes: Any) -> Output:
        """Return a grid that stands in its cell."""
        grid = self.grid(of, **changes)
        grid.show(of.snapshots)
        return grid

    @property
    def widget(self) -> Any:
        """The widget that the first bundle shows."""
        return widgets._instances[self.shown[0][WIDGET]["model_id"]]


@pytest.fixture
def notebook(monkeypatch: pytest.MonkeyPatch) -> Iterator[Notebook]:
    """Return an empty notebook that counts every message of every widget."""
    empty = Notebook()

    def sent(widget: widgets.Widget, message: dict[str, Any], buffers: object = None) -> None:
        if widget.comm is not None and message["method"] == "update":
            empty.sent.append((empty.clock.now_s, message["state"]))

    monkeypatch.setattr(widgets.Widget, "_send", sent)
    yield empty
    widgets.Widget.close_all()


def running(size: int = 6) -> Sample:
    """Return an experiment of which nothing is over."""
    return sample((axis("a", size),), ["waiting"])


def test_a_running_experiment_is_one_widget_with_twins(notebook: Notebook) -> None:
    """However many cells, one bundle carries one widget, HTML and text."""
    notebook.shown_grid(running(48))
    assert [bundle.keys() for bundle in notebook.shown] == [{WIDGET, "text/html", "text/plain"}]
    assert notebook.updates == [False]
    assert notebook.widget.cell_47["headline"] == "Waiting to be sent"
    assert notebook.widget.progress == "0 of 48 done"


def without_pictures(of: Sample, url: str | None = None) -> Sample:
    """Return an experiment as it is in the moment in which its cell runs."""
    image = ImageRef(label="peak.png", url=url, digest=None if url else "ab" * 32)
    bare = (
        replace(one, poster=None, request=replace(one.request, image=image)) for one in of.snapshots
    )
    return replace(of, snapshots=tuple(bare))


def test_a_notebook_that_is_saved_meanwhile_keeps_the_start_images(notebook: Notebook) -> None:
    """Once all are drawn the same view is published anew, and not for each of them."""
    of = without_pictures(running(3))
    grid = notebook.shown_grid(of)
    assert "data:image/jpeg" not in notebook.shown[-1]["text/html"]
    for at, shot in enumerate(of.snapshots):
        assert notebook.updates == [False]
        grid.update(at, replace(shot, poster=frame(1)))
        notebook.clock.move((at + 1) * INTERVAL_S)
    assert notebook.updates == [False, True]
    assert notebook.shown[-1]["text/html"].count(frame(1)) == 1
    assert notebook.shown[-1][WIDGET] == notebook.shown[0][WIDGET]
    grid.update(0, replace(of.snapshots[0], poster=frame(2), state="queued"))
    notebook.clock.move(9)
    assert len(notebook.shown) == 2


@pytest.mark.parametrize("ends", ["address", "failed", "played"])
def test_nothing_is_published_anew_for_pictures_that_do_not_come(
    notebook: Notebook, ends: str
) -> None:
    """Of an address there is none, nor of what failed before; and what plays goes on."""
    of = without_pictures(running(2), "https://example.org/a.png" if ends == "address" else None)
    grid = notebook.shown_grid(of)
    if ends == "played":
        grid._on_play(True, False)
    drawn = None if ends == "address" else frame(1)
    grid.update(0, replace(of.snapshots[0], state="failed" if ends == "failed" else "queued"))
    grid.update(1, replace(of.snapshots[1], poster=drawn, state="queued"))
    notebook.clock.move(9)
    assert len(notebook.shown) == (2 if ends == "failed" else 1)


def test_a_change_is_told_at_once_when_nothing_was_told_lately(notebook: Notebook) -> None:
    """The first change goes out in the call itself, with the line that counts."""
    of = running()
    grid = notebook.shown_grid(of)
    grid.update(2, numbered(2, of.cells[2], "done"))
    ((at_s, state),) = notebook.sent
    assert at_s == 0
    assert state["cell_2"]["src"] == "clips/k3f9x2m7.mp4"
    assert state["progress"] == "1 of 6 done"
    assert not state.keys() - {"cell_2", "poster_2", "progress"}


def test_many_changes_are_few_messages_and_none_is_lost(notebook: Notebook) -> None:
    """48 cells that change 10 times each within a second are 5 messages, the last state in all."""
    of = running(48)
    grid = notebook.shown_grid(of)
    for turn in range(10):
        notebook.clock.move(turn * 0.1)
        for at, cell in enumerate(of.cells):
            state = "saving" if turn == 9 else RUNNING[turn % 5]
            grid.update(at, replace(numbered(at, cell, state), note=f"turn {turn}"))
    notebook.clock.move(60.0)
    times = [at_s for at_s, _ in notebook.sent]
    assert len(times) <= 5
    assert all(b - a >= INTERVAL_S for a, b in pairwise(times))
    heard = {name: value for _, state in notebook.sent for name, value in state.items()}
    cells = [heard[f"cell_{at}"] for at in range(48)]
    assert {(cell["state"], cell["note"]) for cell in cells} == {("saving", "turn 9")}


def test_a_pause_ends_where_nothing_changes(notebook: Notebook) -> None:
    """No timer runs on while the tasks rest, and the next change goes out at once again."""
    of = running()
    grid = notebook.shown_grid(of)
    grid.update(0, numbered(0, of.cells[0], "queued"))
    notebook.clock.move(10.0)
    assert notebook.clock.due == []
    grid.update(1, numbered(1, of.cells[1], "queued"))
    assert [at_s for at_s, _ in notebook.sent] == [0.0, 10.0]


def test_a_picture_that_many_share_travels_once(notebook: Notebook) -> None:
    """The start frame of all cells is sent once; only a picture that changed is sent again."""
    of = running(48)
    grid = notebook.shown_grid(of)
    assert len(notebook.widget.posters) == 1
    assert {getattr(notebook.widget, f"poster_{at}") for at in range(48)} == {"#0"}
    grid.update(5, numbered(5, of.cells[5], "done", poster=frame(5)))
    grid.update(6, numbered(6, of.cells[6], "queued"))
    notebook.clock.move(1.0)
    (_, first), (_, second) = notebook.sent
    assert first["poster_5"] == " ".join((frame(5), *strip()))
    assert not [name for name in second if name.startswith("poster")]


def test_a_small_change_is_a_small_message(notebook: Notebook) -> None:
    """A cell's state is under a kilobyte, and all 48 at once under 40 kB."""
    of = running(48)
    grid = notebook.shown_grid(of)
    grid.update(0, numbered(0, of.cells[0], "generating"))
    for at, cell in enumerate(of.cells):
        grid.update(at, numbered(at, cell, "generating"))
    notebook.clock.move(1.0)
    (_, one), (_, many) = notebook.sent
    assert len(json.dumps(one)) < 1000
    assert len(json.dumps(many)) < 40_000


def test_the_last_end_settles_at_once(notebook: Notebook) -> None:
    """When nothing runs any more, HTML takes the widget's place without a wait.

    The widget stays for where the HTML does not come: in an output widget or a served page.
    """
    of = running(3)
    grid = notebook.shown_grid(of)
    widget = notebook.widget
    for at, state in enumerate(("done", "failed", "done")):
        grid.update(at, numbered(at, of.cells[at], state))
    assert notebook.clock.now_s == 0
    assert notebook.shown[-1].keys() == {"text/html", "text/plain", "image/jpeg"}
    assert notebook.updates == [False, True]
    assert notebook.shown[-1]["text/html"].count("<video") == 2
    assert [getattr(widget, f"cell_{at}")["final"] for at in range(3)] == [True] * 3
    (_, told), (_, left) = notebook.sent[-2:]
    assert told["poster_2"] == " ".join((poster(), *strip()))
    assert left["poster_2"] == widget.poster_0 == ""
    assert widget.posters == []


def test_the_html_waits_for_whoever_plays(notebook: Notebook) -> None:
    """While clips play, nothing takes their place; once they rest the notebook gets its HTML."""
    of = running(2)
    grid = notebook.shown_grid(of)
    notebook.widget._handle_custom_msg({"kind": "play", "on": True}, [])
    for at in range(2):
        grid.update(at, numbered(at, of.cells[at], "done"))
    assert notebook.updates == [False]
    notebook.widget._handle_custom_msg({"kind": "play", "on": False}, [])
    assert notebook.updates == [False, True]
    assert notebook.shown[-1]["text/html"].count("<video") == 2


def test_a_cell_that_runs_to_its_end_saves_at_once(notebook: Notebook) -> None:
    """Where a cell waits for the end, the notebook gets what it keeps, whoever plays."""
    of = running(1)
    grid = notebook.shown_grid(of)
    notebook.widget._handle_custom_msg({"kind": "play", "on": True}, [])
    grid.update(0, numbered(0, of.cells[0], "done"))
    grid.settle_again()
    assert notebook.updates == [False, True]


def test_nothing_takes_the_place_of_what_fills_the_screen(notebook: Notebook) -> None:
    """Also where a cell waits for the end: the notebook gets what it keeps once it is left."""
    of = running(1)
    grid = notebook.shown_grid(of)
    notebook.widget._handle_custom_msg({"kind": "play", "on": True, "full": True}, [])
    grid.update(0, numbered(0, of.cells[0], "done"))
    grid.settle_again()
    assert notebook.updates == [False]
    notebook.widget._handle_custom_msg({"kind": "play", "on": False, "full": False}, [])
    assert notebook.updates == [False, True]


def test_another_try_brings_the_live_view_back(notebook: Notebook) -> None:
    """When a task of a grid that was over runs again, it is live again, with its pictures."""
    of = running(2)
    grid = notebook.shown_grid(of)
    for at, state in enumerate(("done", "failed")):
        grid.update(at, numbered(at, of.cells[at], state))
    grid.update(1, numbered(1, of.cells[1], "queued"))
    assert notebook.shown[-1][WIDGET] == notebook.shown[0][WIDGET]
    assert notebook.widget.cell_1["state"] == "queued"
    assert notebook.widget.poster_0 and notebook.widget.posters


def test_who_opens_it_anew_gets_the_pictures(notebook: Notebook) -> None:
    """A model of what is over holds no picture, nor a clip without a path: both are asked for."""
    of = running(1)
    data = "data:video/mp4;base64,AAAA"
    grid = notebook.shown_grid(of, locate=lambda _: data)
    grid.update(0, numbered(0, of.cells[0], "done"))
    assert notebook.widget.cell_0["src"] == "kernel:"
    found = notebook.widget._heard["picture"]({"kind": "picture", "index": 0})
    assert found["poster"].startswith("data:image/jpeg;base64,")
    assert notebook.widget._heard["picture"]({"kind": "picture", "index": 7}) is None


def test_a_closed_widget_is_told_nothing(notebook: Notebook) -> None:
    """What was still waiting to be told when the grid settled is in the HTML alone."""
    of = running(2)
    grid = notebook.shown_grid(of)
    grid.update(0, numbered(0, of.cells[0], "queued"))
    grid.update(0, numbered(0, of.cells[0], "done"))
    grid.update(1, numbered(1, of.cells[1], "done"))
    told = len(notebook.sent)
    notebook.clock.move(5.0)
    assert (len(notebook.sent), len(notebook.shown)) == (told, 2)


def test_a_finished_experiment_is_shown_without_a_widget(notebook: Notebook) -> None:
    """One that is over from the start is published as HTML at once."""
    notebook.shown_grid(sample(states=["done"]))
    assert [bundle.keys() for bundle in notebook.shown] == [
        {"text/html", "text/plain", "image/jpeg"}
    ]
    assert notebook.updates == [False]


def test_what_comes_before_the_grid_is_shown_is_not_lost(notebook: Notebook) -> None:
    """A cell that ends before the grid stands is shown as ended."""
    of = running()
    grid = notebook.grid(of)
    grid.update(3, numbered(3, of.cells[3], "failed"))
    assert notebook.shown == []
    grid.show(of.snapshots)
    assert notebook.widget.cell_3["state"] == "failed"
    assert notebook.widget.progress == "0 of 6 done, 1 failed"


def test_the_barrier_publishes_the_end_again(notebook: Notebook) -> None:
    """The final grid can be repeated from another cell; one that runs or never stood cannot."""
    of = running(2)
    grid = notebook.grid(of)
    grid.settle_again()
    grid.show(of.snapshots)
    grid.settle_again()
    assert notebook.updates == [False]
    for at in range(2):
        grid.update(at, numbered(at, of.cells[at], "done"))
    grid.settle_again()
    assert notebook.updates == [False, True, True]
    assert notebook.shown[-1] == notebook.shown[-2]


def test_a_task_tried_again_goes_on_in_its_cell(notebook: Notebook) -> None:
    """A failed cell comes back to life under another task, and the grid stays live."""
    of = at_work(running(3), 0, "failed")
    grid = notebook.shown_grid(of)
    grid.update(0, replace(numbered(0, of.cells[0], "waiting"), id="another"))
    assert notebook.widget.cell_0["state"] == "waiting"
    assert notebook.updates == [False]


def test_tasks_watched_again_need_no_new_widget(notebook: Notebook) -> None:
    """After it had settled, the light twin follows, as seldom as the widget would, and ends."""
    of = sample((SIZE,), ["stopped"])
    grid = notebook.shown_grid(of)
    for state in ("queued", "queued", "generating", "generating"):
        for at, cell in enumerate(of.cells):
            grid.update(at, numbered(at, cell, state))
    notebook.clock.move(1.0)
    assert notebook.updates == [False, True, True]
    assert "Run this cell again" in notebook.shown[-1]["text/html"]
    for at, cell in enumerate(of.cells):
        grid.update(at, numbered(at, cell, "done"))
    notebook.clock.move(2.0)
    assert "3 of 3 done" in notebook.shown[-1]["text/html"]
    assert not any(WIDGET in bundle for bundle in notebook.shown)


def test_clicks_reach_the_cell_they_were_meant_for(notebook: Notebook) -> None:
    """Stop and retry carry the cell's number; any other message is not heard."""
    notebook.shown_grid(running(4))
    for content in (
        *({"kind": "stop", "index": 3}, {"kind": "retry", "index": 0}),
        *({"kind": "stop", "index": 4}, {"kind": "stop", "index": -1}, {"kind": "stop"}),
        *({"kind": "stop", "index": True}, {"kind": "stop", "index": "1"}),
        *({"kind": "other", "index": 1}, {"kind": ["stop"], "index": 1}, "stop", None),
    ):
        notebook.widget._handle_custom_msg(content, [])
    assert (notebook.stopped, notebook.retried) == ([3], [0])


def test_a_broken_publisher_never_reaches_the_engine(
    notebook: Notebook, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    """What fails in an update or after a pause is logged; it neither raises nor prints."""

    def publish(data: dict[str, Any], *, update: bool, **_rest: Any) -> None:
        if update:
            raise RuntimeError("the notebook is gone")

    of = sample((SIZE,), ["stopped"])
    grid = notebook.shown_grid(of, publish=publish)
    with caplog.at_level(logging.ERROR, logger="hailuo_nb"):
        grid.update(0, numbered(0, of.cells[0], "queued"))
        grid.update(0, numbered(0, of.cells[0], "done"))
        notebook.clock.move(1.0)
    assert caplog.text.count("RuntimeError: the notebook is gone") == 2
    assert capsys.readouterr() == ("", "")


def test_a_clip_without_an_address_still_settles(notebook: Notebook) -> None:
    """When a clip's place cannot be named, the grid shows the rest."""

    def nowhere(path: Path) -> str:
        raise ValueError(f"{path} lies outside")

    notebook.shown_grid(sample((SIZE,), ["done"]), locate=nowhere)
    assert "3 of 3 done" in notebook.shown[0]["text/html"]
    assert "<video" not in notebook.shown[0]["text/html"]


def test_shown_in_one_thread_and_updated_in_another_no_end_is_lost(notebook: Notebook) -> None:
    """Ends that race with the drawing are all in what stays."""
    of = running(48)
    grid, start = notebook.grid(of), threading.Barrier(2)

    def engine() -> None:
        start.wait()
        for at, cell in enumerate(of.cells):
            grid.update(at, numbered(at, cell, "done"))

    thread = threading.Thread(target=engine)
    thread.start()
    start.wait()
    grid.show(of.snapshots)
    thread.join()
    assert notebook.shown[-1]["text/html"].count("<video") == 48
    assert "48 of 48 done" in notebook.shown[-1]["text/plain"]


def test_two_hundred_cells_do_not_break_it(notebook: Notebook) -> None:
    """A grid far over what is usual is drawn, told and settled like any other."""
    of = sample((axis("a", 20), axis("b", 10)), ["waiting"])
    grid = notebook.shown_grid(of)
    for at, cell in enumerate(of.cells):
        grid.update(at, numbered(at, cell, "done"))
    assert len(notebook.sent) == 3
    assert notebook.shown[-1]["text/html"].count("<video") == 200
