"""Sleeping that notices when the machine slept.

The wall's clock goes on while a laptop's lid is closed, the monotonic one does not: a
jump between the two ends the rest at once.
"""

import asyncio
import time

SLICE_S = 2.0
JUMP_S = 10.0
"""How much further the wall's clock may go before it counts as a jump."""


async def sleep_awake(rest_s: float) -> None:
    """Sleep so many seconds, or until the machine wakes from a sleep of its own."""
    ends = time.monotonic() + rest_s
    drift = time.time() - time.monotonic()
    while (left_s := ends - time.monotonic()) > 0:
        await asyncio.sleep(min(SLICE_S, left_s))
        if time.time() - time.monotonic() - drift > JUMP_S:
            return
