"""The clips of an exported page, taken into the history.

A page is a stranger's: its clips are read in another process before they are kept, stand for no
request of a cell, count in no budget, and are named apart from one's own. It knows pages and the
history, not how a page looks.
"""

import hashlib
import time
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from hailuo_nb.core.disk import Draft
from hailuo_nb.core.task import Snapshot
from hailuo_nb.core.vote import Vote
from hailuo_nb.core.words import clips_in_words
from hailuo_nb.errors import PageError, SavingError, brief
from hailuo_nb.judging.votes import standing
from hailuo_nb.media.probe import faults_of
from hailuo_nb.media.reading import READERS
from hailuo_nb.store import foreign
from hailuo_nb.store.files import Files
from hailuo_nb.store.page import (
    PAGE_BYTES_MAX,
    Page,
    PageClip,
    PageStudy,
    imported_id,
    imported_name,
    read_page,
)
from hailuo_nb.store.page_clip import IMPORTED
from hailuo_nb.store.page_markup import PLACEHOLDER_ID

if TYPE_CHECKING:
    from hailuo_nb.session.session import Session

TOGETHER = 64
"""So many clips are checked at once, and recorded at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of a page: its tasks' local ids, how many are new, why others are missing."""

    ids: tuple[str, ...]
    new: int
    left_out: tuple[str, ...]

    @property
    def words(self) -> str:
        """What became of it, in a line or more."""
        there = len(self.ids) - self.new
        first = f"{clips_in_words(self.new)} imported"
        first += f", {there} there already." if there else "."
        return "\n".join([first, *(f"Left out: {brief(why, 200)}." for why in self.left_out)])


def import_page(here: "Session", path: Path) -> Imported:
    """Take the clips of an exported page into the history; what is there already stays as it is.

    Raises
    ------
    PageError
        It is no exported page, or is damaged or made up: nothing of it is taken in.
    SavingError, StoreError
        There is no room for it.
    """
    data = _read(path)
    taking = _Taking(here, path, data, read_page(data, path.name, time.time()))
    taking.run()
    return Imported(
        ids=tuple(dict.fromkeys(taking.ids.values())),
        new=taking.new,
        left_out=tuple(taking.left_out),
    )


def _read(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise PageError(f"There is no file {path}.")
        with path.open("rb") as file:
            return file.read(PAGE_BYTES_MAX + 1)
    except OSError as error:
        raise PageError(f"{path.name} cannot be read: {error.strerror}.") from None


_Due = list[tuple[PageClip, Snapshot]]
"""Clips of a page, each with the task that it becomes."""


class _Taking:
    """One page being taken in.

    Parameters
    ----------
    here, path, data, page
        The session, the page's file, its bytes, and what they say.
    """

    def __init__(self, here: "Session", path: Path, data: bytes, page: Page) -> None:
        self._here, self._path, self._data, self._page = here, path, data, page
        self._folder = here.folder
        self._known: dict[str, Snapshot] = {}
        self.ids: dict[str, str] = {}
        """The local ids in this history, by the page's own."""
        self.new = 0
        self.left_out: list[str] = []

    def run(self) -> None:
        """Take the clips in: some are checked in other processes while others are recorded."""
        due, opened = self._due(), list[list[Draft]]()
        waiting: deque[tuple[_Due, list[Draft], Future[list[str]]]] = deque()
        try:
            with ThreadPoolExecutor(READERS) as pool:
                for start in range(0, len(due), TOGETHER):
                    some, drafts = due[start : start + TOGETHER], list[Draft]()
                    opened.append(drafts)
                    for one in some:
                        self._draft(*one, drafts)
                    checked = pool.submit(faults_of, [draft.path for draft in drafts])
                    waiting.append((some, drafts, checked))
                    if len(waiting) > READERS:
                        self._keep(*waiting.popleft())
                while waiting:
                    self._keep(*waiting.popleft())
        except OSError as error:
            what = f"The clips of {self._path.name} cannot be saved: {error.strerror}."
            raise SavingError(what, advice="Make room, and import it again.") from error
        finally:
            for drafts in opened:
                _discard(drafts)
        for study in self._page.studies:
            self._take_study(study)

    def _due(self) -> _Due:
        """Return the clips that are not there yet."""
        found = [(clip, self._becomes(clip)) for clip in self._page.clips]
        wanted = {id for _, task in found for id in (task.imported, task.id) if id}
        self._known = {one.id: one for one in self._here.history.shelf.some(wanted)}
        due: _Due = []
        for clip, task in found:
            id = self._own(clip.told) or (task.id if task.sha256 else None)
            if id is None:
                self.left_out.append(f"{task.label}: {task.error}")
                continue
            is_new = id == task.id and id not in self.ids.values() and not self._is_there(id)
            self.ids[clip.told.id] = id
            due += [(clip, task)] if is_new else []
        return due

    def _becomes(self, clip: PageClip) -> Snapshot:
        """Return the task that a clip becomes; without a digest, and with the reason, if none."""
        origin, told = clip.told.imported or clip.told.id, clip.told
        try:
            digest = hashlib.sha256(self._video(clip)).hexdigest()
        except foreign.Odd as error:
            return replace(told, imported=origin, sha256=None, error=error.args[0])
        return replace(
            told,
            id=imported_id(origin, digest),
            name=imported_name(told.name) if told.name else None,
            imported=origin,
            sha256=digest,
            created_at=told.created_at or time.time(),
        )

    def _own(self, told: Snapshot) -> str | None:
        """Return the id of one's own clip that a page brings back, None where it is none."""
        if told.id.startswith(PLACEHOLDER_ID):
            known = self._here.history.of_clip(told.sha256 or "")
        else:
            known = self._known.get(told.imported or told.id)
        is_own = known is not None and known.imported is None and known.sha256 == told.sha256
        return known.id if known is not None and is_own else None

    def _is_there(self, id: str) -> bool:
        known = self._known.get(id)
        return known is not None and self._here.dispatch.clip_of(known) is not None

    def _video(self, clip: PageClip) -> bytes:
        if clip.figure.embedded is not None:
            return clip.figure.video(self._data)
        return _beside(self._path, clip.figure.beside)

    def _draft(self, clip: PageClip, task: Snapshot, drafts: list[Draft]) -> None:
        """Write a clip beside its place, to be checked there."""
        draft = Draft(Files.clip_path(self._folder, task.id))
        drafts.append(draft)
        draft.file.write(self._video(clip))
        draft.file.flush()

    def _keep(self, some: _Due, drafts: list[Draft], checked: "Future[list[str]]") -> None:
        """Keep those of some clips that play, and record those that are not recorded."""
        rows: list[Snapshot] = []
        try:
            for (clip, task), draft, fault in zip(some, drafts, checked.result(), strict=True):
                if fault:
                    self.left_out.append(f"{clip.told.label}: {fault}")
                    self.ids.pop(clip.told.id)
                    continue
                size_bytes = draft.file.tell()
                draft.settle(durable=False)
                if task.id not in self._known:
                    rows.append(self._row(clip, task, size_bytes))
            self.new += self._here.history.take_in(rows, folder=self._folder)
        finally:
            _discard(drafts)

    def _row(self, clip: PageClip, task: Snapshot, size_bytes: int) -> Snapshot:
        """Return all that there is to record of a clip whose file is there."""
        return replace(
            task,
            size_bytes=size_bytes,
            video=self._folder / f"{task.id}.mp4",
            parent=self.ids.get(task.parent or ""),
            poster=clip.figure.poster,
            strip=clip.figure.strip if clip.figure.poster else None,
        )

    def _take_study(self, one: PageStudy) -> None:
        """Record an experiment of imported clips, and count the votes on them, each once."""
        pairs = ((place, self.ids.get(place.identity, "")) for place in one.study.places)
        places = tuple(
            replace(place, identity=id) for place, id in pairs if id.startswith(IMPORTED)
        )
        if not places:
            return
        study = replace(one.study, places=places)
        name, experiments = imported_name(one.name), self._here.history.experiments
        with self._here.history.together():
            if not any(study.digest in known.study.digests for known in experiments.named(name)):
                experiments.record(name, study)
            self._count(one.votes, name, study.digest, {place.identity for place in places})

    def _count(self, votes: Sequence[Vote], name: str, digest: str, ids: set[str]) -> None:
        log = self._here.history.votes.of(name, digest, clips=ids).votes
        known = {(vote.judge, vote.at) for vote in log}
        mapped = [_mapped(vote, name, digest, self.ids) for vote in standing(votes)]
        self._here.history.votes.add(
            vote
            for vote in mapped
            if {vote.left, vote.right} <= ids and (vote.judge, vote.at) not in known
        )


def _discard(drafts: Iterable[Draft]) -> None:
    for draft in drafts:
        draft.discard()


def _mapped(vote: Vote, name: str, digest: str, ids: Mapping[str, str]) -> Vote:
    """Return a vote of a page as one of this history; its id follows from what it says."""
    left, right = ids.get(vote.left, ""), ids.get(vote.right, "")
    said = f"{digest} {vote.judge} {vote.at!r} {left} {right}"
    id = hashlib.sha256(said.encode()).hexdigest()[:32]
    return replace(vote, id=id, experiment=name, digest=digest, left=left, right=right)


def _beside(page: Path, address: str) -> bytes:
    """Return a clip's bytes that lie beside a page; raises `foreign.Odd` where they do not.

    Only in the page's folder or below it, and behind no link.
    """
    folder = page.parent.resolve()
    try:
        path = folder / unquote(address, errors="strict")
        is_held = (
            ":" not in address
            and folder in path.parents
            and path.resolve() == path
            and path.is_file()
            and path.stat().st_size <= PAGE_BYTES_MAX
        )
        found = path.read_bytes() if is_held else b""
    except (OSError, ValueError, RuntimeError):
        found = b""
    if not found:
        raise foreign.Odd("its clip is not on the page, nor beside it")
    return found
