"""The session: builds what a notebook needs and keeps it, once a process.

The only place that puts the rooms together: settings -> history, thread, service, runner,
dispatch. It lives in one guarded place, so that reloading the extension neither doubles it
nor ends paid tasks.
"""

import atexit
import os
import sys
from collections.abc import Callable, Coroutine, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar

from hailuo_nb.config import Config, public_urls, read_config
from hailuo_nb.core.fork import ProcessLock, in_child
from hailuo_nb.core.names import FOLDER
from hailuo_nb.core.task import FINAL, Snapshot
from hailuo_nb.errors import HailuoError, ServiceError
from hailuo_nb.runner.connection import BALANCE_TIMEOUT_S
from hailuo_nb.runner.engine import Engine
from hailuo_nb.runner.experiment import Experiment
from hailuo_nb.runner.interfaces import Observer
from hailuo_nb.runner.runner import Runner
from hailuo_nb.runner.task import Task
from hailuo_nb.session import registry
from hailuo_nb.session.called import Called
from hailuo_nb.session.dispatch import Dispatch
from hailuo_nb.session.keeping import Keeping
from hailuo_nb.session.left import at_end_words
from hailuo_nb.session.lineage import Lineage
from hailuo_nb.session.measuring import Measuring
from hailuo_nb.session.plan import Plan
from hailuo_nb.session.redaction import redact_with
from hailuo_nb.session.services import connector, shared_of
from hailuo_nb.session.shell import Host
from hailuo_nb.store import wake
from hailuo_nb.store.history import History
from hailuo_nb.store.registry import register

ANSWER_TIMEOUT_S = 60.0

_Answer = TypeVar("_Answer")


class View(Protocol):
    """Something on the page that shows a task."""

    def settle_again(self) -> None:
        """Publish a final state once more, from the running cell."""

    def follow_again(self, id: str) -> None:
        """Show a task that goes on after its end."""


class Session:
    """One notebook process: its settings, history, thread and tasks.

    Parameters
    ----------
    config
        The settings.
    display
        Shows a task or an experiment that stands alone in a cell's last line.
    draw
        Returns a plan's text and HTML by media type.

    Attributes
    ----------
    dispatch
        Makes tasks of plans, and takes up those of the history.
    measuring
        Measures their clips.
    keeping
        Has a process of its own go on with them when this one has ended.
    watchers
        Told of every task of this process as it is taken in, and of its changes.
    """

    def __init__(
        self,
        config: Config,
        *,
        display: Callable[[Task | Experiment], None],
        draw: Callable[[Plan], Mapping[str, str]] | None = None,
    ) -> None:
        self.config = config
        self.host = registry.state.get("host") or Host(config.notebook)
        self.history = History(config.home)
        self.dispatch = Dispatch(self)
        self.draw = draw
        self.views: dict[str, list[View]] = {}
        self.display = display
        self._building = ProcessLock()
        self._pid = os.getpid()
        self._engine: Engine | None = None
        self._runners: dict[str, Runner] = {}
        self._earlier: list[Runner] = []
        self._told: set[str] = set()
        self.measuring = Measuring(self)
        self.keeping = Keeping(self)
        self._called = Called(self.history, self._spawn, self.resume)
        self.watchers: list[Observer] = [self.measuring.note, self.await_call]
        redact_with(self._mask)
        in_child(self._leave_parents)

    @property
    def folder(self) -> Path:
        """Where this notebook's clips go, as a whole path."""
        return self.host.folder / (self.config.videos or FOLDER)

    @property
    def tasks(self) -> list[Task]:
        """Every task of this process, oldest first."""
        found = [task for runner in self._all_runners for task in runner.tasks]
        return sorted(found, key=lambda task: task.snapshot.created_at)

    def own(self, id: str) -> Task | None:
        """Return this process's task of a local id."""
        found = (runner.find(id) for runner in self._all_runners)
        return next((task for task in found if task is not None), None)

    def resume(self, now: Snapshot) -> Task:
        """Go on with a task that was unsure and is recorded as sent, also where it is shown."""
        task = self.dispatch.restart(now)
        for view in list(self.views.get(now.id, ())):
            view.follow_again(now.id)
        return task

    def await_call(self, snapshot: Snapshot) -> None:
        """Wait for a callback about a task that is unsure, where one may come or came already."""
        is_unsure = snapshot.state == "unsure" and not snapshot.simulated
        if is_unsure and (public_urls() or wake.said_of(snapshot.id)):
            self._called.wait(snapshot, self.runner(snapshot.service).shared)

    @property
    def awaited(self) -> list[Task]:
        """Every task of this process whose end `waited` was not told of, oldest first."""
        return [task for task in self.tasks if task.id not in self._told or not is_over(task)]

    def waited(self, tasks: Sequence[Task]) -> None:
        """Note that the person was told how these ended."""
        self._told |= {task.id for task in tasks if is_over(task)}

    def unfinished(self) -> list[Snapshot]:
        """Return the recorded tasks that were under way and that this process does not run."""
        running = {task.id for task in self.tasks if task.state not in FINAL}
        return [known for known in self.history.unfinished() if known.id not in running]

    def key_print(self) -> str | None:
        """Return a salted fingerprint of today's key, None where there is none."""
        return self.config.key_print(self.history.salt)

    def runner(self, service: str | None = None) -> Runner:
        """Return the runner of a service, today's when left out; the engine is built once."""
        wanted = service or self.config.service
        with self._building:
            if self._engine is None or not self._engine.alive:
                self._engine, self._runners, self._earlier = Engine(), {}, []
                if self.host.shell is None:
                    atexit.register(self._say_left)
            if not self._runners:
                register(self.config.home, self.history.holder)
            if wanted not in self._runners:
                known = self._config_of(wanted)
                shared = shared_of(known, self.history, tell=self.host.tell)
                self._runners[wanted] = Runner(
                    self._engine,
                    shared,
                    display=self.display,
                    kin=Lineage(self),
                    watch=self._watch,
                )
            return self._runners[wanted]

    def ask(self, question: Coroutine[Any, Any, _Answer], runner: Runner) -> _Answer:
        """Return what the service answers; waits for it.

        Raises
        ------
        HailuoError
            It refuses, or does not answer.
        """
        asked = runner.engine.start(question)
        try:
            return asked.result(ANSWER_TIMEOUT_S)
        except TimeoutError:
            asked.cancel()
            raise ServiceError("The service does not answer.") from None

    def tell(self, snapshot: Snapshot) -> None:
        """Tell who watches of a task of the history that this process does not run."""
        self.runner().engine.call(self._watch, snapshot)

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

    def configure(self, config: Config) -> None:
        """Use these settings from now on; tasks under way are watched on."""
        if config.home != self.config.home:
            self.history.close()
            session_cap = self.history.budget.session_cap
            self.history = History(config.home)
            self.history.budget.session_cap = session_cap
            self._earlier += self._runners.values()  # their tasks are watched on
            self._runners = {}
        self.config = config
        redact_with(self._mask)
        if self._engine is not None and config.service in self._runners:
            shared = self._runners[config.service].shared
            shared.connect, shared.heard = connector(config), None
            self._engine.call(shared.reconnect)

    def close(self) -> None:
        """End the thread; paid tasks go on at the service."""
        atexit.unregister(self._say_left)
        self.measuring.close()
        if self._engine is not None:
            self._engine.close()
        self.history.close()

    def _say_left(self) -> None:
        """At the end of a script: say what it leaves unfinished, and how to go on."""
        left = [task for task in self.tasks if not is_over(task)]
        if left and self._pid == os.getpid() and sys.stderr is not None:
            sys.stderr.write(f"hailuo_nb: {at_end_words(len(left))}\n")

    def _leave_parents(self) -> None:
        """In a forked child: what runs is its parent's; the child has a session of its own."""
        if registry.state.get("session") is self:
            # Kept, since nothing of it may be closed here.
            registry.state["parents"] = registry.state.pop("session")
            registry.state["config"] = self.config

    @property
    def _all_runners(self) -> list[Runner]:
        return [*self._earlier, *self._runners.values()]

    def _config_of(self, service: str) -> Config:
        config = self.config
        return config if service == config.service else config.for_service(service)

    def _watch(self, snapshot: Snapshot) -> None:
        for watcher in list(self.watchers):
            watcher(snapshot)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        self.runner().engine.spawn(work)

    def _mask(self, text: str) -> str:
        return self.config.mask(text)


def is_over(task: Task) -> bool:
    """Return whether a task has ended, one way or another."""
    return task.state in FINAL


def current_session(
    display: Callable[[Task | Experiment], None], draw: Callable[[Plan], Mapping[str, str]]
) -> Session:
    """Return the process's session, made at the first call."""
    with registry.state["lock"]:
        if "session" not in registry.state:
            config = registry.state.get("config") or read_config()
            made = registry.state["session"] = Session(config, display=display, draw=draw)
            made.watchers.append(made.keeping.note)
        session: Session = registry.state["session"]
        return session
