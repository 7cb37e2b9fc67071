"""The last step: the clip onto the disk, checked and described."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from hailuo_nb.core.task import Pictures, Record, Snapshot
from hailuo_nb.errors import (
    HailuoError,
    HarmfulClip,
    ResultExpired,
    SavingError,
    TooLarge,
    TransportError,
    UnsafeAddress,
)
from hailuo_nb.runner.connection import Shared
from hailuo_nb.runner.interfaces import Fetched, LookingService
from hailuo_nb.runner.job import Job, LeaseLost

log = logging.getLogger("hailuo_nb")

BACK_OFF_S = (1.0, 3.0, 8.0)

HOPELESS = HarmfulClip, TooLarge, UnsafeAddress
"""What no new address mends."""


async def save(job: Job, shared: Shared, record: Record) -> None:
    """Bring a task from "saving" to "done", or to "expired" where that cannot be.

    Raises
    ------
    LeaseLost
        Another process looks after it now: a frozen one that comes back writes nothing.
    """
    _check_held(job, shared)
    try:
        with _named():
            path = await asyncio.to_thread(
                shared.files.clip_path, job.needs.folder, job.snapshot.id
            )
        saved = await _fetch(job, shared, record.result_urls, path)
    except (SavingError, TransportError) as error:
        job.fail("gone", _with_id(error, job))
        return
    facts: dict[str, Any] = {
        "video": path,
        "sha256": saved.sha256,
        "size_bytes": saved.size_bytes,
        "error": None,
        "error_kind": None,
        "note": None,
    }
    pictures = await _describe(job, shared, replace(job.snapshot, **facts))
    facts["strip"] = () if pictures is None else pictures.strip
    if pictures is not None:
        facts["poster"] = pictures.poster
    job.change("saved", balance=shared.balance, **facts)


def _check_held(job: Job, shared: Shared) -> None:
    if not shared.journal.holds(job.snapshot.id):
        raise LeaseLost


async def _describe(job: Job, shared: Shared, done: Snapshot) -> Pictures | None:
    """Make the pictures and the sidecar; the clip is good without them."""
    pictures = None
    try:
        if done.video is not None:
            pictures = await asyncio.to_thread(shared.files.clip_pictures, done.video)
            with shared.journal.together():
                _check_held(job, shared)
                shared.journal.set_pictures(job.snapshot.id, pictures)
        if not done.unreadable:  # nobody knows what it was asked for
            await asyncio.to_thread(shared.files.write_sidecar, done)
    except LeaseLost:
        raise
    except Exception:  # a library may raise anything, and the clip is there
        log.exception("the clip of task %s could not be described", job.snapshot.id)
    return pictures


async def _fetch(job: Job, shared: Shared, urls: Sequence[str], path: Path) -> Fetched:
    """Download; on failure try again, then once more by a fresh address of each."""
    with _named():
        service = await shared.service()
    try:
        return await _try_often(job, lambda: _from_any(service, urls, path))
    except HOPELESS:
        raise
    except (SavingError, TransportError) as error:
        job.change(note=f"{error.what} Asking the service for a new address.")
        first = error
    for url in urls:
        try:
            with _named():
                return await service.download(await service.fresh_url(url), path)
        except HailuoError as second:
            log.info("no new address for task %s: %s", job.snapshot.id, second)
    raise first


async def _from_any(service: LookingService, urls: Sequence[str], path: Path) -> Fetched:
    """Download from the first address that has the clip; else raise what leaves most hope."""
    errors: list[HailuoError] = []
    for url in urls:
        try:
            with _named():
                return await service.download(url, path)
        except (SavingError, TransportError) as error:
            errors.append(error)
    raise min(errors, key=lambda error: 2 * isinstance(error, HOPELESS) + _is_gone(error))


@contextmanager
def _named() -> Iterator[None]:
    """Make a failed try of whatever is raised: a paid clip must not end in a fault of ours."""
    try:
        yield
    except HailuoError:
        raise
    except Exception as error:
        log.exception("a clip could not be saved")
        raise SavingError(f"The clip could not be saved: {type(error).__name__}.") from None


def _is_gone(error: HailuoError) -> bool:
    return isinstance(error, ResultExpired)


async def _try_often(job: Job, fetch: Callable[[], Awaitable[Fetched]]) -> Fetched:
    for pause_s in BACK_OFF_S:
        try:
            return await fetch()
        except (*HOPELESS, ResultExpired):
            raise
        except (SavingError, TransportError) as error:
            job.change(note=f"{error.what} Fetching it again in {pause_s:g} s.")
            await asyncio.sleep(pause_s)
    return await fetch()


def _with_id(error: HailuoError, job: Job) -> HailuoError:
    error.task_id = job.snapshot.task_id
    error.charged = "yes"
    return error
