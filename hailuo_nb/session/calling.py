"""Addresses for callbacks: where the service tells that a task of this process is over.

It knows where this server may be reached and draws a token for each task. Whether an address leads
here is tried once by a callback to itself; that callbacks come from elsewhere, only one from there
proves. It must not know a task.
"""

import asyncio
import logging
import time

from hailuo_nb.config import public_urls, webhook_key
from hailuo_nb.kie.callback import calls_itself
from hailuo_nb.runner.interfaces import Calling
from hailuo_nb.store import wake

log = logging.getLogger("hailuo_nb")

CALLBACKS = "hailuo/callback"
TRIED_AGAIN_S = 600.0
"""So long an address that did not lead here is not tried again."""


class Callback:
    """One task's address for callbacks, and whether one came."""

    def __init__(self, address: str, woken: wake.Wake) -> None:
        self._address, self._woken = address, woken

    @property
    def url(self) -> str:
        """The address that the service is told; its end is a secret."""
        return f"{self._address}/{CALLBACKS}/{self._woken.token}"

    @property
    def is_proved(self) -> bool:
        """Whether callbacks have ever come through the person's address from outside."""
        return wake.was_heard(self._address)

    def called(self) -> bool:
        """Return whether one came since this was asked last."""
        return self._woken.called()

    def note_heard(self) -> None:
        """Keep that one came from outside."""
        wake.note_heard(self._address)


class Callbacks:
    """Draws the addresses of one process."""

    def __init__(self) -> None:
        self._tried: dict[str, tuple[bool, float]] = {}

    async def __call__(self, id: str) -> Calling | None:
        """Return an address for a task of this local id; None where none is known to lead here."""
        for address in public_urls():
            if await self._leads_here(address):
                woken = await asyncio.to_thread(wake.begin, id)
                return None if woken is None else Callback(address, woken)
        return None

    async def _leads_here(self, address: str) -> bool:
        leads, at = self._tried.get(address, (False, -TRIED_AGAIN_S))
        if not leads and time.monotonic() - at >= TRIED_AGAIN_S:
            leads = await asyncio.to_thread(_try, address)
            self._tried[address] = (leads, time.monotonic())
            if not leads:
                log.warning("no callback comes through %s: tasks are asked for", address)
        return leads


def _try(address: str) -> bool:
    woken = wake.begin()
    if woken is None:
        return False
    calls_itself(Callback(address, woken).url, webhook_key())
    return woken.called()
