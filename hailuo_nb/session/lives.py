"""What had a name in turn: the experiments and tasks of the history, the newest first.

A recorded experiment becomes the tasks that stand for its clips; nothing of it is sent.
"""

from dataclasses import replace

from hailuo_nb.core.study import Place
from hailuo_nb.core.task import Snapshot
from hailuo_nb.core.words import clips_in_words, date_words
from hailuo_nb.errors import StoreError, UsageError
from hailuo_nb.media.posters import clip_pictures
from hailuo_nb.runner.experiment import Experiment
from hailuo_nb.runner.job import Needs
from hailuo_nb.runner.task import Task
from hailuo_nb.session.plan import PlanItem
from hailuo_nb.session.session import Session
from hailuo_nb.store.experiments import Recorded
from hailuo_nb.store.sidecar_index import Beside

TOLD_MAX = 3
"""So many of the earlier ones are told of."""

Life = Recorded | Snapshot


def lives(here: Session, name: str) -> list[Life]:
    """Return everything that had a name, the newest first; a clip of an experiment is in it."""
    experiments = here.history.experiments.named(name)
    within = {place.identity for one in experiments for place in one.study.places}
    tasks = [
        known
        for known in here.history.experiments.tasks_named(name)
        if known.request.identity(known.service) not in within
    ]
    return sorted([*experiments, *tasks], key=_made_at, reverse=True)


def restored(here: Session, known: Recorded) -> Experiment:
    """Return a recorded experiment with the tasks that stand for its clips.

    Raises
    ------
    StoreError
        Its record cannot be read.
    UsageError
        None of its clips was ever sent.
    """
    if known.odd is not None:
        raise StoreError(
            f"The record of experiment {known.name} cannot be read: {known.odd}.",
            advice="%hailuo history lists its clips.",
        )
    sidecars = Beside()
    found = [(place, _task_at(here, place, sidecars)) for place in known.study.places]
    there = [(place, task) for place, task in found if task is not None]
    if not there:
        raise UsageError(f"No clip of {known.name} was sent.", advice="Run its cell again.")
    study = known.study
    if missing := len(found) - len(there):
        words = f"{clips_in_words(missing)} more: never sent. The cell sends the rest."
        places = tuple(place for place, _ in there)
        notes = (*study.notes, words)
        study = replace(study, places=places, notes=notes, whole=study.digest)
    tasks = [task for _, task in there]
    items = [
        PlanItem(
            request=task.snapshot.request,
            name=task.name,
            label=place.label,
            parent=task.snapshot.parent,
        )
        for place, task in there
    ]
    return here.dispatch.experiment(tasks, study, items, name=known.name)


def restored_life(here: Session, known: Recorded) -> Task | Experiment:
    """Return what was recorded by a name: an experiment, or the one task that had it.

    Raises
    ------
    StoreError, UsageError
        As `restored` does.
    """
    found = restored(here, known)
    return found[0] if known.study.is_alone else found


def earlier_words(here: Session, name: str) -> str | None:
    """Return what else had the name of an experiment before it, None where nothing had."""
    found = lives(here, name)
    if len(found) < 2 or not any(isinstance(one, Recorded) for one in found):
        return None
    told = [f"{name}~{back} ({_words(one)})" for back, one in enumerate(found) if back]
    more = len(told) - TOLD_MAX
    return f"Earlier: {', '.join(told[:TOLD_MAX])}" + (f" and {more} more." if more > 0 else ".")


def _task_at(here: Session, place: Place, sidecars: Beside) -> Task | None:
    """Return the task of the history that stands for a clip, or of the sidecar beside it."""
    known = here.history.of_identity(place.identity)
    if known is not None:
        return here.own(known.id) or here.dispatch.as_it_is(known)
    beside = sidecars.find(here.folder, place.identity)
    return keep(here, beside) if beside is not None else None


def keep(here: Session, found: Snapshot) -> Task:
    """Keep a clip that no history knows, to be shown."""
    pictures = clip_pictures(found.video) if found.video is not None else None
    if pictures is not None:
        found = replace(found, poster=pictures.poster, strip=pictures.strip)
    return here.runner().keep(found, Needs(folder=here.folder))


def _made_at(life: Life) -> float:
    return life.made_at if isinstance(life, Recorded) else life.created_at


def _words(life: Life) -> str:
    number = len(life.study.places) if isinstance(life, Recorded) else 1
    return f"{date_words(_made_at(life))}, {clips_in_words(number)}"
