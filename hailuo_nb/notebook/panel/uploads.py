"""Files that a page sends, in pieces: each becomes a file beside the clips that keeps its name.

Its folder is named by its content, so files of one name do not meet, and nobody guesses where
another visitor's lie.

So a setting is always a text that a cell could carry as well. It knows no form and no page.
"""

import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path

from hailuo_nb.core.disk import write_whole
from hailuo_nb.core.names import stem_of
from hailuo_nb.core.request import IMAGE_BYTES_MAX, IMAGE_SUFFIXES
from hailuo_nb.errors import ImageError, SavingError, UsageError
from hailuo_nb.media.sources import find_image
from hailuo_nb.session.images import DIGEST_CHARS, FOLDER
from hailuo_nb.session.session import Session
from hailuo_nb.views.text import plain
from hailuo_nb.views.words import size_words

VISIT_IMAGES_MAX = 24
VISIT_BYTES_MAX = 60_000_000
"""What one visit of a public page may bring, counted as it arrives."""

NAME_CHARS_MAX = 200


@dataclass(slots=True)
class _Arriving:
    """A file of which some pieces are there."""

    name: str
    parts: int
    part: int = 0
    data: bytearray = field(default_factory=bytearray)

    def append(self, piece: bytes) -> None:
        if len(self.data) + len(piece) > IMAGE_BYTES_MAX:
            raise ImageError(
                f"{self.name} has more than the 10 MB that the service takes.",
                advice="Drop a smaller one.",
            )
        self.data += piece
        self.part += 1


def place_of(digest: str, name: str, mime: str) -> Path:
    """Return where a file belongs, below the folder of the images.

    Parameters
    ----------
    digest
        Of its bytes, in hex.
    name
        What it was called where it came from.
    mime
        What kind of image it is.
    """
    stem, _, suffix = name.rpartition(".")
    is_such = bool(stem) and suffix.lower() in (IMAGE_SUFFIXES[mime], mime.partition("/")[2])
    kept = stem_of(stem if is_such else name, otherwise="image")
    return Path(digest[:DIGEST_CHARS], f"{kept}.{suffix if is_such else IMAGE_SUFFIXES[mime]}")


class Uploads:
    """What one panel's page sends."""

    def __init__(self, here: Session) -> None:
        self._here = here
        self._arriving: dict[str, _Arriving] = {}
        self._images = self._bytes = 0

    @property
    def folder(self) -> Path:
        """Where they are kept."""
        return self._here.folder / FOLDER

    def receive(self, which: str, piece: bytes, *, part: int, parts: int, name: str) -> str | None:
        """Take one piece of a file; return the setting that names it once it is whole.

        Parameters
        ----------
        which
            The field that it is for: one file at a time.
        piece
            Its bytes.
        part, parts
            Which piece it is, from 0, and how many there are.
        name
            What the file is called.

        Raises
        ------
        ImageError
            It is too large or no image, or one visit brings too much; what came is dropped.
        UsageError
            A piece is missing.
        SavingError
            It cannot be kept.
        """
        if part == 0:
            self._arriving[which] = _Arriving(plain(name[:NAME_CHARS_MAX]), parts)
        arriving = self._arriving.get(which)
        if arriving is None or (part, parts) != (arriving.part, arriving.parts):
            raise UsageError("Its pieces came out of order.", advice="")
        try:
            self._count(piece, is_first=part == 0)
            arriving.append(piece)
        except ImageError:
            del self._arriving[which]
            raise
        if part < parts - 1:
            return None
        del self._arriving[which]
        return self._kept(bytes(arriving.data), arriving.name)

    def _count(self, piece: bytes, *, is_first: bool) -> None:
        """Hold what strangers bring to what one visit may, whatever becomes of it."""
        if not self._here.host.is_public:
            return
        images, size_bytes = self._images + is_first, self._bytes + len(piece)
        if images > VISIT_IMAGES_MAX or size_bytes > VISIT_BYTES_MAX:
            most = f"{VISIT_IMAGES_MAX} images, {size_words(VISIT_BYTES_MAX)} together"
            raise ImageError(
                f"One visit may bring {most}.",
                advice="Take a sample, an address or the last frame of a clip.",
            )
        self._images, self._bytes = images, size_bytes

    def _kept(self, data: bytes, name: str) -> str:
        """Keep a whole image as a file named by its content; return how a cell names it."""
        try:
            mime = find_image(data, {}).ref.mime or ""
        except ImageError as error:
            what = error.what.replace("bytes", name, 1)
            raise ImageError(what, advice="Drop a JPEG, PNG or WEBP image.") from error
        path = self.folder / place_of(hashlib.sha256(data).hexdigest(), name, mime)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, data)
        except OSError as error:
            raise SavingError(f"{name} cannot be kept: {error.strerror}.", charged="no") from error
        relative = os.path.relpath(path)
        return str(path) if relative.startswith("..") else Path(relative).as_posix()
