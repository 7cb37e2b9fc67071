"""Words that differ in case or width alone are found by each other, in every script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hailuo_nb.core.tokens import folded

SAME = [
    ("SEA", "sea"),
    ("İstanbul", "istanbul"),
    ("ISPARTA", "ısparta"),
    ("STRASSE", "straße"),
    ("STRAẞE", "strasse"),
    ("ΟΔΥΣΣΕΥΣ", "οδυσσευς"),
    ("ΟΔΟΣ", "οδός"),
    ("Σίσυφος", "ΣΊΣΥΦΟΣ"),
    ("МОРЕ", "море"),
    ("ЁЛКА", "ёлка"),
    ("ＦＯＸ", "fox"),
    ("ｶﾒﾗ", "カメラ"),
    ("ÉTÉ", "e\u0301te\u0301"),
    ("ﬁlm", "FILM"),
    ("ᲗᲑᲘᲚᲘᲡᲘ", "თბილისი"),
    ("ԵՐԵՒԱՆ", "երեւան"),
    ("ǅungla", "ǆUNGLA"),
    ("Ⅷ", "viii"),
    ("Ꭰ", "ꭰ"),
]
"""Pairs that a person takes for the same word."""

APART = [("é", "e"), ("й", "и"), ("が", "か"), ("की", "का"), ("ö", "o")]
"""Pairs that are other words: an accent or a vowel sign tells them apart."""


@pytest.mark.parametrize(("one", "other"), SAME)
def test_case_and_width_do_not_count(one: str, other: str) -> None:
    """Both are read as the same."""
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("one", "other"), APART)
def test_what_is_another_letter_counts(one: str, other: str) -> None:
    """They stay apart."""
    assert folded(one) != folded(other)


@given(st.text())
def test_what_is_folded_stays_so(text: str) -> None:
    """A word of a prompt and the same word typed alone are folded alike: once is enough."""
    assert folded(folded(text)) == folded(text)
