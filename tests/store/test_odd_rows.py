"""One odd row disables nothing: it is told as unreadable, kept as it is, and hides no other."""

import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from hailuo_nb.core.budget import Cap
from hailuo_nb.core.request import LATER_FIELDS, make_request
from hailuo_nb.core.task import taken_up
from hailuo_nb.errors import StoreError
from hailuo_nb.store.gallery_queries import Wanted
from hailuo_nb.store.history import History
from hailuo_nb.store.opening import has_unfinished
from hailuo_nb.store.rows import NO_REQUEST, read_request, to_row
from hailuo_nb.store.spending import PRICE_UNKNOWN
from tests.store.damage import (
    ASKED,
    BLOB,
    COLUMNS,
    Mutation,
    damage,
    damaged,
    dump,
    harmless_rows,
    make_history,
    shown,
    unreadable_rows,
)
from tests.store.make import finished, snapshot_of

VENDOR = "https://api.kie.ai"
each_unreadable = pytest.mark.parametrize("mutation", list(unreadable_rows()), ids=shown)
each_harmless = pytest.mark.parametrize("mutation", list(harmless_rows()), ids=shown)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the history that each test damages a copy of."""
    home = tmp_path_factory.mktemp("whole")
    make_history(home)
    return home


@pytest.fixture
def history(template: Path, tmp_path: Path) -> History:
    """Copy three sound rows; the second is the one to be damaged."""
    shutil.copytree(template, tmp_path / "home")
    return History(tmp_path / "home")


def look_everywhere(history: History) -> None:
    """Ask whatever reads rows, of all rows and of this one's request."""
    request = snapshot_of().request
    history.shelf.counts()
    history.shelf.total(Wanted(text="samurai", group="failed"))
    history.shelf.hidden(["a1", "b2"])
    history.shelf.posters(["a1", "b2"])
    history.shelf.pictured(["a1", "b2"])
    history.durations_s(request, VENDOR)
    history.never_sent()
    history.newest(10, state="done")
    assert history.last_sample(request, VENDOR) in (0, 1)
    assert history.budget.report(VENDOR, None).entries
    has_unfinished(history.path.parent)


def sound(history: History, home: Path) -> None:
    """Hold the other rows to what they were."""
    for id in ("a1", "c3"):
        whole = replace(finished(id, home), name=id)
        found = history.get(id)
        assert found is not None
        assert replace(found, video=None) == replace(whole, video=None)


@each_unreadable
def test_an_odd_row_is_told_and_hides_no_other(
    history: History, tmp_path: Path, mutation: Mutation
) -> None:
    """It is in every list, with what of it cannot be read; nothing raises, nothing is missing."""
    damage(history, mutation)
    (odd,) = [one for one in history.newest(10) if one.unreadable]
    assert mutation[0] in odd.unreadable
    assert odd in [replace(one, poster=None) for one in history.unreadable()]
    assert history.get(odd.id) == odd
    assert len(history.newest(10)) == 3
    assert {one.id for one in history.shelf.page(Wanted(), 10)} == {"a1", odd.id, "c3"}
    assert sum(number for _, number in history.shelf.counts().groups) == 3
    if "task_id" not in odd.unreadable:
        assert history.find("t-b2") == odd
    look_everywhere(history)
    sound(history, tmp_path)


@each_unreadable
def test_an_odd_row_is_kept_as_it_is(history: History, mutation: Mutation) -> None:
    """Whatever becomes of its task is not written over what cannot be read."""
    damage(history, mutation)
    before = dump(history)
    (odd,) = history.unreadable()
    assert history.lease(odd.id)
    assert history.save(replace(odd, state="generating", credits=5.0))
    assert not history.accept(replace(odd, task_id="another"))
    assert not history.begin_submit(replace(odd, state="submitting"))
    assert history.save(replace(odd, state="done", credits=5.0))
    assert not history.holds(odd.id)
    assert not history.save(replace(odd, state="done"))
    assert dump(history) == before


@each_unreadable
def test_an_odd_row_goes_on_only_by_its_task_id(history: History, mutation: Mutation) -> None:
    """With an id it is watched; without one it may have been billed; it is never sent."""
    damage(history, mutation)
    (odd,) = history.unfinished()
    now = taken_up(odd, clip=None)
    assert now is not None
    if "task_id" in odd.unreadable:
        assert (now.state, now.task_id) == ("unsure", None)
    else:
        assert now.state in ("queued", "generating")
        assert now.task_id == "t-b2"


@each_harmless
def test_what_only_sums_and_sorts_hides_nothing(
    history: History, tmp_path: Path, mutation: Mutation
) -> None:
    """The task is as it was, and in every list."""
    damage(history, mutation)
    assert history.unreadable() == []
    assert history.get("b2") == replace(damaged("b2", tmp_path), name="b2")
    assert {one.id for one in history.shelf.page(Wanted(), 10)} == {"a1", "b2", "c3"}
    history.folder_of("b2")
    history.key_print_of("b2")
    look_everywhere(history)
    sound(history, tmp_path)


def test_an_id_that_comes_for_a_damaged_row_is_written(history: History) -> None:
    """Nothing else of the row is; by the id the task is watched."""
    damage(history, ("state", "submitting"))
    damage(history, ("task_id", None))
    damage(history, ("request", BLOB))
    before = dump(history)
    (odd,) = history.without_id()
    assert history.accept(replace(odd, state="queued", task_id="t-late"))
    assert not history.accept(replace(odd, state="queued", task_id="t-later"))
    damage(history, ("task_id", None))
    assert dump(history) == before


@pytest.mark.parametrize("state", ["queued", "generating", "saving"])
def test_a_task_at_the_service_without_its_id_may_have_been_billed(
    history: History, state: str
) -> None:
    """It is no task that was never sent, so its cell does not pay for another by itself."""
    damage(history, ("state", state))
    damage(history, ("task_id", None))
    (odd,) = history.unreadable()
    assert (odd.state, odd.unreadable) == ("unsure", ("task_id",))
    assert taken_up(odd, clip=None) == odd


@pytest.mark.parametrize("state", ["waiting", "submitting"])
def test_a_task_not_taken_that_has_an_id_is_watched_not_sent(history: History, state: str) -> None:
    """The id says that it was taken."""
    damage(history, ("state", state))
    (odd,) = history.unreadable()
    assert (odd.state, odd.unreadable) == ("stopped", ("state",))
    now = taken_up(odd, clip=None)
    assert now is not None
    assert now.state == "queued"


def test_an_unsure_task_with_an_id_is_watched(history: History) -> None:
    """Its record cannot be settled, for it is kept; the id tells what became of it."""
    damage(history, ("state", "unsure"))
    damage(history, ("request", "{"))
    (odd,) = history.unreadable()
    assert (odd.state, odd.task_id) == ("stopped", "t-b2")


def test_a_failed_task_whose_id_is_damaged_is_not_sent_anew_by_itself(history: History) -> None:
    """It was made, and may have been charged."""
    damage(history, ("state", "failed"))
    damage(history, ("task_id", BLOB))
    (odd,) = history.unreadable()
    assert taken_up(odd, clip=None) == odd
    assert odd.state == "unsure"


def test_what_lies_there_is_done_whatever_its_row_says(history: History, tmp_path: Path) -> None:
    """Its clip is not fetched again."""
    damage(history, ("state", "melting"))
    (odd,) = history.unreadable()
    now = taken_up(odd, clip=tmp_path)
    assert now is not None
    assert (now.state, now.video) == ("done", tmp_path)


def test_two_rows_without_ids_are_two(history: History) -> None:
    """Each is called by its place, and found by it."""
    damage(history, ("id", None), id="a1")
    damage(history, ("id", BLOB))
    named = [one.id for one in history.newest(10) if one.unreadable]
    assert sorted(named) == ["row1", "row2"]
    assert [history.find(id).task_id for id in sorted(named)] == ["t-a1", "t-b2"]  # type: ignore[union-attr]
    assert history.find("row3") is None
    assert history.find("row99999999999999999999") is None


def test_a_later_version_may_add_to_a_request(history: History) -> None:
    """What is not known is kept with the task, and stays in the row."""
    whole = json.loads(str(to_row(snapshot_of())["request"]))
    whole["image"]["depth_px"] = 3
    later = json.dumps(whole | {"seed": 7, "style": {"grain": [1]}})
    damage(history, ("request", later))
    known = history.get("b2")
    assert known is not None
    unknown = (("seed", 7), ("style", {"grain": [1]}))
    assert known.unreadable == ()
    assert known.request == replace(snapshot_of().request, unknown=unknown)
    assert history.lease("b2")
    assert history.save(replace(known, state="done"))
    with closing(sqlite3.connect(history.path)) as database:
        assert database.execute("SELECT request, state FROM tasks WHERE id = 'b2'").fetchone() == (
            later,
            "done",
        )


def test_an_earlier_version_may_have_left_out(history: History) -> None:
    """What has a default need not be there."""
    whole = json.loads(str(to_row(snapshot_of())["request"]))
    for name in ("callback_url", "sample"):
        del whole[name]
    for name in ("width_px", "height_px", "size_bytes", "mime", "url"):
        del whole["image"][name]
    assert read_request(json.dumps(whole)).sample == 1


def test_every_column_that_is_read_is_damaged_here() -> None:
    """A new column of the reader needs its odd values."""
    from hailuo_nb.store.rows import _REQUEST, FIELDS, READ_LATER

    assert set(COLUMNS) == set(FIELDS)
    assert set(ASKED) == set(_REQUEST) | set(READ_LATER)
    assert set(READ_LATER) == set(LATER_FIELDS)


def test_a_sound_task_stands_for_a_request_before_an_unreadable_one(history: History) -> None:
    """One that cannot be read and never left is passed over, however new it is."""
    made = replace(damaged("b1", history.path.parent), state="failed", task_id="t-b1")
    history.add(made, folder=history.path.parent)
    newest = replace(made, id="b4", state="waiting", task_id=None)
    history.add(newest, folder=history.path.parent)
    damage(history, ("state", "waiting"))
    damage(history, ("task_id", None))
    damage(history, ("request", "{"))
    damage(history, ("request", "{"), id="b4")
    found = history.same(made.request, VENDOR)
    assert found is not None
    assert found.id == "b1"


def test_pages_go_on_past_rows_without_a_date(history: History) -> None:
    """They come last, each once."""
    for at in range(6):
        history.add(replace(snapshot_of(f"d{at}"), created_at=3000.0 + at), folder=Path("/clips"))
    for id, value in (("b2", None), ("a1", "yesterday"), ("d3", BLOB), ("d5", -1.0)):
        damage(history, ("created_at", value), id=id)
    seen: list[str] = []
    after = None
    while page := history.shelf.page(Wanted(), 2, after=after):
        seen += [one.id for one in page]
        after = (page[-1].created_at, page[-1].id)
    assert seen == ["d4", "d2", "d1", "d0", "c3", "d5", "d3", "b2", "a1"]


def test_what_has_no_date_does_not_move(history: History) -> None:
    """A text is later than any number to SQLite; the gallery must not be told of it for ever."""
    damage(history, ("created_at", "tomorrow"))
    damage(history, ("state", "done"))
    assert [one.id for one in history.shelf.moving([], since=5000.0)] == []


@pytest.mark.parametrize("credits", [-1000.0, "many", BLOB, float("inf")])
@pytest.mark.parametrize("state", ["done", "generating", "melting"])
def test_an_odd_amount_neither_frees_nor_eats_the_budget(
    history: History, credits: object, state: str
) -> None:
    """The listed price counts in its place, and where that is odd, too, the dearest."""
    damage(history, ("state", state))
    damage(history, ("credits", credits))
    listed = make_request(prompt="x", image=snapshot_of().request.image).price.credits
    (entry,) = history.budget.report(VENDOR, None).entries
    assert entry.spent + entry.held == listed
    damage(history, ("price", credits))
    (entry,) = history.budget.report(VENDOR, None).entries
    assert entry.spent + entry.held == PRICE_UNKNOWN


@pytest.mark.parametrize("value", ["", "{", '"many"', "-1", "NaN", "null", BLOB])
def test_a_cap_that_cannot_be_read_lets_nothing_be_paid_for(
    history: History, value: object
) -> None:
    """It says how to set it anew."""
    history.budget.set_cap(100, "day")
    history.close()
    with closing(sqlite3.connect(history.path, isolation_level=None)) as database:
        database.execute("UPDATE settings SET value = ? WHERE name = 'cap_per_day'", (value,))
    with pytest.raises(StoreError, match="%hailuo budget N"):
        history.budget.caps()
    history.budget.set_cap(50, "day")
    assert history.budget.caps() == (Cap(credits=50.0),)


@pytest.mark.parametrize("value", ["", "xyz", BLOB, 7])
def test_a_damaged_salt_still_tells_keys_apart(history: History, value: object) -> None:
    """It is kept, and the same every time."""
    history.salt()
    history.close()
    with closing(sqlite3.connect(history.path, isolation_level=None)) as database:
        database.execute("UPDATE settings SET value = ? WHERE name = 'salt'", (value,))
    assert history.salt() == history.salt()
    assert isinstance(history.salt(), bytes)


@pytest.mark.parametrize(
    "holder", ["", "{", "[]", '["h", "b", "pid", "t"]', '["h", "b", 1e400, "t"]', BLOB, 7]
)
def test_a_task_whose_lease_is_damaged_can_be_taken(history: History, holder: object) -> None:
    """Nobody holds it."""
    assert history.lease("a1")
    history.close()
    with closing(sqlite3.connect(history.path, isolation_level=None)) as database:
        database.execute("UPDATE leases SET holder = ?", (holder,))
    assert not history.held_elsewhere("a1")
    assert history.lease("a1")


@pytest.mark.parametrize("expires_at", ["later", BLOB, 1e300, -1])
def test_a_lease_that_ends_at_no_time_holds_nothing(history: History, expires_at: object) -> None:
    """It can be taken from a holder of another machine."""
    assert history.lease("a1")
    history.close()
    with closing(sqlite3.connect(history.path, isolation_level=None)) as database:
        facts = ('["another", "boot", 5, "t"]', expires_at)
        database.execute("UPDATE leases SET holder = ?, expires_at = ?", facts)
    assert not history.held_elsewhere("a1")
    assert history.lease("a1")


def test_what_stands_for_an_unreadable_request_is_no_model() -> None:
    """Nothing could be sent by it, even by mistake."""
    assert (NO_REQUEST.model, NO_REQUEST.prompt) == ("unknown", "")
