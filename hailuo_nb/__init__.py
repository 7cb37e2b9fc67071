"""Video prompts in a notebook: one cell in, comparable clips out.

``%load_ext hailuo_nb``, then ``%%hailuo`` in a cell; or `generate` from Python. The
heavy parts are imported with the first task.
"""

import logging
from importlib import import_module
from typing import TYPE_CHECKING, Any

from hailuo_nb._version import __version__

if TYPE_CHECKING:
    from hailuo_nb.api import (
        compare,
        experiment,
        export,
        generate,
        history,
        import_page,
        judge,
        promote,
        record,
        show,
        start_simulator,
    )
    from hailuo_nb.errors import HailuoError
    from hailuo_nb.kie.callback import verify_callback
    from hailuo_nb.measures.table import measure
    from hailuo_nb.notebook.magic import load_ipython_extension, unload_ipython_extension
    from hailuo_nb.notebook.nested_asyncio import enable_nested_asyncio
    from hailuo_nb.notebook.panel.open import app, panel
    from hailuo_nb.runner.experiment import Experiment
    from hailuo_nb.runner.task import Task
    from hailuo_nb.server.callbacks import callback_handler
    from hailuo_nb.session.plan import Plan

__all__ = [
    "Experiment",
    "HailuoError",
    "Plan",
    "Task",
    "__version__",
    "app",
    "callback_handler",
    "compare",
    "enable_nested_asyncio",
    "experiment",
    "export",
    "generate",
    "history",
    "import_page",
    "judge",
    "load_ipython_extension",
    "measure",
    "panel",
    "promote",
    "record",
    "show",
    "start_simulator",
    "unload_ipython_extension",
    "verify_callback",
]

_HOMES = {
    "Experiment": "hailuo_nb.runner.experiment",
    "HailuoError": "hailuo_nb.errors",
    "Plan": "hailuo_nb.session.plan",
    "Task": "hailuo_nb.runner.task",
    "app": "hailuo_nb.notebook.panel.open",
    "callback_handler": "hailuo_nb.server.callbacks",
    "compare": "hailuo_nb.api",
    "enable_nested_asyncio": "hailuo_nb.notebook.nested_asyncio",
    "experiment": "hailuo_nb.api",
    "export": "hailuo_nb.api",
    "generate": "hailuo_nb.api",
    "history": "hailuo_nb.api",
    "import_page": "hailuo_nb.api",
    "judge": "hailuo_nb.api",
    "load_ipython_extension": "hailuo_nb.notebook.magic",
    "measure": "hailuo_nb.measures.table",
    "panel": "hailuo_nb.notebook.panel.open",
    "promote": "hailuo_nb.api",
    "record": "hailuo_nb.api",
    "show": "hailuo_nb.api",
    "start_simulator": "hailuo_nb.api",
    "unload_ipython_extension": "hailuo_nb.notebook.magic",
    "verify_callback": "hailuo_nb.kie.callback",
}

if not logging.getLogger(__name__).handlers:  # else what nobody asked for is told on stderr
    logging.getLogger(__name__).addHandler(logging.NullHandler())


if not TYPE_CHECKING:  # else every name that is none would be taken for one

    def __getattr__(name: str) -> Any:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(_HOMES[name]), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted(__all__)
