"""Generate right after typing: it is sent, or its price is said, and that is no error."""

from collections.abc import Callable

import pytest

from hailuo_nb.session.session import Session
from tests.notebook.panel.conftest import Asked

Make = Callable[..., Asked]
UNSEEN = {"due": 0, "credits": 0}


def test_the_first_words_are_sent_at_once_where_it_is_free(panel: Make, session: Session) -> None:
    """No price was seen, and none is paid: one clip of the simulator."""
    session.configure(session.config.simulated())
    answer = panel().click(prompt="a sea", seen=UNSEEN)
    assert answer["words"] == "1 clip is in the gallery."
    assert len(answer["ids"]) == 1


@pytest.mark.parametrize(
    ("prompt", "words"),
    [
        ("a {calm|wild} sea", "That is 2 clips, "),
        ("a {b|c|d} sea", "That is 3 clips, "),
    ],
)
def test_several_are_named_first(panel: Make, session: Session, prompt: str, words: str) -> None:
    """Who typed braces sees how many it makes before it makes them, free or not."""
    session.configure(session.config.simulated())
    shown = panel(image="sample:peak")
    answer = shown.click(prompt=prompt, seen=UNSEEN)
    assert answer["words"].startswith(words)
    assert answer["words"].endswith(" credits. Press once more to generate.")
    assert session.tasks == []
    assert len(shown.click()["ids"]) == shown.quote["clips"]


def test_what_is_paid_is_never_sent_unseen(panel: Make, session: Session) -> None:
    """The price is said, the button names it, and the next click sends."""
    shown = panel(image="sample:peak")
    answer = shown.click(prompt="a sea", seen=UNSEEN)
    assert answer["changed"] is True
    price = shown.quote["button"].removeprefix("Generate ")
    assert answer["words"] == f"That is {price}. Press once more to generate."
    assert price.startswith("1 clip, ")
    assert session.tasks == []
    assert len(shown.click()["ids"]) == 1


def test_other_words_of_the_same_price_are_sent(panel: Make) -> None:
    """The price that was seen is the price."""
    shown = panel("a sea", image="sample:peak")
    seen = {"due": shown.quote["due"], "credits": shown.quote["credits"]}
    assert len(shown.click(prompt="a calm sea", seen=seen)["ids"]) == 1


def test_what_became_cheaper_is_sent(panel: Make) -> None:
    """Nobody is asked twice for less."""
    shown = panel("a {calm|wild} sea", image="sample:peak")
    seen = {"due": shown.quote["due"], "credits": shown.quote["credits"]}
    assert len(shown.click(prompt="a calm sea", seen=seen)["ids"]) == 1


def test_what_became_dearer_says_so(panel: Make, session: Session) -> None:
    """With what it is now, and that it is more."""
    shown = panel("a sea", image="sample:peak")
    seen = {"due": shown.quote["due"], "credits": shown.quote["credits"]}
    answer = shown.click(settings={**shown.settings, "duration": "10"}, seen=seen)
    assert "now, more than the button said. Press once more" in answer["words"]
    assert session.tasks == []
