"""The widget behind the live card: one state down, requests up.

It carries `state` dicts to the browser and what is asked there back; see `views.live`.
"""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import traitlets

from hailuo_nb.views.live import Live


class LiveCard(Live):
    """A card that follows one task.

    Parameters
    ----------
    state
        The first state, from `hailuo_nb.views.card.state.live_state`.
    on_stop
        Called without arguments, on whichever thread the kernel hands clicks to.
    picture, clip
        Return what the model of a task that is over does not hold, as far as there is any: its
        "poster", and the "bytes" of a clip that the page cannot load.
    """

    state = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        *,
        state: dict[str, Any],
        on_stop: Callable[[], None],
        picture: Callable[[], Mapping[str, Any]],
        clip: Callable[[], Mapping[str, Any]],
    ) -> None:
        heard = {
            "stop": lambda _: on_stop(),
            "picture": lambda _: picture(),
            "clip": lambda _: clip(),
        }
        super().__init__(name="card", looks=_looks(), heard=heard, state=state)


@cache
def _looks() -> str:
    return (Path(__file__).parent / "card.css").read_text("utf-8")
