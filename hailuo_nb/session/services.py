"""The service of some settings, as the runner uses it: to send, or to look alone.

It knows which client talks to which service, and draws a token for each task where this server
may be reached by callbacks. Whether an address leads here is tried once by a callback to itself;
that callbacks come from elsewhere, only one from there proves. It must not know a session, nor
what is asked.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from importlib import import_module

from hailuo_nb._version import __version__
from hailuo_nb.config import Config, public_urls, webhook_key
from hailuo_nb.core.polling import MEDIAN_S
from hailuo_nb.kie.callback import calls_itself
from hailuo_nb.kie.outcome import submit_outcome
from hailuo_nb.runner.connection import Shared
from hailuo_nb.runner.interfaces import Calling, LookingService
from hailuo_nb.session import simulator_process
from hailuo_nb.store import wake
from hailuo_nb.store.files import Files
from hailuo_nb.store.history import History
from hailuo_nb.store.origins import trusted_origins

USER_AGENT = f"hailuo_nb/{__version__}"
KEEPER = f"{USER_AGENT} (keeper)"

Connect = Callable[[], Awaitable[LookingService]]

log = logging.getLogger("hailuo_nb")

CALLBACKS = "hailuo/callback"
TRIED_AGAIN_S = 600.0
"""So long an address that did not lead here is not tried again."""


def shared_of(
    config: Config, history: History, *, tell: Callable[[str], object] = str, sends: bool = True
) -> Shared:
    """Return what the tasks of these settings' service share, recorded in a history.

    ``tell`` is told what the person should know of it; with ``sends`` False there is no way
    to send: its client has no call that is paid for.
    """
    return Shared(
        name=config.service,
        connect=connector(config, tell, sends=sends),
        journal=history,
        files=Files(config.home),
        judge=submit_outcome,
        table_median_s=_table_median_s(config),
        calling=Callbacks() if sends and not config.simulator else None,
    )


def connector(
    config: Config, tell: Callable[[str], object] = str, *, sends: bool = True
) -> Connect:
    """Return what opens the service of these settings, on the engine's thread."""

    async def connect() -> LookingService:
        if sends:
            client = (await asyncio.to_thread(import_module, "hailuo_nb.kie.client")).Client
        else:
            client = (await asyncio.to_thread(import_module, "hailuo_nb.kie.looker")).Looker
        api_origin, upload_origin, proof = config.api_origin, config.upload_origin, None
        if config.simulator:
            found = await asyncio.to_thread(simulator_process.ensure_simulator, config.home, tell)
            api_origin = upload_origin = found.url
            proof = found.proof
        service: LookingService = client(
            api_origin=api_origin,
            upload_origin=upload_origin,
            key=config.key_for,
            user_agent=USER_AGENT if sends else KEEPER,
            trusted=trusted_origins(),
            proof=proof,
        )
        return service

    return connect


def _table_median_s(config: Config) -> float:
    """Return how long a task usually takes by the table, in seconds."""
    speed = simulator_process.known_speed(config.home) if config.simulator else 1.0
    return MEDIAN_S / speed


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
