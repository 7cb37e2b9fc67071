"""Which clips of which experiment are promoted: by name, by number, or the best by the votes."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from hailuo_nb.core.matrix import BETWEEN, SAMPLE, Axis, Coordinates, short, unique
from hailuo_nb.core.names import is_chain
from hailuo_nb.core.study import Place, Study
from hailuo_nb.core.values import count, listed, scalar, shown
from hailuo_nb.errors import StoreError, UsageError
from hailuo_nb.runner.experiment import Experiment
from hailuo_nb.runner.task import Task
from hailuo_nb.session.lives import lives
from hailuo_nb.session.lookup import Meant, find, named, numbered
from hailuo_nb.session.plan import PlanItem
from hailuo_nb.session.session import Session
from hailuo_nb.store.experiments import Recorded

CLIP = "clip"
"""The axis of clips that stand by themselves."""


def drafts_of(
    here: Session, found: Sequence[Meant], verb: str = "promote"
) -> tuple[Experiment, list[int] | None]:
    """Return the experiment that is meant, and the numbers of its clips where some are named.

    Parameters
    ----------
    found
        One experiment; or clips, of one experiment or each by itself: as tasks, lists of them, or
        called as `hailuo_nb.session.lookup.find` knows them.
    verb
        What is to be done with them, for who has named something else.

    Raises
    ------
    UsageError
        One is not known, or it is more than one experiment.
    """
    found = [one for part in found for one in _each(part)]
    parts = [numbered(one) if isinstance(one, str) else None for one in found]
    within = {part[0] for part in parts if part is not None}
    if len(within) == 1 and None not in parts:
        whole = find(here, within.pop())
        if isinstance(whole, Experiment):
            return whole, [part[1] for part in parts if part is not None]
    known = [find(here, one) for one in found]
    if len(known) == 1 and isinstance(known[0], Experiment):
        return known[0], None
    tasks = [one for one in known if isinstance(one, Task)]
    if not tasks or len(tasks) < len(known):
        raise UsageError(
            f"One experiment is {verb}d at a time, or clips.",
            advice=f"Such as %hailuo {verb} trial[0] trial[3].",
        )
    return _of_tasks(here, tasks), list(range(len(tasks)))


def _each(meant: Meant) -> Sequence[str | Path | Task | Experiment]:
    """Return each clip of a list; anything else is one."""
    if isinstance(meant, str | Path | Task | Experiment) or not isinstance(meant, Sequence):
        return [meant]
    return meant


def judged_of(here: Session, found: Sequence[Meant]) -> tuple[Experiment, list[int] | None]:
    """Return the experiment whose clips are chosen between, and their numbers; None for all.

    Clips that all are of one experiment are of it, however they are named, so that it has
    their votes.

    Raises
    ------
    UsageError
        One is not known, or it is more than one experiment.
    """
    shown, numbers = drafts_of(here, found, "judge")
    if numbers is None:
        return shown, None
    tasks = [shown[at] for at in numbers]
    first = (tasks[0].name or "").partition(BETWEEN)[0]
    with suppress(UsageError, StoreError):
        whole = named(here, first)
        if isinstance(whole, Experiment):
            places = {task.id: at for at, task in enumerate(whole)}
            if all(task.id in places for task in tasks):
                return whole, [places[task.id] for task in tasks]
    return shown, numbers


def names_of(here: Session, shown: Experiment) -> list[str]:
    """Return what a line names to have an experiment again: it, or its clips; empty if nothing.

    Raises
    ------
    StoreError
        The history cannot be read.
    """
    name, own = shown.name or "", set(shown.study.digests)
    for back, one in enumerate(lives(here, name) if name.isidentifier() else ()):
        if isinstance(one, Recorded) and own & set(one.study.digests):
            return [f"{name}~{back}" if back else name]
    if any(is_chain(task.id) for task in shown):
        return []
    if [axis.name for axis in shown.axes] == [CLIP]:
        named_by = ((task.name or "", task.id) for task in shown)
        return [own_name if own_name.isidentifier() else id for own_name, id in named_by]
    return [name] if name.isidentifier() else []


def _of_tasks(here: Session, tasks: Sequence[Task]) -> Experiment:
    """Return clips that stand by themselves as an experiment of them."""
    labels = unique(task.name or short(task.snapshot.request.prompt) or task.id for task in tasks)
    places = tuple(
        Place(
            label=label,
            coordinates=((CLIP, label),) if len(labels) > 1 else (),
            identity=task.snapshot.request.identity(task.snapshot.service),
        )
        for label, task in zip(labels, tasks, strict=True)
    )
    axes = (Axis(name=CLIP, values=labels),) if len(labels) > 1 else ()
    first = (tasks[0].name or "").partition(BETWEEN)[0]
    return here.dispatch.experiment(
        tasks,
        Study(axes=axes, places=places),
        [PlanItem(request=task.snapshot.request, name=task.name) for task in tasks],
        name=first if first.isidentifier() else None,
    )


def numbers_of(drafts: Experiment, *, top: object, names: object) -> list[int]:
    """Return the numbers of the clips that are meant, from 0, the best first.

    Raises
    ------
    UsageError, OptionError
        It is not said which ones, or there are none such, or no votes rank them yet.
    """
    labels = [place.label for place in drafts.places]
    most = count("--top", top, most=len(labels))
    if (most is None) == (names is None):
        raise UsageError(
            "Say how many of the best to promote, or which clips: one of the two.",
            advice=f"%hailuo promote {drafts.name or 'NAME'} --top 1, or {_example(drafts)}.",
        )
    if most is None:
        named = listed(names)
        if named == []:
            raise UsageError("No clip is named.", advice=f"As in {_example(drafts)}.")
        found = [_number(labels, scalar(one)) for one in ([names] if named is None else named)]
        return list(dict.fromkeys(found))
    best = winners(drafts)
    if best is None:
        raise UsageError(
            "No votes yet that rank them: name the clips.", advice=f"As in {_example(drafts)}."
        )
    if most > len(best):
        raise UsageError(
            f"The votes rank {len(best)}, not {most}.",
            advice=f"Ask for --top {len(best)}, or name the clips: {_example(drafts)}.",
        )
    return [labels.index(label) for label in best[:most]]


def _number(labels: Sequence[str], named: object) -> int:
    """Return the number of a clip that is called by it, or by its label."""
    if isinstance(named, str) and named in labels:
        return labels.index(named)
    if isinstance(named, int) and not isinstance(named, bool) and 0 <= named < len(labels):
        return named
    raise UsageError(
        f"There is no clip {shown(named)} among the {len(labels)}.",
        advice="Clips go by their label, or by number from 0.",
    )


def _example(drafts: Experiment) -> str:
    if drafts.name is None:
        return "promote(names=[0])"
    several = " ".join(f"{drafts.name}[{at}]" for at in range(min(2, len(drafts))))
    return f"%hailuo promote {several}"


def winners(experiment: Experiment) -> list[str] | None:
    """Return a label for each prompt that the votes rank, the best first; None without a ranking.

    Of a prompt with several samples it is the first one's: the full clip is a new sample.
    """
    ranked = [row for row in experiment.ranking() if row.win_rate is not None]
    found = (_label(experiment.places, row.name, row.values) for row in ranked)
    return list(dict.fromkeys(label for label in found if label is not None)) or None


def _label(places: tuple[Place, ...], name: str, values: Coordinates) -> str | None:
    """Return the label of the first place of a prompt."""
    wanted = dict(values)
    for place in places:
        own = {axis: value for axis, value in place.coordinates if axis != SAMPLE}
        if place.label == name or (wanted and own == wanted):
            return place.label
    return None
