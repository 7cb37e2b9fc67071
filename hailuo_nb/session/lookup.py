"""What a name means in a notebook: a variable, else a name or an id of the history, else a file.

It knows names, and where the sidecar of a clip lies that no history knows; it neither sends
nor shows what it finds.
"""

import builtins
import re
from collections.abc import Sequence
from contextlib import suppress
from difflib import get_close_matches
from os import PathLike
from pathlib import Path

from hailuo_nb.core.names import CHAIN, as_name
from hailuo_nb.core.task import Snapshot
from hailuo_nb.core.values import SHOWN_CHARS_MAX, scalar, shown
from hailuo_nb.core.words import clips_in_words
from hailuo_nb.errors import NameInUse, StoreError, UsageError, brief
from hailuo_nb.media.paths import is_file
from hailuo_nb.runner.experiment import Experiment
from hailuo_nb.runner.task import Task
from hailuo_nb.session.chains import as_one
from hailuo_nb.session.lives import keep, lives, restored_life
from hailuo_nb.session.session import Session
from hailuo_nb.store.experiments import Recorded
from hailuo_nb.store.sidecar import read_sidecar

SUFFIXES = (".json", ".mp4")

_NUMBERED = re.compile(r"(\w+(?:~\d{1,5})?)\[(\d{1,5})\]")
_EARLIER = re.compile(r"(.+)~(\d{1,5})", re.DOTALL)


Meant = str | Path | Task | Experiment | Sequence[Task]
"""What a person may mean a task or experiment by."""


def find(here: Session, meant: Meant) -> Task | Experiment:
    """Return the task or experiment that a person means.

    Parameters
    ----------
    here
        The session.
    meant
        One of them; or a variable or name, "trial[2]" for one of an experiment's, "trial~1"
        for what had the name before; a local id or the service's; or a saved clip or its
        sidecar by path. Several tasks, such as `Task.chain`, and "chain:shot" are one clip of
        them all, one after another.

    Raises
    ------
    UsageError
        There is none of this name or id, or a file says nothing of a clip.
    """
    if isinstance(meant, Task | Experiment):
        return meant
    if isinstance(meant, tuple | list) and all(isinstance(one, Task) for one in meant):
        return as_one(here, meant)
    if isinstance(meant, str) and meant.startswith(f"{CHAIN}:"):
        return as_one(here, _chain_of(here, meant.removeprefix(f"{CHAIN}:")))
    if not isinstance(meant, str | PathLike):
        raise UsageError(
            f"A task is meant by its name, its id or its clip's path, not {shown(scalar(meant))}."
        )
    for name in dict.fromkeys((str(meant), as_name(str(meant)))):
        found = named(here, name) or here.dispatch.find(name) or find_clip(here, name)
        if found is not None:
            return found
    raise unknown(here, str(meant))


def clip_of(here: Session, handle: str) -> Task | None:
    """Return the task that ``clip:NAME`` means, None where nothing has that name.

    Raises
    ------
    UsageError
        It is an experiment, or an experiment has no such clip.
    """
    for name in dict.fromkeys((handle, as_name(handle))):
        found = named(here, name) or here.dispatch.find(name)
        if isinstance(found, Experiment):
            raise UsageError(
                f"{handle} is an experiment of {len(found)} clips.",
                advice=f"Say which of them, such as clip:{handle}[0].",
            )
        if found is not None:
            return found
    return None


def _chain_of(here: Session, name: str) -> tuple[Task, ...]:
    last = find(here, name)
    if not isinstance(last, Task):
        raise UsageError(f"{name} is an experiment; a chain ends with one clip, such as {name}[0].")
    return last.chain


def known_names(here: Session) -> list[str]:
    """Return what tasks and experiments are called here: variables, then the newest names."""
    variables = [
        name
        for name, value in here.host.names.items()
        if isinstance(value, Task | Experiment) and not name.startswith("_")
    ]
    recorded = here.history.experiments.names() if here.history.exists() else []
    return list(dict.fromkeys([*variables, *recorded]))


def named(here: Session, name: str) -> Task | Experiment | None:
    """Return what a variable holds, or what the history has by such a name beyond one task.

    "trial[2]" is one of an experiment's, counted from 0; "trial~1" is what had the name before
    what has it now. None where there is no such experiment.

    Raises
    ------
    UsageError
        There is no such experiment or it has fewer clips, or nothing had the name so early.
    StoreError
        The experiment's record cannot be read.
    """
    value = here.host.names.get(name)
    if isinstance(value, Task | Experiment):
        return value
    found: Task | Experiment | None = _newest(here, name)
    if found is None and (earlier := _EARLIER.fullmatch(name)):
        found = _earlier(here, earlier[1], int(earlier[2]))
    if found is None and (parts := numbered(name)):
        found = _one_of(named(here, parts[0]), *parts)
    return found


def numbered(name: str) -> tuple[str, int] | None:
    """Return the two parts of "trial[2]", None where a name is not of that kind."""
    found = _NUMBERED.fullmatch(name)
    return (found[1], int(found[2])) if found is not None else None


def _one_of(whole: Task | Experiment | None, name: str, at: int) -> Task:
    if not isinstance(whole, Experiment):
        raise UsageError(f"{name} is no experiment, so there is no {name}[{at}].")
    if at >= len(whole):
        raise UsageError(f"{name} has {clips_in_words(len(whole))}, counted from 0.")
    return whole[at]


def _newest(here: Session, name: str) -> Task | Experiment | None:
    """Return what was recorded by a name, None where a task had it since, or nothing has it."""
    if not here.history.experiments.named(name):
        return None
    first = lives(here, name)[0]
    return restored_life(here, first) if isinstance(first, Recorded) else None


def _earlier(here: Session, name: str, back: int) -> Task | Experiment | None:
    found = lives(here, name)
    if not found:
        return None
    if back >= len(found):
        others = f"{len(found) - 1} other" + ("" if len(found) == 2 else "s")
        raise UsageError(f"{name} had {others} before it, not {back}.")
    life = found[back]
    if isinstance(life, Recorded):
        return restored_life(here, life)
    return here.dispatch.find(life.id)


def unknown(here: Session, name: str) -> UsageError:
    """Return the error of a name that nothing has, with the one that may be meant."""
    what = f"There is no task {brief(repr(name), SHOWN_CHARS_MAX)}.{near_words(here, name)}"
    return UsageError(what, advice="%hailuo history lists them.")


def near_words(here: Session, name: str) -> str:
    """Return a question for the name that may be meant, "" where none is near."""
    near: list[str] = []
    with suppress(StoreError):
        near = get_close_matches(name, known_names(here), n=1)
    return f" Did you mean {near[0]}?" if near else ""


def bind_again(here: Session, found: Task | Experiment) -> None:
    """Make a task or experiment the variable that it was, if the history knows it by this name.

    What a foreign file calls its clip becomes no variable.

    Raises
    ------
    NameInUse
        A variable of the person's own has the name.
    """
    if found.name is None or not found.name.isidentifier():
        return
    known = here.history.get(found.id) if isinstance(found, Task) else found
    if known is not None and known.name == found.name:
        check_name(here, found.name)
        here.host.bind(found.name, found)


def check_name(here: Session, name: str | None) -> None:
    """Refuse a name that a variable of the person's own has, or a function of Python's own.

    Raises
    ------
    NameInUse
        It is taken.
    """
    names = here.host.names
    if name is not None and hasattr(builtins, name):
        raise NameInUse(f"{name} is a name of Python's own.")
    if name is not None and name in names and not isinstance(names[name], Task | Experiment):
        raise NameInUse(f"{name} is already a variable of type {type(names[name]).__name__}.")


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
    return _recorded(here, snapshot) or keep(here, snapshot)


def _sidecar_of(here: Session, meant: str) -> Path | None:
    path = Path(meant)
    if path.suffix in SUFFIXES:
        with suppress(RuntimeError):  # the home of nobody
            path = path.expanduser()
        return path.with_suffix(".json")
    beside = here.folder / f"{meant}.json"
    return beside if meant.isascii() and meant.isalnum() and is_file(beside) else None


def _recorded(here: Session, found: Snapshot) -> Task | None:
    """Return the task that the history knows by this id, where its clip is the very same."""
    known = here.history.get(found.id)
    if known is None or known.sha256 != found.sha256:
        return None
    return (
        here.dispatch.find(known.id) if known.video is not None and is_file(known.video) else None
    )
