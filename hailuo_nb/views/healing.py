"""What stands below a live view and shows its tasks once the view has lost its kernel.

An output of its own, since a notebook that knows no model of a view shows an error in its place and
nothing else. It is empty again once the view is over; until then the page hears that the kernel
lives. It knows ids, not what became of tasks.
"""

import json
import logging
from collections.abc import Callable, Sequence
from typing import Any

from hailuo_nb.core.task import Snapshot
from hailuo_nb.views.bundles import bundle
from hailuo_nb.views.look import Publish
from hailuo_nb.views.text import escaped

BEAT_S = 2.0
"""So often a page with a live view hears that the kernel lives, seconds."""

_log = logging.getLogger("hailuo_nb")


class Healing:
    """The output below a view.

    Parameters
    ----------
    publish
        Sends a bundle.
    later
        Calls a function after so many seconds.
    study
        The digest of the experiment that is shown; "" where it is none.
    labels
        What tells its tasks apart there.
    """

    def __init__(
        self,
        publish: Publish,
        later: Callable[[float, Callable[[], None]], object],
        *,
        study: str = "",
        labels: Sequence[str] = (),
    ) -> None:
        self._publish = publish
        self._later = later
        self._facts = {"study": study, "labels": json.dumps(list(labels))}
        self._told: tuple[str, ...] | None = None
        self._beats = False
        self._pulse: Callable[[], object] = int

    def show(self, view: str, shown: Sequence[Snapshot], pulse: Callable[[], object]) -> None:
        """Stand below the view of this id, or follow it where its tasks are others now.

        ``pulse`` lets the page know that the kernel lives; it is called until the end.
        """
        ids = tuple(one.id for one in shown)
        if ids != self._told:
            is_new, self._told = self._told is None, ids
            self._send(view, {"text/html": self._html(view), "text/plain": ""}, update=not is_new)
        self._pulse = pulse
        if not self._beats:
            self._beat()

    def end(self, view: str) -> None:
        """Leave nothing behind: the view shows the end itself."""
        if self._told:
            self._told = ()
            self._send(view, {}, update=True)

    def _beat(self) -> None:
        self._beats = bool(self._told)
        if not self._beats:
            return
        try:
            self._pulse()
        except Exception:  # noqa: BLE001  # a broken view must not end a paid task's watch
            _log.exception("a page was not told that its kernel lives")
        self._later(BEAT_S, self._beat)

    def _send(self, view: str, data: dict[str, Any], *, update: bool) -> None:
        self._publish(data, metadata={}, display_id=f"{view}-below", update=update)

    def _html(self, view: str) -> str:
        facts = {"of": view, "ids": " ".join(self._told or ()), **self._facts}
        told = "".join(f' data-{name}="{escaped(value)}"' for name, value in facts.items())
        script = f'<script type="module">\n{bundle("heal")}</script>'
        return f'<div class="hailuo-heal"{told}></div>{script}'
