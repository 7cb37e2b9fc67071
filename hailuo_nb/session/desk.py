"""The desk: orders become tasks here, each recorded, priced and paid for once.

It knows the history, the budget and who looks after what; it builds nothing, and it knows
neither how a task runs nor how it is shown.
"""

import time
from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property, partial

from hailuo_nb.core.request import Request
from hailuo_nb.core.task import FINAL, Snapshot, taken_up
from hailuo_nb.errors import BudgetExceeded, HailuoError, UsageError
from hailuo_nb.runner.connection import BALANCE_TIMEOUT_S
from hailuo_nb.runner.task import Task
from hailuo_nb.session.order import Order, address_of, new_id, plan_of
from hailuo_nb.session.shell import Host
from hailuo_nb.session.uptake import Uptake
from hailuo_nb.store.rows import NO_REQUEST
from hailuo_nb.store.sidecar_index import Beside

FORGOTTEN = "Shown from its file, free: no history knows this clip. --again pays for another."


class _MadeElsewhere(Exception):
    """Another kernel has recorded the same request in the meantime."""

    def __init__(self, known: Snapshot) -> None:
        super().__init__(known.id)
        self.known = known


class Desk(Uptake):
    """What is done with orders; `hailuo_nb.session.session.Session` brings what it needs."""

    host: Host

    @property
    @abstractmethod
    def tasks(self) -> list[Task]:
        """Every task of this process, oldest first."""

    def submit(self, order: Order) -> Task:
        """Run a request, or take up the task that asked for exactly this before.

        Raises
        ------
        StoreError, SetupError
            The history cannot be written, or the key is missing; nothing was sent.
        """
        known = self._recorded(order)
        found = self.take_up(known, order) if known is not None else None
        found = found or self._shown_beside(order)
        while found is None:
            try:
                return self._new(order)
            except _MadeElsewhere as made:
                if order.again:
                    order = order.as_sample(self.last_sample(order.request) + 1)
                else:
                    found = self.take_up(made.known, order)
        return found

    def check_budget(self, orders: Sequence[Order]) -> None:
        """Refuse a cell that costs more than it may, before any of its tasks is recorded.

        Waits for no network: the history decides the caps, and a balance that is known to be
        too low refuses only while it is fresh. Simulated credits count in no budget.

        Parameters
        ----------
        orders
            Those of the cell that would be paid for, with one ``max_credits`` for them all.

        Raises
        ------
        BudgetExceeded
            It says what the cell costs, what is left and what would fit.
        """
        if orders and not self.config.simulator:
            redone = [id for order in orders if (id := self._never_sent(order))]
            requests = [order.request for order in orders]
            self._check_credits(requests, orders[0].max_credits, redone)

    def _never_sent(self, order: Order) -> str | None:
        """Return the id of a recorded task that would be sent for this order."""
        known = self._recorded(order)
        return known.id if known is not None and known.state == "waiting" else None

    def ask_balance(self) -> float | None:
        """Return the balance in credits, None where it cannot be had within seconds."""
        if self.config.simulator:
            return None
        runner = self.runner()
        answer = runner.engine.start(runner.shared.ask_balance())
        try:
            return answer.result(BALANCE_TIMEOUT_S)
        except (HailuoError, TimeoutError):
            return None

    def last_sample(self, request: Request) -> int:
        """Return the highest sample number of a request, 0 without any."""
        return self.history.last_sample(request, self.config.service)

    def known(self, order: Order) -> Snapshot | None:
        """Return the recorded task that would be taken up instead of a new one, free.

        One that an ended kernel never sent is not: it would be sent and paid for.
        """
        known = self._recorded(order)
        if known is None or taken_up(known, clip=self.clip_of(known)) is None:
            return self._beside(order)
        return None if known.state == "waiting" and not self._is_looked_after(known) else known

    def _shown_beside(self, order: Order) -> Task | None:
        """Return the finished task of a clip that was paid for and that the history forgot."""
        found = self._beside(order)
        if found is None:
            return None
        shown = replace(found, name=order.name, warnings=(*order.warnings, FORGOTTEN))
        return self.runner().keep(shown, plan_of(order, self.folder, may_send=False))

    def _beside(self, order: Order) -> Snapshot | None:
        if order.again or self.config.simulator:
            return None
        return self._sidecars.find(self.folder, order.request.identity(self.config.service))

    @cached_property
    def _sidecars(self) -> Beside:
        return Beside()

    def _recorded(self, order: Order) -> Snapshot | None:
        """Return the recorded task that stands for an order, None where it asks for another."""
        known = None if order.again else self.history.same(order.request, self.config.service)
        return None if order.retry and known is not None and known.state == "failed" else known

    def _is_looked_after(self, known: Snapshot) -> bool:
        task = self.runner(known.service).find(known.id)
        here = task is not None and not is_over(task)
        return here or self.history.held_elsewhere(known.id)

    def body(self, order: Order) -> dict[str, object]:
        """Return the JSON object that would be sent; images yet to be uploaded are named."""
        from hailuo_nb.kie.wire import create_body

        return create_body(
            order.request,
            image_url=address_of(order.request.image),
            end_image_url=address_of(order.request.end_image),
        )

    def find(self, handle: str) -> Task | None:
        """Return the task of a variable, name, local id or service's task id, as it is."""
        value = self.host.names.get(handle)
        if isinstance(value, Task):
            return value
        known = self.history.find(handle)
        if known is None:
            return None
        runner = self.runner(known.service)
        return runner.find(known.id) or self._as_it_is(runner, known)

    def unfinished(self) -> list[Snapshot]:
        """Return the recorded tasks that were under way and that this process does not run."""
        running = {task.id for task in self.tasks if task.state not in FINAL}
        return [known for known in self.history.unfinished() if known.id not in running]

    def record_made(self, request: Request, task_id: str) -> Task:
        """Record and look after a task that was made elsewhere."""
        order = Order(request=request)
        snapshot = replace(self._snapshot(order), state="queued", task_id=task_id)
        try:
            return self._start(snapshot, order, allow=partial(self._allow_adopted, task_id))
        except _MadeElsewhere as made:
            self.history.release(snapshot.id)
            return self.take_up(made.known) or self._as_it_is(self.runner(), made.known)

    def _new(self, order: Order) -> Task:
        if order.request.model == NO_REQUEST.model:
            raise UsageError(
                "The record of this task cannot be read, so it cannot be sent again.",
                advice="Write its prompt in a cell.",
            )
        self.config.check_key()
        snapshot = self._snapshot(order)
        self.history.budget.enter(snapshot.id)
        try:
            return self._start(snapshot, order, allow=partial(self._allow, order))
        except (BudgetExceeded, _MadeElsewhere):
            self.history.release(snapshot.id)
            raise

    def _allow(self, order: Order) -> None:
        """Refuse a row while nobody else can write: the same cell may run in two kernels."""
        known = self._recorded(replace(order, again=False))
        if known is not None and taken_up(known, clip=self.clip_of(known)) is not None:
            raise _MadeElsewhere(known)
        self.check_budget([order])

    def _allow_adopted(self, task_id: str) -> None:
        """Refuse a second row of one task of the service."""
        known = self.history.of_task(self.config.service, task_id)
        if known is not None:
            raise _MadeElsewhere(known)

    def _snapshot(self, order: Order) -> Snapshot:
        return Snapshot(
            id=new_id(),
            name=order.name,
            request=order.request,
            service=self.config.service,
            created_at=time.time(),
            warnings=order.warnings,
        )

    def _start(
        self, snapshot: Snapshot, order: Order, *, allow: Callable[[], None] | None = None
    ) -> Task:
        """Record a task, held by this process from its first moment on, and run it."""
        notebook, runner = self.host.notebook, self.runner()
        self.history.lease(snapshot.id)
        self.history.add(
            snapshot,
            folder=self.folder,
            notebook=notebook.name if notebook else None,
            key_print=self.key_print(),
            allow=allow,
        )
        return runner.start(snapshot, plan_of(order, self.folder, may_send=True))


def is_over(task: Task) -> bool:
    """Return whether a task has ended, one way or another."""
    return task.state in FINAL
