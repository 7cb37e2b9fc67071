"""What an index keeps, and what it is asked for: whole words by their beginning, pairs in order."""

import sqlite3

import pytest

from hailuo_nb.core.tokens import indexed, wanted


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
