"""Promotion: clips of an experiment once more, in full size, each knowing its draft.

It plans as a cell does and leaves the rest to dispatch: what is there is free, and every
limit of a cell is one here, too.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from hailuo_nb.core.cautions import warnings_of
from hailuo_nb.core.drafts import NO_SEED, full_size
from hailuo_nb.core.matrix import (
    ABSENT,
    COMBINATIONS_MAX,
    Axis,
    Cell,
    Matrix,
    narrowed,
)
from hailuo_nb.core.models import short_name
from hailuo_nb.core.names import is_chain
from hailuo_nb.core.request import ImageRef, Request
from hailuo_nb.core.study import Place
from hailuo_nb.core.values import amount, choice, count, flag, seconds
from hailuo_nb.core.words import clips_in_words
from hailuo_nb.errors import ImageError, UsageError
from hailuo_nb.media.sources import ImageSource, find_image
from hailuo_nb.runner.experiment import Experiment
from hailuo_nb.session.chosen import numbers_of
from hailuo_nb.session.images import found_again
from hailuo_nb.session.lookup import clip_of
from hailuo_nb.session.plan import Plan, PlanItem
from hailuo_nb.session.planning import looked_up
from hailuo_nb.session.session import Session

FULL = "_full"
"""Ends what a promotion is called, behind the name of its drafts."""

_VARIED: dict[str, Callable[[Request], object]] = {
    "model": lambda request: request.model,
    "duration": lambda request: request.duration_s,
    "resolution": lambda request: request.resolution,
}
"""The axes whose values may change between a draft and its full size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be promoted, and how: see `hailuo_nb.runner.experiment.Experiment.promote`."""

    top: object = None
    names: object = None
    model: object = None
    duration: object = None
    resolution: object = None
    max_credits: object = None
    max_tasks: object = None
    dry_run: object = False

    def full(self, draft: Request) -> Request:
        """Return a draft's request in the size that is wished.

        Raises
        ------
        HailuoError
            There is no such size, or the model does not take the request.
        """
        return full_size(
            draft,
            model=None if self.model is None else choice("--model", self.model),
            duration_s=seconds(self.duration),
            resolution=None if self.resolution is None else choice("--resolution", self.resolution),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chosen:
    """A clip that is promoted: its place, its task's local id, what it asked for and will."""

    place: Place
    id: str
    draft: Request
    full: Request
    item: PlanItem


def promote(
    here: Session, items: Sequence[PlanItem], drafts: Experiment, **wish: object
) -> Experiment | Plan:
    """Make clips of an experiment in full size; return them, or the plan of a dry run.

    Parameters
    ----------
    items
        What its clips were made from: as far as this process knows, with the images' bytes.
    wish
        The fields of a `Wish`.

    Raises
    ------
    HailuoError
        It is not said which ones, or they cannot be made, or cost more than they may.
    """
    wanted = Wish(**wish)
    is_dry = flag("--dry-run", wanted.dry_run)
    plan = looked_up(here, _plan(here, items, drafts, wanted))
    _check_images(plan)
    if is_dry:
        return plan
    here.dispatch.check(plan)
    return here.dispatch.send(plan)


def _plan(here: Session, items: Sequence[PlanItem], drafts: Experiment, wish: Wish) -> Plan:
    meant = list(_chosen(items, drafts, wish))
    chosen = _once(meant)
    matrix = _matrix(drafts.axes, chosen)
    name = f"{drafts.name}{FULL}" if drafts.name else None
    return Plan(
        axes=matrix.axes,
        clips=tuple(
            PlanItem(
                request=one.full,
                name=name,
                image=_source(here, one.full.image, one.item.image),
                end_image=_source(here, one.full.end_image, one.item.end_image),
                warnings=warnings_of(one.full),
                watch_for_s=one.item.watch_for_s,
                parent=one.id,
                label=cell.label,
                coordinates=cell.coordinates,
            )
            for one, cell in zip(chosen, matrix.cells, strict=True)
        ),
        notes=(
            NO_SEED,
            *_full_already(sum(one.full == one.draft for one in chosen)),
            *(_shorter(chosen) if wish.duration is None else ()),
            *_merged(len(meant) - len(chosen)),
        ),
        max_credits=amount("--max-credits", wish.max_credits),
        max_tasks=count("--max-tasks", wish.max_tasks, most=COMBINATIONS_MAX),
    )


def _matrix(axes: Sequence[Axis], chosen: Sequence[_Chosen]) -> Matrix:
    """Return where each clip stands; an axis that says the draft's size is gone."""
    changed = {
        axis for axis, of in _VARIED.items() for one in chosen if of(one.draft) != of(one.full)
    }
    kept = [axis for axis in axes if axis.name not in changed]
    cells = []
    for one in chosen:
        place = dict(one.place.coordinates)
        point = tuple((axis.name, place.get(axis.name, ABSENT)) for axis in kept)
        cells.append(Cell(coordinates=point, prompt=one.full.prompt))
    return narrowed(kept, cells)


def _chosen(items: Sequence[PlanItem], drafts: Experiment, wish: Wish) -> Iterator[_Chosen]:
    for at in numbers_of(drafts, top=wish.top, names=wish.names):
        known = drafts[at].snapshot
        if is_chain(known.id):
            raise UsageError(
                f"{known.label}: no request makes several clips.",
                advice="Promote those that it is made of.",
            )
        full = wish.full(known.request)
        yield _Chosen(
            place=drafts.places[at], id=known.id, draft=known.request, full=full, item=items[at]
        )


def _once(chosen: Iterable[_Chosen]) -> list[_Chosen]:
    """Return each full clip once: two drafts may have the same one."""
    found: dict[object, _Chosen] = {}
    for one in chosen:
        found.setdefault((*one.full.wish, one.full.sample), one)
    return list(found.values())


def _shorter(chosen: Iterable[_Chosen]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            f"{short_name(one.full.model)} makes no {one.draft.duration_s} s clip: "
            f"it becomes one of {one.full.duration_s} s."
            for one in chosen
            if one.full.duration_s < one.draft.duration_s
        )
    )


def _full_already(number: int) -> tuple[str, ...]:
    if not number:
        return ()
    return (f"{clips_in_words(number)} in full size already: shown as what was promoted.",)


def _merged(number: int) -> tuple[str, ...]:
    if not number:
        return ()
    return (f"{clips_in_words(number)} with the full size of another: each is made once.",)


def _source(here: Session, ref: ImageRef | None, known: ImageSource | None) -> ImageSource | None:
    """Return an image of a draft with its bytes, None where there is none or they are gone."""
    if ref is None or (known is not None and known.ref.identity == ref.identity):
        return known if ref is not None else None
    find = partial(find_image, names=here.host.names, clips=partial(clip_of, here))
    found = found_again(ref, find, clips=here.folder)
    return found[1] if found is not None else None


def _check_images(plan: Plan) -> None:
    """Refuse what could not be sent, before it is recorded or paid for."""
    for item in plan.due:
        for ref, source in (
            (item.request.image, item.image),
            (item.request.end_image, item.end_image),
        ):
            if ref is not None and source is None:
                raise ImageError(
                    f"The bytes of {ref.label} went with the kernel.",
                    advice="Run the cell of the drafts again, free; then promote.",
                )
