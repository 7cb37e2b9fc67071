"""A wire between a page and its server that can be cut, be dead, or drop whatever lasts.

It knows connections and bytes, and of HTTP only that a WebSocket asks for an upgrade.
"""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Literal

from tests.support.loopback import reset

Line = Literal["whole", "cut", "dead", "dropping"]
"""What befalls connections: nothing; each is ended, and so is each new one; nothing passes and
nobody is told, and all end as it comes back; WebSockets and idle ones are dropped again and again.
"""

IDLE_S = 1.0
"""So long a connection may say nothing where such are dropped."""

SOCKET_S = 1.5
"""So long a WebSocket lasts there."""

EVERY_S = 0.1
PIECE_BYTES = 65_536
UPGRADE = b"upgrade: websocket"


class _Pair:
    """One connection of the page, and the one to the server that it is passed on to."""

    def __init__(self, client: socket.socket, server: socket.socket, wire: "Wire") -> None:
        self._ends, self._wire = (client, server), wire
        self._began_s = self._heard_s = time.monotonic()
        self._is_socket = False

    def run(self) -> None:
        """Pass all bytes both ways until one side ends."""
        client, server = self._ends
        back = threading.Thread(target=self._pass, args=(server, client), daemon=True)
        back.start()
        self._pass(client, server, is_head=True)
        back.join()
        for one in self._ends:
            one.close()

    def is_over(self) -> bool:
        """Return whether it has lasted, or rested, for too long."""
        now_s = time.monotonic()
        too_old = self._is_socket and now_s - self._began_s > SOCKET_S
        return too_old or now_s - self._heard_s > IDLE_S

    def drop(self) -> None:
        """End it the hard way, for both sides."""
        for one in self._ends:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def _pass(self, source: socket.socket, sink: socket.socket, *, is_head: bool = False) -> None:
        with suppress(OSError):
            while piece := source.recv(PIECE_BYTES):
                self._heard_s = time.monotonic()
                self._is_socket |= is_head and UPGRADE in piece.lower()
                is_head = False
                self._wire.passable.wait()
                sink.sendall(piece)
        with suppress(OSError):
            sink.shutdown(socket.SHUT_WR)


class Wire:
    """The wire before a port of this machine; made by `wire_before`."""

    def __init__(self, port: int) -> None:
        self._target, self._listener = port, socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.passable = threading.Event()
        self.passable.set()
        self.dropped = 0
        self._line: Line = "whole"
        self._pairs: set[_Pair] = set()
        self._lock = threading.Lock()
        self._end = threading.Event()

    def become(self, line: Line) -> None:
        """Have this befall it from now on; what was dead ends as it comes back."""
        was, self._line = self._line, line
        if line == "dead":
            self.passable.clear()
        if line == "cut" or was == "dead":
            self._drop(lambda _: True)
        if line != "dead":
            self.passable.set()

    def serve(self) -> None:
        """Take connections until it is closed."""
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                if self._line == "cut":
                    reset(client)
                    self.dropped += 1
                else:
                    threading.Thread(target=self._relay, args=(client,), daemon=True).start()

    def mind(self) -> None:
        """Drop what lasts, while that is what befalls it."""
        while not self._end.wait(EVERY_S):
            if self._line == "dropping":
                self._drop(_Pair.is_over)

    def close(self) -> None:
        """End it and all connections."""
        self._end.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._drop(lambda _: True)
        self.passable.set()

    def _relay(self, client: socket.socket) -> None:
        self.passable.wait()
        try:
            server = socket.create_connection(("127.0.0.1", self._target))
        except OSError:
            reset(client)
            return
        pair = _Pair(client, server, self)
        with self._lock:
            self._pairs.add(pair)
        pair.run()
        with self._lock:
            self._pairs.discard(pair)

    def _drop(self, which: Callable[[_Pair], bool]) -> None:
        with self._lock:
            pairs = [pair for pair in self._pairs if which(pair)]
        for pair in pairs:
            pair.drop()
        self.dropped += len(pairs)


@contextmanager
def wire_before(port: int) -> Iterator[Wire]:
    """Have a wire before a port of this machine for as long as the block lasts."""
    wire = Wire(port)
    threads = [threading.Thread(target=does) for does in (wire.serve, wire.mind)]
    for one in threads:
        one.start()
    try:
        yield wire
    finally:
        wire.close()
        for one in threads:
            one.join()
