"""What the live card and the live grid share: a widget whose code stands once for all views.

The code, the style and the layout of each kind of view travel to the page in models that all views
of a kernel share, so that what a view keeps once its task is over is small. Widgets must be
created in the cell that shows them; it knows nothing of tasks.
"""

from collections.abc import Callable, Mapping
from typing import Any

import anywidget
import ipywidgets
import traitlets

from hailuo_nb.core.fork import ProcessLock
from hailuo_nb.views.bundles import Name, bundle


class Code(ipywidgets.Widget):  # type: ignore[misc]
    """What all views of one kind share: code, style, and the layout that every widget has."""

    _model_name = traitlets.Unicode("WidgetModel").tag(sync=True)
    source = traitlets.Unicode().tag(sync=True)
    looks = traitlets.Unicode().tag(sync=True)

    def __init__(self, **state: Any) -> None:
        super().__init__(**state)
        self.layout = ipywidgets.Layout()

    @property
    def is_open(self) -> bool:
        """Whether the page still has it; somebody may have closed all widgets."""
        return self.comm is not None and self.layout.comm is not None


_codes: dict[Name, Code] = {}
_lock = ProcessLock()


def code_of(name: Name, looks: str) -> Code:
    """Return what the views of a bundle share; it is made when it is first asked for."""
    with _lock:
        code = _codes.get(name)
        if code is None or not code.is_open:
            code = _codes[name] = Code(source=bundle(name), looks=looks)
        return code


class Live(anywidget.AnyWidget):
    """A view that follows tasks.

    Parameters
    ----------
    name
        Its bundle.
    looks
        Its style sheet.
    heard
        What answers each kind of message, on whichever thread the kernel hands messages to. It
        gets the message and returns what to send back, if anything; "bytes" in it go as bytes.
    state
        The first value of every trait.
    """

    _esm = bundle("loader")
    code = traitlets.Unicode().tag(sync=True)

    def __init__(
        self,
        *,
        name: Name,
        looks: str,
        heard: Mapping[str, Callable[[Mapping[str, Any]], Mapping[str, Any] | None]],
        **state: Any,
    ) -> None:
        shared = code_of(name, looks)
        super().__init__(code=str(shared.model_id), layout=shared.layout, **state)
        self._heard = dict(heard)
        self.on_msg(self._on_message)

    def change(self, state: Mapping[str, Any]) -> None:
        """Set these traits; the browser hears of all of them in one message."""
        with self.hold_sync():
            for name, value in state.items():
                setattr(self, name, value)

    def _on_message(self, _widget: object, content: object, _buffers: object) -> None:
        if not isinstance(content, dict):
            return
        heard = self._heard.get(str(content.get("kind")))
        answer = heard(content) if heard else None
        if answer is not None:
            reply = {"kind": content["kind"], **answer}
            self.send(reply, [reply.pop("bytes")] if "bytes" in reply else None)
