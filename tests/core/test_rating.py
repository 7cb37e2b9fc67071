"""A change of a rating as a page asks for it: what it does not name stays as it is kept."""

import pytest

from hailuo_nb.core.rating import NOT_RATED, Rating, changed
from hailuo_nb.errors import OptionError

KEPT = Rating(stars=3, note="theirs", tags=("a", "b"), wins=True)


@pytest.mark.parametrize(
    ("change", "after"),
    [
        ({}, KEPT),
        ({"stars": 5}, Rating(stars=5, note="theirs", tags=("a", "b"), wins=True)),
        ({"stars": 0}, Rating(note="theirs", tags=("a", "b"), wins=True)),
        ({"wins": False}, Rating(stars=3, note="theirs", tags=("a", "b"))),
        (
            {"add": ["#c"], "drop": ["a"]},
            Rating(stars=3, note="theirs", tags=("b", "c"), wins=True),
        ),
        ({"note": ["theirs", "mine"]}, Rating(stars=3, note="mine", tags=("a", "b"), wins=True)),
        ({"note": ["theirs", ""]}, Rating(stars=3, tags=("a", "b"), wins=True)),
    ],
)
def test_only_what_is_named_changes(change: dict[str, object], after: Rating) -> None:
    """Stars, tags, note and mark are each changed alone."""
    assert changed(KEPT, change) == after


def test_of_two_notes_none_is_lost() -> None:
    """What somebody else wrote meanwhile stays above the new one, and an emptying spares it."""
    assert changed(KEPT, {"note": ["", "mine"]}).note == "theirs\nmine"
    assert changed(KEPT, {"note": ["before", ""]}).note == "theirs"
    assert changed(KEPT, {"note": ["", "theirs"]}) == KEPT


@pytest.mark.parametrize(
    "odd",
    [
        {"stars": 6},
        {"stars": True},
        {"stars": [1]},
        {"add": ["two words"]},
        {"add": [1]},
        {"note": "bare"},
        {"note": ["", 7]},
        {"note": ["", "x" * 2001]},
    ],
)
def test_what_cannot_be_is_refused_in_words(odd: dict[str, object]) -> None:
    """Nothing is kept of it."""
    with pytest.raises(OptionError):
        changed(NOT_RATED, odd)
