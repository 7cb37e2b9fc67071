"""Several tasks of one cell, held as one variable."""

import asyncio
import time
from collections.abc import Generator, Iterable
from typing import Any

from hailuo_nb.errors import HailuoError
from hailuo_nb.runner.handle import Task


class Experiment(tuple[Task, ...]):
    """The tasks of one cell, in its order; a sequence like any other.

    Await it, or call `wait`; both return the experiment itself when every clip is saved.
    """

    __slots__ = ()

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

    def __repr__(self) -> str:
        return f"<Experiment of {', '.join(repr(task) for task in self)}>"

    async def _awaited(self) -> "Experiment":
        ended = await asyncio.gather(*(_end(task) for task in self))
        for error in ended:
            if error is not None:
                raise error
        return self


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
    deadline = None if timeout is None else time.monotonic() + timeout
    failures: list[HailuoError] = []
    for task in tasks:
        left_s = None if deadline is None else max(0.0, deadline - time.monotonic())
        try:
            task.wait(left_s)
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
