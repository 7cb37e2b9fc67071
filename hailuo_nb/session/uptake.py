"""Taking up: a recorded task goes on where it was left, and nothing is paid for twice.

It knows the history, and the keys and caps that a task is held to; it makes no new task.
"""

import logging
from abc import ABC, abstractmethod
from collections.abc import Coroutine, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from hailuo_nb.config import Config
from hailuo_nb.core.request import Request
from hailuo_nb.core.task import FINAL, Record, Snapshot, taken_up
from hailuo_nb.errors import (
    AuthenticationError,
    NotFound,
    RequestRefused,
    ServiceError,
    SetupError,
    StoreError,
)
from hailuo_nb.runner.connection import Shared
from hailuo_nb.runner.interrupted import others_since, take_back
from hailuo_nb.runner.lifecycle import NEVER_SENT
from hailuo_nb.runner.runner import Runner
from hailuo_nb.runner.task import Task
from hailuo_nb.session.order import Order, plan_of
from hailuo_nb.store.files import Files
from hailuo_nb.store.history import History

log = logging.getLogger("hailuo_nb")

ANSWER_TIMEOUT_S = 60.0

_Answer = TypeVar("_Answer")


class Uptake(ABC):
    """What is done with recorded tasks; `hailuo_nb.session.desk.Desk` makes new ones of orders."""

    config: Config
    history: History

    @property
    @abstractmethod
    def folder(self) -> Path:
        """Where this notebook's clips go."""

    @abstractmethod
    def runner(self, service: str | None = None) -> Runner:
        """Return the runner of a service, today's when left out."""

    def key_print(self) -> str | None:
        """Return a salted fingerprint of today's key, None where there is none."""
        return self.config.key_print(self.history.salt)

    def take_up(
        self, known: Snapshot, order: Order | None = None, *, send: bool = False
    ) -> Task | None:
        """Return a recorded task, looked after again where there is something to do.

        One that another kernel looks after is followed. Free, but for a task that never
        left and is sent with ``order`` or ``send``. None where a new task is due.
        """
        runner, name = self.runner(known.service), order.name if order else None
        task = runner.find(known.id)
        if task is None or (task.state in FINAL and known.state != "unsure"):
            send = send or order is not None
            plan = plan_of(
                order or Order(request=known.request), self._folder_of(known), may_send=send
            )
            self._check_key(known)
            if send and known.state == "waiting":
                self.key_print()  # a keyring may take its time: not while the history is held
            now = self._leased(known, send=send)
            if now is None:
                return None
            if order is not None and now.unreadable:  # what the order asks for is what it was
                now = replace(now, request=order.request)
            task = runner.start(now, plan)
        if name is not None and name != task.name:
            runner.rename(task, name)
        return task

    def take_back_ids(self) -> None:
        """Give the history the ids that it could not take, as far as it takes them now."""
        for known in self.history.without_id():
            try:
                self._taken_back(known)
            except StoreError as error:
                log.info("the id of task %s stays beside the clips: %s", known.id, error)

    def _taken_back(self, known: Snapshot) -> Snapshot:
        """Return a task with its id, where a file beside the clips tells of one."""
        for folder in dict.fromkeys((self._folder_of(known), self.folder)):
            known = take_back(self.history, self._files, folder, known)
        return known

    @cached_property
    def _files(self) -> Files:
        return Files(self.config.home)

    def restart(self, snapshot: Snapshot) -> Task:
        """Go on with a task from a state that the person has settled."""
        order = Order(request=snapshot.request)
        plan = plan_of(order, self._folder_of(snapshot), may_send=False)
        return self.runner(snapshot.service).start(snapshot, plan)

    def clip_of(self, known: Snapshot) -> Path | None:
        """Return where a task's clip lies whole: the folder may have moved with the notebook."""
        places = [known.video, self.folder / f"{known.id}.mp4"]
        if known.unreadable:  # its row does not say where its clip was saved
            places.append(self._folder_of(known) / f"{known.id}.mp4")
        found = (path for path in places if path is not None)
        return next((path for path in found if _is_whole(path, known.size_bytes)), None)

    def as_it_lies(self, known: Snapshot) -> Snapshot:
        """Return a task whose record cannot be read as done where its clip lies there."""
        clip = self.clip_of(known) if known.unreadable else None
        return known if clip is None else taken_up(known, clip=clip) or known

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

    def _check_credits(
        self, requests: Sequence[Request], max_credits: float | None, redone: Sequence[str]
    ) -> None:
        """Hold what would be sent to the caps; ``redone`` are recorded tasks that it is."""
        if requests and not self.config.simulator:
            self.history.budget.check(
                requests,
                service=self.config.service,
                max_credits=max_credits,
                balance=self.runner().shared.fresh_balance(),
                redone=redone,
            )

    def _leased(self, known: Snapshot, *, send: bool) -> Snapshot | None:
        """Return where a task goes on here, as it is where another kernel holds it."""
        if known.state in FINAL and not self.history.is_writable:
            return known
        with self.history.together():
            if not self.history.lease(known.id):
                return known
            known = self._taken_back(self.history.get(known.id) or known)
            others = others_since(self.history, known)
            now = taken_up(known, clip=self.clip_of(known), others=others)
            if now is None or (now.state == "waiting" and not send):
                self.history.release(known.id)
                return None
            if now.state == "waiting":
                self._enter(now)
            return now if self.history.save(now) else known

    def _enter(self, now: Snapshot) -> None:
        """Hold a task that never left to the caps, as one of today and of this session.

        Others that wait and that nobody sends leave it their room.
        """
        idle = self.history.never_sent()
        self._check_credits([now.request], None, [now.id, *idle])
        self.history.budget.enter(now.id)
        self.history.set_key_print(now.id, self.key_print())

    def _check_key(self, known: Snapshot) -> None:
        """Refuse to watch a task of another key, unless the service tells this one of it."""
        now = taken_up(known, clip=self.clip_of(known))
        if now is None or now.state in FINAL or now.task_id is None:
            return
        made_with = self.history.key_print_of(known.id)
        if made_with is None or self.history.held_elsewhere(known.id):
            return
        key_print = self.key_print()
        if made_with == key_print or (made_with, key_print) in self._told_of:
            return
        runner = self.runner(known.service)
        try:
            self.ask(_record_of(runner.shared, now.task_id), runner)
        except (AuthenticationError, NotFound, RequestRefused):
            raise SetupError(
                f"Task {now.label} was made with another key, and the service tells this key "
                "nothing of it.",
                advice="%hailuo login takes that key, and it is watched on, free.",
            ) from None
        self._told_of.add((made_with, key_print))

    @cached_property
    def _told_of(self) -> set[tuple[str | None, str | None]]:
        """Pairs of keys by their prints: the service tells the second of the first one's tasks."""
        return set()

    def _as_it_is(self, runner: Runner, known: Snapshot) -> Task:
        """Look after what was under way; only keep what is final or was never sent."""
        known = self.as_it_lies(known)
        if not self.history.is_writable:
            plan = plan_of(Order(request=known.request), self._folder_of(known), may_send=False)
            return runner.start(known, plan, run=False)
        task = self.take_up(known) if known.state not in FINAL else None
        if task is not None:
            return task
        if known.state == "waiting":
            known = replace(known, state="stopped", error=NEVER_SENT, error_kind="TaskStopped")
        plan = plan_of(Order(request=known.request), self._folder_of(known), may_send=False)
        return runner.start(known, plan)

    def _folder_of(self, known: Snapshot) -> Path:
        return self.history.folder_of(known.id) or self.folder


async def _record_of(shared: Shared, task_id: str) -> Record:
    return await (await shared.service()).record_info(task_id)


def _is_whole(path: Path, size_bytes: int | None) -> bool:
    try:
        return path.is_file() and size_bytes in (None, path.stat().st_size)
    except OSError:
        return False
