"""Exported pages: the data that one carries, and the clips of one taken into the history.

A page is a stranger's: its clips are read in another process before they are kept, stand for no
request of a cell, count in no budget, and are named apart from one's own. It knows pages and the
history, not how a page looks.
"""

import hashlib
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from hailuo_nb.core.disk import Draft
from hailuo_nb.core.pictures import Pictures
from hailuo_nb.core.study import Study
from hailuo_nb.core.task import Snapshot
from hailuo_nb.core.vote import Vote
from hailuo_nb.core.words import clips_in_words
from hailuo_nb.errors import PageError, SavingError, brief
from hailuo_nb.judging.votes import standing
from hailuo_nb.media.probe import faults_of
from hailuo_nb.runner.experiment import Experiment
from hailuo_nb.runner.task import Task
from hailuo_nb.store import foreign
from hailuo_nb.store.files import Files
from hailuo_nb.store.page import (
    PAGE_BYTES_MAX,
    Page,
    PageClip,
    PageStudy,
    imported_id,
    imported_name,
    page_data,
    read_page,
)
from hailuo_nb.store.page_clip import IMPORTED
from hailuo_nb.store.page_markup import PLACEHOLDER_ID

if TYPE_CHECKING:
    from hailuo_nb.session.session import Session

TOGETHER = 32
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


def data_of(here: "Session", found: Sequence[Task | Experiment], shown: Sequence[Task]) -> str:
    """Return what a page with these clips carries, so that it can be taken in.

    Parameters
    ----------
    found
        What was asked for; the votes on an experiment go with it.
    shown
        Its tasks in the page's order; those without a clip are left out.
    """
    clips = [
        (at, replace(task.snapshot, rating=task.rating))
        for at, task in enumerate(shown)
        if task.state == "done" and task.snapshot.sha256 is not None
    ]
    ids = {one.id for _, one in clips}
    studies = (_told(here, one, ids) for one in found if isinstance(one, Experiment) and one.name)
    return page_data(clips, studies)


def _told(here: "Session", whole: Experiment, ids: set[str]) -> PageStudy:
    """Return an experiment with the votes that stand on those of its clips that are shown."""
    study, name = whole.study, whole.name or ""
    pairs = zip(study.places, whole, strict=True)
    places = tuple(replace(place, identity=task.id) for place, task in pairs if task.id in ids)
    log = standing(here.history.votes.of(name, *study.digests).votes)
    return PageStudy(
        name=name,
        study=Study(axes=study.axes, places=places, left_out=study.left_out),
        votes=tuple(vote for vote in log if vote.left in ids and vote.right in ids),
    )


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


class _Taking:
    """One page being taken in.

    Parameters
    ----------
    here, path, data, page
        The session, the page's file, its bytes, and what they say.
    """

    def __init__(self, here: "Session", path: Path, data: bytes, page: Page) -> None:
        self._here, self._path, self._data, self._page = here, path, data, page
        self._files = Files(here.config.home)
        self.ids: dict[str, str] = {}
        """The local ids in this history, by the page's own."""
        self.new = 0
        self.left_out: list[str] = []

    def run(self) -> None:
        due = list(self._due())
        for start in range(0, len(due), TOGETHER):
            self._take(due[start : start + TOGETHER])
        for one in self._page.studies:
            self._take_study(one)

    def _due(self) -> Iterator[tuple[PageClip, Snapshot]]:
        """Yield the clips that are not there yet, each with the task that it becomes."""
        for clip in self._page.clips:
            told = clip.told
            if own := self._own(told):
                self.ids[told.id] = own
                continue
            try:
                digest = hashlib.sha256(self._video(clip)).hexdigest()
            except foreign.Odd as error:
                self.left_out.append(f"{told.label}: {error.args[0]}")
                continue
            origin = told.imported or told.id
            id = imported_id(origin, digest)
            is_new = id not in self.ids.values() and not self._is_there(id)
            self.ids[told.id] = id
            if is_new:
                yield clip, replace(told, id=id, imported=origin, sha256=digest)

    def _own(self, told: Snapshot) -> str | None:
        """Return the id of one's own clip that a page brings back, None where it is none."""
        if told.id.startswith(PLACEHOLDER_ID):
            known = self._here.history.of_clip(told.sha256 or "")
        else:
            known = self._here.history.get(told.imported or told.id)
        is_own = known is not None and known.imported is None and known.sha256 == told.sha256
        return known.id if known is not None and is_own else None

    def _is_there(self, id: str) -> bool:
        known = self._here.history.get(id)
        return known is not None and self._here.dispatch.clip_of(known) is not None

    def _video(self, clip: PageClip) -> bytes:
        if clip.figure.embedded is not None:
            return clip.figure.video(self._data)
        return _beside(self._path, clip.figure.beside)

    def _take(self, some: Sequence[tuple[PageClip, Snapshot]]) -> None:
        """Keep some clips, of those that play, and record them."""
        drafts: list[Draft] = []
        try:
            for clip, task in some:
                draft = Draft(self._files.clip_path(self._here.folder, task.id))
                drafts.append(draft)
                draft.file.write(self._video(clip))
                draft.file.flush()
            faults = faults_of([draft.path for draft in drafts])
            with self._here.history.together():
                for (clip, task), draft, fault in zip(some, drafts, faults, strict=True):
                    self._keep(clip, task, draft, fault)
        except OSError as error:
            what = f"The clips of {self._path.name} cannot be saved: {error.strerror}."
            raise SavingError(what, advice="Make room, and import it again.") from error
        finally:
            for draft in drafts:
                draft.discard()

    def _keep(self, clip: PageClip, task: Snapshot, draft: Draft, fault: str) -> None:
        if fault:
            self.left_out.append(f"{task.label}: {fault}")
            self.ids.pop(clip.told.id)
            return
        size_bytes = draft.path.stat().st_size
        draft.settle(durable=False)
        if self._here.history.get(task.id) is None:
            self._record(clip, replace(task, size_bytes=size_bytes))
            self.new += 1

    def _record(self, clip: PageClip, task: Snapshot) -> None:
        """Record a clip whose file is there, with all that its page says of it."""
        history, folder = self._here.history, self._here.folder
        whole = replace(
            task,
            name=imported_name(task.name) if task.name else None,
            created_at=task.created_at or time.time(),
            parent=self.ids.get(task.parent or ""),
            video=folder / f"{task.id}.mp4",
        )
        history.add(whole, folder=folder)
        if task.rating:
            history.rate(task.id, lambda _: task.rating)
        history.measures.keep(task.id, task.measured)
        if clip.figure.poster and clip.figure.strip:
            pictures = Pictures(poster=clip.figure.poster, strip=clip.figure.strip)
            history.set_pictures(task.id, pictures)
        elif clip.figure.poster:
            history.set_poster(task.id, clip.figure.poster)

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
        log = self._here.history.votes.of(name, digest).votes
        known = {(vote.judge, vote.at) for vote in log}
        mapped = [_mapped(vote, name, digest, self.ids) for vote in standing(votes)]
        self._here.history.votes.add(
            vote
            for vote in mapped
            if {vote.left, vote.right} <= ids and (vote.judge, vote.at) not in known
        )


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
