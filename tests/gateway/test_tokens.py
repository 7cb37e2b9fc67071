"""The file of tokens as people leave it: edited by hand, unreadable, or a folder."""

import asyncio
from pathlib import Path

import pytest

from hailuo_nb.gateway.tokens import Tokens, make_tokens


def who(people: Tokens, token: str) -> str | None:
    """Return the name of whom a token stands for."""
    person = asyncio.run(people.person(token))
    return person.name if person else None


def test_an_editor_changes_nobody(tmp_path: Path) -> None:
    """Its mark at the beginning, its ends of lines, or none at the end."""
    path = tmp_path / "tokens.txt"
    made = make_tokens(path, 2, "student")
    lines = path.read_text("utf-8")
    for text in (f"\ufeff{lines}", lines.replace("\n", "\r\n"), lines.rstrip("\n")):
        path.write_bytes(text.encode())
        more = make_tokens(path, 1, "teacher")
        people = Tokens(path)
        assert [who(people, token) for _, token in (*made, *more)] == [
            *("student-01", "student-02", more[0][0])
        ]


def test_what_cannot_be_read_lets_nobody_in(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """It is told once; lines that are none are passed over, and it is read again when it can be."""
    path = tmp_path / "tokens.txt"
    ((_, token),) = make_tokens(path, 1, "student")
    people, kept = Tokens(path), path.read_bytes()
    assert who(people, token) == "student-01"
    path.unlink()
    assert who(people, token) is None
    assert caplog.records == []
    path.mkdir()
    assert [who(people, token) for _ in range(3)] == [None] * 3
    assert [record.message for record in caplog.records] == [
        "the file of tokens cannot be read: IsADirectoryError"
    ]
    path.rmdir()
    path.write_bytes(b"\xff\xfe\x00\n" + kept)
    assert who(people, token) == "student-01"
