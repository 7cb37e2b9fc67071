"""From what a person names as an image to what can be sent.

It knows samples, addresses, files and notebook variables. In the cell an image is
only looked at (its header) and hashed; its bytes are made when the task runs.
"""

import hashlib
import io
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable
from unicodedata import normalize

from hailuo_nb.core.addresses import fault_of
from hailuo_nb.core.request import ImageRef
from hailuo_nb.core.stills import (
    Still,
    may_be_turned,
    orientation_of,
    other_kind,
    still_of,
    upright_size_px,
)
from hailuo_nb.core.words import clipless_advice
from hailuo_nb.errors import ImageError
from hailuo_nb.media.paths import beginning_so, lying
from hailuo_nb.media.pictures import Picture, check_bytes, check_size, picture_of
from hailuo_nb.media.texts import image_in, said

FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
"""What the service takes, and the media types."""

PLUG_INS = {
    "HEIC": "pip install pillow-heif, run pillow_heif.register_heif_opener(), open it with Pillow "
    "and give the variable.",
    "JPEG XL": "pip install pillow-jxl-plugin, import pillow_jxl, open it with Pillow and give the "
    "variable.",
}
"""How Pillow comes to open what it does not open by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageSource:
    """An image to send: what identifies it, and how to get its bytes.

    ``load`` returns the bytes and may take long; None for an address that the service
    fetches itself. ``poster`` draws it small, as a ``data:`` URI, sooner than its bytes are
    there; None where that is not sooner. ``notes`` says what differs from the image as it was
    given, one sentence each.
    """

    ref: ImageRef
    load: Callable[[], bytes] | None = None
    poster: Callable[[], str] | None = None
    notes: tuple[str, ...] = ()


@runtime_checkable
class HasVideo(Protocol):
    """A task: something with a saved clip, or none yet."""

    @property
    def video(self) -> Path | None:
        """The saved clip; None until it is saved."""

    @property
    def state(self) -> str:
        """One of `hailuo_nb.core.task.State`."""

    @property
    def sha256(self) -> str | None:
        """The saved clip's digest."""


ADDRESS_CHARS_MAX = 8000
"""No address is longer; a longer text is something else."""

CLIP = "clip:"
"""Stands before the name or id of a clip whose last frame is meant."""


LAST_FRAME = "last frame of "
"""Begins the label of such an image."""


Clips = Callable[[str], HasVideo | None]
"""Finds the task of a name or id."""


def no_clips(handle: str) -> None:
    """Answer for a history that is empty."""


def find_image(
    source: object,
    names: Mapping[str, object],
    *,
    clips: Clips = no_clips,
) -> ImageSource:
    """Return the image that a person means.

    Parameters
    ----------
    source
        ``sample:NAME``, ``clip:NAME`` (or an id; its last frame), an http(s) address, a
        file's path, a variable's name, an image as text (a data: address, base64), or one of
        a Path, bytes, a Pillow image, an array of pixels, a finished task.
    names
        The notebook's variables.
    clips
        Finds the task of a name or id.

    Raises
    ------
    ImageError
        Nothing is found, more than one thing is meant, or what is found cannot be sent.
    """
    if not isinstance(source, str):
        name = getattr(source, "name", None)
        return _from_object(source, label=name if isinstance(name, str) else type(source).__name__)
    if source.startswith("sample:"):
        return _sample(source)
    if source.startswith(CLIP):
        return _clip(source.removeprefix(CLIP), clips)
    if source.lower().startswith(("http://", "https://")):
        if len(source) > ADDRESS_CHARS_MAX:
            raise ImageError(f"{said(source)} is too long for an address.")
        fault = fault_of(source)
        if fault is not None:
            raise ImageError(f"{said(source)} is no address that the service can fetch: {fault}.")
        return ImageSource(ref=ImageRef(label=source, url=source))
    return _file_or_variable(source, names, clips)


def _file_or_variable(source: str, names: Mapping[str, object], clips: Clips) -> ImageSource:
    path, name = lying(source), normalize("NFKC", source)  # as Python has its names
    is_name = name.isidentifier() and name in names
    if path is not None and is_name:
        raise ImageError(
            f"{source!r} is both the file {path.resolve()} and a variable.",
            advice=f"Write ./{source} for the file, or rename the variable.",
        )
    if path is not None:
        return _from_file(path)
    if is_name:
        return _from_variable(name, names, clips)
    data = image_in(source)
    if data is not None:
        return _from_bytes(data, label="The image given as text")
    raise _nothing(source)


def _nothing(source: str) -> ImageError:
    meant = beginning_so(source)
    return ImageError(
        f"There is no file and no variable {said(source)}.",
        advice=f'Put a path with blanks in quotes: "{meant}" is there.'
        if meant
        else "--image takes sample:peak, an address, a file or a variable.",
    )


def _from_variable(name: str, names: Mapping[str, object], clips: Clips) -> ImageSource:
    value = names[name]
    if not isinstance(value, str):
        return _from_object(value, label=name)
    data = image_in(value)
    if data is not None:
        return _from_bytes(data, label=name)
    return find_image(value, {}, clips=clips)


def _from_object(value: object, *, label: str) -> ImageSource:
    if isinstance(value, os.PathLike):
        path = Path(value)
        return _from_file(lying(path) or path)
    if isinstance(value, bytes | bytearray | memoryview):
        return _from_bytes(bytes(value), label=label)
    if isinstance(value, io.BytesIO):
        return _from_bytes(value.getvalue(), label=label)
    if isinstance(value, HasVideo):
        return _from_task(value, label=label)
    found = picture_of(value, label)
    if isinstance(found, bytes):
        return _from_bytes(found, label=label)
    if found is not None:
        return _from_picture(found)
    raise ImageError(
        f"{label!r} is of type {type(value).__name__}, which is no image.",
        advice="It could be a Pillow image, an array of pixels (numpy.asarray makes one), bytes, a "
        "path, an address or a finished task.",
    )


def _clip(handle: str, clips: Clips) -> ImageSource:
    task = clips(handle)
    if task is None:
        raise ImageError(f"There is no clip {said(handle)}.", advice="%hailuo history lists them.")
    return _from_task(task, label=handle)


def _from_file(path: Path) -> ImageSource:
    try:
        check_bytes(path.name, path.stat().st_size)
        data = path.read_bytes()
    except OSError as error:
        raise ImageError(f"{path} cannot be read: {error.strerror}.") from error
    return _from_bytes(data, label=path.name.encode("utf-8", "replace").decode())


def _from_bytes(data: bytes, *, label: str) -> ImageSource:
    check_bytes(label, len(data))
    found = _header(data, label)
    width_px, height_px = upright_size_px(found.width_px, found.height_px, orientation_of(data))
    ref = ImageRef(
        label=label,
        digest=hashlib.sha256(data).hexdigest(),
        mime=found.mime,
        width_px=width_px,
        height_px=height_px,
        size_bytes=len(data),
    )

    def load() -> bytes:
        if not may_be_turned(data):
            return data
        from hailuo_nb.media.posters import upright

        return upright(data, label)

    def poster() -> str:
        from hailuo_nb.media.posters import image_poster

        return image_poster(data, label)

    return ImageSource(ref=ref, load=load, poster=poster)


def _header(data: bytes, label: str) -> Still:
    found = still_of(data)
    if found is not None:
        check_size(label, found.width_px, found.height_px)
        return found
    other = other_kind(data)
    if other is None:
        raise ImageError(f"{label} is no readable image.")
    raise ImageError(
        f"{label} is {other}; the service takes JPEG, PNG and WEBP.",
        advice=PLUG_INS.get(other, "Open it with Pillow and give the variable: it is sent as PNG."),
    )


def last_frame_digest(sha256: str) -> str:
    """Return what identifies the last frame of a clip, by the digest of the clip."""
    return hashlib.sha256(f"{LAST_FRAME}{sha256}".encode("utf-8", "replace")).hexdigest()


def _from_task(task: HasVideo, *, label: str) -> ImageSource:
    video = task.video
    if video is None:
        raise ImageError(f"{label} has no clip yet.", advice=clipless_advice([task.state]))

    def load() -> bytes:
        from hailuo_nb.media.posters import last_frame_png

        return last_frame_png(video)

    digest = last_frame_digest(task.sha256 or str(video))
    ref = ImageRef(label=LAST_FRAME + label, digest=digest, mime="image/png")
    return ImageSource(ref=ref, load=load)


def _from_picture(picture: Picture) -> ImageSource:
    data = picture.data
    still = still_of(data) if data is not None else None
    ref = ImageRef(
        label=picture.label,
        digest=picture.digest,
        mime=still.mime if still is not None else "image/png",
        width_px=picture.image.width,
        height_px=picture.image.height,
    )
    return ImageSource(ref=ref, load=picture.load, poster=picture.poster, notes=picture.notes)


def _sample(source: str) -> ImageSource:
    from hailuo_nb.media import samples

    name = source.removeprefix("sample:")
    if name not in samples.SAMPLES:
        raise ImageError(
            f"There is no sample {said(name)}.",
            advice=f"The samples are {', '.join(f'sample:{known}' for known in samples.SAMPLES)}.",
        )
    ref = ImageRef(
        label=source,
        digest=hashlib.sha256(f"{source} {samples.VERSION}".encode()).hexdigest(),
        mime="image/png",
        width_px=samples.WIDTH_PX,
        height_px=samples.HEIGHT_PX,
    )
    return ImageSource(
        ref=ref, load=lambda: samples.draw(name), poster=lambda: samples.poster(name)
    )
