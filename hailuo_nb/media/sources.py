"""From what a person names as an image to what can be sent.

It knows samples, addresses, files and notebook variables. In the cell an image is
only looked at (its header) and hashed; its bytes are made when the task runs.
"""

import hashlib
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from hailuo_nb.core.request import IMAGE_BYTES_MAX, ImageRef
from hailuo_nb.core.stills import PIXELS_MAX, Still, other_kind, still_of
from hailuo_nb.errors import ImageError

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
"""What the service takes, and the media types."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageSource:
    """An image to send: what identifies it, and how to get its bytes.

    ``load`` returns the bytes and may take long; None for an address that the service
    fetches itself.
    """

    ref: ImageRef
    load: Callable[[], bytes] | None = None


@runtime_checkable
class HasVideo(Protocol):
    """A task: something with a saved clip, or none yet."""

    @property
    def video(self) -> Path | None:
        """The saved clip; None until it is saved."""

    @property
    def sha256(self) -> str | None:
        """The saved clip's digest."""


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
        file's path, a variable's name, or one of a Path, bytes, a Pillow image, an array of
        bytes with 1, 3 or 4 channels, a finished task.
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
        return ImageSource(ref=ImageRef(label=source, url=source))
    return _file_or_variable(source, names, clips)


def _file_or_variable(source: str, names: Mapping[str, object], clips: Clips) -> ImageSource:
    path = Path(source).expanduser()
    is_file, is_name = _is_file(path), source.isidentifier() and source in names
    if is_file and is_name:
        raise ImageError(
            f"{source!r} is both the file {path.resolve()} and a variable.",
            advice=f"Write ./{source} for the file, or rename the variable.",
        )
    if is_file:
        return _from_file(path)
    if is_name:
        return _from_variable(source, names, clips)
    raise ImageError(
        f"There is no file and no variable {source!r}.",
        advice="--image takes sample:peak, an address, a file or a variable.",
    )


def _from_variable(name: str, names: Mapping[str, object], clips: Clips) -> ImageSource:
    value = names[name]
    if isinstance(value, str):
        return find_image(value, {}, clips=clips)
    return _from_object(value, label=name)


def _from_object(value: object, *, label: str) -> ImageSource:
    if isinstance(value, Path):
        return _from_file(value)
    if isinstance(value, bytes | bytearray | memoryview):
        return _from_bytes(bytes(value), label=label)
    if isinstance(value, HasVideo):
        return _from_task(value, label=label)
    picture = _pillow_image(value, label)
    if picture is not None:
        return _from_picture(picture, label=label)
    raise ImageError(
        f"{label!r} is of type {type(value).__name__}, which is no image.",
        advice="It could be a Pillow image, an array of bytes, bytes, a path, an address or a "
        "finished task.",
    )


def _clip(handle: str, clips: Clips) -> ImageSource:
    task = clips(handle)
    if task is None:
        raise ImageError(f"There is no clip {handle!r}.", advice="%hailuo history lists them.")
    return _from_task(task, label=handle)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _from_file(path: Path) -> ImageSource:
    try:
        size_bytes = path.stat().st_size
        if size_bytes > IMAGE_BYTES_MAX:
            raise _too_large(path.name, size_bytes)
        data = path.read_bytes()
    except OSError as error:
        raise ImageError(f"{path} cannot be read: {error.strerror}.") from error
    return _from_bytes(data, label=path.name.encode("utf-8", "replace").decode())


def _from_bytes(data: bytes, *, label: str) -> ImageSource:
    if len(data) > IMAGE_BYTES_MAX:
        raise _too_large(label, len(data))
    found = _header(data, label)
    ref = ImageRef(
        label=label,
        digest=hashlib.sha256(data).hexdigest(),
        mime=found.mime,
        width_px=found.width_px,
        height_px=found.height_px,
        size_bytes=len(data),
    )
    return ImageSource(ref=ref, load=lambda: data)


def _header(data: bytes, label: str) -> Still:
    found = still_of(data)
    if found is not None:
        _check_size(label, found.width_px, found.height_px)
        return found
    other = other_kind(data)
    if other is None:
        raise ImageError(f"{label} is no readable image.")
    raise ImageError(
        f"{label} is {other}; the service takes JPEG, PNG and WEBP.",
        advice="Open it with Pillow and give the variable: it is sent as PNG.",
    )


def _check_size(label: str, width_px: int, height_px: int) -> None:
    """Refuse what would take very much memory, before a pixel of it is decoded."""
    if width_px * height_px > PIXELS_MAX:
        raise ImageError(
            f"{label} has {width_px} x {height_px} pixels; at most {PIXELS_MAX / 1e6:g} million "
            "are taken, since decoding more takes too much memory.",
            advice="Make it smaller; the clips have 2 million pixels at most.",
        )


def _from_task(task: HasVideo, *, label: str) -> ImageSource:
    video = task.video
    if video is None:
        raise ImageError(f"{label} has no clip yet.", advice=f"Wait for it: {label}.wait()")

    def load() -> bytes:
        from hailuo_nb.media.posters import last_frame_png

        return last_frame_png(video)

    identity = hashlib.sha256(
        f"last frame of {task.sha256 or video}".encode("utf-8", "replace")
    ).hexdigest()
    ref = ImageRef(label=LAST_FRAME + label, digest=identity, mime="image/png")
    return ImageSource(ref=ref, load=load)


def _pillow_image(value: object, label: str) -> "Image | None":
    """Return a Pillow image as it is, an array of bytes as one, None for anything else."""
    kind = type(value)
    if kind.__module__ != "numpy" and not kind.__module__.startswith("PIL."):
        return None
    import PIL.Image

    if kind.__module__ == "numpy":
        if getattr(getattr(value, "dtype", None), "name", "") != "uint8":
            return None
        shape: tuple[int, ...] = getattr(value, "shape", ())
        if len(shape) in (2, 3):  # a view may stand for far more than it holds
            _check_size(label, shape[1], shape[0])
        try:
            return PIL.Image.fromarray(value)  # type: ignore[arg-type]
        except (TypeError, ValueError):  # its shape is no picture's
            return None
    return value if isinstance(value, PIL.Image.Image) else None


def _from_picture(picture: "Image", *, label: str) -> ImageSource:
    _check_size(label, *picture.size)
    try:
        kept = picture.copy()
    except (OSError, ValueError) as error:
        raise ImageError(f"{label} cannot be read: {error}.") from error
    facts = f"{kept.mode} {kept.size} {kept.getpalette()}".encode()
    width_px, height_px = kept.size
    ref = ImageRef(
        label=label,
        digest=hashlib.sha256(facts + kept.tobytes()).hexdigest(),
        mime="image/png",
        width_px=width_px,
        height_px=height_px,
    )

    def load() -> bytes:
        from hailuo_nb.media.stills import png

        return png(kept)

    return ImageSource(ref=ref, load=load)


def _sample(source: str) -> ImageSource:
    from hailuo_nb.media import samples

    name = source.removeprefix("sample:")
    if name not in samples.SAMPLES:
        raise ImageError(
            f"There is no sample {name!r}.",
            advice=f"The samples are {', '.join(f'sample:{known}' for known in samples.SAMPLES)}.",
        )
    ref = ImageRef(
        label=source,
        digest=hashlib.sha256(f"{source} {samples.VERSION}".encode()).hexdigest(),
        mime="image/png",
        width_px=samples.WIDTH_PX,
        height_px=samples.HEIGHT_PX,
    )
    return ImageSource(ref=ref, load=lambda: samples.draw(name))


def _too_large(label: str, size_bytes: int) -> ImageError:
    return ImageError(
        f"{label} has {math.ceil(size_bytes / 1e5) / 10} MB; the service takes 10 MB.",
        advice="Open it with Pillow, make it smaller, and give the variable.",
    )
