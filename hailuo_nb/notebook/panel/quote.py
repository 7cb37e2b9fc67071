"""What pressing Generate would do and cost, told before it is pressed.

It reads plans and caps; it sends and records nothing. Typing, clips that end and the balance all
ask for the newest quote: `Renewing` knows when one is due and who needs none of their own.
"""

import itertools
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from hailuo_nb.core.fork import ProcessLock
from hailuo_nb.core.offers import exceeds
from hailuo_nb.core.pricing import amount_words, credit_words
from hailuo_nb.core.words import clips_in_words
from hailuo_nb.errors import BudgetExceeded, HailuoError, OptionError
from hailuo_nb.media.sources import find_image
from hailuo_nb.notebook.panel.form import CLIPS_MAX, FormWish, field_of, in_form, read_form, trouble
from hailuo_nb.session import planning
from hailuo_nb.session.expand import FindImage
from hailuo_nb.session.plan import Plan
from hailuo_nb.session.session import Session
from hailuo_nb.views.text import plain

PROMPTS_SHOWN = 24
"""Of more prompts the number is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenPrice:
    """What a button named: clips to be paid for, and their credits."""

    due: int
    credits: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What would be done, and what a second click would allow.

    ``facts`` is what the browser is told, ``due`` the number of clips to be paid for,
    ``credits`` what they cost by the price list and ``price`` the same in words, ``is_simulated``
    that nothing is paid for them; ``plan`` is what would be sent, and ``allowing`` its limits that
    a confirmed click lifts.
    """

    facts: dict[str, Any]
    due: int = 0
    credits: float = 0.0
    price: str = ""
    is_simulated: bool = False
    plan: Plan | None = None
    allowing: Mapping[str, Any] | None = None

    def is_dearer_than(self, seen: SeenPrice) -> bool:
        """Return whether it would cost more than the person saw on the button.

        One clip of the simulator costs nothing, also where no price was seen yet.
        """
        if self.is_simulated and seen.due == 0 and self.due <= 1:
            return False
        return self.due > seen.due or exceeds(self.credits, seen.credits)

    def words_after(self, seen: SeenPrice) -> str:
        """Return what is said instead of sending, where it is dearer than the person saw."""
        clips = f"{clips_in_words(self.due)}, {self.price}"
        if seen.due == 0:
            return f"That is {clips}. Press once more to generate."
        return f"That is {clips} now, more than the button said. Press once more to generate."


def quote(here: Session, wish: FormWish, *, turn: int, again: bool = False) -> Quote:
    """Return what a wish would do now; with ``again``, what another sample of each would.

    Parameters
    ----------
    turn
        How often something was sent before; a click names it, so that it counts once.

    Raises
    ------
    HailuoError
        No click can allow it.
    """
    ask = replace(wish.ask, again=True) if again else wish.ask
    plan = planning.sampled(here, wish.plan, ask, most=CLIPS_MAX)
    allowing, words = _above_limits(here, plan)
    told = _told(here, plan, allowing, words, turn=turn)
    if told.due or ask.again:
        return told
    return replace(told, facts=told.facts | _again(here, wish, turn))


def quoted(
    here: Session,
    prompt: str,
    settings: Mapping[str, Any],
    *,
    turn: int,
    find: FindImage = find_image,
    wish: FormWish | None = None,
) -> Quote:
    """Return what a form would do, or why that cannot be sent.

    ``wish`` is what the form asks for, where that has been read already.
    """
    if not prompt.strip():
        return Quote(facts=_facts(turn) | {"notes": ["Write a prompt to see what it costs."]})
    try:
        return quote(here, wish or read_form(here, prompt, settings, find=find), turn=turn)
    except HailuoError as error:
        return unquoted(turn, trouble(error), field=field_of(error), chars=len(prompt))


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
    here: Session, plan: Plan, allowing: Mapping[str, Any], words: str, *, turn: int
) -> Quote:
    due, price = len(plan.due), str(plan.forecast.price)
    action = f"{clips_in_words(due)}, {price}"
    facts = _facts(turn) | {
        "button": f"Generate {action}" if due else _free_button(plan),
        "clips": len(plan.clips),
        "due": due,
        "credits": plan.credits,
        "can_send": True,
        "confirm": {"button": f"Yes, generate {action}", "words": words} if allowing else None,
        "lines": [plan.words, *_money_lines(here)],
        **_prompts(plan),
        "notes": [in_form(plain(note)) for note in plan.all_notes],
        "left_out": [[plain(one.label), in_form(plain(one.reason))] for one in plan.left_out],
        "chars": max(len(item.request.prompt) for item in plan.clips),
    }
    return Quote(
        facts=facts,
        due=due,
        credits=plan.credits,
        price=price,
        is_simulated=here.config.simulator,
        plan=plan,
        allowing=allowing,
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


def _above_limits(here: Session, plan: Plan) -> tuple[Mapping[str, Any], str]:
    """Return what a second click has to allow, and why, in words.

    Raises
    ------
    HailuoError
        No click can allow it: a cap of the person's own, or the balance.
    """
    allowing: dict[str, Any] = {}
    why = []
    try:
        plan.check_due()
    except OptionError as error:
        if plan.max_tasks is not None:
            raise
        allowing["max_tasks"] = len(plan.due)
        why.append(error.what)
    try:
        here.dispatch.check_budget(plan.due, plan.max_credits)
    except BudgetExceeded as error:
        if plan.max_credits is not None:
            raise
        here.dispatch.check_budget(plan.due, plan.credits)
        allowing["max_credits"] = plan.credits
        why.append(error.what)
    return allowing, in_form(plain(" ".join(why)))


def _free_button(plan: Plan) -> str:
    number = len(plan.clips)
    return "Show the clip, free" if number == 1 else f"Show {number} clips, free"


def _again(here: Session, wish: FormWish, turn: int) -> dict[str, Any]:
    """Return the button that pays for one more sample of each, or why there is none."""
    try:
        more = quote(here, wish, turn=turn, again=True)
    except HailuoError as error:
        return {"notes": [f"Another sample: {trouble(error)}"]}
    what = "Another sample" if more.due == 1 else f"Another sample of each of {more.due}"
    again = {"button": f"{what}, {more.price}", "credits": more.credits, "due": more.due}
    return {"again": again | {"confirm": more.facts["confirm"]}}


def _money_lines(here: Session) -> list[str]:
    """Return balance and caps as far as they are known; the simulator has neither."""
    if here.config.simulator:
        return []
    budget = here.history.budget
    balance = here.runner().shared.balance
    lines = [] if balance is None else [f"balance {credit_words(balance)}"]
    if caps := budget.caps():
        spending = budget.spending()
        lines += [
            f"budget: {amount_words(spending.left(cap))} of {amount_words(cap.credits)}"
            f" a {cap.per} left"
            for cap in caps
        ]
    return lines


def _prompts(plan: Plan) -> dict[str, Any]:
    """Return the prompts that are made, where there are several."""
    made = list(dict.fromkeys(item.request.prompt for item in plan.clips))
    if len(made) < 2:
        return {"prompts": [], "more_prompts": 0}
    shown = enumerate(made[:PROMPTS_SHOWN], 1)
    return {
        "prompts": [{"label": str(at), "text": plain(text)} for at, text in shown],
        "more_prompts": max(0, len(made) - PROMPTS_SHOWN),
    }


class Renewing:
    """The newest quote of one form, made at most once at a time.

    Parameters
    ----------
    tell
        Makes the quote and tells it, as the answer to so many changes of the form.
    """

    def __init__(self, tell: Callable[[int], None]) -> None:
        self._tell = tell
        self._lock, self._counting = ProcessLock(), ProcessLock()
        self._tickets = itertools.count(1)
        self._seen = self._changes = 0
        self._is_held = False

    def renew(self, *, is_answer: bool = False) -> None:
        """Tell the newest quote, unless one that was begun since then has been told.

        Parameters
        ----------
        is_answer
            Whether the form was changed: then it is told even where it says the same.
        """
        with self._counting:
            ticket = next(self._tickets)
            self._changes += is_answer
        with self._lock:
            if self._is_held or ticket <= self._seen:
                return
            begun = next(self._tickets)
            self._tell(self._changes)
            self._seen = begun

    @contextmanager
    def held(self, *, renews: bool = True) -> Iterator[None]:
        """Make no quote in the block, and one for all of it at its end; none without ``renews``."""
        with self._lock:
            self._is_held = True
            try:
                yield
            finally:
                self._is_held = False
                if renews:
                    self.renew(is_answer=True)
