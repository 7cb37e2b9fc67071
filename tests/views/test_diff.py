"""Which words and which options differ."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hailuo_nb.core.request import ImageRef, make_request
from hailuo_nb.views.compare.diff import NONE, compare_options, word_changes

IMAGE = ImageRef(label="img", digest="aaaaaaaa")
REQUEST = make_request(prompt="A dragon.", image=IMAGE)


def text_of(before: str, after: str, *kinds: str) -> str:
    """Return the texts of some kinds of changes, joined."""
    return "".join(text for kind, text in word_changes(before, after) if kind in kinds)


def test_words_that_differ_are_told_from_those_that_stay() -> None:
    """A word is added or gone as a whole, with the rest left the same."""
    assert word_changes("A lone samurai waits.", "A samurai waits in rain.") == (
        ("same", "A "),
        ("gone", "lone "),
        ("same", "samurai waits "),
        ("added", "in rain"),
        ("same", "."),
    )


def test_a_camera_command_is_one_word() -> None:
    """[Push in] and [Push out] differ as commands, not by a syllable."""
    assert word_changes("[Push in] A peak.", "[Push out] A peak.") == (
        ("gone", "[Push in] "),
        ("added", "[Push out] "),
        ("same", "A peak."),
    )


def test_a_script_without_blanks_differs_sign_by_sign() -> None:
    """In Chinese and Japanese each sign counts as a word."""
    assert word_changes("山の上の侍", "山の下の侍") == (
        ("same", "山の"),
        ("gone", "上"),
        ("added", "下"),
        ("same", "の侍"),
    )


def test_blanks_alone_make_no_difference() -> None:
    """Another line break or a double blank is not shown as a change."""
    assert word_changes("A  peak.\nRain.", "A peak. Rain.") == (("same", "A peak. Rain."),)


TEXTS = st.text(alphabet=st.sampled_from("ab .,[]\n'侍é\u0301"), max_size=60)


@given(before=TEXTS, after=TEXTS)
def test_nothing_of_the_new_text_is_lost(before: str, after: str) -> None:
    """What stays and what is added make up the new text; neighbours are never of one kind."""
    changes = word_changes(before, after)
    assert "".join(text for kind, text in changes if kind != "gone") == after
    kinds = [kind for kind, _ in changes]
    assert all(one != next_ for one, next_ in pairwise(kinds))


@given(before=TEXTS, after=TEXTS)
def test_nothing_of_the_old_text_is_lost(before: str, after: str) -> None:
    """What stays and what is gone make up the old text, but for its blanks."""
    kept = text_of(before, after, "same", "gone")
    assert "".join(kept.split()) == "".join(before.split())


def test_the_longest_prompts_are_compared() -> None:
    """Five thousand characters of few words, where a thorough search would take seconds."""
    before, after = "ab ba " * 833, "ba ab ab " * 555
    assert text_of(before, after, "same", "added") == after


def test_options_that_differ_stand_apart_from_those_that_do_not() -> None:
    """Each differing option has one value a request; what nobody has is left out."""
    longer = replace(REQUEST, duration_s=10, sample=2)
    options = compare_options([REQUEST, longer])
    assert options.differing == {"duration": ("6 s", "10 s"), "sample": ("1", "2")}
    assert options.same == {
        "model": "02-i2v",
        "resolution": "768P",
        "optimizer": "on",
        "nsfw check": "off",
        "start image": "img",
    }


def test_an_option_that_one_model_lacks_is_told_as_none() -> None:
    """Where a model has no such switch, the table says so."""
    other = make_request(prompt="A dragon.", image=IMAGE, model="2.3-i2v")
    options = compare_options([REQUEST, other])
    assert options.differing == {"model": ("02-i2v", "2.3-i2v"), "optimizer": ("on", NONE)}


@pytest.mark.parametrize("label", ["img", "other"])
def test_images_differ_by_content_not_by_name(label: str) -> None:
    """A variable bound to another picture differs, and the same picture by another name not."""
    same = replace(REQUEST, image=replace(IMAGE, label=label))
    assert compare_options([REQUEST, same]).differing == {}
    other = replace(REQUEST, image=ImageRef(label=label, digest="bbbbbbbb"))
    (told,) = compare_options([REQUEST, other]).differing.values()
    assert len(set(told)) == 2


def test_images_of_one_name_are_told_apart() -> None:
    """Two pictures that a variable held in turn carry a piece of their digest."""
    other = replace(REQUEST, image=ImageRef(label="img", digest="bbbbbbbb"))
    without = replace(REQUEST, image=None)
    told = compare_options([REQUEST, other, without]).differing["start image"]
    assert told == ("img (aaaaaa)", "img (bbbbbb)", NONE)


def test_a_model_that_the_catalogue_lost_keeps_its_id() -> None:
    """An old task of a model that is no longer listed can still be compared."""
    gone = replace(REQUEST, model="hailuo/01-gone")
    assert compare_options([REQUEST, gone]).differing == {"model": ("02-i2v", "hailuo/01-gone")}


def test_nothing_to_compare_is_no_fault() -> None:
    """Without requests there are no options."""
    assert compare_options([]).same == compare_options([]).differing == {}
