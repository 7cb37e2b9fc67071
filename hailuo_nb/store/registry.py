"""Which processes use which history, as they write it down in the person's runtime folder.

Who looks after tasks without a kernel, or tells a page of them, finds the history here: no path is
ever taken from a request. It knows folders and which process named them, never what lies in a
history. The folder is the person's alone; one that somebody else could write is not used.
"""

import json
import os
import secrets
import stat
import warnings
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from hailuo_nb.core.disk import PRIVATE, write_whole
from hailuo_nb.store.leases import Holder, Standing

OWN = 0o700
"""The permissions of a folder that is the person's alone."""

PLACE = "histories"
ENTRY_BYTES_MAX = 64 * 1024
ENTRIES_MAX = 1000
"""So many entries are read, the newest first; what has ended is taken away long before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """That a process used the history in a folder.

    Parameters
    ----------
    home
        The folder of the history, as a whole path.
    holder
        The process, as `Holder` writes it and as it stands in the leases of that history.
    at
        When it was written down, in seconds since the epoch.
    """

    home: Path
    holder: str
    at: float

    @property
    def pid(self) -> int:
        """The process's number on its machine."""
        return int(json.loads(self.holder)[2])

    @property
    def standing(self) -> Standing:
        """Whether the process lives, is gone, or nothing is known of it."""
        own = Holder()
        found = own.standing(self.holder)
        is_own = json.loads(self.holder)[:3] == [own.host, own.boot, own.pid]
        return "lives" if is_own and found == "unknown" else found


def runtime_folder() -> Path | None:
    """Return the person's own runtime folder, made when missing; None where there is none.

    Sockets and what processes tell each other lie there, for the person alone (mode 0700).
    """
    import platformdirs

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that the usual place is missing is nobody's concern
        try:
            folder = Path(platformdirs.user_runtime_dir("hailuo_nb", appauthor=False))
            folder.parent.mkdir(mode=OWN, parents=True, exist_ok=True)
            folder.mkdir(mode=OWN, exist_ok=True)
            return folder if _is_own(folder) else None
        except (OSError, RuntimeError):
            return None


def register(home: Path, holder: str) -> bool:
    """Write down that this process, ``holder``, uses a history; return whether that came to be.

    What ended processes wrote of the same history goes: one entry of it stays for each that lives.
    """
    folder = runtime_folder()
    if folder is None:
        return False
    place = folder / PLACE
    facts = {"home": str(home.absolute()), "holder": holder}
    try:
        place.mkdir(mode=OWN, exist_ok=True)
        name = f"{os.getpid()}-{secrets.token_hex(8)}.json"
        write_whole(place / name, json.dumps(facts).encode(), mode=PRIVATE, durable=False)
    except OSError:
        return False
    for path, known in _entries(place):
        same = path.name != name and str(known.home) == facts["home"]
        if same and (known.holder == holder or known.standing == "gone"):
            with suppress(OSError):
                path.unlink()
    return True


def registered() -> list[Registered]:
    """Return what is written down, the newest first; also of processes that have ended."""
    folder = runtime_folder()
    return [] if folder is None else [known for _, known in _entries(folder / PLACE)]


def histories() -> list[Path]:
    """Return the folder of each history that is written down, the one used last first."""
    return list(dict.fromkeys(known.home for known in registered()))


def _entries(place: Path) -> list[tuple[Path, Registered]]:
    try:
        found = [(path.lstat().st_mtime, path) for path in place.glob("*.json")]
    except OSError:
        return []
    newest = sorted(found, reverse=True)[:ENTRIES_MAX]
    read = ((path, _read(path, at)) for at, path in newest)
    return [(path, known) for path, known in read if known is not None]


def _read(path: Path, at: float) -> Registered | None:
    """Return an entry; None for what is none, whoever wrote it."""
    try:
        with path.open("rb") as file:
            facts = json.loads(file.read(ENTRY_BYTES_MAX))
        known = Registered(home=Path(facts["home"]), holder=facts["holder"], at=at)
        return known if known.home.is_absolute() and known.pid > 0 else None
    except (OSError, ValueError, TypeError, KeyError, IndexError, OverflowError, RecursionError):
        return None


def _is_own(folder: Path) -> bool:
    """Return whether nobody else may write there; on Windows it lies in the person's own folder."""
    facts = folder.lstat()
    if not stat.S_ISDIR(facts.st_mode):
        return False
    if not hasattr(os, "geteuid"):
        return True
    return facts.st_uid == os.geteuid() and not stat.S_IMODE(facts.st_mode) & 0o077
