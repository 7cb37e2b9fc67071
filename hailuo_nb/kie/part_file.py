"""A file in the making: beside its place until it is whole.

It knows the disk and how it fails. It must not know what is written.
"""

import errno
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hailuo_nb.core.disk import Draft, drop_leftovers
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
        The place it is meant for; the bytes lie beside it.
    """

    def __init__(self, to: Path) -> None:
        self._to = to
        self.size_bytes = 0
        self._digest = hashlib.sha256()
        self._draft: Draft | None = None

    @property
    def path(self) -> Path:
        """Where the bytes lie for now."""
        return self._begun.path

    @property
    def sha256(self) -> str:
        """The digest of what was written so far, in hex."""
        return self._digest.hexdigest()

    def open(self) -> None:
        """Begin; half files of earlier runs go away."""
        with disk_in_words(self._to):
            drop_leftovers(self._to)
            self._draft = Draft(self._to)

    def write(self, chunk: bytes) -> None:
        """Append bytes."""
        with disk_in_words(self._to):
            self._begun.file.write(chunk)
        self._digest.update(chunk)
        self.size_bytes += len(chunk)

    def flush(self) -> None:
        """Write out what is buffered, for others to read at `path`."""
        with disk_in_words(self._to):
            self._begun.file.flush()

    def settle(self) -> None:
        """Put the whole file into its place, safe against power loss."""
        with disk_in_words(self._to):
            self._begun.settle()

    def discard(self) -> None:
        """Remove what is still there; nothing happens after `settle`."""
        if self._draft is not None:
            self._draft.discard()

    @property
    def _begun(self) -> Draft:
        assert self._draft is not None
        return self._draft


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
