"""A file keeps the name that a person knows it by, as far as any file system takes it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hailuo_nb.core.names import STEM_CHARS_MAX, stem_of


@pytest.mark.parametrize(
    ("words", "stem"),
    [
        ("A fox in the snow", "A fox in the snow"),
        ("fox/../../etc", "fox .. .. etc"),
        ("..hidden", "hidden"),
        ("con", "_con"),
        ("COM1.tar", "_COM1.tar"),
        ("a: b? <c>", "a b c"),
        ("e\u0301te\u0301", "été"),
        ("\u202egnp.exe", "gnp.exe"),
        ("海の写真", "海の写真"),
        ("\x00\n", "otherwise"),
        ("...", "otherwise"),
    ],
)
def test_what_no_file_may_be_called_is_left_out(words: str, stem: str) -> None:
    """The rest stays as it was written."""
    assert stem_of(words, otherwise="otherwise") == stem


@given(st.text())
def test_any_text_makes_a_name(words: str) -> None:
    """It is short, one line, and leads nowhere else."""
    stem = stem_of(words, otherwise="clip")
    assert stem
    assert len(stem) <= STEM_CHARS_MAX + 1
    assert not set(stem) & set('/\\:*?"<>|\n\0')
    assert stem not in (".", "..")
    assert len(f"{stem}.jpeg".encode()) <= 255
