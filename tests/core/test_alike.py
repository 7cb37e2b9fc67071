"""Prompts that look equal have one form for looking up; what is seen, or has a meaning, stays."""

import pytest

from hailuo_nb.core.request import make_request, next_sample, normal_form

EQUAL = {
    "a blank at the end": "A cat in a café. ",
    "a tab at the end": "A cat in a café.\t",
    "lines at the end": "A cat in a café.\n\n",
    "decomposed": "A cat in a cafe\u0301.",
    "no-break space": "A cat\u00a0in a café.",
    "zero-width space": "A cat\u200b in a café.",
    "word joiner": "A\u2060 cat in a café.",
    "byte order mark": "\ufeffA cat in a café.",
    "all of them": "\ufeffA\u00a0cat in a\u200b cafe\u0301. \r\n",
}

OTHER = {
    "joiner of emojis": ("\U0001f469\u200d\U0001f680", "\U0001f469\U0001f680"),
    "non-joiner": (
        "\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "\u0646\u0645\u06cc\u062e\u0648\u0627\u0647\u0645",
    ),
    "a letter's case": ("A cat.", "a cat."),
    "a double blank within": ("A  cat.", "A cat."),
    "lines": ("A cat.\nA dog.", "A cat. A dog."),
    "full width": ("\uff21 cat.", "A cat."),
    "a soft hyphen": ("A c\u00adat.", "A cat."),
    "blanks before": ("  A cat.", "A cat."),
}


@pytest.mark.parametrize("text", EQUAL.values(), ids=EQUAL)
def test_what_looks_equal_is_alike(text: str) -> None:
    """Not the same request: what was typed is what is sent."""
    plain, other = make_request(prompt="A cat in a café."), make_request(prompt=text)
    assert (other.alike(""), other.prompt) == (plain.alike(""), text)
    assert other.identity("") != plain.identity("")


@pytest.mark.parametrize(("one", "other"), OTHER.values(), ids=OTHER)
def test_what_differs_stays_apart(one: str, other: str) -> None:
    """To the eye or in its meaning."""
    assert normal_form(one) != normal_form(other)


def test_line_ends_and_the_blanks_before_them_are_alike() -> None:
    """However a file or an editor writes them."""
    assert {normal_form(text) for text in ("a\nb", "a\r\nb", "a\rb", "a \nb", "a\u00a0\nb")} == {
        "a\nb"
    }


def test_a_normal_prompt_has_one_digest_and_samples_share_it() -> None:
    """So what was recorded before is found by the very digest that it has."""
    request = make_request(prompt="A cat.")
    assert request.alike("s") == request.family("s") == request.identity("s")
    assert next_sample(request, 3).alike("s") == request.alike("s")
    assert request.alike("s") != request.alike("another service")
