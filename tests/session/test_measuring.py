"""What is saved, or looked at, is measured: kept in the history and the sidecar, once."""

import json
import os
import queue
import signal
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import hailuo_nb
from hailuo_nb.core.measured import Measured
from hailuo_nb.core.rating import Rating
from hailuo_nb.core.request import make_request
from hailuo_nb.core.task import Snapshot
from hailuo_nb.errors import OptionError
from hailuo_nb.measures import measuring, table
from hailuo_nb.measures.table import MEASURES
from hailuo_nb.media.sources import find_image
from hailuo_nb.runner.experiment import Experiment
from hailuo_nb.session import measuring as room
from hailuo_nb.session.lookup import find_clip
from hailuo_nb.session.plan import PlanItem
from hailuo_nb.session.session import Session
from hailuo_nb.store.gallery_queries import STARS, Wanted
from hailuo_nb.store.sidecar import read_sidecar
from tests.session.test_experiment import order, sent

KEYS = [row.key for row in MEASURES]


@pytest.fixture(autouse=True)
def own(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, table.Measure]]:
    """Begin without measures of one's own."""
    made: dict[str, table.Measure] = {}
    monkeypatch.setattr(table, "_own", made)
    yield made


@pytest.fixture
def session(session: Session) -> Session:
    """Measure clips as they are saved and looked at, which other tests do not."""
    session.config = replace(session.config, measures=True)
    return session


def made(session: Session, *prompts: str) -> Experiment:
    """Make a clip of each prompt and wait until all are saved."""
    return sent(session, *(order(text, label=text) for text in prompts)).wait(60)


def test_a_saved_clip_is_measured_into_its_table(session: Session) -> None:
    """A column for each measure, under its key; the history and the sidecar have the same."""
    trial = made(session, "[Pan left] a lake", "a quiet lake")
    frame = trial.to_frame()
    assert [key for key in frame.columns if key in KEYS] == KEYS
    assert frame["camera"].iloc[1] == "nothing asked"
    assert frame["camera"].iloc[0] in ("seen", "not seen", "unsure")
    assert frame["start_fidelity"].between(-1, 1).all()
    assert frame["end_fidelity"].isna().all()
    for task in trial:
        known, video = session.history.get(task.id), task.video
        assert known is not None
        assert video is not None
        assert known.measured == task.snapshot.measured
        assert {key: one.version for key, one in known.measured.items()} == {
            row.key: row.version for row in MEASURES
        }
        assert read_sidecar(video.with_suffix(".json")).measured == known.measured
        assert known.request.identity(known.service) == task.snapshot.request.identity(
            known.service
        )


def test_a_rating_given_while_a_clip_is_measured_stays_beside_it(session: Session) -> None:
    """The sidecar has what is thought of the clip when it is written, whoever thought it."""
    here, other = made(session, "rated here", "rated elsewhere")

    rate = iter(
        [
            lambda: here.rate(lambda _: Rating(stars=5)),
            lambda: session.history.ratings.change(other.id, lambda _: Rating(stars=2)),
        ]
    )

    @table.measure
    def rated(frames: np.ndarray, fps: float) -> float:
        """Have a person rate the clip meanwhile."""
        next(rate)()
        return 1.0

    session.measuring.wait([here, other])
    for task, stars in ((here, 5), (other, 2)):
        assert task.video is not None
        beside = read_sidecar(task.video.with_suffix(".json"))
        assert (beside.rating.stars, beside.measured["rated"].value) == (stars, 1.0)


def test_a_clip_of_an_earlier_version_gets_its_pictures_once(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looked at, its poster is its middle and it has a strip; a broken one is not tried again."""
    trial = made(session, "pictured late", "broken")
    old, broken = trial
    session.measuring.wait(trial)
    first = "data:image/jpeg;base64,AAAA"
    for task in trial:
        assert len(task.snapshot.strip or ()) == 4
        session.history.set_poster(task.id, first)
        task._job.snapshot = replace(task.snapshot, poster=first, strip=None)
    assert broken.video is not None
    broken.video.write_bytes(bytes(broken.video.stat().st_size))
    told: list[Snapshot] = []
    old.attach(lambda _: None, told.append)
    session.measuring.wait(trial)
    assert told[0].poster != first
    assert len(told[0].strip or ()) == 4
    known = session.history.get(old.id)
    assert known is not None
    assert (known.poster, known.strip) == (told[0].poster, told[0].strip)
    assert broken.snapshot.strip == ()
    assert broken.snapshot.poster == first
    monkeypatch.setattr(room, "clip_pictures", lambda _: pytest.fail("it was made again"))
    session.measuring.wait(trial)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[set[str]]:
    """Note by which measures clips are measured."""
    noted: list[set[str]] = []

    def measure_clip(*args: Any, keys: set[str]) -> dict[str, Measured]:
        noted.append(keys)
        return measuring.measure_clip(*args, keys=keys)

    monkeypatch.setattr(room, "measure_clip", measure_clip)
    return noted


def test_what_is_measured_is_not_measured_again(session: Session, asked: list[set[str]]) -> None:
    """Not by looking once more; another definition is, by itself, in an old clip, too."""
    trial = made(session, "measured once")
    before = trial.to_frame()
    assert before.equals(trial.to_frame())
    assert asked == [set(KEYS)]
    with closing(sqlite3.connect(session.history.path)) as history, history:
        history.execute("UPDATE measures SET version = 7, value = 0.5 WHERE key = 'flicker'")
    asked.clear()
    other = Session(session.config, display=lambda _: None)
    task = other.dispatch.find(trial[0].id)
    assert task is not None
    assert task.snapshot.measured["flicker"] == Measured(value=0.5, version=7)
    values = other.measuring.values([task])[0]
    other.close()
    assert asked == [{"flicker"}]
    assert values["flicker"] == before["flicker"].iloc[0]


def test_an_image_that_is_gone_is_no_verdict(session: Session, asked: list[set[str]]) -> None:
    """An array of a kernel that has ended: all else is measured, and it is asked for once."""
    pixels = np.random.default_rng(1).integers(0, 255, (288, 512, 3)).astype(np.uint8)
    image = find_image("pixels", {"pixels": pixels})
    request = make_request(prompt="of an array", image=image.ref, resolution="512P")
    task = session.dispatch.submit(PlanItem(request=request, image=image)).wait(60)
    assert session.measuring.values([task])[0]["start_fidelity"] is not None
    with closing(sqlite3.connect(session.history.path)) as history, history:
        history.execute("DELETE FROM measures")
    other = Session(session.config, display=lambda _: None)
    found = other.dispatch.find(task.id)
    assert found is not None
    values = other.measuring.values([found, found])[0]
    assert (values["start_fidelity"], values["flicker"] is None) == (None, False)
    asked.clear()
    assert other.measuring.values([found])[0] == values
    other.close()
    assert asked == []


def test_a_clip_that_no_history_knows_keeps_its_measures_beside_it(
    session: Session, tmp_path: Path
) -> None:
    """Its sidecar alone has them."""
    video = made(session, "beside")[0].video
    assert video is not None
    sidecar = video.with_suffix(".json")
    told = json.loads(sidecar.read_text("utf-8"))
    told.pop("measures", None)
    sidecar.write_text(json.dumps(told), "utf-8")
    apart = replace(session.config, home=tmp_path / "another")
    other = Session(apart, display=lambda _: None)
    task = find_clip(other, str(video))
    assert task is not None
    values = other.measuring.values([task])[0]
    assert values["flicker"] is not None
    assert read_sidecar(sidecar).measured["flicker"].value == values["flicker"]
    assert other.history.measures.of([task.id]) == {}
    other.close()


def test_a_measure_of_one_s_own_is_a_column(session: Session) -> None:
    """It runs where clips are looked at; what it raises is said, and the rest is there."""

    @hailuo_nb.measure
    def redness(frames: np.ndarray, fps: float) -> float:
        """How red it is."""
        return float(frames[..., 0].mean() / 255)

    @hailuo_nb.measure
    def broken(frames: np.ndarray, fps: float) -> float:
        raise ZeroDivisionError("no <b>frames</b>")

    trial = made(session, "a red lake")
    frame = trial.to_frame()
    assert 0 < frame["redness"].iloc[0] < 1
    assert frame["broken"].isna().all()
    assert trial[0].snapshot.measured["broken"].words == "ZeroDivisionError: no <b>frames</b>"
    known = session.history.get(trial[0].id)
    assert known is not None
    assert known.measured["redness"].value == frame["redness"].iloc[0]
    assert "broken" not in known.measured


def test_no_measure_is_hidden_by_a_column(session: Session) -> None:
    """What a table has besides, and an order, cannot be a measure's key."""
    frame = made(session, "a lake of columns").to_frame()
    assert set(frame.columns) - set(KEYS) | {STARS} == table.COLUMNS
    with pytest.raises(OptionError, match="Each clip has 'state' already"):
        hailuo_nb.measure(lambda frames, fps: 0.0, key="state")


def test_a_clip_of_the_history_is_measured_as_its_row_is_looked_at(session: Session) -> None:
    """Whoever watches is told once, and is not asked again."""
    task = made(session, "on the shelf")[0]
    session.measuring.wait([task])
    with closing(sqlite3.connect(session.history.path)) as history, history:
        history.execute("DELETE FROM measures")
    other = Session(session.config, display=lambda _: None)
    told: queue.SimpleQueue[Snapshot] = queue.SimpleQueue()
    other.watchers.append(told.put)
    (known,) = other.history.shelf.page(Wanted(), 1)
    assert known.measured == {}
    for _ in range(3):
        other.measuring.look_at_rows([known])
    assert told.get(timeout=60).measured.keys() == set(KEYS)
    (known,) = other.history.shelf.page(Wanted(), 1)
    assert known.measured.keys() == set(KEYS)
    other.close()
    assert told.empty()


def test_who_wants_no_measures_gets_them_in_a_table_alone(session: Session) -> None:
    """Nothing is measured as clips are saved or looked at; a column is asked for."""
    session.config = replace(session.config, measures=False)
    trial = made(session, "[Pan left] a lake")
    assert session.measuring.look(trial) == []
    session.measuring.wait(trial)
    assert trial[0].snapshot.measured == {}
    assert trial.to_frame()["camera"].iloc[0] in ("seen", "not seen", "unsure")


def ends_well(act: Callable[[], object]) -> bool:
    """Return whether a forked child comes to the end of something."""
    child = os.fork()
    if child == 0:
        signal.alarm(30)
        act()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_a_forked_child_waits_for_no_lock_of_its_parent(session: Session) -> None:
    """Whoever has it when the process forks, the child's is free."""
    taken, done = threading.Event(), threading.Event()

    def keep() -> None:
        with session.measuring._changed:
            taken.set()
            done.wait(60)

    thread = threading.Thread(target=keep)
    thread.start()
    taken.wait(60)
    try:
        assert ends_well(lambda: session.measuring.wait([]))
    finally:
        done.set()
        thread.join()


def test_a_forked_child_waits_for_no_measure_of_its_parent(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is under way when the process forks never ends in the child."""
    begun, done = threading.Event(), threading.Event()

    def measure_clip(*args: object, keys: set[str]) -> dict[str, Measured]:
        begun.set()
        done.wait(60)
        return {}

    monkeypatch.setattr(room, "measure_clip", measure_clip)
    trial = made(session, "measured while it forks")
    assert begun.wait(60)
    session.config = replace(session.config, measures=False)
    try:
        assert ends_well(lambda: session.measuring.wait(trial))
    finally:
        done.set()
        session.measuring.wait(trial)
