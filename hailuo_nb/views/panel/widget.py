"""The widget behind the panel: traits that both sides share, and messages for the rest.

It carries dicts between Python and the browser and answers each message that asks for
something exactly once. What the messages mean is known to who handles them; it knows no
task. It must be created in a cell.
"""

import gzip
import logging
import uuid
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import anywidget
import traitlets

from hailuo_nb.errors import HailuoError

STATIC = Path(__file__).parent.parent / "static"
PARTS = (
    "compare.js",
    "dom.js",
    *(f"panel/{part}.js" for part in (
        "facts", "menu", "upload", "chips", "frames", "prompts", "options", "price",
        "composer", "card_tile", "comparing", "filterbar", "player", "posters", "tile_acts",
        "gallery", "panel",
    )),
)  # fmt: skip
"""The module's parts; a later one uses what an earlier one exports."""

STYLES = ("panel/panel.css", "panel/composer.css", "panel/gallery.css")

Message = Mapping[str, Any]
Buffers = Sequence[memoryview]
Answer = dict[str, Any]
"""What is answered; "buffers" in it travel as bytes."""

Handler = Callable[[Any, Message, Buffers], Answer]
"""Answers a message that a panel got."""

_log = logging.getLogger("hailuo_nb")


def module_text() -> str:
    """Return the panel's ES module."""
    return "\n".join((STATIC / part).read_text("utf-8") for part in PARTS)


def style_text() -> str:
    """Return the panel's style sheet, its rules stronger than any of the notebook's own."""
    text = "\n".join((STATIC / style).read_text("utf-8") for style in STYLES)
    return text.replace(".hailuo-panel", ":is(.hailuo-panel, #hailuo-panel)")


class PanelWidget(anywidget.AnyWidget):
    """The panel as the browser knows it.

    ``prompt``, ``settings`` and ``selection`` are set by both sides, the others by Python.
    A subclass fills ``handlers``: what answers each kind of message. A message that carries
    "ask" gets one reply with the same as "answer", or with "refused" and the words why.
    """

    _esm = STATIC / "panel" / "unpack.js"
    code = traitlets.Bytes().tag(sync=True)
    looks = traitlets.Bytes().tag(sync=True)
    place = traitlets.Unicode().tag(sync=True)
    catalogue = traitlets.Dict().tag(sync=True)
    prompt = traitlets.Unicode().tag(sync=True)
    settings = traitlets.Dict().tag(sync=True)
    selection: traitlets.List[str] = traitlets.List(traitlets.Unicode()).tag(sync=True)
    quote = traitlets.Dict().tag(sync=True)
    frames = traitlets.Dict().tag(sync=True)
    first = traitlets.Dict().tag(sync=True)
    handlers: ClassVar[Mapping[str, Handler]] = {}

    def __init__(self, **state: Any) -> None:
        super().__init__(
            place=f"hailuo-place-{uuid.uuid4().hex}",
            code=_packed(module_text),
            looks=_packed(style_text),
            **state,
        )
        self.on_msg(self._on_message)

    def tell(self, kind: str, **facts: Any) -> None:
        """Send every view a message."""
        self.send({"kind": kind, **facts})

    def _on_message(self, _widget: object, content: object, buffers: object) -> None:
        handler = self.handlers.get(str(content.get("kind"))) if isinstance(content, dict) else None
        if handler is None or not isinstance(content, dict):
            return
        asked = content.get("ask")
        try:
            answer = handler(self, content, buffers if isinstance(buffers, list) else [])
        except HailuoError as error:
            self._refuse(asked, str(error))
        except (LookupError, TypeError, ValueError):
            _log.exception("the panel's message %r could not be read", content["kind"])
            self._refuse(asked, "The panel sent something that could not be read.")
        else:
            if asked is not None:
                made = answer.pop("buffers", [])
                self.send({"answer": asked, **answer}, made)

    def _refuse(self, answer: object, words: str) -> None:
        if answer is None:
            self.tell("told", words=words, level="error")
        else:
            self.send({"answer": answer, "refused": words})


@cache
def _packed(text: Callable[[], str]) -> bytes:
    """Return a text as the browser unpacks it; the same bytes for the same text."""
    return gzip.compress(text().encode("utf-8"), mtime=0)
