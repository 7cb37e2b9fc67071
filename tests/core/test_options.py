"""The magic's line is read from one table, which is kept in step with the catalogue."""

import inspect
import shlex
from typing import get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import hailuo_nb
from hailuo_nb.core.models import MODELS, find_model
from hailuo_nb.core.options import BY_FLAG, OPTIONS, Kind, Line, Option, read_line, seconds, switch
from hailuo_nb.errors import OptionError

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


@each_option
def test_a_row_is_whole(option: Option) -> None:
    """Each option has a known kind, a help text, and a metavar unless it is a flag."""
    assert option.kind in get_args(Kind)
    assert option.help
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


def test_an_empty_line_says_nothing() -> None:
    """Without a name and options everything is left to the defaults."""
    assert read_line("  ") == Line(name=None, values={})


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("--durations 6", r"no option --durations\. Did you mean --duration\?"),
        ("--colour red", "no option --colour"),
        ("--dur 6", "no option --dur"),
        ("--duration", "expected one argument"),
        ("--image a --image b", "--image is given twice"),
        ("--wait=yes", "ignored explicit argument"),
        ("a b", "'b' is one word too many"),
        ("2cats", "no name for a variable"),
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
    assert all(value is True or isinstance(value, str) for value in values.values())


@pytest.mark.parametrize(
    ("value", "meaning"),
    [("on", True), ("OFF", False), ("off", False), (True, True), (False, False), (None, None)],
)
def test_a_switch_is_on_off_or_unsaid(value: str | bool | None, meaning: bool | None) -> None:
    """A switch takes on or off in any case, and a bool from Python."""
    assert switch("--optimizer", value) is meaning


@pytest.mark.parametrize("value", ["yes", "1", ""])
def test_a_switch_takes_nothing_else(value: str) -> None:
    """Other words are refused, naming the flag."""
    with pytest.raises(OptionError, match="--optimizer takes on or off"):
        switch("--optimizer", value)


@pytest.mark.parametrize(("value", "found"), [("6", 6), (10, 10), (None, None), ("010", 10)])
def test_a_duration_is_whole_seconds(value: str | int | None, found: int | None) -> None:
    """A number of seconds is read from text or taken as it is."""
    assert seconds(value) == found


@pytest.mark.parametrize("value", ["6s", "6.0", "-6", "", "six", "²"])
def test_a_duration_is_nothing_else(value: str) -> None:
    """What is no whole number is refused, with an example."""
    with pytest.raises(OptionError, match="such as 6"):
        seconds(value)
