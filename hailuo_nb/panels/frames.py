"""The panel's start and end image: what was dropped, chosen or named, and how it looks.

What is dropped becomes a file beside the clips, named by its content, so that a setting is
always a text that a cell could carry as well.
"""

import hashlib
import math
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from hailuo_nb.core.request import IMAGE_BYTES_MAX, IMAGE_SUFFIXES, ImageRef, image_warnings
from hailuo_nb.disk import write_whole
from hailuo_nb.errors import HailuoError, ImageError, SavingError, UsageError
from hailuo_nb.images import CLIP, FORMATS, LAST_FRAME, HasVideo, ImageSource, find_image
from hailuo_nb.panels.wording import trouble
from hailuo_nb.samples import SAMPLES
from hailuo_nb.session import Session
from hailuo_nb.store.pictures import image_poster
from hailuo_nb.store.shelf import Wanted
from hailuo_nb.views.text import plain
from hailuo_nb.views.words import plain_name, size_words

FIELDS = {"image": "start", "end_image": "end"}
"""The two fields, and what their image is called in a sentence."""

FOLDER = "images"
"""Where dropped images are kept, below the folder of the clips."""

CLIPS_OFFERED = 6
"""So many of the newest clips are offered to go on from; the gallery offers all."""

VISIT_IMAGES_MAX = 24
VISIT_BYTES_MAX = 60_000_000
"""What one visit of a public page may bring, counted as it arrives."""

NAME_CHARS_MAX = 100
SOURCE_CHARS_MAX = 4000
"""No address or path is longer."""


@dataclass(slots=True)
class _Arriving:
    """A file of which some pieces are there."""

    name: str
    parts: int
    part: int = 0
    data: bytearray = field(default_factory=bytearray)


class Frames:
    """The images of one panel."""

    def __init__(self, here: Session) -> None:
        self._here = here
        self._arriving: dict[str, _Arriving] = {}
        self._seen: dict[str, tuple[ImageRef, str]] = {}
        self._visit_images = self._visit_bytes = 0

    def facts(self, which: str, source: object) -> dict[str, Any] | None:
        """Return what a field shows of its source: JSON values only; None for an empty one.

        Parameters
        ----------
        which
            One of `FIELDS`.
        source
            As it stands in the settings: a text, or a list of them to compare.
        """
        sources = [one for one in (source if isinstance(source, list) else [source]) if one]
        if not sources:
            return None
        more = f", and {len(sources) - 1} more to compare" if len(sources) > 1 else ""
        named = plain(str(sources[0])[:SOURCE_CHARS_MAX])
        told: dict[str, Any] = {"source": named, "thumbnail": None}
        try:
            ref, thumbnail = self._look(self.find(sources[0]))
        except HailuoError as error:
            return told | {"words": told["source"], "problems": [trouble(error)], "notes": []}
        return told | {
            "thumbnail": thumbnail,
            "words": " · ".join(_words(ref)) + more,
            "problems": [],
            "notes": image_warnings(FIELDS[which], ref),
        }

    def find(self, source: object) -> ImageSource:
        """Return the image that a setting names.

        Raises
        ------
        ImageError
            There is none, or a visitor of a public page may not have it.
        """
        if isinstance(source, str) and len(source) > SOURCE_CHARS_MAX:
            raise ImageError(f"No image has a name of {len(source):,} characters.")
        if self._here.host.is_public and not self.is_for_visitors(str(source)):
            raise ImageError("That image cannot be used here.", advice="Drop or choose a file.")
        return find_image(source, self._here.host.names, clips=self._here.find)

    def receive(self, which: str, piece: bytes, *, part: int, parts: int, name: str) -> str | None:
        """Take one piece of a file; return the setting that names it once it is whole.

        Parameters
        ----------
        which
            One of `FIELDS`.
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
            _append(arriving, piece)
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
        images, size_bytes = self._visit_images + is_first, self._visit_bytes + len(piece)
        if images > VISIT_IMAGES_MAX or size_bytes > VISIT_BYTES_MAX:
            raise ImageError(
                f"One visit may bring {VISIT_IMAGES_MAX} images, "
                f"{size_words(VISIT_BYTES_MAX)} together.",
                advice="Take a sample, an address or the last frame of a clip.",
            )
        self._visit_images, self._visit_bytes = images, size_bytes

    def sources(self) -> Iterator[dict[str, str]]:
        """Yield the images among the notebook's variables, then the newest clips' last frames."""
        for name, value in list(self._here.host.names.items()):
            if not name.startswith("_") and (words := _kind_of(value)):
                yield {"source": name, "words": words}
        for clip in self._here.history.shelf.page(Wanted(group="done"), CLIPS_OFFERED):
            yield {"source": CLIP + clip.id, "words": LAST_FRAME + plain_name(clip)}

    def again(self, ref: ImageRef) -> str | None:
        """Return the setting that names an image of the history again, None where it is gone."""
        guesses = [ref.url or "", ref.label, str(self._folder / ref.label)]
        if ref.label.startswith(LAST_FRAME):
            guesses.insert(0, CLIP + ref.label.removeprefix(LAST_FRAME))
        for guess in filter(None, guesses):
            try:
                if self.find(guess).ref.identity == ref.identity:
                    return guess
            except HailuoError:
                continue
        return None

    @property
    def _folder(self) -> Path:
        return self._here.folder / FOLDER

    def is_for_visitors(self, source: str) -> bool:
        """Return whether a stranger may name this: no file or variable of the server."""
        if source.startswith(("sample:", CLIP, "http://", "https://")):
            return True
        try:
            return Path(source).resolve().parent == self._folder.resolve()
        except (OSError, ValueError):  # no path at all
            return False

    def _kept(self, data: bytes, name: str) -> str:
        """Keep a whole image as a file named by its content; return how a cell names it."""
        try:
            mime = find_image(data, {}).ref.mime or ""
        except ImageError as error:
            what = error.what.replace("bytes", name, 1)
            raise ImageError(what, advice="Drop a JPEG, PNG or WEBP image.") from error
        path = self._folder / f"{hashlib.sha256(data).hexdigest()[:16]}.{IMAGE_SUFFIXES[mime]}"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, data)
        except OSError as error:
            raise SavingError(f"{name} cannot be kept: {error.strerror}.", charged="no") from error
        relative = os.path.relpath(path)
        return str(path) if relative.startswith("..") else Path(relative).as_posix()

    def _look(self, found: ImageSource) -> tuple[ImageRef, str | None]:
        """Return an image's facts, its size in px among them, and its thumbnail.

        Its bytes are drawn or decoded once; an address has neither.
        """
        ref, digest = found.ref, found.ref.digest
        if found.load is None or digest is None:
            return ref, None
        if digest not in self._seen:
            data = found.load()
            if not ref.width_px:
                ref = replace(find_image(data, {}).ref, label=ref.label, digest=digest)
            self._seen[digest] = ref, image_poster(data)
        return self._seen[digest]


def _append(arriving: _Arriving, piece: bytes) -> None:
    if len(arriving.data) + len(piece) > IMAGE_BYTES_MAX:
        raise ImageError(
            f"{arriving.name} has more than the 10 MB that the service takes.",
            advice="Drop a smaller one.",
        )
    arriving.data += piece
    arriving.part += 1


def _words(ref: ImageRef) -> Sequence[str]:
    if ref.url:
        return ["an address; the service fetches it"]
    kinds = {mime: name for name, mime in FORMATS.items()}
    found = [kinds.get(ref.mime or "", "image")]
    if ref.width_px and ref.height_px:
        found += [f"{ref.width_px} x {ref.height_px}", _ratio(ref.width_px, ref.height_px)]
    if ref.size_bytes:
        found.append(size_words(ref.size_bytes))
    return found


def _ratio(width_px: int, height_px: int) -> str:
    """Return "16:9", or "1.85:1" where no small numbers say it."""
    common = math.gcd(width_px, height_px)
    width, height = width_px // common, height_px // common
    return f"{width}:{height}" if max(width, height) <= 32 else f"{width_px / height_px:.2f}:1"


def _kind_of(value: object) -> str:
    """Return what an image among the variables is, in words; "" for anything else."""
    kind = type(value)
    if isinstance(value, HasVideo):
        return f"{LAST_FRAME}a clip" if value.video is not None else ""
    if kind.__module__.startswith("PIL."):
        width, height = getattr(value, "size", (0, 0))
        return f"PIL image, {width} x {height}" if width else ""
    if kind.__module__ == "numpy" and getattr(value, "ndim", 0) in (2, 3):
        shape: tuple[int, ...] = getattr(value, "shape", ())
        is_picture = str(getattr(value, "dtype", "")) == "uint8" and shape[2:] in ((), (3,), (4,))
        return f"array, {shape[1]} x {shape[0]}" if is_picture and min(shape[:2]) > 1 else ""
    if isinstance(value, Path) or (isinstance(value, str) and len(value) < 500):
        return f"file {Path(value).name}" if _is_image_file(value) else ""
    if isinstance(value, bytes | bytearray):
        with suppress(ImageError):
            return f"image in bytes, {size_words(find_image(value, {}).ref.size_bytes)}"
    return ""


def _is_image_file(value: str | Path) -> bool:
    path = Path(value).expanduser()
    try:
        return path.suffix.lower()[1:] in ("jpeg", *IMAGE_SUFFIXES.values()) and path.is_file()
    except (OSError, ValueError):
        return False


def samples() -> tuple[str, ...]:
    """Return the built-in images as they are typed."""
    return tuple(f"sample:{name}" for name in SAMPLES)
