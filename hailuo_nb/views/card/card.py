"""One task's place in the notebook, from the first state to the saved HTML.

The live view draws the end itself, wherever it stands; the HTML that takes its place in a cell
is for the saved notebook, and reaches neither an output widget nor a served page. It decides
what is published and when, and owns the widget; what the pieces look like stands in `state` and
`settled`. It never prints, and knows no IPython: the publisher is handed in.
"""

import logging
import uuid
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from hailuo_nb.core.fork import ProcessLock
from hailuo_nb.core.task import FINAL, Snapshot
from hailuo_nb.views.card.settled import settled_html, settled_text, waiting_html, waiting_text
from hailuo_nb.views.card.state import live_state
from hailuo_nb.views.text import safe_address

if TYPE_CHECKING:
    from hailuo_nb.views.card.live import LiveCard

_WIDGET = "application/vnd.jupyter.widget-view+json"
_log = logging.getLogger("hailuo_nb")


class Publish(Protocol):
    """Sends one display bundle to the notebook, from any thread."""

    def __call__(
        self, data: dict[str, Any], *, metadata: dict[str, Any], display_id: str, update: bool
    ) -> None:
        """Show ``data``, or put it in place of what ``display_id`` shows."""
        ...


class Card:
    """One task's place in the notebook: live while it runs, light HTML once it is final.

    Parameters
    ----------
    publish
        Sends a bundle; wraps the display publisher saved at load.
    on_stop
        Called when the person presses "Stop watching", on any thread.
    locate
        Turns a clip's path into its address as seen from the notebook.
    """

    def __init__(
        self,
        *,
        publish: Publish,
        on_stop: Callable[[], None],
        locate: Callable[[Path], str],
    ) -> None:
        self.display_id = f"hailuo-{uuid.uuid4().hex}"
        self._publish = publish
        self._on_stop = on_stop
        self._locate = locate
        self._lock = ProcessLock()
        self._widget: LiveCard | None = None
        self._shown = False
        self._last: Snapshot | None = None

    def show(self, snapshot: Snapshot) -> None:
        """Draw the card in the cell that is running; call it there, once.

        A snapshot that `update` was given before counts as the newer one.
        """
        with self._lock:
            newest = self._last or snapshot
            self._last, self._shown = newest, True
            data = self._settled(newest) if newest.state in FINAL else self._live(newest)
            self._send(data, update=False)

    def update(self, snapshot: Snapshot) -> None:
        """Bring the card to a new state; never raises, never prints.

        Called from the engine's thread in a clean context.
        """
        try:
            with self._lock:
                self._update(snapshot)
        except Exception:  # noqa: BLE001  # a broken view must not end a paid task's watch
            _log.exception("the card of %s could not be updated", snapshot.id)

    def settle_again(self, snapshot: Snapshot) -> None:
        """Publish the final card once more from the cell that is running.

        Headless runners keep only messages whose parent is the running cell. Does
        nothing for a task that is not final or a card that was never shown.
        """
        with self._lock:
            if self._shown and snapshot.state in FINAL:
                self._settle(snapshot)

    def _update(self, snapshot: Snapshot) -> None:
        before, self._last = self._last, snapshot
        if not self._shown:
            return
        if snapshot.state in FINAL:
            self._settle(snapshot)
        elif self._widget is not None:
            self._widget.state = live_state(snapshot)
            if before is not None and before.state in FINAL:  # watched again
                self._send(self._bundle(self._widget, snapshot), update=True)
        elif before is None or before.state != snapshot.state:
            # Shown when it was over: widgets are made in cells only.
            self._send(_waiting(snapshot), update=True)

    def _settle(self, snapshot: Snapshot) -> None:
        self._last = snapshot
        if self._widget is not None:
            self._widget.state = live_state(snapshot, source_of(snapshot, self._locate))
        self._send(self._settled(snapshot), update=True)

    def _live(self, snapshot: Snapshot) -> dict[str, Any]:
        from hailuo_nb.views.card.live import LiveCard

        self._widget = LiveCard(
            state=live_state(snapshot),
            on_stop=self._on_stop,
            picture=partial(self._asked, picture_of),
            clip=partial(self._asked, clip_of),
        )
        return self._bundle(self._widget, snapshot)

    def _bundle(self, widget: "LiveCard", snapshot: Snapshot) -> dict[str, Any]:
        view = {"version_major": 2, "version_minor": 0, "model_id": widget.model_id}
        return {_WIDGET: view, **_waiting(snapshot)}

    def _asked(self, answer: Callable[[Snapshot], dict[str, Any]]) -> dict[str, Any]:
        """Answer with what the live view's state does not hold once the task is over."""
        with self._lock:
            last = self._last
        return answer(last) if last is not None else {}

    def _settled(self, snapshot: Snapshot) -> dict[str, Any]:
        src = source_of(snapshot, self._locate)
        return {
            "text/html": settled_html(snapshot, src=src),
            "text/plain": settled_text(snapshot, src=src),
        }

    def _send(self, data: dict[str, Any], *, update: bool) -> None:
        self._publish(data, metadata={}, display_id=self.display_id, update=update)


def source_of(snapshot: Snapshot, locate: Callable[[Path], str]) -> str | None:
    """Return a clip's address as seen from the notebook; None where there is no clip or address."""
    if snapshot.video is None or snapshot.state != "done":
        return None
    try:
        return locate(snapshot.video)
    except (OSError, ValueError):
        _log.exception("the clip of %s has no address", snapshot.id)
        return None


def picture_of(snapshot: Snapshot) -> dict[str, Any]:
    """Return "poster", the picture of a task as a safe address, or None."""
    return {"poster": safe_address(snapshot.poster)}


def clip_of(snapshot: Snapshot) -> dict[str, Any]:
    """Return "bytes", a clip that the page cannot load by an address; nothing where it is gone."""
    try:
        data = snapshot.video.read_bytes() if snapshot.video else b""
    except OSError:
        data = b""
    return {"bytes": data} if data else {}


def _waiting(snapshot: Snapshot) -> dict[str, Any]:
    return {"text/html": waiting_html(snapshot), "text/plain": waiting_text(snapshot)}
