"""A magic's line as words: quotes and blanks as in a shell, paths as people have them."""

import shlex

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hailuo_nb.core.line import torn_path, words_of
from hailuo_nb.errors import OptionError


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (r"a --image C:\Users\me\pic.png", ["a", "--image", r"C:\Users\me\pic.png"]),
        (r'"C:\my dir\pic.png" b', [r"C:\my dir\pic.png", "b"]),
        (r"'C:\my dir\pic.png' b", [r"C:\my dir\pic.png", "b"]),
        (r"\\server\share\pic.png", [r"\\server\share\pic.png"]),
        (r'"\\server\share\pic.png"', [r"\\server\share\pic.png"]),
        (r'"C:\dir\\" b', ["C:\\dir\\", "b"]),
        (r"..\pic.png .\a\b.png", [r"..\pic.png", r".\a\b.png"]),
        (r"my\ photo.png", ["my photo.png"]),
        (r"it\'s.png \"b\"", ["it's.png", '"b"']),
        (r'"say \"it\".png" c', ['say "it".png', "c"]),
        (r"""'it'"'"'s C:\x' b""", [r"it's C:\x", "b"]),
        (r"""it\'s C:\x 'y z'""", ["it's", r"C:\x", "y z"]),
        (r'--image="a\b c"', [r"--image=a\b c"]),
        ("a\\", ["a\\"]),
        ("", []),
    ],
)
def test_a_backslash_stays_where_it_is_a_paths(line: str, words: list[str]) -> None:
    """Before a blank or a quote it says that these are meant as they are."""
    assert words_of(line) == words


@given(st.lists(st.text(min_size=1, max_size=12), max_size=4))
@example(["\\", "\\'", '\\"', "a\\", "'\\'", "\\\\ \\"])
def test_what_is_quoted_comes_back(words: list[str]) -> None:
    """Whatever the panel writes as a cell is read as it was."""
    assert words_of(shlex.join(words)) == words


@pytest.mark.parametrize("line", ["'open", '"open', "it's", 'a "C:\\dir\\"'])
def test_an_open_quote_is_said(line: str) -> None:
    """In words, and so is a backslash that takes the meaning from the closing one."""
    with pytest.raises(OptionError, match="No closing quotation"):
        words_of(line)


@pytest.mark.parametrize(
    ("line", "path"),
    [
        ("--image my photo.png", "my photo.png"),
        ("a --image my photo.png --wait", "my photo.png"),
        ("--image=my photo.png a", "my photo.png"),
        ("--image my best photo.png a b", "my best photo.png"),
        (r"--image C:\my dir\pic", r"C:\my dir\pic"),
        ("--image /my dir/pic a", "/my dir/pic"),
        ("--image a.png --image my b.png", "my b.png"),
        ("--image peak.png a b", None),
        ("--image peak.png", None),
        ("--image", None),
        ("a b.png", None),
        ("--end-image my photo.png", None),
    ],
)
def test_a_torn_path_is_put_together(line: str, path: str | None) -> None:
    """As far as its last word that looks like a piece of a path."""
    assert torn_path(line.split(), "--image") == path
