"""Where the keeper of a history listens, and how a process of the same person talks to it.

It knows the socket, who is at its other end, and lines of JSON. It must not know what a keeper
does, nor what is said. The socket lies in the person's own runtime folder, and whoever is at the
other end is asked of the system: only the same person is talked to, from both sides.
"""

import hashlib
import json
import os
import socket
import struct
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hailuo_nb.core.disk import make_private
from hailuo_nb.errors import SetupError
from hailuo_nb.store.registry import runtime_folder

LINE_BYTES_MAX = 1_000_000
ANSWER_TIMEOUT_S = 10.0
_PATH_BYTES_MAX = 103
"""No longer path can be a socket's, on any system."""

_XUCRED = 8
"""Of what BSD says of a peer: version and user, 4 bytes each."""


def socket_path(home: Path) -> Path:
    """Return where the keeper of a history listens, for this person on this machine.

    Raises
    ------
    SetupError
        There is no such place here: the words say why.
    """
    if not hasattr(socket, "AF_UNIX") or sys.platform == "win32":
        raise SetupError("This system has no sockets of the kind that a keeper needs.")
    folder = runtime_folder()
    if folder is None:
        raise SetupError("The system has no runtime folder that is this account's alone.")
    mark = hashlib.sha256(os.fsencode(os.path.realpath(home))).hexdigest()[:16]
    path = folder / f"keep-{mark}.sock"
    if len(os.fsencode(path)) > _PATH_BYTES_MAX:
        raise SetupError(f"The path of the runtime folder {folder} is too long for a socket.")
    return path


def is_own_peer(connection: "socket.socket") -> bool:
    """Return whether the process at the other end is this person's, as the system tells it."""
    try:
        if sys.platform == "linux":
            raw = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
            uid = struct.unpack("3i", raw)[1]
        else:
            uid = struct.unpack("=II", connection.getsockopt(0, 1, _XUCRED))[1]
    except (OSError, struct.error):
        return False
    return bool(uid == os.geteuid())


def _check_peer(connection: "socket.socket") -> None:
    if not is_own_peer(connection):
        raise PermissionError("another account's process listens there")


@contextmanager
def alone(path: Path) -> Iterator[bool]:
    """Hold a keeper's place for the block, until the process ends; False where another has it.

    Raises
    ------
    OSError
        The lock beside the socket cannot be made.
    """
    import fcntl

    lock = path.with_suffix(".lock")
    make_private(lock)
    with lock.open("rb") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


class Door:
    """A connection to a keeper; as a context manager it ends with the block.

    Raises
    ------
    OSError
        Nobody listens.
    PermissionError
        Whoever listens is not this person's process.
    """

    def __init__(self, path: Path) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        try:
            self._socket.settimeout(ANSWER_TIMEOUT_S)
            self._socket.connect(str(path))
            _check_peer(self._socket)
        except BaseException:
            self._socket.close()
            raise
        self._read = self._socket.makefile("rb")

    def __enter__(self) -> "Door":
        return self

    def __exit__(self, *of_error: object) -> None:
        self._read.close()
        self._socket.close()

    def ask(self, question: Mapping[str, object]) -> dict[str, Any]:
        """Say one thing and return the answer.

        Raises
        ------
        OSError
            There is none within seconds, or it is none.
        """
        self._socket.settimeout(ANSWER_TIMEOUT_S)
        self._socket.sendall(json.dumps(question).encode() + b"\n")
        try:
            answer = json.loads(self._read.readline(LINE_BYTES_MAX))
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            raise ConnectionResetError("the keeper gave no answer")
        return answer

    def stays_open(self, within_s: float) -> bool:
        """Hold for so many seconds, or until the keeper has gone; return whether it is there."""
        self._socket.settimeout(within_s)
        try:
            return bool(self._socket.recv(1))
        except TimeoutError:
            return True
        except OSError:
            return False
