"""One prompt cell: its line and its text in, an api call, a card out."""

from hailuo_nb import api
from hailuo_nb.core.options import read_line
from hailuo_nb.runner.experiment import Experiment
from hailuo_nb.runner.task import Task
from hailuo_nb.session import lookup


def run_cell(line: str, cell: str) -> object:
    """Run one prompt cell; return the plan of a dry run, else None.

    Raises
    ------
    HailuoError
        The cell cannot be sent as it stands, or ``--wait`` ended without a clip.
    """
    api.refuse_keys(line, cell)
    asked = read_line(line)
    lookup.check_name(api.session(), asked.name)
    options = {name: value for name, value in asked.values.items() if name != "wait"}
    made = api.generate(cell, name=asked.name, **options)  # type: ignore[arg-type]
    if not isinstance(made, Task | Experiment):
        return made
    if asked.name is not None:
        lookup.bind(api.session(), asked.name, made)
    api.show(made)
    if asked.values.get("wait"):
        api.wait([made] if isinstance(made, Task) else made)
    return None
