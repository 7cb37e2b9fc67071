"""The session: builds what a notebook needs and keeps it, once a process.

The only place that puts the rooms together: settings -> history, thread, service,
runner. It lives in one guarded place, so that reloading the extension neither doubles
it nor ends paid tasks.
"""

import asyncio
import secrets
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Protocol

from hailuo_nb import launch
from hailuo_nb._version import __version__
from hailuo_nb.config import Config, read_config
from hailuo_nb.core.polling import MEDIAN_S
from hailuo_nb.core.request import ImageRef, Request
from hailuo_nb.core.task import FINAL, Snapshot, taken_up
from hailuo_nb.errors import BudgetExceeded, HailuoError
from hailuo_nb.host import Host
from hailuo_nb.images import ImageSource, find_image
from hailuo_nb.redaction import redact_with
from hailuo_nb.runner.engine import Engine
from hailuo_nb.runner.handle import Task
from hailuo_nb.runner.job import WATCH_FOR_S, Plan
from hailuo_nb.runner.ports import Service
from hailuo_nb.runner.runner import Runner
from hailuo_nb.runner.shared import BALANCE_TIMEOUT_S, Shared
from hailuo_nb.store.clips import FOLDER
from hailuo_nb.store.files import Files
from hailuo_nb.store.history import History

USER_AGENT = f"hailuo_nb/{__version__}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A request with what it takes to run it.

    ``watch_for_s`` is how many seconds it is watched before that is given up,
    ``max_credits`` what its whole cell may cost.
    """

    request: Request
    name: str | None = None
    image: ImageSource | None = None
    end_image: ImageSource | None = None
    warnings: tuple[str, ...] = ()
    watch_for_s: float = WATCH_FOR_S
    max_credits: float | None = None


class View(Protocol):
    """Something on the page that shows a task."""

    def settle_again(self, snapshot: Snapshot) -> None:
        """Publish a final state once more, from the running cell."""


class Session:
    """One notebook process: its settings, history, thread and tasks.

    Parameters
    ----------
    config
        The settings.
    display
        Shows a task that stands alone in a cell's last line.
    """

    def __init__(self, config: Config, *, display: Callable[[Task], None]) -> None:
        self.config = config
        self.host = Host(config.notebook)
        self.history = History(config.home)
        self.views: dict[str, list[View]] = {}
        self._display = display
        self._engine: Engine | None = None
        self._runners: dict[str, Runner] = {}
        redact_with(self._mask)

    @property
    def folder(self) -> Path:
        """Where this notebook's clips go."""
        return self.config.videos or self.host.folder / FOLDER

    @property
    def tasks(self) -> list[Task]:
        """Every task of this process, oldest first."""
        found = [task for runner in self._runners.values() for task in runner.tasks]
        return sorted(found, key=lambda task: task.snapshot.created_at)

    def runner(self, service: str | None = None) -> Runner:
        """Return the runner of a service, today's when left out."""
        if self._engine is None or not self._engine.alive:
            self._engine, self._runners = Engine(), {}
        wanted = service or self.config.service
        if wanted not in self._runners:
            shared = self._shared(wanted)
            self._runners[wanted] = Runner(self._engine, shared, display=self._display)
        return self._runners[wanted]

    def runner_of(self, task: Task) -> Runner:
        """Return the runner that a task belongs to."""
        return self.runner(task.snapshot.service)

    def configure(self, config: Config) -> None:
        """Use these settings from now on; tasks under way are watched on."""
        if config.home != self.config.home:
            self.history.close()
            session_cap = self.history.budget.session_cap
            self.history = History(config.home)
            self.history.budget.session_cap = session_cap
            self._runners = {}
        self.config = config
        redact_with(self._mask)
        if self._engine is not None and config.service in self._runners:
            shared = self._runners[config.service].shared
            shared.connect, shared.heard = _connector(config), None
            self._engine.start(shared.reconnect())

    def submit(self, order: Order) -> Task:
        """Run a request, or take up the task that asked for exactly this before.

        Raises
        ------
        StoreError, SetupError
            The history cannot be written, or the key is missing; nothing was sent.
        """
        known = self.history.same(order.request, self.config.service)
        found = self.take_up(known, order) if known is not None else None
        return found or self._new(order)

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
            )

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
            plan = self._plan(order or Order(request=known.request), folder=self._folder_of(known))
            now = self._leased(known, send=send or order is not None)
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
        known = self.history.find(known.id) or known
        now = taken_up(known, clip=self._clip_of(known))
        if now is None or (now.state == "waiting" and not send):
            self.history.release(known.id)
            return None
        self.history.save(now)
        if now.state in FINAL:
            self.history.release(known.id)
        return now

    def _clip_of(self, known: Snapshot) -> Path | None:
        """Return where a task's clip lies now: the folder may have moved with the notebook."""
        moved = self.folder / f"{known.id}.mp4"
        found = (path for path in (known.video, moved) if path is not None and path.is_file())
        return next(found, None)

    def known(self, order: Order) -> Snapshot | None:
        """Return the recorded task that would be taken up instead of a new one."""
        known = self.history.same(order.request, self.config.service)
        if known is None or taken_up(known, clip=self._clip_of(known)) is None:
            return None
        return known

    def body(self, order: Order) -> dict[str, object]:
        """Return the JSON object that would be sent; images yet to be uploaded are named."""
        from hailuo_nb.kie.wire import create_body

        return create_body(
            order.request,
            image_url=_address(order.request.image),
            end_image_url=_address(order.request.end_image),
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
        running = {task.id for task in self.tasks}
        return [known for known in self.history.unfinished() if known.id not in running]

    def record_made(self, request: Request, task_id: str) -> Task:
        """Record and look after a task that was made elsewhere."""
        snapshot = replace(self._snapshot(Order(request=request)), state="queued", task_id=task_id)
        return self._start(snapshot, Order(request=request))

    def restart(self, snapshot: Snapshot) -> Task:
        """Go on with a task from a state that the person has settled."""
        order = Order(request=snapshot.request)
        plan = self._plan(order, folder=self._folder_of(snapshot))
        return self.runner(snapshot.service).start(snapshot, plan)

    def close(self) -> None:
        """End the thread; paid tasks go on at the service."""
        if self._engine is not None:
            self._engine.close()
        self.history.close()

    def _mask(self, text: str) -> str:
        return self.config.mask(text)

    def _new(self, order: Order) -> Task:
        self.config.check_key()
        snapshot = self._snapshot(order)
        self.history.budget.enter(snapshot.id)
        try:
            return self._start(snapshot, order, allow=partial(self.check_budget, [order]))
        except BudgetExceeded:
            self.history.release(snapshot.id)
            raise

    def _snapshot(self, order: Order) -> Snapshot:
        return Snapshot(
            id=_new_id(),
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
        return runner.start(snapshot, self._plan(order, folder=self.folder))

    def _as_it_is(self, runner: Runner, known: Snapshot) -> Task:
        """Look after what was under way; only keep what is final or was never sent."""
        task = self.take_up(known) if known.state not in FINAL else None
        plan = self._plan(Order(request=known.request), folder=self._folder_of(known))
        return task or runner.start(known, plan, run=False)

    def _plan(self, order: Order, *, folder: Path) -> Plan:
        request = order.request
        return Plan(
            folder=folder,
            load_image=_loader(order.image, request.image),
            load_end_image=_loader(order.end_image, request.end_image),
            watch_for_s=order.watch_for_s,
        )

    def _folder_of(self, known: Snapshot) -> Path:
        return self.history.folder_of(known.id) or self.folder

    def _shared(self, service: str) -> Shared:
        from hailuo_nb.kie.outcome import submit_outcome

        config = self.config
        if service != config.service:
            config = config.for_service(service)
        return Shared(
            name=service,
            connect=_connector(config),
            journal=self.history,
            files=Files(config.home),
            judge=submit_outcome,
            table_median_s=_table_median_s(config),
        )


def _connector(config: Config) -> Callable[[], Awaitable[Service]]:
    """Return what opens the service of these settings, on the engine's thread."""

    async def connect() -> Service:
        client = await asyncio.to_thread(import_module, "hailuo_nb.kie.client")
        api_origin, upload_origin = config.api_origin, config.upload_origin
        if config.simulator:
            found = await asyncio.to_thread(launch.ensure_simulator, config.home)
            api_origin = upload_origin = found.url
        service: Service = client.Client(
            api_origin=api_origin,
            upload_origin=upload_origin,
            key=config.key,
            user_agent=USER_AGENT,
        )
        return service

    return connect


def _loader(source: ImageSource | None, ref: ImageRef | None) -> Callable[[], bytes] | None:
    """Return how to get an image's bytes; a sample can be drawn again at any time."""
    if source is not None:
        return source.load
    if ref is not None and ref.label.startswith("sample:"):
        return find_image(ref.label, {}).load
    return None


def _address(image: ImageRef | None) -> str | None:
    if image is None:
        return None
    return image.url or f"(address of {image.label} after its upload)"


def _table_median_s(config: Config) -> float:
    return MEDIAN_S / launch.known_speed(config.home) if config.simulator else MEDIAN_S


def _new_id() -> str:
    """Return a local id: the day, then letters and digits; a file name, never a prompt."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    return time.strftime("%y%m%d") + "".join(secrets.choice(alphabet) for _ in range(8))


_PLACE = "_hailuo_nb_process"
_guard = sys.modules.setdefault(_PLACE, ModuleType(_PLACE)).__dict__
"""Outlives %reload_ext and %autoreload, which make this module anew."""


def current_session(display: Callable[[Task], None]) -> Session:
    """Return the process's session, made at the first call."""
    with _guard.setdefault("lock", threading.RLock()):
        if "session" not in _guard:
            _guard["session"] = Session(read_config(), display=display)
        session: Session = _guard["session"]
        return session
