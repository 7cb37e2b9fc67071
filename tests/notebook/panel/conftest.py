"""A panel in a session of its own, on one fast simulator; what it sends is kept."""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from hailuo_nb.notebook.panel.panel import Panel
from hailuo_nb.session import registry
from hailuo_nb.session.session import Session
from tests.session.conftest import session, stage

__all__ = ["session", "stage"]


class Heard:
    """What a panel sent to the browser."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []
        self.buffers: list[list[bytes]] = []

    def of(self, kind: str) -> list[dict[str, Any]]:
        """Return the broadcasts of a kind."""
        return [message for message in self.messages if message.get("kind") == kind]


class Asked(Panel):
    """A panel whose messages are kept; `ask` does what the browser's wire does."""

    def __init__(self, prompt: str = "", **settings: Any) -> None:
        self.heard = Heard()
        super().__init__(prompt, **settings)

    def send(self, content: Any, buffers: Any = None) -> None:
        """Keep a message, if it could travel."""
        _check_travels(content)
        self.heard.messages.append(content)
        self.heard.buffers.append(list(buffers or []))

    def _send(self, msg: Any, buffers: Any = None) -> None:
        _check_travels(msg)
        super()._send(msg, buffers)

    def hear(self, data: object, buffers: Sequence[object] = ()) -> list[dict[str, Any]]:
        """Take what came over the wire, as the kernel hands it on; return what was sent back."""
        before = len(self.heard.messages)
        self._handle_msg({"content": {"data": data}, "buffers": list(buffers)})
        new = self.heard.messages[before:]
        return [message for message in new if message.get("kind") != "rows"]

    def ask(self, kind: str, *buffers: bytes, **facts: Any) -> dict[str, Any]:
        """Send a message that asks for something, and return its one answer."""
        before = len(self.heard.messages)
        self._on_message(
            self, {"kind": kind, "ask": "q", **facts}, [memoryview(one) for one in buffers]
        )
        new = self.heard.messages[before:]
        (answer,) = [message for message in new if message.get("answer") == "q"]
        return answer

    def look(self) -> None:
        """Have the gallery look where it tells of changes by itself: in the midst of no other."""

        async def act() -> None:
            self.gallery.look()

        self.here.runner().engine.start(act()).result()

    def click(self, **facts: Any) -> dict[str, Any]:
        """Press Generate as it stands."""
        now = self.quote
        seen = {"due": now["due"], "credits": now["credits"]}
        message = {"turn": now["turn"], "prompt": self.prompt, "settings": self.settings}
        return self.ask("generate", **{**message, "seen": seen, **facts})


def _check_travels(content: object) -> None:
    """Refuse what the kernel's wire refuses: no number, half a character."""
    json.dumps(content, allow_nan=False, ensure_ascii=False).encode("utf-8", "surrogateescape")


@pytest.fixture
def panel(session: Session, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Asked]]:
    """Make panels of this test's session; close them after it."""
    monkeypatch.setitem(registry.state, "session", session)
    made: list[Asked] = []

    def make(prompt: str = "", **settings: Any) -> Asked:
        made.append(Asked(prompt, **settings))
        return made[-1]

    yield make
    for one in made:
        one.close()
