"""The session: builds what a notebook needs and keeps it, once a process.

The only place that puts the rooms together: settings -> history, thread, service,
runner. It lives in one guarded place, so that reloading the extension neither doubles
it nor ends paid tasks.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from hailuo_nb.config import Config, read_config
from hailuo_nb.core.fork import in_child
from hailuo_nb.core.names import FOLDER
from hailuo_nb.core.task import Snapshot
from hailuo_nb.runner.connection import Shared
from hailuo_nb.runner.engine import Engine
from hailuo_nb.runner.runner import Runner
from hailuo_nb.runner.task import Task
from hailuo_nb.session import registry
from hailuo_nb.session.connect import connector, shared_of
from hailuo_nb.session.desk import Desk, is_over
from hailuo_nb.session.redaction import redact_with
from hailuo_nb.session.shell import Host
from hailuo_nb.store.history import History


class View(Protocol):
    """Something on the page that shows a task."""

    def settle_again(self, snapshot: Snapshot) -> None:
        """Publish a final state once more, from the running cell."""


class Session(Desk):
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
        self.host = registry.state.get("host") or Host(config.notebook)
        self.history = History(config.home)
        self.views: dict[str, list[View]] = {}
        self._display = display
        self._engine: Engine | None = None
        self._runners: dict[str, Runner] = {}
        self._earlier: list[Runner] = []
        self._told: set[str] = set()
        redact_with(self._mask)
        in_child(self._leave_parents)

    @property
    def folder(self) -> Path:
        """Where this notebook's clips go."""
        return self.config.videos or self.host.folder / FOLDER

    @property
    def tasks(self) -> list[Task]:
        """Every task of this process, oldest first."""
        found = [task for runner in self._all_runners for task in runner.tasks]
        return sorted(found, key=lambda task: task.snapshot.created_at)

    def own(self, id: str) -> Task | None:
        """Return this process's task of a local id."""
        found = (runner.find(id) for runner in self._all_runners)
        return next((task for task in found if task is not None), None)

    @property
    def _all_runners(self) -> list[Runner]:
        return [*self._earlier, *self._runners.values()]

    @property
    def awaited(self) -> list[Task]:
        """Every task of this process whose end `waited` was not told of, oldest first."""
        return [task for task in self.tasks if task.id not in self._told or not is_over(task)]

    def waited(self, tasks: Sequence[Task]) -> None:
        """Note that the person was told how these ended."""
        self._told |= {task.id for task in tasks if is_over(task)}

    def runner(self, service: str | None = None) -> Runner:
        """Return the runner of a service, today's when left out."""
        if self._engine is None or not self._engine.alive:
            self._engine, self._runners, self._earlier = Engine(), {}, []
        wanted = service or self.config.service
        if wanted not in self._runners:
            shared = self._shared(wanted)
            self._runners[wanted] = Runner(self._engine, shared, display=self._display)
        return self._runners[wanted]

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
        if self._engine is not None:
            self._engine.close()
        self.history.close()

    def _leave_parents(self) -> None:
        """In a forked child: what runs is its parent's; the child has a session of its own."""
        if registry.state.get("session") is self:
            registry.state["parents"] = registry.state.pop(
                "session"
            )  # kept: nothing of it is closed
            registry.state["config"] = self.config

    def _mask(self, text: str) -> str:
        return self.config.mask(text)

    def _shared(self, service: str) -> Shared:
        config = self.config
        known = config if service == config.service else config.for_service(service)
        return shared_of(known, self.history)


def current_session(display: Callable[[Task], None]) -> Session:
    """Return the process's session, made at the first call."""
    with registry.state["lock"]:
        if "session" not in registry.state:
            config = registry.state.get("config") or read_config()
            registry.state["session"] = Session(config, display=display)
        session: Session = registry.state["session"]
        return session
