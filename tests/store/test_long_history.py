"""What a long history is not read for, and tells all the same: as if every row were read."""

import json
import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from hailuo_nb.core.models import MODELS
from hailuo_nb.core.request import make_request
from hailuo_nb.core.task import FINAL, STATE_WORDS, Snapshot
from hailuo_nb.errors import StoreError
from hailuo_nb.store.gallery_queries import Wanted
from hailuo_nb.store.history import History
from hailuo_nb.store.migrations import FILLED, MIGRATIONS
from hailuo_nb.store.rows import to_row
from hailuo_nb.store.spending import PRICE_UNKNOWN
from hailuo_nb.views.reports.history import JSON_NAMES, history_row, json_list
from tests.store.damage import BLOB, harmless_rows, make_history, unreadable_rows
from tests.store.make import finished, snapshot_of

DAY_S = 86400.0
CHANGES: dict[str, tuple[object, ...]] = {
    "state": (*STATE_WORDS, "melting"),
    "service": ("simulator", "https://api.kie.ai", ""),
    "credits": (None, 0, 12.5, 0.1, 195, "many", -3, float("inf")),
    "price": (0, 0.1, 27.3, 57, None, "dear", 1e300),
    "task_id": (None, "t1"),
    "submitted_at": (None, 5.0, "noon"),
    "model": (*(model.id for model in MODELS), None, 7, BLOB),
    "notebook": ("one.ipynb", "two.ipynb", "", None, BLOB),
    "imported": (None, "page1"),
    "identity": ("r0", "another"),
    "hidden": (0, 1),
}


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    """Open a history whose columns take whatever anyone might write into them."""
    opened = make_history(tmp_path)
    yield opened
    opened.close()


def some_task(at: int, chance: random.Random) -> Snapshot:
    """Make one of many tasks, of the last 40 days."""
    made_at = time.time() - 40 * DAY_S * chance.random()
    request = make_request(prompt=f"A hill {at}.", model=chance.choice(["02-t2v", "h3-t2v"]))
    service = chance.choice(["simulator", "https://api.kie.ai"])
    origin = chance.choice([None, None, "page1"])
    return snapshot_of(
        f"r{at}", request=request, service=service, created_at=made_at, imported=origin
    )


def changed_at_random(history: History, chance: random.Random) -> None:
    """Add, change and take away rows, some of it undone."""
    for at in range(150):
        with suppress(ZeroDivisionError), history.together():
            history.add(some_task(at, chance), folder=Path("clips"), notebook="one.ipynb")
            for _ in range(3):
                column = chance.choice(list(CHANGES))
                facts = {"value": chance.choice(CHANGES[column]), "id": f"r{chance.randint(0, at)}"}
                history._database.write(f"UPDATE tasks SET {column} = :value WHERE id = :id", facts)
            if not at % 9:
                facts = {"id": f"r{chance.randint(0, at)}"}
                history._database.write("DELETE FROM tasks WHERE id = :id", facts)
            if not at % 7:
                raise ZeroDivisionError


def counted(history: History) -> dict[tuple[str, str, str | None], tuple[float, float]]:
    """Return what each day, model and notebook took and may take, each row read and judged."""
    found: dict[tuple[str, str, str | None], tuple[float, float]] = {}
    today = datetime.now().astimezone().date()
    for row in history._database.read("SELECT * FROM tasks WHERE service IS NOT 'simulator'", {}):
        if row["imported"] is not None and row["identity"] == row["id"]:
            continue
        spent, held = judged(dict(row))
        at = next((at for at in (row["submitted_at"], row["created_at"]) if is_number(at)), 0)
        day = datetime.fromtimestamp(at).astimezone().date()
        model, book = (
            one if isinstance(one, str) else "" for one in (row["model"], row["notebook"])
        )
        key = (day.isoformat() if (today - day).days < 14 else "", model, book or None)
        before = found.get(key, (0.0, 0.0))
        found[key] = (before[0] + spent, before[1] + held)
    return {key: sums for key, sums in found.items() if sum(sums)}


def is_number(value: object) -> bool:
    """Tell whether a row has an amount or a moment here."""
    return isinstance(value, int | float) and 0 <= value <= 1e12


def judged(row: dict[str, Any]) -> tuple[float, float]:
    """Return what one task took, and what it may still take."""
    told = row["credits"] if is_number(row["credits"]) else None
    listed = row["price"] if is_number(row["price"]) and row["price"] else PRICE_UNKNOWN
    if row["state"] in ("done", "expired"):
        return listed if told is None else told, 0.0
    if row["state"] == "failed":
        return told or 0.0 if told is not None or row["task_id"] is None else listed, 0.0
    if row["state"] == "stopped" and row["submitted_at"] is None:
        return 0.0, 0.0
    return 0.0, max(told or 0.0, listed)


def told(history: History) -> dict[tuple[str, str, str | None], tuple[float, float]]:
    """Return the same as the budget tells it."""
    return {
        (one.day, one.model, one.notebook): (one.spent, one.held)
        for one in history.budget.entries()
    }


@pytest.mark.parametrize("seed", range(6))
def test_the_budget_is_the_sum_of_all_rows(history: History, seed: int) -> None:
    """Whatever was added, changed, damaged, taken away or undone, by whichever connection."""
    changed_at_random(history, random.Random(seed))
    assert told(history) == {key: pytest.approx(sums) for key, sums in counted(history).items()}
    assert len(told(history)) > 10


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS)))
def test_an_older_history_is_summed_as_it_is_brought_to_today(tmp_path: Path, version: int) -> None:
    """From every earlier schema, with real rows: what was spent long ago is not forgotten."""
    with closing(sqlite3.connect(tmp_path / "history.sqlite3")) as database:
        for number, script in enumerate(MIGRATIONS[:version]):
            database.executescript(script)
            if number in FILLED:
                FILLED[number](database)
        database.execute(f"PRAGMA user_version = {version}")
        known = {column[1] for column in database.execute("PRAGMA table_info(tasks)")}
        for at, state in enumerate([*STATE_WORDS, "done"]):
            made = finished(f"a{at}", tmp_path, state=state, service="https://api.kie.ai")
            row = to_row(made) | {"folder": "/clips", "notebook": f"n{at % 3}.ipynb"}
            row = {name: value for name, value in row.items() if name in known}
            names = ", ".join(row)
            database.execute(f"INSERT INTO tasks ({names}) VALUES (:{', :'.join(row)})", row)
        database.commit()
    with History(tmp_path) as history:
        assert told(history) == counted(history)
        assert sum(spent for spent, _ in told(history).values()) == 4 * 50.0


@pytest.mark.parametrize("seed", range(3))
def test_every_task_is_counted_once(history: History, seed: int) -> None:
    """Groups, models and days, without those that are hidden, odd ones among them."""
    changed_at_random(history, random.Random(seed))
    shown = "FROM tasks WHERE hidden IS NOT 1"
    day = "date(created_at, 'unixepoch', 'localtime')"
    read = history._database.read
    counts = history.shelf.counts()
    by_day = read(f"SELECT {day}, count(*) {shown} GROUP BY 1 ORDER BY 1 DESC", {})
    assert list(counts.days) == [tuple(row) for row in by_day]
    by_model = read(f"SELECT model, count(*) {shown} AND typeof(model) = 'text' GROUP BY 1", {})
    assert dict(counts.models) == dict(map(tuple, by_model))
    states = [row[0] for row in read(f"SELECT state {shown}", {})]
    done, over = states.count("done"), sum(state in FINAL or state == "melting" for state in states)
    groups = {"running": len(states) - over, "done": done, "failed": over - done}
    assert dict(counts.groups) == groups
    assert history.shelf.total(Wanted()) == len(states)
    hidden = read("SELECT count(*) FROM tasks WHERE hidden = 1", {})[0][0]
    assert counts.hidden == history.shelf.total(Wanted(hidden=True)) == hidden > 0


def test_a_line_says_what_is_said_of_the_task(history: History) -> None:
    """Whatever became of its row: each damage of the tables, and texts of every kind."""

    def lines() -> list[dict[str, object]]:
        found = history.shelf.json_lines([3, 1, 2], JSON_NAMES, history_row)
        read: list[dict[str, object]] = json.loads("".join(json_list(found)))
        return read

    texts = [
        ("prompt", 'a "b"\n\x00\x1f é 🗡 שלום'),
        ("error", "ü\t"),
        ("error", "a\0b"),
        ("credits", 0.1 + 0.2),
    ]
    whole = history.shelf.at([3])[0]
    request = json.dumps({**json.loads(str(to_row(whole)["request"])), "prompt": texts[0][1]})
    odd = [("request", text) for text in (request, *said_twice(str(to_row(whole)["request"])))]
    odd += [(column, "a\0b") for column in ("id", "parent", "imported", "name")]
    odd += [("video", path) for path in ("https://a.b", "a/./b", "./a", "a//b", "/a/", "/a/.", "")]
    mutations = [*unreadable_rows(), *harmless_rows(), *texts, *odd]
    assert lines() == list(map(history_row, history.shelf.at([3, 1, 2])))
    for column, value in mutations:
        is_text = isinstance(value, bytes) and value != BLOB
        sql = f"UPDATE tasks SET {column} = {'CAST(:value AS TEXT)' if is_text else ':value'}"
        with suppress(StoreError), history.together():
            history._database.write(f"{sql} WHERE rowid = 3", {"value": value})
            assert lines() == list(map(history_row, history.shelf.at([3, 1, 2]))), (column, value)
            history._database.write("nothing of it stays", {})


def said_twice(request: str) -> Iterator[str]:
    """Yield requests that say prompt or model twice, of another kind or in another spelling."""
    for name, spelt in (("prompt", r"\u0070rompt"), ("model", r"\u006dodel")):
        yield request.replace(f'"{name}"', f'"{spelt}"', 1)
        for key in (name, spelt):
            for value in ('""', '"other"', "7", "null", '{"a": 1}', '"a\\u0000b"'):
                yield f'{request[:-1]}, "{key}": {value}}}'
                yield f'{{"{key}": {value}, {request[1:]}'


def test_nothing_is_a_list_too(history: History) -> None:
    """What reads JSON can read it."""
    assert json.loads("".join(json_list([]))) == []
    assert json.loads("".join(json_list(["1"] * 1001))) == [1] * 1001


def test_what_is_under_way_is_found_in_any_state(history: History) -> None:
    """Also in one that no version knows, and in none."""
    for at, state in enumerate([*STATE_WORDS, "melting", "", "zzz", 7, BLOB, None]):
        history.add(replace(snapshot_of(f"s{at}"), created_at=at), folder=Path("clips"))
        facts = {"id": f"s{at}", "state": state}
        history._database.write("UPDATE tasks SET state = :state WHERE id = :id", facts)
    rows = history._database.read("SELECT id, state FROM tasks ORDER BY created_at", {})
    assert [one.id for one in history.unfinished()] == [
        row["id"] for row in rows if row["state"] not in FINAL
    ]
