"""What a name means in a notebook: a variable, else a name or an id of the history."""

import re

from hailuo_nb.errors import NameInUse, UsageError
from hailuo_nb.runner.experiment import Experiment
from hailuo_nb.runner.handle import Task
from hailuo_nb.session import Session

_NUMBERED = re.compile(r"(\w+)\[(\d{1,5})\]")


def find(here: Session, meant: str | Task | Experiment) -> Task | Experiment:
    """Return the task or experiment that a person means; "trial[2]" is one of an experiment's.

    Raises
    ------
    UsageError
        There is none of this name or id.
    """
    if not isinstance(meant, str):
        return meant
    numbered = _NUMBERED.fullmatch(meant)
    value = here.host.names.get(numbered[1] if numbered else meant)
    if isinstance(value, Experiment):
        if numbered is None:
            return value
        if int(numbered[2]) < len(value):
            return value[int(numbered[2])]
        raise UsageError(f"{numbered[1]} has {len(value)} clips, counted from 0.")
    found = here.find(meant)
    if found is None:
        raise UsageError(f"There is no task {meant!r}.", advice="%hailuo history lists them.")
    return found


def bind(here: Session, name: str, made: Task | Experiment) -> None:
    """Make a task or experiment a variable of the notebook."""
    here.host.bind(name, made)


def check_name(here: Session, name: str | None) -> None:
    """Refuse a name that a variable of the person's own has.

    Raises
    ------
    NameInUse
        It is taken.
    """
    names = here.host.names
    if name is not None and name in names and not isinstance(names[name], Task | Experiment):
        raise NameInUse(f"{name} is already a variable of type {type(names[name]).__name__}.")
