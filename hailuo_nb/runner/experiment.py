"""Several tasks of one cell, held as one variable: a sequence with axes.

It knows tasks and where each stands among the others; it does not know how they are drawn.
"""

import asyncio
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, overload

from hailuo_nb.core.matrix import SAMPLE, Axis, Coordinates
from hailuo_nb.core.measured import Value
from hailuo_nb.core.request import Request
from hailuo_nb.core.study import Place, Study
from hailuo_nb.core.task import told
from hailuo_nb.core.values import deadline_of
from hailuo_nb.errors import HailuoError, SetupError
from hailuo_nb.runner.task import Task

if TYPE_CHECKING:
    from pandas import DataFrame

_COLUMNS = (
    *("state", "model", "duration_s", "resolution", "aspect_ratio", "prompt_optimizer"),
    *("sample", "prompt", "credits", "elapsed_s", "task_id", "parent", "video", "error"),
)
"""What a table has of each task, the optimizer by its short name."""


class Experiment(Sequence[Task]):
    """The tasks of one cell, in its order; a sequence like any other.

    Await it, or call `wait`; both return the experiment itself when every clip is saved.

    Parameters
    ----------
    tasks
        At least one.
    study
        What they vary in, and where each stands.
    name
        The variable that it was given, None where it has none.
    display
        Shows an experiment that stands alone in a cell's last line.
    try_again
        Makes a task once more: told its number and what failed.
    rank
        Returns what the votes say of the experiment that it is told.
    measure
        Holds until the clips of these tasks are measured; returns each one's values by key.
    promote
        Makes clips of it in full size: told the experiment and what `promote` was told.
    """

    def __init__(
        self,
        tasks: Iterable[Task],
        *,
        study: Study,
        name: str | None = None,
        display: "Callable[[Experiment], None]",
        try_again: Callable[[int, Request], Task],
        rank: "Callable[[Experiment], Sequence[Any]]",
        measure: Callable[[Sequence[Task]], Sequence[Mapping[str, Value | None]]],
        promote: Callable[..., Any],
    ) -> None:
        self._tasks = list(tasks)
        self.study = study
        self.name = name
        self._display = display
        self._try_again = try_again
        self._rank = rank
        self._measure = measure
        self._promote = promote

    @property
    def axes(self) -> tuple[Axis, ...]:
        """What the clips vary in, in the order typed; empty where nothing was varied."""
        return self.study.axes

    @property
    def places(self) -> tuple[Place, ...]:
        """Where each clip stands."""
        return self.study.places

    @overload
    def __getitem__(self, at: int) -> Task: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Task, ...]: ...

    def __getitem__(self, at: int | slice) -> Task | tuple[Task, ...]:
        return tuple(self._tasks[at]) if isinstance(at, slice) else self._tasks[at]

    def __len__(self) -> int:
        return len(self._tasks)

    def try_again(self, at: int) -> Task:
        """Make a task that ended without a clip once more, in its place; it may cost credits."""
        self._tasks[at] = self._try_again(at, self[at].snapshot.request)
        return self._tasks[at]

    def ranking(self) -> Sequence[Any]:
        """Return a row for each prompt, the best by the votes so far first.

        A `hailuo_nb.judging.ranking.Ranking`: each row has the prompt's name, its values, its
        votes, and its win rate between low and high, 0 to 1 with 95 %; these are None where the
        votes give no ranking, as its ``note`` says.
        """
        return self._rank(self)

    def promote(
        self,
        *,
        top: int | str | None = None,
        names: Sequence[str | int] | str | int | None = None,
        model: str | None = None,
        resolution: str | None = None,
        duration: int | str | None = None,
        max_credits: float | str | None = None,
        max_tasks: int | str | None = None,
        dry_run: bool = False,
    ) -> Any:
        """Make the best of the clips in full size; return the experiment of them at once.

        There is no seed: each is a new sample of its prompt, not the draft enlarged. What
        exists is free, and each that is made knows its draft: ``task.snapshot.parent``.

        Parameters
        ----------
        top
            How many, the best by the votes first; or else ``names``.
        names
            Which ones: by label, or by number from 0.
        model, resolution, duration
            What the full size is: by default the draft's model, at its default or what the
            draft has, whichever is larger; the duration in seconds.
        max_credits, max_tasks
            As of `hailuo_nb.generate`.
        dry_run
            Send nothing; return the plan with each clip, the exact JSON and the price.

        Raises
        ------
        HailuoError
            It is not said which ones, or they cannot be made, or cost more than they may.
        """
        return self._promote(
            self,
            top=top,
            names=names,
            model=model,
            resolution=resolution,
            duration=duration,
            max_credits=max_credits,
            max_tasks=max_tasks,
            dry_run=dry_run,
        )

    def wait(self, timeout: float | None = None) -> "Experiment":
        """Hold until all have ended; return the experiment.

        Parameters
        ----------
        timeout
            Seconds for all together; None for as long as it takes.

        Raises
        ------
        WaitTimedOut
            The time is over; the tasks go on.
        HailuoError
            One ended without a clip: the first such error, after all have ended.
        """
        wait_for_all(self, timeout)
        return self

    def __await__(self) -> Generator[Any, None, "Experiment"]:
        """Wait without blocking; the same result and errors as `wait`."""
        return self._awaited().__await__()

    def stop(self) -> None:
        """Stop watching all of them; what was sent goes on at the service."""
        for task in self:
            task.stop()

    def to_frame(self) -> "DataFrame":
        """Return a pandas table: a row for each task, a column for each axis and fact.

        A fact goes before an axis of the same name: "prompt" is the text, not its label.
        Durations and times are in seconds, credits in credits; what is not known is missing.
        Clips that are not measured yet are measured first, by measures of one's own, too: a
        column for each measure, under its key. The votes are those of the clip's prompt.

        Raises
        ------
        SetupError
            Pandas is not installed.
        """
        labels = [place.label for place in self.places] or [task.id for task in self]
        places = [dict(place.coordinates) for place in self.places] or [{} for _ in self]
        measured = self._measure(self._tasks)
        voted = {row.values: row for row in self.ranking()}
        known = [
            {**place, **values, **self._votes(at, voted)}
            for at, (place, values) in enumerate(zip(places, measured, strict=True))
        ]
        return table_of(self, labels, known)

    def __repr__(self) -> str:
        return f"<Experiment of {', '.join(repr(task) for task in self)}>"

    def _ipython_display_(self) -> None:
        self._display(self)

    def _votes(self, at: int, voted: Mapping[Coordinates, Any]) -> dict[str, object]:
        """Return what the votes say of a clip's prompt, as `ranking` does."""
        places = self.places[at].coordinates if self.places else ()
        row = voted.get(tuple(pair for pair in places if pair[0] != SAMPLE))
        return {
            "votes": row.votes if row else 0,
            "win_rate": row.win_rate if row else None,
            "win_low": row.low if row else None,
            "win_high": row.high if row else None,
        }

    async def _awaited(self) -> "Experiment":
        ended = await asyncio.gather(*(_end(task) for task in self))
        for error in ended:
            if error is not None:
                raise error
        return self


def table_of(
    tasks: Iterable[Task],
    labels: Sequence[str],
    known: Sequence[Mapping[str, object]],
    *,
    others: Sequence[str] = (),
) -> "DataFrame":
    """Return a pandas table of tasks: what else is ``known`` of each, then its facts.

    ``others`` are the columns of what else is known, where there is no task to tell.

    Raises
    ------
    SetupError
        Pandas is not installed.
    """
    try:
        import pandas as pd
    except ImportError:
        raise SetupError(
            "A table of an experiment needs pandas.", advice="pip install pandas"
        ) from None
    rows = [{**more, **_facts(task)} for task, more in zip(tasks, known, strict=True)]
    columns = None if rows else [*others, *map(_called, _COLUMNS)]
    return pd.DataFrame(rows, index=pd.Index(labels, name="label"), columns=columns)


def _facts(task: Task) -> dict[str, object]:
    known = told(task.snapshot)
    return {_called(name): known[name] for name in _COLUMNS}


def _called(name: str) -> str:
    return name.removeprefix("prompt_")


def wait_for_all(tasks: Iterable[Task], timeout: float | None = None) -> None:
    """Hold until every task has ended, then raise the first error, if any.

    Parameters
    ----------
    tasks
        The tasks.
    timeout
        Seconds for all together; None for as long as it takes.

    Raises
    ------
    HailuoError
        The time is over, or a task ended without a clip.
    """
    deadline = deadline_of(timeout)
    failures: list[HailuoError] = []
    for task in tasks:
        try:
            task.hold(deadline, timeout)
        except TimeoutError:
            raise
        except HailuoError as error:
            failures.append(error)
    if failures:
        raise failures[0]


async def _end(task: Task) -> HailuoError | None:
    try:
        await task
    except HailuoError as error:
        return error
    return None
