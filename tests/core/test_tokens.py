"""Words as they are looked for in every script, and what an index keeps and is asked for."""

import sqlite3
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hailuo_nb.core.tokens import folded, indexed, wanted

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


def finds(text: str, asked: str) -> bool:
    """Ask a real index for a text."""
    index = sqlite3.connect(":memory:")
    index.execute("CREATE VIRTUAL TABLE words USING fts5(text, tokenize = 'ascii')")
    index.execute("INSERT INTO words VALUES (?)", (indexed(text),))
    found = wanted(asked)
    return found is not None and bool(
        index.execute("SELECT 1 FROM words WHERE words MATCH ?", (found,)).fetchall()
    )


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("A red fox in the snow", "fox"),
        ("A red fox in the snow", "SNOW red"),
        ("A foxhound", "fox"),
        ("Ein Straßenhund", "STRASSEN"),
        ("雪山の下の狐", "雪山"),
        ("雪山の下の狐", "山の"),
        ("雪山の下の狐", "狐"),
        ("雪山の下の狐", "雪 狐"),
        ("一只狐狸在雪中奔跑", "狐狸在雪"),
        ("눈 속의 여우", "여우"),
        ("a 雪山 fox", "fox 雪山"),
        ("fox雪山", "雪山"),
        ("[Push in] A fox's den", "push in] fox's"),
        ("café ñandú", "CAFÉ"),
        ("Ёлка", "ёлк"),
        ("size 1080P", "1080"),
        ("น้ำตก", "น้ำ"),
    ],
)
def test_it_is_found(text: str, asked: str) -> None:
    """Whatever the case, by a word's beginning, or by characters that stand together."""
    assert finds(text, asked)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("A red fox", "dog"),
        ("A red fox", "fox dog"),
        ("A firefox", "fox"),
        ("雪山の下", "山雪"),
        ("雪の山", "雪山"),
        ("A fox", '"'),
        ("A fox", "OR"),
        ("A fox", "fox NOT cat"),
        ("A fox", "* ^ : ( )"),
    ],
)
def test_it_is_not_found(text: str, asked: str) -> None:
    """Words of the index's own language are words; signs alone ask for nothing."""
    assert not finds(text, asked)


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


def test_what_only_a_search_needs_is_not_made_by_loading() -> None:
    """The patterns of all scripts take longer than the rest of a load."""
    code = (
        "import hailuo_nb.store.opening; from hailuo_nb.core.tokens import compiled;"
        "print(compiled.cache_info().currsize)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "0"
