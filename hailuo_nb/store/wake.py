"""How whoever hears a callback wakes whoever watches a task: a file that each callback touches.

It lies in the person's runtime folder under the digest of the task's token, so that the token
itself stands nowhere, and no path is ever taken from a request. What a callback names stands beside
it under our own id of the task, for whoever is unsure of it. It knows files; it must not know a
server. Nothing is believed: who is woken asks the service.
"""

import hashlib
import json
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
SAID_MAX = 4
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


def begin(task: str = "") -> Wake | None:
    """Draw a token and make its file; None where the person has no runtime folder.

    ``task`` is the local id of the task that it is for, letters and digits only.
    """
    folder = _folder()
    if folder is None:
        return None
    token = secrets.token_urlsafe(TOKEN_BYTES)
    made = Wake(_file(folder, token), token)
    try:
        write_whole(made.path, task.encode("ascii"), mode=PRIVATE, durable=False)
    except OSError:
        return None
    made.called()
    _forget_old(folder)
    return made


def call(token: str, said: str = "") -> bool:
    """Wake the watcher whose token this is; False where it is nobody's.

    ``said`` is the service's id of the task, as the callback has it.
    """
    folder = _folder() if len(token) == TOKEN_CHARS else None
    if folder is None:
        return False
    path = _file(folder, token)
    try:
        os.utime(path)
        task = path.read_text("ascii")
        if said and task.isalnum():
            _note_said(folder, task, said)
    except (OSError, ValueError):
        return False
    return True


def said_of(task: str) -> list[str]:
    """Return the service's ids that callbacks about a task of ours have named, at most four."""
    folder = _folder() if task.isalnum() else None
    return _said(folder, task) if folder is not None else []


def said_tasks() -> list[str]:
    """Return the local ids of the tasks of which a callback has named the service's id."""
    folder = _folder()
    return [path.stem for path in folder.glob("*.said")] if folder is not None else []


def _note_said(folder: Path, task: str, said: str) -> None:
    before = _said(folder, task)
    if said not in before and len(before) < SAID_MAX:
        text = json.dumps([*before, said])
        write_whole(folder / f"{task}.said", text.encode(), mode=PRIVATE, durable=False)


def _said(folder: Path, task: str) -> list[str]:
    try:
        return [str(one) for one in json.loads((folder / f"{task}.said").read_bytes())]
    except (OSError, ValueError, TypeError):
        return []


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
        for path in (*folder.glob("*.wake"), *folder.glob("*.said")):
            if path.stat().st_mtime < before:
                path.unlink()
