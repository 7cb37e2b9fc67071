"""Which card or grid shows which task, and where a clip lies as seen from the notebook.

It joins the views to the session; what they look like is the views' affair.
"""

import base64
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from hailuo_nb.core.fork import ProcessLock
from hailuo_nb.core.task import FINAL, Snapshot
from hailuo_nb.errors import HailuoError
from hailuo_nb.runner.experiment import Experiment
from hailuo_nb.runner.task import Task
from hailuo_nb.session.session import Session
from hailuo_nb.session.shell import Host
from hailuo_nb.views.card.card import Card, source_of
from hailuo_nb.views.compare.clips import Clip
from hailuo_nb.views.grid.grid import Grid

EMBED_BYTES_MAX = 4_000_000
"""A clip that the notebook cannot reach by a path is embedded up to this size."""


def show(here: Session, task: Task) -> None:
    """Show a task in the running cell: live while it runs, its clip when it is done."""
    card = Card(publish=here.host.publish, on_stop=task.stop, locate=partial(_locate, here.host))
    here.views.setdefault(task.id, []).append(card)
    task.attach(card.show, card.update)


def show_experiment(here: Session, shown: Experiment) -> None:
    """Show an experiment in the running cell as one grid, live while a task of it runs."""
    view = _GridView(here, shown)
    view.grid = Grid(
        plan_words=shown.study.plan_words,
        axes=shown.axes,
        cells=shown.places,
        left_out=shown.study.left_out,
        notes=shown.study.notes,
        publish=here.host.publish,
        on_stop=lambda at: shown[at].stop(),
        on_retry=view.retry,
        locate=partial(_locate, here.host),
        later=here.runner().engine.later,
    )
    first: list[Snapshot] = []
    for at in range(len(shown)):
        view.follow(at, first.append)
    view.grid.show(first)


def settle(here: Session, tasks: Sequence[Task]) -> None:
    """Publish the final state of every card and grid of these tasks again, each once.

    Headless runners keep only what belongs to the running cell.
    """
    views = {view: task for task in tasks for view in here.views.get(task.id, [])}
    for view, task in views.items():
        view.settle_again(task.snapshot)


def clip_of(here: Session, label: str, snapshot: Snapshot) -> Clip:
    """Return a task as one clip of a comparison."""
    return Clip(
        label=label, snapshot=snapshot, src=source_of(snapshot, partial(_locate, here.host))
    )


class _GridView:
    """One grid on the page: what it follows, and another try of what failed."""

    grid: Grid

    def __init__(self, here: Session, shown: Experiment) -> None:
        self._here = here
        self._shown = shown
        self._retrying = ProcessLock()

    def follow(self, at: int, show: Callable[[Snapshot], None]) -> None:
        """Show where the task at this place is, and tell the grid of it from now on."""
        task = self._shown[at]
        self._here.views.setdefault(task.id, []).append(self)
        task.attach(show, partial(self._tell, at))

    def retry(self, at: int) -> None:
        """Make another try where one failed; a second click while it runs does nothing."""
        with self._retrying:
            before = self._shown[at].snapshot
            if before.state not in FINAL:
                return
            try:
                self._shown.try_again(at)
            except HailuoError as error:  # with the time, or a second one would change nothing
                note = f"{error} ({time.strftime('%H:%M:%S')})"
                self._tell(at, replace(before, note=note))
                return
        self.follow(at, partial(self._tell, at))

    def settle_again(self, snapshot: Snapshot) -> None:
        """Publish the final grid once more."""
        self.grid.settle_again()

    def _tell(self, at: int, snapshot: Snapshot) -> None:
        self.grid.update(at, snapshot)


def _locate(host: Host, video: Path) -> str:
    """Return a clip's address as seen from the notebook, embedded where it has none."""
    relative = None if host.is_colab else host.relative_address(video)
    if relative is not None:
        return relative
    with video.open("rb") as file:  # never the whole of what may be huge
        data = file.read(EMBED_BYTES_MAX + 1)
    if len(data) > EMBED_BYTES_MAX:
        raise ValueError(f"{video} lies outside the notebook's folder and is too large to embed")
    return "data:video/mp4;base64," + base64.b64encode(data).decode("ascii")
