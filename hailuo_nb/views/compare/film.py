"""Clips side by side as one film, for people who have no notebook.

It finds clips, sizes and places; how a film is laid out and made is next door.
"""

import math
from collections.abc import Callable, Sequence
from pathlib import Path

from hailuo_nb.core.disk import write_whole
from hailuo_nb.core.names import is_chain
from hailuo_nb.errors import ExportError, OptionError
from hailuo_nb.media.film import KINDS, make_film
from hailuo_nb.media.probe import check_video
from hailuo_nb.runner.experiment import Experiment
from hailuo_nb.runner.task import Task
from hailuo_nb.session.session import Session
from hailuo_nb.views.compare.comparison import PAGES, Shown, allowed_bytes, check_clips
from hailuo_nb.views.compare.scene import Shot, scene
from hailuo_nb.views.facts import Facts
from hailuo_nb.views.grid.layout import Layout, lay_out

CLIPS_MAX = 64
"""More would be too small to be seen, and are more than a process may hold open."""


def kind_of(file: Path) -> str | None:
    """Return which kind of film a file's name asks for, None where it is a page's.

    Raises
    ------
    OptionError
        It is neither's.
    """
    ending = file.suffix.lower()
    if ending in PAGES:
        return None
    if (kind := ending.removeprefix(".")) in KINDS:
        return kind
    films = ", ".join(f".{one}" for one in KINDS)
    raise OptionError(
        f"The file's name should end in {films} for a film or .html for a page, not {str(file)!r}."
    )


def export_film(
    here: Session,
    found: Sequence[Task | Experiment],
    shown: Sequence[Shown],
    to: Path,
    *,
    max_mb: float | None,
    is_bare: bool,
    told: Callable[[float], None],
) -> int:
    """Write one film in which the clips play together; return its size in bytes.

    Parameters
    ----------
    found
        What was asked for: an experiment that stands alone keeps its rows and columns, and one
        clip that goes on from others is played after them.
    shown
        Its tasks, of which one has a clip.
    to
        The file, its ending one of `KINDS`; one that is there is replaced.
    max_mb
        How large it may be, in MB; None where that does not matter.
    is_bare
        Whether labels are left out.
    told
        Hears how much of it is made, 0 to 1.

    Raises
    ------
    UsageError
        There is no clip.
    ExportError
        A clip cannot be read, there are too many, or the film cannot be written.
    """
    check_clips(shown)
    most_bytes = math.inf if max_mb is None else allowed_bytes(max_mb)
    if len(shown) > CLIPS_MAX:
        raise ExportError(
            f"A film shows at most {CLIPS_MAX} clips, not {len(shown)}.",
            advice="Name some of them, such as trial[0] trial[3].",
        )
    chain = _chain_of(found[0]) if len(found) == 1 else ()
    shots = [_chained(chain)] if chain else [_shot(here, one) for one in shown]
    kind = kind_of(to) or KINDS[0]
    drawn = scene(
        _layout(found, shown),
        shots,
        clip_sides_px=_largest_px([clip for shot in shots for clip in shot.clips]),
        kind=kind,
        is_bare=is_bare,
    )
    data = make_film(drawn, kind, told)
    if len(data) > most_bytes:
        raise ExportError(
            f"The film has {len(data) / 1e6:.1f} MB; --max-mb allows {most_bytes / 1e6:g}.",
            advice="",
        )
    try:
        write_whole(to, data)
    except OSError as error:
        raise ExportError(f"{to} cannot be written: {error.strerror}.", advice="") from error
    return len(data)


def _chain_of(one: Task | Experiment) -> Sequence[Task]:
    """Return what plays by itself, one after another, empty for a clip that goes on from none."""
    if not isinstance(one, Task):
        return ()
    chain = one.chain
    return chain if len(chain) > 1 or is_chain(one.id) else ()


def _shot(here: Session, one: Shown) -> Shot:
    snapshot = one.task.snapshot
    clip = Facts(label=here.config.mask(one.label), snapshot=snapshot)
    video = one.task.video
    if video is None or not video.is_file():
        return Shot(label=clip.name, reason=clip.status if video is None else "its file is gone")
    return Shot(label=clip.name, clips=(video,))


def _chained(chain: Sequence[Task]) -> Shot:
    """Return clips that go on from each other's last frames as one that plays them all."""
    videos = [task.video for task in chain]
    return Shot(label="", clips=tuple(one for one in videos if one is not None and one.is_file()))


def _layout(found: Sequence[Task | Experiment], shown: Sequence[Shown]) -> Layout:
    if len(found) == 1 and isinstance(found[0], Experiment) and len(found[0]) == len(shown):
        study = found[0].study
        return lay_out(study.axes, study.places, study.left_out)
    return lay_out((), [one.place for one in shown])


def _largest_px(clips: Sequence[Path]) -> tuple[int, int]:
    """Return width and height of the clip with the most pixels."""
    sizes = [(facts.width_px, facts.height_px) for facts in map(check_video, clips)]
    return max(sizes, key=lambda size: size[0] * size[1])
