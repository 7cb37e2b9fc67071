"""A file in the making: beside its place until it is whole.

It knows the disk and how it fails. It must not know what is written.
"""

import errno
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from hailuo_nb.errors import SavingError

_WORDS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your quota of disk space is used up",
    errno.EACCES: "the folder may not be written to",
    errno.EROFS: "the folder may not be written to",
    errno.ENOENT: "the folder is gone",
    errno.ENAMETOOLONG: "the name is too long",
}


class Part:
    """Takes bytes for a file, counts and digests them as they come.

    Parameters
    ----------
    to
        The place it is meant for; the bytes lie in ``<name>.part`` beside it.
    """

    def __init__(self, to: Path) -> None:
        self.path = to.with_name(to.name + ".part")
        self.size_bytes = 0
        self._digest = hashlib.sha256()
        self._file: BinaryIO | None = None

    @property
    def sha256(self) -> str:
        """The digest of what was written so far, in hex."""
        return self._digest.hexdigest()

    def open(self) -> None:
        """Begin anew; a half file of an earlier run goes away."""
        with disk_in_words(self.path):
            self.path.unlink(missing_ok=True)
            # Exclusively: a link planted under this name must not be written through.
            self._file = self.path.open("xb")

    def write(self, chunk: bytes) -> None:
        """Append bytes."""
        assert self._file is not None
        with disk_in_words(self.path):
            self._file.write(chunk)
        self._digest.update(chunk)
        self.size_bytes += len(chunk)

    def close(self) -> None:
        """Write out what is buffered."""
        if self._file is not None:
            with disk_in_words(self.path):
                self._file.close()
            self._file = None

    def discard(self) -> None:
        """Remove what is still there; nothing happens after `settle`."""
        file, self._file = self._file, None
        try:
            if file is not None:
                file.close()
            self.path.unlink(missing_ok=True)
        except OSError:
            return


def settle(part: Part, to: Path) -> None:
    """Put a whole file into its place, safe against power loss.

    Raises
    ------
    SavingError
        The disk refuses.
    """
    with disk_in_words(to):
        with part.path.open("rb") as file:
            os.fsync(file.fileno())
        part.path.replace(to)


@contextmanager
def disk_in_words(path: Path) -> Iterator[None]:
    """Turn a refusal of the disk into an error for the person.

    Raises
    ------
    SavingError
        In place of an OSError.
    """
    try:
        yield
    except OSError as error:
        words = _WORDS.get(error.errno or 0) or error.strerror or type(error).__name__
        raise SavingError(
            f"The clip could not be written to {path.parent}: {words}.",
            advice="Make room or choose another folder; then %hailuo resume, free of charge.",
        ) from None
