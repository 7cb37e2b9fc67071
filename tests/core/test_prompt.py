r"""What is typed is what is sent: insertion, escapes, and refusals in place of surprises."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hailuo_nb.core.prompt import prompt_warnings, read_prompt
from hailuo_nb.errors import PromptError

TEXT = st.text(st.characters(codec="utf-8"), max_size=80)
TRICKY = st.text(st.sampled_from('{}|\\-ab \n"\x00é{{}}'), max_size=40)
LINE = st.text(st.sampled_from("{}|\\-ab é"), min_size=1, max_size=30)


@given(TEXT | TRICKY)
@example("\n\n---\n{a|b}\n")
@example(r"\{ {{name}} ")
def test_verbatim_sends_the_text_as_it_is_typed(body: str) -> None:
    """Under --verbatim not one character changes, blank lines at the ends included."""
    assert read_prompt(body, {}, verbatim=True) == body


@given(LINE)
@example("---")
@example("--- \t")
@example("{{name}}")
@example("{slow|fast}")
@example("\\{")
def test_escaped_text_arrives_as_it_was_meant(text: str) -> None:
    r"""Any line can be written: a backslash before { } | and before a line of ---."""
    meant = "x" + text
    escaped = "".join("\\" + letter if letter in "{}|" else letter for letter in meant)
    assert read_prompt(escaped, {}) == meant


@pytest.mark.parametrize("line", ["---", "---  ", "---\t"])
def test_an_escaped_separator_is_plain_text(line: str) -> None:
    r"""A line \--- is sent as ---."""
    assert read_prompt(f"a\n\\{line}\nb", {}) == "a\n---\nb"


@given(TEXT | TRICKY)
@example("{{name}}")
@example("{slow|fast}")
@example("\n---\n")
@example(r"\{")
@example("{{other}}")
@example("\n\\---\n")
def test_what_was_inserted_is_not_read_again(value: str) -> None:
    """Braces, axes, separators and escapes inside a variable stay as they are."""
    assert read_prompt("a {{name}} b", {"name": value, "other": "X"}) == f"a {value} b"


@given(
    TEXT.filter(lambda text: not set("{}|\\-") & set(text)), st.sampled_from(["", "\n", " \n\n"])
)
def test_plain_text_loses_only_the_blank_lines_at_its_ends(text: str, blank: str) -> None:
    r"""White space inside and at the ends of lines is kept; a line ends in \n alone."""
    body = f"x{text}x"
    assert read_prompt(blank + body + "\n" + blank, {}) == body.replace("\r\n", "\n")


def test_indentation_is_kept() -> None:
    """Only whole blank lines are stripped, not the first line's indentation."""
    assert read_prompt("\n  a\n\n  b  \n\n", {}) == "  a\n\n  b  "


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("storm", "storm"),
        (3, "3"),
        (0.5, "0.5"),
        (Fraction(1, 3), "1/3"),
        (np.float64(1.5), "1.5"),
        (np.int32(7), "7"),
    ],
    ids=str,
)
def test_text_and_numbers_are_inserted(value: object, text: str) -> None:
    """A variable that is a plain str or number is written into the prompt."""
    assert read_prompt("a {{ name }} b", {"name": value}) == f"a {text} b"


@pytest.mark.parametrize("value", [True, None, ["a"], {"a": 1}, b"a", object])
def test_anything_else_is_not_inserted(value: object) -> None:
    """A list, a dict or an object in a prompt is a mistake, not text."""
    with pytest.raises(PromptError, match="only text and numbers"):
        read_prompt("{{name}}", {"name": value})


def test_an_undefined_name_is_an_error() -> None:
    """A name that is not there is never sent as braces."""
    with pytest.raises(PromptError, match="no variable 'nmae'"):
        read_prompt("a {{nmae}}", {"name": "x"})


@pytest.mark.parametrize("body", ["{{a.b}}", "{{a[0]}}", "{{1}}", "{{f()}}", "{{}}", "{{a b}}"])
def test_nothing_is_evaluated(body: str) -> None:
    """Attribute, index and call stay as they are typed, with a warning."""
    assert read_prompt(body, {"a": "x", "f": "x"}) == body
    (warning,) = prompt_warnings(body)
    assert "sent as plain text" in warning


@pytest.mark.parametrize("body", ["{{name}}", "no braces", r"\{ \}", "{one}", "{ {"])
def test_a_plain_prompt_draws_no_warning(body: str) -> None:
    """A proper insertion and plain braces are no reason to warn."""
    assert prompt_warnings(body) == ()


def test_verbatim_braces_draw_no_warning() -> None:
    """Under --verbatim braces are meant as they are typed."""
    assert prompt_warnings("{{a.b}}", verbatim=True) == ()


@pytest.mark.parametrize(
    "body",
    [
        "a\n---\nb",
        "---",
        "---  \t",
        "a {slow|fast} b",
        "a {slow|} b",
        "{slow|{{name}}}",
        r"{a\|b|c}",
        "x\n\ty {a|b}",
    ],
)
def test_several_prompts_are_refused_rather_than_billed_literally(body: str) -> None:
    """Until axes exist a cell that asks for several clips is refused, with the way out."""
    with pytest.raises(PromptError, match="several prompts") as refused:
        read_prompt("first line\n" + body, {"name": "x"})
    assert "--verbatim" in refused.value.advice


def test_the_refusal_names_the_line() -> None:
    """The line counts from the first line of the prompt."""
    with pytest.raises(PromptError, match=r"^Line 3: \{slow\|fast\}"):
        read_prompt("a\n{{long_name}} b\nc {slow|fast} d", {"long_name": "1\n2\n3"})


@pytest.mark.parametrize(
    "body",
    [
        "{one}",
        "a | b",
        "{}",
        '{"a": "b|c"}',
        "----",
        "a ---",
        " ---",
        "{ open",
        "} close {",
        r"{a\|b}",
    ],
)
def test_other_braces_and_dashes_are_text(body: str) -> None:
    r"""What is no axis and no separator is sent as typed, escapes aside."""
    assert read_prompt(body, {}) == body.replace("\\|", "|")


def test_half_a_character_is_refused() -> None:
    """A lone surrogate cannot be sent; the message says where it stands."""
    with pytest.raises(PromptError, match="Character 3"):
        read_prompt("ab\ud83d", {})
    with pytest.raises(PromptError, match="Character 1"):
        read_prompt("\udc00", {}, verbatim=True)
