"""Unsure tasks that a callback names: watched again once the service's own record proves them.

What a callback says is a hint and no more. The service is asked with our key: its task must ask for
the same, be made after ours was sent, and be no other's of the history. It must not know a server,
nor who watches then.
"""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Callable, Coroutine
from typing import Any

from hailuo_nb.core.request import Request, differences
from hailuo_nb.core.task import Record, Snapshot, accepted
from hailuo_nb.errors import HailuoError
from hailuo_nb.runner.connection import Shared
from hailuo_nb.store import wake
from hailuo_nb.store.history import History

CLOCKS_S = 60.0
"""So far may the service's clock be behind ours, in seconds."""

WAIT_S = 1800.0
"""So long a callback is waited for: clips are made by then."""

LOOK_S = 1.0
TRIES_MAX = 5
"""So often the service is asked for a task that a callback names."""

log = logging.getLogger("hailuo_nb")


class Called:
    """What waits for callbacks about unsure tasks.

    Parameters
    ----------
    history
        Where they are recorded.
    spawn
        Runs a coroutine on the engine's thread.
    resume
        Goes on with a task that is recorded as sent; may block.
    """

    def __init__(
        self,
        history: History,
        spawn: Callable[[Coroutine[Any, Any, None]], object],
        resume: Callable[[Snapshot], object],
    ) -> None:
        self._history = history
        self._spawn = spawn
        self._resume = resume
        self._awaited: set[str] = set()

    def wait(self, known: Snapshot, shared: Shared) -> None:
        """Wait for a callback about an unsure task; ``shared`` is the service that it went to."""
        if known.id not in self._awaited and not known.unreadable:
            self._awaited.add(known.id)
            self._spawn(self._wait(known.id, shared))

    async def _wait(self, id: str, shared: Shared) -> None:
        ends, tries = time.monotonic() + WAIT_S, Counter[str]()
        try:
            while time.monotonic() < ends:
                known = self._history.get(id)
                if known is None or known.state != "unsure":
                    return
                named = [one for one in wake.said_of(id) if tries[one] < TRIES_MAX]
                tries.update(named)
                for task_id in named:
                    if await self._is_settled(known, shared, task_id):
                        return
                await asyncio.sleep(LOOK_S)
        except HailuoError as error:
            log.warning("no callback is waited for about task %s: %s", id, error)
        finally:
            self._awaited.discard(id)

    async def _is_settled(self, known: Snapshot, shared: Shared, task_id: str) -> bool:
        try:
            made, record = await shared.made(task_id)
        except HailuoError as error:
            log.info("a callback about task %s names one that is not told of: %s", known.id, error)
            return False
        if not is_proved(known, made, record):
            log.warning("a callback about task %s names another task", known.id)
            return False
        now = accepted(known, task_id, at=None)
        if not self._is_taken(now):
            return False
        log.info("task %s is not unsure any more: a callback has named it", known.id)
        await asyncio.to_thread(self._resume, now)
        return True

    def _is_taken(self, now: Snapshot) -> bool:
        """Record it as sent, unless it was settled meanwhile, or the id is another's."""
        history = self._history
        with history.together():
            known = history.get(now.id)
            is_open = known is not None and known.state == "unsure"
            if not is_open or history.of_task(now.service, now.task_id or "") is not None:
                return False
            return history.lease(now.id) and history.save(now)


def is_proved(known: Snapshot, made: Request, record: Record) -> bool:
    """Return whether a task of the service can only be the one that we have sent."""
    sent_at = known.submitted_at or known.created_at
    is_later = record.created_at is not None and record.created_at >= sent_at - CLOCKS_S
    return is_later and not differences(known.request, made)
