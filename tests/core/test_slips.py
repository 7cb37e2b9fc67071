"""A text that says that something else was meant is refused before it is paid for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hailuo_nb.core.options import BY_FLAG
from hailuo_nb.core.prompt import read_prompts
from hailuo_nb.errors import PromptError


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        ("--image sample:peak --duration 10\n[Push in] A cat.", 1, "begins with --image: options"),
        ("\n  --image=x\nA cat", 2, "begins with --image"),
        ("A cat\n--duration 10", 2, "begins with --duration"),
        ("\u2014image sample:peak\nA cat", 1, "begins with --image"),
        ("\u2013dry\u2011run\nA cat", 1, "begins with --dry-run"),
        ("\ufeff\u00a0--wait", 1, "begins with --wait"),
        ("-duration 10\nA cat", 1, "begins with --duration"),
        ("--Image x\nA cat", 1, "begins with --image"),
        ("--imge x\nA cat", 1, "begins with --image"),
        ("%%hailuo c --image sample:peak\nA cat.", 1, "begins with %%hailuo: a magic's line"),
        ("A cat\n\n \t%%hailuo\nA dog", 3, "begins with %%hailuo"),
        ("%hailuo show cat", 1, "begins with %hailuo"),
        ("\uff05\uff05hailuo c\nA cat", 1, "a magic's line"),
        ("%%time\nA cat", 1, "begins with %%time"),
        ("```\nA cat\n```", 1, "a Markdown fence"),
        ("   ```text\nA cat", 1, "a Markdown fence"),
        ("Here it is:\n```A cat```", 2, "a Markdown fence"),
        ("A cat```", 1, "a Markdown fence"),
        ("~~~\nA cat\n~~~", 1, "a Markdown fence"),
        ("A cat\n---\n~~~~ text\nA dog", 3, "a Markdown fence"),
        ("A cat\n\u2014-\nA dog", 2, "\u2014-, which parts no prompts"),
        ("A cat\n\n\u2013\u2013\u2013 \nA dog", 3, "three plain hyphens"),
        ("A cat\n\u00a0---\nA dog", 2, "---, which parts no prompts"),
    ],
)
def test_a_slip_is_named_with_its_line(body: str, line: int, words: str) -> None:
    """The refusal says what stands where, and how to send it all the same."""
    with pytest.raises(PromptError, match=f"^Line {line} of the text .*{words}") as refused:
        read_prompts(body, {})
    assert "--verbatim (in Python: verbatim=True) sends the text as it is." in str(refused.value)
    assert read_prompts(body, {}, verbatim=True).variants[0].text == body


@pytest.mark.parametrize(
    "body",
    [
        "- A cat\n- A dog",
        "* A cat\n1. A dog\n2) A bird",
        "\u2022 A cat",
        "\u2014 A cat, he says.",
        "\u2014Wait for me!",
        "\u2013 duration: ten days",
        "--A cat walks",
        "-- a cat",
        "A cat --image x",
        "--ar 16:9",
        "%100 calm",
        "100%",
        "`cat` walks",
        "~~~ dream ~~~ sequence",
        "> A cat",
        "# A cat",
        "| a | cat |",
        "A cat\n\u2014\nA dog",
        "A cat\n\u2014\u2014\u2014\u2014\nA dog",
        "A cat\n--\nA dog",
    ],
)
def test_a_prompt_of_any_form_is_a_prompt(body: str) -> None:
    """Bullets, numbers, dashes of speech and signs inside a line are sent as they are typed."""
    assert [one.text for one in read_prompts(body, {}).variants] == [body]


def test_what_is_inserted_is_no_slip() -> None:
    """A variable's text is sent as it is."""
    (made,) = read_prompts("{{text}}", {"text": "--image x\n%%hailuo\n```"}).variants
    assert made.text == "--image x\n%%hailuo\n```"


@given(st.sampled_from(sorted(BY_FLAG)), st.sampled_from(["", " x", "=x", "\t--wait"]))
def test_no_option_begins_a_line(flag: str, rest: str) -> None:
    """Whichever it is, and whatever follows."""
    with pytest.raises(PromptError, match="options stand on the first line"):
        read_prompts(f"A cat\n{flag}{rest}\n", {})
