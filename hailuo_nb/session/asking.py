"""What was asked, read into a plan: the options' words become values, the orders a plan.

The cell, `generate` and the panel all come through here. It sends and records nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hailuo_nb.core.leaks import gives_key, has_key_option
from hailuo_nb.core.matrix import COMBINATIONS_MAX
from hailuo_nb.core.values import amount, count, time_s
from hailuo_nb.errors import KeyInCell
from hailuo_nb.session import planning
from hailuo_nb.session.expand import make_orders
from hailuo_nb.session.order import Order, Orders, check_tasks, with_samples
from hailuo_nb.session.planning import Planned
from hailuo_nb.session.session import Session

REPEAT_MAX = 24
"""More samples than this in one cell are a mistake more often than a wish."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A plan, and whether it stands for one task rather than an experiment."""

    planned: Planned
    is_one: bool
    max_tasks: int | str | None = None

    @property
    def due(self) -> Sequence[Order]:
        """What would be sent and paid for."""
        return self.planned.due


def read(
    here: Session,
    *,
    again: bool = False,
    repeat: int | str | None = None,
    watch_for: float | str | None = None,
    max_credits: float | str | None = None,
    max_tasks: int | str | None = None,
    clips_max: int = COMBINATIONS_MAX,
    **options: Any,
) -> Asked:
    """Return the plan of a prompt and its options, as `hailuo_nb.generate` takes them.

    More than ``clips_max`` are refused before they are made.

    Raises
    ------
    HailuoError
        It cannot be sent as it stands.
    """
    orders = make_orders(
        here.host.names,
        clips=here.find,
        watch_for_s=time_s("--watch-for", watch_for),
        max_credits=amount("--max-credits", max_credits),
        most=clips_max,
        **options,
    )
    refuse_keys(here, "", _texts(orders))  # what {{name}} inserted is recorded, sent and shown, too
    samples = count("--repeat", repeat, most=REPEAT_MAX)
    orders = with_samples(
        orders,
        samples or 1,
        first=(lambda request: here.last_sample(request) + 1) if again else None,
        most=clips_max,
    )
    return Asked(
        planned=planning.plan(here, orders),
        is_one=not (orders.axes or samples),
        max_tasks=max_tasks,
    )


def check(here: Session, asked: Asked) -> None:
    """Refuse what is above the limits of a cell, or costs more than may be spent.

    Raises
    ------
    OptionError, BudgetExceeded
        It says which limit, and what would fit.
    """
    check_tasks(len(asked.due), asked.max_tasks)
    here.check_budget(asked.due)


def refuse_keys(here: Session, line: str, cell: str = "") -> None:
    """Refuse what a notebook would save and send with the key in it.

    Raises
    ------
    KeyInCell
        The key in use, or the obvious giving of one, stands there.
    """
    mask = here.config.mask
    if has_key_option(line) or any(mask(text) != text or gives_key(text) for text in (line, cell)):
        raise KeyInCell("This cell holds an API key.")


def _texts(orders: Orders) -> str:
    """Return every text of these orders that came from elsewhere, each once."""
    made = [order.request for order in orders.orders]
    images = {image for one in made for image in (one.image, one.end_image) if image is not None}
    found = [
        *((one.prompt, one.callback_url or "") for one in made),
        *((one.label, one.reason) for one in orders.left_out),
        *((image.label, image.url or "") for image in images),
        *((axis.name, *axis.values) for axis in orders.axes),
        *((order.name or "", order.label) for order in orders.orders),
    ]
    return "\n".join(dict.fromkeys(text for some in found for text in some))
