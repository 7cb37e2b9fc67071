"""What the gallery is told of tasks, here and elsewhere: each change once, in few messages."""

import threading
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from hailuo_nb.config import read_config
from hailuo_nb.core.measured import Measured
from hailuo_nb.core.rating import Rating
from hailuo_nb.core.task import FINAL, Snapshot
from hailuo_nb.errors import HailuoError
from hailuo_nb.notebook.panel import gallery as gallery_module
from hailuo_nb.notebook.panel.gallery import Gallery
from hailuo_nb.runner.experiment import Experiment
from hailuo_nb.runner.task import Task
from hailuo_nb.session.session import Session
from tests.notebook.panel.conftest import Asked
from tests.session.conftest import KEY, Stage

Make = Callable[..., Asked]


def other_session(session: Session, stage: Stage) -> Session:
    """Return one on the same history, as another kernel has it."""
    environ = {"HAILUO_HOME": str(session.config.home), "HAILUO_BASE_URL": stage.url}
    return Session(read_config(environ, session_key=KEY), display=lambda task: None)


def test_rows_tell_of_a_clip_from_start_to_end(panel: Make, session: Session) -> None:
    """Each change of a task comes once, the last one with its clip."""
    shown = panel("a sea")
    made = shown.generate()
    assert isinstance(made, Task)
    made.wait()
    session.measuring.wait([made])
    shown.look()
    told = [row for message in shown.heard.of("rows") for row in message["rows"]]
    states = [row["state"] for row in told if row["id"] == made.id]
    assert states[-1] == "done"
    assert told[-1]["src"].endswith(f"{made.id}.mp4")
    assert shown.ask("strip", id=made.id)["strip"] == list(made.snapshot.strip or "?")
    assert shown.ask("strip", id="unknown")["strip"] == []
    shown.heard.messages.clear()
    shown.look()
    assert shown.heard.of("rows") == []


def test_clips_stand_in_the_order_of_a_measure(panel: Make, session: Session) -> None:
    """Numbers and verdicts, either way; what has none comes last, and pages go on."""
    shown = panel("a sea")
    made = [shown.generate(), panel("[Pan left] a lake").generate(), panel("a fog").generate()]
    tasks = [task for task in made if isinstance(task, Task)]
    for task in tasks:
        task.wait()
    session.measuring.wait(tasks)
    ids = [task.id for task in tasks]
    keep = session.history.measures.keep
    for id, loop, verdict in zip(ids, (0.5, 0.25, None), ("seen", "not seen", "odd"), strict=True):
        values = {"loop": loop, "camera": verdict}
        keep(id, {key: Measured(value=value, version=1) for key, value in values.items()})
    orders = {
        "loop:falling": [0, 1, 2],
        "loop:rising": [1, 0, 2],
        "camera:falling": [0, 1, 2],
        "camera:rising": [1, 0, 2],
        "camera_seen:rising": [2, 1, 0],
        "": [2, 1, 0],
    }
    for sort, order in orders.items():
        page = shown.ask("page", filter={"sort": sort})
        assert [one["id"] for one in page["rows"]] == [ids[at] for at in order], sort
    page = shown.ask("page", filter={"sort": "loop:rising"}, cursor=[2, ""])
    assert [one["id"] for one in page["rows"]] == [ids[2]]
    assert ["motion", "Motion"] in page["orders"]
    assert "camera_seen" not in dict(page["orders"])


def test_rows_tell_when_there_is_a_picture(panel: Make, session: Session, stage: Stage) -> None:
    """What failed before a clip was made has its start image, and its row says so at the end."""
    stage.play("fail-moderation")
    shown = panel("a sea", image="sample:peak")
    made = shown.generate()
    assert isinstance(made, Task)
    with pytest.raises(HailuoError):
        made.wait()
    shown.look()
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
    shown = panel("a sea")
    other = other_session(session, stage)
    stage.play("stuck-waiting")  # however long it takes to look, it is under way
    try:
        made = other.dispatch.submit(_order("a far sea"))
        shown.look()
        shown.look()
        stage.play()
        made.wait()
        shown.look()
    finally:
        other.close()
    told = [row for message in shown.heard.of("rows") for row in message["rows"]]
    mine = [row for row in told if row["id"] == made.id]
    assert mine[0]["state"] not in FINAL
    assert (mine[-1]["state"], mine[-1]["here"]) == ("done", False)


def test_another_kernels_rating_is_told_once(panel: Make, session: Session, stage: Stage) -> None:
    """Also the second one of the same clip; what is written beside it brings no rating again."""
    shown = panel("a sea")
    made = [shown.generate(), panel("a lake").generate()]
    tasks = [task for task in made if isinstance(task, Task)]
    for task in tasks:
        task.wait()
    other = other_session(session, stage)
    try:
        shown.look()
        shown.heard.messages.clear()
        for task, stars in ((tasks[0], 3), (tasks[1], 4), (tasks[1], 5), (tasks[0], 1)):
            other.history.ratings.keep_all({task.id: Rating(stars=stars)})
            shown.look()
            other.history.shelf.hide("nothing")
            shown.look()
        told = [row for message in shown.heard.of("rows") for row in message["rows"]]
        assert [(row["id"], row["rating"]["stars"]) for row in told] == [
            (tasks[0].id, 3),
            (tasks[1].id, 4),
            (tasks[1].id, 5),
            (tasks[0].id, 1),
        ]
    finally:
        other.close()


def test_what_was_read_before_is_told_before(
    panel: Make, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row that was read before a rename, and is told by another thread, is not told after it."""
    made = panel("a sea").generate()
    assert isinstance(made, Task)
    made.wait()
    told: list[list[dict[str, Any]]] = []
    gallery = Gallery(session, told.append)
    read, go_on, rows_of = threading.Event(), threading.Event(), gallery._rows

    def slowly(found: Sequence[Snapshot]) -> list[dict[str, Any]]:
        rows = rows_of(found)
        read.set()
        go_on.wait(60)
        return rows

    with monkeypatch.context() as patch:
        patch.setattr(gallery, "_rows", slowly)
        earlier = threading.Thread(target=gallery.tell_of, args=([made.id],))
        earlier.start()
        assert read.wait(60)
    session.history.rename(made.id, "renamed")
    later = threading.Thread(target=gallery.tell_of, args=([made.id],))
    later.start()
    later.join(0.5)  # it has to wait; were it not to, it would be through by now
    go_on.set()
    for one in (earlier, later):
        one.join(60)
    assert [rows[0]["label"] for rows in told][-1] == "renamed"
    assert len(told) == 2


def _order(prompt: str) -> Any:
    from hailuo_nb.session.expand import Ask, expand_ask

    return expand_ask(Ask(prompt=prompt), {}).clips[0]


def test_a_hundred_running_tasks_are_one_message(
    panel: Make, session: Session, stage: Stage
) -> None:
    """However many change, a look is one message; a look at nothing new is none."""
    stage.play("stuck-waiting")
    told: list[list[dict[str, Any]]] = []
    shown = panel(max_tasks="100", max_credits="9000")
    shown.prompt = "{" + "|".join(f"sea {at}" for at in range(96)) + "}"
    made = shown.generate()
    assert isinstance(made, Experiment)
    gallery = Gallery(session, told.append)  # looks when it is told to, and never else
    for _ in range(5):
        gallery.look()
    assert [len(rows) for rows in told] == [96]
    made.stop()


def test_rename_hide_and_search(panel: Make) -> None:
    """A clip is renamed and hidden from the gallery, found by its name, and stays what it is."""
    shown = panel("a sea")
    made = shown.generate()
    assert isinstance(made, Task)
    assert "refused" in shown.ask("rename", id=made.id, name="  ")
    shown.ask("rename", id=made.id, name="<b>first</b>\n try")
    told = [row["label"] for message in shown.heard.of("rows") for row in message["rows"]]
    assert "<b>first</b> try" in told
    assert shown.ask("page", filter={"text": "first TRY"})["total"] == 1
    shown.selection = [made.id]
    shown.ask("hide", id=made.id, hidden=True)
    assert shown.selection == []
    assert shown.ask("page", filter={})["total"] == 0
    (row,) = shown.ask("page", filter={"hidden": True})["rows"]
    assert row["hidden"] is True
    made.stop()


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


def test_panels_left_behind_fall_silent(panel: Make) -> None:
    """A cell run again and again makes panels: the last few are told of clips, all on asking."""
    made = [panel("a sea") for _ in range(5)]
    task = made[-1].generate()
    assert isinstance(task, Task)
    task.wait()
    for shown in made:
        shown.look()
    told = [bool(shown.heard.of("rows")) for shown in made]
    assert told == [True] * 5  # asked by hand, each knows
    followed = [shown for shown in made if shown.gallery in gallery_module._FOLLOWED]
    assert followed == made[-gallery_module.FOLLOWED_MAX :]
    made[0].ask("page", filter={})
    assert made[0].gallery in gallery_module._FOLLOWED
    made[0].close()
    assert made[0].gallery not in gallery_module._FOLLOWED
