"""The magics: text in, an api call, a view out.

``%%hailuo`` is one prompt cell; ``%hailuo`` is one of the few verbs of `verbs`. It
parses and shows, and leaves everything else to the api.
"""

from IPython.core.completer import IPCompleter
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.magic import Magics, line_cell_magic, magics_class, no_var_expand

from hailuo_nb import api, recovery
from hailuo_nb.completion import complete_hailuo
from hailuo_nb.core.options import read_line
from hailuo_nb.help import CELL_HELP
from hailuo_nb.runner.experiment import Experiment
from hailuo_nb.runner.handle import Task
from hailuo_nb.verbs import run_verb
from hailuo_nb.welcome import welcome


@magics_class
class HailuoMagics(Magics):
    """``%%hailuo`` and ``%hailuo``."""

    @no_var_expand
    @line_cell_magic
    def hailuo(self, line: str, cell: str | None = None) -> object:
        """See `CELL_HELP`, which takes this docstring's place."""
        if cell is None:
            return run_verb(line)
        return run_cell(line, cell)


HailuoMagics.hailuo.__doc__ = CELL_HELP


def run_cell(line: str, cell: str) -> object:
    """Run one prompt cell; return the plan of a dry run, else None.

    Raises
    ------
    HailuoError
        The cell cannot be sent as it stands, or ``--wait`` ended without a clip.
    """
    api.refuse_keys(line, cell)
    asked = read_line(line)
    api.check_name(asked.name)
    options = {name: value for name, value in asked.values.items() if name != "wait"}
    made = api.generate(cell, name=asked.name, **options)  # type: ignore[arg-type]
    if not isinstance(made, Task | Experiment):
        return made
    if asked.name is not None:
        api.bind(asked.name, made)
    api.show(made)
    if asked.values.get("wait"):
        api.wait([made] if isinstance(made, Task) else made)
    return None


def load_ipython_extension(shell: InteractiveShell) -> None:
    """Register the magics and say in one line what will be used; no network."""
    here = api.reload_config()
    shell.register_magics(HailuoMagics)
    _completer(shell).custom_matchers[:] = [
        *_others(_completer(shell)),
        complete_hailuo,
    ]
    left = recovery.left_unfinished(here)
    here.host.show(html=None, text=welcome(here, left))
    recovery.watch(here, [*left.sent, *left.interrupted])


def unload_ipython_extension(shell: InteractiveShell) -> None:
    """Take the magics away; tasks under way are watched on."""
    for kind in ("line", "cell"):
        shell.magics_manager.magics[kind].pop("hailuo", None)
    _completer(shell).custom_matchers[:] = _others(_completer(shell))


def _completer(shell: InteractiveShell) -> IPCompleter:
    return shell.Completer


def _others(completer: IPCompleter) -> list[object]:
    name = complete_hailuo.__name__
    return [known for known in completer.custom_matchers if known.__name__ != name]
