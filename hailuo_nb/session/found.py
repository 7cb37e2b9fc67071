"""What was found in the history, as tasks: looked up when they are asked for.

It knows a wish and the history; how what was found is drawn is the views' affair.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, cast, get_args, overload

from hailuo_nb.core.days import days_of
from hailuo_nb.core.models import find_model
from hailuo_nb.core.rating import check_stars, check_tag
from hailuo_nb.core.task import Snapshot, State
from hailuo_nb.core.values import choice, count, whole_text
from hailuo_nb.core.words import tasks_in_words
from hailuo_nb.errors import OptionError, brief
from hailuo_nb.measures.table import all_measures
from hailuo_nb.runner.experiment import table_of
from hailuo_nb.runner.task import Task
from hailuo_nb.session.measuring import order_of
from hailuo_nb.session.session import Session
from hailuo_nb.store.gallery_queries import STARS, Order, Wanted

if TYPE_CHECKING:
    from pandas import DataFrame

ROWS_MAX = 1_000_000
_EPOCH_YEAR = 1970


class Found(Sequence[Task]):
    """Tasks of the history, the newest first; a sequence that looks up only what is asked of it.

    ``is_all`` says that nothing was left out but by a limit.

    Parameters
    ----------
    here
        The session.
    wanted
        Which.
    limit
        How many at most.
    display
        Shows what was found, where it stands alone in a cell's last line.
    sort
        A measure's key or "stars": the highest come first; ":rising" behind a key turns that
        round; None for the newest.
    """

    def __init__(
        self,
        here: Session,
        wanted: Wanted,
        limit: int,
        *,
        display: "Callable[[Found], None]",
        sort: str | None = None,
    ) -> None:
        self._here, self._display = here, display
        self._wanted, self._limit = wanted, limit
        self._by: Order = STARS if sort == STARS else order_of(sort) if sort else None
        self.is_all = wanted == Wanted(hidden=None)

    @overload
    def __getitem__(self, at: int) -> Task: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Task, ...]: ...

    def __getitem__(self, at: int | slice) -> Task | tuple[Task, ...]:
        if isinstance(at, slice):
            return tuple(map(self._task, self._places[at]))
        return self._task(self._places[at])

    def __len__(self) -> int:
        if "_places" in vars(self):  # looked up: what came since is not among them
            return len(self._places)
        return min(self._here.history.shelf.total(self._wanted), self._limit)

    def __iter__(self) -> Iterator[Task]:
        return map(self._task, self._places)

    def json_lines(
        self, names: Mapping[str, str], otherwise: Callable[[Snapshot], Mapping[str, object]]
    ) -> Iterator[str]:
        """Yield each as a JSON object, read as it is asked for; starts to watch none.

        ``names`` are what fields of `hailuo_nb.core.task` are called; ``otherwise`` tells them
        of a task whose record is odd.
        """
        return self._here.history.shelf.json_lines(self._places, names, otherwise)

    def snapshots(self, most: int) -> list[Snapshot]:
        """Return what is known of the first of them, with pictures; starts to watch none."""
        shelf = self._here.history.shelf
        known = shelf.at(shelf.places(self._wanted, min(most, self._limit), by=self._by))
        posters = shelf.posters([one.id for one in known])
        return [replace(one, poster=posters.get(one.id)) for one in known]

    def to_frame(self) -> "DataFrame":
        """Return a pandas table, a row for each, as `Experiment.to_frame` does."""
        tasks, others = list(self), [row.key for row in all_measures()]
        known = self._here.measuring.values(tasks)
        return table_of(tasks, [task.id for task in tasks], known, others=others)

    def __repr__(self) -> str:
        return f"<{tasks_in_words(len(self))} of the history>"

    def _ipython_display_(self) -> None:
        self._display(self)

    @cached_property
    def _places(self) -> list[int]:
        return self._here.history.shelf.places(self._wanted, self._limit, by=self._by)

    def _task(self, place: int) -> Task:
        known = self._here.history.shelf.at([place])
        task = self._here.dispatch.find(known[0].id) if known else None
        if task is None:
            raise IndexError("it is not in the history any more")
        return task


def look_for(
    here: Session,
    words: str | None,
    *,
    display: Callable[[Found], None],
    limit: object = None,
    sort: str | None = None,
    most: int = ROWS_MAX,
    **wish: Any,
) -> Found:
    """Return what a person looks for; see `hailuo_nb.history`.

    Raises
    ------
    OptionError
        A value is none that its option takes.
    """
    if sort not in (None, STARS) and order_of(sort) is None:
        known = ", ".join([STARS, *(row.key for row in all_measures() if row.has_order)])
        raise OptionError(f"--sort takes one of {known}, not {sort!r}.")
    number = count("--limit", limit, most=ROWS_MAX) or most
    return Found(here, wanted_of(words, **wish), number, display=display, sort=sort)


def wanted_of(
    words: str | None,
    *,
    since: object = None,
    until: object = None,
    model: str | None = None,
    state: str | None = None,
    tag: str | None = None,
    stars: object = None,
    notebook: object = None,
    asked: str | None = None,
) -> Wanted:
    """Return a wish as the store takes it; days are local ones, ``until`` included."""
    if state is not None and state not in get_args(State):
        raise OptionError(f"--state takes one of {', '.join(get_args(State))}, not {state!r}.")
    today = datetime.now().astimezone().date()
    first = _days("--since", since, today)
    last = _days("--until", until, today)
    return Wanted(
        text=_words("What is looked for", words) or "",
        hidden=None,
        since=first[0] if first else None,
        until=last[1] if last else None,
        model=find_model(choice("--model", model)).id if model else None,
        state=cast("State | None", state),
        tag=check_tag(tag) if tag is not None else None,
        stars=check_stars(stars),
        notebook=_words("--notebook", None if notebook is None else PurePath(str(notebook)).name),
        asked=_words("--asked", asked),
    )


def _words(flag: str, said: object) -> str | None:
    return None if said is None else whole_text(flag, said)


def _days(flag: str, said: object, today: date) -> tuple[float, float] | None:
    """Return when the days that were said begin, and when they are over."""
    if said is None:
        return None
    try:
        if isinstance(said, date):  # or what can stand for one, such as pandas' NaT, which is none
            first = last = date(said.year, said.month, said.day)
        else:
            first, last = days_of(flag, str(said), today)
        return _begins(first), math.inf if last == date.max else _begins(last + timedelta(days=1))
    except (TypeError, ValueError):
        raise OptionError(f"{flag} takes a day, not {brief(str(said), 40)!r}.") from None


def _begins(day: date) -> float:
    """Return when a day begins, in seconds since the epoch; infinite where no clock goes."""
    try:
        return datetime.combine(day, time()).astimezone().timestamp()
    except (ValueError, OverflowError, OSError):
        return math.copysign(math.inf, day.year - _EPOCH_YEAR)
