r"""What is typed is what is sent: insertion, axes, escapes, refusals in place of surprises."""

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import prod

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hailuo_nb.core.matrix import ABSENT, COMBINATIONS_MAX, Axis
from hailuo_nb.core.prompt import escape, prompt_warnings, read_prompts
from hailuo_nb.errors import HailuoError, PromptError, UsageError

TEXT = st.text(st.characters(codec="utf-8"), max_size=80)
TRICKY = st.text(st.sampled_from('{}|\\-ab \n\r"\x00é{{}}'), max_size=40)
LINES = st.lists(
    st.sampled_from(["---", "--- ", "\\---", "\\\\---\t", "a", "{a|b}", "{{x}}", "", "\\{"]),
    max_size=9,
).map("\n".join)
WORD = st.text(st.sampled_from("abc é日"), min_size=1, max_size=6).filter(
    lambda word: word == word.strip()
)
GROUPS = st.lists(st.lists(WORD, min_size=2, max_size=4), max_size=4)


def texts(body: str, names: Mapping[str, object] | None = None) -> list[str]:
    """Return the text of each prompt."""
    return [one.text for one in read_prompts(body, names or {}).variants]


def only(body: str, names: Mapping[str, object] | None = None) -> str:
    """Return the text of the one prompt."""
    (text,) = texts(body, names)
    return text


@given(TEXT | TRICKY | LINES)
@example("\n\n---\n{a|b}\n")
@example(r"\{ {{name}} ")
def test_verbatim_sends_the_text_as_it_is_typed(body: str) -> None:
    """Under --verbatim not one character changes, and the cell is one prompt."""
    found = read_prompts(body, {}, verbatim=True)
    assert [one.text for one in found.variants] == [body]
    assert found.axes == ()


@given(TEXT | TRICKY | LINES)
@example("---")
@example("--- \t")
@example("\\---")
@example("\\\\\\---\r\r\n---\r\n.")
@example("{{name}}")
@example("{slow|fast}")
@example("\\{")
@example("\\\\|")
def test_escaped_text_arrives_as_it_was_meant(text: str) -> None:
    r"""Any text can be written: a backslash before { } | and before a line of ---."""
    meant = f"<\n{text}\n>"
    assert only(escape(meant)) == re.sub(r"\r+\n", "\n", meant)


@pytest.mark.parametrize("line", ["---", "---  ", "---\t", "\\---", "\\\\---"])
def test_an_escaped_separator_is_plain_text(line: str) -> None:
    r"""A line \--- is sent as ---, and each further backslash as itself."""
    assert only(f"a\n\\{line}\nb") == f"a\n{line}\nb"


@given(TEXT | TRICKY)
@example("{{name}}")
@example("{slow|fast}")
@example("\n---\n")
@example(r"\{")
@example("{{other}}")
@example("\n\\---\n")
def test_what_was_inserted_is_not_read_again(value: str) -> None:
    """Braces, axes, separators and escapes inside a variable stay as they are."""
    assert only("a {{name}} b", {"name": value, "other": "X"}) == f"a {value} b"
    listed = texts("a {{name}} b", {"name": [value, "x"], "other": "X"})
    assert listed == [f"a {value} b", "a x b"]


@given(
    TEXT.filter(lambda text: not set("{}|\\-\r") & set(text)),
    st.sampled_from(["", "\n", " \n\n", "\r\n"]),
)
def test_plain_text_loses_only_the_blank_lines_at_its_ends(text: str, blank: str) -> None:
    r"""White space inside and at the ends of lines is kept; a line ends in \n alone."""
    body = f"x{text}x"
    assert only(blank + body + "\n" + blank) == body
    assert only(blank + body + "\r\nx\r\n" + blank) == body + "\nx"


def test_indentation_is_kept() -> None:
    """Only whole blank lines are stripped, not the first line's indentation."""
    assert only("\n  a\n\n  b  \n\n") == "  a\n\n  b  "


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("storm", "storm"),
        (3, "3"),
        (0.5, "0.5"),
        (Fraction(1, 3), "1/3"),
        (np.float64(1.5), "1.5"),
        (np.int32(7), "7"),
        (Decimal("0.50"), "0.50"),
    ],
    ids=str,
)
def test_text_and_numbers_are_inserted(value: object, text: str) -> None:
    """A variable that is a plain str or number is written into the prompt."""
    assert only("a {{ name }} b", {"name": value}) == f"a {text} b"
    assert texts("{{name}} b", {"name": (value, "x")}) == [f"{text} b", "x b"]


@pytest.mark.parametrize("value", [True, None, {"a": 1}, b"a", object, {"a"}, 1j])
def test_anything_else_is_not_inserted(value: object) -> None:
    """A dict or an object in a prompt is a mistake, not text, and in a list no less."""
    with pytest.raises(PromptError, match="only text, numbers and lists of these"):
        only("{{name}}", {"name": value})
    with pytest.raises(PromptError, match="item 1 of 'name' is of type"):
        only("{{name}}", {"name": ["a", value]})


NAN = float("nan")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (["a", NAN], "item 1 of 'name' is nan"),
        ((float("inf"), "a"), "item 0 of 'name' is inf"),
        ([1, 2, -np.float32("inf")], "item 2 of 'name' is -inf"),
        ([Decimal("NaN")], "item 0 of 'name' is NaN"),
        (["a", np.datetime64("NaT")], "item 1 of 'name' is NaT"),
        (["a", pd.NaT], "item 1 of 'name' is NaT"),
        (["a", pd.NA], "item 1 of 'name' is <NA>"),
        (pd.Series(["a", None, NAN], dtype=object), "item 1 of 'name' is of type NoneType"),
        (pd.Series([1.5, None]), "item 1 of 'name' is nan"),
        (np.array([1.0, NAN]), "item 1 of 'name' is nan"),
        (np.array(["a", NAN], dtype=object), "item 1 of 'name' is nan"),
        (NAN, "'name' is nan"),
    ],
    ids=str,
)
def test_what_is_missing_is_named_by_its_place(value: object, words: str) -> None:
    """A gap of a table is never a word of a prompt."""
    with pytest.raises(PromptError, match=f"^{{{{name}}}}: {words}"):
        texts("a {{name}}", {"name": value})


@pytest.mark.parametrize(
    "value", [pd.Series(["x", "y"], index=[7, 3]), np.array(["x", "y"]), np.array(["x", "y"], "O")]
)
def test_a_column_is_a_list(value: object) -> None:
    """What tables and arrays hold is inserted like the items of a list."""
    assert texts("a {{name}}", {"name": value}) == ["a x", "a y"]


def test_a_name_is_the_name_that_python_has() -> None:
    """Python reads ligatures and full-width letters of a name as the plain ones."""
    assert only("{{\ufb01lm}} {{\uff41}}", {"film": "A", "a": "b"}) == "A b"


def test_a_list_in_a_list_is_no_value() -> None:
    """An axis has plain values."""
    with pytest.raises(PromptError, match="item 0 of 'name' is of type list"):
        only("{{name}}", {"name": [["a"]]})


@pytest.mark.parametrize("value", [[], ()])
def test_an_empty_list_is_an_error(value: object) -> None:
    """An axis without a value would leave nothing to make."""
    with pytest.raises(PromptError, match="'name' is an empty"):
        only("{{name}}", {"name": value})


def test_a_number_too_long_to_write_is_an_error() -> None:
    """Python refuses to write out a number of thousands of digits; the message says whose."""
    with pytest.raises(PromptError, match="'name' has too many digits"):
        only("{{name}}", {"name": 10**5_000})


def test_an_undefined_name_is_an_error() -> None:
    """A name that is not there is never sent as braces; the nearest one is offered."""
    with pytest.raises(PromptError, match=r"no variable 'nmae'\. Did you mean \{\{name\}\}\?"):
        only("a {{nmae}}", {"name": "x"})
    with pytest.raises(PromptError, match=r"no variable 'q'\. Nothing"):
        only("a {{q}}", {"name": "x"})


@pytest.mark.parametrize(
    "body", ["{{a.b}}", "{{a[0]}}", "{{1}}", "{{f()}}", "{{}}", "{{a b}}", "{{a|upper}}", '{{"a"}}']
)
def test_nothing_is_evaluated(body: str) -> None:
    """Attribute, index, call and filter stay as they are typed, with a warning."""
    (one,) = read_prompts(f"x {body}", {"a": "x", "f": "x"}).variants
    assert one.text == f"x {body}"
    (warning,) = one.warnings
    assert "sent as plain text" in warning
    assert prompt_warnings(body) == one.warnings


@pytest.mark.parametrize(
    "body",
    [
        *("{{name}}", "no braces", r"\{ \}", "{one}", "{ {", r"\{\{a.b\}\}", r"{{a.b\}}"),
        *("{a|b\uff5cc}", "a\uff5cb", "\uff5ba\uff5d", "\\{a\uff5cb\\}"),
    ],
)
def test_a_plain_prompt_draws_no_warning(body: str) -> None:
    """A proper insertion and plain braces are no reason to warn."""
    assert prompt_warnings(body) == ()


@pytest.mark.parametrize("body", ["\uff5b甲\uff5c乙\uff5d", "{甲\uff5c乙}", "\uff5b甲|乙\uff5d"])
def test_the_axis_of_a_chinese_keyboard_draws_a_warning(body: str) -> None:
    """It is one prompt, as it is typed, and says how the axis is written."""
    (one,) = read_prompts(body, {}).variants
    assert (one.text, one.warnings) == (
        body,
        (f"{body} is sent as plain text: write {{甲|乙}}.",),
    )


def test_an_escape_works_in_odd_braces() -> None:
    """What is no name is text like any other, escapes included."""
    assert only(r"{{a\|b}} {{a\}}") == "{{a|b}} {{a}}"


def test_verbatim_braces_draw_no_warning() -> None:
    """Under --verbatim braces are meant as they are typed."""
    assert read_prompts("{{a.b}}", {}, verbatim=True).variants[0].warnings == ()


def test_a_warning_stays_with_its_prompt() -> None:
    """The prompt without the odd braces draws no warning."""
    first, second = read_prompts("a\n---\n{{b.c}}", {}).variants
    assert first.warnings == ()
    assert len(second.warnings) == 1


def test_a_group_is_an_axis() -> None:
    """Each alternative is one prompt; the axis is named after them."""
    found = read_prompts("a {slow|fast} river", {})
    assert [one.text for one in found.variants] == ["a slow river", "a fast river"]
    assert [one.values for one in found.variants] == [("slow",), ("fast",)]
    assert found.axes == (Axis(name="slow|fast", values=("slow", "fast")),)


@given(GROUPS)
def test_groups_make_every_combination_in_order(groups: list[list[str]]) -> None:
    """The prompts are the product of the groups, the last group fastest."""
    body = "<" + ";".join("{" + "|".join(group) + "}" for group in groups) + ">"
    found = read_prompts(body, {})
    assert [one.text for one in found.variants] == [
        f"<{';'.join(picked)}>" for picked in product(*groups)
    ]
    assert len({axis.name for axis in found.axes}) == len(groups)
    assert all(len(set(axis.values)) == len(axis.values) for axis in found.axes)
    assert prod(len(axis.values) for axis in found.axes) == len(found.variants)


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("A {slow | fast} cat.", ["A slow cat.", "A fast cat."]),
        ("A { slow|\tfast } cat {x | y }", ["A slow cat x", "A slow cat y", "A fast cat x",
                                             "A fast cat y"]),
        ("{ a | b }{ c | d }", ["a c", "a d", "b c", "b d"]),
        ("({ a | b }), { c | d }!", ["(a), c!", "(a), d!", "(b), c!", "(b), d!"]),
        ("A {slow|} cat{ in rain|}.", ["A slow cat in rain.", "A slow cat.", "A cat in rain.",
                                       "A cat."]),
        ("a\u00a0{ x\u00a0| y }\nz", ["a\u00a0x\nz", "a\u00a0y\nz"]),
        ("A sea,{ calm| wild} x", ["A sea, calm x", "A sea, wild x"]),
        ("{very |}slow", ["very slow", "slow"]),
        ("{very |}{slow|fast}", ["very slow", "very fast", "slow", "fast"]),
    ],
)  # fmt: skip
def test_blanks_inside_braces_part_words_and_no_more(body: str, found: list[str]) -> None:
    """They double no blank that stands there, and join no words by going."""
    assert texts(body) == found


def test_an_alternative_tells_how_it_was_typed() -> None:
    """Where that differs from what is sent: so earlier versions sent and recorded it."""
    typed = {one.text: one.as_typed for one in read_prompts("A {slow | fast}er cat", {}).variants}
    assert typed == {"A slow er cat": "", "A faster cat": "A  faster cat"}


def test_the_same_group_twice_is_two_axes() -> None:
    """Each group of a prompt varies by itself; the second one's name says so."""
    found = read_prompts("{a|b} and {a|b}", {})
    assert [axis.name for axis in found.axes] == ["a|b", "a|b #2"]
    assert [one.text for one in found.variants] == ["a and a", "a and b", "b and a", "b and b"]


def test_an_alternative_may_be_empty() -> None:
    """Nothing is a value like any other, with a label that can be seen."""
    found = read_prompts("a sea{|, storm}{|}", {})
    assert [axis.values for axis in found.axes] == [("(none)", ", storm"), ("(none)", "(none) #2")]
    assert [one.text for one in found.variants[::2]] == ["a sea", "a sea, storm"]


def test_escapes_work_in_an_alternative() -> None:
    """A bar and braces can be part of an alternative."""
    assert texts(r"{a\|b|\{c\}|{d}}") == ["a|b", "{c}", "{d}"]


def test_a_list_is_an_axis_of_its_name() -> None:
    """The same name twice is one axis, and its values are never mixed."""
    found = read_prompts("{{mood}} sea, {{mood}} sky", {"mood": ["calm", 7]})
    assert [one.text for one in found.variants] == ["calm sea, calm sky", "7 sea, 7 sky"]
    assert found.axes == (Axis(name="mood", values=("calm", "7")),)


def test_a_scalar_can_stand_in_an_alternative() -> None:
    """An alternative is text with insertions like any other."""
    assert texts("{a {{x}}|b}", {"x": "|}"}) == ["a |}", "b"]


def test_lines_of_three_dashes_separate_prompts() -> None:
    """The axis of the prompts has their numbers and first words as labels."""
    found = read_prompts("\n[Push in] a samurai on a jagged peak\n\n---\t\n\nb\n---\nb\n", {})
    assert [one.text for one in found.variants] == [
        "[Push in] a samurai on a jagged peak",
        "b",
        "b",
    ]
    (axis,) = found.axes
    assert axis == Axis(name="prompt", values=("1 [Push in] a samurai on a…", "2 b", "3 b"))
    assert [one.values for one in found.variants] == [(value,) for value in axis.values]


def test_prompts_share_an_axis() -> None:
    """The same group or list in several prompts is one axis, so that a grid has no holes."""
    names = {"mood": ["calm", "wild"]}
    found = read_prompts("{{mood}} {a|b} sea\n---\n{a|b} sky, {{mood}}", names)
    assert [axis.name for axis in found.axes] == ["prompt", "mood", "a|b"]
    assert len(found.variants) == 8
    assert found.variants[5].text == "b sky, calm"
    assert found.variants[5].values == ("2 … sky, …", "calm", "b")


def test_a_prompt_without_an_axis_has_a_place_beside_it() -> None:
    """A prompt is not made once more for each value of an axis that it does not have."""
    found = read_prompts("{a|b} sea\n---\nsky", {})
    assert [one.text for one in found.variants] == ["a sea", "b sea", "sky"]
    assert found.axes[1].values == ("a", "b", ABSENT)
    assert found.variants[2].values == ("2 sky", ABSENT)


def test_labels_and_names_of_ours_are_not_taken() -> None:
    """A value that looks like the place of what is absent, or a list named prompt, makes way."""
    found = read_prompts("{–|a}{{prompt}}\n---\nb", {"prompt": ["c", "d"]})
    assert [axis.name for axis in found.axes] == ["prompt", "–|a", "prompt #2"]
    assert found.axes[1].values == ("– #2", "a", ABSENT)


@pytest.mark.parametrize("body", ["---\na", "a\n---", "\n---\na\n--- \n\n", "a\n---\n \t\n"])
def test_a_separator_at_an_end_is_forgiven(body: str) -> None:
    """Nothing before the first or behind the last line of dashes is no prompt."""
    assert texts(body) == ["a"]


@pytest.mark.parametrize(
    ("body", "line"),
    [("a\n---\n---\nb", 2), ("\n\n---\n \n---", 3), ("a\n---\nb\n---\n\n---\n", 4)],
)
def test_an_empty_prompt_between_others_is_an_error(body: str, line: int) -> None:
    """The message says below which line nothing stands."""
    with pytest.raises(PromptError, match=rf"^Line {line}: no prompt stands between"):
        texts(body)


@pytest.mark.parametrize("body", ["", "  \n", "---", "\n---\n\n"])
def test_no_text_is_one_empty_prompt(body: str) -> None:
    """Whether that can be sent is not the grammar's matter."""
    assert texts(body) == [""]


@pytest.mark.parametrize(
    "body",
    [
        "{one}",
        "a | b",
        "{}",
        '{"a": "b|c"}',
        '{a|"b"}',
        '{a|{{"b"}}}',
        "----",
        "a ---",
        " ---",
        "{ open",
        "} close {",
        r"{a\|b}",
        "{a\n|b}",
        "{a|b",
        "a|b}",
        "{a|{b}",
        "{'scene': 'a|b'}",
        "{'a': ['x|y', 'z']}",
        "{'a': {'b': 'c|d'}}",
        "{scene: 'a|b'}",
        "{'a|b'}",
        "{'a': b|c}",
        "{f('a|b')}",
        "{\u201cscene\u201d: \u201ca|b\u201d}",
    ],
)
def test_other_braces_and_dashes_are_text(body: str) -> None:
    r"""What is no axis and no separator is sent as typed, escapes aside."""
    assert only(body) == body.replace("\\|", "|")


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("{x {a|b}}", ["{x a}", "{x b}"]),
        ("{ {a|b}", ["{ a", "{ b"]),
        ('{"k": {a|b}}', ['{"k": a}', '{"k": b}']),
        ('"{a|b}"', ['"a"', '"b"']),
        ("{a|b}}", ["a}", "b}"]),
        ("{{{x}}|b}", ["X", "b"]),
        ("{the cat's tail|a dog's}", ["the cat's tail", "a dog's"]),
        ("{rock 'n' roll|pop}", ["rock 'n' roll", "pop"]),
        ("{'80s|'90s}", ["'80s", "'90s"]),
        ("{a 'calm' sea|it's calm} 'x|y'", ["a 'calm' sea 'x|y'", "it's calm 'x|y'"]),
    ],
)
def test_an_axis_may_stand_beside_and_in_plain_braces(body: str, found: list[str]) -> None:
    """Braces that are no axis do not hide one."""
    assert texts(body, {"x": "X"}) == found


@pytest.mark.parametrize(
    ("body", "place", "column"),
    [
        ("{a|b {c|d}}", "Line 1, column 6", 5),
        ("a\n日本 {{{x}}|{c|d}|e} f", "Line 2, column 11", 12),
        ("a\n\n\t{b|{{list}}}", "Line 3, column 5", 4),
        ("x" * 200 + "{a|{c|d}}", "Line 1, column 204", 49),
    ],
)
def test_an_axis_inside_an_axis_is_shown(body: str, place: str, column: int) -> None:
    """The error names line and column and shows the line with a caret below the place."""
    with pytest.raises(PromptError) as refused:
        texts(body, {"x": "X", "list": ["a", "b"]})
    first, shown, caret = str(refused.value).split("\n")
    assert first.startswith(f"{place}: an axis stands inside an axis. Nothing was sent.")
    assert caret == f"    {' ' * column}^"
    assert shown.startswith("    ")
    assert shown.isprintable()


def test_the_caret_stands_below_the_brace() -> None:
    """Where letters are of one width, the sign below is in the column of the sign above."""
    with pytest.raises(PromptError) as refused:
        texts("one {two|three {four|five}}")
    *_, shown, caret = str(refused.value).split("\n")
    assert shown[caret.index("^") :].startswith("{four|five}")


@pytest.mark.parametrize("body", ["{a|b}" * 14, "{a|b}" * 20_000, "{{x}} {{y}}"])
def test_too_many_combinations_are_refused_at_once(body: str) -> None:
    """A slip that would make millions of prompts is refused before one is built."""
    names = {"x": list(range(COMBINATIONS_MAX // 100)), "y": list(range(101))}
    with pytest.raises(UsageError, match="more than 10,000 clips"):
        texts(body, names)


def test_too_many_axes_are_refused() -> None:
    """A cell of hundreds of prompts with axes of their own is no experiment."""
    with pytest.raises(UsageError, match="101 axes"):
        texts("\n---\n".join(f"{{{at}|x}}" for at in range(101)))


def test_braces_in_great_number_are_read_in_one_pass() -> None:
    """A text of braces alone costs no time that grows with its square."""
    assert only("{" * 40_000) == "{" * 40_000
    assert only("{{a " * 20_000) == "{{a " * 20_000
    assert only("{|" * 20_000 + '"}') == "{|" * 20_000 + '"}'


def test_half_a_character_is_refused() -> None:
    """A lone surrogate cannot be sent; the message says where it stands."""
    with pytest.raises(PromptError, match="Character 3"):
        only("ab\ud83d")
    with pytest.raises(PromptError, match="Character 1"):
        read_prompts("\udc00", {}, verbatim=True)


@given(
    st.text(st.sampled_from('{}|\\-ab \n"x\ud800\r\t'), max_size=60) | LINES,
    st.dictionaries(
        st.sampled_from(["a", "b", "x"]),
        TEXT | st.integers() | st.none() | st.lists(TEXT | st.floats(), max_size=3),
    ),
)
def test_any_text_is_read_or_refused(body: str, names: dict[str, object]) -> None:
    """Whatever is typed, the answer is prompts with unique places, or an error of ours."""
    try:
        found = read_prompts(body, names)
    except HailuoError:
        return
    places = [one.values for one in found.variants]
    assert len(set(places)) == len(places) >= 1
    assert all(len(place) == len(found.axes) for place in places)
    assert all(place[at] in axis.values for place in places for at, axis in enumerate(found.axes))
    assert len({axis.name for axis in found.axes}) == len(found.axes)
