"""The history on a real SQLite file: what is written is found again, by whoever looks."""

import os
import sqlite3
import stat
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hailuo_nb.core.request import make_request, next_sample
from hailuo_nb.core.task import FINAL, STATE_WORDS, Pictures, Snapshot
from hailuo_nb.errors import StoreError
from hailuo_nb.store.history import History
from hailuo_nb.store.rows import changing, from_row, to_row
from tests.store.make import IMAGE, PROMPT, finished, snapshot_of


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Name a folder that is not there yet."""
    return tmp_path / "home"


@pytest.fixture
def history(home: Path) -> Iterator[History]:
    """Open a history in a new folder."""
    with History(home) as opened:
        yield opened


def record(history: History, *snapshots: Snapshot) -> None:
    """Record tasks that will be saved in one folder."""
    for snapshot in snapshots:
        history.add(snapshot, folder=Path("/clips"))


def test_a_task_comes_back_as_it_was_recorded(history: History, tmp_path: Path) -> None:
    """Every field survives, quotes, emoji and right-to-left text included."""
    end = replace(IMAGE, label="end.png", digest="ef56")
    request = make_request(
        prompt=PROMPT, image=IMAGE, end_image=end, nsfw_check=True, callback_url="https://me/x"
    )
    snapshot = finished("a1", tmp_path, request=next_sample(request, 3))
    record(history, snapshot)
    assert history.find("a1") == snapshot


def test_reading_an_empty_home_makes_nothing(home: Path) -> None:
    """Looking does not write: no folder, no file, no task."""
    history = History(home)
    assert not history.exists()
    assert (history.find("x"), history.unfinished(), history.newest(5)) == (None, [], [])
    assert history.last_sample(snapshot_of().request, "simulator") == 0
    assert not home.exists()


def test_what_changed_is_saved(history: History, tmp_path: Path) -> None:
    """From waiting to done, each saved step replaces the one before."""
    asked = snapshot_of("a1", name="samurai", warnings=("a", "ü"))
    record(history, asked, snapshot_of("b2"))
    assert history.lease("a1")
    assert history.save(finished("a1", tmp_path))
    assert history.find("a1") == finished("a1", tmp_path)
    assert history.find("b2") == snapshot_of("b2")


def test_a_new_name_outlives_what_is_saved_after_it(history: History, tmp_path: Path) -> None:
    """Whoever looks after a task may not know its new name yet, and does not undo it."""
    record(history, snapshot_of("a1", name="old"))
    assert history.lease("a1")
    history.rename("a1", "new")
    assert history.save(finished("a1", tmp_path, name="old"))
    found = history.get("a1")
    assert found is not None
    assert found.name == "new"


def test_what_was_asked_for_never_changes(history: History) -> None:
    """Saving a step leaves the request, the service and the time of asking alone."""
    record(history, snapshot_of("a1"))
    other = make_request(prompt="something else")
    history.lease("a1")
    assert history.save(snapshot_of("a1", request=other, service="https://x", created_at=9.0))
    assert history.find("a1") == snapshot_of("a1")


def test_every_changing_column_follows_from_the_snapshot() -> None:
    """A step may change no more than what a new row holds."""
    assert set(changing(snapshot_of())) < set(to_row(snapshot_of()))


@pytest.mark.parametrize("handle", ["a1", "samurai", "t-a1"])
def test_a_task_is_found_by_id_name_and_task_id(
    history: History, tmp_path: Path, handle: str
) -> None:
    """Whatever the person has at hand leads to the task."""
    record(history, finished("a1", tmp_path), snapshot_of("b2", name="other", task_id="t-b2"))
    found = history.find(handle)
    assert found is not None
    assert found.id == "a1"


def test_the_newest_of_a_name_is_found(history: History) -> None:
    """A name used again means the task recorded last, whatever the clock said then."""
    record(history, snapshot_of("b2", name="cat", created_at=20.0))
    record(history, snapshot_of("a1", name="cat", created_at=10.0))
    assert history.find("cat") == snapshot_of("a1", name="cat", created_at=10.0)


def test_nothing_is_found_by_a_pattern(history: History) -> None:
    """A handle is compared whole: no wildcard and no SQL in it means anything."""
    record(history, snapshot_of("a1", name="cat"))
    assert [history.find(handle) for handle in ("%", "c*", "", "' OR 1 --", "CAT")] == [None] * 5


def test_the_same_request_is_found_again(history: History) -> None:
    """Identical inputs to one service lead to the newest such task."""
    record(history, snapshot_of("a1", created_at=10.0), snapshot_of("b2", created_at=20.0))
    found = history.same(snapshot_of().request, "simulator")
    assert found == snapshot_of("b2", created_at=20.0)


@pytest.mark.parametrize(
    ("first", "second", "meant"),
    [
        (("failed", None), ("done", "t2"), "second"),
        (("done", "t1"), ("failed", None), "first"),
        (("done", "t1"), ("failed", "t2"), "first"),
        (("waiting", None), ("failed", "t2"), "first"),
        (("unsure", None), ("stopped", None), "first"),
        (("failed", "t1"), ("failed", None), "first"),
        (("failed", None), ("failed", "t2"), "second"),
        (("stopped", "t1"), ("failed", "t2"), "first"),
        (("failed", "t1"), ("failed", "t2"), "second"),
    ],
)
@pytest.mark.parametrize("clock_s", [-7200.0, 7200.0])
def test_what_is_there_stands_for_a_request_before_what_failed(
    history: History,
    first: tuple[Any, str | None],
    second: tuple[Any, str | None],
    meant: str,
    clock_s: float,
) -> None:
    """Whichever way the clock jumped between the two; of equals the one recorded last."""
    rows = zip(("first", "second"), (first, second), (0.0, clock_s), strict=True)
    for id, (state, task_id), at in rows:
        record(history, snapshot_of(id, state=state, task_id=task_id, created_at=9000.0 + at))
    found = history.same(snapshot_of().request, "simulator")
    assert found is not None
    assert found.id == meant


@pytest.mark.parametrize(
    ("request_", "service"),
    [
        (make_request(prompt=PROMPT + "!", image=IMAGE), "simulator"),
        (make_request(prompt=PROMPT, image=replace(IMAGE, digest="00")), "simulator"),
        (next_sample(make_request(prompt=PROMPT, image=IMAGE), 2), "simulator"),
        (make_request(prompt=PROMPT, image=IMAGE), "https://api.kie.ai"),
    ],
    ids=["prompt", "image", "sample", "service"],
)
def test_another_request_is_not_the_same(history: History, request_: Any, service: str) -> None:
    """A different prompt, image, sample or service is paid for on its own."""
    record(history, snapshot_of("a1"))
    assert history.same(request_, service) is None


def test_samples_of_a_request_are_counted(history: History) -> None:
    """The last sample is the highest of this request at this service."""
    request = snapshot_of().request
    for sample in (1, 3, 2):
        record(history, snapshot_of(f"a{sample}", request=next_sample(request, sample)))
    record(history, snapshot_of("b1", request=next_sample(request, 7), service="https://x"))
    assert history.last_sample(next_sample(request, 2), "simulator") == 3
    assert history.last_sample(request, "https://x") == 7
    assert history.last_sample(make_request(prompt="other"), "simulator") == 0
    looks_equal = replace(request, prompt=f"{request.prompt} \u00a0")
    assert history.last_sample(looks_equal, "simulator") == 3


def test_the_folder_of_a_clip_is_kept(history: History) -> None:
    """Where a clip belongs is known before it is made, also after a restart elsewhere."""
    history.add(snapshot_of("a1"), folder=Path("/one/two"), notebook="n.ipynb", key_print="k")
    assert history.folder_of("a1") == Path("/one/two")
    assert history.folder_of("b2") is None


def test_the_unfinished_are_those_under_way(history: History) -> None:
    """Every state but the final ones counts, oldest first."""
    for number, state in enumerate(STATE_WORDS):
        task_id = None if state in ("waiting", "submitting") else f"t{number}"
        facts = {"state": state, "created_at": 100.0 - number, "task_id": task_id}
        record(history, snapshot_of(f"a{number}", **facts))
    expected = [state for state in STATE_WORDS if state not in FINAL]
    assert [found.state for found in history.unfinished()] == expected[::-1]


def test_the_newest_come_first(history: History) -> None:
    """The list is cut at its limit, and may be of one state."""
    for number in range(6):
        state = "failed" if number % 2 else "done"
        record(history, snapshot_of(f"a{number}", state=state, created_at=float(number)))
    assert [found.id for found in history.newest(3)] == ["a5", "a4", "a3"]
    assert [found.id for found in history.newest(9, state="failed")] == ["a5", "a3", "a1"]


def test_durations_are_of_finished_tasks_of_this_kind(history: History, tmp_path: Path) -> None:
    """Only done tasks of the same model, duration, resolution and service are counted."""
    kind = snapshot_of().request
    for number, took_s in enumerate((180.0, 60.0, 240.0)):
        times = {"submitted_at": 10.0, "finished_at": 10.0 + took_s, "created_at": float(number)}
        record(history, finished(f"a{number}", tmp_path, **times))
    longer = make_request(prompt="x", image=IMAGE, duration_s=10)
    record(
        history,
        finished("b1", tmp_path, request=longer),
        finished("b2", tmp_path, service="https://x"),
        finished("b3", tmp_path, state="failed"),
        finished("b4", tmp_path, submitted_at=None),
        finished("b5", tmp_path, finished_at=None),
        finished("b6", tmp_path, request=make_request(prompt="x")),
    )
    other_prompt = make_request(prompt="another", image=IMAGE)
    assert history.durations_s(other_prompt, "simulator") == [240.0, 60.0, 180.0]
    assert history.durations_s(kind, "https://api.kie.ai") == []


def test_pictures_come_with_their_task(history: History) -> None:
    """Poster and strip are found with the task; where none can be had, that is known, too."""
    record(history, *(snapshot_of(id) for id in ("a1", "b2", "c3")))
    history.set_poster("b2", "data:image/jpeg;base64,AAAA")
    history.set_pictures("a1", Pictures(poster="data:image/jpeg;base64,BBBB", strip=("x", "y")))
    history.set_pictures("b2", None)
    found = {one.id: (one.poster, one.strip) for one in history.newest(9)}
    assert found == {
        "a1": ("data:image/jpeg;base64,BBBB", ("x", "y")),
        "b2": ("data:image/jpeg;base64,AAAA", ()),
        "c3": (None, None),
    }


def test_a_poster_comes_with_its_task(history: History) -> None:
    """The small picture is kept apart, replaced by a newer one, and found with the task."""
    record(history, snapshot_of("a1", name="cat"), snapshot_of("b2"))
    history.set_poster("a1", "data:image/jpeg;base64,AAAA")
    history.set_poster("a1", "data:image/jpeg;base64,BBBB")
    posters = {found.id: found.poster for found in history.newest(9)}
    assert posters == {"a1": "data:image/jpeg;base64,BBBB", "b2": None}
    assert history.find("cat") == snapshot_of(
        "a1", name="cat", poster="data:image/jpeg;base64,BBBB"
    )


def test_an_upload_is_reused_until_it_is_too_old(history: History) -> None:
    """An address counts while it is newer than asked for, for its service and image alone."""
    history.add_upload("simulator", "d1", "http://up/1", at=1000.0)
    assert history.upload_url("simulator", "d1", since=999.9) == "http://up/1"
    assert history.upload_url("simulator", "d1", since=1000.0) is None
    assert history.upload_url("simulator", "d2", since=0.0) is None
    assert history.upload_url("https://x", "d1", since=0.0) is None


def test_a_new_upload_replaces_the_old(history: History) -> None:
    """An image uploaded again has one address, the newer."""
    history.add_upload("simulator", "d1", "http://up/1", at=1000.0)
    history.add_upload("simulator", "d1", "http://up/2", at=2000.0)
    assert history.upload_url("simulator", "d1", since=1500.0) == "http://up/2"


def test_the_same_id_is_not_recorded_twice(history: History) -> None:
    """A second task of one id is refused, and the first stays as it was."""
    record(history, snapshot_of("a1"))
    with pytest.raises(StoreError):
        record(history, snapshot_of("a1", name="other"))
    assert history.find("a1") == snapshot_of("a1")


def test_the_folder_and_file_are_private(history: History, home: Path) -> None:
    """Prompts are nobody else's: the folder is 0700 and every file in it 0600."""
    old = os.umask(0o022)
    try:
        record(history, snapshot_of("a1"))
    finally:
        os.umask(old)
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in home.iterdir()}
    assert modes == dict.fromkeys(modes, 0o600)
    assert "history.sqlite3" in modes


def test_a_closed_history_opens_again(history: History) -> None:
    """Closing twice does no harm, and the next use opens the file."""
    record(history, snapshot_of("a1"))
    history.close()
    history.close()
    assert history.find("a1") == snapshot_of("a1")


def test_a_home_that_cannot_be_made_is_a_store_error(tmp_path: Path) -> None:
    """A file in the way is said in words, with the way out."""
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match=r"cannot be written.*HAILUO_HOME"):
        record(History(tmp_path / "file" / "home"), snapshot_of())


def test_a_damaged_file_is_a_store_error(home: Path) -> None:
    """What is no database is left alone and said in words."""
    home.mkdir()
    (home / "history.sqlite3").write_bytes(b"not a database" * 100)
    with pytest.raises(StoreError, match=r"cannot be used.*move the file away"):
        History(home).newest(1)
    assert (home / "history.sqlite3").read_bytes() == b"not a database" * 100


def test_threads_share_one_history(history: History) -> None:
    """Eight threads that write and read at once lose nothing and see their own."""
    seen: list[Snapshot | None] = []

    def work(number: int) -> None:
        for turn in range(10):
            id = f"a{number}x{turn}"
            record(history, snapshot_of(id))
            seen.append(history.find(id))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found.id for found in seen if found) == sorted(
        found.id for found in history.newest(999)
    )
    assert len(seen) == 80


TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60)


@given(prompt=TEXT.filter(str.strip), note=TEXT, warnings=st.lists(TEXT, max_size=3))
def test_any_text_survives_a_row(prompt: str, note: str, warnings: list[str]) -> None:
    """A snapshot that went through a real SQLite row is the same snapshot."""
    snapshot = snapshot_of(
        request=make_request(prompt=prompt), note=note, warnings=tuple(warnings), error=note
    )
    row = to_row(snapshot)
    with sqlite3.connect(":memory:") as memory:
        memory.row_factory = sqlite3.Row
        sql = "SELECT " + ", ".join(f":{column} AS {column}" for column in row)
        found = memory.execute(sql, row).fetchone()
    memory.close()
    assert from_row(dict(found)) == snapshot
