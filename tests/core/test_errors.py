"""An error's sentence: short, whatever is quoted in it, and nothing secret shows at the cut."""

import pytest

from hailuo_nb.core.words import without_bill
from hailuo_nb.errors import (
    TEXT_CHARS_MAX,
    GenerationFailed,
    HailuoError,
    ImageError,
    TaskFailed,
    brief,
)

LONG = "a" * 4_000_000


def test_a_foreign_text_is_cut_wherever_it_comes_in() -> None:
    """As what happened, as advice, and as an error of earlier; the ends stay."""
    for error in (
        ImageError(f"First {LONG} last."),
        ImageError("a", advice=f"First {LONG} last."),
        TaskFailed.recall(f"First {LONG} last."),
    ):
        told = "\n".join(error._render_traceback_())
        assert len(told) < TEXT_CHARS_MAX + 200
        assert "First aaa" in told
        assert "a last." in told
        assert "(4,000,012 characters)" in told


@pytest.mark.parametrize("what", ["Video generation failed", "Video generation failed. "])
def test_words_of_the_service_s_end_before_what_was_charged(what: str) -> None:
    """Some have no full stop; what is simulated would lose them with the bill."""
    told = str(GenerationFailed(what, charged="maybe"))
    assert told.startswith("Video generation failed. It may have been charged. Change the prompt")
    assert without_bill(told).startswith("Video generation failed. Change the prompt")


def test_what_is_short_stays() -> None:
    """Up to the limit a sentence is what it was."""
    assert brief("a" * TEXT_CHARS_MAX) == "a" * TEXT_CHARS_MAX
    assert brief("abcdefghijk", 10) == "abcdefgh… (11 characters) …jk"


def test_a_key_is_blotted_out_before_the_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a key would not be known for one any more."""
    key = "sk-0123456789abcdef"
    monkeypatch.setattr(HailuoError, "mask", staticmethod(lambda text: text.replace(key, "[key]")))
    for at in range(TEXT_CHARS_MAX * 4 // 5 - len(key), TEXT_CHARS_MAX * 4 // 5 + 1):
        for error in (
            ImageError("b" * at + key + LONG),
            ImageError("a", advice="b" * at + key + LONG),
        ):
            assert "sk-0" not in str(error)
