"""The desk: orders become tasks here, each recorded, priced and paid for once.

It knows the history, the budget and who looks after what; it builds nothing, and it knows
neither how a task runs nor how it is shown.
"""

import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from hailuo_nb.config import Config
from hailuo_nb.core.request import Request
from hailuo_nb.core.task import FINAL, Snapshot, taken_up
from hailuo_nb.errors import BudgetExceeded, HailuoError, SetupError
from hailuo_nb.host import Host
from hailuo_nb.order import Order, address_of, new_id, plan_of
from hailuo_nb.runner.handle import Task
from hailuo_nb.runner.life import NEVER_SENT
from hailuo_nb.runner.runner import Runner
from hailuo_nb.runner.shared import BALANCE_TIMEOUT_S
from hailuo_nb.store.history import History


class _MadeElsewhere(Exception):
    """Another kernel has recorded the same request in the meantime."""

    def __init__(self, known: Snapshot) -> None:
        super().__init__(known.id)
        self.known = known


class Desk(ABC):
    """What is done with orders; `hailuo_nb.session.Session` brings what it needs."""

    config: Config
    host: Host
    history: History

    @property
    @abstractmethod
    def folder(self) -> Path:
        """Where this notebook's clips go."""

    @property
    @abstractmethod
    def tasks(self) -> list[Task]:
        """Every task of this process, oldest first."""

    @abstractmethod
    def runner(self, service: str | None = None) -> Runner:
        """Return the runner of a service, today's when left out."""

    def submit(self, order: Order) -> Task:
        """Run a request, or take up the task that asked for exactly this before.

        Raises
        ------
        StoreError, SetupError
            The history cannot be written, or the key is missing; nothing was sent.
        """
        known = self._recorded(order)
        found = self.take_up(known, order) if known is not None else None
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
            self.history.budget.check(
                [order.request for order in orders],
                service=self.config.service,
                max_credits=orders[0].max_credits,
                balance=self.runner().shared.fresh_balance(),
                redone=[id for order in orders if (id := self._never_sent(order))],
            )

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

    def take_up(
        self, known: Snapshot, order: Order | None = None, *, send: bool = False
    ) -> Task | None:
        """Return a recorded task, looked after again where there is something to do.

        One that another kernel looks after is followed. Free, but for a task that never
        left and is sent with ``order`` or ``send``. None where a new task is due.
        """
        runner, name = self.runner(known.service), order.name if order else None
        task = runner.find(known.id)
        if task is None or (task.state in FINAL and task.state != "unsure"):
            send = send or order is not None
            plan = plan_of(
                order or Order(request=known.request), self._folder_of(known), may_send=send
            )
            now = self._leased(known, send=send)
            if now is None:
                return None
            task = runner.start(now, plan)
        if name is not None and name != task.name:
            runner.rename(task, name)
        return task

    def _leased(self, known: Snapshot, *, send: bool) -> Snapshot | None:
        """Return where a task goes on here, as it is where another kernel holds it."""
        if not self.history.lease(known.id):
            return known
        known = self.history.get(known.id) or known
        now = taken_up(known, clip=self.clip_of(known))
        if now is None or (now.state == "waiting" and not send):
            self.history.release(known.id)
            return None
        try:
            self._check_taken_up(now)
        except HailuoError:
            self.history.release(known.id)
            raise
        return now if self.history.save(now) else known

    def _check_taken_up(self, now: Snapshot) -> None:
        """Refuse what today's key cannot watch and what today's caps do not hold yet."""
        if now.state == "waiting":
            self.check_budget([Order(request=now.request)])
        if now.state in FINAL or now.task_id is None:
            return
        made_with = self.history.key_print_of(now.id)
        if made_with not in (None, self.config.key_print()):
            raise SetupError(
                f"Task {now.label} was made with another key.",
                advice="Watch it with that key, or add --again for one of this key.",
            )

    def clip_of(self, known: Snapshot) -> Path | None:
        """Return where a task's clip lies now: the folder may have moved with the notebook."""
        moved = self.folder / f"{known.id}.mp4"
        found = (path for path in (known.video, moved) if path is not None and path.is_file())
        return next(found, None)

    def known(self, order: Order) -> Snapshot | None:
        """Return the recorded task that would be taken up instead of a new one, free.

        One that an ended kernel never sent is not: it would be sent and paid for.
        """
        known = self._recorded(order)
        if known is None or taken_up(known, clip=self.clip_of(known)) is None:
            return None
        return None if known.state == "waiting" and not self._is_looked_after(known) else known

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
        snapshot = replace(self._snapshot(Order(request=request)), state="queued", task_id=task_id)
        return self._start(snapshot, Order(request=request))

    def restart(self, snapshot: Snapshot) -> Task:
        """Go on with a task from a state that the person has settled."""
        order = Order(request=snapshot.request)
        plan = plan_of(order, self._folder_of(snapshot), may_send=False)
        return self.runner(snapshot.service).start(snapshot, plan)

    def _new(self, order: Order) -> Task:
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
            key_print=self.config.key_print(),
            allow=allow,
        )
        return runner.start(snapshot, plan_of(order, self.folder, may_send=True))

    def _as_it_is(self, runner: Runner, known: Snapshot) -> Task:
        """Look after what was under way; only keep what is final or was never sent."""
        task = self.take_up(known) if known.state not in FINAL else None
        if task is not None:
            return task
        if known.state == "waiting":
            known = replace(known, state="stopped", error=NEVER_SENT, error_kind="TaskStopped")
        plan = plan_of(Order(request=known.request), self._folder_of(known), may_send=False)
        return runner.start(known, plan)

    def _folder_of(self, known: Snapshot) -> Path:
        return self.history.folder_of(known.id) or self.folder


def is_over(task: Task) -> bool:
    """Return whether a task has ended, one way or another."""
    return task.state in FINAL
