"""A clip whose history is gone: found again by the sidecar that lies beside it.

It knows where to look; what a sidecar holds is the store's affair. What it finds is only
shown: nothing is recorded, asked of a service or sent.
"""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from hailuo_nb.core.task import Snapshot
from hailuo_nb.runner.job import Plan
from hailuo_nb.runner.task import Task
from hailuo_nb.session.session import Session
from hailuo_nb.store.sidecar import read_sidecar

SUFFIXES = (".json", ".mp4")


def find_clip(here: Session, meant: str) -> Task | None:
    """Return the finished task of a clip's path, its sidecar's path, or a local id.

    A path is seen from the working directory; an id has its sidecar in this notebook's folder
    of clips. None where ``meant`` is neither.

    Raises
    ------
    SidecarError
        There is no such file, or it does not say what made the clip.
    """
    path = _sidecar_of(here, meant)
    if path is None:
        return None
    snapshot = read_sidecar(path)
    return _recorded(here, snapshot) or _kept(here, snapshot)


def _sidecar_of(here: Session, meant: str) -> Path | None:
    path = Path(meant)
    if path.suffix in SUFFIXES:
        with suppress(RuntimeError):  # the home of nobody
            path = path.expanduser()
        return path.with_suffix(".json")
    beside = here.folder / f"{meant}.json"
    return beside if meant.isascii() and meant.isalnum() and _is_file(beside) else None


def _recorded(here: Session, found: Snapshot) -> Task | None:
    """Return the task that the history knows by this id, where its clip is the very same."""
    known = here.history.get(found.id)
    if known is None or known.sha256 != found.sha256:
        return None
    return here.find(known.id) if known.video is not None and _is_file(known.video) else None


def _kept(here: Session, found: Snapshot) -> Task:
    from hailuo_nb.media.posters import clip_poster

    poster = clip_poster(found.video) if found.video is not None else None
    return here.runner().keep(replace(found, poster=poster), Plan(folder=here.folder))


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False
