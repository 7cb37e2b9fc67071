"""Sending a planned cell: its tasks in order, held together as one experiment.

It asks the session for each; what was sent stays sent where a later one is refused.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from hailuo_nb.core.request import Request
from hailuo_nb.errors import HailuoError
from hailuo_nb.runner.experiment import Experiment, Place
from hailuo_nb.runner.task import Task
from hailuo_nb.session import planning
from hailuo_nb.session.order import Order
from hailuo_nb.session.planning import Planned
from hailuo_nb.session.session import Session


class SendInterrupted(KeyboardInterrupt):
    """The person interrupted the sending; what was sent goes on."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def send(here: Session, planned: Planned, *, display: Callable[[Experiment], None]) -> Experiment:
    """Send what is due, take up what is there, and return all of it.

    Raises
    ------
    HailuoError
        One was refused; it says how many are on their way.
    SendInterrupted
        The person interrupted it; it says the same.
    """
    orders, words = planned.orders, planning.plan_words(here, planned)
    named = [_named(order) for order in orders.orders]
    tasks: list[Task] = []
    for order in named:
        try:
            tasks.append(here.submit(order))
        except KeyboardInterrupt:
            what = (
                f"Stopped sending after {len(tasks)} of {len(named)} clips; what was sent goes on."
            )
            raise SendInterrupted(f"{what} {_rest(named)}") from None
        except HailuoError as error:
            if not tasks:
                raise
            sent = f"{len(tasks)} of {len(named)} clips"
            what = f"{sent} are on their way, then: {error.what}"
            raise HailuoError(what, charged="maybe", advice=_rest(named)) from error
    return Experiment(
        tasks,
        axes=orders.axes,
        places=tuple(Place(label=one.label, coordinates=one.coordinates) for one in named),
        left_out=orders.left_out,
        plan_words=words,
        notes=orders.notes,
        display=display,
        try_again=partial(_try_again, here, named),
    )


def _rest(orders: Sequence[Order]) -> str:
    """Return how to send what is missing without paying for what is there."""
    if not any(order.again for order in orders):
        return "Run the cell again: what is there is free."
    last = max(order.request.sample for order in orders)
    return f"--repeat {last} in place of --again shows what is there, free, and sends the rest."


def _named(order: Order) -> Order:
    """Return an order whose name tells it from the others of its cell."""
    if order.name is None or not order.label:
        return order
    return replace(order, name=f"{order.name} · {order.label}")


def _try_again(here: Session, orders: Sequence[Order], at: int, failed: Request) -> Task:
    """Send an order of an experiment once more, for the very sample that failed."""
    return here.submit(replace(orders[at], request=failed, again=False, retry=True))
