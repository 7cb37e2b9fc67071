"""The magic's line is read from one table, which is kept in step with the catalogue."""

import inspect
import shlex
from decimal import Decimal
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import get_args

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import hailuo_nb
from hailuo_nb.core.cell_line import Line, read_line
from hailuo_nb.core.models import MODELS, find_model
from hailuo_nb.core.options import (
    AXES,
    BY_FLAG,
    MAX_TASKS,
    OPTIONS,
    Kind,
    Option,
    Several,
    several,
)
from hailuo_nb.core.values import (
    amount,
    count,
    deadline_of,
    path_of,
    seconds,
    switch,
    text,
    time_s,
)
from hailuo_nb.errors import OptionError, UsageError

BY_NAME = {option.name: option for option in OPTIONS}
each_option = pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.flag)
WORDS = st.lists(
    st.sampled_from(
        [*BY_FLAG, "cat", "6", "on", "--", "-", "-x", "--wait=1", "'a b'", '"', "=", "-5"]
    )
    | st.text(max_size=8),
    max_size=6,
)


def test_the_issue_s_options_are_all_there() -> None:
    """No flag that the magic promises is missing."""
    promised = "image end-image model duration resolution optimizer nsfw-check callback wait again"
    assert {f"--{name}" for name in [*promised.split(), "dry-run", "verbatim"]} <= set(BY_FLAG)


def test_the_choices_are_the_catalogue_s() -> None:
    """Completion offers every model, duration and resolution of the catalogue, and no other."""
    assert [find_model(name) for name in BY_NAME["model"].choices] == list(MODELS)
    durations_s = {str(value) for model in MODELS for value in model.durations_s}
    assert set(BY_NAME["duration"].choices) == durations_s
    resolutions = {value for model in MODELS for value in model.resolutions}
    assert set(BY_NAME["resolution"].choices) == resolutions
    ratios = {value for model in MODELS for value in model.aspect_ratios}
    assert set(BY_NAME["aspect_ratio"].choices) == ratios


@each_option
def test_a_row_is_whole(option: Option) -> None:
    """Each option has a known kind, a help text, and a metavar unless it is a flag."""
    assert option.kind in get_args(Kind)
    assert option.help
    assert option.several in get_args(Several)
    assert option.label.count("{}") == 1
    assert bool(option.metavar) == (option.kind != "flag")
    assert (option.choices == ("on", "off")) == (option.kind == "switch")


def test_generate_takes_the_same_options() -> None:
    """Each option of the magic is a parameter of the Python face."""
    parameters = set(inspect.signature(hailuo_nb.generate).parameters)
    assert set(BY_NAME) <= parameters


@each_option
def test_an_option_is_read(option: Option) -> None:
    """The flag, with a value unless it takes none, arrives under its name."""
    value = option.kind == "flag" or "a b"
    line = option.flag + " 'a b'" * (option.kind != "flag")
    assert read_line(line) == Line(name=None, values={option.name: value})


@each_option
def test_the_name_may_stand_before_or_after(option: Option) -> None:
    """NAME is found on either side of the options."""
    given_option = option.flag + " v" * (option.kind != "flag")
    assert read_line(f"samurai {given_option}").name == "samurai"
    assert read_line(f"{given_option} samurai").name == "samurai"


def test_all_options_together() -> None:
    """A full line arrives whole, quotes and equals signs included."""
    line = read_line('samurai --image "my file.png" --duration=10 --resolution 512P --wait')
    assert line == Line(
        name="samurai",
        values={"image": "my file.png", "duration": "10", "resolution": "512P", "wait": True},
    )


@pytest.mark.parametrize(
    "line",
    [
        "a \u2014image b.png --dry-run",
        "a --image\u00a0b.png\u00a0\u2013dry\u2011run",
        "\u200ba --image \u201cb.png\u201d \u2212\u2212dry-run\ufeff",
        "\uff41 \uff0d\uff0dimage\uff1db.png --dry-run",
        "\u2018a\u2019 --image=\u00abb.png\u00bb --dry-run",
    ],
)
def test_a_line_of_a_word_processor_is_read_as_it_was_meant(line: str) -> None:
    """Its dashes, blanks and quotes look like those that were typed."""
    assert read_line(line) == Line(name="a", values={"image": "b.png", "dry_run": True})


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ([6, float("nan")], "item 1 is nan"),
        ((float("inf"), 6), "item 0 is inf"),
        (pd.Series([6.0, None]), "item 1 is nan"),
        (pd.Series([6, pd.NA], dtype="Int64"), "item 1 is <NA>"),
        (pd.Series([6, pd.NaT], dtype=object), "item 1 is NaT"),
        (np.array([float("nan"), 6]), "item 0 is nan"),
        ([np.datetime64("NaT")], "the value is NaT"),
    ],
)
def test_what_is_missing_is_refused_by_its_place(value: object, words: str) -> None:
    """In a list, a column or an array, of images no less."""
    with pytest.raises(OptionError, match=f"^--duration: {words}, which is no value"):
        several(BY_NAME["duration"], value)
    listed = list(value) if isinstance(value, np.ndarray) else value
    with pytest.raises(OptionError, match=f"^--image: {words}, which is no value"):
        several(BY_NAME["image"], listed)


def test_an_array_of_numbers_is_one_image_and_of_names_several() -> None:
    """A picture's bytes are not its list of pictures."""
    pixels = np.zeros(9, np.uint8)
    assert several(BY_NAME["image"], pixels)[0] is pixels
    assert several(BY_NAME["image"], np.array(["a.png", "b.png"])) == ["a.png", "b.png"]
    assert several(BY_NAME["duration"], np.array([6, 10])) == [6, 10]
    assert several(BY_NAME["duration"], range(6, 11, 4)) == [6, 10]


@pytest.mark.parametrize("value", [True, np.True_, b"3", [3], {"a": 3}, float("nan"), 1j, print])
def test_a_number_is_no_truth_value_and_nothing_else(value: object) -> None:
    """Each reader of numbers says what it takes, and shows an object by its type alone."""
    for words, read in (
        ("--repeat takes a number from 1 to 9, not ", partial(count, "--repeat", most=9)),
        ("--watch-for takes a time such as 90s, 30m or 2h, not ", partial(time_s, "--watch-for")),
        ("--max-credits takes credits, such as 50, not ", partial(amount, "--max-credits")),
        ("--duration takes seconds, such as 6, not ", seconds),
        ("timeout takes seconds, such as 60, not ", deadline_of),
    ):
        with pytest.raises(OptionError) as refused:
            read(value)
        assert refused.value.what.startswith(words)
        assert "0x" not in refused.value.what


def test_a_path_is_text_or_a_path() -> None:
    """The home of nobody, and what is no path, are said in words."""
    assert path_of("~/a") == Path.home() / "a"
    for odd, words in (
        ("~no-such-user-here/a", "~no-such-user-here names a home folder that does not exist"),
        (5, "A path is text, not 5"),
        (None, "A path is text, not None"),
        ("a\0b", "A path is text, not 'a.x00b'"),
    ):
        with pytest.raises(UsageError, match=words):
            path_of(odd)


def test_an_image_may_be_given_again() -> None:
    """Images cannot be told apart by commas, which addresses and files may hold."""
    line = read_line("--image a,b --image c --end-image d cat --image e")
    assert line == Line(name="cat", values={"image": ["a,b", "c", "e"], "end_image": "d"})


def test_the_axes_are_those_of_the_issue() -> None:
    """Five options take commas, two are given again; this is the order of their axes."""
    assert {option.name: option.several for option in AXES} == {
        "model": "commas",
        "duration": "commas",
        "resolution": "commas",
        "aspect_ratio": "commas",
        "optimizer": "commas",
        "image": "again",
        "end_image": "again",
    }
    commas = ["model", "duration", "resolution", "aspect_ratio", "optimizer"]
    assert [option.name for option in AXES][:5] == commas


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("6", ["6"]),
        ("6,10", ["6", "10"]),
        (" 6 ,\t10", ["6", "10"]),
        ("6\uff0c10\u300112", ["6", "10", "12"]),
        ([6, "10"], [6, "10"]),
        ((6,), [6]),
        (["6,10"], ["6,10"]),
        (6, [6]),
        (None, [None]),
        ("", [""]),
    ],
)
def test_several_values_are_taken_apart(value: object, found: list[object]) -> None:
    """Text is split at commas, a list of Python is taken as it is."""
    assert several(BY_NAME["duration"], value) == found


@pytest.mark.parametrize("value", ["a,b", b"a,b", {"a": 1}, None])
def test_an_image_is_never_taken_apart(value: object) -> None:
    """Only a list of Python holds several images."""
    assert several(BY_NAME["image"], value) == [value]
    assert several(BY_NAME["end_image"], [value, "c"]) == [value, "c"]


@pytest.mark.parametrize("value", ["6,", ",6", "6,,10", ",", "6, ,10"])
def test_nothing_beside_a_comma_is_an_error(value: str) -> None:
    """A comma too many is a slip, not a default."""
    with pytest.raises(OptionError, match=r"^--duration .*: there is a comma with no value"):
        several(BY_NAME["duration"], value)


@pytest.mark.parametrize("option", AXES, ids=lambda option: option.flag)
@pytest.mark.parametrize("value", [[], ()])
def test_an_empty_list_is_an_error(option: Option, value: object) -> None:
    """No value at all is said by leaving the option out."""
    with pytest.raises(OptionError, match=f"^{option.flag}: the list is empty"):
        several(option, value)


def test_the_cap_of_tasks_is_in_the_help() -> None:
    """What holds without the option is told beside it."""
    assert str(MAX_TASKS) in BY_NAME["max_tasks"].help
    assert read_line("--max-tasks 36").values == {"max_tasks": "36"}


@pytest.mark.parametrize("value", [768, None, b"a"])
def test_a_text_is_nothing_else(value: object) -> None:
    """A number in place of a resolution is refused in words, naming the flag."""
    assert text("--resolution", "768P") == "768P"
    with pytest.raises(OptionError, match="--resolution takes text, not"):
        text("--resolution", value)


def test_an_empty_line_says_nothing() -> None:
    """Without a name and options everything is left to the defaults."""
    assert read_line("  ") == Line(name=None, values={})


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("--durations 6", r"no option --durations\. Did you mean --duration\?"),
        ("--colour red", "no option --colour"),
        ("--dur 6", r"no option --dur\. Did you mean --duration\?"),
        ("--ratio 9:16", r"no option --ratio\. Did you mean --aspect-ratio\?"),
        ("--help", r"no option --help\. Nothing"),
        ("--name cat", "no option --name.* stands by itself, behind %%hailuo"),
        ("--prompt=cat", "no option --prompt.* goes into the lines below"),
        ("a --duration 6, 10", "6, 10: a list has no blanks beside its commas"),
        ("--duration 6, 10", "6, 10: a list has no blanks beside its commas"),
        ("a --model x\uff0c y", "x\uff0c y: a list has no blanks beside its commas"),
        ("--duration", "expected one argument"),
        ("--duration 6 --duration 10", "--duration is given twice"),
        ("--callback a --callback b", "--callback is given twice"),
        ("--wait=yes", "ignored explicit argument"),
        ("a b", "'b' is one word too many"),
        ("2cats", "no name for a variable"),
        ("a \u2014imge b", r"em dash\), which is not --\. Did you mean --imge"),
        ("\u2013", r"en dash\), which is not --"),
        ("a --image \u201cmy photo.png", r"left double quotation mark\), a quote of word"),
        ("my-cat", "no name for a variable"),
        ("'open", "No closing quotation"),
    ],
)
def test_a_bad_line_is_refused_in_words(line: str, words: str) -> None:
    """Each slip gets one sentence, and no traceback of a parser."""
    with pytest.raises(OptionError, match=words):
        read_line(line)


@given(st.text(max_size=60) | WORDS.map(" ".join) | WORDS.map(shlex.join))
@example("--image\x00 'x")
@example("--image -- x")
@example("-h --help")
def test_any_line_is_read_or_refused(line: str) -> None:
    """Whatever is typed, the answer is a line or an OptionError, never an exit."""
    try:
        found: Line | OptionError = read_line(line)
    except OptionError as error:
        found = error
    values = getattr(found, "values", {})
    assert isinstance(found, OptionError) or (found.name or "x").isidentifier()
    assert set(values) <= set(BY_NAME)
    assert all(value is True or isinstance(value, str | list) for value in values.values())


@pytest.mark.parametrize(
    ("value", "meaning"),
    [("on", True), ("OFF", False), ("off", False), (True, True), (False, False), (None, None)],
)
def test_a_switch_is_on_off_or_unsaid(value: str | bool | None, meaning: bool | None) -> None:
    """A switch takes on or off in any case, and a bool from Python."""
    assert switch("--optimizer", value) is meaning


@pytest.mark.parametrize("value", ["yes", "1", "", 1, ["on"]])
def test_a_switch_takes_nothing_else(value: object) -> None:
    """Other words are refused, naming the flag."""
    with pytest.raises(OptionError, match="--optimizer takes on or off"):
        switch("--optimizer", value)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("6", 6),
        ("\uff16", 6),
        ("010", 10),
        (10, 10),
        (6.0, 6),
        (Fraction(12, 2), 6),
        (Decimal(6), 6),
        (np.int64(6), 6),
        (np.array(6), 6),
        (None, None),
    ],
)
def test_a_duration_is_whole_seconds(value: object, found: int | None) -> None:
    """A number of seconds is read from text or taken as it is."""
    assert seconds(value) == found


@pytest.mark.parametrize("value", ["6s", "6.0", "-6", "", "six", "²", "1234567890", 6.5, True, []])
def test_a_duration_is_nothing_else(value: object) -> None:
    """What is no whole number is refused, with an example."""
    with pytest.raises(OptionError, match="such as 6"):
        seconds(value)
