"""The widget behind the panel: traits that both sides share, and messages for the rest.

It carries dicts between Python and the browser and answers each message exactly once,
whatever it is and whatever becomes of it. What the messages mean is known to who handles
them; it knows no task. It must be created in a cell.
"""

import gzip
import logging
import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from typing import Any, ClassVar

import anywidget
import traitlets

from hailuo_nb.errors import HailuoError
from hailuo_nb.views.bundles import bundle
from hailuo_nb.views.live import Reachable
from hailuo_nb.views.panel.reading import Buffers, Message, facts, text, unreadable, word, words
from hailuo_nb.views.text import plain

_BOOTH = ("../live.css", "../judge/judge.css")
_STYLES = ("../tokens.css", "panel.css", "composer.css", "gallery.css", *_BOOTH)

Answer = dict[str, Any]
"""What is answered; "buffers" in it travel as bytes."""

Handler = Callable[[Any, Message, Buffers], Answer]
"""Answers a message that a panel got."""

FORM: Mapping[str, Callable[[Message, str], object]] = {
    "prompt": text,
    "settings": facts,
    "selection": words,
}
"""What a page may set, and how it is read; the rest is Python's to say."""

INTERRUPTED = "This was interrupted."
FAULT = "A fault of hailuo_nb ({kind}) stopped this."
LOOK = "Look in the gallery at what came of it before you try again."
WORDS_CHARS_MAX = 2000
"""Of a longer refusal the beginning is told."""

_log = logging.getLogger("hailuo_nb")


@cache
def style_text() -> str:
    """Return the panel's style sheet, its rules stronger than any of the notebook's own."""
    tokens, *own = ((Path(__file__).parent / style).read_text("utf-8") for style in _STYLES)
    return tokens + "\n".join(own).replace(".hailuo-panel", ":is(.hailuo-panel, #hailuo-panel)")


class PanelWidget(Reachable, anywidget.AnyWidget):
    """The panel as the browser knows it.

    ``prompt``, ``settings`` and ``selection`` are set by both sides, the others by Python.
    A subclass fills ``handlers``: what answers each kind of message. A message that carries
    "ask" gets one reply with the same as "answer", or with "refused" and the words why.
    """

    _esm = bundle("unpack")
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
            code=_packed(bundle("panel")),
            looks=_packed(style_text()),
            **state,
        )
        self.on_msg(self._on_message)

    def tell(self, kind: str, **facts: Any) -> None:
        """Send every view a message."""
        self.send({"kind": kind, **facts})

    def check_form(self, state: Message) -> None:
        """Refuse what the form cannot hold; a subclass knows what that is.

        Parameters
        ----------
        state
            Some of `FORM`, each of its kind.

        Raises
        ------
        HailuoError
            Nothing of it is taken.
        """

    def retell(self) -> None:
        """Tell again what a change of the form is answered with; a subclass has it."""

    def _handle_msg(self, msg: Any) -> None:
        """Take what a page sends; ipywidgets would show a traceback in some cell."""
        content = msg.get("content") if isinstance(msg, dict) else None
        data = content.get("data") if isinstance(content, dict) else None
        data = data if isinstance(data, dict) else {}
        if data.get("method") == "update":
            self._settle(None, partial(self._update, data.get("state")))
        elif data.get("method") == "request_state":
            self._settle(None, self.send_state)
        else:
            buffers = msg.get("buffers") if isinstance(msg, dict) else None
            self._handle_custom_msg(data.get("content"), buffers)

    def _update(self, state: object) -> None:
        """Set what a page may set, all of it or nothing; the page is told what stands."""
        if not isinstance(state, dict):
            raise unreadable()
        names = [name for name in FORM if name in state]
        try:
            form = {name: FORM[name](state, name) for name in names}
            self.check_form(form)
        except HailuoError:
            self.send_state(names)
            self.retell()
            raise
        self.set_state(form)

    def _on_message(self, _widget: object, content: object, buffers: object) -> None:
        message = content if isinstance(content, dict) else {}
        ask = message.get("ask")
        ask = ask if isinstance(ask, str) and plain(ask) == ask and len(ask) < 200 else None
        self._settle(ask, partial(self._answer, message, buffers))

    def _answer(self, message: Message, buffers: object) -> Answer:
        handler = self.handlers.get(word(message, "kind"))
        if handler is None:
            raise unreadable()
        return handler(self, message, buffers if isinstance(buffers, list) else [])

    def _settle(self, ask: str | None, does: Callable[[], Answer | None]) -> None:
        """Do it and answer, or say why not: also where it was interrupted, or is our fault."""
        try:
            answer = dict(does() or {})
            made = answer.pop("buffers", [])
            if ask is not None:
                self.send({"answer": ask, **answer}, made)
        except HailuoError as error:
            self._refuse(ask, str(error))
        except KeyboardInterrupt as interrupt:
            self._refuse(ask, f"{str(interrupt) or INTERRUPTED} {LOOK}")
        except BaseException as fault:
            _log.exception("a message of the panel met a fault of this package")
            self._refuse(ask, f"{FAULT.format(kind=type(fault).__name__)} {LOOK}")
            if not isinstance(fault, Exception):
                raise

    def _refuse(self, ask: str | None, why: str) -> None:
        told = plain(HailuoError.mask(why))
        told = told if len(told) <= WORDS_CHARS_MAX else f"{told[:WORDS_CHARS_MAX]}…"
        with suppress(Exception):  # the page, or the kernel's end of the wire, may be gone
            if ask is None:
                self.tell("told", words=told, level="error")
            else:
                self.send({"answer": ask, "refused": told})


@cache
def _packed(text: str) -> bytes:
    """Return a text as the browser unpacks it; the same bytes for the same text."""
    return gzip.compress(text.encode("utf-8"), mtime=0)
