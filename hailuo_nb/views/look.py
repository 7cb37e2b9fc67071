"""How a kind of view looks, and what an output needs of the notebook around it; only types.

A card and a grid are each a `Look`; which of its pieces are shown when is the affair of `output`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from hailuo_nb.views.bundles import Name
from hailuo_nb.views.facts import Facts


class Publish(Protocol):
    """Sends one display bundle to the notebook, from any thread."""

    def __call__(
        self, data: dict[str, Any], *, metadata: dict[str, Any], display_id: str, update: bool
    ) -> None:
        """Show ``data``, or put it in place of what ``display_id`` shows."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a kind of view looks: pure functions of its clips.

    Parameters
    ----------
    bundle
        The front end of the live view.
    board
        What stands around the clips and never changes, for the browser.
    tile
        One clip, for the browser.
    progress
        How far all are, in words; it reads no address.
    html, text
        What stays in the notebook.
    picture
        What stays for paper, where HTML does not come: a ``data:`` URI of a JPEG, or "".
    """

    bundle: Name
    board: Callable[[Sequence[Facts]], dict[str, Any]]
    tile: Callable[[Facts], dict[str, Any]]
    progress: Callable[[Sequence[Facts]], str]
    html: Callable[[Sequence[Facts]], str]
    text: Callable[[Sequence[Facts]], str]
    picture: Callable[[Sequence[Facts]], str] = lambda _: ""
