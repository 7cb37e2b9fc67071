"""The widget behind the live grid: states of cells down, requests for one of them up.

It carries the dicts of `state` to the browser, all that changed in one message, and what is
asked there back; see `views.live`.
"""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import traitlets

from hailuo_nb.views.live import Live

OfCell = Callable[[int], Mapping[str, Any] | None]
"""Answers a message about the cell of this number."""


class LiveGrid(Live):
    """A grid that follows several tasks; made by `live_grid`.

    It has a trait ``cell_N`` for each cell's state and a trait ``poster_N`` for its
    picture: an address, or "#K" for the one of that number in ``posters``.
    """

    board = traitlets.Dict().tag(sync=True)
    posters: traitlets.List[str] = traitlets.List().tag(sync=True)
    progress = traitlets.Unicode().tag(sync=True)


def live_grid(
    *,
    size: int,
    state: Mapping[str, Any],
    of_cell: Mapping[str, OfCell],
    on_play: Callable[[bool], None],
) -> LiveGrid:
    """Return a grid of so many cells.

    Parameters
    ----------
    size
        The number of cells.
    state
        The first value of every trait.
    of_cell
        What answers each kind of message about a cell, on whichever thread the kernel hands
        messages to.
    on_play
        Told while its clips play, at least every other second, and once they rest.
    """

    def asked(does: OfCell) -> Callable[[Mapping[str, Any]], Mapping[str, Any] | None]:
        def answer(message: Mapping[str, Any]) -> Mapping[str, Any] | None:
            index = message.get("index")
            return does(index) if type(index) is int and 0 <= index < size else None

        return answer

    heard = {kind: asked(does) for kind, does in of_cell.items()}
    heard["play"] = lambda message: on_play(message.get("on") is True)
    made: LiveGrid = _kind(size)(name="grid", looks=_looks(), heard=heard, **state)
    return made


@cache
def _looks() -> str:
    return (Path(__file__).parent / "grid.css").read_text("utf-8")


@cache
def _kind(size: int) -> Any:
    """Return the class with traits for so many cells."""
    cells = {f"cell_{at}": traitlets.Dict().tag(sync=True) for at in range(size)}
    posters = {f"poster_{at}": traitlets.Unicode().tag(sync=True) for at in range(size)}
    return type("LiveGrid", (LiveGrid,), {**cells, **posters})
