"""Clips side by side, in the notebook and as one offline file.

It finds the clips and reads their bytes; what a comparison looks like is the views' affair.
"""

import math
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hailuo_nb.core.disk import write_whole
from hailuo_nb.core.matrix import unique
from hailuo_nb.core.study import Place
from hailuo_nb.core.task import Snapshot
from hailuo_nb.core.values import number_of, scalar
from hailuo_nb.core.values import shown as shown_value
from hailuo_nb.core.words import clipless_advice
from hailuo_nb.errors import ExportError, HailuoError, UsageError
from hailuo_nb.media.transcode import smaller_mp4
from hailuo_nb.runner.experiment import Experiment
from hailuo_nb.runner.task import Task
from hailuo_nb.session.judge import standing_of
from hailuo_nb.session.page_data import data_of
from hailuo_nb.session.session import Session
from hailuo_nb.views import display
from hailuo_nb.views.compare.compare import (
    CLIPS_MAX,
    CLIPS_MIN,
    comparison_html,
    comparison_picture,
    comparison_text,
)
from hailuo_nb.views.compare.export import clips_bytes, export_page, page_size_bytes
from hailuo_nb.views.desk import open_desk
from hailuo_nb.views.facts import Facts
from hailuo_nb.views.judge.result import result_html
from hailuo_nb.views.sources import as_address
from hailuo_nb.views.text import isolated

MAX_MB = 25.0
"""How large an exported page may be unless more is asked for: what mail servers take."""

PAGES = (".html", ".htm")
"""How the name of a page's file ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One task of a comparison, with what to call it there."""

    label: str
    task: Task

    @property
    def place(self) -> Place:
        """Where it stands: by its label alone."""
        return Place(label=self.label)


def members(found: Sequence[Task | Experiment]) -> list[Shown]:
    """Return the tasks of these, each once, with labels that are unique among them."""
    pairs: dict[str, tuple[str, Task]] = {}
    for one in found:
        for label, task in _named(one):
            pairs.setdefault(task.id, (label, task))
    labels = unique(label for label, _ in pairs.values())
    return [
        Shown(label=label, task=task)
        for label, (_, task) in zip(labels, pairs.values(), strict=True)
    ]


def compare(here: Session, shown: Sequence[Shown]) -> None:
    """Show 2 to 9 clips side by side in the running cell, to be played together.

    Raises
    ------
    UsageError
        There are fewer or more, or none of them has a clip.
    """
    if not CLIPS_MIN <= len(shown) <= CLIPS_MAX:
        raise UsageError(
            f"A comparison takes {CLIPS_MIN} to {CLIPS_MAX} different clips, not {len(shown)}.",
            advice="Name single clips, such as %hailuo compare trial[0] trial[3].",
        )
    check_clips(shown)
    clips = display.clips_of(here, [(one.label, one.task.snapshot) for one in shown])
    display_id = f"hailuo-{uuid.uuid4().hex}"
    _publish(here, clips, display_id, update=False)
    open_desk(here)

    def again(_: Snapshot) -> None:
        now = zip(clips, shown, strict=True)
        known = [replace(clip, snapshot=one.task.snapshot) for clip, one in now]
        _publish(here, known, display_id, update=True)

    for one in shown:
        one.task.attach(lambda _: None, again)
    here.measuring.look([one.task for one in shown])


def _publish(here: Session, clips: Sequence[Facts], display_id: str, *, update: bool) -> None:
    data = {"text/html": comparison_html(clips), "text/plain": comparison_text(clips)}
    masked = {mime: HailuoError.mask(words) for mime, words in data.items()}
    if picture := comparison_picture(clips):
        masked["image/jpeg"] = picture.partition(",")[2]
    here.host.publish(masked, metadata={}, display_id=display_id, update=update)


def export(
    here: Session,
    shown: Sequence[Shown],
    to: Path,
    *,
    title: str,
    max_mb: float,
    smaller: bool,
    found: Sequence[Task | Experiment] = (),
) -> int:
    """Write one offline page that holds the clips; return its size in bytes.

    Parameters
    ----------
    here
        The session.
    shown
        At least one, of which one has a clip.
    to
        The file; one that is there is replaced.
    title
        The page's heading.
    max_mb
        How large it may be, in MB.
    smaller
        Whether clips may be encoded anew to fit.
    found
        What was asked for: the votes on its experiments go with the page.

    Raises
    ------
    UsageError
        There is no clip.
    ExportError
        It would be too large, or cannot be written.
    """
    check_clips(shown)
    here.measuring.wait([one.task for one in shown])
    clips = embedded_clips(shown, max_mb=max_mb, smaller=smaller)
    votes = "".join(_votes(here, one) for one in found if isinstance(one, Experiment))
    data = data_of(here, found, [one.task for one in shown])
    page = export_page(clips, title=title, votes=votes, data=data)
    return write_page(here, to, page, max_mb=max_mb)


def _votes(here: Session, shown: Experiment) -> str:
    """Return what was voted on an experiment, "" where nothing was."""
    standing = standing_of(here, shown)
    if not standing.judges:
        return ""
    heading = isolated(f"Votes on {shown.name}" if shown.name else "Votes")
    return f"<h2>{heading}</h2>{result_html(standing, again='')}"


def embedded_clips(shown: Sequence[Shown], *, max_mb: float, smaller: bool) -> list[Facts]:
    """Return clips that hold their bytes, as large together as a page may be.

    Raises
    ------
    UsageError
        There is no clip.
    ExportError
        They would be too large.
    """
    check_clips(shown)
    sizes = _sizes_bytes(shown, allowed_bytes(max_mb), smaller=smaller)
    return [_embedded(one, size) for one, size in zip(shown, sizes, strict=True)]


def write_page(here: Session, to: Path, text: str, *, max_mb: float) -> int:
    """Write a page, whole or not at all, without a key in it; return its size in bytes.

    Raises
    ------
    ExportError
        It is too large, or cannot be written.
    """
    page, most_bytes = here.config.mask(text).encode("utf-8"), allowed_bytes(max_mb)
    if len(page) > most_bytes:
        raise ExportError(
            f"The page has {len(page) / 1e6:.1f} MB; --max-mb allows {most_bytes / 1e6:g}."
        )
    try:
        write_whole(to, page)
    except OSError as error:
        raise ExportError(f"{to} cannot be written: {error.strerror}.", advice="") from error
    return len(page)


def allowed_bytes(max_mb: object) -> int:
    """Return how large a file may be; raises `ExportError` where that is no size above 0 MB."""
    number = number_of(max_mb)
    if number is None or not 0 < number < math.inf:
        given = shown_value(scalar(max_mb))
        raise ExportError(f"--max-mb takes a size above 0, such as 25, not {given}.", advice="")
    return int(number * 1e6)


def _sizes_bytes(shown: Sequence[Shown], most_bytes: int, *, smaller: bool) -> list[int]:
    """Return how many bytes each clip may have on the page."""
    sizes = [_size_bytes(one.task) for one in shown]
    size_bytes = page_size_bytes(sizes)
    if size_bytes <= most_bytes:
        return sizes
    if not smaller:
        raise ExportError(
            f"The page would have {size_bytes / 1e6:.1f} MB; --max-mb allows {most_bytes / 1e6:g}.",
            advice=f"--smaller encodes the clips to fit, --max-mb {size_bytes / 1e6 + 1:.0f} "
            "takes them as they are.",
        )
    scale = clips_bytes(most_bytes, len(sizes)) / sum(sizes)
    return [int(scale * size_bytes) for size_bytes in sizes]


def _named(one: Task | Experiment) -> list[tuple[str, Task]]:
    if isinstance(one, Task):
        return [(one.name or one.id, one)]
    if not one.axes:
        return [(task.name or task.id, task) for task in one]
    return [(place.label, task) for place, task in zip(one.places, one, strict=True)]


def check_clips(shown: Sequence[Shown]) -> None:
    """Raise `UsageError` where none of these has a clip."""
    if not any(_size_bytes(one.task) for one in shown):
        advice = clipless_advice(one.task.state for one in shown)
        raise UsageError("None of these has a clip yet.", advice=advice)


def _size_bytes(task: Task) -> int:
    """Return the size of a task's clip, 0 where there is none."""
    try:
        return task.video.stat().st_size if task.video is not None else 0
    except OSError:
        return 0


def _embedded(one: Shown, size_max_bytes: int) -> Facts:
    """Return a clip that holds its bytes, at most so many."""
    snapshot = replace(one.task.snapshot, rating=one.task.rating)
    clip = Facts(label=one.label, snapshot=snapshot, src=None)
    if not _size_bytes(one.task) or one.task.video is None:
        return clip
    return replace(clip, src=as_address(smaller_mp4(one.task.video, size_max_bytes)))
