"""A magic's line as words: quotes and blanks as in a shell, paths as people have them."""

import shlex

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hailuo_nb.core.line import odd_letter, torn_path, with_hyphens, words_of
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
        ("a --image \u201cmy photo.png\u201d --wait", ["a", "--image", "my photo.png", "--wait"]),
        ("--image=\u201emy photo.png\u201c", ["--image=my photo.png"]),
        ("\u2018it\u2019s here.png\u2019 \u00aba b\u00bb", ["it\u2019s here.png", "a b"]),
        ("\uff02a b\uff02 it\u2019s.png", ["a b", "it\u2019s.png"]),
        ("a\u00a0--image\u3000b\u202fc", ["a", "--image", "b", "c"]),
        ("'a\u00a0b' \"c\u200bd\" e\u200b\ufeff", ["a\u00a0b", "c\u200bd", "e"]),
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


@pytest.mark.parametrize(
    ("word", "read"),
    [
        ("\u2014image", "--image"),
        ("\u2013dry\u2011run", "--dry-run"),
        ("\u2212\u2212image=a\u2014b", "--image=a\u2014b"),
        ("-\u2013image", "--image"),
        ("\uff0d\uff0d\uff49\uff4d\uff41\uff47\uff45\uff1dx", "--image=x"),
        ("--image", "--image"),
        ("-image", "-image"),
        ("\u2014imge", "\u2014imge"),
        ("a\u2014image", "a\u2014image"),
        ("\u2014", "\u2014"),
    ],
)
def test_an_option_has_the_hyphens_that_were_typed(word: str, read: str) -> None:
    """A word processor makes one dash of two hyphens; what is no option stays as it is."""
    assert with_hyphens([word], {"--image", "--dry-run"}) == [read]


@pytest.mark.parametrize(
    ("word", "words"),
    [
        ("\u2014imge", r"\u2014 \(em dash\), which is not --\. Did you mean --imge"),
        ("\u2013", r"\u2013 \(en dash\), which is not --\. Nothing"),
        ("\u201copen", r"\u201c \(left double quotation mark\), a quote of word processors"),
    ],
)
def test_an_odd_letter_is_called_by_its_name(word: str, words: str) -> None:
    """It looks like what was meant, so the refusal says what it is."""
    assert words_of(word) == [word]
    with pytest.raises(OptionError, match=words):
        raise odd_letter(["fine", word]) or AssertionError(word)
    assert odd_letter(["fine", "it\u2019s.png", "a\u2014b"]) is None


@pytest.mark.parametrize("line", ['"my photo.png\u201d', '\u201cmy photo.png"'])
def test_a_curly_quote_closes_no_straight_one(line: str) -> None:
    """The refusal names it."""
    with pytest.raises(OptionError, match=r"quotation mark.* closes none"):
        words_of(line)
