"""Calling somebody's address, once, without the key: how a callback is passed on.

It knows that the address was named by a stranger. It must not know what is told.
"""

import asyncio
from collections.abc import Container, Mapping

import httpx

from hailuo_nb.errors import TransportError
from hailuo_nb.kie.address import Guard, PeerCheck, origin_of
from hailuo_nb.kie.download import Connect, parsed

TIME_MAX_S = 15.0
"""As long as the service waits for an answer to its own."""


async def tell(
    url: str, body: bytes, headers: Mapping[str, str], *, connect: Connect, trusted: Container[str]
) -> int:
    """Post JSON and return the HTTP status; see `looker.Looker.tell`."""
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
