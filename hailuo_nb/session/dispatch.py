"""Dispatch: what a cell asks for is held to its limits, sent clip by clip, and kept as one.

It knows a plan as a whole and how an experiment of it goes on; what becomes of each clip is
`hailuo_nb.session.clip_dispatch`'s.
"""

import logging
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from hailuo_nb.core.matrix import BETWEEN
from hailuo_nb.core.request import Request
from hailuo_nb.core.study import Study
from hailuo_nb.errors import HailuoError, StoreError
from hailuo_nb.runner.experiment import Experiment
from hailuo_nb.runner.task import Task
from hailuo_nb.session.clip_dispatch import ClipDispatch
from hailuo_nb.session.plan import Plan, PlanItem

if TYPE_CHECKING:
    from hailuo_nb.judging.ranking import Ranking

log = logging.getLogger("hailuo_nb")


class SendInterrupted(KeyboardInterrupt):
    """The person interrupted the sending; what was sent goes on."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


class Dispatch(ClipDispatch):
    """What becomes of plans: their clips, and the experiments that they are."""

    def check(self, plan: Plan) -> None:
        """Refuse what is above the limits of a cell, or costs more than may be spent.

        Waits for no network: the history decides the caps, and a balance that is known to be
        too low refuses only while it is fresh. Simulated credits count in no budget.

        Raises
        ------
        OptionError, BudgetExceeded
            It says which limit, what is left and what would fit.
        """
        plan.check_due()
        self.check_budget(plan.due, plan.max_credits)

    def send(self, plan: Plan) -> Experiment:
        """Send what is due, take up what is there, and return all of it.

        An experiment that has a name is recorded before its first clip is sent.

        Raises
        ------
        HailuoError
            One was refused; it says how many are on their way.
        SendInterrupted
            The person interrupted it; it says the same.
        """
        items = [_named(item) for item in plan.clips]
        self._begin_posters(items)
        planned = plan.study((item.request, self._service) for item in items)
        self._record(plan, planned)
        tasks: list[Task] = []
        for item in items:
            try:
                tasks.append(self.submit(item, max_credits=plan.max_credits))
            except KeyboardInterrupt:
                sent = f"Stopped sending after {len(tasks)} of {len(items)} clips"
                what = f"{sent}; what was sent goes on. {_rest(items)}"
                raise SendInterrupted(what) from None
            except HailuoError as error:
                if not tasks:
                    raise
                what = f"{len(tasks)} of {len(items)} clips are on their way, then: {error.what}"
                raise HailuoError(what, charged="maybe", advice=_rest(items)) from error
        made = plan.study((one.snapshot.request, one.snapshot.service) for one in tasks)
        if made != planned:  # another kernel had taken a sample
            self._record(plan, made)
        name = plan.clips[0].name
        return self.experiment(tasks, made, items, name=name, max_credits=plan.max_credits)

    def experiment(
        self,
        tasks: Sequence[Task],
        study: Study,
        items: Sequence[PlanItem],
        *,
        name: str | None,
        max_credits: float | None = None,
    ) -> Experiment:
        """Return tasks as an experiment; ``items`` are what each is made from once more."""
        return Experiment(
            tasks,
            study=study,
            name=name,
            display=self._here.display,
            try_again=partial(self._try_again, items, max_credits),
            rank=self._rank,
            measure=self._here.measuring.values,
            promote=partial(self._promote, items),
        )

    def _begin_posters(self, items: Sequence[PlanItem]) -> None:
        """Begin to draw the start images of clips that are new; returns at once."""
        images = [item.image for item in items if item.there is None and item.image is not None]
        for image in {image.ref: image for image in images}.values():
            if image.poster is not None:
                self._here.runner().begin_poster(image.ref, image.poster)

    def _record(self, plan: Plan, study: Study) -> None:
        """Record what a cell varies; where nothing can be recorded, what is there is shown."""
        name = None if plan.is_one else plan.clips[0].name
        try:
            if name is not None:
                self._here.history.experiments.record(name, study)
        except StoreError as error:
            log.info("experiment %s is not recorded: %s", name, error)

    def _rank(self, shown: Experiment) -> "Ranking":
        from hailuo_nb.session.ranked import ranking_of

        return ranking_of(self._here, shown)

    def _promote(
        self, items: Sequence[PlanItem], drafts: Experiment, **wish: object
    ) -> Experiment | Plan:
        from hailuo_nb.session.promotion import promote

        return promote(self._here, items, drafts, **wish)

    def _try_again(
        self, items: Sequence[PlanItem], max_credits: float | None, at: int, failed: Request
    ) -> Task:
        """Send a clip of an experiment once more, for the very sample that failed."""
        item = replace(items[at], request=failed, as_typed=None, again=False, retry=True)
        return self.submit(self.looked_up(item), max_credits=max_credits)


def _rest(items: Sequence[PlanItem]) -> str:
    """Return how to send what is missing without paying for what is there."""
    if not any(item.again for item in items):
        return "Run the cell again: what is there is free."
    last = max(item.request.sample for item in items)
    return f"--repeat {last} in place of --again shows what is there, free, and sends the rest."


def _named(item: PlanItem) -> PlanItem:
    """Return a clip whose name tells it from the others of its cell."""
    if item.name is None or not item.label:
        return item
    return replace(item, name=f"{item.name}{BETWEEN}{item.label}")
