"""The service as whoever only looks has it: there is no call in it that is paid for.

It knows how to ask and how to read. It must not know when to ask again, what a task is
for, or where the key comes from.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Container, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

import httpx

from hailuo_nb.core.request import Request
from hailuo_nb.core.server_proof import ServerProof
from hailuo_nb.core.task import Record
from hailuo_nb.errors import (
    HailuoError,
    RateLimited,
    ReplyLost,
    ResultExpired,
    SavingError,
    TransportError,
)
from hailuo_nb.kie import calls, wire
from hailuo_nb.kie.address import (
    Guard,
    PeerCheck,
    is_loopback_host,
    is_public_host,
    origin_of,
    read_origin,
)
from hailuo_nb.kie.calls import Call, Reply
from hailuo_nb.kie.connections import Connections
from hailuo_nb.kie.download import (
    CHUNK_BYTES,
    GONE,
    SIZE_MAX_BYTES,
    Connect,
    Saved,
    opened,
    parsed,
    save,
)
from hailuo_nb.kie.envelope import REPLY_BYTES_MAX, read_envelope
from hailuo_nb.kie.record import read_param, read_record, read_request
from hailuo_nb.kie.secret import Secret
from hailuo_nb.kie.taken import named_task
from hailuo_nb.kie.transport import Witness, failure_of, read_retry_after

T = TypeVar("T")

TIMEOUT_S = 30.0
DOWNLOAD_TIME_MAX_S = 900.0

log = logging.getLogger("hailuo_nb")

TIME_MAX_S = 15.0
"""As long as the service waits for an answer to its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedFile:
    """A result on its way: HTTP status, headers (in any case), and its bytes as they come."""

    status: int
    headers: Mapping[str, str]
    chunks: AsyncIterator[bytes]


class Looker:
    """Asks one service, with one key, and fetches what it has made.

    Parameters
    ----------
    api_origin, upload_origin
        ``https://host``, or ``http://`` on this machine.
    key
        Returns the API key for an origin at the moment of sending, or raises.
    user_agent
        How to be named to the service and to file hosts.
    timeout_s
        How long to wait for a connection, or for the next byte, in seconds.
    download_time_max_s
        How long a download may take altogether, in seconds.
    trusted
        Origins to which the key may go by plain http.
    proof
        What a service on this machine must show before anything is sent; None asks for nothing.

    Raises
    ------
    UnsafeOrigin
        The key would travel in the clear, or the origin is none.
    """

    def __init__(
        self,
        *,
        api_origin: str,
        upload_origin: str,
        key: Callable[[str], str],
        user_agent: str,
        timeout_s: float = TIMEOUT_S,
        download_time_max_s: float = DOWNLOAD_TIME_MAX_S,
        trusted: Container[str] = (),
        proof: ServerProof | None = None,
    ) -> None:
        self._secret = Secret(key)
        self._api_origin = read_origin(api_origin, trusted)
        self._upload_origin = read_origin(upload_origin, trusted)
        self._timeout_s = timeout_s
        self._download_time_max_s = download_time_max_s
        self._connections = Connections(
            secret=self._secret, user_agent=user_agent, timeout_s=timeout_s, proof=proof
        )
        self._guard: Guard | None = None
        self._is_gateway = False

    async def record_info(self, task_id: str) -> Record:
        """Return what the service says of a task."""
        return replace(await self._about(task_id, read_record), task_id=task_id)

    async def made(self, task_id: str) -> tuple[Request, Record]:
        """Return what a task was asked for and what the service says of it, by its record."""
        data = await self._about(task_id, lambda data: data)
        request = read_request(read_param(data))
        return request, replace(read_record(data), task_id=task_id)

    async def credit(self) -> float:
        """Return the balance in credits."""
        return await self._ask(calls.credit_call(self._api_origin), wire.read_credit)

    async def fresh_url(self, url: str) -> str:
        """Return a fresh address, good for 20 minutes, of one of the service's own files."""
        call = calls.fresh_url_call(self._api_origin, url)
        return await self._ask(call, wire.read_download_url)

    async def download(
        self, url: str, to: Path, *, size_max_bytes: int = SIZE_MAX_BYTES, replace: bool = False
    ) -> Saved:
        """Fetch a clip without the key, check that it plays, and put it into place.

        Parameters
        ----------
        url
            Where the service says it is.
        to
            The file to make, in an existing folder.
        size_max_bytes
            The most that is accepted.
        replace
            False keeps a playable file that is already there and returns its facts.

        Raises
        ------
        SavingError
            Nothing was put into place; the class says why.
        """
        guard = await self._guarding()
        async with self._connections.in_use():
            return await save(
                url,
                to,
                connect=self._connections.for_files,
                guard=guard,
                size_max_bytes=size_max_bytes,
                time_max_s=self._download_time_max_s,
                replace=replace,
            )

    @asynccontextmanager
    async def fetched(self, url: str, *, span: str | None) -> AsyncIterator[OpenedFile]:
        """Open a result for whoever passes it on, without the key; ``span`` is a Range.

        Raises
        ------
        SavingError
            There is none, it may not be asked for, or it breaks off.
        """
        guard, connect = await self._guarding(), self._connections.for_files
        try:
            async with self._connections.in_use(), opened(url, connect, guard, span=span) as reply:
                if reply.status_code in GONE:
                    raise ResultExpired("The file is no longer there.")
                yield OpenedFile(
                    status=reply.status_code,
                    headers=reply.headers,
                    chunks=reply.aiter_raw(CHUNK_BYTES),
                )
        except (httpx.HTTPError, OSError) as error:
            words = f"The file's host broke off: {type(error).__name__}."
            raise SavingError(words) from None

    async def tell(
        self, url: str, body: bytes, headers: dict[str, str], trusted: Container[str] = ()
    ) -> int:
        """Post JSON to somebody's address, once, without the key, and return the HTTP status.

        It must be of the public internet by https, or at an origin of ``trusted``. No redirect is
        followed, and what is answered is not read.

        Raises
        ------
        UnsafeAddress
            It must not be called.
        TransportError
            It gave no answer.
        """
        async with self._connections.in_use():
            connect = self._connections.for_files
            return await _tell(url, body, headers, connect=connect, trusted=trusted)

    async def _guarding(self) -> Guard:
        if self._guard is None:
            service = httpx.URL(self._api_origin)
            is_clear = service.scheme == "http" and not is_loopback_host(service.host)
            own = origin_of(service) if is_clear else None
            self._guard = Guard(public=await is_public_host(service.host), own=own)
        return self._guard

    async def retire(self) -> None:
        """Close every connection once what is under way has its reply; another client follows."""
        await self._connections.retire()

    async def aclose(self) -> None:
        """Close every connection."""
        await self._connections.aclose()

    async def _about(self, task_id: str, read: Callable[[object], T]) -> T:
        """Ask for one task; a reply about another one is no answer."""
        call = calls.record_call(self._api_origin, task_id)
        return await self._ask(call, read, partial(wire.read_about, task_id))

    async def _ask(
        self,
        call: Call,
        read: Callable[[object], T],
        envelope: Callable[[int, str, bytes], object] = read_envelope,
        witness: Witness | None = None,
    ) -> T:
        """Send a call and read the reply; an error leaves without the frames that hold it."""
        reply = await self._exchange(call, witness or Witness())
        try:
            body = self._secret.mask_reply(reply.body)
            return read(envelope(reply.status, reply.content_type, body))
        except HailuoError as error:
            failure = error
        if isinstance(failure, RateLimited):
            failure.retry_after_s = read_retry_after(reply.retry_after)
        if self._is_gateway and failure.class_advice is not None:
            failure.advice = failure.class_advice
        raise self._told(call, failure)

    async def _exchange(self, call: Call, witness: Witness) -> Reply:
        """Send a call once. The HTTP library's frames hold the key: no error keeps them."""
        self._secret.check(call.origin)
        failure: HailuoError
        try:
            limit_s = call.time_max_s or 2 * self._timeout_s
            async with self._connections.in_use(), asyncio.timeout(limit_s):
                return await self._send(call, witness)
        except asyncio.CancelledError as error:
            raise error.with_traceback(None) from None
        except HailuoError as error:
            failure = error
        except Exception as error:  # noqa: BLE001 - one never met must not look unsent
            log.debug("%s %s: %s", call.method, call.path, type(error).__name__)
            failure = failure_of(error, witness.stage, httpx.URL(call.origin).host)
        raise self._told(call, failure)

    def _told(self, call: Call, error: HailuoError) -> HailuoError:
        """Return the error with what only the call knows, and without what it must not show."""
        error.__cause__ = error.__context__ = None
        self._secret.mask_error(error)
        if call.about_task:
            error.task_id = call.about_task
        elif not call.paid:
            error.charged = "no"
        if isinstance(error, ReplyLost) and not call.paid:
            error.charged = "no"
            error.advice = TransportError.default_advice
        return error.with_traceback(None)

    async def _send(self, call: Call, witness: Witness) -> Reply:
        client = self._connections.for_service(call.origin, fresh=call.paid)
        request = client.build_request(
            call.method,
            call.origin + call.path,
            params=dict(call.params) or None,
            headers=call.headers,
            content=call.content,
            files={"file": call.file} if call.file else None,
            data={"uploadPath": call.upload_path, "fileName": call.file[0]} if call.file else None,
            extensions={"trace": witness, "timeout": client.timeout.as_dict()},
        )
        response = await client.send(request, stream=True)
        if call.origin == self._api_origin:
            self._is_gateway = calls.GATEWAY in response.headers
        enough = named_task if call.paid else None
        try:
            return Reply(
                status=response.status_code,
                content_type=response.headers.get("content-type", ""),
                retry_after=response.headers.get("retry-after"),
                body=await witness.read(response, REPLY_BYTES_MAX, enough=enough),
            )
        finally:
            await response.aclose()


async def _tell(
    url: str, body: bytes, headers: Mapping[str, str], *, connect: Connect, trusted: Container[str]
) -> int:
    here = parsed(url)
    origin = origin_of(here)
    guard = Guard(public=True, own=origin if origin in trusted else None)
    failure = "it took too long"
    try:
        async with asyncio.timeout(TIME_MAX_S):
            await guard.check(here)
            client = connect(here)
            request = client.build_request(
                "POST",
                here,
                content=body,
                headers={"Content-Type": "application/json", **headers},
                extensions={"trace": PeerCheck(guard, here), "timeout": client.timeout.as_dict()},
            )
            response = await client.send(request, stream=True)
            await response.aclose()
            return response.status_code
    except (httpx.HTTPError, OSError) as error:
        failure = type(error).__name__
    raise TransportError(f"The address gave no answer: {failure}.")
