"""What a session does with records that cannot be read: shown, watched by their id, never sent."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from hailuo_nb.config import read_config
from hailuo_nb.errors import HailuoError, UsageError
from hailuo_nb.notebook.magic import welcome
from hailuo_nb.notebook.panel.gallery import Gallery
from hailuo_nb.runner.task import Task
from hailuo_nb.session import recovery, settling
from hailuo_nb.session.session import Session
from hailuo_nb.views.facts import Facts
from hailuo_nb.views.reports.history import history_html, history_row, history_text
from tests.session.conftest import KEY, Stage
from tests.session.test_recovery import another, order, prompts, recorded, unexpected
from tests.store.damage import BLOB, damage, dump

DAMAGES: dict[str, tuple[tuple[str, object], ...]] = {
    "request is no JSON": (("request", "{"),),
    "request of bytes": (("request", BLOB),),
    "request without a prompt": (("request", '{"model": "hailuo/02-text-to-video-pro"}'),),
    "state unknown": (("state", "melting"),),
    "state of bytes": (("state", BLOB),),
    "negative credits": (("credits", -50.0),),
    "no date": (("created_at", "yesterday"),),
    "note of bytes": (("note", BLOB),),
    "service of bytes": (("service", BLOB),),
    "folder of bytes, too": (("request", "{"), ("folder", BLOB)),
    "nothing but the task id": (
        *(("request", BLOB), ("state", BLOB), ("service", BLOB), ("created_at", BLOB)),
        *(("warnings", BLOB), ("folder", BLOB), ("name", BLOB), ("id", BLOB)),
    ),
}


@pytest.fixture(scope="module")
def made_at() -> dict[str, str]:
    """Keep the task id of the one clip that each simulator has made for all."""
    return {}


@pytest.fixture
def made(session: Session, stage: Stage, made_at: dict[str, str], tmp_path: Path) -> str:
    """Return the task id of a clip that the service has made for another history."""
    if stage.url not in made_at:
        environ = {"HAILUO_HOME": str(tmp_path / "another"), "HAILUO_BASE_URL": stage.url}
        elsewhere = Session(read_config(environ, session_key=KEY), display=lambda task: None)
        task = elsewhere.dispatch.submit(order("made by the service"))
        task.wait(60)
        elsewhere.close()
        assert task.task_id is not None
        assert task.video is not None
        task.video.unlink()
        made_at[stage.url] = task.task_id
    return made_at[stage.url]


def spoilt(session: Session, task_id: str | None, *what: tuple[str, object]) -> str:
    """Record a task under way and damage its row; return the id that it is found by."""
    facts = {} if task_id is None else {"task_id": task_id}
    known = recorded(session, "generating", f"spoilt {task_id}", **facts)
    for mutation in what:
        damage(session.history, mutation, id=known.id)
    (odd,) = session.history.unreadable()
    return odd.id


def finish(tasks: list[Task]) -> list[str]:
    """Wait until all have ended; return their states."""
    for task in tasks:
        assert task._job.over.wait(60)
    return [task.state for task in tasks]


@pytest.mark.parametrize("how", DAMAGES)
def test_it_is_watched_by_its_task_id_and_its_clip_is_saved(
    session: Session, stage: Stage, made: str, how: str
) -> None:
    """Loading is enough; the row stays as it is, and a second load does not ask again."""
    id = spoilt(session, made, *DAMAGES[how])
    before, asked = dump(session.history), len(prompts(stage))
    second = another(session, stage)
    left = recovery.left_unfinished(second)
    assert f"unreadable ({id}, {made})" in welcome(second.config, second.host, left)
    (task,) = recovery.watch(second, left.sent)
    assert finish([task]) == ["done"]
    assert task.video is not None
    assert task.video.stat().st_size > 1000
    assert not task.video.with_suffix(".json").exists()
    assert dump(session.history) == before
    again = recovery.left_unfinished(second)
    assert (again.sent, again.unreadable) == ((), ())
    assert len(prompts(stage)) == asked
    second.close()


def test_one_that_was_given_up_is_watched_again(session: Session, made: str) -> None:
    """When its person asks for it, also where its row cannot be written anew."""
    id = spoilt(session, made, ("request", "{"), ("state", "stopped"))
    assert finish(recovery.resume(session, [id])) == ["done"]


@pytest.mark.parametrize("how", DAMAGES)
def test_it_is_shown_as_unreadable(session: Session, made: str, how: str) -> None:
    """In the table, in JSON and in the gallery, beside the others."""
    sound = recorded(session, "failed", "sound", name="sound")
    id = spoilt(session, made, *DAMAGES[how])
    found = session.history.newest(10)
    words = f"unreadable ({id}, {made})"
    clips = [Facts(snapshot=one) for one in found]
    for text in (history_text(clips), history_html(clips)):
        assert words in text
        assert "sound" in text
    listed = {row["id"]: row["unreadable"] for row in map(history_row, found)}
    assert listed[sound.id] == []
    assert listed[id]
    json.dumps([history_row(one) for one in found])
    page = Gallery(session, lambda rows: None).page({})
    headlines = {row["id"]: row["headline"] for row in page["rows"]}
    assert set(headlines) == {sound.id, id}
    assert headlines[id].startswith("U" + words[1:])
    json.dumps(page)


def test_the_others_are_watched_and_sent(session: Session, stage: Stage, made: str) -> None:
    """A damaged row before and after them changes nothing for them."""
    recorded(session, "waiting", "never left yet")
    for at, how in enumerate(DAMAGES):
        known = recorded(session, "generating", how, task_id=f"unknown-{at}")
        for mutation in DAMAGES[how]:
            damage(session.history, mutation, id=known.id)
    sound = recorded(session, "generating", "sound", task_id=made)
    second = another(session, stage)
    left = recovery.left_unfinished(second)
    assert len(left.unreadable) == len(DAMAGES)
    (task,) = [task for task in recovery.watch(second, left.sent) if task.id == sound.id]
    (sent,) = recovery.send(second, left.never_sent, unexpected)
    assert finish([task, sent]) == ["done", "done"]
    second.close()


def test_a_cell_whose_record_is_damaged_does_not_pay_again(
    session: Session, stage: Stage, made: str
) -> None:
    """Its task is taken up by the id, with what the cell asks for."""
    wanted = order("paid once")
    known = recorded(session, "generating", "paid once", task_id=made)
    damage(session.history, ("request", "{"), id=known.id)
    task = session.dispatch.submit(wanted)
    assert task.id == known.id
    assert finish([task]) == ["done"]
    assert task.snapshot.request == wanted.request
    assert "paid once" not in prompts(stage)
    assert session.dispatch.submit(wanted).state == "done"


def test_a_cell_whose_task_lost_its_id_does_not_pay_again_by_itself(
    session: Session, stage: Stage
) -> None:
    """It may have been billed; --again is the person's own word."""
    known = recorded(session, "queued", "billed perhaps", task_id="lost")
    damage(session.history, ("task_id", BLOB), id=known.id)
    task = session.dispatch.submit(order("billed perhaps"))
    assert (task.id, task.state) == (known.id, "unsure")
    assert "billed perhaps" not in prompts(stage)
    with pytest.raises(UsageError, match="resume TASKID"):
        settling.settle(session, known.id, "t-1")


def test_a_damaged_row_that_never_left_is_not_sent(session: Session, stage: Stage) -> None:
    """Nobody asked for what stands in it; its cell makes a new one."""
    known = recorded(session, "waiting", "sent by its cell")
    damage(session.history, ("request", '{"model": "hailuo/02-text-to-video-pro"}'), id=known.id)
    left = recovery.left_unfinished(session)
    assert (left.never_sent, left.sent) == ((), ())
    assert [one.id for one in left.unreadable] == [known.id]
    with pytest.raises(UsageError):
        recovery.resume(session, [known.id])
    task = session.dispatch.submit(order("sent by its cell"))
    assert task.id != known.id
    assert finish([task]) == ["done"]
    assert session.dispatch.submit(order("sent by its cell")).id == task.id
    assert prompts(stage).count("sent by its cell") == 1


def test_what_stands_for_an_unreadable_request_is_never_sent(session: Session) -> None:
    """Not by a retry either."""
    known = recorded(session, "failed", "failed once")
    damage(session.history, ("request", "{"), id=known.id)
    (odd,) = session.history.unreadable()
    with pytest.raises(UsageError, match="cannot be sent again"):
        session.dispatch.submit(replace(order("x"), request=odd.request))


def test_a_bare_resume_names_it(session: Session, made: str) -> None:
    """One line for each, and what can be watched is."""
    told: list[str] = []
    session.host.show = lambda *, html, text: told.append(text)  # type: ignore[method-assign]
    id = spoilt(session, made, ("request", "{"))
    lost = recorded(session, "submitting", "lost")
    damage(session.history, ("warnings", "{"), id=lost.id)
    tasks = recovery.resume(session, [])
    assert [task.id for task in tasks] == [id]
    assert any(f"unreadable ({id}, {made})" in line for line in told)
    assert any(f"unreadable ({lost.id}, no task id)" in line for line in told)
    finish(tasks)


def test_it_is_found_by_its_task_id_when_nothing_else_is_left(
    session: Session, stage: Stage, made: str
) -> None:
    """%hailuo resume TASKID goes on with the row, and makes no second one."""
    id = spoilt(session, made, *DAMAGES["nothing but the task id"])
    (task,) = recovery.resume(session, [made])
    assert task.id == id
    assert finish([task]) == ["done"]
    assert len(session.history.newest(10)) == 1
    shown = session.dispatch.find(id)
    assert shown is not None
    assert shown.state == "done"


def test_the_gallery_is_told_of_it_once(session: Session, made: str) -> None:
    """What cannot be read never comes to rest; the browser is not told of it for ever."""
    told: list[list[dict[str, object]]] = []
    gallery = Gallery(session, told.append)
    spoilt(session, made, ("task_id", BLOB))  # "generating" to SQL, unsure to the reader
    gallery.page({})
    for at in range(3):
        with closing(sqlite3.connect(session.history.path)) as database, database:
            database.execute("INSERT INTO settings VALUES (?, '1')", (f"x{at}",))
        gallery.look()
    assert told == []


def test_errors_are_ours(session: Session) -> None:
    """A row of nothing at all is still a row."""
    known = recorded(session, "queued", "nothing")
    for column in ("request", "state", "service", "created_at", "task_id", "warnings", "id"):
        damage(session.history, (column, BLOB), id=known.id)
    (odd,) = session.history.unreadable()
    assert odd.id == "row1"
    assert recovery.left_unfinished(session).sent == ()
    assert session.dispatch.find("row1") is not None
    with pytest.raises(HailuoError):
        settling.settle(session, "row1", None)
