"""The service as an object: one coroutine a call, one attempt a call.

It knows how to send and how to read. It must not know when to ask again, what a
task is for, or where the key comes from; trying again is the caller's decision,
since a createTask is paid for.
"""

import asyncio
import logging
import secrets
from contextlib import suppress

from hailuo_nb.core.request import Request
from hailuo_nb.errors import HailuoError
from hailuo_nb.kie import calls, wire
from hailuo_nb.kie.looker import Looker
from hailuo_nb.kie.outcome import submit_outcome
from hailuo_nb.kie.taken import named_task
from hailuo_nb.kie.transport import Witness

UPLOAD_BYTES_PER_S_MIN = 20_000
REPEATED_AFTER_S = (0.2, 1.0, 3.0, 8.0)
"""When a gateway is asked again for a reply that was lost, in seconds after the time before."""

log = logging.getLogger("hailuo_nb")


class Client(Looker):
    """Asks one service, with one key, and sends to it what is paid for; made as a `Looker` is."""

    async def create_task(
        self,
        request: Request,
        *,
        image_url: str | None,
        end_image_url: str | None,
        not_after: float | None = None,
    ) -> str:
        """Make a task and return its id. One attempt, on a connection of its own.

        A gateway that has announced itself takes a request once under its name: there, and there
        alone, a lost reply is asked for again, each time after it has announced itself anew.

        A reply that names a task has made it, whatever its code, and however it ends. Past
        ``not_after``, by the monotonic clock, no first byte leaves: it was not sent then.

        Raises
        ------
        HailuoError
            `outcome.submit_outcome` tells whether the task may exist. A cancelled
            call may have been taken, too.
        """
        body = wire.create_body(request, image_url=image_url, end_image_url=end_image_url)
        name = secrets.token_hex(16) if self._is_gateway and not_after is None else None
        call = calls.create_call(self._api_origin, body, name)
        try:
            return await self._create(call, Witness(not_after))
        except HailuoError as error:
            failure = error
        if name is not None and submit_outcome(failure) == "lost":
            task_id = await self._repeated(call)
            if task_id is not None:
                return task_id
        raise failure

    async def _repeated(self, call: calls.Call) -> str | None:
        """Return the task that a gateway has taken under the call's name; None: nobody knows."""
        for pause_s in REPEATED_AFTER_S:
            await asyncio.sleep(pause_s)
            with suppress(HailuoError):
                await self.credit()
                if self._is_gateway:
                    return await self._create(call, Witness())
        return None

    async def _create(self, call: calls.Call, witness: Witness) -> str:
        try:
            return await self._ask(call, wire.read_task_id, witness=witness)
        except (HailuoError, asyncio.CancelledError) as error:
            task_id = self._named(witness)
            if task_id is None:
                raise
            log.info("a reply names task %s all the same: %s", task_id, type(error).__name__)
            return task_id

    async def upload(
        self, data: bytes, *, name: str, mime: str, path: str = calls.UPLOAD_PATH
    ) -> str:
        """Upload an image and return the address at which the service can fetch it.

        Parameters
        ----------
        data
            The file's bytes.
        name
            Its name at the service; the same name overwrites.
        mime
            Its media type, such as "image/png".
        path
            The folder at the service, in plain characters.
        """
        time_max_s = 2 * self._timeout_s + len(data) / UPLOAD_BYTES_PER_S_MIN
        origin = self._upload_origin
        call = calls.upload_call(
            origin, data, name=name, mime=mime, path=path, time_max_s=time_max_s
        )
        return await self._ask(call, str, envelope=wire.read_upload)

    async def upload_from(self, url: str, *, name: str, path: str) -> wire.KeptFile:
        """Have the service fetch an image and return what it has now."""
        call = calls.upload_from_call(self._upload_origin, url, name=name, path=path)
        return await self._ask(call, wire.read_kept, envelope=wire.read_upload_data)

    def _named(self, witness: Witness) -> str | None:
        """Return the id of the task that a reply names, as far as it came."""
        heard = (self._secret.mask_reply(bytes(part)) for part in (witness.body, witness.heard))
        return next(filter(None, map(named_task, heard)), None)
