"""The runner: takes tasks in, keeps those of this process, hands out handles."""

from collections.abc import Callable
from dataclasses import replace

from hailuo_nb.core.request import ImageRef
from hailuo_nb.core.task import FINAL, Snapshot
from hailuo_nb.runner.connection import Shared
from hailuo_nb.runner.engine import Engine
from hailuo_nb.runner.interfaces import Observer
from hailuo_nb.runner.job import Job, Needs
from hailuo_nb.runner.lifecycle import live
from hailuo_nb.runner.task import Kin, Task
from hailuo_nb.runner.uploads import begin_poster


class Runner:
    """Every task of this process and the thread that runs them.

    Parameters
    ----------
    engine
        The thread.
    shared
        The service that all tasks use.
    display
        Shows a task that stands alone in a cell's last line.
    kin
        Who knows which clip another was made of.
    watch
        Told of each task as it is taken in, on whichever thread, and of its changes.
    """

    def __init__(
        self,
        engine: Engine,
        shared: Shared,
        *,
        display: Callable[[Task], None],
        kin: Kin,
        watch: Observer = lambda _: None,
    ) -> None:
        self.engine = engine
        self.shared = shared
        self._display = display
        self._kin = kin
        self._watch = watch
        self._jobs: dict[str, Job] = {}
        engine.before_close(shared.replies)
        engine.at_close(shared.close)
        engine.spawn(shared.keep_leases())

    @property
    def tasks(self) -> list[Task]:
        """The tasks that this process has run or is running, oldest first."""
        return [self._handle(id) for id in list(self._jobs)]

    def start(self, snapshot: Snapshot, needs: Needs, *, run: bool = True) -> Task:
        """Run a recorded task from where it is, anew where it ran before.

        One that is final, or with ``run`` False, is only kept, to be shown.
        """
        job = self._job(snapshot, needs)
        self._jobs[snapshot.id] = job
        job.attach(self._watch, self._watch)
        if run and snapshot.state not in FINAL:
            self.engine.spawn(live(job, self.shared))
        return self._handle(snapshot.id)

    def begin_poster(self, image: ImageRef, draw: Callable[[], str]) -> None:
        """Begin to draw an image small, before the first task that begins with it."""
        if image.digest is not None:
            self.engine.call(begin_poster, self.shared, image.digest, draw)

    def poster(self, image: ImageRef | None) -> str | None:
        """Return an image drawn small, None where it is not drawn, or not yet."""
        drawn = self.shared.posters.get(image.digest or "") if image is not None else None
        if drawn is None or not drawn.done() or drawn.cancelled() or drawn.exception() is not None:
            return None
        return drawn.result()

    def find(self, id: str) -> Task | None:
        """Return this process's task of a local id."""
        return self._handle(id) if id in self._jobs else None

    def keep(self, snapshot: Snapshot, needs: Needs) -> Task:
        """Return a handle of a final task that is in no history; it is only shown.

        It takes no other task's place, should one of this process have the same id.
        """
        job = self._job(snapshot, needs)
        return self._handle(snapshot.id, lambda _: job)

    def rename(self, task: Task, name: str) -> None:
        """Give a task another name."""
        self.shared.journal.rename(task.id, name)
        self.engine.call(_rename, self._jobs[task.id], name)

    def _job(self, snapshot: Snapshot, needs: Needs) -> Job:
        shared = self.shared
        return Job(snapshot=snapshot, needs=needs, journal=shared.journal, files=shared.files)

    def _handle(self, id: str, find_job: Callable[[str], Job] | None = None) -> Task:
        find = find_job or self._jobs.__getitem__
        return Task(id, self.engine, find_job=find, display=self._display, kin=self._kin)


def _rename(job: Job, name: str) -> None:
    job.mirror(replace(job.snapshot, name=name))
