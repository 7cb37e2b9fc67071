"""The judge of pages: it passes what is true and names each untruth."""

from dataclasses import replace
from typing import get_args

import pytest

from hailuo_nb.server.answers import UNWATCHED, WATCHED
from hailuo_nb.views.words import HEADLINES
from tests.chaos.page_judge import ShownCard, ShownPage, Truth, wrong
from tests.chaos.page_plans import CRASHED, DEEDS, PARTED, PARTINGS, POINTS, Life, page_plans

RUNS = Truth(states=frozenset({"generating"}), watched=frozenset({True}))
LEFT = replace(RUNS, watched=frozenset({False}))
DONE = Truth(states=frozenset({"done"}), watched=frozenset({False}))
LIVE = ShownCard(kind="live", state="generating", words="Generating", is_gone=False, plays=False)
HEALED = replace(LIVE, kind="healed")
CLIP = replace(HEALED, state="done", words="Done in 7 s", plays=True)


def page(*cards: ShownCard, words: str = "") -> ShownPage:
    """Return a page that shows these."""
    return ShownPage(cards=cards, words=words)


RIGHT = {
    "live": (page(LIVE), [RUNS]),
    "healed, and looked after": (page(HEALED, words=WATCHED), [RUNS]),
    "healed, and left": (page(HEALED, words=UNWATCHED), [LEFT]),
    "it has just been taken up": (
        page(HEALED, words=UNWATCHED),
        [replace(RUNS, watched=frozenset({True, False}))],
    ),
    "it has just moved on": (page(LIVE), [replace(RUNS, states=frozenset({"generating", "done"}))]),
    "done": (page(CLIP), [DONE]),
    "saved": (page(replace(CLIP, kind="saved")), [DONE]),
    "a grid that is half done": (page(CLIP, HEALED, words=WATCHED), [DONE, RUNS]),
}

UNTRUE = {
    "model not found": (page(LIVE, words="Error: model not found"), [RUNS]),
    "at once": (page(LIVE, HEALED), [RUNS]),
    "0 cards are shown of 1": (page(), [RUNS]),
    "1 cards are shown of 2": (page(LIVE), [RUNS, RUNS]),
    "says 'generating', true is done": (page(LIVE), [DONE]),
    "says 'Queued at the service'": (page(replace(LIVE, words=HEADLINES["queued"])), [RUNS]),
    "has no clip": (page(replace(CLIP, plays=False)), [DONE]),
    "is not healed": (page(replace(LIVE, is_gone=True)), [RUNS]),
    "and nobody looks after it": (page(LIVE), [LEFT]),
    "is not said": (page(HEALED), [RUNS]),
    "somebody looks after it, and nobody does": (page(HEALED, words=WATCHED), [LEFT]),
    "nobody looks after it, and somebody does": (page(HEALED, words=UNWATCHED), [RUNS]),
    "it is over": (page(CLIP, words=WATCHED), [DONE]),
}
"""What the judge must say, and a page forged so that it is true."""


@pytest.mark.parametrize("what", RIGHT)
def test_it_passes_what_is_true(what: str) -> None:
    """A page that says what is true, or was a moment ago, is right."""
    assert wrong(*RIGHT[what]) == []


@pytest.mark.parametrize("words", UNTRUE)
def test_it_names_an_untruth(words: str) -> None:
    """Each kind of wrong card is found in a page forged to show it, and nothing else there."""
    found = wrong(*UNTRUE[words])
    assert [words in one for one in found] == [True]


def test_a_card_that_tells_its_state_in_words_alone_is_read() -> None:
    """A grid's place that waits for its clip has nothing but words."""
    told = {"kind": "healed", "state": "", "words": "rain\nQueued at the service"}
    shown = ShownPage.read({"cards": [{**told, "is_gone": False, "plays": False}], "words": ""})
    assert [card.state for card in shown.cards] == ["queued"]


def test_a_seed_draws_the_same_pages_again() -> None:
    """A seed names its runs; thirty of them have everything befall a task in every state."""
    assert page_plans(40, 1) == page_plans(40, 1)
    assert page_plans(40, 1)[:20] == page_plans(20, 1)
    met = {(plan.point, plan.deed) for plan in page_plans(30, 1)}
    assert met == {
        (point, deed)
        for point in POINTS
        for deed in DEEDS
        if deed in get_args(Life) and deed != "crash"
    }
    crashed = page_plans(5, 1, apart=CRASHED)
    assert {(plan.point, plan.deed) for plan in crashed} == {(point, "crash") for point in POINTS}
    parted = page_plans(25, 1, apart=PARTED)
    met = {(plan.point, plan.deed) for plan in parted}
    assert met == {(point, deed) for point in POINTS for deed in PARTINGS}
    assert {plan.stops for plan in parted} == {True, False}
