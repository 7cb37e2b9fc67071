"""From a checked request to a charged task: pictures found, plan drawn, faults at birth decided.

It knows the ledger, uploads and the seed; it must not know HTTP, nor how a task lives on.
"""

import hashlib
import json
import uuid
from urllib.parse import unquote, urlsplit

from hailuo_nb.simulator import schedule, wire
from hailuo_nb.simulator.catalogue import MODELS
from hailuo_nb.simulator.faults import Faults
from hailuo_nb.simulator.ledger import Ledger
from hailuo_nb.simulator.recorded import Recording, Take
from hailuo_nb.simulator.settings import Settings
from hailuo_nb.simulator.task import SentPicture, SimulatedTask
from hailuo_nb.simulator.uploads import IMAGE_CAP_BYTES, IMAGE_MIMES, UploadStore
from hailuo_nb.simulator.validation import RefusedError, Submission

FILES = "/files/"
BIRTH_QUIRKS = ("fresh-422", "stuck-waiting", "clock-skew")


class Intake:
    """Takes submissions in, one at a time."""

    def __init__(
        self,
        settings: Settings,
        ledger: Ledger,
        uploads: UploadStore,
        faults: Faults,
        *,
        recording: Recording | None = None,
    ) -> None:
        self._settings = settings
        self._ledger = ledger
        self._uploads = uploads
        self._faults = faults
        self._recording = recording

    def take(self, submission: Submission, account: str, now_s: float) -> SimulatedTask:
        """Charge the account and enter a new task into the ledger.

        Parameters
        ----------
        submission : Submission
            A request that passed validation.
        account : str
            Hash that names the account.
        now_s : float
            Unix seconds of the creation.

        Raises
        ------
        RefusedError
            402 when the balance does not reach.
        """
        balance = self._ledger.balance(account)
        if balance < submission.credits:
            raise RefusedError(402, wire.NO_CREDIT)
        task = self._task(submission, account, now_s)
        self._ledger.set_balance(account, balance - submission.credits)
        self._ledger.add(task)
        return task

    def _task(self, submission: Submission, account: str, now_s: float) -> SimulatedTask:
        model = MODELS[submission.model]
        start = self._picture(submission.filled.get(model.start), now_s)
        end = self._picture(submission.filled.get(model.end), now_s)
        identity = _identity(submission, account, start, end)
        number, variation = self._ledger.next_number(), self._ledger.next_variation(identity)
        take = self._take(submission, account)
        return SimulatedTask(
            task_id=self._task_id(now_s),
            number=number,
            account=account,
            model=submission.model,
            input=submission.input,
            filled=submission.filled,
            callback_url=submission.callback_url,
            resolution=submission.resolution,
            duration_s=submission.duration_s,
            credits=submission.credits,
            created_s=now_s,
            plan=self._plan(number) if take is None else take.at_speed(self._settings.speed),
            identity=identity,
            variation=variation,
            take="" if take is None else take.name,
            start_image=start,
            end_image=end,
            quirks={name for name in BIRTH_QUIRKS if self._faults.strikes(name)},
        )

    def _plan(self, number: int) -> schedule.Timetable:
        return schedule.draw(self._settings.seed, number, self._settings.speed)

    def _take(self, submission: Submission, account: str) -> Take | None:
        """Return the recorded take that answers a request: the next one of those that are equal.

        Those count that were played: what was made up before, and which images were sent, do not.
        """
        if self._recording is None:
            return None
        same = self._recording.takes(submission.model, submission.filled)
        names = {one.name for one in same}
        tasks = self._ledger.tasks.values()
        played = sum(task.take in names and task.account == account for task in tasks)
        return same[played % len(same)] if same else None

    def _task_id(self, now_s: float) -> str:
        if not self._settings.documented:
            return uuid.uuid4().hex
        stamp_ms = int(now_s * 1000)
        while f"task_hailuo_{stamp_ms}" in self._ledger.tasks:
            stamp_ms += 1
        return f"task_hailuo_{stamp_ms}"

    def _picture(self, url: object, now_s: float) -> SentPicture | None:
        if not isinstance(url, str):
            return None
        path = own_path(url, self._ledger.origins())
        if path is None:
            return SentPicture(stand_in=url)
        upload = self._uploads.find(path, now_s)
        if upload is None or upload.mime not in IMAGE_MIMES:
            return SentPicture(problem=wire.IMAGE_FETCH)
        if upload.size_bytes > IMAGE_CAP_BYTES:
            return SentPicture(problem=wire.MEDIA_UNAVAILABLE)
        return SentPicture(blob=upload.blob)


def own_path(url: str, origins: set[str]) -> str | None:
    """Return what a URL names below ``/files/``; None when it is not one of ours."""
    try:
        parts = urlsplit(url)
        if f"{parts.scheme}://{parts.netloc}".lower() not in origins:
            return None
    except ValueError:
        return None
    return unquote(parts.path.removeprefix(FILES)) if parts.path.startswith(FILES) else ""


def _identity(
    submission: Submission, account: str, start: SentPicture | None, end: SentPicture | None
) -> str:
    """Name what was asked for, whatever port served the images."""
    model = MODELS[submission.model]
    words = {**submission.filled, "model": submission.model}
    for name, image in ((model.start, start), (model.end, end)):
        if image is not None:
            words[name] = image.identity
    text = json.dumps(words, sort_keys=True)
    return f"{account}:{hashlib.sha256(text.encode()).hexdigest()}"
