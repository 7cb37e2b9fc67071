"""The panel's start and end image: what was dropped, chosen or named, and how it looks.

A setting is always a text that a cell could carry as well.
"""

import math
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from hailuo_nb.core.cautions import image_warnings
from hailuo_nb.core.request import IMAGE_SUFFIXES, ImageRef
from hailuo_nb.errors import HailuoError, ImageError
from hailuo_nb.media.paths import lying
from hailuo_nb.media.pictures import size_px
from hailuo_nb.media.posters import image_poster
from hailuo_nb.media.samples import SAMPLES
from hailuo_nb.media.sources import CLIP, FORMATS, LAST_FRAME, HasVideo, ImageSource, find_image
from hailuo_nb.notebook.panel.form import trouble
from hailuo_nb.notebook.panel.uploads import Uploads
from hailuo_nb.session.images import found_again
from hailuo_nb.session.lookup import clip_of
from hailuo_nb.session.session import Session
from hailuo_nb.store.gallery_queries import Wanted
from hailuo_nb.views.text import plain
from hailuo_nb.views.words import called, size_words

FIELDS = {"image": "start", "end_image": "end"}
"""The two fields, and what their image is called in a sentence."""

CLIPS_OFFERED = 6
"""So many of the newest clips are offered to go on from; the gallery offers all."""

GLANCED_MAX = 64
"""Of so many files it is remembered what image they are."""

SOURCE_CHARS_MAX = 4000
"""No address or path is longer."""


class Frames:
    """The images of one panel."""

    def __init__(self, here: Session) -> None:
        self._here = here
        self.uploads = Uploads(here)
        self._seen: dict[str, tuple[ImageRef, str]] = {}
        self._glanced: dict[tuple[object, ...], ImageSource] = {}

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
            found = self.find(sources[0])
            ref, thumbnail = self._look(found)
        except HailuoError as error:
            return told | {"words": told["source"], "problems": [trouble(error)], "notes": []}
        return told | {
            "thumbnail": thumbnail,
            "name": "" if ref.url else plain(ref.label),
            "words": " · ".join(_words(ref)) + more,
            "problems": [],
            "notes": [*image_warnings(FIELDS[which], ref), *found.notes],
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
        return find_image(source, self._here.host.names, clips=partial(clip_of, self._here))

    def glance(self, source: object, **_: object) -> ImageSource:
        """Return the same to somebody who looks often: a file is read once until it changes."""
        stamp = _stamp(source)
        if stamp is None:
            return self.find(source)
        if stamp not in self._glanced:
            if len(self._glanced) >= GLANCED_MAX:
                self._glanced.clear()
            self._glanced[stamp] = replace(self.find(source), load=None)
        return self._glanced[stamp]

    def sources(self) -> Iterator[dict[str, str]]:
        """Yield the images among the notebook's variables, then the newest clips' last frames."""
        for name, value in list(self._here.host.names.items()):
            if not name.startswith("_") and (words := _kind_of(value)):
                yield {"source": name, "words": words}
        for clip in self._here.history.shelf.page(Wanted(group="done"), CLIPS_OFFERED):
            yield {"source": CLIP + clip.id, "words": LAST_FRAME + called(clip)}

    def again(self, ref: ImageRef) -> str | None:
        """Return the setting that names an image of the history again, None where it is gone."""
        found = found_again(ref, self.find, clips=self._here.folder)
        return found[0] if found is not None else None

    def is_for_visitors(self, source: str) -> bool:
        """Return whether a stranger may name this: no file or variable of the server."""
        if source.startswith(("sample:", CLIP, "http://", "https://")):
            return True
        try:
            return self.uploads.folder.resolve() in Path(source).resolve().parents
        except (OSError, ValueError):  # no path at all
            return False

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


def _stamp(source: object) -> tuple[object, ...] | None:
    """Return what differs once a file has changed; None for all that is no file."""
    if not isinstance(source, str) or source.isidentifier():  # a variable may have that name
        return None
    try:
        seen = Path(source).expanduser().stat()
    except (OSError, ValueError, RuntimeError):
        return None
    return source, str(Path.cwd()), seen.st_dev, seen.st_ino, seen.st_size, seen.st_mtime_ns


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
    if isinstance(value, HasVideo):
        return f"{LAST_FRAME}a clip" if value.video is not None else ""
    if (size := size_px(value)) is not None:
        what = "PIL image" if hasattr(value, "mode") else "array"
        return f"{what}, {size[0]} x {size[1]}" if min(size) > 1 else ""
    if isinstance(value, Path) or (isinstance(value, str) and len(value) < 500):
        return f"file {Path(value).name}" if _is_image_file(value) else ""
    if isinstance(value, bytes | bytearray):
        with suppress(ImageError):
            return f"image in bytes, {size_words(find_image(value, {}).ref.size_bytes)}"
    return ""


def _is_image_file(value: str | Path) -> bool:
    suffix = Path(value).suffix.lower()[1:]
    return suffix in ("jpeg", *IMAGE_SUFFIXES.values()) and lying(value) is not None


def samples() -> tuple[str, ...]:
    """Return the built-in images as they are typed."""
    return tuple(f"sample:{name}" for name in SAMPLES)
