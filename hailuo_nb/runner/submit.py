"""The first steps: images up, then the one submit.

The rule about money lives here: once a byte of a submit may have left, it is never
sent again by itself. Only what provably was not taken is tried again.
"""

import asyncio
import itertools
import logging
import random
import time
from collections.abc import Callable
from dataclasses import replace

from hailuo_nb.core.request import IMAGE_BYTES_MAX, IMAGE_SUFFIXES, ImageRef
from hailuo_nb.errors import (
    HailuoError,
    ImageError,
    Maintenance,
    RateLimited,
    ServerError,
    TaskUnsure,
    TransportError,
)
from hailuo_nb.runner.job import Job
from hailuo_nb.runner.ports import Service
from hailuo_nb.runner.shared import Shared

log = logging.getLogger("hailuo_nb")

UPLOAD_KEPT_S = 20 * 3600.0
"""The service keeps uploads for 24 h or more; an older one is made anew."""

UPLOAD_TRIES = 3
GIVE_UP_AFTER_S = 180.0
"""How long a submit that was not taken is tried again, in seconds."""

BACK_OFF_S = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)


async def submit(job: Job, shared: Shared) -> None:
    """Bring a waiting task to "queued", or to "failed" or "unsure".

    Raises
    ------
    HailuoError
        It failed before anything was submitted; the task is still "waiting".
    """
    image_url, end_image_url = await _image_urls(job, shared)
    failing_since: float | None = None
    for attempt in itertools.count():
        service = await shared.service()
        await shared.create_gate.turn(lambda before: _tell_place(job, before))
        error = await _submit_once(job, shared, service, image_url, end_image_url)
        if error is None or job.snapshot.state != "waiting" or job.stop_asked:
            return
        await shared.mend(error)
        pause_s = _pause_s(attempt, error)
        if isinstance(error, RateLimited):
            shared.create_gate.close_for(pause_s)
        failing_since = failing_since or time.monotonic()
        if time.monotonic() + pause_s - failing_since > GIVE_UP_AFTER_S:
            raise error
        job.change(note=f"{error.what} Nothing was charged; trying again in {pause_s:.0f} s.")
        await asyncio.sleep(pause_s)


async def _submit_once(
    job: Job, shared: Shared, service: Service, image_url: str | None, end_image_url: str | None
) -> HailuoError | None:
    balance_before, began = shared.balance, time.monotonic()
    job.begin_submit(time.time(), balance=balance_before)
    try:
        task_id = await service.create_task(
            job.snapshot.request, image_url=image_url, end_image_url=end_image_url
        )
    except HailuoError as error:
        await _settle_failed_submit(job, shared, error, balance_before)
        return error
    shared.hold(job.snapshot.request.price.credits, since=began)
    job.change(
        "accepted",
        task_id=task_id,
        submitted_at=time.time(),
        credits=None,
        balance=shared.balance,
    )
    shared.files.drop_inputs(job.snapshot.id)
    return None


async def _settle_failed_submit(
    job: Job, shared: Shared, error: HailuoError, balance_before: float | None
) -> None:
    outcome = shared.judge(error)
    log.info("the submit of task %s failed: %s (%s)", job.snapshot.id, error, outcome)
    if outcome == "not_taken":
        job.change("not_taken", submitted_at=None)
    elif outcome == "refused":
        error.charged = "no"
        job.fail("refused", error)
    else:
        await _unsure(job, shared, error, balance_before)


async def _unsure(job: Job, shared: Shared, error: HailuoError, before: float | None) -> None:
    after = await shared.refresh_balance(at_once=True)
    known = [
        f"{when} {balance:g} credits" if balance is not None else f"{when} not known"
        for when, balance in (("was", before), ("is now", after))
    ]
    what = (
        f"{error.what} It may have been accepted and billed. "
        f"The balance {known[0]} before and {known[1]}."
    )
    job.fail("reply_lost", TaskUnsure(what, charged="maybe"))


def _tell_place(job: Job, before: int) -> None:
    place = f"{before} before it in the queue" if before else "next in the queue"
    note = f"The service takes 20 tasks in 10 s: {place}."
    if note != job.snapshot.note:
        job.mirror(replace(job.snapshot, note=note))


def _pause_s(attempt: int, error: HailuoError) -> float:
    asked_s = getattr(error, "retry_after_s", None)
    if asked_s is not None:
        return min(float(asked_s), 60.0)
    pause_s = BACK_OFF_S[min(attempt, len(BACK_OFF_S) - 1)]
    return pause_s * random.uniform(0.75, 1.25)  # noqa: S311 - jitter, no secret


async def _image_urls(job: Job, shared: Shared) -> tuple[str | None, str | None]:
    request, plan = job.snapshot.request, job.plan
    start = await _image_url(job, shared, request.image, "image", plan.load_image)
    end = await _image_url(job, shared, request.end_image, "end_image", plan.load_end_image)
    return start, end


async def _image_url(
    job: Job,
    shared: Shared,
    image: ImageRef | None,
    which: str,
    load: Callable[[], bytes] | None,
) -> str | None:
    if image is None or image.url is not None:
        return image.url if image else None
    known = shared.journal.upload_url(
        shared.name, image.digest or "", since=time.time() - UPLOAD_KEPT_S
    )
    needs_poster = which == "image" and job.snapshot.poster is None
    if known is not None and not needs_poster:
        return known
    data = await asyncio.to_thread(_bytes, job, shared, image, which, load)
    if needs_poster:
        await _show_poster(job, shared, data)
    return known or await _upload_shared(shared, image, data)


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


async def _show_poster(job: Job, shared: Shared, data: bytes) -> None:
    poster = await asyncio.to_thread(shared.files.image_poster, data)
    shared.journal.set_poster(job.snapshot.id, poster)
    job.mirror(replace(job.snapshot, poster=poster))


async def _upload_shared(shared: Shared, image: ImageRef, data: bytes) -> str:
    """Upload once, however many tasks ask for the same image at the same time."""
    digest = image.digest or ""
    if digest not in shared.uploads:
        shared.uploads[digest] = asyncio.ensure_future(_upload(shared, image, data))
        shared.uploads[digest].add_done_callback(lambda _: shared.uploads.pop(digest, None))
    return await asyncio.shield(shared.uploads[digest])


async def _upload(shared: Shared, image: ImageRef, data: bytes) -> str:
    if len(data) > IMAGE_BYTES_MAX:
        raise ImageError(f"{image.label} has {len(data) / 1e6:.1f} MB; the service takes 10 MB.")
    digest, mime = image.digest or "", image.mime or "image/png"
    name = f"{digest[:32]}.{IMAGE_SUFFIXES[mime]}"
    for pause_s in BACK_OFF_S[: UPLOAD_TRIES - 1]:
        try:
            return await _upload_once(shared, data, name=name, mime=mime, digest=digest)
        except (TransportError, RateLimited, Maintenance, ServerError) as error:
            log.info("an upload is tried again: %s", error)
            await shared.mend(error)
            await asyncio.sleep(pause_s)
    return await _upload_once(shared, data, name=name, mime=mime, digest=digest)


async def _upload_once(shared: Shared, data: bytes, *, name: str, mime: str, digest: str) -> str:
    service = await shared.service()
    url = await service.upload(data, name=name, mime=mime)
    shared.journal.add_upload(shared.name, digest, url, at=time.time())
    return url
