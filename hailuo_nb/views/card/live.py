"""The widget behind the live card: one state down, one request up.

It carries `views.state` dicts to the browser and the stop button's click back. It
must be created in the cell that shows it, and knows nothing of tasks.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from hailuo_nb.views.bundles import bundle


class LiveCard(anywidget.AnyWidget):
    """A card that follows one task.

    Parameters
    ----------
    state
        The first state, from `hailuo_nb.views.card.state.live_state`.
    on_stop
        Called without arguments, on whichever thread the kernel hands clicks to.
    """

    _esm = bundle("card")
    _css = Path(__file__).parent / "card.css"
    state = traitlets.Dict().tag(sync=True)

    def __init__(self, *, state: dict[str, Any], on_stop: Callable[[], None]) -> None:
        super().__init__(state=state)
        self._on_stop = on_stop
        self.on_msg(self._on_message)

    def _on_message(self, _widget: object, content: object, _buffers: object) -> None:
        if isinstance(content, dict) and content.get("kind") == "stop":
            self._on_stop()
