"""Dispatch of single clips: each becomes a task here, recorded, priced and paid for once.

One lock: from the history's row to the running task nobody else of this process comes
between. It knows the history, the budget and who looks after what; it neither reads what
was typed nor knows how a task runs or is shown, or what else its cell has.
"""

import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from hailuo_nb.core.fork import ProcessLock
from hailuo_nb.core.request import Request, check_sendable
from hailuo_nb.core.task import FINAL, Record, Snapshot, taken_up
from hailuo_nb.errors import BudgetExceeded, UsageError
from hailuo_nb.runner.task import Task
from hailuo_nb.session.plan import PlanItem
from hailuo_nb.session.take_up import TakeUp, check_folder, needs_of
from hailuo_nb.store.rows import NO_REQUEST
from hailuo_nb.store.sidecar import Key
from hailuo_nb.store.sidecar_index import Beside

if TYPE_CHECKING:
    from hailuo_nb.session.session import Session

FORGOTTEN = "Shown from its file, free: no history knows this clip. --again pays for another."


class _MadeElsewhere(Exception):
    """Another thread or kernel has recorded the same request in the meantime."""

    def __init__(self, known: Snapshot) -> None:
        super().__init__(known.id)
        self.known = known


class ClipDispatch:
    """What becomes of clips and of recorded tasks, one at a time.

    Parameters
    ----------
    here
        The session: settings, history, runners and the notebook around it.
    """

    def __init__(self, here: "Session") -> None:
        self._here = here
        self._lock = ProcessLock()
        self._take_up = TakeUp(here)
        self._sidecars = Beside()

    def all_looked_up(self, items: Sequence[PlanItem]) -> tuple[PlanItem, ...]:
        """Return clips as `looked_up` does; which are new is asked once for all of them."""
        keys = [self._keys_of(item) for item in items]
        known: set[Key] = set(
            self._here.history.recorded(
                key for some in keys for key in some if isinstance(key, str)
            )
        )
        known.update(() if self._here.config.simulator else self._sidecars.keys(self._here.folder))
        return tuple(
            item if item.is_unseen and known.isdisjoint(some) else self.looked_up(item)
            for item, some in zip(items, keys, strict=True)
        )

    def looked_up(self, item: PlanItem) -> PlanItem:
        """Return a clip with what the history has of it now.

        One that an ended kernel never sent is recorded, but not there: it would be sent and
        paid for.
        """
        recorded = None if item.again else self._same(item)
        if recorded is not None and item.retry and recorded.state == "failed":
            recorded = None
        if recorded is None or taken_up(recorded, clip=self.clip_of(recorded)) is None:
            there = self._beside(item)
            known = (recorded, there) == (item.recorded, item.there)
            return item if known else replace(item, recorded=recorded, there=there)
        idle = recorded.state == "waiting" and not self._is_looked_after(recorded)
        return replace(item, recorded=recorded, there=None if idle else recorded)

    def free_sample(self, item: PlanItem) -> int:
        """Return the number of the first sample of a clip that no task stands for."""
        last = self._here.history.last_sample
        return 1 + max(last(one, self._service) for one in item.asked)

    def check_budget(self, due: Sequence[PlanItem], max_credits: float | None) -> None:
        """Refuse clips that cost more than their cell, the caps or the balance allow.

        Raises
        ------
        BudgetExceeded
            It says what they cost, what is left and what would fit.
        """
        waiting = (item.recorded for item in due if item.recorded is not None)
        redone = [known.id for known in waiting if known.state == "waiting"]
        self._take_up.check_credits([item.request for item in due], max_credits, redone)

    def submit(self, item: PlanItem, *, max_credits: float | None = None) -> Task:
        """Run a clip, or take up the task that stands for it.

        Raises
        ------
        StoreError, SetupError
            The history cannot be written, or the key is missing; nothing was sent.
        BudgetExceeded
            It costs more than a cap or ``max_credits`` of its cell allows.
        """
        found = self.take_up(item.recorded, item) if item.recorded is not None else None
        found = found or self._shown_beside(item)
        while found is None:
            try:
                found = self._new(item, max_credits)
            except _MadeElsewhere as made:
                if item.again:
                    item = item.as_sample(self.free_sample(item))
                else:
                    found = self.take_up(made.known, item)
        return found

    def take_up(
        self, known: Snapshot, item: PlanItem | None = None, *, send: bool = False
    ) -> Task | None:
        """Return a recorded task, looked after again where there is something to do.

        One that another kernel looks after is followed. Free, but for a task that never
        left and is sent with ``item`` or ``send``. None where a new task is due.
        """
        if self._here.own(known.id) is None:
            self._take_up.check_key(known)  # may ask the service: not while others wait
        with self._lock:
            return self._take_up.take_up(known, item, send=send)

    def house(self, known: Snapshot) -> None:
        """Have a task saved in the folder of today where its own takes no clip any more."""
        self._take_up.house(known)

    def restart(self, snapshot: Snapshot) -> Task:
        """Go on with a task from a state that the person has settled."""
        with self._lock:
            return self._take_up.restart(snapshot)

    def record_made(self, request: Request, record: Record) -> Task:
        """Record and look after a task that was made elsewhere, on its day and at its price."""
        item, now = PlanItem(request=request), time.time()
        snapshot = replace(
            self._snapshot(item),
            state="queued",
            task_id=record.task_id,
            credits=record.credits,
            created_at=min(record.created_at or now, now),
        )
        try:
            allow = partial(self._allow_adopted, record.task_id)
            return self._start(snapshot, item, allow=allow, price=record.credits)
        except _MadeElsewhere as made:
            self._here.history.release(snapshot.id)
            return self.take_up(made.known) or self.as_it_is(made.known)

    def find(self, handle: str) -> Task | None:
        """Return the task of a variable, name, local id or service's task id, as it is."""
        value = self._here.host.names.get(handle)
        if isinstance(value, Task):
            return value
        known = self._here.history.find(handle)
        return self._here.own(known.id) or self.as_it_is(known) if known is not None else None

    def as_it_is(self, known: Snapshot) -> Task:
        """Look after what was under way; only keep what is final or was never sent."""
        known = self._take_up.as_it_lies(known)
        looks_on = known.state not in FINAL and self._here.history.is_writable
        task = self.take_up(known) if looks_on else None
        with self._lock:
            return task or self._here.own(known.id) or self._take_up.kept(known)

    def take_back_ids(self) -> None:
        """Give the history the ids that it could not take, as far as it takes them now."""
        self._take_up.take_back_ids()

    def clip_of(self, known: Snapshot) -> Path | None:
        """Return where a task's clip lies whole: the folder may have moved with the notebook."""
        return self._take_up.clip_of(known)

    def as_it_lies(self, known: Snapshot) -> Snapshot:
        """Return a task whose record cannot be read as done where its clip lies there."""
        return self._take_up.as_it_lies(known)

    @property
    def _service(self) -> str:
        return self._here.config.service

    def _keys_of(self, item: PlanItem) -> list[Key]:
        """Return all by which the history, or a folder's sidecars, would have a clip."""
        found: list[Key] = []
        for one in item.asked:
            identity, alike = one.digests(self._service)
            found += [identity, alike, (alike, one.sample)]
        return found

    def _same(self, item: PlanItem) -> Snapshot | None:
        """Return the task that stands for a clip: one in vain only where there is no other."""
        found = (self._here.history.same(one, self._service) for one in item.asked)
        return min((one for one in found if one is not None), key=_is_in_vain, default=None)

    def _is_looked_after(self, known: Snapshot) -> bool:
        task, history = self._here.own(known.id), self._here.history
        here = task.state not in FINAL if task is not None else history.holds(known.id)
        return here or history.held_elsewhere(known.id)

    def _beside(self, item: PlanItem) -> Snapshot | None:
        """Return the finished task of a clip that was paid for and that the history forgot."""
        if item.again or self._here.config.simulator:
            return None
        found = (self._sidecars.same(self._here.folder, one, self._service) for one in item.asked)
        return next((known for known in found if known is not None), None)

    def _shown_beside(self, item: PlanItem) -> Task | None:
        found = self._beside(item)  # again, since the plan may be older than the clip
        if found is None:
            return None
        shown = replace(found, name=item.name, warnings=(*item.warnings, FORGOTTEN))
        needs = needs_of(item, self._here.folder, may_send=False)
        return self._here.runner().keep(shown, needs)

    def _new(self, item: PlanItem, max_credits: float | None) -> Task:
        if item.request.model == NO_REQUEST.model:
            raise UsageError(
                "The record of this task cannot be read, so it cannot be sent again.",
                advice="Write its prompt in a cell.",
            )
        check_sendable(item.request)
        self._here.config.check_key()
        check_folder(self._here.folder)
        snapshot = self._snapshot(item)
        self._here.history.budget.enter(snapshot.id)
        try:
            return self._start(snapshot, item, allow=partial(self._allow, item, max_credits))
        except (BudgetExceeded, _MadeElsewhere):
            self._here.history.release(snapshot.id)
            raise

    def _allow(self, item: PlanItem, max_credits: float | None) -> None:
        """Refuse a row while nobody else can write: the same cell may run in two kernels."""
        known = self._same(item)
        if known is not None and item.retry and known.state == "failed":
            known = None
        if known is not None and taken_up(known, clip=self.clip_of(known)) is not None:
            raise _MadeElsewhere(known)
        self.check_budget([replace(item, recorded=known)], max_credits)

    def _allow_adopted(self, task_id: str) -> None:
        """Refuse a second row of one task of the service."""
        known = self._here.history.of_task(self._service, task_id)
        if known is not None:
            raise _MadeElsewhere(known)

    def _snapshot(self, item: PlanItem) -> Snapshot:
        return Snapshot(
            id=new_id(),
            name=item.name,
            request=item.request,
            service=self._service,
            created_at=time.time(),
            warnings=item.warnings,
            parent=item.parent,
            poster=self._here.runner().poster(item.request.image),
        )

    def _start(
        self,
        snapshot: Snapshot,
        item: PlanItem,
        *,
        allow: Callable[[], None],
        price: float | None = None,
    ) -> Task:
        """Record a task, held by this process from its first moment on, and run it."""
        here, notebook, runner = self._here, self._here.host.notebook, self._here.runner()
        key_print = here.key_print()  # a keyring may take its time: not while others wait
        with self._lock:
            here.history.lease(snapshot.id)
            here.history.add(
                snapshot,
                folder=here.folder,
                notebook=notebook.name if notebook else None,
                key_print=key_print,
                price=price,
                allow=allow,
            )
            return runner.start(snapshot, needs_of(item, here.folder, may_send=True))


def new_id() -> str:
    """Return a local id: the day, then letters and digits; a file name, never a prompt."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    return time.strftime("%y%m%d") + "".join(secrets.choice(alphabet) for _ in range(8))


def _is_in_vain(known: Snapshot) -> bool:
    """Return whether a task failed, or ended before it was sent."""
    return known.state == "failed" or (known.state == "stopped" and known.task_id is None)
