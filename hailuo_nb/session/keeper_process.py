"""The keeper as a process: one a person and history, started at need, found by its socket.

It knows how one is started and what can be said to it. It must not know how tasks are looked
after. The key goes over the socket alone; the process is started in a scrubbed environment.
"""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hailuo_nb.errors import SetupError
from hailuo_nb.media.process import ROOT, scrubbed_environment
from hailuo_nb.store.keeper_socket import Door, socket_path

if TYPE_CHECKING:
    from hailuo_nb.config import Config

MODULE = "hailuo_nb.keep"
START_TIMEOUT_S = 30.0
LOOK_EVERY_S = 0.1
STARTS_MAX = 3
"""One that ends at once was second to another, or cannot start at all."""

_CONNECTIONS = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")
KEPT = (
    *("XDG_RUNTIME_DIR", "SSL_CERT_FILE", "SSL_CERT_DIR"),
    *(*_CONNECTIONS, *(name.lower() for name in _CONNECTIONS)),
)
"""What it needs besides, to be found and to reach the service."""


def start_keeper(home: Path) -> "subprocess.Popen[bytes]":
    """Start the keeper of a history; where one runs, the new one ends at once.

    Raises
    ------
    OSError
        No process can be started.
    """
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return subprocess.Popen(  # noqa: S603 - our own module under our own interpreter
        [sys.executable, "-P", "-m", MODULE, "--home", str(home)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env=scrubbed_environment() | kept,
        start_new_session=True,  # what ends the kernel and its group is not meant for it
    )


def keeper(home: Path) -> Door:
    """Return a connection to the keeper of a history, which is started when there is none; blocks.

    Raises
    ------
    SetupError
        There can be none here, or it does not start.
    """
    path, ends = socket_path(home), time.monotonic() + START_TIMEOUT_S
    started: list[subprocess.Popen[bytes]] = []
    while time.monotonic() < ends:
        try:
            return Door(path)
        except PermissionError as error:
            raise SetupError(f"The keeper cannot be used: {error}.") from None
        except OSError:
            if not started or started[-1].poll() is not None:
                if len(started) == STARTS_MAX:
                    break
                started.append(_started(home))
        time.sleep(LOOK_EVERY_S)
    raise SetupError("The keeper does not start.", advice=f"python -m {MODULE} says why.")


def hand(door: Door, config: "Config") -> None:
    """Tell a keeper the key that the settings have, if they have one; it then looks at once.

    Raises
    ------
    OSError
        It has gone.
    """
    facts = config.handover()
    if facts:
        door.ask({"do": "hand", **facts})


def told(home: Path) -> dict[str, Any] | None:
    """Return what the keeper of a history says of itself; None where none runs, or can.

    ``pid`` and ``version``; ``watching`` and ``blind`` are the local ids of the tasks that it
    looks after, and of those that it would if it had their key; ``known`` is how many keys it has.
    """
    try:
        with Door(socket_path(home)) as door:
            return door.ask({"do": "tell"})
    except (OSError, SetupError):
        return None


def _started(home: Path) -> "subprocess.Popen[bytes]":
    try:
        return start_keeper(home)
    except OSError as error:
        raise SetupError(f"The keeper does not start: {error.strerror}.") from None
