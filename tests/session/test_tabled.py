"""A study from a table: a clip for each row, in its order, paid once."""

import math
from typing import Any

import pandas as pd
import pytest

from hailuo_nb.errors import HailuoError, OptionError, UsageError
from hailuo_nb.session.plan import Plan
from hailuo_nb.session.session import Session
from hailuo_nb.session.tabled import plan_of_table

ROWS = [
    {"prompt": "A {calm} sea.", "mood": "calm", "duration": 6},
    {"prompt": "A stormy sea.", "mood": "stormy", "duration": 10},
]


def planned(session: Session, table: object, **cell: Any) -> Plan:
    return plan_of_table(session, table, **cell)


@pytest.mark.parametrize("table", [ROWS, pd.DataFrame(ROWS), tuple(ROWS), iter(ROWS)])
def test_each_row_is_a_clip(session: Session, table: object) -> None:
    """Its prompt as it stands, its options, and its labels as the places of a grid."""
    plan = planned(session, table, name="study")
    assert [item.request.prompt for item in plan.clips] == ["A {calm} sea.", "A stormy sea."]
    assert [item.request.duration_s for item in plan.clips] == [6, 10]
    assert [(axis.name, axis.values) for axis in plan.axes] == [
        ("mood", ("calm", "stormy")),
        ("duration", ("6", "10")),
    ]
    assert [item.label for item in plan.clips] == ["calm · 6", "stormy · 10"]
    assert not plan.is_one
    assert {item.name for item in plan.clips} == {"study"}


def test_rows_that_ask_for_the_same_are_its_samples(session: Session) -> None:
    """Each is paid for once; judges and tables know them as samples, by labels or by numbers."""
    plan = planned(session, [{"prompt": "A sea."}, {"prompt": "A lake."}, {"prompt": "A sea."}])
    assert [item.request.sample for item in plan.clips] == [1, 1, 2]
    assert [item.coordinates for item in plan.clips] == [
        (("row", "1"), ("sample", "sample 1")),
        (("row", "2"), ("sample", "sample 1")),
        (("row", "1"), ("sample", "sample 2")),
    ]
    plan = planned(session, [*ROWS, ROWS[0]])
    assert [item.label for item in plan.clips] == [
        "calm · 6 · sample 1",
        "stormy · 10 · sample 1",
        "calm · 6 · sample 2",
    ]


def test_a_column_of_the_persons_own_makes_no_samples(session: Session) -> None:
    """Whatever it is called: other prompts stay other prompts."""
    rows = [{"prompt": f"A {word} sea.", "sample": word} for word in ("calm", "wild")]
    assert [axis.name for axis in planned(session, rows).axes] == ["sample #2"]


def test_rows_without_labels_stand_by_their_numbers(session: Session) -> None:
    """Each is found by where it stands in the table."""
    plan = planned(session, [{"prompt": "A sea."}, {"prompt": "A lake."}, {"prompt": "A pond."}])
    assert [item.label for item in plan.clips] == ["1", "2", "3"]


def test_the_same_table_pays_nothing_again(session: Session) -> None:
    """What is there is shown, free; a new row is all that is sent."""
    plan = planned(session, ROWS, name="study")
    session.dispatch.check(plan)
    made = session.dispatch.send(plan).wait(60)
    more = planned(session, [*ROWS, {"prompt": "A frozen sea.", "mood": "frozen"}], name="study")
    assert [item.there is not None for item in more.clips] == [True, True, False]
    frame = made.to_frame()
    assert list(frame["prompt"]) == [row["prompt"] for row in ROWS]
    assert list(frame["mood"]) == ["calm", "stormy"]


@pytest.mark.parametrize("value", [None, math.nan, math.inf, pd.NaT, pd.NA])
@pytest.mark.parametrize("column", ["prompt", "duration", "mood"])
def test_a_missing_value_is_told_by_its_place(session: Session, column: str, value: object) -> None:
    """In options and labels alike; nothing is sent."""
    with pytest.raises(UsageError, match=f"Row 2, column '{column}': a value is missing"):
        planned(session, [ROWS[0], ROWS[1] | {column: value}])


@pytest.mark.parametrize(
    ("table", "kind", "words"),
    [
        ([], UsageError, "no row"),
        ([ROWS[0]] * 10_001, UsageError, "10001 rows; at most 10000"),
        ("prompt", UsageError, "a list of dicts or a data frame"),
        ({"prompt": ["a"]}, UsageError, "a list of dicts or a data frame"),
        ([{"text": "A sea."}], UsageError, "Row 1 has no column 'prompt'"),
        (["A sea."], UsageError, "Row 1 is no dict"),
        ([{"prompt": "A sea.", 1: "a", "1": "b"}], UsageError, "two columns '1'"),
        (pd.DataFrame([["A", "B"]], columns=["prompt"] * 2), UsageError, "two columns 'prompt'"),
        ([ROWS[0], {"prompt": ""}], HailuoError, "Row 2"),
        ([ROWS[0], {"prompt": "A sea.", "duration": 7}], OptionError, "Row 2"),
        ([ROWS[0], {"prompt": "A sea.", "duration": [6, 10]}], HailuoError, "Row 2"),
        ([ROWS[0], {"prompt": "A sea.", "image": "sample:nowhere"}], HailuoError, "Row 2"),
    ],
)
def test_what_cannot_be_sent_is_told_by_its_row(
    session: Session, table: object, kind: type[HailuoError], words: str
) -> None:
    """Before anything is."""
    with pytest.raises(kind, match=words):
        planned(session, table)


@pytest.mark.parametrize("other", [[], [ROWS[0]]])
def test_what_the_service_refuses_is_told_by_its_row(
    session: Session, other: list[dict[str, object]]
) -> None:
    """No row is left out: a result stands in the place of its row."""
    odd = {"prompt": "A sea.", "image": "sample:peak", "end_image": "sample:forest"}
    row = len(other) + 1
    with pytest.raises(OptionError, match=f"^Row {row}: The service makes no 512P clip"):
        planned(session, [*other, odd | {"resolution": "512P"}])
