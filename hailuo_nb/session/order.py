"""An order: a request with what it takes to run it; and all the orders of one cell.

It knows requests, images and samples; it records and sends nothing.
"""

import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hailuo_nb.core.matrix import (
    COMBINATIONS_MAX,
    SAMPLE,
    Axis,
    Coordinates,
    LeftOut,
    check_number,
    repeated,
)
from hailuo_nb.core.options import AGAIN, MAX_TASKS
from hailuo_nb.core.request import ImageRef, Request, next_sample
from hailuo_nb.core.values import count
from hailuo_nb.errors import OptionError
from hailuo_nb.media.sources import ImageSource, find_image
from hailuo_nb.runner.job import WATCH_FOR_S, Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A request with what it takes to run it.

    ``watch_for_s`` is how many seconds it is watched before that is given up,
    ``max_credits`` what its whole cell may cost, ``again`` whether a new sample is asked
    for rather than the one that exists, ``retry`` whether one that failed is sent once more.
    ``label`` tells it from the others of its cell and ``coordinates`` are its pairs of axis
    and label; both are empty where it is the only one.
    """

    request: Request
    name: str | None = None
    image: ImageSource | None = None
    end_image: ImageSource | None = None
    warnings: tuple[str, ...] = ()
    watch_for_s: float = WATCH_FOR_S
    max_credits: float | None = None
    again: bool = False
    retry: bool = False
    label: str = ""
    coordinates: Coordinates = ()

    def as_sample(self, sample: int) -> "Order":
        """Return the same order for another sample, counted from 1."""
        if sample == self.request.sample:
            return self
        return replace(self, request=next_sample(self.request, sample))


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """What one cell asks for.

    Parameters
    ----------
    axes
        What is varied; empty where the cell is one order.
    orders
        At least one, in the axes' order, the last axis fastest.
    left_out
        The combinations that cannot be made, in the same order.
    notes
        What the person should know of the whole before it is paid for, one sentence each.
    """

    axes: tuple[Axis, ...]
    orders: tuple[Order, ...]
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()


def with_samples(
    orders: Orders,
    number: int,
    *,
    first: Callable[[Request], int] | None = None,
    most: int = COMBINATIONS_MAX,
) -> Orders:
    """Return each order for so many samples; more than one of them are an axis, the last.

    Parameters
    ----------
    orders
        The orders, each for its first sample.
    number
        Samples of each, at least 1.
    first
        Answers with the next sample's number of a request, for ``--again``; without it they
        are samples 1 to ``number``, taken up where they exist.
    most
        So many there may be in all.

    Raises
    ------
    UsageError
        There are more.
    """
    check_number(number * (len(orders.orders) + len(orders.left_out)), most)
    begins = [first(order.request) if first else 1 for order in orders.orders]
    made = [
        _again(order, begin + at) if first else order.as_sample(begin + at)
        for order, begin in zip(orders.orders, begins, strict=True)
        for at in range(number)
    ]
    places = [f"{'new' if first else 'sample'} {at}" for at in range(1, number + 1)]
    return _spread(orders, made, places) if number > 1 else replace(orders, orders=tuple(made))


def check_tasks(number: int, max_tasks: int | str | None) -> None:
    """Refuse a cell of more tasks than ``--max-tasks``, or its default, allows.

    Raises
    ------
    OptionError
        It is above that, or the option is no whole number above 0.
    """
    most = count("--max-tasks", max_tasks, most=COMBINATIONS_MAX) or MAX_TASKS
    if number > most:
        raise OptionError(
            f"This cell asks for {number} tasks; at most {most} are sent at once.",
            advice=f"--dry-run shows them; --max-tasks {number} allows them.",
        )


def plan_of(order: Order, folder: Path, *, may_send: bool) -> Plan:
    """Return what the runner needs besides the request.

    The clip goes to ``folder``; ``may_send`` says whether the person has asked for it to be
    sent, should it not have left yet.
    """
    request = order.request
    return Plan(
        folder=folder,
        load_image=_loader(order.image, request.image),
        load_end_image=_loader(order.end_image, request.end_image),
        watch_for_s=order.watch_for_s,
        may_send=may_send,
    )


def address_of(image: ImageRef | None) -> str | None:
    """Return an image's address, or words in its place before it has one."""
    if image is None:
        return None
    return image.url or f"(address of {image.label} after its upload)"


def new_id() -> str:
    """Return a local id: the day, then letters and digits; a file name, never a prompt."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    return time.strftime("%y%m%d") + "".join(secrets.choice(alphabet) for _ in range(8))


def _spread(orders: Orders, made: Sequence[Order], places: Sequence[str]) -> Orders:
    """Return the orders with an axis of samples; ``made`` has one for each of its places."""
    once = [order.coordinates for order in orders.orders]
    points = repeated([*once, *(one.coordinates for one in orders.left_out)], places)
    left_out = [one for one in orders.left_out for _ in places]
    return Orders(
        axes=(*orders.axes, Axis(name=SAMPLE, values=tuple(places))),
        orders=tuple(
            replace(order, coordinates=point, label=label)
            for order, (point, label) in zip(made, points, strict=False)
        ),
        left_out=tuple(
            replace(one, coordinates=point, label=label)
            for one, (point, label) in zip(left_out, points[len(made) :], strict=True)
        ),
        notes=orders.notes,
    )


def _again(order: Order, sample: int) -> Order:
    warning = f"{AGAIN} --repeat {sample} in its place shows samples 1 to {sample}, free once made."
    return replace(order.as_sample(sample), warnings=(*order.warnings, warning), again=True)


def _loader(source: ImageSource | None, ref: ImageRef | None) -> Callable[[], bytes] | None:
    """Return how to get an image's bytes; a sample can be drawn again at any time."""
    if source is not None:
        return source.load
    if ref is not None and ref.label.startswith("sample:"):
        return find_image(ref.label, {}).load
    return None
