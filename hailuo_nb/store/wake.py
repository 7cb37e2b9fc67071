"""How whoever hears a callback wakes whoever watches a task: a file that each callback touches.

It lies in the person's runtime folder under the digest of the task's token, so that the token
itself stands nowhere, and no path is ever taken from a request. It knows files; it must not know a
server, nor what a callback says. Nothing is believed: who is woken asks the service.
"""

import hashlib
import os
import secrets
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from hailuo_nb.core.disk import PRIVATE, write_whole
from hailuo_nb.store.registry import OWN, runtime_folder

PLACE = "callbacks"
KEPT_S = 7 * 86_400.0
TOKEN_BYTES = 32
TOKEN_CHARS = 43
"""How long a token is, written for an address."""


@dataclass(slots=True)
class Wake:
    """What a watcher looks at to hear of callbacks.

    Parameters
    ----------
    path
        The file.
    token
        The secret end of the address; in no repr.
    """

    path: Path
    token: str = field(repr=False)
    _seen: int = field(default=0, init=False, repr=False)

    def called(self) -> bool:
        """Return whether a callback came since this was asked last."""
        try:
            at = self.path.stat().st_mtime_ns
        except OSError:
            return False
        is_new = at != self._seen
        self._seen = at
        return is_new


def begin() -> Wake | None:
    """Draw a token and make its file; None where the person has no runtime folder."""
    folder = _folder()
    if folder is None:
        return None
    token = secrets.token_urlsafe(TOKEN_BYTES)
    made = Wake(_file(folder, token), token)
    try:
        write_whole(made.path, b"", mode=PRIVATE, durable=False)
    except OSError:
        return None
    made.called()
    _forget_old(folder)
    return made


def call(token: str) -> bool:
    """Wake the watcher whose token this is; False where it is nobody's."""
    folder = _folder() if len(token) == TOKEN_CHARS else None
    if folder is None:
        return False
    try:
        os.utime(_file(folder, token))
    except OSError:
        return False
    return True


def note_heard(address: str) -> None:
    """Keep that a callback has come through an address from somebody else."""
    folder = _folder()
    if folder is not None:
        with suppress(OSError):
            write_whole(_heard(folder, address), b"", mode=PRIVATE, durable=False)


def was_heard(address: str) -> bool:
    """Return whether a callback has ever come through an address from somebody else."""
    folder = _folder()
    return folder is not None and _heard(folder, address).exists()


def _folder() -> Path | None:
    runtime = runtime_folder()
    if runtime is None:
        return None
    folder = runtime / PLACE
    try:
        folder.mkdir(mode=OWN, exist_ok=True)
    except OSError:
        return None
    return folder


def _file(folder: Path, token: str) -> Path:
    return folder / f"{hashlib.sha256(token.encode()).hexdigest()}.wake"


def _heard(folder: Path, address: str) -> Path:
    return folder / f"{hashlib.sha256(address.encode()).hexdigest()}.heard"


def _forget_old(folder: Path) -> None:
    before = time.time() - KEPT_S
    with suppress(OSError):
        for path in folder.glob("*.wake"):
            if path.stat().st_mtime < before:
                path.unlink()
