"""The verdict on what a page shows of tasks, beside what is true of them: pure.

It knows what a card may say in each state of its task. It must not know how a page is read, nor
how the truth was found.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from hailuo_nb.core.task import FINAL, State
from hailuo_nb.server.answers import UNWATCHED, WATCHED
from hailuo_nb.views.words import HEADLINES

Kind = Literal["live", "healed", "saved"]
"""Whether the kernel's view shows it, what heals that, or what the notebook has saved."""

ODD = ("model not found", "Error displaying widget", "Loading widget", "Error creating widget")
"""What stands in the place of a view that is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCard:
    """One task as a person sees it.

    ``is_gone`` is whether its view says that the kernel does not answer; ``plays`` whether there
    is a clip to be played, which its address leads to.
    """

    kind: Kind
    state: str
    words: str
    is_gone: bool
    plays: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPage:
    """What the cell's output shows: its cards in their order, and all its words."""

    cards: tuple[ShownCard, ...]
    words: str

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> "ShownPage":
        """Return what a page has told of itself."""
        cards = tuple(ShownCard(**{**one, "state": _state(one)}) for one in told["cards"])
        return cls(cards=cards, words=told["words"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What was true of one task within the time that a page may need to hear of it."""

    states: frozenset[State]
    watched: frozenset[bool]


def _state(told: Mapping[str, Any]) -> str:
    """Return the state that a card tells; one that tells it in words alone is read."""
    said = (state for state, words in HEADLINES.items() if words in told["words"])
    return str(told["state"] or next(said, ""))


def wrong(page: ShownPage, truths: Sequence[Truth]) -> list[str]:
    """Return all that a page says that is not true, or does not say, in words."""
    found = [f"{words!r} stands there" for words in ODD if words in page.words]
    kinds = {card.kind for card in page.cards}
    if len(kinds) > 1:
        found.append(f"it is drawn as {' and '.join(sorted(kinds))} at once")
    elif len(page.cards) != len(truths):
        found.append(f"{len(page.cards)} cards are shown of {len(truths)}: {page.words[:120]!r}")
    else:
        for card, truth in zip(page.cards, truths, strict=True):
            found += _card(card, truth)
        found += _note(page, truths)
    return found


def _card(card: ShownCard, truth: Truth) -> list[str]:
    true = " or ".join(sorted(truth.states))
    if card.state not in truth.states:
        return [f"a {card.kind} card says {card.state!r}, true is {true}"]
    found = []
    if HEADLINES.get(card.state, "") not in card.words:
        found.append(f"a card in {card.state!r} says {card.words[:80]!r}")
    if card.state == "done" and not card.plays:
        found.append(f"a {card.kind} card is done and has no clip")
    if card.state in FINAL or card.kind == "saved":
        return found
    if card.kind == "live" and card.is_gone:
        found.append("a view that has lost its kernel is not healed")
    if card.kind == "live" and True not in truth.watched:
        found.append(f"a live card says {card.state!r}, and nobody looks after it")
    return found


def _note(page: ShownPage, truths: Sequence[Truth]) -> list[str]:
    """Judge what is said of who looks after the tasks; below a live view nothing is."""
    under_way = [
        truth
        for card, truth in zip(page.cards, truths, strict=True)
        if card.state not in FINAL and card.kind == "healed"
    ]
    says = {True: WATCHED in page.words, False: UNWATCHED in page.words}
    if not under_way:
        return [
            f"it is over and says {WATCHED if said else UNWATCHED!r}" for said in says if says[said]
        ]
    if says[True] == says[False]:
        return [f"who looks after it is not said: {page.words[:160]!r}"]
    if says[True] and any(True not in truth.watched for truth in under_way):
        return ["it says that somebody looks after it, and nobody does"]
    if says[False] and all(False not in truth.watched for truth in under_way):
        return ["it says that nobody looks after it, and somebody does"]
    return []
