"""A proxy before a web server that takes headers out of each request, as some do.

It knows heads of HTTP requests, one a connection; what follows, be it a WebSocket, it passes on.
"""

import socket
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress

HEAD_END = b"\r\n\r\n"
PIECE_BYTES = 65_536


@contextmanager
def stripping_proxy(port: int, taken: Collection[str]) -> Iterator[int]:
    """Stand before a port of this machine for as long as the block lasts; yield the port to use.

    ``taken`` are the names of the headers that it takes out, in lower case.
    """
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with suppress(OSError):
            while True:
                client, _ = listener.accept()
                threading.Thread(target=_relay, args=(client, port, taken), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def _relay(client: socket.socket, port: int, taken: Collection[str]) -> None:
    """Pass one request on without what is taken, then all bytes both ways until an end."""
    with suppress(OSError), client, socket.create_connection(("127.0.0.1", port)) as server:
        head, rest = _head(client)
        server.sendall(_without(head, taken) + HEAD_END + rest)
        threading.Thread(target=_pass, args=(client, server), daemon=True).start()
        _pass(server, client)


def _head(client: socket.socket) -> tuple[bytes, bytes]:
    """Return the head of a request, and what has come of its body."""
    came = b""
    while HEAD_END not in came:
        piece = client.recv(PIECE_BYTES)
        if not piece:
            raise ConnectionError
        came += piece
    head, _, rest = came.partition(HEAD_END)
    return head, rest


def _without(head: bytes, taken: Collection[str]) -> bytes:
    """Return a head without what is taken; what is no WebSocket ends with its answer."""
    first, *lines = head.split(b"\r\n")
    names = [line.partition(b":")[0].decode("latin-1").strip().lower() for line in lines]
    kept = [line for line, name in zip(lines, names, strict=True) if name not in taken]
    if "upgrade" not in names:
        told = zip(lines, names, strict=True)
        kept = [line for line, name in told if name not in {*taken, "connection"}]
        kept.append(b"Connection: close")
    return b"\r\n".join([first, *kept])


def _pass(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(PIECE_BYTES):
            sink.sendall(piece)
    with suppress(OSError):
        sink.shutdown(socket.SHUT_WR)
