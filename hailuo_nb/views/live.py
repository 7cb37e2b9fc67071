"""The widget behind every live view: states of clips down, requests for one of them up.

The code, the style and the layout of each kind of view travel to the page in models that all views
of a kernel share, so that what a view keeps once its task is over is small. Widgets must be
created in the cell that shows them; it knows nothing of tasks.
"""

import time
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import anywidget
import ipywidgets
import traitlets

from hailuo_nb.core.fork import ProcessLock
from hailuo_nb.views.bundles import Name, bundle


class Reachable:
    """Mixed into a widget: it can be shown, and its messages go to the subshell the page names.

    ipykernel sends them where the message came from under which the widget was last heard: for
    one that speaks from a thread that may be a subshell of somebody else's, gone since.
    """

    comm: Any
    model_id: Any

    @property
    def view_data(self) -> dict[str, Any]:
        """What an output shows the widget by, by media type."""
        view = {"version_major": 2, "version_minor": 0, "model_id": self.model_id}
        return {"application/vnd.jupyter.widget-view+json": view}

    def _send(self, msg: Any, buffers: Any = None) -> None:
        super()._send(msg, buffers)  # type: ignore[misc]
        if self.comm is not None:
            vars(self.comm).pop("_reply_subshell_id", None)


OfCell = Callable[[int], Mapping[str, Any] | None]
"""Answers a message about the clip of this number with what to send back, if anything."""


TOGETHER_S = 1.0
"""Views that let the page know within so many seconds that the kernel lives, do so as one."""


class Code(ipywidgets.Widget):  # type: ignore[misc]
    """What all views of one kind share: code, style, and the layout that every widget has."""

    _model_name = traitlets.Unicode("WidgetModel").tag(sync=True)
    source = traitlets.Unicode().tag(sync=True)
    looks = traitlets.Unicode().tag(sync=True)
    beat = traitlets.Int(0).tag(sync=True)

    def __init__(self, **state: Any) -> None:
        super().__init__(**state)
        self.layout = ipywidgets.Layout()
        self._beat_at_s = -TOGETHER_S

    def pulse(self) -> None:
        """Let the page know that this kernel lives, once for all views that say so now."""
        now_s = time.monotonic()
        if now_s - self._beat_at_s >= TOGETHER_S:
            self._beat_at_s = now_s
            self.beat += 1

    @property
    def is_open(self) -> bool:
        """Whether the page still has it; somebody may have closed all widgets."""
        return self.comm is not None and self.layout.comm is not None


_codes: dict[Name, Code] = {}
_lock = ProcessLock()


def code_of(name: Name) -> Code:
    """Return what the views of a bundle share; it is made when it is first asked for."""
    with _lock:
        code = _codes.get(name)
        if code is None or not code.is_open:
            code = _codes[name] = Code(source=bundle(name), looks=style_of(name))
        return code


class Live(Reachable, anywidget.AnyWidget):
    """A view that follows tasks; made by `live`.

    It has a trait ``cell_N`` for each clip's state and a trait ``poster_N`` for its
    pictures: the addresses of its poster and of its strip's frames, apart by blanks, or "#K" for
    those of that number in ``posters``.
    """

    _esm = bundle("loader")
    code = traitlets.Unicode().tag(sync=True)
    board = traitlets.Dict().tag(sync=True)
    posters: traitlets.List[str] = traitlets.List().tag(sync=True)
    progress = traitlets.Unicode().tag(sync=True)

    def __init__(
        self,
        *,
        name: Name,
        heard: Mapping[str, Callable[[Mapping[str, Any]], Mapping[str, Any] | None]],
        **state: Any,
    ) -> None:
        shared = code_of(name)
        super().__init__(code=str(shared.model_id), layout=shared.layout, **state)
        self._code = shared
        self._heard = dict(heard)
        self.on_msg(self._on_message)

    def change(self, state: Mapping[str, Any]) -> None:
        """Set these traits; the browser hears of all of them in one message."""
        with self.hold_sync():
            for name, value in state.items():
                setattr(self, name, value)

    def pulse(self) -> None:
        """Let the page know that the kernel lives."""
        self._code.pulse()

    def _on_message(self, _widget: object, content: object, _buffers: object) -> None:
        if not isinstance(content, dict):
            return
        heard = self._heard.get(str(content.get("kind")))
        answer = heard(content) if heard else None
        if answer is not None:
            reply = {"kind": content["kind"], **answer}
            self.send(reply, [reply.pop("bytes")] if "bytes" in reply else None)


def live(
    name: Name,
    *,
    size: int,
    state: Mapping[str, Any],
    of_cell: Mapping[str, OfCell],
    on_play: Callable[[bool, bool], None],
) -> Live:
    """Return a view of so many clips.

    Parameters
    ----------
    name
        Its bundle.
    size
        The number of clips.
    state
        The first value of every trait.
    of_cell
        What answers each kind of message about a clip, on whichever thread the kernel hands
        messages to; "bytes" in an answer go as bytes.
    on_play
        Told while its clips play, at least every other second, and once they rest; and whether
        they fill the screen.
    """

    def asked(does: OfCell) -> Callable[[Mapping[str, Any]], Mapping[str, Any] | None]:
        def answer(message: Mapping[str, Any]) -> Mapping[str, Any] | None:
            index = message.get("index")
            return does(index) if type(index) is int and 0 <= index < size else None

        return answer

    heard = {kind: asked(does) for kind, does in of_cell.items()}
    heard["play"] = lambda message: on_play(message.get("on") is True, message.get("full") is True)
    made: Live = _kind(size)(name=name, heard=heard, **state)
    return made


@cache
def style_of(name: Name) -> str:
    """Return the style sheet of the views of a bundle: what all views share, then its own."""
    sheets = ("tokens.css", "live.css", f"{name}/{name}.css")
    return "".join((Path(__file__).parent / sheet).read_text("utf-8") for sheet in sheets)


@cache
def _kind(size: int) -> Any:
    """Return the class with traits for so many clips."""
    cells = {f"cell_{at}": traitlets.Dict().tag(sync=True) for at in range(size)}
    posters = {f"poster_{at}": traitlets.Unicode().tag(sync=True) for at in range(size)}
    return type("Live", (Live,), {**cells, **posters})
