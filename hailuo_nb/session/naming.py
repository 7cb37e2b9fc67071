"""What a name means in a notebook: a variable, else a name or an id of the history, else a file.

It knows names and what they stand for; it neither runs nor shows what it finds.
"""

import builtins
import re
from pathlib import Path

from hailuo_nb.errors import NameInUse, UsageError
from hailuo_nb.runner.experiment import Experiment
from hailuo_nb.runner.task import Task
from hailuo_nb.session.session import Session
from hailuo_nb.session.sidecars import find_clip

_NUMBERED = re.compile(r"(\w+)\[(\d{1,5})\]")


def find(here: Session, meant: str | Path | Task | Experiment) -> Task | Experiment:
    """Return the task or experiment that a person means.

    Parameters
    ----------
    here
        The session.
    meant
        One of them; or a variable, "trial[2]" for one of an experiment's, a name, a local id
        or the service's, or a saved clip or its sidecar by path.

    Raises
    ------
    UsageError
        There is none of this name or id, or a file says nothing of a clip.
    """
    if isinstance(meant, Task | Experiment):
        return meant
    name = str(meant)
    found = variable(here, name) or here.find(name) or find_clip(here, name)
    if found is None:
        raise unknown(name)
    return found


def variable(here: Session, name: str) -> Task | Experiment | None:
    """Return the task or experiment that a variable holds, None where it holds none.

    "trial[2]" is one of an experiment's, counted from 0.

    Raises
    ------
    UsageError
        The experiment has fewer, or there is no such experiment.
    """
    numbered = _NUMBERED.fullmatch(name)
    value = here.host.names.get(numbered[1] if numbered else name)
    if numbered is None:
        return value if isinstance(value, Task | Experiment) else None
    if not isinstance(value, Experiment):
        raise unknown(name)
    if int(numbered[2]) >= len(value):
        raise UsageError(f"{numbered[1]} has {len(value)} clips, counted from 0.")
    return value[int(numbered[2])]


def unknown(name: str) -> UsageError:
    """Return the error of a name that nothing has."""
    return UsageError(f"There is no task {name!r}.", advice="%hailuo history lists them.")


def bind(here: Session, name: str, made: Task | Experiment) -> None:
    """Make a task or experiment a variable of the notebook."""
    here.host.bind(name, made)


def bind_again(here: Session, found: Task | Experiment) -> None:
    """Make a task the variable that it was, if the history knows it by this name.

    What a foreign file calls its clip becomes no variable.

    Raises
    ------
    NameInUse
        A variable of the person's own has the name.
    """
    if not isinstance(found, Task) or found.name is None or not found.name.isidentifier():
        return
    known = here.history.get(found.id)
    if known is not None and known.name == found.name:
        check_name(here, found.name)
        bind(here, found.name, found)


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
