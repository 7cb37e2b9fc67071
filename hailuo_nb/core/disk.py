"""The one way in which this package writes files; a test holds every other module to it.

It knows that a name may be taken by a link which leads to something of the person's, and that
a process may end at any moment. A file is made beside its place, under a name that nobody can
foresee, and takes its place once it is whole. It must not know what is written.
"""

import errno
import glob
import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

PRIVATE = 0o600
"""The permissions of a file that is the person's alone."""

_SHARED = 0o666
_NOFOLLOW: int = getattr(os, "O_NOFOLLOW", 0)
_ROOM_BYTES = 4096
_NAME_CHARS_MAX = 40
"""How much of a name is seen in its draft's: both must be short enough for the disk."""


class Draft:
    """A file in the making: beside its place until it is whole.

    Parameters
    ----------
    to
        Its place, in an existing folder; what lies there is replaced, a link as such.
    mode
        Its permissions, less what the umask takes.

    Raises
    ------
    OSError
        The disk refuses, or what lies there is no file: a folder, a device, a pipe.
    """

    def __init__(self, to: Path, *, mode: int = _SHARED) -> None:
        _refuse_no_file(to)
        self.path = to.with_name(f"{to.name[:_NAME_CHARS_MAX]}.{secrets.token_hex(8)}.part")
        self.file = create(self.path, mode=mode)
        self._to = to

    def settle(self, *, durable: bool = True) -> None:
        """Put the file into its place; ``durable`` outlives a power cut and takes some ms."""
        self.file.flush()
        if durable:
            os.fsync(self.file.fileno())
        self.file.close()
        os.replace(self.path, self._to)  # noqa: PTH105 - says that it replaces
        if durable:
            _sync_folder(self._to.parent)

    def discard(self) -> None:
        """Remove what is still there; nothing happens after `settle`."""
        with suppress(OSError):
            self.file.close()
        with suppress(OSError):
            self.path.unlink()


def write_whole(path: Path, data: bytes, *, mode: int = _SHARED, durable: bool = True) -> None:
    """Write a file whole or not at all; see `Draft`.

    Raises
    ------
    OSError
        The disk is full or the folder is gone; nothing is left behind.
    """
    draft = Draft(path, mode=mode)
    try:
        draft.file.write(data)
        draft.settle(durable=durable)
    finally:
        draft.discard()


def create(path: Path, *, mode: int = _SHARED) -> BinaryIO:
    """Open a file that is not there yet.

    Raises
    ------
    FileExistsError
        Something lies there, if only a link to nothing.
    OSError
        The disk refuses.
    """

    def opener(name: str, flags: int) -> int:
        return os.open(name, flags | _NOFOLLOW, mode)

    return open(path, "xb", opener=opener)


def append(path: Path, data: bytes) -> None:
    """Put bytes at the end of a file of the person's own, made when missing, for good.

    Raises
    ------
    OSError
        The disk refuses, or a link lies in its place, or a pipe that nobody reads.
    """
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
    flags |= getattr(os, "O_NONBLOCK", 0)
    _refuse_link(path)
    with open(os.open(path, flags | _NOFOLLOW, PRIVATE), "ab") as file:  # noqa: PTH123 - as above
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def make_private(path: Path) -> None:
    """Make an empty file that is the person's alone, for a library to open; keep one that is there.

    Raises
    ------
    OSError
        The disk refuses, or a link lies in its place.
    """
    try:
        create(path, mode=PRIVATE).close()
    except FileExistsError:
        _refuse_link(path)


def check_room(folder: Path, *, mode: int = 0o777) -> None:
    """Make a folder where it is missing, and see that something can be written there.

    Raises
    ------
    OSError
        It cannot be made, or nothing can be written: no permission, no room.
    """
    folder.mkdir(mode=mode, parents=True, exist_ok=True)
    draft = Draft(folder / "room", mode=PRIVATE)
    try:
        draft.file.write(bytes(_ROOM_BYTES))
        draft.file.flush()
    finally:
        draft.discard()


def drop_leftovers(to: Path) -> None:
    """Remove a file's drafts, also of earlier versions, that ended processes have left.

    For a file that nobody else may be writing: its drafts would go, too.
    """
    for left in to.parent.glob(f"{glob.escape(to.name[:_NAME_CHARS_MAX])}*.part"):
        with suppress(OSError):
            left.unlink()


def _refuse_no_file(path: Path) -> None:
    """Refuse a place where something lies that a file must not take the place of."""
    try:
        mode = path.lstat().st_mode
    except OSError:  # nothing lies there, or whoever makes the file is told what it is
        return
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not (stat.S_ISREG(mode) or stat.S_ISLNK(mode)):
        raise OSError(errno.EEXIST, "It is a device or a pipe, no file", str(path))


def _refuse_link(path: Path) -> None:
    if path.is_symlink():
        raise OSError(errno.ELOOP, f"{path.name} is a link", str(path))


def _sync_folder(folder: Path) -> None:
    """Make a new name in a folder outlive a power cut, where the system can."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
