"""The jobs API: createTask, recordInfo, credit, download-url.

It knows these four endpoints; what they do happens in the intake, the ledger and `wire`.
"""

from typing import Any

from tornado.web import stream_request_body

from hailuo_nb.simulator import validation, wire
from hailuo_nb.simulator.handlers_base import ApiHandler
from hailuo_nb.simulator.intake import own_path
from hailuo_nb.simulator.task import SimulatedTask
from hailuo_nb.simulator.validation import RefusedError

BODY_CAP_BYTES = 1_000_000
FRESH_S = 3.0
UNDER_WAY_MAX = 100
"""Tasks of one account that have not ended: one more is refused, and not queued."""

LOG_LIFE_S = 61 * 86400.0
"""Two months: so long is a task told of."""


@stream_request_body
class CreateTaskHandler(ApiHandler):
    """``POST /api/v1/jobs/createTask``; sees the head before the body is read."""

    def prepare(self) -> None:
        """Close the connection before the body, when that fault strikes."""
        self._body = bytearray()
        if self.service.faults.strikes("drop-before-read"):
            self.drop()

    def data_received(self, chunk: bytes) -> None:
        """Collect the body up to just above its cap."""
        if len(self._body) <= BODY_CAP_BYTES:
            self._body += chunk

    async def post(self) -> None:
        """Create a task."""
        await self.serve()

    async def answer(self) -> dict[str, Any]:
        """Take the task in and charge it."""
        self._refuse()
        if len(self._body) > BODY_CAP_BYTES:
            raise RefusedError(422, validation.BAD_BODY)
        submission = validation.check(validation.read_object(bytes(self._body)))
        self._refuse_checked()
        task = self.service.intake.take(submission, self.account, self.service.now())
        self.service.studio.follow(task)
        return wire.created(task, documented=self.service.settings.documented)

    async def _reply(self, body: dict[str, Any], status: int) -> None:
        taken = body.get("code") == 200
        if taken and self.service.faults.strikes("drop-submit-reply"):
            self.drop()
            return
        await super()._reply(body, status)

    def _refuse(self) -> None:
        faults = self.service.faults
        if self.service.settings.rate_limit and not self._is_admitted():
            raise RefusedError(429, wire.TOO_OFTEN)
        if faults.strikes("disabled"):
            raise RefusedError(505, wire.DISABLED)
        if faults.strikes("key-cap"):
            raise RefusedError(433, wire.KEY_CAP)

    def _is_admitted(self) -> bool:
        """Count it, and say whether it came slowly enough and not beside too many."""
        is_slow = self.service.creates.admits(self.account)
        return is_slow and self.service.ledger.under_way(self.account) < UNDER_WAY_MAX

    def _refuse_checked(self) -> None:
        """Raise what the faults say of a request that is good by itself: the check comes first."""
        faults = self.service.faults
        if faults.strikes("input-refused"):
            raise RefusedError(400, wire.INPUT_REFUSED)
        if faults.strikes("content-refused"):
            raise RefusedError(451, wire.CONTENT_REFUSED)
        if faults.strikes("no-credit"):
            raise RefusedError(402 if faults.hits("no-credit") % 2 else 500, wire.NO_CREDIT)


class RecordInfoHandler(ApiHandler):
    """``GET /api/v1/jobs/recordInfo``."""

    async def get(self) -> None:
        """Tell how a task stands."""
        await self.serve()

    async def answer(self) -> dict[str, Any]:
        """Find the task and describe it."""
        task = self._task()
        now_s = self.service.now()
        if "fresh-422" in task.quirks and now_s - task.created_s < FRESH_S:
            raise RefusedError(422, wire.NO_RECORD)
        url = self.service.studio.clip_url(task)
        data = wire.record(task, now_s, url, documented=self.service.settings.documented)
        if self.service.settings.newer_record:
            data = wire.newer_record(task, data)
        if task.final is None and self.service.faults.strikes("unknown-state"):
            data["state"] = "preparing"
        return wire.success(data)

    def _task(self) -> SimulatedTask:
        task = self.service.ledger.tasks.get(self.get_query_argument("taskId", ""))
        if task is None or task.account != self.account or self._is_forgotten(task):
            raise RefusedError(422, wire.NO_RECORD)
        self.service.ledger.count_record_request(task)
        if self.service.settings.rate_limit and not self.service.records.admits(task.task_id):
            raise RefusedError(429, wire.TOO_OFTEN)
        return task

    def _is_forgotten(self, task: SimulatedTask) -> bool:
        return self.service.now() - (task.completed_s or task.created_s) > LOG_LIFE_S


class CreditHandler(ApiHandler):
    """``GET /api/v1/chat/credit``."""

    async def get(self) -> None:
        """Tell the balance."""
        await self.serve()

    async def answer(self) -> dict[str, Any]:
        """Return the bare number."""
        return wire.success(float(self.service.ledger.balance(self.account)))


class DownloadUrlHandler(ApiHandler):
    """``POST /api/v1/common/download-url``."""

    async def post(self) -> None:
        """Give a fresh link to one of the service's own files."""
        await self.serve()

    async def answer(self) -> dict[str, Any]:
        """Sign the path of an own URL."""
        url = validation.read_object(self.request.body).get("url")
        path = own_path(url, self.service.ledger.origins()) if isinstance(url, str) else None
        if not path:
            raise RefusedError(422, wire.BAD_URL)
        return wire.success(self.service.signed_url(path))
