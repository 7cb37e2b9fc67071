"""The last step: the clip onto the disk, checked and described."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

from hailuo_nb.core.task import Record
from hailuo_nb.errors import HailuoError, SavingError, TooLarge, TransportError, UnsafeAddress
from hailuo_nb.runner.job import Job
from hailuo_nb.runner.ports import Saved
from hailuo_nb.runner.shared import Shared

log = logging.getLogger("hailuo_nb")

BACK_OFF_S = (1.0, 3.0, 8.0)


async def save(job: Job, shared: Shared, record: Record) -> None:
    """Bring a task from "saving" to "done", or to "expired" where that cannot be."""
    try:
        path = await asyncio.to_thread(shared.files.clip_path, job.plan.folder, job.snapshot.id)
        saved = await _fetch(job, shared, record.result_urls[0], path)
        poster = await asyncio.to_thread(shared.files.clip_poster, path)
        done = replace(job.snapshot, video=path, sha256=saved.sha256, size_bytes=saved.size_bytes)
        await asyncio.to_thread(shared.files.write_sidecar, done)
    except (SavingError, TransportError) as error:
        job.fail("gone", _with_id(error, job))
        return
    if poster is not None:
        shared.journal.set_poster(job.snapshot.id, poster)
    job.change(
        "saved",
        note=None,
        error=None,
        error_kind=None,
        video=path,
        sha256=saved.sha256,
        size_bytes=saved.size_bytes,
        poster=poster or job.snapshot.poster,
        balance=shared.balance,
    )


async def _fetch(job: Job, shared: Shared, url: str, path: Path) -> Saved:
    """Download; on failure try again, then once more by a fresh address."""
    service = await shared.service()
    try:
        return await _try_often(job, lambda: service.download(url, path))
    except (TooLarge, UnsafeAddress):
        raise
    except (SavingError, TransportError) as error:
        job.change(note=f"{error.what} Asking the service for a new address.")
        first = error
    try:
        return await service.download(await service.fresh_url(url), path)
    except HailuoError as second:
        log.info("no new address for task %s: %s", job.snapshot.id, second)
        raise first from second


async def _try_often(job: Job, fetch: Callable[[], Awaitable[Saved]]) -> Saved:
    for pause_s in BACK_OFF_S:
        try:
            return await fetch()
        except TransportError as error:
            job.change(note=f"{error.what} Fetching it again in {pause_s:g} s.")
            await asyncio.sleep(pause_s)
    return await fetch()


def _with_id(error: HailuoError, job: Job) -> HailuoError:
    error.task_id = job.snapshot.task_id
    error.charged = "yes"
    return error
