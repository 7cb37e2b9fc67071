"""Which card or grid shows which task, and where a clip lies as seen from the notebook.

It joins the views to the session; what they look like is the views' affair.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from hailuo_nb.core.fork import ProcessLock
from hailuo_nb.core.task import FINAL, Snapshot
from hailuo_nb.errors import HailuoError, StoreError
from hailuo_nb.media.posters import thumbnail
from hailuo_nb.runner.experiment import Experiment
from hailuo_nb.runner.task import Task
from hailuo_nb.session.found import Found
from hailuo_nb.session.session import Session
from hailuo_nb.session.shell import Host
from hailuo_nb.session.vote_log import vote_log
from hailuo_nb.views.card.card import card_look
from hailuo_nb.views.card.chain import chain_of
from hailuo_nb.views.desk import open_desk
from hailuo_nb.views.facts import Facts
from hailuo_nb.views.grid.grid import grid_look
from hailuo_nb.views.healing import Healing
from hailuo_nb.views.look import Look
from hailuo_nb.views.output import Output
from hailuo_nb.views.reports.history import NOTHING, history_html, history_text
from hailuo_nb.views.sources import Allowance, allowance_of, source_of

ROWS_SHOWN = 20


def show(here: Session, task: Task, found: str = "") -> None:
    """Show a task in the running cell: live while it runs, its clip when it is done.

    ``found`` is what its cell says of it, such as that nothing was sent.
    """
    leading: list[Facts] = []
    with suppress(StoreError):  # the card is good without it
        leading = [_reached(here, one.snapshot) for one in task.chain[:-1]]
    _View(here, [task]).show(card_look(found, chain_of(leading, thumbnail)), [""])


def _reached(here: Session, snapshot: Snapshot) -> Facts:
    """Return a clip with the address that it has without being embedded, if it has one."""
    video = here.dispatch.clip_of(snapshot)
    src = None if video is None or here.host.is_colab else here.host.relative_address(video)
    return Facts(snapshot=snapshot, src=src)


def show_experiment(here: Session, shown: Experiment) -> None:
    """Show an experiment in the running cell as one grid, live while a task of it runs."""
    study = shown.study
    look = grid_look(
        shown.axes,
        shown.places,
        study.left_out,
        plan_words=study.plan_words,
        notes=study.notes,
        win_rates=_win_rates(here, shown),
    )
    _View(here, shown, shown.try_again, study.digest).show(
        look, [place.label for place in shown.places]
    )


def _win_rates(here: Session, shown: Experiment) -> Sequence[float | None]:
    """Return what the votes say of each clip; nothing is loaded for it where nobody voted."""
    with suppress(StoreError):
        if vote_log(here, shown).votes:
            from hailuo_nb.session.ranked import win_rates_of

            return win_rates_of(here, shown)
    return ()


def settle(here: Session, tasks: Sequence[Task]) -> None:
    """Publish the final state of every card and grid of these tasks again, each once.

    Headless runners keep only what belongs to the running cell.
    """
    for view in dict.fromkeys(view for task in tasks for view in here.views.get(task.id, [])):
        view.settle_again()


def clips_of(here: Session, shown: Iterable[tuple[str, Snapshot]]) -> list[Facts]:
    """Return tasks, each with its label, as the clips of a comparison that a cell keeps."""
    locate = partial(_locate, here.host, _allowance(here.host), object())
    return [Facts(label=label, snapshot=one, src=source_of(one, locate)) for label, one in shown]


def show_found(here: Session, found: Found, *, most: int = ROWS_SHOWN) -> None:
    """List tasks of the history in the running cell, each with its picture, so many at most."""
    nothing = NOTHING if found.is_all else "Nothing in the history is like that."
    shown = found.snapshots(most)
    more = len(found) - most if len(shown) == most else 0
    clips = [clip_of(here, "", snapshot) for snapshot in shown]
    html, text = (
        made(clips, nothing=nothing, more=max(more, 0)) for made in (history_html, history_text)
    )
    here.host.show(html=html, text=text)


def clip_of(here: Session, label: str, snapshot: Snapshot) -> Facts:
    """Return a task as one clip of a comparison that nothing keeps."""
    locate = partial(_locate, here.host, Allowance(), None)
    return Facts(label=label, snapshot=snapshot, src=source_of(snapshot, locate))


class _View:
    """One card or grid on the page: what it follows, and another try of what failed."""

    output: Output

    def __init__(
        self,
        here: Session,
        shown: Sequence[Task],
        try_again: Callable[[int], object] | None = None,
        study: str = "",
    ) -> None:
        self._here = here
        self._shown = shown
        self._try_again = try_again
        self._study = study
        self._retrying = ProcessLock()

    def show(self, look: Look, labels: Sequence[str]) -> None:
        """Draw it in the running cell, and follow its tasks from now on."""
        self.output = Output(
            look=look,
            labels=labels,
            publish=self._here.host.publish,
            on_stop=lambda at: self._shown[at].stop(),
            on_retry=self.retry,
            locate=partial(_locate, self._here.host, _allowance(self._here.host), self),
            later=self._here.runner().engine.later,
            healing=Healing(
                self._here.host.publish,
                self._here.runner().engine.later,
                study=self._study,
                labels=labels,
            ),
        )
        first: list[Snapshot] = []
        for at in range(len(labels)):
            self.follow(at, first.append)
        self.output.show(first)
        open_desk(self._here)
        self._here.measuring.look(self._shown)

    def follow(self, at: int, show: Callable[[Snapshot], None]) -> None:
        """Show where the task at this place is, and tell the view of it from now on."""
        task = self._shown[at]
        self._here.views.setdefault(task.id, []).append(self)
        task.attach(show, partial(self._tell, at))

    def retry(self, at: int) -> None:
        """Make another try where one failed; a second click while it runs does nothing."""
        with self._retrying:
            if self._try_again is None:
                return
            before = self._shown[at].snapshot
            if before.state not in FINAL:
                return
            try:
                self._try_again(at)
            except HailuoError as error:  # with the time, or a second one would change nothing
                note = f"{error} ({time.strftime('%H:%M:%S')})"
                self._tell(at, replace(before, note=note))
                return
        self.follow(at, partial(self._tell, at))

    def settle_again(self) -> None:
        """Publish the end once more."""
        self.output.settle_again()

    def follow_again(self, id: str) -> None:
        """Show a task that goes on after its end, wherever it stands here."""
        for at, task in enumerate(self._shown):
            if task.id == id:
                tell = partial(self._tell, at)
                task.attach(tell, tell)

    def _tell(self, at: int, snapshot: Snapshot) -> None:
        self.output.update(at, snapshot)


def _locate(host: Host, allowed: Allowance, view: object, video: Path) -> str:
    """Return a clip's address as seen from the notebook, embedded or `AWAY` where it has none."""
    relative = None if host.is_colab else host.relative_address(video)
    return relative if relative is not None else allowed.address(view, video)


def _allowance(host: Host) -> Allowance:
    """Return what may be embedded where is shown now: a cell's views share it."""
    return allowance_of(host.output) if host.output else Allowance()
