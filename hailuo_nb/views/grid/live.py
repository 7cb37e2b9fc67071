"""The widget behind the live grid: states of cells down, requests for one of them up.

It carries the dicts of `views.grid_state` to the browser, all that changed in one
message, and the clicks back. It must be created in the cell that shows it, and knows
nothing of tasks.
"""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from hailuo_nb.views.bundles import bundle


class LiveGrid(anywidget.AnyWidget):
    """A grid that follows several tasks; made by `live_grid`.

    It has a trait ``cell_N`` for each cell's state and a trait ``poster_N`` for its
    picture: an address, or "#K" for the one of that number in ``posters``.
    """

    _esm = bundle("grid")
    _css = Path(__file__).parent / "grid.css"
    board = traitlets.Dict().tag(sync=True)
    posters: traitlets.List[str] = traitlets.List().tag(sync=True)
    progress = traitlets.Unicode().tag(sync=True)

    def __init__(
        self,
        *,
        size: int,
        on_stop: Callable[[int], None],
        on_retry: Callable[[int], None],
        **state: Any,
    ) -> None:
        super().__init__(**state)
        self._size = size
        self._heard = {"stop": on_stop, "retry": on_retry}
        self.on_msg(self._on_message)

    def change(self, state: Mapping[str, Any]) -> None:
        """Set these traits; the browser hears of all of them in one message."""
        with self.hold_sync():
            for name, value in state.items():
                setattr(self, name, value)

    def _on_message(self, _widget: object, content: object, _buffers: object) -> None:
        if not isinstance(content, dict):
            return
        heard, index = self._heard.get(str(content.get("kind"))), content.get("index")
        if heard is not None and type(index) is int and 0 <= index < self._size:
            heard(index)


def live_grid(
    *,
    size: int,
    state: Mapping[str, Any],
    on_stop: Callable[[int], None],
    on_retry: Callable[[int], None],
) -> LiveGrid:
    """Return a grid of so many cells.

    Parameters
    ----------
    size
        The number of cells.
    state
        The first value of every trait.
    on_stop, on_retry
        Called with a cell's number, on whichever thread the kernel hands clicks to.
    """
    made: LiveGrid = _kind(size)(size=size, on_stop=on_stop, on_retry=on_retry, **state)
    return made


@cache
def _kind(size: int) -> Any:
    """Return the class with traits for so many cells."""
    cells = {f"cell_{at}": traitlets.Dict().tag(sync=True) for at in range(size)}
    posters = {f"poster_{at}": traitlets.Unicode().tag(sync=True) for at in range(size)}
    return type("LiveGrid", (LiveGrid,), {**cells, **posters})
