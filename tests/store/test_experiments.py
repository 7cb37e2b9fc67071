"""Experiments are found again by name, the newest first, however often the name was used."""

import json
import sqlite3
from contextlib import closing
from typing import Any

import pytest

from hailuo_nb.core.matrix import Axis, LeftOut
from hailuo_nb.core.study import Place, Study
from hailuo_nb.store.experiments import read_study
from hailuo_nb.store.history import History


def study_of(*identities: str, **changes: Any) -> Study:
    """Return a study of these clips."""
    facts: dict[str, Any] = {
        "axes": (Axis(name="duration", values=("6 s", "10 s")),),
        "places": tuple(
            Place(label=f"clip {one}", coordinates=(("duration", "6 s"),), identity=one)
            for one in identities
        ),
        "left_out": (LeftOut(label="12 s", coordinates=(("duration", "12 s"),), reason="No."),),
        "plan_words": "2 clips, 80 credits 🗡",
        "notes": ("a note",),
    }
    return Study(**facts | changes)


def forms(history: History) -> list[dict[str, Any]]:
    """Return what lies in the file, the oldest first."""
    with closing(sqlite3.connect(history.path)) as database:
        rows = database.execute("SELECT form FROM experiments ORDER BY id").fetchall()
    return [json.loads(form) for (form,) in rows]


def put(history: History, form: str) -> None:
    """Put another form into every record."""
    with closing(sqlite3.connect(history.path)) as database:
        database.execute("UPDATE experiments SET form = ?", (form,))
        database.commit()


RECORDED = """{
  "axes": [{"name": "duration", "values": ["6 s", "10 s"]}],
  "places": [
    {"label": "clip 1", "coordinates": [["duration", "6 s"]], "identity": "1"},
    {"label": "clip 2", "coordinates": [["duration", "6 s"]], "identity": "2"}],
  "left_out": [{"label": "12 s", "coordinates": [["duration", "12 s"]], "reason": "No."}],
  "plan_words": "2 clips, 80 credits \\ud83d\\udde1",
  "notes": ["a note"]}"""
"""The first form, as it lies in histories; it is never changed."""


def test_a_recorded_form_is_read_for_ever(history: History) -> None:
    """What the first version wrote is what is written and read today."""
    assert read_study(RECORDED) == study_of("1", "2")
    history.experiments.record("trial", study_of("1", "2"))
    assert forms(history) == [json.loads(RECORDED)]


def test_other_clips_are_another_life_of_the_name(history: History) -> None:
    """Each stays; the one that ran last comes first; other names are others."""
    for clips in ("12", "34", "12"):
        history.experiments.record("trial", study_of(*clips))
    history.experiments.record("other", study_of("1", "2"))
    found = [one.study for one in history.experiments.named("trial")]
    assert found == [study_of("1", "2"), study_of("3", "4")]
    assert history.experiments.named("nobody") == []


def test_what_a_newer_version_wrote_is_kept(history: History) -> None:
    """It is passed over in reading, and is still there once the cell has run again."""
    history.experiments.record("trial", study_of("1"))
    newer = json.loads(json.dumps(forms(history)[0])) | {"colours": ["red"]}
    newer["places"][0]["colour"] = "red"
    put(history, json.dumps(newer))
    (known,) = history.experiments.named("trial")
    assert (known.odd, known.study) == (None, study_of("1"))
    history.experiments.record("trial", study_of("1", notes=()))
    (form,) = forms(history)
    assert (form["colours"], form["notes"]) == (["red"], [])


@pytest.mark.parametrize("name", ["axes", "left_out", "plan_words", "notes", "places"])
def test_a_field_that_is_not_there_has_its_default(name: str) -> None:
    """An older version may not have written it."""
    form = json.loads(RECORDED)
    del form[name]
    default = getattr(Study(), name)
    assert read_study(json.dumps(form)) == study_of("1", "2", **{name: default})


ODD: list[tuple[str, object]] = [
    *[("axes", odd) for odd in (None, "x", {}, [7], [{"values": []}], [{"name": 7, "values": []}])],
    *[("places", odd) for odd in ([[]], [{}], [{"label": "a", "coordinates": [["x"]]}])],
    *[("left_out", odd) for odd in (7, [{"label": "a"}])],
    *[("plan_words", odd) for odd in (None, 7, [])],
    *[("notes", odd) for odd in ("x", [7])],
]


@pytest.mark.parametrize(("name", "odd"), ODD, ids=lambda value: str(value)[:20])
def test_an_odd_field_is_named_and_hides_no_other_record(
    history: History, name: str, odd: object
) -> None:
    """Never a raw error: the record says what is wrong with it."""
    history.experiments.record("trial", study_of("1"))
    put(history, json.dumps(json.loads(RECORDED) | {name: odd}))
    history.experiments.record("trial", study_of("3"))
    sound, known = history.experiments.named("trial")
    assert sound.odd is None
    assert known.study == Study()
    assert known.odd == f"{name!r} holds something else than it should"


@pytest.mark.parametrize("form", ["", "{", "[]", "7", "null", "[" * 100_000])
def test_what_is_no_form_is_told(history: History, form: str) -> None:
    """Half a text, another kind, depth without end; the cell that runs again writes it anew."""
    history.experiments.record("trial", study_of("1"))
    put(history, form)
    (known,) = history.experiments.named("trial")
    assert known.odd is not None
    history.experiments.record("trial", study_of("1"))
    assert [one.study for one in history.experiments.named("trial")] == [study_of("1")]
