"""What all tasks of one service share: the connection, the gates, the balance.

The journal counts over all kernels how often requests leave; here those of this process queue up
before a gate, so that one of them asks at a time and each can be told its place.
"""

import asyncio
import logging
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from hailuo_nb.core.budget import Balance
from hailuo_nb.core.names import SIMULATOR
from hailuo_nb.core.polling import MEDIAN_S, REQUESTS_PER_S
from hailuo_nb.core.request import Request
from hailuo_nb.core.task import Record
from hailuo_nb.errors import HailuoError, NotSent
from hailuo_nb.runner.interfaces import (
    Calling,
    FileStore,
    Journal,
    JudgeSubmit,
    LookingService,
    VideoService,
)

TELL_EVERY_S = 1.0
"""How often one who waits is told its place."""

log = logging.getLogger("hailuo_nb")

CREATES = 20
CREATES_WINDOW_S = 10.5
"""The service takes 20 creates in 10 s; half a second is for clocks that differ."""

BALANCE_AGE_S = 60.0
"""The balance is asked for at most this often."""

BALANCE_TIMEOUT_S = 10.0

RENEW_S = 10.0
"""How often the leases are renewed; they hold for three times as long."""


class Gate:
    """So many passes in so many seconds, over all kernels on one history.

    Parameters
    ----------
    journal
        Where passes are counted.
    service, name
        Whose gate it is, and which.
    count
        Passes in one window, at least 1.
    window_s
        The window's length in seconds.
    """

    def __init__(
        self, journal: Journal, service: str, name: str, *, count: int, window_s: float
    ) -> None:
        self._journal = journal
        self._service = service
        self._name = name
        self._count = count
        self._window_s = window_s
        self._queue: deque[object] = deque()
        self._moved = asyncio.Condition()

    async def turn(self, tell: Callable[[int], None] | None = None) -> None:
        """Wait for one's turn.

        Parameters
        ----------
        tell
            Told now and then how many are before this one, while it waits.
        """
        me = object()
        self._queue.append(me)
        try:
            while (wait_s := self._wait_s(me)) > 0:
                if tell is not None:
                    tell(self._queue.index(me))
                await self._moved_or(min(wait_s, TELL_EVERY_S))
        finally:
            self._queue.remove(me)
            await self._wake()

    def close_for(self, pause_s: float) -> None:
        """Let nobody pass for so many seconds: the service asked for a pause."""
        self._journal.pause_gate(self._service, self._name, pause_s)

    def _wait_s(self, me: object) -> float:
        if self._queue[0] is not me:
            return TELL_EVERY_S
        return self._journal.pass_gate(
            self._service, self._name, count=self._count, window_s=self._window_s
        )

    async def _moved_or(self, wait_s: float) -> None:
        try:
            async with asyncio.timeout(wait_s), self._moved:
                await self._moved.wait()
        except TimeoutError:
            return

    async def _wake(self) -> None:
        async with self._moved:
            self._moved.notify_all()


@dataclass(kw_only=True, eq=False)
class Shared:
    """One service as all its tasks use it; touched on the engine's thread only.

    Parameters
    ----------
    name
        The service's name in the history: an API origin or "simulator".
    connect
        Opens the service, to look alone or to send, too; called at the first use, and again after
        a failure.
    journal, files, judge
        Where changes are recorded, where clips lie, what a failed submit means.
    table_median_s
        How long a task usually takes by the table, in seconds.
    calling
        Returns an address for the callbacks of a task, by its local id; None where none reaches us.
    """

    name: str
    connect: Callable[[], Awaitable[LookingService]]
    journal: Journal
    files: FileStore
    judge: JudgeSubmit
    table_median_s: float = MEDIAN_S
    calling: Callable[[str], Awaitable[Calling | None]] | None = None
    balance: float | None = None
    heard: Balance | None = None
    polling: int = 0
    create_gate: Gate = field(init=False)
    poll_gate: Gate = field(init=False)
    uploads: dict[str, "asyncio.Future[str]"] = field(default_factory=dict)
    posters: dict[str, "asyncio.Future[str]"] = field(default_factory=dict)
    _service: LookingService | None = None
    _retiring: set["asyncio.Task[None]"] = field(default_factory=set)
    _opening: asyncio.Lock = field(default_factory=asyncio.Lock)
    _submits: int = 0
    _no_submits: asyncio.Event = field(default_factory=asyncio.Event)
    _ending: bool = False
    _balance_asked_at: float = -BALANCE_AGE_S
    _balance_told_at: float = 0.0

    def __post_init__(self) -> None:
        polls = round(REQUESTS_PER_S)
        self.create_gate = Gate(
            self.journal, self.name, "create", count=CREATES, window_s=CREATES_WINDOW_S
        )
        self.poll_gate = Gate(self.journal, self.name, "poll", count=polls, window_s=1.0)
        self._no_submits.set()

    async def service(self) -> LookingService:
        """Return the open service, opening it at the first use."""
        async with self._opening:
            while self._service is None:
                connect = self.connect
                opened = await connect()
                if connect is self.connect:
                    self._service = opened
                else:  # the settings have changed meanwhile
                    await opened.aclose()
            return self._service

    async def sender(self) -> VideoService:
        """Return the open service as one that takes what is paid for.

        Raises
        ------
        NotSent
            It was opened to look alone.
        """
        service = await self.service()
        if not isinstance(service, VideoService):
            raise NotSent("This process only looks after what was sent; it sends nothing.")
        return service

    def reconnect(self) -> None:
        """Open a new connection at the next use; what is under way keeps the former one."""
        if self._service is not None:
            retiring = asyncio.ensure_future(self._service.retire())
            self._retiring.add(retiring)
            retiring.add_done_callback(self._retiring.discard)
            self._service = None

    async def made(self, task_id: str) -> tuple[Request, Record]:
        """Return what a task made elsewhere was asked for, and its record."""
        return await (await self.service()).made(task_id)

    async def keep_leases(self) -> None:
        """Renew this process's hold on its tasks for as long as it runs."""
        while True:
            await asyncio.sleep(RENEW_S)
            try:
                self.journal.renew_leases()
            except HailuoError:
                log.exception("the leases could not be renewed")

    @asynccontextmanager
    async def a_submit(self) -> AsyncIterator[None]:
        """Hold one submit from before its first byte until its reply is recorded.

        Where the end has begun, none begins any more: it waits for being cut off.
        """
        if self._ending:
            await asyncio.Event().wait()
        self._submits += 1
        self._no_submits.clear()
        try:
            yield
        finally:
            self._submits -= 1
            if not self._submits:
                self._no_submits.set()

    async def replies(self) -> None:
        """Let no submit begin any more, and wait for the replies to those under way."""
        self._ending = True
        await self._no_submits.wait()

    async def close(self) -> None:
        """Close the connection and leave the tasks to others."""
        self.journal.release()
        if self._service is not None:
            await self._service.aclose()

    async def mend(self, error: HailuoError) -> None:
        """After a connection that was not made, open a new one: the simulator may have moved."""
        if isinstance(error, NotSent) and self.name == SIMULATOR:
            self.reconnect()

    def hold(self, credits: float, *, since: float) -> None:
        """Take a hold off the balance, until it is asked for anew.

        Parameters
        ----------
        credits
            What a new task holds.
        since
            When its submit began, on the monotonic clock: a balance that was told later may
            show it already and is left as it is.
        """
        if self.balance is not None and self._balance_told_at < since:
            self.balance -= credits

    async def refresh_balance(self, *, at_once: bool = False) -> float | None:
        """Ask for the balance unless it is fresh; return it, None where it is unknown."""
        now = time.monotonic()
        if not at_once and now - self._balance_asked_at < BALANCE_AGE_S:
            return self.balance
        self._balance_asked_at = now
        try:
            await self.ask_balance()
        except (HailuoError, TimeoutError) as error:
            log.info("the balance is unknown: %s", error)
        return self.balance

    def fresh_balance(self) -> Balance | None:
        """Return the balance as the service told it within the last minute; from any thread."""
        heard = self.heard
        return heard if heard and 0 <= time.time() - heard.at <= BALANCE_AGE_S else None

    async def ask_balance(self) -> float:
        """Ask for the balance in credits.

        Raises
        ------
        HailuoError
            The service refuses or cannot be reached.
        TimeoutError
            It takes too long.
        """
        service = await self.service()
        self.balance = await asyncio.wait_for(service.credit(), BALANCE_TIMEOUT_S)
        self.heard = Balance(credits=self.balance, at=time.time())
        self._balance_told_at = time.monotonic()
        return self.balance
