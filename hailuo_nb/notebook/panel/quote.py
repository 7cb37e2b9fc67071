"""What pressing Generate would do and cost, told before it is pressed.

It reads plans and caps; it sends and records nothing.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from hailuo_nb.core.budget import amount_words
from hailuo_nb.core.cell_text import NAME, body_of
from hailuo_nb.core.forecast import forecast
from hailuo_nb.core.offers import exceeds
from hailuo_nb.core.options import OPTIONS
from hailuo_nb.core.pricing import credit_words
from hailuo_nb.errors import (
    BudgetExceeded,
    HailuoError,
    ImageError,
    KeyInCell,
    NameInUse,
    OptionError,
    PromptError,
)
from hailuo_nb.media.sources import ImageSource
from hailuo_nb.notebook.panel.form import CLIPS_MAX, check_form
from hailuo_nb.notebook.panel.labels import in_form, trouble
from hailuo_nb.session import asking, planning
from hailuo_nb.session.asking import Asked
from hailuo_nb.session.order import check_tasks
from hailuo_nb.session.session import Session
from hailuo_nb.views.text import plain

PROMPTS_SHOWN = 24
"""Of more prompts the number is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a button named: clips to be paid for, and their credits."""

    due: int
    credits: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What would be done, and what a second click would allow.

    ``facts`` is what the browser is told, ``due`` the number of clips to be paid for,
    ``credits`` what they cost by the price list and ``price`` the same in words; ``allowing``
    are the options that a confirmed click adds.
    """

    facts: dict[str, Any]
    due: int = 0
    credits: float = 0.0
    price: str = ""
    allowing: Mapping[str, object] | None = None

    def is_dearer_than(self, seen: Seen) -> bool:
        """Return whether it would cost more than the person saw on the button."""
        return self.due > seen.due or exceeds(self.credits, seen.credits)


def quote(
    here: Session,
    prompt: str,
    settings: Mapping[str, Any],
    *,
    turn: int,
    find: Callable[..., ImageSource] | None = None,
) -> Quote:
    """Return what this prompt and these options would do.

    Parameters
    ----------
    settings
        The options by name, as they are typed.
    turn
        How often something was sent before; a click names it, so that it counts once.
    find
        Finds images in place of `find_image`.
    """
    empty = _facts(turn)
    if not prompt.strip():
        return Quote(facts=empty | {"notes": ["Write a prompt to see what it costs."]})
    try:
        check_form(here, prompt, settings)
        body = body_of(prompt, settings)
        asked = asking.read(here, prompt=body, clips_max=CLIPS_MAX, find=find, **settings)
        allowing, words = _above_limits(here, asked)
        told = _told(here, asked, allowing, words, turn=turn)
    except HailuoError as error:
        return unquoted(turn, trouble(error), field=_field_of(error), chars=len(prompt))
    if told.due:
        return told
    more = quote(here, prompt, {**settings, "again": True}, turn=turn, find=find)
    return replace(told, facts=told.facts | _again(more))


def unquoted(turn: int, words: str, *, field: str = "", chars: int = 0) -> Quote:
    """Return that nothing can be sent, and why."""
    problem = {"field": field, "words": words}
    return Quote(facts=_facts(turn) | {"problems": [problem], "chars": chars})


def beside(facts: Mapping[str, Any], frames: Mapping[str, Any]) -> dict[str, Any]:
    """Return a quote's facts without what stands beside an image already.

    An image that cannot be sent is a problem of the field that shows it.
    """
    shown = {which: frame for which, frame in frames.items() if frame}
    notes = {note for frame in shown.values() for note in frame["notes"]}
    broken = [which for which, frame in shown.items() if frame["problems"]]
    return dict(facts) | {
        "notes": [note for note in facts["notes"] if note not in notes],
        "problems": [
            one | {"field": broken[0]} if one["field"] == "image" and broken else one
            for one in facts["problems"]
        ],
    }


def _told(
    here: Session, asked: Asked, allowing: Mapping[str, object], words: str, *, turn: int
) -> Quote:
    requests = [order.request for order in asked.due]
    told = forecast(requests)
    clips = f"{len(requests)} clip" + ("" if len(requests) == 1 else "s")
    action = f"{clips}, {told.credits}"
    credits = math.fsum(request.price.credits for request in requests)
    facts = _facts(turn) | {
        "button": f"Generate {action}" if requests else _free_button(asked),
        "clips": len(asked.planned.known),
        "due": len(requests),
        "credits": credits,
        "can_send": True,
        "confirm": {"button": f"Yes, generate {action}", "words": words} if allowing else None,
        "lines": [planning.plan_words(here, asked.planned), *_money_lines(here)],
        **_prompts(asked),
        "notes": [in_form(plain(note)) for note in planning.notes_of(asked.planned.orders)],
        "left_out": [
            [plain(one.label), in_form(plain(one.reason))] for one in asked.planned.orders.left_out
        ],
        "chars": max(len(order.request.prompt) for order in asked.planned.orders.orders),
    }
    return Quote(
        facts=facts, due=len(requests), credits=credits, price=told.credits, allowing=allowing
    )


def _facts(turn: int) -> dict[str, Any]:
    return {
        "turn": turn,
        "button": "Generate",
        "clips": 0,
        "due": 0,
        "credits": 0,
        "can_send": False,
        "confirm": None,
        "again": None,
        "lines": [],
        "prompts": [],
        "more_prompts": 0,
        "problems": [],
        "notes": [],
        "left_out": [],
        "chars": 0,
    }


def _above_limits(here: Session, asked: Asked) -> tuple[Mapping[str, object], str]:
    """Return what a second click has to allow, and why, in words.

    Raises
    ------
    HailuoError
        No click can allow it: a cap of the person's own, or the balance.
    """
    allowing: dict[str, object] = {}
    why = []
    try:
        check_tasks(len(asked.due), asked.max_tasks)
    except OptionError as error:
        if asked.max_tasks is not None:
            raise
        allowing["max_tasks"] = len(asked.due)
        why.append(error.what)
    cost = math.fsum(order.request.price.credits for order in asked.due)
    try:
        here.check_budget(asked.due)
    except BudgetExceeded as error:
        if asked.due[0].max_credits is not None:
            raise
        here.check_budget([replace(order, max_credits=cost) for order in asked.due])
        allowing["max_credits"] = cost
        why.append(error.what)
    return allowing, in_form(plain(" ".join(why)))


def _free_button(asked: Asked) -> str:
    number = len(asked.planned.known)
    return "Show the clip, free" if number == 1 else f"Show {number} clips, free"


def _again(more: Quote) -> dict[str, Any]:
    """Return the button that pays for one more sample of each, or why there is none."""
    if not more.due:
        problems = [f"Another sample: {problem['words']}" for problem in more.facts["problems"]]
        return {"notes": problems}
    what = "Another sample" if more.due == 1 else f"Another sample of each of {more.due}"
    again = {"button": f"{what}, {more.price}", "credits": more.credits, "due": more.due}
    return {"again": again | {"confirm": more.facts["confirm"]}}


def _money_lines(here: Session) -> list[str]:
    """Return balance and caps as far as they are known; the simulator has neither."""
    if here.config.simulator:
        return []
    budget = here.history.budget
    balance = here.runner().shared.balance
    lines = [] if balance is None else [f"balance {credit_words(round(balance, 2))}"]
    if caps := budget.caps():
        spending = budget.spending()
        lines += [
            f"budget: {amount_words(spending.left(cap))} of {amount_words(cap.credits)}"
            f" a {cap.per} left"
            for cap in caps
        ]
    return lines


def _prompts(asked: Asked) -> dict[str, Any]:
    """Return the prompts that are made, where there are several."""
    made = list(dict.fromkeys(order.request.prompt for order in asked.planned.orders.orders))
    if len(made) < 2:
        return {"prompts": [], "more_prompts": 0}
    shown = enumerate(made[:PROMPTS_SHOWN], 1)
    return {
        "prompts": [{"label": str(at), "text": plain(text)} for at, text in shown],
        "more_prompts": max(0, len(made) - PROMPTS_SHOWN),
    }


def _field_of(error: HailuoError) -> str:
    """Return which field of the form an error is about, "" where that is not known."""
    if isinstance(error, PromptError | KeyInCell):
        return "prompt"
    if isinstance(error, ImageError):
        return "image"
    if isinstance(error, NameInUse):
        return NAME
    if isinstance(error, OptionError) and error.option:
        return error.option
    words = f"{error.what} {error.advice}"
    named = [option.name for option in OPTIONS if f"{option.flag} " in f"{words.rstrip('.')} "]
    return named[0] if named else ""
