"""What a cell would do: which of its tasks are there already, what the rest costs and takes.

It reads the history and the price list; it sends and records nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from hailuo_nb.core.forecast import forecast
from hailuo_nb.core.polling import Estimate, estimate
from hailuo_nb.core.task import Snapshot
from hailuo_nb.session.order import Order, Orders
from hailuo_nb.session.session import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A cell's orders, each with the recorded task that would be shown in its place."""

    orders: Orders
    known: tuple[Snapshot | None, ...]

    @property
    def due(self) -> tuple[Order, ...]:
        """What would be sent and paid for."""
        pairs = zip(self.orders.orders, self.known, strict=True)
        return tuple(order for order, there in pairs if there is None)


def plan(here: Session, orders: Orders) -> Planned:
    """Return the orders with what is there of them already."""
    return Planned(orders=orders, known=tuple(here.known(order) for order in orders.orders))


def plan_words(here: Session, planned: Planned) -> str:
    """Return the line above a grid, such as "4 clips, 120 credits, usually 2-4 min"."""
    due = planned.due
    there = len(planned.known) - len(due)
    told = forecast([order.request for order in due], usual=_usual(here, due))
    words = [str(told)] if due else []
    if due and here.config.simulator:
        words.append("simulated, so free")
    if there:
        words.append(f"{there} there already, free")
    return "; ".join(words)


def notes_of(orders: Orders) -> tuple[str, ...]:
    """Return what the person should know before it is paid for, each once."""
    warnings = (warning for order in orders.orders for warning in order.warnings)
    return tuple(dict.fromkeys((*orders.notes, *warnings)))


def _usual(here: Session, due: Sequence[Order]) -> Estimate | None:
    """Return how long the slowest kind of these clips usually takes."""
    if not due:
        return None
    kinds = {}
    for request in (order.request for order in due):
        kinds[request.model, request.duration_s, request.resolution] = request
    table_median_s = here.runner().shared.table_median_s
    service = here.config.service
    found = (
        estimate(here.history.durations_s(request, service), table_median_s=table_median_s)
        for request in kinds.values()
    )
    return max(found, key=lambda one: one.median_s)
