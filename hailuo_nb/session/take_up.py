"""Taking up: a recorded task goes on where it was left, and nothing is paid for twice.

It knows the history, and the keys and caps that a task is held to; it makes no new task,
and `hailuo_nb.session.dispatch` lets one thread at a time come here.
"""

import logging
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from hailuo_nb.core.budget import check_cell
from hailuo_nb.core.disk import check_room
from hailuo_nb.core.request import ImageRef, Request
from hailuo_nb.core.task import FINAL, Record, Snapshot, taken_up
from hailuo_nb.errors import (
    AuthenticationError,
    NotFound,
    RequestRefused,
    SetupError,
    StoreError,
    setting,
)
from hailuo_nb.media.sources import ImageSource, find_image
from hailuo_nb.runner.connection import Shared
from hailuo_nb.runner.job import Needs
from hailuo_nb.runner.lifecycle import NEVER_SENT
from hailuo_nb.runner.submit import others_since, take_back
from hailuo_nb.runner.task import Task
from hailuo_nb.session.plan import PlanItem
from hailuo_nb.store.files import Files

if TYPE_CHECKING:
    from hailuo_nb.session.session import Session


ROOM_BYTES = 50_000_000
"""A disk with less room takes no clip."""

log = logging.getLogger("hailuo_nb")


class TakeUp:
    """What is done with the recorded tasks of a session."""

    def __init__(self, here: "Session") -> None:
        self._here = here
        self._told_of: set[tuple[str | None, str | None]] = set()
        """Pairs of keys by their prints: the service tells the second of the first one's tasks."""

    def take_up(self, known: Snapshot, item: PlanItem | None, *, send: bool) -> Task | None:
        """Return a recorded task, looked after again where there is something to do.

        None where a new task is due.
        """
        runner, name = self._here.runner(known.service), item.name if item else None
        task = runner.find(known.id)
        if task is None or (task.state in FINAL and known.state != "unsure"):
            send = send or item is not None
            item = item or PlanItem(request=known.request)
            if send:  # a person asks; who only watches leaves it where it belongs
                self.house(known)
            if send and known.state == "waiting":  # what may take its time, before it is written
                check_folder(self._folder_of(known))
                self._here.key_print()
            now = self._leased(known, send=send)
            if now is None:
                return None
            if now.unreadable:  # what is asked for is what it was
                now = replace(now, request=item.request)
            task = runner.start(now, needs_of(item, self._folder_of(known), may_send=send))
        if name is not None and name != task.name and task.id != (item and item.parent):
            self._keep_name(task)
            runner.rename(task, name)
        return task

    def _keep_name(self, task: Task) -> None:
        """Keep by which name a task was found so far: it is found by it after a restart, too."""
        known = task.snapshot
        if known.name is None or not known.name.isidentifier():
            return
        identity = known.request.identity(known.service)
        try:
            self._here.history.experiments.keep_name(known.name, known.created_at, identity)
        except StoreError as error:
            log.info("the name %s is not kept: %s", known.name, error)

    def house(self, known: Snapshot) -> None:
        """Have a task saved in the folder of today where its own takes no clip any more."""
        is_there = known.state == "done" and self.clip_of(known) is not None
        if known.task_id is None or is_there:  # nothing is paid, or nothing is missing
            return
        own, here = self._here.history.folder_of(known.id), self._here.folder
        if own not in (None, here) and not _takes_clips(own) and _takes_clips(here):
            self._here.history.move(known.id, here)

    def restart(self, snapshot: Snapshot) -> Task:
        """Go on with a task from a state that the person has settled."""
        return self._start(snapshot)

    def kept(self, known: Snapshot) -> Task:
        """Keep a task that is final or was never sent, or that nobody may record, to be shown."""
        if not self._here.history.is_writable:
            return self._start(known, run=False)
        if known.state == "waiting":
            known = replace(known, state="stopped", error=NEVER_SENT, error_kind="TaskStopped")
        return self._start(known)

    def take_back_ids(self) -> None:
        """Give the history the ids that it could not take, as far as it takes them now."""
        for known in self._here.history.without_id():
            try:
                self._taken_back(known)
            except StoreError as error:
                log.info("the id of task %s stays beside the clips: %s", known.id, error)

    def clip_of(self, known: Snapshot) -> Path | None:
        """Return where a task's clip lies whole: the folder may have moved with the notebook."""
        places = [known.video, self._here.folder / f"{known.id}.mp4"]
        if known.unreadable:  # its row does not say where its clip was saved
            places.append(self._folder_of(known) / f"{known.id}.mp4")
        found = (path for path in places if path is not None)
        return next((path for path in found if _is_whole(path, known.size_bytes)), None)

    def as_it_lies(self, known: Snapshot) -> Snapshot:
        """Return a task whose record cannot be read as done where its clip lies there."""
        clip = self.clip_of(known) if known.unreadable else None
        return known if clip is None else taken_up(known, clip=clip) or known

    def check_credits(
        self, requests: Sequence[Request], max_credits: float | None, redone: Sequence[str]
    ) -> None:
        """Hold what would be sent to the caps; ``redone`` are recorded tasks that it is.

        What is simulated is held to the limit of its own cell alone.
        """
        here = self._here
        if requests and here.config.simulator:
            if max_credits is not None:
                check_cell(requests, max_credits)
        elif requests:
            here.history.budget.check(
                requests,
                service=here.config.service,
                max_credits=max_credits,
                balance=here.runner().shared.fresh_balance(),
                redone=redone,
            )

    def check_key(self, known: Snapshot) -> None:
        """Refuse to watch a task of another key, unless the service tells this one of it.

        Raises
        ------
        SetupError
            It does not.
        """
        here, now = self._here, taken_up(known, clip=self.clip_of(known))
        if now is None or now.state in FINAL or now.task_id is None:
            return
        made_with = here.history.key_print_of(known.id)
        if made_with is None or here.history.held_elsewhere(known.id):
            return
        key_print = here.key_print()
        if made_with == key_print or (made_with, key_print) in self._told_of:
            return
        runner = here.runner(known.service)
        try:
            here.ask(_record_of(runner.shared, now.task_id), runner)
        except (AuthenticationError, NotFound, RequestRefused):
            raise SetupError(
                f"Task {now.label} was made with another key, and the service tells this key "
                "nothing of it.",
                advice="%hailuo login takes that key, and it is watched on, free.",
            ) from None
        self._told_of.add((made_with, key_print))

    def _start(self, known: Snapshot, *, run: bool = True) -> Task:
        needs = needs_of(PlanItem(request=known.request), self._folder_of(known), may_send=False)
        return self._here.runner(known.service).start(known, needs, run=run)

    def _leased(self, known: Snapshot, *, send: bool) -> Snapshot | None:
        """Return where a task goes on here, as it is where another kernel holds it."""
        history = self._here.history
        if known.state in FINAL and not history.is_writable:
            return known
        with history.together():
            if not history.lease(known.id):
                return known
            known = self._taken_back(history.get(known.id) or known)
            others = others_since(history, known)
            now = taken_up(known, clip=self.clip_of(known), others=others)
            if now is None or (now.state == "waiting" and not send):
                history.release(known.id)
                return None
            if now.state == "waiting":
                self._enter(now)
            return now if history.save(now) else known

    def _enter(self, now: Snapshot) -> None:
        """Hold a task that never left to the caps, as one of today and of this session.

        Others that wait and that nobody sends leave it their room.
        """
        history = self._here.history
        idle = history.never_sent()
        self.check_credits([now.request], None, [now.id, *idle])
        history.budget.enter(now.id)
        history.set_key_print(now.id, self._here.key_print())

    def _taken_back(self, known: Snapshot) -> Snapshot:
        """Return a task with its id, where a file beside the clips tells of one."""
        here = self._here
        files = Files(here.config.home)
        for folder in dict.fromkeys((self._folder_of(known), here.folder)):
            known = take_back(here.history, files, folder, known)
        return known

    def _folder_of(self, known: Snapshot) -> Path:
        return self._here.history.folder_of(known.id) or self._here.folder


def _takes_clips(folder: Path) -> bool:
    try:
        check_room(folder)
        return shutil.disk_usage(folder).free > ROOM_BYTES
    except OSError:
        return False


def check_folder(folder: Path) -> None:
    """Refuse to pay for a clip that could not be put anywhere.

    Raises
    ------
    SetupError
        Nothing can be written to the folder where it belongs.
    """
    try:
        check_room(folder)
    except OSError as error:
        raise SetupError(
            f"No clip can be written to the folder {folder}: {error.strerror}.",
            advice=f"Move away what lies there instead, make room, or {setting('HAILUO_VIDEOS')}.",
        ) from error


def needs_of(item: PlanItem, folder: Path, *, may_send: bool) -> Needs:
    """Return what the runner needs besides the request.

    The clip goes to ``folder``; ``may_send`` says whether the person has asked for it to be
    sent, should it not have left yet.
    """
    return Needs(
        folder=folder,
        load_image=_loader(item.image, item.request.image),
        load_end_image=_loader(item.end_image, item.request.end_image),
        watch_for_s=item.watch_for_s,
        may_send=may_send,
    )


def _loader(source: ImageSource | None, ref: ImageRef | None) -> Callable[[], bytes] | None:
    """Return how to get an image's bytes; a sample can be drawn again at any time."""
    if source is not None:
        return source.load
    if ref is not None and ref.label.startswith("sample:"):
        return find_image(ref.label, {}).load
    return None


async def _record_of(shared: Shared, task_id: str) -> Record:
    return await (await shared.service()).record_info(task_id)


def _is_whole(path: Path, size_bytes: int | None) -> bool:
    try:
        return path.is_file() and size_bytes in (None, path.stat().st_size)
    except OSError:
        return False
