"""The life of a task after it was taken: waiting, rendered, ended, called back.

It knows the ledger, the plan, faults at the end, and when to render; it must not know HTTP coming
in. One asyncio task follows each unfinished task; a restarted simulator follows them again.
"""

import asyncio
import hmac
import logging
from collections.abc import Callable, Coroutine
from pathlib import Path

from hailuo_nb.simulator import callbacks, wire
from hailuo_nb.simulator.catalogue import MODELS, SHORT_SIDE_PX
from hailuo_nb.simulator.disk import PARTS, replacing
from hailuo_nb.simulator.faults import Faults
from hailuo_nb.simulator.ledger import Ledger
from hailuo_nb.simulator.recorded import Recording, RecordingError, Take
from hailuo_nb.simulator.render.jobs import ClipJob, Frame
from hailuo_nb.simulator.render.pool import RenderError, RenderPool
from hailuo_nb.simulator.settings import Settings
from hailuo_nb.simulator.task import SentPicture, SimulatedTask
from hailuo_nb.simulator.uploads import UploadStore

log = logging.getLogger("hailuo_nb.simulator")

# A worker needs about half of it to get ready.
HEAD_START_S = 1.0
RESULTS = "results/"
"""Where clips are, below ``/files/``."""

RESULT_LIFE_S = 24 * 3600.0
END_FAULTS: dict[str, tuple[str, str]] = {
    "fail-moderation": ("400", wire.FLAGGED),
    "fail-internal": ("500", wire.INTERNAL),
    "fail-generation": ("501", wire.NOT_MADE),
    "fail-timeout": ("408", wire.NO_RESULT),
}


class Studio:
    """Follows tasks to their end.

    Parameters
    ----------
    settings, ledger, uploads, faults
        The simulator's own.
    folder : Path
        Where clips are kept, under the names of their tasks.
    recording : Recording or None
        What is played back.
    now : callable
        Unix seconds.
    origin : callable
        Base URL of the files, known once the server listens.
    """

    def __init__(
        self,
        settings: Settings,
        ledger: Ledger,
        uploads: UploadStore,
        faults: Faults,
        *,
        folder: Path,
        recording: Recording | None,
        now: Callable[[], float],
        origin: Callable[[], str],
    ) -> None:
        self._settings = settings
        self._ledger = ledger
        self._uploads = uploads
        self._faults = faults
        self._folder = folder
        self._recording = recording
        self._now = now
        self._opened_s = now()
        self._origin = origin
        self._lives: dict[str, asyncio.Task[None]] = {}
        self._pool = RenderPool()
        folder.mkdir(parents=True, exist_ok=True)

    def resume(self) -> None:
        """Follow what an earlier process left unfinished; delete its scraps, and clips too old."""
        for left in self._folder.glob(PARTS):
            left.unlink(missing_ok=True)
        for task in self._ledger.tasks.values():
            if task.final is None and not task.stuck:
                self.follow(task)
            elif task.callback_url and task.final and not task.called_back:
                self._begin(task, self._call_back(task))
            if task.completed_s and self._now() - task.completed_s > RESULT_LIFE_S:
                self.clip(task).unlink(missing_ok=True)
        if not self._faults.has("stuck-waiting"):
            self.release()

    def follow(self, task: SimulatedTask) -> None:
        """Start the life of a task; a stuck one waits for `release`."""
        if not task.stuck:
            self._begin(task, self._live(task))

    def release(self) -> None:
        """Let stuck tasks go on: their plan starts now."""
        for task in self._ledger.tasks.values():
            if task.final is None and task.stuck:
                task.quirks.discard("stuck-waiting")
                moved_s = self._now() - task.created_s
                task.plan = task.plan.moved(moved_s)
                self._ledger.save(task)
                self.follow(task)

    async def close(self) -> None:
        """Stop following and rendering; unfinished tasks stay unfinished."""
        lives = list(self._lives.values())
        for life in lives:
            life.cancel()
        await asyncio.gather(*lives, return_exceptions=True)
        self._pool.close()

    def clip(self, task: SimulatedTask) -> Path:
        """Return where the task's clip is or will be."""
        return self._folder / task.result_name

    def public(self, path: str) -> SimulatedTask | None:
        """Return the task whose clip is had at this path below ``/files/``, while it lives."""
        task = self._ledger.tasks.get(path.rpartition("/")[2].removesuffix(".mp4"))
        if task is None or task.final != "success" or task.completed_s is None:
            return None
        is_over = self._now() - task.completed_s > RESULT_LIFE_S
        right = self._public_path(task).encode()
        is_it = hmac.compare_digest(path.encode("utf-8", "surrogatepass"), right)
        return task if is_it and not is_over and self.clip(task).exists() else None

    def clip_url(self, task: SimulatedTask) -> str:
        """Return where the task's clip is or will be served."""
        return f"{self._origin()}/files/{self._public_path(task)}"

    def _public_path(self, task: SimulatedTask) -> str:
        return f"{RESULTS}{self._ledger.seal('clip', task.task_id)}/{task.result_name}"

    def _begin(self, task: SimulatedTask, life: Coroutine[None, None, None]) -> None:
        self._lives[task.task_id] = begun = asyncio.create_task(life)
        begun.add_done_callback(lambda _: self._lives.pop(task.task_id, None))

    async def _live(self, task: SimulatedTask) -> None:
        await self._sleep_until(task.start_s - HEAD_START_S)
        if not self._is_doomed():
            self._pool.warm()
        await self._sleep_until(task.start_s)
        error = self._image_problem(task)
        if error is None and not self._is_doomed():
            error = await self._render(task)
        if error is None:
            await self._sleep_until(task.finish_s)
            # What was doomed may have been pardoned: then it is drawn now.
            error = self._struck(task) or await self._render(task)
        self._settle(task, error)
        await self._call_back(task)

    async def _sleep_until(self, moment_s: float) -> None:
        await asyncio.sleep(max(0.0, moment_s - self._now()))

    def _image_problem(self, task: SimulatedTask) -> tuple[str, str] | None:
        pictures = [image for image in (task.start_image, task.end_image) if image is not None]
        if pictures and self._faults.strikes("image-fetch"):
            return "422", wire.IMAGE_FETCH
        problems = [image.problem for image in pictures if image.problem]
        return ("422", problems[0]) if problems else None

    def _is_doomed(self) -> bool:
        """Say whether a task that ends now would fail: its clip is not worth drawing."""
        return any(self._faults.is_sure(name) for name in END_FAULTS)

    def _struck(self, task: SimulatedTask) -> tuple[str, str] | None:
        for name in ("empty-result", "junk-result"):
            if self._faults.strikes(name):
                task.quirks.add(name)
        take = self._take(task)
        if take is not None and take.error is not None:
            return take.error
        struck = [error for name, error in END_FAULTS.items() if self._faults.strikes(name)]
        return struck[0] if struck else None

    async def _render(self, task: SimulatedTask) -> tuple[str, str] | None:
        if self.clip(task).exists():
            return None
        take = self._take(task)
        if take is not None:
            return None if take.clip is None else self._played(task, take)
        try:
            await asyncio.wrap_future(self._pool.submit(self._job(task)))
        except RenderError as error:
            if error.trouble == "image":
                return "422", wire.IMAGE_FETCH
            log.warning("task %s could not be rendered: %s", task.task_id, error)
            return "500", wire.INTERNAL
        return None

    def _take(self, task: SimulatedTask) -> Take | None:
        return self._recording.named(task.take) if self._recording is not None else None

    def _played(self, task: SimulatedTask, take: Take) -> tuple[str, str] | None:
        """Put a recorded clip where the task's own would be."""
        if self._recording is None:
            return None
        try:
            data = self._recording.clip(take)
        except RecordingError as error:
            log.warning("task %s cannot be played back: %s", task.task_id, error)
            return "500", wire.INTERNAL
        with replacing(self.clip(task)) as file:
            file.write(data)
        return None

    def _job(self, task: SimulatedTask) -> ClipJob:
        model = MODELS[task.model]
        return ClipJob(
            out=str(self.clip(task)),
            prompt=str(task.filled["prompt"]),
            seed=f"{task.identity.partition(':')[2]}:{task.variation}",
            variation=task.variation,
            duration_s=task.duration_s,
            short_side_px=SHORT_SIDE_PX[task.resolution],
            max_size_px=self._settings.max_size_px,
            aspect=model.aspect(task.filled),
            has_sound=model.has_sound,
            enhanced=bool(task.filled.get("prompt_optimizer", True)),
            start=self._frame(task.start_image),
            end=self._frame(task.end_image),
        )

    def _frame(self, image: SentPicture | None) -> Frame | None:
        if image is None:
            return None
        if image.blob is not None:
            return Frame(path=str(self._uploads.file(image.blob)))
        return Frame(stand_in=image.stand_in)

    def _settle(self, task: SimulatedTask, error: tuple[str, str] | None) -> None:
        """End a task; a failed one gets its credits back."""
        task.final = "fail" if error else "success"
        task.error = error
        # What ended by plan while nobody served, ended then and not when somebody looked.
        missed = error is None and task.finish_s < self._opened_s
        task.completed_s = task.finish_s if missed else self._now()
        if error:
            balance = self._ledger.balance(task.account)
            self._ledger.set_balance(task.account, balance + task.credits)
        self._ledger.save(task)
        log.info("task %s: %s", task.task_id, task.final)

    async def _call_back(self, task: SimulatedTask) -> None:
        if not task.callback_url:
            return
        body = wire.callback(task, self.clip_url(task), documented=self._settings.documented)
        await callbacks.deliver(task.callback_url, task.task_id, body, self._settings.webhook_key)
        task.called_back = True
        self._ledger.save(task)
