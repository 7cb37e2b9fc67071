"""The images of a task, up at the service: each once, for as long as they are kept there.

It knows uploads and their addresses, not what is submitted with them.
"""

import asyncio
import logging
import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from hailuo_nb.core.request import IMAGE_BYTES_MAX, IMAGE_SUFFIXES, ImageRef
from hailuo_nb.core.stills import still_of
from hailuo_nb.errors import (
    ImageError,
    Maintenance,
    RateLimited,
    ServerError,
    StoreError,
    TransportError,
)
from hailuo_nb.runner.connection import Shared
from hailuo_nb.runner.job import Job

log = logging.getLogger("hailuo_nb")

UPLOAD_KEPT_S = 20 * 3600.0
"""The service keeps uploads for 24 h or more; an older one is made anew."""

BACK_OFF_S = (1.0, 2.0)
"""The pauses before an upload is tried again."""

UNREADABLE = "image fetch failed", "media file is unavailable"
"""What a failure says that may be the upload's, not the image's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """An image of a task before it is sent: its address where it has one, else its bytes."""

    ref: ImageRef
    address: str | None = None
    data: bytes = b""


async def image_urls(job: Job, shared: Shared) -> tuple[str | None, str | None]:
    """Return the addresses of the start and the end image, uploaded where they have none.

    Both are read to their ends before either is sent.

    Raises
    ------
    HailuoError
        One cannot be read or uploaded.
    """
    request, needs = job.snapshot.request, job.needs
    start = await _read(job, shared, request.image, "image", needs.load_image)
    end = await _read(job, shared, request.end_image, "end_image", needs.load_end_image)
    return await _address(shared, start), await _address(shared, end)


def begin_poster(shared: Shared, digest: str, draw: Callable[[], str]) -> None:
    """Begin to draw an image small, once however many tasks begin with it; on the loop."""
    if digest not in shared.posters:
        shared.posters[digest] = asyncio.ensure_future(asyncio.to_thread(draw))
        shared.posters[digest].add_done_callback(partial(_forget_failed, shared, digest))


def forget_uploads(job: Job, shared: Shared, said: str) -> None:
    """Have a task's images uploaded anew next time, if its failure says that they were not read."""
    if not any(words in said.lower() for words in UNREADABLE):
        return
    long_ago = 0.0
    for image in (job.snapshot.request.image, job.snapshot.request.end_image):
        try:
            if image is not None and image.digest is not None:
                shared.journal.add_upload(shared.name, image.digest, "", at=long_ago)
        except StoreError:
            log.exception("an upload of task %s is used again", job.snapshot.id)


async def _read(
    job: Job,
    shared: Shared,
    image: ImageRef | None,
    which: str,
    load: Callable[[], bytes] | None,
) -> _Read | None:
    if image is None or image.url is not None:
        return _Read(ref=image, address=image.url) if image else None
    known = shared.journal.upload_url(
        shared.name, image.digest or "", since=time.time() - UPLOAD_KEPT_S
    )
    needs_poster = which == "image" and job.snapshot.poster is None
    if known is not None and not needs_poster:
        return _Read(ref=image, address=known)
    data = await asyncio.to_thread(_bytes, job, shared, image, which, load)
    poster = await _poster_shared(shared, image, data)
    if needs_poster:
        shared.journal.set_poster(job.snapshot.id, poster)
        job.mirror(replace(job.snapshot, poster=poster))
    return _Read(ref=image, address=known, data=data)


async def _address(shared: Shared, image: _Read | None) -> str | None:
    if image is None or image.address is not None:
        return image.address if image else None
    return await _upload_shared(shared, image.ref, image.data)


async def _poster_shared(shared: Shared, image: ImageRef, data: bytes) -> str:
    digest = image.digest or ""
    begin_poster(shared, digest, partial(shared.files.image_poster, data, image.label))
    return await asyncio.shield(shared.posters[digest])


def _forget_failed(shared: Shared, digest: str, drawn: "asyncio.Future[str]") -> None:
    if drawn.cancelled() or drawn.exception() is not None:
        shared.posters.pop(digest, None)


def _bytes(
    job: Job, shared: Shared, image: ImageRef, which: str, load: Callable[[], bytes] | None
) -> bytes:
    """Return an image's bytes; keep them until the task is sent, should this process end."""
    kept = shared.files.kept_input(job.snapshot.id, which)
    if kept is not None:
        return kept
    if load is None:
        raise ImageError(
            f"The bytes of {image.label} went with the kernel.",
            advice="Run the cell again to send it.",
        )
    data = load()
    shared.files.keep_input(job.snapshot.id, which, data)
    return data


async def _upload_shared(shared: Shared, image: ImageRef, data: bytes) -> str:
    """Upload once, however many tasks ask for the same image at the same time."""
    digest = image.digest or ""
    if digest not in shared.uploads:
        shared.uploads[digest] = asyncio.ensure_future(_upload(shared, image, data))
        shared.uploads[digest].add_done_callback(lambda _: shared.uploads.pop(digest, None))
    return await asyncio.shield(shared.uploads[digest])


async def _upload(shared: Shared, image: ImageRef, data: bytes) -> str:
    if len(data) > IMAGE_BYTES_MAX:
        size_mb = math.ceil(len(data) / 1e5) / 10
        raise ImageError(f"{image.label} has {size_mb} MB; the service takes 10 MB.")
    still = still_of(data)  # too large a PNG has become something else
    digest, mime = image.digest or "", still.mime if still is not None else "image/png"
    name = f"{digest[:32]}.{IMAGE_SUFFIXES[mime]}"
    for pause_s in BACK_OFF_S:
        try:
            return await _upload_once(shared, data, name=name, mime=mime, digest=digest)
        except (TransportError, RateLimited, Maintenance, ServerError) as error:
            log.info("an upload is tried again: %s", error)
            await shared.mend(error)
            await asyncio.sleep(pause_s)
    return await _upload_once(shared, data, name=name, mime=mime, digest=digest)


async def _upload_once(shared: Shared, data: bytes, *, name: str, mime: str, digest: str) -> str:
    service = await shared.sender()
    url = await service.upload(data, name=name, mime=mime)
    shared.journal.add_upload(shared.name, digest, url, at=time.time())
    return url
