"""Connections over which nothing is sent before the server has shown who it is.

It knows the HTTP library's transports and events; what a proof is, it is told. It must not know
requests or keys: those come when the proof has been shown.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import httpx

from hailuo_nb.core.server_proof import READ_BYTES, Challenge, ServerProof

PROOF_TIMEOUT_S = 15.0

Trace = Callable[[str, Mapping[str, Any]], Awaitable[None]]


class ProvedTransport(httpx.AsyncHTTPTransport):
    """Asks on each fresh connection to the proof's origin before a byte of a request leaves."""

    def __init__(self, proof: ServerProof, **options: Any) -> None:
        super().__init__(**options)
        self._proof = proof
        self._origin = httpx.URL(proof.origin)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; a server without the proof counts as one that was not reached."""
        here, there = self._origin, request.url
        if (here.scheme, here.host, here.port) == (there.scheme, there.host, there.port):
            asking = _Asking(self._proof, request.extensions.get("trace"))
            request.extensions = {**request.extensions, "trace": asking}
        return await super().handle_async_request(request)


class _Asking:
    """Asks when a connection has just been made; httpx calls it as its ``trace`` extension."""

    def __init__(self, proof: ServerProof, then: Trace | None) -> None:
        self._proof = proof
        self._then = then

    async def __call__(self, event: str, info: Mapping[str, Any]) -> None:
        """Ask, then hand the event on to whoever else listens."""
        if event == "connection.connect_tcp.complete":
            await self._ask(info["return_value"])
        if self._then is not None:
            await self._then(event, info)

    async def _ask(self, stream: Any) -> None:
        shown = False
        try:
            async with asyncio.timeout(PROOF_TIMEOUT_S):
                shown = await _is_answered(self._proof.challenge(), stream)
        except TimeoutError:
            raise httpx.ConnectTimeout("it did not show who it is") from None
        finally:
            if not shown:
                await stream.aclose()
        if not shown:
            raise httpx.ConnectError("another program answers at its address")


async def _is_answered(challenge: Challenge, stream: Any) -> bool:
    await stream.write(challenge.question, timeout=PROOF_TIMEOUT_S)
    reply, verdict = b"", None
    while verdict is None:
        chunk = await stream.read(READ_BYTES, timeout=PROOF_TIMEOUT_S)
        reply += chunk
        verdict = challenge.verdict(reply) if chunk else False
    return verdict
